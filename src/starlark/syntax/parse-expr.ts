// Expressions, by recursive descent with precedence climbing.
import { ListStack } from './list-stack.ts';
import type { Scanner } from './scanner.ts';
import { SyntaxFailure } from './scanner.ts';
import {
  bytesLiteral,
  comparisonPrecedence,
  describeToken,
  endOfFile,
  floatLiteral,
  identifier,
  intLiteral,
  newline,
  noOperator,
  notPrecedence,
  stringLiteral,
  type TokenKind,
} from './tokens.ts';
import type { DictEntry, Expr, ForClause, Ident, IfClause, Literal, Node, Param } from './tree.ts';

/** How deeply expressions and blocks may be nested where JavaScript's stack is large; a small one ends before. */
const maxNesting = 3000;

/** Behind a name or a literal these say at once that it is all of the expression. */
const endsAtom = new Set<TokenKind>([',', ')', '=', newline, ']', '}', ':']);

const endsExprList = new Set<TokenKind>([endOfFile, newline, '=', '}', ']', ')', ';']);

/** Parses expressions from the tokens of a scanner that stands on the first one. */
export class ExprParser {
  protected readonly scanner: Scanner;
  protected readonly lists = new ListStack<Node>();
  #nesting = 0;

  constructor(scanner: Scanner) {
    this.scanner = scanner;
  }

  /** An error where the scanner stands, which is behind the current token. */
  protected failHere(message: string): never {
    throw new SyntaxFailure(this.scanner.at, message);
  }

  protected is(kind: TokenKind): boolean {
    return this.scanner.kind === kind;
  }

  /** Takes the current token; gives its offset. */
  protected take(): number {
    const { start } = this.scanner;
    this.scanner.next();
    return start;
  }

  /** Takes a token that has to be there; gives its offset. */
  protected expect(kind: TokenKind): number {
    if (!this.is(kind)) {
      this.failHere(`got ${describeToken(this.scanner.kind)}, want ${describeToken(kind)}`);
    }
    return this.take();
  }

  /** Forgets how deep the parser was, after an error. */
  protected resetNesting(): void {
    this.#nesting = 0;
  }

  protected enterNesting(): void {
    if (++this.#nesting > maxNesting) {
      throw this.tooDeep();
    }
  }

  /** The error of text nested as deeply as it is here, where that is too much. */
  tooDeep(): SyntaxFailure {
    return new SyntaxFailure(this.scanner.start, `nested too deeply (more than ${this.#nesting - 1} levels)`);
  }

  protected leaveNesting(): void {
    this.#nesting--;
  }

  parseIdent(): Ident {
    const { scanner } = this;
    if (!this.is(identifier)) this.failHere('not an identifier');
    const node: Ident = {
      kind: 'Ident',
      start: scanner.start,
      end: scanner.at,
      name: scanner.value as string,
      binding: undefined,
    };
    scanner.next();
    return node;
  }

  /** An expression, or several with commas between, which are a tuple. */
  parseExpr(inParens: boolean): Expr {
    const first = this.parseTest();
    if (!this.is(',')) return first;
    const list = this.#parseExprs(first, inParens);
    return { kind: 'TupleExpr', start: first.start, end: list.at(-1)!.end, list };
  }

