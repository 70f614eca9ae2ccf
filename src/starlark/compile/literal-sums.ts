// Sums of literals, which starlark-go adds while it compiles: neighbouring strings, bytes, lists or tuples of a sum are one.
// It saves time, and it is the only way to add bytes, which have no + when the program runs.
import { type BinaryExpr, type Expr, type Literal, unparen } from '../syntax/tree.ts';

/** What kind of literal an expression is, if it can be added to others of the kind before the program runs. */
export function addableKind(expr: Expr): string | undefined {
  if (expr.kind === 'ListExpr' || expr.kind === 'TupleExpr') return expr.kind;
  const isText = expr.kind === 'Literal' && (expr.token === 'string literal' || expr.token === 'bytes literal');
  return isText ? expr.token : undefined;
}

/** `x op y op z`: the first operand, and each of the others with the operator in front of it. */
export interface Terms {
  readonly first: Expr;
  readonly others: readonly { readonly node: BinaryExpr; readonly y: Expr }[];
}

/** The sum of literals of one kind. */
function sumOf(terms: readonly Expr[]): Expr {
  const [first] = terms;
  if (terms.length === 1) return first!;
  if (first!.kind !== 'Literal') {
    return { ...(first as Expr & { kind: 'ListExpr' }), list: terms.flatMap(term => (term as { list: Expr[] }).list) };
  }
  return { ...first, value: terms.map(term => String((term as Literal).value)).join('') };
}

/** The operands of a chain of operators, given from left to right, with neighbouring literals of sums added. */
export function foldedTerms(left: Expr, chain: readonly BinaryExpr[]): Terms {
  const groups: { node: BinaryExpr | undefined; terms: Expr[] }[] = [{ node: undefined, terms: [unparen(left)] }];
  for (const node of chain) {
    const y = unparen(node.y);
    const kind = addableKind(y);
    const group = groups.at(-1)!;
    const continues = node.op === '+' && (group.node === undefined || group.node.op === '+');
    if (kind !== undefined && continues && addableKind(group.terms.at(-1)!) === kind) group.terms.push(y);
    else groups.push({ node, terms: [y] });
  }
  const [first, ...others] = groups;
  return { first: sumOf(first!.terms), others: others.map(({ node, terms }) => ({ node: node!, y: sumOf(terms) })) };
}
