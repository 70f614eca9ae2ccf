// Values as text. Nested values are printed without recursion, so that no nesting is too deep.
import { quote } from './quote.ts';
import { jsString } from './text.ts';
import type { ReprParts, StarlarkObject, Value } from './value.ts';

const noPath: readonly StarlarkObject[] = [];

/** What repr(value) gives, as a Starlark string. `path` holds the containers being printed, for cycles. */
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
      if (value === null) return 'None';
      return value.reprParts ? printNested(value, path) : value.repr(path);
  }
}

/** A container that is being printed. */
interface Printing {
  readonly parts: ReprParts;
  next: number;
}

/** Prints a container and all it contains; the containers around the current place stand in `active`. */
function printNested(first: StarlarkObject, path: readonly StarlarkObject[]): string {
  const active = [...path];
  const isActive = new Set(path);
  const open: Printing[] = [];
  let out = '';
  const enter = (object: StarlarkObject): void => {
    const parts = object.reprParts!();
    if (parts.inside !== undefined && isActive.has(object)) {
      out += parts.inside;
      return;
    }
    if (parts.inside !== undefined) {
      active.push(object);
      isActive.add(object);
    }
    out += parts.open;
    open.push({ parts, next: 0 });
  };
  enter(first);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { parts } = top;
    if (top.next === parts.values.length) {
      out += parts.close;
      open.pop();
      if (parts.inside !== undefined) isActive.delete(active.pop()!);
      continue;
    }
    const at = top.next++;
    const value = parts.values[at]!;
    out += parts.before(at);
    if (value !== null && typeof value === 'object' && value.reprParts) enter(value);
    else out += reprOf(value, active);
  }
  return out;
}

/** What printing and `%s` make of a value: a string as it is, anything else as repr. */
export function textOf(value: Value): string {
  return typeof value === 'string' ? value : reprOf(value);
}

/** repr(value) as an ordinary JavaScript string. */
export function repr(value: Value): string {
  return jsString(reprOf(value));
}

/** The separator of the elements of a sequence. */
export function comma(at: number): string {
  return at === 0 ? '' : ', ';
}
