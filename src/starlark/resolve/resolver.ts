// What every name means: local, captured, global, predeclared or universal. And every rule that can be checked without
// running: misplaced statements, parameters and arguments in wrong order, names bound twice.
// Does not: stop at the first error; all errors of a file come back together.
import { formatPlace } from '../../base/diagnostics.ts';
import type { Dialect } from '../dialect.ts';
import type { StaticError } from '../errors.ts';
import { nearestSpelling } from '../runtime/spelling.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { Binding, Expr, File, FunctionInfo, Ident, LoadStmt, Param, Stmt, UnaryExpr } from '../syntax/tree.ts';
import { jsString } from '../values/text.ts';
import { checkArguments } from './check-arguments.ts';

/** Names the file can see without binding them, as Starlark strings. */
export interface NameEnvironment {
  readonly isPredeclared: (name: string) => boolean;
  readonly isUniversal: (name: string) => boolean;
}

/** The variables of a file outside its functions. */
export interface ModuleInfo {
  /** Global names, in the order of their first binding. */
  readonly globals: readonly Binding[];
  /** What load() and comprehensions bind. */
  readonly locals: readonly Binding[];
}

export interface Resolved extends ModuleInfo {
  readonly errors: readonly StaticError[];
}

interface Block {
  readonly parent: Block | undefined;
  readonly fn: FunctionInfo | undefined;
  readonly bindings: Map<string, Binding>;
  readonly children: Block[];
  uses: Use[];
}

interface Use {
  readonly id: Ident;
  readonly env: Block;
}

function makeBlock(parent: Block | undefined, fn?: FunctionInfo): Block {
  const block: Block = { parent, fn, bindings: new Map(), children: [], uses: [] };
  parent?.children.push(block);
  return block;
}

const unsupported = 'this Starlark dialect does not ';

class Resolver {
  readonly errors: StaticError[] = [];
  readonly globals: Binding[] = [];
  readonly locals: Binding[] = [];
  readonly #source: SourceFile;
  readonly #dialect: Dialect;
  readonly #names: NameEnvironment;
  readonly #file = makeBlock(undefined);
  readonly #globalByName = new Map<string, Binding>();
  readonly #environment = new Map<string, Binding>();
  #env = this.#file;
  #loops = 0;
  #conditionals = 0;
  #nextId = 0;

  constructor(source: SourceFile, dialect: Dialect, names: NameEnvironment) {
    this.#source = source;
    this.#dialect = dialect;
    this.#names = names;
  }

  resolveFile(file: File): void {
    this.#stmts(file.stmts);
    this.#resolveLocalUses(this.#file);
    this.#resolveOtherUses(this.#file);
  }

  #fail(offset: number, message: string): void {
    this.errors.push({ ...this.#source.placeAt(offset), message: jsString(message), phase: 'resolve' });
  }

  /** The innermost function or file block. */
  #container(): Block {
    let block = this.#env;
    while (!block.fn && block.parent) block = block.parent;
    return block;
  }

