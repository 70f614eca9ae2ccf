// What an object becomes when somebody applies it: values that are wanted are set, what was applied before and is no
// longer wanted goes, what others added stays. Lists merge as the strategies say, item by item where items have a key.
import { isSameJson } from './json-patch.ts';
import type { ListStrategies, ListStrategy } from './strategic-merge.ts';

type Json = Record<string, unknown>;

export interface ThreeWayInput {
  /** What was applied last; undefined when nobody knows. */
  readonly original: unknown;
  readonly modified: unknown;
  readonly current: unknown;
}

export interface MergeRules {
  readonly lists: ListStrategies;
  /** True for objects of which a change keeps only what is wanted: one way of doing it at a time (`retainKeys`). */
  readonly retainsKeys: (path: readonly string[]) => boolean;
}

/** The object after the apply; `current` itself when nothing is to be done. The input is never changed. */
export function threeWayApply({ original, modified, current }: ThreeWayInput, rules: MergeRules): unknown {
  return mergeValue(original, modified, current, { path: [], rules });
}

interface Place {
  readonly path: readonly string[];
  readonly rules: MergeRules;
}

function mergeValue(original: unknown, modified: unknown, current: unknown, place: Place): unknown {
  if (isObject(modified) && isObject(current)) {
    return mergeObject(isObject(original) ? original : {}, modified, current, place);
  }
  if (Array.isArray(modified) && Array.isArray(current)) {
    return mergeList(Array.isArray(original) ? original : [], modified, current, place);
  }
  return isSameJson(modified, current) ? current : withoutNulls(modified);
}

function mergeObject(original: Json, modified: Json, current: Json, place: Place): Json {
  const merged = new Map(Object.entries(current));
  let changed = false;
  for (const key of Object.keys(original)) {
    if (!Object.hasOwn(modified, key) && merged.delete(key)) changed = true;
  }
  for (const [key, value] of Object.entries(modified)) {
    const now = Object.hasOwn(current, key) ? current[key] : undefined;
    if (value === null) {
      if (merged.delete(key)) changed = true;
      continue;
    }
    const before = Object.hasOwn(original, key) ? original[key] : undefined;
    const next = mergeValue(before, value, now, { ...place, path: [...place.path, key] });
    if (next === now) continue;
    merged.set(key, next);
    changed = true;
  }
  if (!changed) return current;
  if (place.rules.retainsKeys(place.path))
    for (const key of [...merged.keys()]) if (!Object.hasOwn(modified, key)) merged.delete(key);
  return Object.fromEntries(merged);
}

function mergeList(
  original: readonly unknown[],
  modified: readonly unknown[],
  current: readonly unknown[],
  place: Place,
): unknown {
  const strategy = place.rules.lists(place.path);
  const keyOf = keyFunction(strategy, [original, modified, current]);
  if (!keyOf) return isSameJson(modified, current) ? current : withoutNulls([...modified]);
  const originals = new Map(original.map(item => [keyOf(item), item]));
  const currents = new Map(current.map(item => [keyOf(item), item]));
  const wanted = new Map(modified.map(item => [keyOf(item), item]));
  const merged = new Map<string, unknown>();
  for (const [key, item] of wanted) {
    const now = currents.get(key);
    merged.set(key, now === undefined ? withoutNulls(item) : mergeValue(originals.get(key), item, now, place));
  }
  const kept = [...currents.keys()].filter(key => !wanted.has(key) && !originals.has(key));
  const order = listOrder([...currents.keys()], [...wanted.keys()], new Set(kept));
  const result = order.map(key => (merged.has(key) ? merged.get(key) : currents.get(key)));
  const isSame = result.length === current.length && result.every((item, i) => item === current[i]);
  return isSame ? current : result;
}

/** Wanted items in their order; what others added stays behind the item it stood behind. */
function listOrder(current: readonly string[], wanted: readonly string[], kept: ReadonlySet<string>): string[] {
  const behind = new Map<string | undefined, string[]>();
  let last: string | undefined;
  const isWanted = new Set(wanted);
  for (const key of current) {
    if (isWanted.has(key)) last = key;
    else if (kept.has(key)) behind.set(last, [...(behind.get(last) ?? []), key]);
  }
  const order = [...(behind.get(undefined) ?? [])];
  for (const key of wanted) order.push(key, ...(behind.get(key) ?? []));
  return order;
}

/** How items of the list are told apart; undefined when it is replaced as a whole, as one whose items lack the key. */
function keyFunction(
  strategy: ListStrategy,
  lists: readonly (readonly unknown[])[],
): ((item: unknown) => string) | undefined {
  if (strategy === 'replace') return undefined;
  if (strategy === 'set') return JSON.stringify;
  const { mergeKey } = strategy;
  const hasKey = (item: unknown): boolean => isObject(item) && item[mergeKey] !== undefined;
  const keyOf = (item: unknown): string => JSON.stringify((item as Json)[mergeKey]);
  const areKeyed = lists.every(list => list.every(hasKey) && new Set(list.map(keyOf)).size === list.length);
  return areKeyed ? keyOf : undefined;
}

/** A value of null in what is wanted means that the field is not wanted. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
