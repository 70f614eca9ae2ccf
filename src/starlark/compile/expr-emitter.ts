// Expressions as JavaScript. What fits is one JavaScript expression; comprehensions and very deep expressions are
// computed by statements written in front, and then everything evaluated before them moves into temporaries, so that the
// order of evaluation stays that of the program.
import { type Binding, type Comprehension, type Expr, type Ident, leftOf, unparen } from '../syntax/tree.ts';
import { argumentValue } from './evaluate-once.ts';
import { complex, type FunctionWriter, type Operand, simple } from './function-writer.ts';
import { foldedTerms } from './literal-sums.ts';
import { sliceOffset } from './offsets.ts';
import { arithmeticFunctionOf, comparisonFunctionOf, emitArithmetic, emitComparison } from './operators.ts';
import { type Unit, variable } from './unit.ts';
import { either } from './variants.ts';

/** What expressions need from whoever writes functions and loops. */
export abstract class ExprEmitter {
  protected readonly unit: Unit;
  protected readonly writer: FunctionWriter;
  /** Parts of chains that are computed already. */
  readonly #computed = new Map<Expr, Operand>();

  constructor(unit: Unit, writer: FunctionWriter) {
    this.unit = unit;
    this.writer = writer;
  }

  protected abstract emitLambda(expr: Expr & { kind: 'LambdaExpr' }): Operand;
  protected abstract emitComprehension(expr: Comprehension): Operand;

  /** The JavaScript of an expression; statements it needs are already written. */
  emit(expr: Expr): Operand {
    const { shapes } = this.unit;
    if (!shapes.needsStatements(expr)) return this.#emitNode(expr);
    const computed = this.#computed.get(expr);
    if (computed) return computed;
    this.#computeCutsOf(expr);
    return shapes.isCut(expr) ? this.#compute(expr, this.writer.temporary()) : this.#emitNode(expr);
  }

