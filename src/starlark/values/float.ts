// The float type: a box, so that 1 and 1.0 stay apart.
import { fail } from '../errors.ts';
import { formatFloatShortest } from './format-float.ts';
import { hashInt, intOfFloat } from './int.ts';
import { StarlarkObject } from './value.ts';

/** A Starlark float; `value` is any double, NaN and infinities included. */
export class Float extends StarlarkObject {
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }

  get typeName(): string {
    return 'float';
  }

  override repr(): string {
    return formatFloatShortest(this.value, 'g');
  }

  override truth(): boolean {
    return this.value !== 0;
  }

  override hash(): number {
    return Number.isFinite(this.value) ? hashInt(intOfFloat(this.value)) : 1618033;
  }

  override unary(op: '+' | '-' | '~'): Float | undefined {
    if (op === '-') return new Float(-this.value);
    return op === '+' ? this : undefined;
  }

  override cmp(other: StarlarkObject): number {
    return compareFloats(this.value, (other as Float).value);
  }
}

/** Total order of floats: NaN equals itself and is greater than everything else. */
export function compareFloats(x: number, y: number): number {
  if (x > y) return 1;
  if (x < y) return -1;
  if (x === y) return 0;
  if (Number.isNaN(y)) return Number.isNaN(x) ? 0 : -1;
  return 1;
}

/** x % y with the sign of y, as Starlark has it for floats; y is not 0. */
export function moduloFloats(x: number, y: number): number {
  const remainder = x % y;
  return x < 0 !== y < 0 && remainder !== 0 ? remainder + y : remainder;
}

/** The int of a float, its fraction dropped; throws for NaN and infinities. */
export function intOfFiniteFloat(float: number): number | bigint {
  if (Number.isNaN(float)) fail('cannot convert float NaN to integer');
  if (!Number.isFinite(float)) fail('cannot convert float infinity to integer');
  return intOfFloat(float);
}
