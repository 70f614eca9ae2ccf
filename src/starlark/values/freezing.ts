// Freezing follows values as deep as they go, without recursion, so that no nesting is too deep for it.
import { StarlarkObject, type Value } from './value.ts';

let pending: StarlarkObject[] | undefined;

/** Freezes all of `values`; called from within a freeze() it leaves them to the outermost call. */
export function freezeAll(values: Iterable<Value | undefined>): void {
  const isOutermost = pending === undefined;
  pending ??= [];
  for (const value of values) if (value instanceof StarlarkObject) pending.push(value);
  if (!isOutermost) return;
  try {
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) next.freeze();
  } finally {
    pending = undefined;
  }
}

/** Makes a value and all it reaches immutable; gives the value back. */
export function freeze<T extends Value>(value: T): T {
  freezeAll([value]);
  return value;
}
