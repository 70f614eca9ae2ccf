// Freezing and comparing plain JSON values.

/**
 * Freezes `value` and everything in it, and returns it. What is frozen already is taken to be frozen all the way down,
 * so an object that shares parts with an older version costs only its new parts.
 */
export function deepFreeze<T>(value: T): T {
  freezeNew(value);
  return value;
}

/** As deepFreeze; the characters of all texts in what was not frozen before. */
export function freezeNew(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return 0;
  let characters = 0;
  if (Array.isArray(value)) for (const item of value) characters += freezeNew(item);
  else for (const key in value) characters += freezeNew((value as Record<string, unknown>)[key]);
  Object.freeze(value);
  return characters;
}

/** True when both are the same JSON: key order does not count, a key with `undefined` counts as missing. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => deepEqual(item, b[i]));
  }
  return sameEntries(a as Record<string, unknown>, b as Record<string, unknown>);
}

function sameEntries(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  let count = 0;
  for (const key in a) {
    if (a[key] === undefined) continue;
    count++;
    if (!Object.hasOwn(b, key) || !deepEqual(a[key], b[key])) return false;
  }
  for (const key in b) if (b[key] !== undefined) count--;
  return count === 0;
}
