// The text of a file, and the way from an offset in it to a line and a column.
import type { Place } from '../../base/diagnostics.ts';
import { decodeRune, isAscii, starlarkString, starlarkStringOfBytes } from '../values/text.ts';

/** A file's text as a Starlark string. Offsets count its bytes from 0. */
export class SourceFile {
  readonly name: string;
  readonly text: string;
  readonly #ascii: boolean;
  #lineStarts: number[] | undefined;

  constructor(name: string, source: string | Uint8Array) {
    this.name = name;
    if (typeof source !== 'string' && !(source instanceof Uint8Array)) {
      throw new TypeError(`the source of ${name} has to be a string or a Uint8Array, not ${typeof source}`);
    }
    this.text = typeof source === 'string' ? starlarkString(source) : starlarkStringOfBytes(source);
    this.#ascii = isAscii(this.text);
  }

  /** Line (1-based; `\n`, `\r\n` and `\r` end one) and column (1-based, in runes) of an offset. */
  placeAt(offset: number): Place {
    this.#lineStarts ??= findLineStarts(this.text);
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { file: this.name, line: low + 1, column: 1 + this.#runesBetween(starts[low]!, offset) };
  }

  #runesBetween(from: number, to: number): number {
    if (this.#ascii) return to - from;
    let count = 0;
    for (let at = from; at < to; count++) at += decodeRune(this.text, at) & 7;
    return count;
  }
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  const ends = /\r\n?|\n/g;
  while (ends.exec(text)) starts.push(ends.lastIndex);
  return starts;
}