  #parseExprs(first: Expr, allowTrailingComma: boolean): Expr[] {
    if (!this.is(',')) return [first];
    const mark = this.lists.mark();
    this.lists.push(first);
    while (this.is(',')) {
      const comma = this.take();
      if (endsExprList.has(this.scanner.kind)) {
        if (!allowTrailingComma) throw new SyntaxFailure(comma, 'unparenthesized tuple with trailing comma');
        break;
      }
      this.lists.push(this.parseTest());
    }
    return this.lists.take(mark) as Expr[];
  }

  /** One expression, lambda and conditional included. */
  parseTest(): Expr {
    const atom = this.#parseAtom();
    if (atom && endsAtom.has(this.scanner.kind)) return atom;
    this.enterNesting();
    let x: Expr;
    if (!atom && this.is('lambda')) x = this.#parseLambda(true);
    else {
      x = this.parseOperators(0, atom);
      if (this.is('if')) x = this.#parseConditional(x);
    }
    this.leaveNesting();
    return x;
  }

  #parseConditional(then: Expr): Expr {
    const ifAt = this.take();
    const cond = this.parseOperators(0);
    if (!this.is('else')) throw new SyntaxFailure(ifAt, 'conditional expression without else clause');
    this.take();
    const otherwise = this.parseTest();
    return { kind: 'CondExpr', start: then.start, end: otherwise.end, cond, then, else: otherwise };
  }

  #parseTestWithoutCond(): Expr {
    return this.is('lambda') ? this.#parseLambda(false) : this.parseOperators(0);
  }

  #parseLambda(allowCond: boolean): Expr {
    const start = this.take();
    const params = this.is(':') ? [] : this.parseParams();
    this.expect(':');
    const body = allowCond ? this.parseTest() : this.#parseTestWithoutCond();
    return { kind: 'LambdaExpr', start, end: body.end, params, body, info: undefined };
  }

  /** A name or a literal; undefined where something else stands. */
  #parseAtom(): Expr | undefined {
    switch (this.scanner.kind) {
      case identifier:
        return this.parseIdent();
      case stringLiteral:
      case intLiteral:
      case floatLiteral:
      case bytesLiteral:
        return this.parseLiteral();
      default:
        return undefined;
    }
  }

  /** Operators of level `level` and stronger. `begun` is what stands before the scanner, where that was parsed already. */
  parseOperators(level: number, begun?: Expr): Expr {
    const { scanner } = this;
    let x: Expr;
    if (begun) x = this.#parseSuffixes(begun);
    else if (this.is('not') && level <= notPrecedence) {
      this.enterNesting();
      const start = this.take();
      const operand = this.parseOperators(notPrecedence);
      x = { kind: 'UnaryExpr', start, end: operand.end, op: 'not', x: operand };
      this.leaveNesting();
    } else x = this.parsePrimaryWithSuffix();
    let previous = -1;
    for (;;) {
      if (this.is('not')) this.#joinNotIn();
      const { strength } = scanner;
      if (strength === noOperator || strength < level) return x;
      const op = scanner.kind;
      if (strength === comparisonPrecedence && previous === comparisonPrecedence) {
        this.failHere(`${(x as { op: string }).op} does not associate with ${op} (use parens)`);
      }
      const opAt = this.take();
      const y = this.parseOperators(strength + 1);
      x = { kind: 'BinaryExpr', start: x.start, end: y.end, op, opAt, x, y };
      previous = strength;
    }
  }

  #joinNotIn(): void {
    const { scanner } = this;
    if (scanner.next() !== 'in') this.failHere(`got ${describeToken(scanner.kind)}, want in`);
    // The joined operator stands where `in` stands, as in starlark-go.
    scanner.kind = 'not in';
    scanner.strength = comparisonPrecedence;
  }

  parsePrimaryWithSuffix(): Expr {
    return this.#parseSuffixes(this.#parseAtom() ?? this.#parsePrimary());
  }

  #parseSuffixes(primary: Expr): Expr {
    let x = primary;
    for (;;) {
      switch (this.scanner.kind) {
        case '.': {
          const dot = this.take();
          const name = this.parseIdent();
          x = { kind: 'DotExpr', start: x.start, end: name.end, x, dot, name };
          break;
        }
        case '[':
          x = this.#parseSubscript(x);
          break;
        case '(': {
          const lparen = this.take();
          const args = this.is(')') ? [] : this.#parseArgs();
          const rparen = this.expect(')');
          x = { kind: 'CallExpr', start: x.start, end: rparen + 1, fn: x, lparen, args };
          break;
        }
        default:
          return x;
      }
    }
  }

  #parseSubscript(x: Expr): Expr {
    const lbrack = this.take();
    let lo: Expr | undefined;
    let hi: Expr | undefined;
    let step: Expr | undefined;
    if (!this.is(':')) {
      const y = this.parseExpr(false);
      if (this.is(']')) {
        const rbrack = this.take();
        return { kind: 'IndexExpr', start: x.start, end: rbrack + 1, x, lbrack, y };
      }
      lo = y;
    }
    if (this.is(':')) {
      this.take();
      if (!this.is(':') && !this.is(']')) hi = this.parseTest();
    }
    if (this.is(':')) {
      this.take();
      if (!this.is(']')) step = this.parseTest();
    }
    const rbrack = this.expect(']');
    return { kind: 'SliceExpr', start: x.start, end: rbrack + 1, x, lbrack, lo, hi, step };
  }

  #parseArgs(): Expr[] {
    const { scanner } = this;
    const mark = this.lists.mark();
    while (scanner.kind !== ')' && scanner.kind !== endOfFile) {
      if (this.lists.countFrom(mark) > 0) this.expect(',');
      if (scanner.kind === ')') break;
      this.lists.push(this.#parseArg());
    }
    return this.lists.take(mark) as Expr[];
  }

  #parseArg(): Expr {
    const { scanner } = this;
    const { kind } = scanner;
    if (kind === '*' || kind === '**') {
      const start = this.take();
      const x = this.parseTest();
      return { kind: 'UnaryExpr', start, end: x.end, op: kind, x };
    }
    const x = this.parseTest();
    if (scanner.kind !== '=') return x;
    if (x.kind !== 'Ident') this.failHere('keyword argument must have form name=expr');
    const opAt = this.take();
    const y = this.parseTest();
    return { kind: 'BinaryExpr', start: x.start, end: y.end, op: '=', opAt, x, y };
  }

  /** Parameters of a def or a lambda. */
  parseParams(): Param[] {
    const mark = this.lists.mark();
    while (!this.is(')') && !this.is(':') && !this.is(endOfFile)) {
      if (this.lists.countFrom(mark) > 0) this.expect(',');
      if (this.is(')')) break;
      this.lists.push(this.#parseParam());
    }
    return this.lists.take(mark) as Param[];
  }

  #parseParam(): Param {
    const { scanner } = this;
    if (this.is('*') || this.is('**')) {
      const op = scanner.kind;
      const end = scanner.at;
      const start = this.take();
      const x = op === '**' || this.is(identifier) ? this.parseIdent() : undefined;
      return { kind: 'UnaryExpr', start, end: x ? x.end : end, op, x };
    }
    const x = this.parseIdent();
    if (!this.is('=')) return x;
    const opAt = this.take();
    const y = this.parseTest();
    return { kind: 'BinaryExpr', start: x.start, end: y.end, op: '=', opAt, x, y };
  }

  /** A literal token as a node. */
  protected parseLiteral(): Literal {
    const { scanner } = this;
    const { kind: token, start, at: end, value } = scanner;
    scanner.next();
    return { kind: 'Literal', start, end, token, value };
  }

  /** What is neither a name nor a literal. */
  #parsePrimary(): Expr {
    const { scanner } = this;
    const { kind } = scanner;
    switch (kind) {
      case '[':
        return this.#parseList();
      case '{':
        return this.#parseDict();
      case '(':
        return this.#parseParens();
      case '-':
      case '+':
      case '~': {
        this.enterNesting();
        const start = this.take();
        const x = this.parsePrimaryWithSuffix();
        this.leaveNesting();
        return { kind: 'UnaryExpr', start, end: x.end, op: kind, x };
      }
    }
    throw new SyntaxFailure(scanner.start, `got ${describeToken(kind)}, want primary expression`);
  }

  #parseParens(): Expr {
    const start = this.take();
    if (this.is(')')) return { kind: 'TupleExpr', start, end: this.take() + 1, list: [] };
    const x = this.parseExpr(true);
    return { kind: 'ParenExpr', start, end: this.expect(')') + 1, x };
  }

  #parseList(): Expr {
    const start = this.take();
    if (this.is(']')) return { kind: 'ListExpr', start, end: this.take() + 1, list: [] };
    const first = this.parseTest();
    if (this.is('for')) return this.#parseComprehension(start, first, ']');
    const list = this.#parseExprs(first, true);
    return { kind: 'ListExpr', start, end: this.expect(']') + 1, list };
  }

  #parseDict(): Expr {
    const start = this.take();
    const mark = this.lists.mark();
    while (!this.is('}')) {
      const entry = this.#parseDictEntry();
      if (this.lists.countFrom(mark) === 0 && this.is('for')) return this.#parseComprehension(start, entry, '}');
      this.lists.push(entry);
      if (!this.is(',')) break;
      this.take();
    }
    const list = this.lists.take(mark) as DictEntry[];
    return { kind: 'DictExpr', start, end: this.expect('}') + 1, list };
  }

  #parseDictEntry(): DictEntry {
    const key = this.parseTest();
    const colon = this.expect(':');
    const value = this.parseTest();
    return { kind: 'DictEntry', start: key.start, end: value.end, key, colon, value };
  }

  #parseComprehension(start: number, body: Expr, closing: ']' | '}'): Expr {
    const { scanner } = this;
    const mark = this.lists.mark();
    while (!this.is(closing)) {
      if (this.is('for')) {
        const at = this.take();
        const vars = this.parseLoopVariables();
        this.expect('in');
        const x = this.parseOperators(0);
        this.lists.push({ kind: 'ForClause', start: at, end: x.end, vars, x });
      } else if (this.is('if')) {
        const at = this.take();
        const cond = this.#parseTestWithoutCond();
        this.lists.push({ kind: 'IfClause', start: at, end: cond.end, cond });
      } else this.failHere(`got ${describeToken(scanner.kind)}, want '${closing}', for, or if`);
    }
    const clauses = this.lists.take(mark) as (ForClause | IfClause)[];
    return { kind: 'Comprehension', start, end: this.take() + 1, curly: closing === '}', body, clauses };
  }

  /** What stands between `for` and `in`. */
  parseLoopVariables(): Expr {
    const first = this.parsePrimaryWithSuffix();
    if (!this.is(',')) return first;
    const list = [first];
    while (this.is(',')) {
      this.take();
      if (endsExprList.has(this.scanner.kind)) break;
      list.push(this.parsePrimaryWithSuffix());
    }
    return { kind: 'TupleExpr', start: first.start, end: list.at(-1)!.end, list };
  }
}