  /** Computes the parts of a long chain of calls that have to be kept, beginning with its lower end. */
  #computeCutsOf(expr: Expr): void {
    const cuts: Expr[] = [];
    let around = expr;
    for (let at = leftOf(expr); at && at.kind !== 'BinaryExpr' && !this.#computed.has(at); at = leftOf(at)) {
      const isMethod = at.kind === 'DotExpr' && around.kind === 'CallExpr';
      if (!isMethod && this.unit.shapes.isCut(at)) cuts.push(at);
      if (at.kind !== 'ParenExpr') around = at;
    }
    if (cuts.length === 0) return;
    const holder = this.writer.temporary();
    for (const cut of cuts.reverse()) this.#computed.set(cut, this.#compute(cut, holder));
  }

  /** Writes a statement that computes an expression into a temporary. */
  #compute(expr: Expr, holder: string): Operand {
    const mark = this.writer.mark();
    const { code, type } = this.#emitNode(expr);
    this.writer.line(`${holder}=${code};`);
    this.writer.release(mark);
    return type === 'bool' ? { code: holder, simple: true, type } : simple(holder);
  }

  #emitNode(expr: Expr): Operand {
    switch (expr.kind) {
      case 'ParenExpr':
        return this.emit(unparen(expr));
      case 'Ident':
        return this.emitIdent(expr);
      case 'Literal':
        return this.#literal(expr);
      case 'BinaryExpr':
        return this.#binary(expr);
      case 'UnaryExpr':
        return this.#unary(expr);
      case 'CallExpr':
        return this.#call(expr);
      case 'DotExpr':
        return complex(`$attr(T,${this.emit(expr.x).code},${this.unit.attribute(expr.name.name)},${expr.dot})`);
      case 'IndexExpr': {
        const [x, y] = this.operands([expr.x, expr.y]);
        return complex(`$index(T,${x!.code},${y!.code},${expr.lbrack})`);
      }
      case 'SliceExpr':
        return this.#slice(expr);
      case 'ListExpr':
        return complex(`$list([${this.codes(expr.list)}])`);
      case 'TupleExpr':
        return complex(`$tuple([${this.codes(expr.list)}])`);
      case 'DictExpr':
        return this.#dict(expr);
      case 'CondExpr':
        return this.#conditional(expr);
      case 'Comprehension':
        return this.emitComprehension(expr);
      case 'LambdaExpr':
        return this.emitLambda(expr);
      case 'DictEntry':
        throw new Error('bug: a dict entry is no expression of its own');
    }
  }

  /** The JavaScript condition that an expression is true. */
  emitCondition(expr: Expr): string {
    const at = unparen(expr);
    if (!this.unit.shapes.needsStatements(at)) {
      if (at.kind === 'UnaryExpr' && at.op === 'not') return `!${this.emitCondition(at.x!)}`;
      if (at.kind === 'BinaryExpr' && (at.op === 'and' || at.op === 'or')) {
        const op = at.op === 'and' ? '&&' : '||';
        return `(${this.emitCondition(at.x)}${op}${this.emitCondition(at.y)})`;
      }
    }
    return truthCode(this.emit(at));
  }

  /** Several expressions, evaluated from left to right. */
  operands(exprs: readonly Expr[]): Operand[] {
    const { shapes } = this.unit;
    let last = exprs.length - 1;
    while (last >= 0 && !shapes.needsStatements(exprs[last])) last--;
    const operands: Operand[] = [];
    // A loop, since a callback would take JavaScript stack at each level of nesting.
    for (let i = 0; i < exprs.length; i++) {
      const operand = this.emit(exprs[i]!);
      operands.push(i < last ? this.writer.materialize(operand) : operand);
    }
    return operands;
  }

  protected codes(exprs: readonly Expr[]): string {
    return this.operands(exprs)
      .map(operand => operand.code)
      .join(',');
  }

  /** Reads a variable. */
  protected emitIdent(id: Ident): Operand {
    const binding = id.binding!;
    if (binding.scope === 'universal') return simple(this.unit.environmentName(id.name, 'universal'));
    const name = this.unit.string(id.name);
    if (binding.scope === 'predeclared') {
      const code = this.unit.environmentName(id.name, 'predeclared');
      return complex(`(${code}===undefined?$unsetpredeclared(T,${name},${id.start}):${code})`);
    }
    const code = variable(binding);
    if (this.writer.isAssigned(binding)) return simple(code);
    const complain = binding.scope === 'global' ? '$unsetglobal' : '$unset';
    return complex(`(${code}===undefined?${complain}(T,${name},${id.start}):${code})`);
  }

  #literal(expr: Expr & { kind: 'Literal' }): Operand {
    const { value } = expr;
    switch (expr.token) {
      case 'int literal':
        return typeof value === 'number'
          ? { code: this.unit.int(value), simple: true, type: 'int', int: value }
          : simple(this.unit.int(value as bigint));
      case 'float literal':
        return simple(this.unit.float(value as number));
      case 'bytes literal':
        return simple(this.unit.bytes(value as string));
      default:
        return simple(this.unit.string(value as string));
    }
  }

  /** x op y op z: the left spine is a loop, however long it is. */
  #binary(expr: Expr & { kind: 'BinaryExpr' }): Operand {
    if (expr.op === 'and' || expr.op === 'or') return this.#logical(expr);
    const spine: (Expr & { kind: 'BinaryExpr' })[] = [];
    let left: Expr = expr;
    while (left.kind === 'BinaryExpr' && left.op !== 'and' && left.op !== 'or') {
      spine.push(left);
      left = unparen(left.x);
    }
    const stepByStep = this.unit.shapes.needsStatements(expr);
    const mark = this.writer.mark();
    const terms = foldedTerms(left, spine.reverse());
    // The temporary for the left operand is taken before the right one is written, which may use others.
    const holder = this.writer.temporary();
    let result = this.emit(terms.first);
    for (const { node, y } of terms.others) {
      if (stepByStep && !result.simple) {
        this.writer.line(`${holder}=${result.code};`);
        result = simple(holder);
      }
      result = this.#operator(node, result, this.emit(y), holder);
    }
    if (!stepByStep) this.writer.release(mark);
    return result;
  }

  #operator(node: Expr & { kind: 'BinaryExpr' }, x: Operand, y: Operand, holder: string): Operand {
    if (arithmeticFunctionOf(node.op))
      return emitArithmetic(this.writer, { op: node.op, x, y, offset: node.opAt, holder });
    if (comparisonFunctionOf(node.op))
      return emitComparison(this.writer, { op: node.op, x, y, offset: node.opAt, holder });
    const contains = `$in(T,${x.code},${y.code},${node.opAt})`;
    return complex(node.op === 'in' ? contains : `!${contains}`, 'bool');
  }

  #logical(expr: Expr & { kind: 'BinaryExpr' }): Operand {
    if (this.unit.shapes.needsStatements(expr)) return this.#logicalSteps(expr);
    const isAnd = expr.op === 'and';
    const mark = this.writer.mark();
    const holder = this.writer.temporary();
    const x = this.emit(expr.x);
    const y = this.emit(expr.y);
    this.writer.release(mark);
    if (x.type === 'bool') {
      return complex(`(${x.code}${isAnd ? '&&' : '||'}${y.code})`, y.type === 'bool' ? 'bool' : 'any');
    }
    const test = x.simple ? truthCode(x) : truthCode(complex(`${holder}=${x.code}`));
    const kept = x.simple ? x.code : holder;
    return complex(isAnd ? `(${test}?${y.code}:${kept})` : `(${test}?${kept}:${y.code})`);
  }

  /** x and y and z, one after the other; once the result is settled, the tests that follow let it be. */
  #logicalSteps(expr: Expr & { kind: 'BinaryExpr' }): Operand {
    const { writer } = this;
    const right: Expr[] = [];
    let left: Expr = expr;
    while (left.kind === 'BinaryExpr' && left.op === expr.op) {
      right.push(left.y);
      left = unparen(left.x);
    }
    const holder = writer.temporary();
    writer.line(`${holder}=${this.emit(left).code};`);
    for (const operand of right.reverse()) {
      writer.line(`if(${expr.op === 'and' ? '' : '!'}$truth(${holder})){`);
      writer.line(`${holder}=${this.emit(operand).code};`);
      writer.line('}');
    }
    return simple(holder);
  }

  #conditional(expr: Expr & { kind: 'CondExpr' }): Operand {
    const { shapes } = this.unit;
    if (!shapes.needsStatements(expr.then) && !shapes.needsStatements(expr.else)) {
      const cond = this.emitCondition(expr.cond);
      const [x, y] = [this.emit(expr.then), this.emit(expr.else)];
      return complex(`(${cond}?${x.code}:${y.code})`, x.type === 'bool' && y.type === 'bool' ? 'bool' : 'any');
    }
    const holder = this.writer.temporary();
    this.writer.line(`if(${this.emitCondition(expr.cond)}){`);
    this.writer.line(`${holder}=${this.emit(expr.then).code};`);
    this.writer.line('}else{');
    this.writer.line(`${holder}=${this.emit(expr.else).code};`);
    this.writer.line('}');
    return simple(holder);
  }

  #unary(expr: Expr & { kind: 'UnaryExpr' }): Operand {
    const operand = unparen(expr.x!);
    if (expr.op === 'not') return complex(`!${this.emitCondition(operand)}`, 'bool');
    const x = this.emit(operand);
    if (expr.op === '-' && x.type === 'int') {
      const int = 0 - x.int!;
      return { code: this.unit.int(int), simple: true, type: 'int', int };
    }
    const name = expr.op === '-' ? '$neg' : expr.op === '+' ? '$plus' : '$inv';
    return complex(`${name}(T,${x.code},${expr.start})`);
  }

  #slice(expr: Expr & { kind: 'SliceExpr' }): Operand {
    const given = [expr.x, expr.lo, expr.hi, expr.step];
    const present = given.filter((part): part is Expr => part !== undefined);
    const operands = this.operands(present);
    const [x, ...parts] = given.map(part => (part ? operands[present.indexOf(part)]!.code : 'null'));
    return complex(`$slice(T,${x},[${parts.join(',')}],${sliceOffset(expr)})`);
  }

  #dict(expr: Expr & { kind: 'DictExpr' }): Operand {
    if (expr.list.length === 0) return complex('$dict()');
    const mark = this.writer.mark();
    const holder = this.writer.temporary();
    if (this.unit.shapes.needsStatements(expr)) {
      this.writer.line(`${holder}=$dict();`);
      for (const entry of expr.list) {
        this.writer.line(`$putunique(T,${holder},${this.codes([entry.key, entry.value])},${entry.colon});`);
      }
      return simple(holder);
    }
    const entries: string[] = [];
    for (const { key, value, colon } of expr.list) {
      entries.push(`$putunique(T,${holder},${this.codes([key, value])},${colon})`);
    }
    this.writer.release(mark);
    return complex(`(${holder}=$dict(),${entries.join(',')},${holder})`);
  }

  #call(expr: Expr & { kind: 'CallExpr' }): Operand {
    const { shapes } = this.unit;
    const mark = this.writer.mark();
    const self = this.writer.temporary();
    const holder = this.writer.temporary();
    const fn = unparen(expr.fn);
    let callee: string;
    let receiver = 'null';
    if (fn.kind === 'DotExpr') {
      const x = this.emit(fn.x);
      const name = this.unit.attribute(fn.name.name);
      if (x.simple) {
        callee = `$method(T,${x.code},${name},${fn.dot})`;
        receiver = x.code;
      } else {
        callee = `$method(T,${self}=${x.code},${name},${fn.dot})`;
        receiver = self;
      }
    } else {
      callee = this.emit(fn).code;
      // A name of the environment is hardly ever a way back to the function.
      if (fn.kind !== 'Ident' || !isOfEnvironment(fn.binding!.scope)) this.writer.callsFunctions = true;
    }
    if (expr.args.some(arg => shapes.needsStatements(argumentValue(arg)))) {
      this.writer.line(`${holder}=${callee};`);
      callee = holder;
    }
    const code = this.#callWith(expr, callee, receiver);
    if (!shapes.needsStatements(expr)) this.writer.release(mark);
    return complex(code);
  }

  #callWith(expr: Expr & { kind: 'CallExpr' }, callee: string, receiver: string): string {
    const values = this.operands(expr.args.map(argumentValue)).map(operand => operand.code);
    const positional: string[] = [];
    const named: string[] = [];
    let star = 'undefined';
    let starStar = 'undefined';
    expr.args.forEach((arg, i) => {
      const value = values[i]!;
      if (arg.kind === 'BinaryExpr' && arg.op === '=') {
        named.push(`[${this.unit.string((arg.x as Ident).name)},${value}]`);
      } else if (arg.kind === 'UnaryExpr' && arg.op === '*') star = value;
      else if (arg.kind === 'UnaryExpr' && arg.op === '**') starStar = value;
      else positional.push(value);
    });
    const head = `(T,${callee},${receiver}`;
    const tail = `,${expr.lparen})${either('', '?yield:T.result)')}`;
    const args = positional.join(',');
    if (star !== 'undefined' || starStar !== 'undefined') {
      const given = `{args:[${args}],kwargs:[${named.join(',')}],star:${star},starStar:${starStar}}`;
      return `${either('$callspread', '($deepspread')}${head},${given}${tail}`;
    }
    if (named.length > 0) {
      return `${either('$callnamed', '($deepnamed')}${head},{args:[${args}],kwargs:[${named.join(',')}]}${tail}`;
    }
    const count = positional.length;
    if (count === 0) return `${either('$call0', '($deep0')}${head}${tail}`;
    if (count < 3) return `${either(`$call${count}`, `($deep${count}`)}${head},${args}${tail}`;
    return `${either(count === 3 ? '$call3' : '$callmany', '($deepmany')}${head},[${args}]${tail}`;
  }
}

function isOfEnvironment(scope: Binding['scope']): boolean {
  return scope === 'universal' || scope === 'predeclared';
}

/** The JavaScript condition that a value is true. */
function truthCode(operand: Operand): string {
  return operand.type === 'bool' ? operand.code : `$truth(${operand.code})`;
}
