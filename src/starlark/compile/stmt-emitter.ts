// Statements and functions as JavaScript.
import type {
  AssignStmt,
  Comprehension,
  Expr,
  ForStmt,
  FunctionInfo,
  Ident,
  IfStmt,
  LoadStmt,
  Param,
  Stmt,
  WhileStmt,
} from '../syntax/tree.ts';
import { unparen } from '../syntax/tree.ts';
import { OnceGroup } from './evaluate-once.ts';
import { ExprEmitter } from './expr-emitter.ts';
import { complex, declareVariable, FunctionWriter, type Operand, simple } from './function-writer.ts';
import { emitArithmetic } from './operators.ts';
import { type Unit, variable } from './unit.ts';
import { deepText, quickText } from './variants.ts';

/** From how many branches on a chain of elif is written flat, for the sake of JavaScript's parser. */
const longChain = 50;

/** Writes the body of one function, or of the file. */
export class StmtEmitter extends ExprEmitter {
  stmts(stmts: readonly Stmt[]): void {
    for (let i = 0; i < stmts.length; ) {
      const group = this.#expressionsFrom(stmts, i);
      if (group.exprs.length > 0) {
        this.writer.line(`${this.#once(group)};`);
        i += group.exprs.length;
        continue;
      }
      const mark = this.writer.mark();
      this.#stmt(stmts[i++]!);
      this.writer.release(mark);
    }
  }

