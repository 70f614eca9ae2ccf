// Values as text.
import { quote } from './quote.ts';
import { jsString } from './text.ts';
import type { StarlarkObject, Value } from './value.ts';

const noPath: readonly StarlarkObject[] = [];

/** What repr(value) gives, as a Starlark string. */
export function reprOf(value: Value, path: readonly StarlarkObject[] = noPath): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
    case 'bigint':
      return String(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return value === null ? 'None' : value.repr(path);
  }
}

/** What printing and `%s` make of a value: a string as it is, anything else as repr. */
export function textOf(value: Value): string {
  return typeof value === 'string' ? value : reprOf(value);
}

/** repr(value) as an ordinary JavaScript string. */
export function repr(value: Value): string {
  return jsString(reprOf(value));
}
