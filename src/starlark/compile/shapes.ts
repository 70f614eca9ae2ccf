// Which expressions become one JavaScript expression and which need statements of their own in front: comprehensions,
// because they loop, and very deep ones, because JavaScript's parser has a stack, too.
import type { Expr } from '../syntax/tree.ts';

/** The height from which an expression is computed step by step. */
const maxHeight = 30;

interface Shape {
  readonly needsStatements: boolean;
  readonly height: number;
}

/** Remembers what is known about the expressions of one file. */
export class Shapes {
  readonly #known = new Map<Expr, Shape>();

  /** True when evaluating `expr` takes statements. */
  needsStatements(expr: Expr | undefined): boolean {
    return expr !== undefined && this.#shape(expr).needsStatements;
  }

  #shape(expr: Expr): Shape {
    if (expr.kind === 'Ident' || expr.kind === 'Literal' || expr.kind === 'LambdaExpr') return flat;
    const known = this.#known.get(expr);
    if (known) return known;
    // The left spine of operators can be thousands of nodes long; it is walked from its lower end.
    const spine: Expr[] = [];
    for (let at: Expr = expr; at.kind === 'BinaryExpr' && !this.#known.has(at); at = at.x) spine.push(at);
    if (spine.length === 0) spine.push(expr);
    for (let i = spine.length - 1; i >= 0; i--) this.#known.set(spine[i]!, this.#compute(spine[i]!));
    return this.#known.get(expr)!;
  }

  #compute(expr: Expr): Shape {
    if (expr.kind === 'Comprehension') return { needsStatements: true, height: 1 };
    let height = 0;
    let needsStatements = false;
    for (const part of partsOf(expr)) {
      if (!part) continue;
      const shape = this.#shape(part);
      height = Math.max(height, shape.height);
      needsStatements ||= shape.needsStatements;
    }
    height++;
    return height > maxHeight ? { needsStatements: true, height: 1 } : { needsStatements, height };
  }
}

const flat: Shape = { needsStatements: false, height: 0 };

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
    case 'ParenExpr':
    case 'DotExpr':
      return [expr.x];
    case 'CallExpr':
      return [expr.fn, ...expr.args.map(arg => (arg.kind === 'BinaryExpr' && arg.op === '=' ? arg.y : arg))];
    default:
      return [];
  }
}
