// A list of objects, cut into its items while it arrives: a list of thousands is never parsed in one piece, which would
// stop the screen for as long.
// Does not: check that the text is JSON. What is cut out is given to the parser, which does.

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const space = 0x20;

/** Takes the bytes of `{"kind": ..., "items": [...]}` and gives each item as a text. */
export class ListSplitter {
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  /** The newest string at depth 1, which is a key or a short value. */
  #key: number[] = [];
  #inItems = false;
  /** Of the item that goes on, or, outside of items, of what is around them. */
  #parts: Buffer[] = [];
  #around: Buffer[] = [];

  /** The items that end within `chunk`. The chunk may be kept. */
  push(chunk: Buffer): string[] {
    const items: string[] = [];
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#inString) {
        i = this.#string(chunk, i);
        continue;
      }
      if (byte === quote) {
        this.#inString = true;
        if (this.#depth === 1) this.#key = [];
      } else if (byte === openBrace || byte === openBracket) {
        if (this.#depth === 1 && byte === openBracket && this.#isItemsKey()) {
          this.#around.push(chunk.subarray(start, i + 1));
          this.#inItems = true;
          start = i + 1;
        }
        this.#depth++;
      } else if (byte === closeBrace || byte === closeBracket) {
        this.#depth--;
        if (!this.#inItems) continue;
        if (this.#depth === 2) {
          items.push(this.#take(chunk.subarray(start, i + 1)));
          start = i + 1;
        } else if (this.#depth === 1) {
          this.#inItems = false;
          start = i;
        }
      } else if (this.#inItems && this.#depth === 2 && (byte === comma || byte <= space)) start = i + 1;
    }
    if (start < chunk.length) (this.#inItems ? this.#parts : this.#around).push(chunk.subarray(start));
    return items;
  }

  /** What was around the items, the list itself being empty; after the last chunk. */
  finish(): string {
    return Buffer.concat(this.#around).toString();
  }

  /** Goes through a string from `start` and gives where it ends, or the last byte. */
  #string(chunk: Buffer, start: number): number {
    for (let i = start; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === backslash) this.#isEscaped = true;
      else if (byte === quote) {
        this.#inString = false;
        return i;
      } else if (this.#depth === 1 && this.#key.length < 16) this.#key.push(byte);
    }
    return chunk.length;
  }

  #isItemsKey(): boolean {
    return String.fromCharCode(...this.#key) === 'items';
  }

  #take(last: Buffer): string {
    if (this.#parts.length === 0) return last.toString();
    this.#parts.push(last);
    const text = Buffer.concat(this.#parts).toString();
    this.#parts = [];
    return text;
  }
}
