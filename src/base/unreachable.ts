/** Ends a switch over a closed union: the compiler refuses a case that was forgotten. */
export function unreachable(value: never): never {
  throw new Error(`bug: unexpected value ${JSON.stringify(value)}`);
}

/** Throws a bug report when `condition` is false. */
export function assert(condition: unknown, text: string): asserts condition {
  if (!condition) throw new Error(`bug: ${text}`);
}
