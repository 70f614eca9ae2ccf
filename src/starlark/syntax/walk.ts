// Visiting a tree.
import type { Node } from './tree.ts';

/** The direct children of a node, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  switch (node.kind) {
    case 'File':
      return node.stmts;
    case 'AssignStmt':
      return [node.lhs, node.rhs];
    case 'DefStmt':
      return [node.name, ...node.params, ...node.body];
    case 'ExprStmt':
    case 'ParenExpr':
      return [node.x];
    case 'ForStmt':
      return [node.vars, node.x, ...node.body];
    case 'WhileStmt':
      return [node.cond, ...node.body];
    case 'IfStmt':
      return [node.cond, ...node.then, ...node.else];
    case 'LoadStmt':
      return [node.module, ...node.to.flatMap((to, i) => (to === node.from[i] ? [to] : [to, node.from[i]!]))];
    case 'ReturnStmt':
      return node.result ? [node.result] : [];
    case 'BinaryExpr':
      return [node.x, node.y];
    case 'CallExpr':
      return [node.fn, ...node.args];
    case 'Comprehension':
      return [node.body, ...node.clauses];
    case 'CondExpr':
      return [node.then, node.cond, node.else];
    case 'DictEntry':
      return [node.key, node.value];
    case 'DotExpr':
      return [node.x, node.name];
    case 'IndexExpr':
      return [node.x, node.y];
    case 'LambdaExpr':
      return [...node.params, node.body];
    case 'DictExpr':
    case 'ListExpr':
    case 'TupleExpr':
      return node.list;
    case 'SliceExpr':
      return [node.x, node.lo, node.hi, node.step].filter(x => x !== undefined);
    case 'UnaryExpr':
      return node.x ? [node.x] : [];
    case 'ForClause':
      return [node.vars, node.x];
    case 'IfClause':
      return [node.cond];
    case 'BranchStmt':
    case 'Ident':
    case 'Literal':
      return [];
  }
}

/** Calls `enter` for every node in the order of the text, parents first; `false` skips the children. */
export function walk(root: Node, enter: (node: Node) => unknown, leave?: (node: Node) => void): void {
  if (enter(root) !== false) for (const child of childrenOf(root)) walk(child, enter, leave);
  leave?.(root);
}
