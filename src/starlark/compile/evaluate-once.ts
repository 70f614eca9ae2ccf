// Expressions evaluated from the tree. Statements of a file that run once, as most of a Tiltfile do, are not worth the
// JavaScript that would be written and compiled for them: a file of a thousand calls loads in half of the time.
// Does not: loop, define functions, or assign; that stays with generated code.
import { attr, attributeName, method } from '../runtime/attributes.ts';
import * as comparison from '../runtime/comparison.ts';
import { runtime } from '../runtime/for-generated-code.ts';
import { type Callee, callMany, callNamed, callSpread } from '../runtime/generated-calls.ts';
import { putUnique, unsetGlobal, unsetPredeclared } from '../runtime/statements.ts';
import { index, slice } from '../runtime/subscript.ts';
import {
  type BinaryExpr,
  type Binding,
  type CallExpr,
  type CondExpr,
  type DictExpr,
  type Expr,
  type Ident,
  type Literal,
  type SliceExpr,
  type UnaryExpr,
  unparen,
} from '../syntax/tree.ts';
import { Bytes } from '../values/bytes.ts';
import { Dict, List, Tuple } from '../values/collections.ts';
import { truthOf } from '../values/compare.ts';
import { Float } from '../values/float.ts';
import { noKwargs, type Thread, type Value } from '../values/value.ts';
import { foldedTerms } from './literal-sums.ts';
import { sliceOffset } from './offsets.ts';
import { arithmeticFunctionOf, comparisonFunctionOf } from './operators.ts';

/** Where names have their values while a group is evaluated. */
export interface Names {
  readonly predeclared: ReadonlyMap<string, Value>;
  readonly universal: ReadonlyMap<string, Value>;
}

/** The height up to which expressions are evaluated here; JavaScript's stack has an end, too. */
const maxHeight = 30;

/** Expressions that run one after the other, once. */
export class OnceGroup {
  readonly exprs: Expr[] = [];
  /** Global variables that they may read, in the order in which `evaluateOnce` gets the values. */
  readonly globals: Binding[] = [];
  readonly #positions = new Map<number, number>();

  /** Adds an expression if it is one that is evaluated from the tree. */
  add(expr: Expr): boolean {
    const isAllowed = this.#allows(expr, maxHeight);
    if (isAllowed) this.exprs.push(expr);
    return isAllowed;
  }

  /** The place of a global variable in `globals`. */
  positionOf(binding: Binding): number {
    return this.#positions.get(binding.id)!;
  }