  /** The expressions from a statement on that are evaluated from the tree. */
  #expressionsFrom(stmts: readonly Stmt[], from: number): OnceGroup {
    const group = new OnceGroup();
    if (this.writer.isHot) return group;
    for (let i = from; i < stmts.length; i++) {
      const stmt = stmts[i]!;
      if (stmt.kind !== 'ExprStmt' || !group.add(stmt.x)) break;
    }
    return group;
  }

  /** The JavaScript that evaluates a group from the tree. */
  #once(group: OnceGroup): string {
    return `$once(T,${this.unit.object(group)},[${group.globals.map(variable)}])`;
  }

  /** The value of an expression on the right of a statement. */
  #whole(expr: Expr): Operand {
    if (this.writer.isHot || expr.kind === 'Ident' || expr.kind === 'Literal') return this.emit(expr);
    const group = new OnceGroup();
    return group.add(expr) ? complex(this.#once(group)) : this.emit(expr);
  }

  #stmt(stmt: Stmt): void {
    const { writer } = this;
    switch (stmt.kind) {
      case 'ExprStmt':
        if (stmt.x.kind !== 'Literal') writer.line(`${this.emit(stmt.x).code};`);
        return;
      case 'BranchStmt':
        if (stmt.token !== 'pass') writer.line(`${stmt.token};`);
        return;
      case 'AssignStmt':
        this.#assignStmt(stmt);
        return;
      case 'IfStmt':
        this.#ifStmt(stmt);
        return;
      case 'ForStmt':
        this.#forStmt(stmt);
        return;
      case 'WhileStmt':
        this.#whileStmt(stmt);
        return;
      case 'ReturnStmt':
        writer.line(`return ${stmt.result ? this.emit(stmt.result).code : 'null'};`);
        return;
      case 'DefStmt':
        this.#set(stmt.name, this.#functionValue(stmt.info!).code);
        return;
      case 'LoadStmt':
        this.#load(stmt);
        return;
    }
  }

  /** Counts the work of a loop round or a function, and looks at the limits now and then. */
  #tick(work: number, offset: number): void {
    this.writer.line(`if((T.budget-=${work})<0)$tick(T,${offset});`);
  }

  /** Gives a variable its value. */
  #set(id: Ident, code: string): void {
    const binding = id.binding!;
    this.writer.line(`${variable(binding)}=${code};`);
    this.writer.noteAssigned(binding);
  }

  #assignStmt(stmt: AssignStmt): void {
    if (stmt.op !== '=') {
      this.#augmented(stmt);
      return;
    }
    const lhs = unparen(stmt.lhs);
    const rhs = unparen(stmt.rhs);
    const targets = lhs.kind === 'TupleExpr' || lhs.kind === 'ListExpr' ? lhs.list : undefined;
    if (targets && (rhs.kind === 'TupleExpr' || rhs.kind === 'ListExpr') && rhs.list.length === targets.length) {
      // x, y = y, x: no tuple is made.
      const values = rhs.list.map(expr => this.#hold(this.emit(expr)));
      targets.forEach((target, i) => {
        this.#assign(target, values[i]!, stmt.opAt);
      });
      return;
    }
    if (lhs.kind === 'Ident') this.#set(lhs, this.#whole(rhs).code);
    else this.#assign(lhs, this.#hold(this.#whole(rhs)), stmt.opAt);
  }

  /** Evaluates now and keeps the value, even of a variable that may be assigned meanwhile. */
  #hold(operand: Operand): Operand {
    return operand.simple && !operand.code.startsWith('v')
      ? operand
      : this.writer.materialize({ ...operand, simple: false });
  }

  /** Assigns a value that is a variable or a constant. */
  #assign(target: Expr, value: Operand, offset: number): void {
    const lhs = unparen(target);
    const { writer } = this;
    switch (lhs.kind) {
      case 'Ident':
        this.#set(lhs, value.code);
        return;
      case 'IndexExpr': {
        const [x, y] = this.operands([lhs.x, lhs.y]);
        writer.line(`$setindex(T,${x!.code},${y!.code},${value.code},${lhs.lbrack});`);
        return;
      }
      case 'DotExpr': {
        const name = this.unit.attribute(lhs.name.name);
        writer.line(`$setfield(T,${this.emit(lhs.x).code},${name},${value.code},${lhs.dot});`);
        return;
      }
      case 'TupleExpr':
      case 'ListExpr': {
        const parts = writer.temporary();
        // Assigning to an element or a field may change the very list that is unpacked.
        const copy = lhs.list.every(elem => unparen(elem).kind === 'Ident') ? '' : '.slice()';
        writer.line(`${parts}=$unpack(T,${value.code},${lhs.list.length},${offset})${copy};`);
        lhs.list.forEach((elem, i) => {
          const part = unparen(elem);
          const code = `${parts}[${i}]`;
          this.#assign(part, part.kind === 'Ident' ? simple(code) : this.#hold(complex(code)), offset);
        });
        return;
      }
      default:
        throw new Error(`bug: the resolver let an assignment to a ${lhs.kind} pass`);
    }
  }

  #augmented(stmt: AssignStmt): void {
    const lhs = unparen(stmt.lhs);
    const { writer } = this;
    const op = stmt.op.slice(0, -1);
    const holder = writer.temporary();
    const combine = (old: Operand): string => {
      const held = this.unit.shapes.needsStatements(stmt.rhs) ? writer.materialize(old) : old;
      const y = this.emit(stmt.rhs);
      return emitArithmetic(writer, { op, x: held, y, offset: stmt.opAt, holder }, true).code;
    };
    if (lhs.kind === 'Ident') {
      this.#set(lhs, combine(this.emit(lhs)));
      return;
    }
    if (lhs.kind === 'IndexExpr') {
      // Each is kept before the next one is written: temporaries that the code of one uses are free for the other.
      const x = writer.materialize(this.emit(lhs.x));
      const y = writer.materialize(this.emit(lhs.y));
      const old = writer.materialize(complex(`$index(T,${x.code},${y.code},${lhs.lbrack})`));
      writer.line(`$setindex(T,${x.code},${y.code},${combine(old)},${lhs.lbrack});`);
      return;
    }
    if (lhs.kind !== 'DotExpr') throw new Error(`bug: the resolver let an assignment to a ${lhs.kind} pass`);
    const name = this.unit.attribute(lhs.name.name);
    const x = writer.materialize(this.emit(lhs.x));
    const old = writer.materialize(complex(`$attr(T,${x.code},${name},${lhs.dot})`));
    writer.line(`$setfield(T,${x.code},${name},${combine(old)},${lhs.dot});`);
  }

  #ifStmt(first: IfStmt): void {
    const parts: IfStmt[] = [];
    for (let stmt: Stmt | undefined = first; stmt?.kind === 'IfStmt'; ) {
      parts.push(stmt);
      stmt = stmt.else.length === 1 ? stmt.else[0] : undefined;
    }
    const { writer } = this;
    const { shapes } = this.unit;
    const last = parts.at(-1)!.else;
    const isFlat = parts.length > longChain || parts.slice(1).some(part => shapes.needsStatements(part.cond));
    const branches: Set<number>[] = [];
    const label = isFlat ? this.unit.fresh('L') : '';
    if (isFlat) writer.line(`${label}:{`);
    parts.forEach((part, i) => {
      writer.line(`${i > 0 && !isFlat ? '}else ' : ''}if(${this.emitCondition(part.cond)}){`);
      branches.push(writer.branch(() => this.stmts(part.then)));
      if (isFlat) writer.line(`break ${label};}`);
    });
    if (!isFlat) writer.line('}else{');
    branches.push(writer.branch(() => this.stmts(last)));
    writer.line('}');
    writer.join(branches);
  }

  #forStmt(stmt: ForStmt): void {
    this.#forLoop(stmt.x, stmt.vars, stmt.start, stmt.body.length, () => this.stmts(stmt.body));
  }

  /** for vars in x: body */
  #forLoop(x: Expr, vars: Expr, offset: number, work: number, body: () => void): void {
    const { writer } = this;
    const mark = writer.mark();
    const iterator = writer.freshVariable('i');
    const elem = writer.freshVariable('x');
    writer.line(`${iterator}=$iter(T,${this.emit(x).code},${offset});`);
    writer.release(mark);
    writer.line(`try{while((${elem}=${iterator}.next())!==undefined){`);
    writer.loopDepth++;
    writer.branch(() => {
      this.#tick(1 + work, offset);
      this.#assign(vars, simple(elem), offset);
      body();
    });
    writer.loopDepth--;
    writer.line(`}}finally{${iterator}.done();}`);
  }

  #whileStmt(stmt: WhileStmt): void {
    const { writer } = this;
    writer.loopDepth++;
    writer.branch(() => {
      if (this.unit.shapes.needsStatements(stmt.cond)) {
        writer.line('for(;;){');
        writer.line(`if(!${this.emitCondition(stmt.cond)})break;`);
      } else writer.line(`while(${this.emitCondition(stmt.cond)}){`);
      this.#tick(1 + stmt.body.length, stmt.start);
      this.stmts(stmt.body);
    });
    writer.loopDepth--;
    writer.line('}');
  }

  #load(stmt: LoadStmt): void {
    const names = stmt.from.map(from => this.unit.string(from.name)).join(',');
    const module = stmt.module.value as string;
    this.unit.loads.push(module);
    const loaded = this.writer.temporary();
    this.writer.line(`${loaded}=$load(T,${this.unit.string(module)},[${names}],${stmt.start});`);
    // In starlark-go the last name is bound first; it shows where a name comes twice.
    for (let i = stmt.to.length - 1; i >= 0; i--) this.#set(stmt.to[i]!, `${loaded}[${i}]`);
  }

  protected emitComprehension(expr: Comprehension): Operand {
    const { writer } = this;
    const result = writer.temporary();
    writer.line(`${result}=${expr.curly ? '$dict()' : '[]'};`);
    this.#clauses(expr, 0, result);
    return expr.curly ? simple(result) : complex(`$list(${result})`);
  }

  #clauses(expr: Comprehension, at: number, result: string): void {
    const clause = expr.clauses[at];
    const { writer } = this;
    if (!clause) {
      this.#collect(expr, result);
      return;
    }
    if (clause.kind === 'IfClause') {
      writer.line(`if(${this.emitCondition(clause.cond)}){`);
      this.#clauses(expr, at + 1, result);
      writer.line('}');
      return;
    }
    this.#forLoop(clause.x, clause.vars, clause.start, 0, () => this.#clauses(expr, at + 1, result));
  }

  #collect(expr: Comprehension, result: string): void {
    const { body } = expr;
    if (body.kind === 'DictEntry') {
      this.writer.line(`$put(T,${result},${this.codes([body.key, body.value])},${body.colon});`);
    } else this.writer.line(`${result}.push(${this.emit(body).code});`);
  }

  protected emitLambda(expr: Expr & { kind: 'LambdaExpr' }): Operand {
    return this.#functionValue(expr.info!);
  }

  /** A function value: its code, its JavaScript, the defaults, and a way to what it captured, for freezing. */
  #functionValue(info: FunctionInfo): Operand {
    const code = this.unit.object(this.unit.functionCode(info));
    const defaults = this.#defaults(info.params);
    const { quick, deep } = emitFunction(this.unit, info, this.writer.level + 1);
    const captured = info.freeVars.map(variable);
    const reach = captured.length > 0 ? `,()=>[${captured.join(',')}]` : deep === '' ? '' : ',undefined';
    return complex(`$fn(${code},${quick},[${defaults}]${reach}${deep === '' ? '' : `,${deep}`})`);
  }

  #defaults(params: readonly Param[]): string {
    const exprs: (Expr | undefined)[] = [];
    let seenStar = false;
    for (const param of params) {
      if (param.kind === 'UnaryExpr') seenStar = true;
      else if (param.kind === 'BinaryExpr') exprs.push(param.y);
      else if (seenStar) exprs.push(undefined);
    }
    const values = this.operands(exprs.filter(expr => expr !== undefined));
    return exprs.map(expr => (expr ? values.shift()!.code : '$mandatory')).join(',');
  }
}

