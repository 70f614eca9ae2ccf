// What `apply` has to change: from what was applied last, what is wanted now, and what there is.
import { isSameJson } from './json-patch.ts';

type Json = Record<string, unknown>;

/**
 * The merge patch (RFC 7386) that makes `current` be as wanted: values of `modified` are set, keys of `original` that
 * `modified` no longer has are removed, and what others added stays. `{}` when nothing is to be done.
 */
export function threeWayMergePatch(original: unknown, modified: unknown, current: unknown): Json {
  return objectPatch(
    isObject(original) ? original : {},
    isObject(modified) ? modified : {},
    isObject(current) ? current : {},
  );
}

function objectPatch(original: Json, modified: Json, current: Json): Json {
  const patch = new Map<string, unknown>();
  for (const key of Object.keys(original)) {
    if (!Object.hasOwn(modified, key) && Object.hasOwn(current, key)) patch.set(key, null);
  }
  for (const [key, value] of Object.entries(modified)) {
    const now = Object.hasOwn(current, key) ? current[key] : undefined;
    if (isObject(value) && isObject(now)) {
      const before = Object.hasOwn(original, key) ? original[key] : undefined;
      const inner = objectPatch(isObject(before) ? before : {}, value, now);
      if (Object.keys(inner).length > 0) patch.set(key, inner);
    } else if (value === null ? now !== undefined : !isSameJson(value, now)) patch.set(key, value);
  }
  return Object.fromEntries(patch);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