  #allows(expr: Expr, height: number): boolean {
    if (height === 0) return false;
    const below = height - 1;
    switch (expr.kind) {
      case 'Literal':
        return true;
      case 'Ident':
        return this.#allowsName(expr);
      case 'ParenExpr':
      case 'DotExpr':
        return this.#allows(expr.x, below);
      case 'UnaryExpr':
        return this.#allows(expr.x!, below);
      case 'ListExpr':
      case 'TupleExpr':
        return expr.list.every(elem => this.#allows(elem, below));
      case 'DictExpr':
        return expr.list.every(({ key, value }) => this.#allows(key, below) && this.#allows(value, below));
      case 'BinaryExpr':
      case 'IndexExpr':
        return this.#allows(expr.x, below) && this.#allows(expr.y, below);
      case 'CondExpr':
        return this.#allows(expr.cond, below) && this.#allows(expr.then, below) && this.#allows(expr.else, below);
      case 'SliceExpr':
        return [expr.x, expr.lo, expr.hi, expr.step].every(part => !part || this.#allows(part, below));
      case 'CallExpr':
        for (let i = 0; i < expr.args.length; i++) {
          if (!this.#allows(argumentValue(expr.args[i]!), below)) return false;
        }
        return this.#allows(expr.fn, below);
      default:
        return false;
    }
  }

  #allowsName({ binding }: Ident): boolean {
    const { scope, id } = binding!;
    if (scope === 'global' && !this.#positions.has(id)) this.#positions.set(id, this.globals.push(binding!) - 1);
    return scope === 'global' || scope === 'predeclared' || scope === 'universal';
  }
}

/** The expression that gives an argument its value. */
export function argumentValue(arg: Expr): Expr {
  if (arg.kind === 'BinaryExpr' && arg.op === '=') return arg.y;
  return arg.kind === 'UnaryExpr' && (arg.op === '*' || arg.op === '**') ? arg.x! : arg;
}

/** Evaluates a group; gives the value of its last expression. `values` are those of the global variables it reads. */
export function evaluateOnce(
  thread: Thread,
  names: Names,
  group: OnceGroup,
  values: readonly (Value | undefined)[],
): Value {
  const evaluation = new Evaluation(thread, names, group, values);
  let last: Value = null;
  for (const expr of group.exprs) last = evaluation.value(expr);
  return last;
}

/** Does what the code of ExprEmitter does, in the same order, with the same positions. */
class Evaluation {
  readonly #thread: Thread;
  readonly #names: Names;
  readonly #group: OnceGroup;
  readonly #values: readonly (Value | undefined)[];

  constructor(thread: Thread, names: Names, group: OnceGroup, values: readonly (Value | undefined)[]) {
    this.#thread = thread;
    this.#names = names;
    this.#group = group;
    this.#values = values;
  }

  value(expr: Expr): Value {
    const thread = this.#thread;
    switch (expr.kind) {
      case 'Literal':
        return literalValue(expr);
      case 'Ident':
        return this.#name(expr);
      case 'ParenExpr':
        return this.value(expr.x);
      case 'CallExpr':
        return this.#call(expr);
      case 'ListExpr':
        return new List(this.#all(expr.list));
      case 'TupleExpr':
        return new Tuple(this.#all(expr.list));
      case 'DictExpr':
        return this.#dict(expr);
      case 'DotExpr':
        return attr(thread, this.value(expr.x), attributeName(expr.name.name), expr.dot);
      case 'IndexExpr':
        return index(thread, this.value(expr.x), this.value(expr.y), expr.lbrack);
      case 'SliceExpr':
        return this.#slice(expr);
      case 'UnaryExpr':
        return this.#unary(expr);
      case 'BinaryExpr':
        return this.#binary(expr);
      case 'CondExpr':
        return this.#conditional(expr);
      default:
        throw new Error(`bug: a ${expr.kind} is not evaluated from the tree`);
    }
  }

  #all(exprs: readonly Expr[]): Value[] {
    const values: Value[] = [];
    for (let i = 0; i < exprs.length; i++) values.push(this.value(exprs[i]!));
    return values;
  }

  #name({ name, start, binding }: Ident): Value {
    const { scope } = binding!;
    if (scope === 'universal') return this.#names.universal.get(name)!;
    if (scope === 'predeclared') {
      const value = this.#names.predeclared.get(name);
      return value === undefined ? unsetPredeclared(this.#thread, name, start) : value;
    }
    const value = this.#values[this.#group.positionOf(binding!)];
    return value === undefined ? unsetGlobal(this.#thread, name, start) : value;
  }

  #dict(expr: DictExpr): Value {
    const dict = new Dict();
    for (const { key, value, colon } of expr.list) {
      putUnique(this.#thread, dict, this.value(key), this.value(value), colon);
    }
    return dict;
  }

  #slice(expr: SliceExpr): Value {
    const x = this.value(expr.x);
    const [lo, hi, step] = [expr.lo, expr.hi, expr.step].map(part => (part ? this.value(part) : null));
    return slice(this.#thread, x, [lo!, hi!, step!], sliceOffset(expr));
  }

  #unary(expr: UnaryExpr): Value {
    const x = this.value(unparen(expr.x!));
    if (expr.op === 'not') return !truthOf(x);
    const operator = expr.op === '-' ? runtime.$neg : expr.op === '+' ? runtime.$plus : runtime.$inv;
    return operator(this.#thread, x, expr.start);
  }

  #conditional(expr: CondExpr): Value {
    return this.value(truthOf(this.value(expr.cond)) ? expr.then : expr.else);
  }

  #binary(expr: BinaryExpr): Value {
    if (expr.op === 'and' || expr.op === 'or') {
      const x = this.value(expr.x);
      return truthOf(x) === (expr.op === 'and') ? this.value(expr.y) : x;
    }
    const chain: BinaryExpr[] = [];
    let left: Expr = expr;
    while (left.kind === 'BinaryExpr' && left.op !== 'and' && left.op !== 'or') {
      chain.push(left);
      left = unparen(left.x);
    }
    const terms = foldedTerms(left, chain.reverse());
    let result = this.value(terms.first);
    for (const { node, y } of terms.others) result = this.#operator(node, result, this.value(y));
    return result;
  }

  #operator({ op, opAt }: BinaryExpr, x: Value, y: Value): Value {
    const arithmetic = arithmeticFunctionOf(op) ?? comparisonFunctionOf(op);
    if (arithmetic) return runtime[arithmetic](this.#thread, x, y, opAt);
    const contains = comparison.contains(this.#thread, x, y, opAt);
    return op === 'in' ? contains : !contains;
  }

  #call(expr: CallExpr): Value {
    const thread = this.#thread;
    const fn = unparen(expr.fn);
    let callee: Callee;
    let receiver: Value = null;
    if (fn.kind === 'DotExpr') {
      receiver = this.value(fn.x);
      callee = method(thread, receiver, attributeName(fn.name.name), fn.dot);
    } else callee = this.value(fn);
    const args: Value[] = [];
    let kwargs: [string, Value][] | undefined;
    let star: Value | undefined;
    let starStar: Value | undefined;
    for (let i = 0; i < expr.args.length; i++) {
      const arg = expr.args[i]!;
      if (arg.kind === 'BinaryExpr' && arg.op === '=') {
        kwargs ??= [];
        kwargs.push([(arg.x as Ident).name, this.value(arg.y)]);
      } else if (arg.kind === 'UnaryExpr' && arg.op === '*') star = this.value(arg.x!);
      else if (arg.kind === 'UnaryExpr' && arg.op === '**') starStar = this.value(arg.x!);
      else args.push(this.value(arg));
    }
    if (star !== undefined || starStar !== undefined) {
      return callSpread(thread, callee, receiver, { args, kwargs: kwargs ?? noKwargs, star, starStar }, expr.lparen);
    }
    if (kwargs) return callNamed(thread, callee, receiver, { args, kwargs }, expr.lparen);
    return callMany(thread, callee, receiver, args, expr.lparen);
  }
}

function literalValue({ token, value }: Literal): Value {
  switch (token) {
    case 'float literal':
      return new Float(value as number);
    case 'bytes literal':
      return new Bytes(value as string);
    default:
      return value;
  }
}
