// Statements and files. After an error the parser goes on with the next statement, so that one run finds all of them.
// Does not: know what names mean; the resolver does.
import type { StaticError } from '../errors.ts';
import { jsString } from '../values/text.ts';
import { attachComments } from './comments.ts';
import { ExprParser } from './parse-expr.ts';
import { Scanner, SyntaxFailure } from './scanner.ts';
import { SourceFile } from './source-file.ts';
import {
  assignmentOperators,
  describeToken,
  endOfFile,
  identifier,
  indent,
  newline,
  outdent,
  stringLiteral,
} from './tokens.ts';
import type { Expr, File, Ident, IfStmt, Literal, LoadStmt, Stmt } from './tree.ts';

/** A parsed file and what is wrong with it. With errors the tree lacks the statements that have them. */
export interface ParsedFile {
  readonly file: File;
  readonly errors: readonly StaticError[];
}

/** A statement's last byte. */
function endOf(stmts: readonly Stmt[], otherwise: number): number {
  return stmts.at(-1)?.end ?? otherwise;
}

class Parser extends ExprParser {
  readonly failures: SyntaxFailure[] = [];

  parseFile(source: SourceFile): File {
    this.#recover(() => this.scanner.next());
    const stmts = this.#parseStmts(true);
    return { kind: 'File', start: 0, end: source.text.length, source, stmts };
  }

  /** Statements up to the end of the block or of the file. */
  #parseStmts(isFile: boolean): Stmt[] {
    const mark = this.lists.mark();
    const parseOne = (): void => this.#parseStmt();
    const skipOne = (): void => void this.scanner.next();
    for (;;) {
      if (this.is(endOfFile) || (!isFile && this.is(outdent))) return this.lists.take(mark) as Stmt[];
      this.#recover(isFile && this.is(newline) ? skipOne : parseOne);
    }
  }

  /** Runs `parse`; after a syntax error notes it and goes to where the next statement may begin. */
  #recover(parse: () => void): void {
    const mark = this.lists.mark();
    try {
      parse();
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error;
      this.lists.drop(mark);
      this.failures.push(error);
      this.resetNesting();
      this.#skipStatement();
    }
  }

  #skipStatement(): void {
    const { scanner } = this;
    let depth = this.is(indent) ? 1 : 0;
    if (!this.is(newline)) scanner.skipLine();
    for (;;) {
      try {
        const kind = scanner.next();
        if (kind === indent) depth++;
        else if (kind === outdent && depth > 0) depth--;
        else if (kind === endOfFile || (depth === 0 && kind !== newline)) return;
        if (depth > 0 && kind !== newline && kind !== indent && kind !== outdent) scanner.skipLine();
      } catch (error) {
        if (!(error instanceof SyntaxFailure)) throw error;
        scanner.skipLine();
      }
    }
  }

  /** Parses one statement, or several on one line, onto the list in progress. */
  #parseStmt(): void {
    switch (this.scanner.kind) {
      case 'def':
        this.lists.push(this.#parseDef());
        break;
      case 'if':
        this.lists.push(this.#parseIf());
        break;
      case 'for':
        this.lists.push(this.#parseFor());
        break;
      case 'while':
        this.lists.push(this.#parseWhile());
        break;
      default:
        this.#parseSimpleStmts();
    }
  }

  #parseDef(): Stmt {
    const start = this.take();
    const name = this.parseIdent();
    this.expect('(');
    const params = this.parseParams();
    this.expect(')');
    this.expect(':');
    const body = this.#parseSuite();
    return { kind: 'DefStmt', start, end: endOf(body, start), name, params, body, info: undefined };
  }

  #parseIf(): Stmt {
    const first = this.#parseIfPart();
    let last = first;
    while (this.is('elif')) {
      const part = this.#parseIfPart();
      last.else = [part];
      last = part;
    }
    if (this.is('else')) {
      this.take();
      this.expect(':');
      last.else = this.#parseSuite();
      last.end = endOf(last.else, last.end);
    }
    first.end = last.end;
    return first;
  }

  #parseIfPart(): IfStmt {
    const start = this.take();
    const cond = this.parseTest();
    this.expect(':');
    const then = this.#parseSuite();
    return { kind: 'IfStmt', start, end: endOf(then, cond.end), cond, then, else: [] };
  }

  #parseFor(): Stmt {
    const start = this.take();
    const vars = this.parseLoopVariables();
    this.expect('in');
    const x = this.parseExpr(false);
    this.expect(':');
    const body = this.#parseSuite();
    return { kind: 'ForStmt', start, end: endOf(body, x.end), vars, x, body };
  }

  #parseWhile(): Stmt {
    const start = this.take();
    const cond = this.parseTest();
    this.expect(':');
    const body = this.#parseSuite();
    return { kind: 'WhileStmt', start, end: endOf(body, cond.end), cond, body };
  }

  /** What follows a colon: statements on the same line, or an indented block. */
  #parseSuite(): Stmt[] {
    if (!this.is(newline)) {
      const mark = this.lists.mark();
      this.#parseSimpleStmts();
      return this.lists.take(mark) as Stmt[];
    }
    this.take();
    this.expect(indent);
    this.enterNesting();
    const stmts = this.#parseStmts(false);
    this.leaveNesting();
    if (this.is(outdent)) this.take();
    return stmts;
  }

  #parseSimpleStmts(): void {
    for (;;) {
      this.lists.push(this.#parseSmallStmt());
      if (!this.is(';')) break;
      this.take();
      if (this.is(newline) || this.is(endOfFile)) break;
    }
    if (!this.is(endOfFile)) this.expect(newline);
  }

  #parseSmallStmt(): Stmt {
    const { scanner } = this;
    switch (scanner.kind) {
      case 'return': {
        const end = scanner.at;
        const start = this.take();
        const ends = this.is(endOfFile) || this.is(newline) || this.is(';');
        const result = ends ? undefined : this.parseExpr(false);
        return { kind: 'ReturnStmt', start, end: result?.end ?? end, result };
      }
      case 'break':
      case 'continue':
      case 'pass': {
        const { kind: token, at: end } = scanner;
        return { kind: 'BranchStmt', start: this.take(), end, token };
      }
      case 'load':
        return this.#parseLoad();
    }
    return this.#parseExprOrAssignment();
  }

  #parseExprOrAssignment(): Stmt {
    const { scanner } = this;
    const x = this.parseExpr(false);
    if (!assignmentOperators.has(scanner.kind)) return { kind: 'ExprStmt', start: x.start, end: x.end, x };
    const op = scanner.kind;
    const opAt = this.take();
    const rhs = this.parseExpr(false);
    return { kind: 'AssignStmt', start: x.start, end: rhs.end, op, opAt, lhs: x, rhs };
  }

  #parseLoad(): LoadStmt {
    const start = this.take();
    const lparen = this.expect('(');
    if (!this.is(stringLiteral)) this.failHere('first operand of load statement must be a string literal');
    const module = this.parseLiteral();
    const from: Ident[] = [];
    const to: Ident[] = [];
    while (!this.is(')') && !this.is(endOfFile)) {
      this.expect(',');
      if (this.is(')')) break;
      this.#parseLoadOperand(from, to);
    }
    const rparen = this.expect(')');
    if (to.length === 0) throw new SyntaxFailure(lparen, 'load statement must import at least 1 symbol');
    return { kind: 'LoadStmt', start, end: rparen + 1, module, from, to };
  }

  #parseLoadOperand(from: Ident[], to: Ident[]): void {
    const { scanner } = this;
    if (this.is(stringLiteral)) {
      const name = nameOf(this.parseLiteral());
      from.push(name);
      to.push(name);
      return;
    }
    if (!this.is(identifier)) {
      this.failHere(`load operand must be "name" or localname="name" (got ${describeToken(scanner.kind)})`);
    }
    const id = this.parseIdent();
    if (!this.is('=')) {
      this.failHere(`load operand must be "${id.name}" or ${id.name}="originalname" (want '=' after ${id.name})`);
    }
    this.take();
    if (!this.is(stringLiteral)) {
      this.failHere(`original name of loaded symbol must be quoted: ${id.name}="originalname"`);
    }
    to.push(id);
    from.push(nameOf(this.parseLiteral()));
  }
}

