// Values that are text: without quotes, in quotes, in blocks. Each function begins at the first character of one and
// leaves the cursor behind it.
import { type Cursor, end, isBlank, isBreak, isGap, isLineEnd } from './cursor.ts';

const quote = 34;
const apostrophe = 39;
const backslash = 92;
const colon = 58;
const tab = 9;
const space = 32;

export interface Surroundings {
  /** Column of the collection around; -1 outside of all. */
  readonly indent: number;
  readonly isFlow: boolean;
}

/** Blanks and line ends between the words of a text: one line end is a space, of more the first is none. */
class Between {
  #blanks = '';
  #firstBreak: string | undefined;
  #otherBreaks = '';

  get hasBreak(): boolean {
    return this.#firstBreak !== undefined;
  }

  /** A line end that is no part of the text (behind `\`), with what follows it. */
  startLine(): void {
    this.#firstBreak = '';
  }

  take(cursor: Cursor): void {
    if (isBreak(cursor.code())) {
      const text = cursor.takeBreak();
      if (this.#firstBreak === undefined) this.#firstBreak = text;
      else this.#otherBreaks += text;
      return;
    }
    if (!this.hasBreak) this.#blanks += String.fromCharCode(cursor.code());
    cursor.skip();
  }

  text(): string {
    if (this.#firstBreak === undefined) return this.#blanks;
    if (this.#firstBreak !== '\n') return this.#firstBreak + this.#otherBreaks;
    return this.#otherBreaks === '' ? ' ' : this.#otherBreaks;
  }
}

function isFlowMark(code: number): boolean {
  return code === 44 || code === 63 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** A text without quotes; `endsOnNewLine`: line ends follow it, so that a key may come. */
export function scanPlain(cursor: Cursor, { indent, isFlow }: Surroundings): { text: string; endsOnNewLine: boolean } {
  let value = '';
  let between = new Between();
  while (!cursor.isAtMark('---') && !cursor.isAtMark('...') && cursor.code() !== 35) {
    const start = cursor.offset;
    for (let code = cursor.code(); !isGap(code); code = cursor.code()) {
      if ((code === colon && isGap(cursor.code(1))) || (isFlow && isFlowMark(code))) break;
      cursor.skip();
    }
    if (cursor.offset > start) {
      value += between.text() + cursor.text.slice(start, cursor.offset);
      between = new Between();
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break;
    for (let code = cursor.code(); isBlank(code) || isBreak(code); code = cursor.code()) {
      if (between.hasBreak && code === tab && cursor.column <= indent)
        throw cursor.fault('found a tab character that violates indentation');
      between.take(cursor);
    }
    if (!isFlow && cursor.column <= indent) break;
  }
  return { text: value, endsOnNewLine: between.hasBreak };
}

/** A text in quotes. */
export function scanQuoted(cursor: Cursor): string {
  const mark = cursor.code();
  let value = '';
  cursor.skip();
  for (;;) {
    if (cursor.isAtMark('---') || cursor.isAtMark('...')) throw cursor.fault('found unexpected document indicator');
    if (cursor.code() === end) throw cursor.fault('found unexpected end of stream');
    const between = new Between();
    value += scanQuotedWord(cursor, mark, between);
    if (cursor.code() === mark) break;
    while (isBlank(cursor.code()) || isBreak(cursor.code())) between.take(cursor);
    value += between.text();
  }
  cursor.skip();
  return value;
}

function scanQuotedWord(cursor: Cursor, mark: number, between: Between): string {
  let word = '';
  let start = cursor.offset;
  const isDouble = mark === quote;
  for (let code = cursor.code(); !isGap(code); code = cursor.code()) {
    const isEscape = isDouble ? code === backslash : code === apostrophe && cursor.code(1) === apostrophe;
    if (code === mark && !isEscape) break;
    if (!isEscape) {
      cursor.skip();
      continue;
    }
    word += cursor.text.slice(start, cursor.offset);
    if (isDouble && isBreak(cursor.code(1))) {
      cursor.skip();
      cursor.takeBreak();
      between.startLine();
      return word;
    }
    if (isDouble) word += scanEscape(cursor);
    else {
      word += "'";
      cursor.skip(2);
    }
    start = cursor.offset;
  }
  return word + cursor.text.slice(start, cursor.offset);
}

const escapes = new Map<string, string>([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

const hexLengths = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function scanEscape(cursor: Cursor): string {
  const letter = String.fromCharCode(cursor.code(1));
  const simple = escapes.get(letter);
  if (simple !== undefined) {
    cursor.skip(2);
    return simple;
  }
  const length = hexLengths.get(letter);
  if (length === undefined) throw cursor.fault('found unknown escape character');
  cursor.skip(2);
  const digits = cursor.text.slice(cursor.offset, cursor.offset + length);
  if (digits.length < length || /[^0-9a-fA-F]/.test(digits))
    throw cursor.fault('did not find expected hexdecimal number');
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
    throw cursor.fault('found invalid Unicode character escape code');
  cursor.skip(length);
  return String.fromCodePoint(code);
}

/** A text behind `|` or `>`. */
export function scanBlock(cursor: Cursor, { indent: outer }: Surroundings): string {
  const isLiteral = cursor.code() === 124;
  cursor.skip();
  const { chomping, step } = scanBlockHead(cursor);
  const lines = new BlockLines(cursor, outer, step === 0 ? 0 : Math.max(outer, 0) + step);
  let value = '';
  let lastBreak = '';
  let emptyLines = lines.skipEmpty();
  let wasBlank = false;
  while (cursor.column === lines.indent && cursor.code() !== end) {
    const startsBlank = isBlank(cursor.code());
    if (!isLiteral && lastBreak === '\n' && !wasBlank && !startsBlank) value += emptyLines === '' ? ' ' : '';
    else value += lastBreak;
    value += emptyLines;
    wasBlank = startsBlank;
    const start = cursor.offset;
    cursor.skipToLineEnd();
    value += cursor.text.slice(start, cursor.offset);
    lastBreak = isBreak(cursor.code()) ? cursor.takeBreak() : '';
    emptyLines = lines.skipEmpty();
  }
  if (chomping === '-') return value;
  return value + lastBreak + (chomping === '+' ? emptyLines : '');
}

function scanBlockHead(cursor: Cursor): { chomping: string; step: number } {
  let chomping = '';
  let step = 0;
  for (let i = 0; i < 2; i++) {
    const char = String.fromCharCode(cursor.code());
    if (chomping === '' && (char === '+' || char === '-')) chomping = char;
    else if (step === 0 && /[0-9]/.test(char)) step = Number(char);
    else break;
    if (char === '0') throw cursor.fault('found an indentation indicator equal to 0');
    cursor.skip();
  }
  cursor.skipBlanks();
  if (cursor.code() === 35) cursor.skipToLineEnd();
  if (!isLineEnd(cursor.code())) throw cursor.fault('did not find expected comment or line break');
  if (isBreak(cursor.code())) cursor.takeBreak();
  return { chomping, step };
}

/** The indentation of a block's lines; when the head does not say it, the first line that holds something does. */
class BlockLines {
  readonly #cursor: Cursor;
  readonly #outer: number;
  /** Column of the text; 0 as long as it is not known. */
  indent: number;

  constructor(cursor: Cursor, outer: number, indent: number) {
    this.#cursor = cursor;
    this.#outer = outer;
    this.indent = indent;
  }

  /** The line ends before the next line that holds something, and the blanks in front of it. */
  skipEmpty(): string {
    const cursor = this.#cursor;
    let breaks = '';
    let widest = 0;
    for (;;) {
      const isIndentation = (): boolean => this.indent === 0 || cursor.column < this.indent;
      while (isIndentation() && cursor.code() === space) cursor.skip();
      widest = Math.max(widest, cursor.column);
      if (isIndentation() && cursor.code() === tab)
        throw cursor.fault('found a tab character where an indentation space is expected');
      if (!isBreak(cursor.code())) break;
      breaks += cursor.takeBreak();
    }
    if (this.indent === 0) this.indent = Math.max(widest, this.#outer + 1, 1);
    return breaks;
  }
}
