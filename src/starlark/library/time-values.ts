// The values of the time module: durations and moments.
import { fail } from '../errors.ts';
import { asString, checkPositional, convertArgument } from '../runtime/arguments.ts';
import { Builtin } from '../values/callable.ts';
import { Float } from '../values/float.ts';
import { intOfBig, isInt } from '../values/int.ts';
import { quote } from '../values/quote.ts';
import { jsString, starlarkString } from '../values/text.ts';
import { type BinaryOp, type Int, type Side, StarlarkObject, type Value } from '../values/value.ts';
import { formatDuration } from './time-duration.ts';
import { formatLayout } from './time-format.ts';
import { isZone, wallClockOf } from './time-zone.ts';

function hashNanos(nanos: bigint): number {
  return Number(BigInt.asIntN(32, nanos ^ (nanos >> 32n)));
}

function compareNanos(x: bigint, y: bigint): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A span of time in nanoseconds. */
export class Duration extends StarlarkObject {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    super();
    this.nanos = BigInt.asIntN(64, nanos);
  }

  get typeName(): string {
    return 'time.duration';
  }

  override repr(): string {
    return formatDuration(this.nanos);
  }

  override truth(): boolean {
    return this.nanos !== 0n;
  }

  override hash(): number {
    return hashNanos(this.nanos);
  }

  override cmp(other: Duration): number {
    return compareNanos(this.nanos, other.nanos);
  }

  override attr(name: string): Value {
    const whole = (unit: bigint): Value => intOfBig(this.nanos / unit);
    switch (name) {
      case 'hours':
        return new Float(Number(this.nanos) / 3.6e12);
      case 'minutes':
        return new Float(Number(this.nanos) / 6e10);
      case 'seconds':
        return new Float(Number(this.nanos) / 1e9);
      case 'milliseconds':
        return whole(1_000_000n);
      case 'microseconds':
        return whole(1000n);
      case 'nanoseconds':
        return whole(1n);
    }
    return fail(`unrecognized ${this.typeName} attribute ${quote(name)}`);
  }

  override attrNames(): readonly string[] {
    return ['hours', 'minutes', 'seconds', 'milliseconds', 'microseconds', 'nanoseconds'];
  }

  override binary(op: BinaryOp, other: Value, side: Side): Value | undefined {
    if (other instanceof Duration) return this.#withDuration(op, other);
    if (op === '+' && other instanceof Time) return other.plus(this.nanos);
    if (op === '*' && isInt(other)) return new Duration(BigInt.asIntN(64, this.nanos * BigInt(other)));
    if (op === '/' && isInt(other)) return this.#dividedBy(other, side);
    if (op === '/' && other instanceof Float) {
      if (other.value === 0) fail(`${this.typeName} division by zero`);
      return new Duration(BigInt(Math.trunc(Number(this.nanos) / other.value)));
    }
    return undefined;
  }

  #dividedBy(divisor: Int, side: Side): Value {
    if (side === 'right') fail('unsupported operation');
    if (divisor === 0) fail(`${this.typeName} division by zero`);
    return new Duration(this.nanos / BigInt(divisor));
  }

  #withDuration(op: BinaryOp, other: Duration): Value | undefined {
    if (op === '+') return new Duration(BigInt.asIntN(64, this.nanos + other.nanos));
    if (op === '-') return new Duration(BigInt.asIntN(64, this.nanos - other.nanos));
    if (op !== '/' && op !== '//') return undefined;
    if (other.nanos === 0n) fail(`${this.typeName} division by zero`);
    return op === '/' ? new Float(Number(this.nanos) / Number(other.nanos)) : intOfBig(this.nanos / other.nanos);
  }
}

/** The nearest number of nanoseconds that a duration can have. */
function saturated(nanos: bigint): bigint {
  const most = 2n ** 63n - 1n;
  return nanos > most ? most : nanos < -most - 1n ? -most - 1n : nanos;
}

/** The moment 0001-01-01 00:00 UTC, the only one that is not true. */
const zeroNanos = -62_135_596_800_000_000_000n;

const fields = ['year', 'month', 'day', 'hour', 'minute', 'second', 'nanosecond'] as const;

/** A moment, and the zone in which it is looked at. */
export class Time extends StarlarkObject {
  /** Since 1970. */
  readonly nanos: bigint;
  readonly zone: string;

  constructor(nanos: bigint, zone: string) {
    super();
    this.nanos = nanos;
    this.zone = zone;
  }

  get typeName(): string {
    return 'time.time';
  }

  override repr(): string {
    return starlarkString(formatLayout(this.nanos, this.zone, '2006-01-02 15:04:05.999999999 -0700 MST'));
  }

  override truth(): boolean {
    return this.nanos !== zeroNanos;
  }

  override hash(): number {
    return hashNanos(this.nanos);
  }

  override cmp(other: Time): number {
    return compareNanos(this.nanos, other.nanos);
  }

  plus(nanos: bigint): Time {
    return new Time(this.nanos + nanos, this.zone);
  }

  override attr(name: string): Value | undefined {
    const field = fields.find(candidate => candidate === name);
    if (field) return wallClockOf(this.nanos, this.zone)[field];
    switch (name) {
      case 'unix':
        return intOfBig(
          (this.nanos - (((this.nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)) / 1_000_000_000n,
        );
      case 'unix_nano':
        return intOfBig(BigInt.asIntN(64, this.nanos));
      case 'format':
        return this.#method('format', layout => starlarkString(formatLayout(this.nanos, this.zone, layout)));
      case 'in_location':
        return this.#method('in_location', zone =>
          isZone(zone === '' ? 'UTC' : zone) ? new Time(this.nanos, zone || 'UTC') : fail(`unknown time zone ${zone}`),
        );
    }
    return undefined;
  }

  #method(name: string, implement: (text: string) => Value): Builtin {
    return new Builtin(
      name,
      (_thread, args, kwargs) => {
        checkPositional(name, args, kwargs, [1, 1]);
        return implement(jsString(convertArgument(name, 1, args[0]!, asString)));
      },
      this,
    );
  }

  override attrNames(): readonly string[] {
    return ['format', 'in_location', ...fields, 'unix', 'unix_nano'];
  }

  override binary(op: BinaryOp, other: Value, side: Side): Value | undefined {
    if (op === '+' && other instanceof Duration) return this.plus(other.nanos);
    if (op !== '-') return undefined;
    // starlark-go does not look at the side here: a duration less a moment is the moment less the duration.
    if (other instanceof Duration) return this.plus(-other.nanos);
    return other instanceof Time && side === 'left' ? new Duration(saturated(this.nanos - other.nanos)) : undefined;
  }
}
