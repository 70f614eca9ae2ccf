// Where starlark-go says that execution stands. Its byte code records a position with some instructions only; an
// instruction without one counts to the position recorded last. Backtraces have to agree with it, so the two cases where
// that shows are derived here from the tree: before the first instruction of a function, and in a slice.
import { type Expr, type Stmt, unparen } from '../syntax/tree.ts';
import { addableKind } from './literal-sums.ts';

function isUniversalName(expr: Expr): boolean {
  return expr.kind === 'Ident' && expr.binding?.scope === 'universal';
}

/** The offset of the first instruction of an expression, given the one recorded before. */
function firstOfExpr(expr: Expr, before: number): number {
  for (let at = unparen(expr); ; ) {
    switch (at.kind) {
      case 'Ident':
        return isUniversalName(at) ? before : at.start;
      case 'ListExpr':
      case 'TupleExpr': {
        const first: Expr | undefined = at.list[0];
        if (!first) return before;
        at = unparen(first);
        break;
      }
      case 'CondExpr':
        return firstOfCondition(at.cond, before);
      case 'SliceExpr':
        return firstOfExpr(at.x, at.lbrack);
      case 'IndexExpr':
      case 'BinaryExpr':
      case 'DotExpr':
        at = unparen(at.x);
        break;
      case 'UnaryExpr':
        if (!at.x) return before;
        at = unparen(at.x);
        break;
      case 'CallExpr':
        at = unparen(at.fn);
        break;
      case 'LambdaExpr': {
        const param = at.params.find(p => p.kind === 'BinaryExpr');
        return param ? firstOfExpr(param.y, at.start) : at.start;
      }
      default:
        return before;
    }
  }
}

function firstOfCondition(cond: Expr, before: number): number {
  let at = cond;
  while (at.kind === 'UnaryExpr' && at.op === 'not' && at.x) at = at.x;
  return firstOfExpr(at, before);
}

/** Where a function stands before it has done anything: the offset of its first instruction, or of its definition. */
export function entryOffset(body: readonly Stmt[], definition: number): number {
  for (const stmt of body) {
    switch (stmt.kind) {
      case 'ExprStmt':
        if (stmt.x.kind === 'Literal') continue;
        return firstOfExpr(stmt.x, definition);
      case 'BranchStmt':
        if (stmt.token === 'pass') continue;
        return definition;
      case 'IfStmt':
      case 'WhileStmt':
        return firstOfCondition(stmt.cond, definition);
      case 'AssignStmt':
        return firstOfExpr(stmt.op === '=' ? stmt.rhs : stmt.lhs, definition);
      case 'ForStmt':
        return firstOfExpr(stmt.x, definition);
      case 'ReturnStmt':
        return stmt.result ? firstOfExpr(stmt.result, definition) : definition;
      case 'DefStmt': {
        const param = stmt.params.find(p => p.kind === 'BinaryExpr');
        return param ? firstOfExpr(param.y, stmt.start) : stmt.start;
      }
      case 'LoadStmt':
        return definition;
    }
  }
  return definition;
}

/** The offset recorded last within an expression, or undefined if it records none. */
function lastOfExpr(expr: Expr): number | undefined {
  const at = unparen(expr);
  switch (at.kind) {
    case 'Ident':
      return isUniversalName(at) ? undefined : at.start;
    case 'ListExpr':
    case 'TupleExpr':
      return lastOfList(at.list);
    case 'DictExpr':
      return at.list.at(-1)?.colon;
    case 'CondExpr':
      return lastOfConditional(at.cond, at.then, at.else);
    case 'IndexExpr':
      return at.lbrack;
    case 'DotExpr':
      return at.dot;
    case 'CallExpr':
      return at.lparen;
    case 'UnaryExpr':
      return at.start;
    case 'BinaryExpr':
      if (at.op === 'and') return lastOfExpr(at.x);
      if (at.op === 'or') return lastOfList([at.x, at.y]);
      return at.op === '+' ? lastOfSum(at) : at.opAt;
    case 'SliceExpr':
      return sliceOffset(at);
    case 'LambdaExpr':
      return at.start;
    case 'Comprehension':
      return lastOfComprehension(at);
    default:
      return undefined;
  }
}

/** The offset of the last plus of a sum that is computed at all; neighbours that can be added are one term. */
function lastOfSum(sum: Expr & { kind: 'BinaryExpr' }): number | undefined {
  const plusAt: number[] = [];
  const terms: Expr[] = [];
  let left: Expr = sum;
  for (; left.kind === 'BinaryExpr' && left.op === '+'; left = unparen(left.x)) {
    terms.push(unparen(left.y));
    plusAt.push(left.opAt);
  }
  terms.push(left);
  // The sum lies here from right to left.
  let at = 0;
  const kind = addableKind(terms[0]!);
  while (kind !== undefined && at < plusAt.length && addableKind(terms[at + 1]!) === kind) at++;
  if (at < plusAt.length) return plusAt[at];
  return lastOfList(terms.reverse().flatMap(term => ('list' in term ? term.list : [term])));
}

function lastOfComprehension(expr: Expr & { kind: 'Comprehension' }): number | undefined {
  const { body } = expr;
  const inBody = body.kind === 'DictEntry' ? body.colon : lastOfExpr(body);
  if (inBody !== undefined) return inBody;
  for (let i = expr.clauses.length - 1; i >= 0; i--) {
    const clause = expr.clauses[i]!;
    const offset = clause.kind === 'ForClause' ? clause.start : lastOfExpr(clause.cond);
    if (offset !== undefined) return offset;
  }
  return undefined;
}

/**
 * The byte code of a branch that is taken when a condition is false directly follows the condition; that of the other
 * one lies behind everything else, so its positions do not count.
 */
function lastOfConditional(cond: Expr, then: Expr, otherwise: Expr): number | undefined {
  const at = cond;
  if (at.kind === 'UnaryExpr' && at.op === 'not' && at.x) return lastOfConditional(at.x, otherwise, then);
  if (at.kind === 'BinaryExpr') {
    if (at.op === 'and') return lastOfExpr(otherwise) ?? lastOfExpr(at.x);
    if (at.op === 'or') return lastOfConditional(at.y, then, otherwise) ?? lastOfExpr(at.x);
    if (at.op === 'not in') return lastOfExpr(then) ?? at.opAt;
  }
  return lastOfExpr(otherwise) ?? lastOfExpr(at);
}

function lastOfList(list: readonly (Expr | undefined)[]): number | undefined {
  for (let i = list.length - 1; i >= 0; i--) {
    const expr = list[i];
    const offset = expr && lastOfExpr(expr);
    if (offset !== undefined) return offset;
  }
  return undefined;
}

/** Where a failing slice stands: the offset recorded last in its operands, else its bracket. */
export function sliceOffset(slice: Expr & { kind: 'SliceExpr' }): number {
  return lastOfList([slice.x, slice.lo, slice.hi, slice.step]) ?? slice.lbrack;
}
