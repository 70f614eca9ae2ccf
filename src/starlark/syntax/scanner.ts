// From text to tokens, with indentation turned into tokens of its own.
// Does not: know the grammar; the parser asks for one token after the other.
import { quote } from '../values/quote.ts';
import { decodeRune, validUtf8 } from '../values/text.ts';
import { scanNumber } from './scan-number.ts';
import {
  bytesLiteral,
  endOfFile,
  floatLiteral,
  identifier,
  indent,
  intLiteral,
  keywords,
  newline,
  noOperator,
  outdent,
  precedence,
  punctuation,
  stringLiteral,
  type TokenKind,
} from './tokens.ts';
import type { Comment } from './tree.ts';
import { LiteralError, unquoteContent } from './unquote.ts';

/** A syntax error at an offset; `message` is in the form of Starlark strings. */
export class SyntaxFailure extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const wordPattern = /[A-Za-z_][A-Za-z_0-9]*/y;
/** A string without prefix, escapes and line ends, of ASCII alone; two quotes could begin a triple-quoted one. */
const plainString = /"[ !#-[\]-~\t]+"|'[ -&(-[\]-~\t]+'/y;
/** An int that is no more than its digits. */
const smallInt = /(?:0|[1-9]\d{0,14})(?![\d.eExXoObB])/y;
const openings: Readonly<Record<number, TokenKind>> = { 40: '(', 91: '[', 123: '{' };
const closings: Readonly<Record<number, TokenKind>> = { 41: ')', 93: ']', 125: '}' };
const letter = /\p{L}/u;
const tabWidth = 8;
const beyondAscii = 0x80;

/** The token source of one file. After `next()` the fields describe the current token. */
export class Scanner {
  readonly text: string;
  /** Where the next token is looked for. */
  at = 0;
  /** Open brackets; inside them line ends mean nothing. */
  depth = 0;
  kind: TokenKind = newline;
  start = 0;
  /** How strongly the token binds as a binary operator; `noOperator` for any other token. */
  strength = noOperator;
  /** The value of a literal, the text of an identifier. */
  value: string | number | bigint = '';
  readonly lineComments: Comment[] = [];
  readonly suffixComments: Comment[] = [];

  readonly #keepsComments: boolean;
  /** The identifiers so far, so that each name is one string however often it comes. */
  readonly #words = new Map<string, string>();
  #indents = [0];
  /** Indentation tokens still to give: > 0 indents, < 0 outdents. */
  #pending = 0;
  #atLineStart = true;

  constructor(text: string, keepsComments: boolean) {
    this.text = text;
    this.#keepsComments = keepsComments;
  }

  /** Moves to the next token. Throws a SyntaxFailure. */
  next(): TokenKind {
    this.strength = noOperator;
    this.kind = this.#scan();
    return this.kind;
  }

  /** After an error: forgets brackets and goes to the end of the line, where a newline token stands. */
  skipLine(): void {
    const { text } = this;
    this.depth = 0;
    while (this.at < text.length && text[this.at] !== '\n' && text[this.at] !== '\r') this.at++;
    this.#atLineStart = false;
  }

