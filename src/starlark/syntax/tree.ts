// The syntax tree. Every node knows where it begins and ends (byte offsets of its SourceFile; `end` is exclusive), and,
// if the file was parsed with comments, the comments beside it. The resolver adds what names mean.
import type { SourceFile } from './source-file.ts';

/** A comment without its line end, `#` included. */
export interface Comment {
  readonly start: number;
  readonly text: string;
}

/** The comments around a node. */
export interface Comments {
  /** Whole-line comments before it. */
  readonly before: Comment[];
  /** The comment behind it on its last line. */
  readonly suffix: Comment[];
  /** Of a file: whole-line comments behind everything. */
  readonly after: Comment[];
}

interface NodeBase {
  readonly start: number;
  readonly end: number;
  comments?: Comments;
}

/** Where a name lives. */
export type Scope = 'undefined' | 'local' | 'cell' | 'free' | 'global' | 'predeclared' | 'universal';

/** What a name means. All uses of one variable in one function share it. */
export interface Binding {
  scope: Scope;
  /** The position among the globals of the file, the locals of a function, or its free variables. */
  readonly index: number;
  /** The identifier that first bound it. */
  readonly first: Ident | undefined;
  /** Of a free variable: what it is in the enclosing function. */
  readonly outer: Binding | undefined;
  /** A number that no other variable of the file has; -1 for names of the environment. */
  readonly id: number;
  readonly name: string;
}

/** What the resolver finds out about a function. */
export interface FunctionInfo {
  readonly name: string;
  /** The offset of `def` or `lambda`. */
  readonly offset: number;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
  /** Variables of the function, parameters first: ordinary, keyword-only, *args, **kwargs. */
  readonly locals: Binding[];
  /** Variables of enclosing functions that it uses, as these functions know them. */
  readonly freeVars: Binding[];
  hasVarargs: boolean;
  hasKwargs: boolean;
  keywordOnly: number;
}

export interface File extends NodeBase {
  readonly kind: 'File';
  readonly source: SourceFile;
  readonly stmts: Stmt[];
}

export interface AssignStmt extends NodeBase {
  readonly kind: 'AssignStmt';
  readonly op: string;
  readonly opAt: number;
  readonly lhs: Expr;
  readonly rhs: Expr;
}

export interface BranchStmt extends NodeBase {
  readonly kind: 'BranchStmt';
  readonly token: 'break' | 'continue' | 'pass';
}

export interface DefStmt extends NodeBase {
  readonly kind: 'DefStmt';
  readonly name: Ident;
  readonly params: Param[];
  readonly body: Stmt[];
  info: FunctionInfo | undefined;
}

export interface ExprStmt extends NodeBase {
  readonly kind: 'ExprStmt';
  readonly x: Expr;
}

export interface ForStmt extends NodeBase {
  readonly kind: 'ForStmt';
  readonly vars: Expr;
  readonly x: Expr;
  readonly body: Stmt[];
}

export interface WhileStmt extends NodeBase {
  readonly kind: 'WhileStmt';
  readonly cond: Expr;
  readonly body: Stmt[];
}

/** `elif` is an IfStmt alone in `else`. */
export interface IfStmt extends NodeBase {
  readonly kind: 'IfStmt';
  readonly cond: Expr;
  readonly then: Stmt[];
  else: Stmt[];
  end: number;
}

/** `load("module", "from", to = "from")`. */
export interface LoadStmt extends NodeBase {
  readonly kind: 'LoadStmt';
  readonly module: Literal;
  /** Names in the loaded module. */
  readonly from: Ident[];
  /** Names in this file. */
  readonly to: Ident[];
}

export interface ReturnStmt extends NodeBase {
  readonly kind: 'ReturnStmt';
  readonly result: Expr | undefined;
}

export type Stmt = AssignStmt | BranchStmt | DefStmt | ExprStmt | ForStmt | WhileStmt | IfStmt | LoadStmt | ReturnStmt;

/** As a parameter `x = default` and as an argument `name = value`, op is `=` and `x` an Ident. */
export interface BinaryExpr extends NodeBase {
  readonly kind: 'BinaryExpr';
  readonly op: string;
  readonly opAt: number;
  readonly x: Expr;
  readonly y: Expr;
}

