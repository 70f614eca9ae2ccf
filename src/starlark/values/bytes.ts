// The bytes type, and the views of strings and bytes that .elems() and .codepoints() give.
import { fail } from '../errors.ts';
import { isOrdered, threeWay, typeOf } from './compare.ts';
import { hashText } from './hash-table.ts';
import { isInt } from './int.ts';
import { quote } from './quote.ts';
import { decodeRune, encodeRune, replacementRune } from './text.ts';
import { type ComparisonOp, StarlarkObject, type Value, type ValueIterator } from './value.ts';

/** Every `step`-th char from `start` to `end`. */
export function stridedText(text: string, start: number, end: number, step: number): string {
  if (step === 1) return text.slice(start, end);
  let out = '';
  for (let i = start; step > 0 ? i < end : i > end; i += step) out += text[i];
  return out;
}

/** Walks the positions of a text, giving what `at` makes of each; nothing is spelled out beforehand, however long it is. */
class TextIterator implements ValueIterator {
  readonly #length: number;
  readonly #at: (position: number) => Value;
  #next = 0;

  constructor(length: number, at: (position: number) => Value) {
    this.#length = length;
    this.#at = at;
  }

  next(): Value | undefined {
    return this.#next < this.#length ? this.#at(this.#next++) : undefined;
  }

  done(): void {}
}

/** A Starlark bytes value; `bytes` holds one char (U+0000 to U+00FF) per byte. */
export class Bytes extends StarlarkObject {
  readonly bytes: string;

  constructor(bytes: string) {
    super();
    this.bytes = bytes;
  }

  get typeName(): string {
    return 'bytes';
  }

  override repr(): string {
    return `b${quote(this.bytes)}`;
  }

  override truth(): boolean {
    return this.bytes !== '';
  }

  override hash(): number {
    return hashText(this.bytes);
  }

  override length(): number {
    return this.bytes.length;
  }

  override index(at: number): Bytes {
    return new Bytes(this.bytes[at]!);
  }

  override slice(start: number, end: number, step: number): Bytes {
    return new Bytes(stridedText(this.bytes, start, end, step));
  }

  override has(item: Value): boolean {
    if (item instanceof Bytes) return this.bytes.includes(item.bytes);
    if (!isInt(item)) return fail(`'in bytes' requires bytes or int as left operand, not ${typeOf(item)}`);
    if (item < 0 || item > 255) fail(`int in bytes: ${item} out of range (want value in unsigned 8-bit range)`);
    return this.bytes.includes(String.fromCharCode(Number(item)));
  }

  override compareSameType(op: ComparisonOp, other: Bytes): boolean {
    return isOrdered(op, threeWay(this.bytes, other.bytes));
  }
}

/** `==` and `!=` of two views of one kind; they have no order. */
function sameView(view: StarlarkObject, op: ComparisonOp, same: boolean): boolean {
  if (op === '==' || op === '!=') return same === (op === '==');
  return fail(`${view.typeName} ${op} ${view.typeName} not implemented`);
}

/** What s.elems() and s.elem_ords() give: the bytes of a string, as strings or as ints. */
export class StringElems extends StarlarkObject {
  readonly text: string;
  readonly ords: boolean;

  constructor(text: string, ords: boolean) {
    super();
    this.text = text;
    this.ords = ords;
  }

  get typeName(): string {
    return 'string.elems';
  }

  override repr(): string {
    return `${quote(this.text)}.${this.ords ? 'elem_ords' : 'elems'}()`;
  }

  override hash(): number {
    return fail(`unhashable: ${this.typeName}`);
  }

  override compareSameType(op: ComparisonOp, other: StringElems): boolean {
    return sameView(this, op, this.text === other.text && this.ords === other.ords);
  }

  override length(): number {
    return this.text.length;
  }

  override index(at: number): Value {
    return this.ords ? this.text.charCodeAt(at) : this.text[at]!;
  }

  override iterate(): ValueIterator {
    return new TextIterator(this.text.length, at => this.index(at));
  }
}

/** What s.codepoints() and s.codepoint_ords() give: the runes of a string, as strings or as ints. */
export class StringCodepoints extends StarlarkObject {
  readonly text: string;
  readonly ords: boolean;

  constructor(text: string, ords: boolean) {
    super();
    this.text = text;
    this.ords = ords;
  }

  get typeName(): string {
    return 'string.codepoints';
  }

  override repr(): string {
    return `${quote(this.text)}.${this.ords ? 'codepoint_ords' : 'codepoints'}()`;
  }

  override hash(): number {
    return fail(`unhashable: ${this.typeName}`);
  }

  override compareSameType(op: ComparisonOp, other: StringCodepoints): boolean {
    return sameView(this, op, this.text === other.text && this.ords === other.ords);
  }

  override iterate(): ValueIterator {
    const { text, ords } = this;
    let at = 0;
    const next = (): Value | undefined => {
      if (at >= text.length) return undefined;
      const packed = decodeRune(text, at);
      const start = at;
      at += packed & 7;
      if (ords) return packed >> 3;
      return packed >> 3 === replacementRune ? encodeRune(replacementRune) : text.slice(start, at);
    };
    return { next, done: () => {} };
  }
}

/** What b.elems() gives: the bytes as ints. */
export class BytesElems extends StarlarkObject {
  readonly source: Bytes;

  constructor(source: Bytes) {
    super();
    this.source = source;
  }

  get typeName(): string {
    return 'bytes.elems';
  }

  override repr(): string {
    return `${this.source.repr()}.elems()`;
  }

  override hash(): number {
    return fail(`unhashable: ${this.typeName}`);
  }

  override compareSameType(op: ComparisonOp, other: BytesElems): boolean {
    return sameView(this, op, this.source.bytes === other.source.bytes);
  }

  override iterate(): ValueIterator {
    const { bytes } = this.source;
    return new TextIterator(bytes.length, at => bytes.charCodeAt(at));
  }
}