/** The identifier that a string in a load statement stands for; it begins behind the quote. */
function nameOf(literal: Literal): Ident {
  return {
    kind: 'Ident',
    start: literal.start + 1,
    end: literal.end - 1,
    name: literal.value as string,
    binding: undefined,
  };
}

function staticErrors(source: SourceFile, failures: readonly SyntaxFailure[]): StaticError[] {
  const errors: StaticError[] = [];
  for (const { at, message } of failures) {
    const place = source.placeAt(at);
    // A second error of a line is mostly an echo of the first.
    if (errors.some(error => error.line === place.line)) continue;
    errors.push({ ...place, message: jsString(message), phase: 'syntax' });
  }
  return errors;
}

/** Parses a file. Never throws for what the file says. `comments` keeps them in the tree. */
export function parseFile(name: string, text: string | Uint8Array, options: { comments?: boolean } = {}): ParsedFile {
  const source = new SourceFile(name, text);
  const scanner = new Scanner(source.text, options.comments ?? false);
  const parser = new Parser(scanner);
  let file: File = { kind: 'File', start: 0, end: source.text.length, source, stmts: [] };
  try {
    file = parser.parseFile(source);
    if (options.comments) attachComments(file, scanner.lineComments, scanner.suffixComments);
  } catch (error) {
    // JavaScript's stack may end before the limit on nesting is reached.
    if (!(error instanceof RangeError)) throw error;
    parser.failures.push(parser.tooDeep());
  }
  return { file, errors: staticErrors(source, parser.failures) };
}

/** An expression alone in a text, as a language server or a debugger asks for. */
export function parseExpression(name: string, text: string): { expr?: Expr; errors: readonly StaticError[] } {
  const source = new SourceFile(name, text);
  const scanner = new Scanner(source.text, false);
  const parser = new Parser(scanner);
  try {
    scanner.next();
    const expr = parser.parseExpr(false);
    if (scanner.kind === newline) scanner.next();
    if ((scanner.kind as string) !== endOfFile) {
      throw new SyntaxFailure(scanner.at, `got ${describeToken(scanner.kind)} after expression, want EOF`);
    }
    return { expr, errors: [] };
  } catch (error) {
    if (!(error instanceof SyntaxFailure || error instanceof RangeError)) throw error;
    const failure = error instanceof SyntaxFailure ? error : parser.tooDeep();
    return { errors: staticErrors(source, [failure]) };
  }
}