  #inFunction(): boolean {
    return this.#container().fn !== undefined;
  }

  #makeBinding(scope: Binding['scope'], index: number, first: Ident | undefined, outer?: Binding): Binding {
    const name = first?.name ?? '';
    return { scope, index, first, outer, id: outer ? outer.id : this.#nextId++, name };
  }

  /** Binds a name in the current block; says whether it was bound before. */
  #bind(id: Ident): boolean {
    if (this.#env !== this.#file) return this.#bindLocal(id);
    let binding = this.#file.bindings.get(id.name) ?? this.#globalByName.get(id.name);
    const known = binding !== undefined;
    if (!binding) {
      binding = this.#makeBinding('global', this.globals.length, id);
      this.#globalByName.set(id.name, binding);
      this.globals.push(binding);
    }
    if (known && !this.#dialect.globalReassign) {
      const at = formatPlace(this.#source.placeAt(binding.first!.start));
      this.#fail(id.start, `cannot reassign ${binding.scope} ${id.name} declared at ${at}`);
    }
    id.binding = binding;
    return known;
  }

  #bindLocal(id: Ident): boolean {
    const known = this.#env.bindings.has(id.name);
    if (!known) {
      const locals = this.#container().fn?.locals ?? this.locals;
      const binding = this.#makeBinding('local', locals.length, id);
      this.#env.bindings.set(id.name, binding);
      locals.push(binding);
    }
    this.#use(id);
    return known;
  }

  #use(id: Ident): void {
    const use = { id, env: this.#env };
    // With reassignment of globals a name at top level means what it means so far: print(len); len = 1.
    if (this.#dialect.globalReassign && this.#env === this.#file) this.#useTopLevel(use);
    else this.#container().uses.push(use);
  }

  #useTopLevel(use: Use): Binding {
    const { id } = use;
    let binding = this.#file.bindings.get(id.name) ?? this.#globalByName.get(id.name) ?? this.#environment.get(id.name);
    if (!binding) {
      binding = this.#environmentBinding(use);
      if (binding.scope !== 'undefined') this.#environment.set(id.name, binding);
    }
    id.binding = binding;
    return binding;
  }

  #environmentBinding(use: Use): Binding {
    const { name, start } = use.id;
    const make = (scope: Binding['scope']): Binding => ({
      scope,
      index: 0,
      first: undefined,
      outer: undefined,
      id: -1,
      name,
    });
    if (this.#names.isPredeclared(name)) return make('predeclared');
    if (this.#names.isUniversal(name)) {
      if (!this.#dialect.sets && name === 'set') this.#fail(start, `${unsupported}support sets`);
      return make('universal');
    }
    const nearest = this.#nearest(use);
    this.#fail(start, `undefined: ${name}${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`);
    return make('undefined');
  }

  #nearest(use: Use): string | undefined {
    const names: string[] = [];
    for (let block: Block | undefined = use.env; block; block = block.parent) names.push(...block.bindings.keys());
    names.push(...this.globals.map(binding => binding.name));
    return nearestSpelling(use.id.name, names.sort());
  }

  /** Settles the uses of a container that its own locals answer; the others remain. */
  #resolveLocalUses(container: Block): void {
    container.uses = container.uses.filter(use => {
      const binding = this.#lookupLocal(use);
      if (!binding) return true;
      use.id.binding = binding;
      return false;
    });
  }

  #lookupLocal(use: Use): Binding | undefined {
    for (let block: Block | undefined = use.env; block; block = block.parent) {
      const binding = block.bindings.get(use.id.name);
      if (binding) return binding.scope === 'local' || binding.scope === 'cell' ? binding : undefined;
      if (block.fn) return undefined;
    }
    return undefined;
  }

  #resolveOtherUses(block: Block): void {
    for (const child of block.children) this.#resolveOtherUses(child);
    for (const use of block.uses) use.id.binding = this.#lookupLexical(use, use.env);
  }

  #lookupLexical(use: Use, block: Block): Binding {
    if (block === this.#file) return this.#useTopLevel(use);
    const known = block.bindings.get(use.id.name);
    if (known) return known;
    let binding = this.#lookupLexical(use, block.parent!);
    if (block.fn && (binding.scope === 'local' || binding.scope === 'cell' || binding.scope === 'free')) {
      if (binding.scope === 'local') binding.scope = 'cell';
      block.fn.freeVars.push(binding);
      binding = this.#makeBinding('free', block.fn.freeVars.length - 1, binding.first, binding);
    }
    block.bindings.set(use.id.name, binding);
    return binding;
  }

  #stmts(stmts: readonly Stmt[]): void {
    for (const stmt of stmts) this.#stmt(stmt);
  }

  #stmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case 'ExprStmt':
        this.#expr(stmt.x);
        return;
      case 'BranchStmt':
        if (this.#loops === 0 && stmt.token !== 'pass') this.#fail(stmt.start, `${stmt.token} not in a loop`);
        return;
      case 'IfStmt':
        this.#ifStmt(stmt);
        return;
      case 'AssignStmt':
        this.#expr(stmt.rhs);
        this.#assign(stmt.lhs, stmt.op !== '=');
        return;
      case 'DefStmt':
        this.#bind(stmt.name);
        stmt.info = this.#function(stmt.name.name, stmt.start, stmt.params, stmt.body);
        return;
      case 'ForStmt':
        this.#needFunction(stmt.start, 'for loop');
        this.#expr(stmt.x);
        this.#assign(stmt.vars, false);
        this.#loop(stmt.body);
        return;
      case 'WhileStmt':
        if (!this.#dialect.while) this.#fail(stmt.start, `${unsupported}support while loops`);
        this.#needFunction(stmt.start, 'while loop');
        this.#expr(stmt.cond);
        this.#loop(stmt.body);
        return;
      case 'ReturnStmt':
        if (!this.#inFunction()) this.#fail(stmt.start, 'return statement not within a function');
        if (stmt.result) this.#expr(stmt.result);
        return;
      case 'LoadStmt':
        this.#load(stmt);
        return;
    }
  }

  #needFunction(offset: number, what: string): void {
    if (!this.#dialect.topLevelControl && !this.#inFunction()) this.#fail(offset, `${what} not within a function`);
  }

  #loop(body: readonly Stmt[]): void {
    this.#loops++;
    this.#stmts(body);
    this.#loops--;
  }

  /** A chain of elif is walked, not descended into, however long it is. */
  #ifStmt(first: Stmt & { kind: 'IfStmt' }): void {
    this.#conditionals++;
    for (let stmt = first; ; ) {
      this.#needFunction(stmt.start, 'if statement');
      this.#expr(stmt.cond);
      this.#stmts(stmt.then);
      const next = stmt.else[0];
      if (stmt.else.length !== 1 || next?.kind !== 'IfStmt') {
        this.#stmts(stmt.else);
        break;
      }
      stmt = next;
    }
    this.#conditionals--;
  }

  #load(stmt: LoadStmt): void {
    if (this.#inFunction()) this.#fail(stmt.start, 'load statement within a function');
    else if (this.#loops > 0) this.#fail(stmt.start, 'load statement within a loop');
    else if (this.#conditionals > 0) this.#fail(stmt.start, 'load statement within a conditional');
    stmt.from.forEach((from, i) => {
      if (from.name === '') {
        this.#fail(from.start, 'load: empty identifier');
        return;
      }
      if (from.name.startsWith('_')) {
        this.#fail(from.start, `load: names with leading underscores are not exported: ${from.name}`);
      }
      const to = stmt.to[i]!;
      if (this.#dialect.loadBindsGlobally) this.#bind(to);
      else if (this.#bindLocal(to) && !this.#dialect.globalReassign) {
        this.#fail(to.start, `cannot reassign top-level ${to.name}`);
      }
    });
  }

  #assign(lhs: Expr, isAugmented: boolean): void {
    switch (lhs.kind) {
      case 'Ident':
        this.#bind(lhs);
        return;
      case 'IndexExpr':
        this.#expr(lhs.x);
        this.#expr(lhs.y);
        return;
      case 'DotExpr':
        this.#expr(lhs.x);
        return;
      case 'ParenExpr':
        this.#assign(lhs.x, isAugmented);
        return;
      case 'TupleExpr':
      case 'ListExpr': {
        const what = lhs.kind === 'TupleExpr' ? 'tuple' : 'list';
        if (isAugmented) this.#fail(lhs.start, `can't use ${what} expression in augmented assignment`);
        for (const elem of lhs.list) this.#assign(elem, isAugmented);
        return;
      }
      default:
        this.#fail(lhs.start, `can't assign to ${lhs.kind.toLowerCase()}`);
    }
  }

  #exprs(list: readonly (Expr | undefined)[]): void {
    for (const expr of list) if (expr) this.#expr(expr);
  }

  #expr(expr: Expr): void {
    switch (expr.kind) {
      case 'Ident':
        this.#use(expr);
        return;
      case 'Literal':
        return;
      case 'ListExpr':
      case 'TupleExpr':
      case 'DictExpr':
        this.#exprs(expr.list);
        return;
      case 'CondExpr':
        this.#exprs([expr.cond, expr.then, expr.else]);
        return;
      case 'IndexExpr':
        this.#exprs([expr.x, expr.y]);
        return;
      case 'DictEntry':
        this.#exprs([expr.key, expr.value]);
        return;
      case 'SliceExpr':
        this.#exprs([expr.x, expr.lo, expr.hi, expr.step]);
        return;
      case 'UnaryExpr':
        expr.x && this.#expr(expr.x);
        return;
      case 'ParenExpr':
      case 'DotExpr':
        this.#expr(expr.x);
        return;
      case 'BinaryExpr':
        this.#binary(expr);
        return;
      case 'CallExpr':
        this.#expr(expr.fn);
        checkArguments(
          expr,
          (offset, message) => this.#fail(offset, message),
          arg => this.#expr(arg),
        );
        return;
      case 'Comprehension':
        this.#comprehension(expr);
        return;
      case 'LambdaExpr': {
        const { body } = expr;
        const result: Stmt = { kind: 'ReturnStmt', start: body.start, end: body.end, result: body };
        expr.info = this.#function('lambda', expr.start, expr.params, [result]);
        return;
      }
    }
  }

  /** a + b + c + ... leans to the left; its left spine is walked, not descended into. */
  #binary(expr: Expr & { kind: 'BinaryExpr' }): void {
    const right: Expr[] = [];
    let left: Expr = expr;
    while (left.kind === 'BinaryExpr') {
      right.push(left.y);
      left = left.x;
    }
    this.#expr(left);
    for (let i = right.length - 1; i >= 0; i--) this.#expr(right[i]!);
  }

  #comprehension(expr: Expr & { kind: 'Comprehension' }): void {
    const [first, ...rest] = expr.clauses;
    if (first?.kind !== 'ForClause') return;
    // The first operand belongs to the surrounding block: [x for x in x].
    this.#expr(first.x);
    const outer = this.#env;
    this.#env = makeBlock(outer);
    this.#assign(first.vars, false);
    for (const clause of rest) {
      if (clause.kind === 'IfClause') this.#expr(clause.cond);
      else {
        this.#assign(clause.vars, false);
        this.#expr(clause.x);
      }
    }
    this.#expr(expr.body);
    this.#env = outer;
  }

  #function(name: string, offset: number, params: readonly Param[], body: readonly Stmt[]): FunctionInfo {
    // Defaults belong to the surrounding block.
    for (const param of params) if (param.kind === 'BinaryExpr') this.#expr(param.y);
    const info: FunctionInfo = {
      name,
      offset,
      params,
      body,
      locals: [],
      freeVars: [],
      hasVarargs: false,
      hasKwargs: false,
      keywordOnly: 0,
    };
    const outer = this.#env;
    const outerLoops = this.#loops;
    const block = makeBlock(outer, info);
    this.#env = block;
    this.#loops = 0;
    this.#params(info);
    this.#stmts(body);
    this.#resolveLocalUses(block);
    this.#env = outer;
    this.#loops = outerLoops;
    return info;
  }

  #params(info: FunctionInfo): void {
    let seenOptional = false;
    let star: UnaryExpr | undefined;
    let starStar: Ident | undefined;
    for (const param of info.params) {
      if (param.kind === 'UnaryExpr') {
        if (param.op === '*') {
          if (starStar) this.#fail(param.start, `* parameter may not follow **${starStar.name}`);
          else if (star) this.#fail(param.start, 'multiple * parameters not allowed');
          else star = param;
        } else {
          if (starStar) this.#fail(param.start, 'multiple ** parameters not allowed');
          starStar = param.x as Ident;
        }
        continue;
      }
      const isOptional = param.kind === 'BinaryExpr';
      const at = isOptional ? param.opAt : param.start;
      const id = isOptional ? (param.x as Ident) : param;
      if (starStar) {
        this.#fail(at, `${isOptional ? 'optional' : 'required'} parameter may not follow **${starStar.name}`);
      } else if (star) info.keywordOnly++;
      else if (seenOptional && !isOptional) this.#fail(at, 'required parameter may not follow optional');
      if (this.#bind(id)) this.#fail(at, `duplicate parameter: ${id.name}`);
      seenOptional ||= isOptional;
    }
    this.#starParams(info, star, starStar);
  }

  /** *args and **kwargs come behind all other variables. */
  #starParams(info: FunctionInfo, star: UnaryExpr | undefined, starStar: Ident | undefined): void {
    if (star?.x?.kind === 'Ident') {
      if (this.#bind(star.x)) this.#fail(star.x.start, `duplicate parameter: ${star.x.name}`);
      info.hasVarargs = true;
    } else if (star && info.keywordOnly === 0) {
      this.#fail(star.start, 'bare * must be followed by keyword-only parameters');
    }
    if (!starStar) return;
    if (this.#bind(starStar)) this.#fail(starStar.start, `duplicate parameter: ${starStar.name}`);
    info.hasKwargs = true;
  }
}

/** Resolves a file in place. */
export function resolveFile(file: File, dialect: Dialect, names: NameEnvironment): Resolved {
  const resolver = new Resolver(file.source, dialect, names);
  resolver.resolveFile(file);
  const { errors, globals, locals } = resolver;
  return { errors, globals, locals };
}
