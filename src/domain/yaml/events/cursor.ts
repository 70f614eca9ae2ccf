// A place in a YAML text that moves forward and knows its line, and the classes of characters that tokens are made of.
import { YamlError } from '../yaml-error.ts';

/** What stands behind the last character. */
export const end = 0;

const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

export function isBreak(code: number): boolean {
  return code === lineFeed || code === carriageReturn || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isBlank(code: number): boolean {
  return code === space || code === tab;
}

/** A line ends here, or the text. */
export function isLineEnd(code: number): boolean {
  return code === end || isBreak(code);
}

/** A word ends here. */
export function isGap(code: number): boolean {
  return isBlank(code) || isLineEnd(code);
}

/** Letters of names: of anchors, tag handles, directives. */
export function isNameCode(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter || (code >= 48 && code <= 57) || code === 95 || code === 45;
}

const notAllowed = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The real reader takes the bytes of a text in portions of this size, and judges the characters of each at once. */
const portionBytes = 512;

/** Where the portion with the first character begins that no text may hold. */
function badPortionStart(text: string): number {
  const bad = text.search(notAllowed);
  if (bad < 0) return Number.POSITIVE_INFINITY;
  let portionStart = 0;
  let bytes = 0;
  for (let i = 0; i <= bad; i++) {
    const code = text.codePointAt(i)!;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    // A character that does not fit as a whole begins the next portion.
    if (bytes + size > portionBytes) {
      portionStart = i;
      bytes = 0;
    }
    bytes += size;
    if (size === 4) i++;
  }
  return portionStart;
}

export class Cursor {
  readonly text: string;
  /** Offsets and columns count UTF-16 units, lines from 0. */
  offset = 0;
  line = 0;
  column = 0;
  readonly #badFrom: number;

  constructor(text: string) {
    this.text = text;
    this.#badFrom = badPortionStart(text);
    if (text.charCodeAt(0) !== 0xfeff) return;
    this.offset = 1;
    // The first mark tells the encoding, the second is the one that a stream may begin with.
    if (text.charCodeAt(1) === 0xfeff) this.skip();
  }

  /** The unit `ahead` of here; 0 behind the text. Throws YamlError where a portion holds what no text may. */
  code(ahead = 0): number {
    const at = this.offset + ahead;
    if (at >= this.#badFrom) throw new YamlError('yaml: control characters are not allowed');
    return at < this.text.length ? this.text.charCodeAt(at) : end;
  }

  skip(count = 1): void {
    this.offset += count;
    this.column += count;
  }

  /** Moves behind a line break and gives what a text keeps of it: all breaks are one but those of Unicode's own. */
  takeBreak(): string {
    const code = this.code();
    this.offset += code === carriageReturn && this.code(1) === lineFeed ? 2 : 1;
    this.column = 0;
    this.line++;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
  }

  skipBlanks(): void {
    while (isBlank(this.code())) this.skip();
  }

  skipToLineEnd(): void {
    const from = this.offset;
    let at = from;
    while (at < this.text.length && !isBreak(this.text.charCodeAt(at))) at++;
    this.skip(at - from);
    this.code();
  }

  /** `---` or `...` alone at the begin of a line. */
  isAtMark(mark: '---' | '...'): boolean {
    return this.column === 0 && this.text.startsWith(mark, this.offset) && isGap(this.code(3));
  }

  /** What is wrong here, found while words are told apart: such lines are told from 1 on, the first one not at all. */
  fault(words: string): YamlError {
    return new YamlError(this.line === 0 ? `yaml: ${words}` : `yaml: line ${this.line + 1}: ${words}`);
  }
}
