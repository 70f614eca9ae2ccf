// What every name means: local, captured, global, predeclared or universal. And every rule that can be checked without
// running: misplaced statements, parameters and arguments in wrong order, names bound twice.
// Does not: stop at the first error; all errors of a file come back together.
import type { Dialect } from '../dialect.ts';
import type { StaticError } from '../errors.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import {
  type Binding,
  type Expr,
  type File,
  type FunctionInfo,
  type Ident,
  type LoadStmt,
  leftOf,
  type Param,
  type Stmt,
  type UnaryExpr,
} from '../syntax/tree.ts';
import { jsString } from '../values/text.ts';
import { checkArguments } from './check-arguments.ts';
import { type NameEnvironment, Scopes, unsupported } from './scopes.ts';

/** JavaScript's own functions take 65,534. */
const maxParameters = 65_000;

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

class Resolver {
  readonly errors: StaticError[] = [];
  readonly scopes: Scopes;
  readonly #source: SourceFile;
  readonly #dialect: Dialect;
  #loops = 0;
  #conditionals = 0;

  constructor(source: SourceFile, dialect: Dialect, names: NameEnvironment) {
    this.#source = source;
    this.#dialect = dialect;
    this.scopes = new Scopes(source, dialect, names, (offset, message) => this.#fail(offset, message));
  }

  resolveFile(file: File): void {
    this.#stmts(file.stmts);
    this.scopes.finish();
  }

  #fail(offset: number, message: string): void {
    this.errors.push({ ...this.#source.placeAt(offset), message: jsString(message), phase: 'resolve' });
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
        this.scopes.bind(stmt.name);
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
        if (!this.scopes.inFunction) this.#fail(stmt.start, 'return statement not within a function');
        if (stmt.result) this.#expr(stmt.result);
        return;
      case 'LoadStmt':
        this.#load(stmt);
        return;
    }
  }

  #needFunction(offset: number, what: string): void {
    if (!this.#dialect.topLevelControl && !this.scopes.inFunction) this.#fail(offset, `${what} not within a function`);
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
    if (this.scopes.inFunction) this.#fail(stmt.start, 'load statement within a function');
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
      if (this.#dialect.loadBindsGlobally) this.scopes.bind(to);
      else if (this.scopes.bindLocal(to) && !this.#dialect.globalReassign) {
        this.#fail(to.start, `cannot reassign top-level ${to.name}`);
      }
    });
  }

  #assign(lhs: Expr, isAugmented: boolean): void {
    switch (lhs.kind) {
      case 'Ident':
        this.scopes.bind(lhs);
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
        this.scopes.use(expr);
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
      case 'DictEntry':
        this.#exprs([expr.key, expr.value]);
        return;
      case 'UnaryExpr':
        expr.x && this.#expr(expr.x);
        return;
      case 'ParenExpr':
      case 'DotExpr':
      case 'IndexExpr':
      case 'SliceExpr':
      case 'BinaryExpr':
      case 'CallExpr':
        this.#chain(expr);
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

  /** a + b + c + ... and a.b().c()... lean to the left; their left spine is walked, not descended into. */
  #chain(expr: Expr): void {
    const spine: Expr[] = [];
    let at = expr;
    for (let left = leftOf(at); left !== undefined; left = leftOf(at)) {
      spine.push(at);
      at = left;
    }
    this.#expr(at);
    for (let i = spine.length - 1; i >= 0; i--) this.#besideLeft(spine[i]!);
  }

  /** Everything of an expression but its left part. */
  #besideLeft(expr: Expr): void {
    if (expr.kind === 'SliceExpr') this.#exprs([expr.lo, expr.hi, expr.step]);
    else if (expr.kind === 'IndexExpr' || expr.kind === 'BinaryExpr') this.#expr(expr.y);
    else if (expr.kind === 'CallExpr') {
      checkArguments(
        expr,
        (offset, message) => this.#fail(offset, message),
        arg => this.#expr(arg),
      );
    }
  }

  #comprehension(expr: Expr & { kind: 'Comprehension' }): void {
    const [first, ...rest] = expr.clauses;
    if (first?.kind !== 'ForClause') return;
    // The first operand belongs to the surrounding block: [x for x in x].
    this.#expr(first.x);
    this.scopes.within(undefined, () => {
      this.#assign(first.vars, false);
      for (const clause of rest) {
        if (clause.kind === 'IfClause') this.#expr(clause.cond);
        else {
          this.#assign(clause.vars, false);
          this.#expr(clause.x);
        }
      }
      this.#expr(expr.body);
    });
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
    const outerLoops = this.#loops;
    this.#loops = 0;
    this.scopes.within(info, () => {
      this.#params(info);
      this.#stmts(body);
    });
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
      if (this.scopes.bind(id)) this.#fail(at, `duplicate parameter: ${id.name}`);
      seenOptional ||= isOptional;
    }
    this.#starParams(info, star, starStar);
    if (info.params.length > maxParameters)
      this.#fail(
        info.params[maxParameters]!.start,
        `too many parameters: ${info.params.length}, at most ${maxParameters}`,
      );
  }

  /** *args and **kwargs come behind all other variables. */
  #starParams(info: FunctionInfo, star: UnaryExpr | undefined, starStar: Ident | undefined): void {
    if (star?.x?.kind === 'Ident') {
      if (this.scopes.bind(star.x)) this.#fail(star.x.start, `duplicate parameter: ${star.x.name}`);
      info.hasVarargs = true;
    } else if (star && info.keywordOnly === 0) {
      this.#fail(star.start, 'bare * must be followed by keyword-only parameters');
    }
    if (!starStar) return;
    if (this.scopes.bind(starStar)) this.#fail(starStar.start, `duplicate parameter: ${starStar.name}`);
    info.hasKwargs = true;
  }
}

/** Resolves a file in place. */
export function resolveFile(file: File, dialect: Dialect, names: NameEnvironment): Resolved {
  const resolver = new Resolver(file.source, dialect, names);
  resolver.resolveFile(file);
  const { globals, locals } = resolver.scopes;
  return { errors: resolver.errors, globals, locals };
}