/**
 * Functions nested deeper than this have a generator only while their text is short: what stands inside a function is
 * written once more for its generator, so that text would double from level to level.
 */
const freeDeepLevels = 2;
const maxDeepText = 8192;

/** The JavaScript function of a Starlark function and, if it may recur, its generator; else ''. */
function emitFunction(unit: Unit, info: FunctionInfo, level: number): { quick: string; deep: string } {
  const writer = new FunctionWriter(unit, level);
  const stars = (info.hasVarargs ? 1 : 0) + (info.hasKwargs ? 1 : 0);
  const named = info.params.filter(param => param.kind !== 'UnaryExpr').length;
  const params = info.locals.slice(0, named + stars);
  for (const param of params) writer.noteAssigned(param);
  const own = new Set(params);
  for (const local of info.locals) if (!own.has(local)) declareVariable(writer, local);
  const emitter = new StmtEmitter(unit, writer);
  writer.line(`if((T.budget-=${1 + info.body.length})<0)$tick(T,${info.offset});`);
  emitter.stmts(info.body);
  const body = `(${['T', ...params.map(variable)].join(',')}){\n${writer.text()}\nreturn null;}`;
  const isAffordable = level <= freeDeepLevels || body.length <= maxDeepText;
  const hasDeep = unit.dialect.recursion && writer.callsFunctions && isAffordable;
  return { quick: `function${quickText(body)}`, deep: hasDeep ? `function*${deepText(body)}` : '' };
}

/** The JavaScript of the statements of a file. */
export function emitToplevel(unit: Unit, stmts: readonly Stmt[]): string {
  const writer = new FunctionWriter(unit, 0);
  new StmtEmitter(unit, writer).stmts(stmts);
  return `function(T){\n${quickText(writer.text())}\nreturn null;}`;
}