export interface CallExpr extends NodeBase {
  readonly kind: 'CallExpr';
  readonly fn: Expr;
  readonly lparen: number;
  readonly args: Expr[];
}

export interface ForClause extends NodeBase {
  readonly kind: 'ForClause';
  readonly vars: Expr;
  readonly x: Expr;
}

export interface IfClause extends NodeBase {
  readonly kind: 'IfClause';
  readonly cond: Expr;
}

/** `[body for ... if ...]` or `{key: value for ...}`. */
export interface Comprehension extends NodeBase {
  readonly kind: 'Comprehension';
  readonly curly: boolean;
  readonly body: Expr;
  readonly clauses: (ForClause | IfClause)[];
}

export interface CondExpr extends NodeBase {
  readonly kind: 'CondExpr';
  readonly cond: Expr;
  readonly then: Expr;
  readonly else: Expr;
}

export interface DictEntry extends NodeBase {
  readonly kind: 'DictEntry';
  readonly key: Expr;
  readonly colon: number;
  readonly value: Expr;
}

export interface DictExpr extends NodeBase {
  readonly kind: 'DictExpr';
  readonly list: DictEntry[];
}

export interface DotExpr extends NodeBase {
  readonly kind: 'DotExpr';
  readonly x: Expr;
  readonly dot: number;
  readonly name: Ident;
}

export interface Ident extends NodeBase {
  readonly kind: 'Ident';
  /** A Starlark string. */
  readonly name: string;
  binding: Binding | undefined;
}

export interface IndexExpr extends NodeBase {
  readonly kind: 'IndexExpr';
  readonly x: Expr;
  readonly lbrack: number;
  readonly y: Expr;
}

export interface LambdaExpr extends NodeBase {
  readonly kind: 'LambdaExpr';
  readonly params: Param[];
  readonly body: Expr;
  info: FunctionInfo | undefined;
}

export interface ListExpr extends NodeBase {
  readonly kind: 'ListExpr';
  readonly list: Expr[];
}

/** `value`: a number or bigint of an int, a number of a float, the Starlark string of a string or bytes. */
export interface Literal extends NodeBase {
  readonly kind: 'Literal';
  readonly token: string;
  readonly value: string | number | bigint;
}

export interface ParenExpr extends NodeBase {
  readonly kind: 'ParenExpr';
  readonly x: Expr;
}

export interface SliceExpr extends NodeBase {
  readonly kind: 'SliceExpr';
  readonly x: Expr;
  readonly lbrack: number;
  readonly lo: Expr | undefined;
  readonly hi: Expr | undefined;
  readonly step: Expr | undefined;
}

export interface TupleExpr extends NodeBase {
  readonly kind: 'TupleExpr';
  readonly list: Expr[];
}

/** As a parameter or an argument, op is `*` or `**`, and `x` is absent in a bare `*`. */
export interface UnaryExpr extends NodeBase {
  readonly kind: 'UnaryExpr';
  readonly op: string;
  readonly x: Expr | undefined;
}

export type Expr =
  | BinaryExpr
  | CallExpr
  | Comprehension
  | CondExpr
  | DictEntry
  | DictExpr
  | DotExpr
  | Ident
  | IndexExpr
  | LambdaExpr
  | ListExpr
  | Literal
  | ParenExpr
  | SliceExpr
  | TupleExpr
  | UnaryExpr;

/** `x`, `x = default`, `*`, `*args` or `**kwargs`. */
export type Param = Ident | BinaryExpr | UnaryExpr;

export type Node = File | Stmt | Expr | ForClause | IfClause;

/** The part of an expression that stands leftmost and is evaluated first; chains of calls and operators lean to it. */
export function leftOf(expr: Expr): Expr | undefined {
  switch (expr.kind) {
    case 'BinaryExpr':
    case 'DotExpr':
    case 'IndexExpr':
    case 'SliceExpr':
    case 'ParenExpr':
      return expr.x;
    case 'CallExpr':
      return expr.fn;
    default:
      return undefined;
  }
}

/** Strips parentheses. */
export function unparen(expr: Expr): Expr {
  let at = expr;
  while (at.kind === 'ParenExpr') at = at.x;
  return at;
}
