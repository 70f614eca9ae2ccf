// Which expressions become one JavaScript expression and which need statements of their own in front: comprehensions,
// because they loop, and very deep ones, because JavaScript's parser has a stack, too.
import { type Expr, leftOf } from '../syntax/tree.ts';

/** The height from which an expression is computed step by step. */
const maxHeight = 30;

interface Shape {
  readonly needsStatements: boolean;
  readonly height: number;
  /** Computed into a variable, so that what is around it begins anew. */
  readonly isCut: boolean;
}

/** Remembers what is known about the expressions of one file. */
export class Shapes {
  readonly #known = new Map<Expr, Shape>();

  /** True when evaluating `expr` takes statements. */
  needsStatements(expr: Expr | undefined): boolean {
    return expr !== undefined && this.#shape(expr).needsStatements;
  }

  /** True for an expression whose value has to be kept in a variable. */
  isCut(expr: Expr): boolean {
    return this.#shape(expr).isCut;
  }

  #shape(expr: Expr): Shape {
    if (expr.kind === 'Ident' || expr.kind === 'Literal') return flat;
    const known = this.#known.get(expr);
    if (known) return known;
    // The left spine of operators and calls can be thousands of nodes long; it is walked from its lower end.
    const spine: Expr[] = [expr];
    for (let at = leftOf(expr); at !== undefined && !this.#known.has(at); at = leftOf(at)) spine.push(at);
    for (let i = spine.length - 1; i >= 0; i--) this.#known.set(spine[i]!, this.#compute(spine[i]!));
    return this.#known.get(expr)!;
  }

  #compute(expr: Expr): Shape {
    if (expr.kind === 'Ident' || expr.kind === 'Literal') return flat;
    if (expr.kind === 'ParenExpr') return { ...this.#shape(expr.x), isCut: false };
    if (expr.kind === 'Comprehension') return { needsStatements: true, height: 1, isCut: false };
    let height = 0;
    let needsStatements = false;
    for (const part of partsOf(expr)) {
      if (!part) continue;
      const shape = this.#shape(part);
      height = Math.max(height, shape.height);
      needsStatements ||= shape.needsStatements;
    }
    height++;
    // A name behind a dot is rather left to the call that it belongs to.
    const isCut = height > (expr.kind === 'DotExpr' ? 2 * maxHeight : maxHeight);
    return isCut ? { needsStatements: true, height: 1, isCut } : { needsStatements, height, isCut };
  }
}

const flat: Shape = { needsStatements: false, height: 0, isCut: false };

function partsOf(expr: Expr): readonly (Expr | undefined)[] {
  switch (expr.kind) {
    case 'ListExpr':
    case 'TupleExpr':
    case 'DictExpr':
      return expr.list;
    case 'DictEntry':
      return [expr.key, expr.value];
    case 'CondExpr':
      return [expr.cond, expr.then, expr.else];
    case 'IndexExpr':
    case 'BinaryExpr':
      return [expr.x, expr.y];
    case 'SliceExpr':
      return [expr.x, expr.lo, expr.hi, expr.step];
    case 'UnaryExpr':
    case 'DotExpr':
      return [expr.x];
    case 'CallExpr':
      return [expr.fn, ...expr.args.map(arg => (arg.kind === 'BinaryExpr' && arg.op === '=' ? arg.y : arg))];
    case 'LambdaExpr':
      // What is evaluated where a function value is made are its defaults; its body runs elsewhere.
      return expr.params.map(param => (param.kind === 'BinaryExpr' ? param.y : undefined));
    default:
      return [];
  }
}
