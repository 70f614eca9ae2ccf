// What range() gives: an arithmetic progression that is never spelled out.
import { fail } from '../errors.ts';
import { typeOf } from './compare.ts';
import { Float, intOfFiniteFloat } from './float.ts';
import { intOfBig, isInt } from './int.ts';
import { type ComparisonOp, type Int, StarlarkObject, type Value, type ValueIterator } from './value.ts';

/** Elements of the progression; step is not 0. */
function rangeLength(start: Int, stop: Int, step: Int): Int {
  const [from, to, by] = [BigInt(start), BigInt(stop), BigInt(step)];
  if (by > 0n) return to > from ? intOfBig((to - 1n - from) / by + 1n) : 0;
  return from > to ? intOfBig((from - 1n - to) / -by + 1n) : 0;
}

/** Counts through a range whose elements are all safe numbers. */
class SmallRangeIterator implements ValueIterator {
  #value: number;
  #left: number;
  readonly #step: number;

  constructor(start: number, count: number, step: number) {
    this.#value = start;
    this.#left = count;
    this.#step = step;
  }

  next(): Value | undefined {
    if (this.#left <= 0) return undefined;
    this.#left--;
    const value = this.#value;
    this.#value = value + this.#step;
    return value;
  }

  done(): void {}
}

/** A Starlark range. */
export class Range extends StarlarkObject {
  readonly start: Int;
  readonly stop: Int;
  readonly step: Int;
  readonly count: Int;

  constructor(start: Int, stop: Int, step: Int) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
    const distance = step === 1 && typeof start === 'number' && typeof stop === 'number' ? stop - start : Number.NaN;
    this.count = Number.isSafeInteger(distance) ? Math.max(0, distance) : rangeLength(start, stop, step);
  }

  get typeName(): string {
    return 'range';
  }

  override repr(): string {
    if (this.step !== 1) return `range(${this.start}, ${this.stop}, ${this.step})`;
    return this.start !== 0 ? `range(${this.start}, ${this.stop})` : `range(${this.stop})`;
  }

  override truth(): boolean {
    return this.count > 0;
  }

  override hash(): number {
    return fail('unhashable: range');
  }

  override length(): Int {
    return this.count;
  }

  override index(at: number): Value {
    if (typeof this.start === 'number' && typeof this.step === 'number') {
      const value = this.start + at * this.step;
      if (Number.isSafeInteger(value)) return value;
    }
    return intOfBig(BigInt(this.start) + BigInt(at) * BigInt(this.step));
  }

  override slice(start: number, end: number, step: number): Range {
    const at = (position: number): Int => intOfBig(BigInt(this.start) + BigInt(this.step) * BigInt(position));
    return new Range(at(start), at(end), intOfBig(BigInt(this.step) * BigInt(step)));
  }

  override iterate(): ValueIterator {
    const { start, step, count } = this;
    if (typeof start === 'number' && typeof step === 'number' && typeof count === 'number') {
      if (Number.isSafeInteger(start + count * step)) return new SmallRangeIterator(start, count, step);
    }
    let at = 0;
    return { next: () => (at < count ? this.index(at++) : undefined), done: () => {} };
  }

  override has(item: Value): boolean {
    const int = item instanceof Float && Number.isFinite(item.value) ? intOfFiniteFloat(item.value) : item;
    if (!isInt(int)) return fail(`'in <range>' requires integer as left operand, not ${typeOf(item)}`);
    const delta = BigInt(int) - BigInt(this.start);
    const step = BigInt(this.step);
    return delta % step === 0n && delta / step >= 0n && delta / step < BigInt(this.count);
  }

  override compareSameType(op: ComparisonOp, other: Range): boolean {
    if (op !== '==' && op !== '!=') return fail(`range ${op} range not implemented`);
    const same =
      this.count === other.count &&
      (this.count === 0 || (this.start === other.start && (this.count === 1 || this.step === other.step)));
    return same === (op === '==');
  }
}
