// Strategic merge patch, the way Kubernetes merges lists: by a key of their items where the schema names one, as sets
// where it says so, else as a whole. Directives: `$patch`, `$retainKeys`, `$setElementOrder/<list>`,
// `$deleteFromPrimitiveList/<list>`. The input is never changed.
import { isSameJson, PatchError } from './json-patch.ts';

type Json = Record<string, unknown>;

/** How a list merges: by the items' value of a key, as a set of plain values, or not at all. */
export type ListStrategy = { readonly mergeKey: string } | 'set' | 'replace';

/** The strategy of the list at a path of field names ([] is the document; steps into list items leave no trace). */
export type ListStrategies = (path: readonly string[]) => ListStrategy;

/** `original` with `patch` merged in. Throws PatchError for a patch whose directives make no sense. */
export function applyStrategicMerge(original: unknown, patch: unknown, strategies: ListStrategies): unknown {
  if (!isObject(patch)) throw new PatchError('a strategic merge patch is an object');
  return mergeObject(isObject(original) ? original : {}, patch, [], strategies) ?? {};
}

const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

/** The merged object; undefined when the patch deletes it. */
function mergeObject(
  original: Json,
  patch: Json,
  path: readonly string[],
  strategies: ListStrategies,
): Json | undefined {
  const directive = patch['$patch'];
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return withoutDirectives(patch);
  if (directive !== undefined && directive !== 'merge')
    throw new PatchError(`unknown $patch directive ${JSON.stringify(directive)}`);
  const merged = new Map(Object.entries(retained(original, patch)));
  for (const [key, list] of Object.entries(patch)) {
    if (!key.startsWith(deletePrefix)) continue;
    const name = key.slice(deletePrefix.length);
    merged.set(name, withoutValues(merged.get(name), asList(list, key)));
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    const next = value === null ? undefined : mergeValue(merged.get(key), value, [...path, key], strategies);
    if (next === undefined) merged.delete(key);
    else merged.set(key, next);
  }
  for (const [key, order] of Object.entries(patch)) {
    if (!key.startsWith(orderPrefix)) continue;
    const name = key.slice(orderPrefix.length);
    const list = merged.get(name);
    if (Array.isArray(list)) merged.set(name, ordered(list, asList(order, key), strategies([...path, name])));
  }
  return Object.fromEntries(merged);
}

function retained(original: Json, patch: Json): Json {
  const keep = patch['$retainKeys'];
  if (keep === undefined) return original;
  const names = new Set(asList(keep, '$retainKeys'));
  return Object.fromEntries(Object.entries(original).filter(([key]) => names.has(key)));
}

function mergeValue(original: unknown, value: unknown, path: readonly string[], strategies: ListStrategies): unknown {
  if (isObject(value)) return mergeObject(isObject(original) ? original : {}, value, path, strategies);
  if (!Array.isArray(value)) return value;
  const strategy = strategies(path);
  if (strategy === 'replace' || !Array.isArray(original))
    return strategy === 'replace' ? value : mergeList([], value, { path, strategy, strategies });
  return mergeList(original, value, { path, strategy, strategies });
}

interface ListMerge {
  readonly path: readonly string[];
  readonly strategy: Exclude<ListStrategy, 'replace'>;
  readonly strategies: ListStrategies;
}

function mergeList(original: readonly unknown[], patch: readonly unknown[], how: ListMerge): unknown[] {
  const { strategy } = how;
  if (strategy === 'set') return [...original, ...patch.filter(v => !original.some(o => isSameJson(o, v)))];
  const replaces = patch.some(item => isObject(item) && item['$patch'] === 'replace' && !(strategy.mergeKey in item));
  if (replaces) return patch.filter(item => !(isObject(item) && item['$patch'] === 'replace'));
  return patch.reduce<unknown[]>((list, item) => mergeItem(list, item, strategy.mergeKey, how), [...original]);
}

function mergeItem(list: unknown[], item: unknown, mergeKey: string, { path, strategies }: ListMerge): unknown[] {
  const key = isObject(item) ? item[mergeKey] : undefined;
  if (!isObject(item) || key === undefined)
    throw new PatchError(`an item of ${path.join('.')} has no value for its merge key ${mergeKey}`);
  const at = list.findIndex(o => isObject(o) && isSameJson(o[mergeKey], key));
  const merged = mergeObject(at < 0 ? {} : (list[at] as Json), item, path, strategies);
  if (merged === undefined) return at < 0 ? list : list.toSpliced(at, 1);
  return at < 0 ? [...list, merged] : list.with(at, merged);
}

function withoutDirectives(patch: Json): Json {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith('$')));
}

function withoutValues(list: unknown, values: readonly unknown[]): unknown {
  return Array.isArray(list) ? list.filter(item => !values.some(v => isSameJson(v, item))) : list;
}

/** Items that the order names first, in that order; the others keep their place behind what they stood behind. */
function ordered(list: readonly unknown[], order: readonly unknown[], strategy: ListStrategy): unknown[] {
  if (strategy === 'replace') return [...list];
  const keyOf = (item: unknown): unknown =>
    strategy === 'set' ? item : isObject(item) ? item[strategy.mergeKey] : undefined;
  const wanted = order.map(keyOf);
  const rank = (item: unknown): number => wanted.findIndex(key => isSameJson(key, keyOf(item)));
  const named = list.filter(item => rank(item) >= 0).sort((a, b) => rank(a) - rank(b));
  let next = 0;
  // Items that the order does not know stay where they are; the named ones fill the other places in their order.
  return list.map(item => (rank(item) >= 0 ? named[next++] : item));
}

function asList(value: unknown, key: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new PatchError(`${key} must be a list`);
  return value;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
