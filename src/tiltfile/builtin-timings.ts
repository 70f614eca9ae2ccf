// How long each call of a builtin took, for `tilt alpha tiltfile-result -b`.
import { Builtin, jsString, reprOf, type Value } from '../starlark/index.ts';
import { TiltModule } from './tilt-module.ts';

export interface BuiltinTiming {
  /** The call as it is shown: name and positional arguments. */
  readonly call: string;
  readonly durationMs: number;
}

/** The same names, with every builtin's calls recorded in the order of their ends. */
export function withTimings(
  names: Readonly<Record<string, Value>>,
  record: (timing: BuiltinTiming) => void,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(names).map(([name, value]) => [name, timed(value, record)]));
}

function timed(value: Value, record: (timing: BuiltinTiming) => void): Value {
  if (value instanceof TiltModule) return value.map(member => timed(member, record));
  if (!(value instanceof Builtin)) return value;
  return new Builtin(value.name, (thread, args, kwargs) => {
    const began = performance.now();
    try {
      return value.callInternal(thread, args, kwargs);
    } finally {
      const shown = args.map(arg => jsString(reprOf(arg))).join(', ');
      record({ call: `${value.name}(${shown})`, durationMs: performance.now() - began });
    }
  });
}
