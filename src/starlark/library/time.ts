// The time module: moments, durations, parsing and formatting by Go's reference layout.
import { fail } from '../errors.ts';
import { asInt64, asString, checkPositional, convertArgument } from '../runtime/arguments.ts';
import { unpackArgs } from '../runtime/unpack-args.ts';
import { Builtin } from '../values/callable.ts';
import { Module } from '../values/struct.ts';
import { jsString } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { parseDuration } from './time-duration.ts';
import { parseLayout, rfc3339 } from './time-layout.ts';
import { Duration, Time } from './time-values.ts';
import { isZone, unixNanosOf } from './time-zone.ts';

/** Where `time.now()` looks for the moment: nanoseconds since 1970 as a bigint, under this key of `thread.locals`. */
export const nowLocal = 'time.now';

function asDuration(value: Value): Duration {
  if (value instanceof Duration) return value;
  return typeof value === 'string' ? new Duration(parseDuration(value)) : fail('want a duration or string');
}

function zoneOf(name: string): string {
  const zone = name === '' ? 'UTC' : name;
  return isZone(zone) ? zone : fail(`unknown time zone ${zone}`);
}

const intFields = ['year', 'month', 'day', 'hour', 'minute', 'second', 'nanosecond'] as const;

function makeTime(args: readonly Value[], kwargs: Parameters<typeof unpackArgs>[2]): Value {
  const given = unpackArgs('time', args, kwargs, [
    ...intFields.map(name => ({ name, type: 'int', default: 0 }) as const),
    { name: 'location', type: 'string', default: '' },
  ]);
  if (args.length > 0) fail('time: unexpected positional arguments');
  const zone = zoneOf(given.location as string);
  const { year, month, day, hour, minute, second, nanosecond } = given as Record<(typeof intFields)[number], number>;
  return new Time(unixNanosOf({ year, month, day, hour, minute, second, nanosecond }, zone), zone);
}

function makeModule(): Module {
  const functions: Builtin[] = [
    new Builtin('from_timestamp', (_thread, args, kwargs) => {
      checkPositional('from_timestamp', args, kwargs, [1, 2]);
      const seconds = BigInt(convertArgument('from_timestamp', 1, args[0]!, asInt64));
      const nanos = args[1] === undefined ? 0n : BigInt(convertArgument('from_timestamp', 2, args[1], asInt64));
      return new Time(seconds * 1_000_000_000n + nanos, 'Local');
    }),
    new Builtin('is_valid_timezone', (_thread, args, kwargs) => {
      checkPositional('is_valid_timezone', args, kwargs, [1, 1]);
      const name = jsString(convertArgument('is_valid_timezone', 1, args[0]!, asString));
      return name === '' || isZone(name);
    }),
    new Builtin('now', thread => {
      const now = thread.locals.get(nowLocal);
      return new Time(typeof now === 'bigint' ? now : BigInt(Date.now()) * 1_000_000n, 'Local');
    }),
    new Builtin('parse_duration', (_thread, args, kwargs) => {
      checkPositional('parse_duration', args, kwargs, [1, 1]);
      return convertArgument('parse_duration', 1, args[0]!, asDuration);
    }),
    new Builtin('parse_time', (_thread, args, kwargs) => {
      const given = unpackArgs('parse_time', args, kwargs, [
        { name: 'x', type: 'string' },
        { name: 'format', type: 'string', default: rfc3339 },
        { name: 'location', type: 'string', default: 'UTC' },
      ]);
      return parseLayout(given.x, given.format, zoneOf(given.location));
    }),
    new Builtin('time', (_thread, args, kwargs) => makeTime(args, kwargs)),
  ];
  const units: [string, bigint][] = [
    ['nanosecond', 1n],
    ['microsecond', 1000n],
    ['millisecond', 1_000_000n],
    ['second', 1_000_000_000n],
    ['minute', 60_000_000_000n],
    ['hour', 3_600_000_000_000n],
  ];
  return new Module('time', [
    ...functions.map((fn): [string, Value] => [fn.name, fn]),
    ...units.map(([name, nanos]): [string, Value] => [name, new Duration(nanos)]),
  ]);
}

/** The time module; predeclare it as `time`. */
export const time: Module = /* @__PURE__ */ makeModule();