  #give(kind: TokenKind, end: number): TokenKind {
    this.start = this.at;
    this.at = end;
    return kind;
  }

  #scan(): TokenKind {
    const { text } = this;
    if (!this.#atLineStart && this.#pending === 0) {
      let code = text.charCodeAt(this.at);
      while (code === 32) code = text.charCodeAt(++this.at);
      if (code > 35 && code !== 92) return this.#scanToken(code);
    }
    for (;;) {
      const wasLineStart = this.#atLineStart;
      const blank = wasLineStart && this.#scanIndentation();
      if (this.#pending !== 0) return this.#giveIndentation();
      this.#skipSpaces();
      if (text.charCodeAt(this.at) === 35) this.#skipComment(blank);
      const code = text.charCodeAt(this.at);
      if (code === 10 || code === 13) {
        this.#atLineStart = true;
        const end = code === 13 && text.charCodeAt(this.at + 1) === 10 ? this.at + 2 : this.at + 1;
        if (this.depth === 0 && !blank) return this.#give(newline, end);
        this.at = end;
      } else if (this.at >= text.length) {
        const kind = this.#scanEnd(wasLineStart);
        if (kind !== undefined) return kind;
      } else if (code === 92) this.#skipContinuation();
      else return this.#scanToken(code);
    }
  }

  /** Reads the spaces of a new line; true for a line without tokens. */
  #scanIndentation(): boolean {
    const { text } = this;
    this.#atLineStart = false;
    const lineStart = this.at;
    let column = 0;
    for (; ; this.at++) {
      const code = text.charCodeAt(this.at);
      if (code === 32) column++;
      else if (code === 9) column += tabWidth - ((this.at - lineStart) % tabWidth);
      else break;
    }
    const code = text.charCodeAt(this.at);
    if (code === 35 || code === 10 || code === 13 || this.at >= text.length) return true;
    if (this.depth === 0) this.#indentTo(column);
    return false;
  }

  #indentTo(column: number): void {
    const indents = this.#indents;
    if (column > indents.at(-1)!) {
      indents.push(column);
      this.#pending++;
      return;
    }
    while (column < indents.at(-1)!) {
      indents.pop();
      this.#pending--;
    }
    if (column !== indents.at(-1)!) {
      this.#pending = 0;
      this.#indents.push(column);
      throw new SyntaxFailure(this.at, 'unindent does not match any outer indentation level');
    }
  }

  #giveIndentation(): TokenKind {
    this.start = this.at;
    if (this.#pending < 0) {
      this.#pending++;
      return outdent;
    }
    this.#pending--;
    return indent;
  }

  #skipSpaces(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code !== 32 && code !== 9) return;
      this.at++;
    }
  }

  #skipComment(blank: boolean): void {
    const start = this.at;
    const { text } = this;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code === 10 || code === 13) break;
      this.at++;
    }
    if (this.#keepsComments) {
      const comments = blank ? this.lineComments : this.suffixComments;
      comments.push({ start, text: text.slice(start, this.at) });
    }
  }

  #skipContinuation(): void {
    const after = this.at + 1;
    const code = this.text.charCodeAt(after);
    if (code !== 10 && code !== 13) throw new SyntaxFailure(after, 'stray backslash in program');
    this.at = code === 13 && this.text.charCodeAt(after + 1) === 10 ? after + 2 : after + 1;
  }

  /** At the end: closes open blocks, after a newline unless there was one. */
  #scanEnd(wasLineStart: boolean): TokenKind | undefined {
    if (this.#indents.length === 1) return this.#give(endOfFile, this.at);
    if (!wasLineStart) {
      this.#atLineStart = true;
      return this.#give(newline, this.at);
    }
    this.#pending = 1 - this.#indents.length;
    this.#indents = [0];
    return undefined;
  }

  #scanToken(code: number): TokenKind {
    if (code === 34 || code === 39) return this.#scanString(this.at, this.at);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= beyondAscii) {
      return this.#scanWord(code);
    }
    if (code >= 48 && code <= 57) return this.#scanNumber();
    switch (code) {
      case 40:
      case 91:
      case 123:
        this.depth++;
        return this.#give(openings[code]!, this.at + 1);
      case 41:
      case 93:
      case 125:
        if (this.depth === 0) throw new SyntaxFailure(this.at, `unexpected '${this.text[this.at]}'`);
        this.depth--;
        return this.#give(closings[code]!, this.at + 1);
      case 44:
        return this.#give(',', this.at + 1);
      case 46: {
        const next = this.text.charCodeAt(this.at + 1);
        if (next >= 48 && next <= 57) return this.#scanNumber();
      }
    }
    return this.#scanPunctuation(code);
  }

  #scanPunctuation(code: number): TokenKind {
    const kinds = punctuation[code];
    if (kinds === undefined) return this.#refuse(code);
    for (let i = 0; i < kinds.length; i++) {
      const { kind, strength } = kinds[i]!;
      if (kind.length > 1 && !this.text.startsWith(kind, this.at)) continue;
      this.strength = strength;
      return this.#give(kind, this.at + kind.length);
    }
    return this.#refuse(code);
  }

  #refuse(code: number): never {
    const shown =
      code < beyondAscii
        ? quote(String.fromCharCode(code)).slice(1, -1).replace(/^\\"$/, '"')
        : quote(this.text.slice(this.at, this.at + (decodeRune(this.text, this.at) & 7))).slice(1, -1);
    throw new SyntaxFailure(this.at, `unexpected input character '${shown}'`);
  }

  #scanWord(code: number): TokenKind {
    const { text, at } = this;
    const quoteCode = text.charCodeAt(at + 1);
    if ((code === 114 || code === 98) && (quoteCode === 34 || quoteCode === 39)) return this.#scanString(at, at + 1);
    if (code === 114 && quoteCode === 98 && /["']/.test(text[at + 2] ?? '')) return this.#scanString(at, at + 2);
    // A regular expression is native code from its second use on, when a loop here would still be interpreted.
    wordPattern.lastIndex = at;
    let end = code < beyondAscii && wordPattern.test(text) ? wordPattern.lastIndex : at;
    if (text.charCodeAt(end) >= beyondAscii) end = this.#endOfUnicodeWord(end);
    if (end === at) this.#refuse(code);
    const word = text.slice(at, end);
    const known = this.#words.get(word);
    if (known === undefined) {
      const keyword = keywords.get(word);
      if (keyword !== undefined) {
        this.strength = precedence.get(keyword) ?? noOperator;
        return this.#give(keyword, end);
      }
      this.#words.set(word, word);
    }
    this.value = known ?? word;
    return this.#give(identifier, end);
  }

  #endOfUnicodeWord(from: number): number {
    for (let at = from; ; ) {
      const code = this.text.charCodeAt(at);
      if (code < beyondAscii && /\w/.test(this.text[at]!)) at++;
      else if (code >= beyondAscii) {
        const packed = decodeRune(this.text, at);
        if (!letter.test(String.fromCodePoint(packed >> 3))) return at;
        at += packed & 7;
      } else return at;
    }
  }

  #scanNumber(): TokenKind {
    smallInt.lastIndex = this.at;
    if (smallInt.test(this.text)) {
      const end = smallInt.lastIndex;
      this.value = Number(this.text.slice(this.at, end));
      return this.#give(intLiteral, end);
    }
    const number = scanNumber(this.text, this.at);
    if (number.kind === 'error') throw new SyntaxFailure(number.at, number.message);
    this.value = number.value;
    return this.#give(number.kind === 'int' ? intLiteral : floatLiteral, number.end);
  }

  /** `prefixAt` is where the literal begins, `quoteAt` where its first quote stands. */
  #scanString(prefixAt: number, quoteAt: number): TokenKind {
    const { text } = this;
    if (prefixAt === quoteAt) {
      plainString.lastIndex = quoteAt;
      if (plainString.test(text)) {
        const end = plainString.lastIndex;
        this.value = text.slice(quoteAt + 1, end - 1);
        return this.#give(stringLiteral, end);
      }
    }
    const prefix = text.slice(prefixAt, quoteAt);
    const mark = text[quoteAt]!;
    const triple = text.startsWith(mark.repeat(3), quoteAt);
    const contentAt = quoteAt + (triple ? 3 : 1);
    const contentEnd = triple ? this.#endOfTriple(contentAt, mark) : this.#endOfSingle(contentAt, mark);
    const end = contentEnd + (triple ? 3 : 1);
    const content = validUtf8(text.slice(contentAt, contentEnd).replace(/\r\n?/g, '\n'));
    try {
      this.value = prefix.includes('r') ? content : unquoteContent(content, prefix.includes('b'));
    } catch (error) {
      if (error instanceof LiteralError) throw new SyntaxFailure(quoteAt, error.message);
      throw error;
    }
    return this.#give(prefix.includes('b') ? bytesLiteral : stringLiteral, end);
  }

  #endOfSingle(from: number, mark: string): number {
    const { text } = this;
    const markCode = mark.charCodeAt(0);
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === markCode) return at;
      if (code === 10 || code === 13) throw new SyntaxFailure(this.at, 'unexpected newline in string');
      if (code === 92) {
        at++;
        if (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10) at++;
      }
    }
    this.#abandon();
    throw new SyntaxFailure(this.at, 'unexpected EOF in string');
  }

  #endOfTriple(from: number, mark: string): number {
    const { text } = this;
    const markCode = mark.charCodeAt(0);
    let marks = 0;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      marks = code === markCode ? marks + 1 : 0;
      if (marks === 3) return at - 2;
      if (code === 92) at++;
    }
    this.#abandon();
    throw new SyntaxFailure(this.at, 'unexpected EOF in string');
  }

  /** Nothing behind an unterminated string can be understood. */
  #abandon(): void {
    this.#indents = [0];
    this.#pending = 0;
  }
}
