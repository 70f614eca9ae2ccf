// Data as YAML and JSON files hold it.

/** An integer beyond 2^53 is a bigint; a number without a fraction below 2^63 is an integer, whatever its spelling. */
export type Plain = null | boolean | number | bigint | string | Plain[] | PlainMap;

export interface PlainMap {
  [key: string]: Plain;
}

const int64Limit = 2 ** 63;

/** True for what Go's decoders make an int64 of. */
export function isInteger(value: Plain): value is number | bigint {
  return (
    typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < int64Limit)
  );
}

export function isMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets a key whatever it is called: `__proto__` is data like any other. */
export function setKey(map: PlainMap, key: string, value: Plain): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

/** The value of an own key. */
export function getKey(map: PlainMap, key: string): Plain | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** A copy that shares nothing. */
export function copyPlain<T extends Plain>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyPlain) as T;
  const source: PlainMap = value;
  const copy: PlainMap = {};
  for (const key of Object.keys(source)) setKey(copy, key, copyPlain(source[key]!));
  return copy as T;
}
