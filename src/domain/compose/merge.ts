// Several Compose files, or a service and the one that it extends, as one: maps merge, lists add up, commands and
// scalars are replaced (Compose specification). Both sides are in their long form.
import { getKey, isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';

/** Replaced as a whole, never merged. */
const replaced = new Set(['command', 'entrypoint', 'test']);

/** What makes two entries of a list the same one: the later replaces the earlier. */
const identities: Readonly<Record<string, (item: PlainMap) => string>> = {
  volumes: item => String(item['target']),
  ports: item => [item['host_ip'], item['target'], item['published'], item['protocol']].join(' '),
  secrets: item => String(item['target'] ?? item['source']),
  configs: item => String(item['target'] ?? item['source']),
  devices: item => String(item['target']),
  env_file: item => String(item['path']),
};

/** `base` with everything of `over` on top. */
export function mergeCompose(base: PlainMap, over: PlainMap): PlainMap {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = getKey(merged, key);
    setKey(merged, key, before === undefined ? value : mergeValue(key, before, value));
  }
  return merged;
}

function mergeValue(key: string, before: Plain, after: Plain): Plain {
  if (after === null) return before;
  if (replaced.has(key)) return after;
  if (isMap(before) && isMap(after))
    return key === 'logging' ? mergeLogging(before, after) : mergeCompose(before, after);
  if (Array.isArray(before) && Array.isArray(after)) return mergeLists(key, before, after);
  return after;
}

/** Options belong to their driver. */
function mergeLogging(before: PlainMap, after: PlainMap): PlainMap {
  const isSame =
    after['driver'] === undefined || before['driver'] === undefined || after['driver'] === before['driver'];
  return isSame ? mergeCompose(before, after) : after;
}

function mergeLists(key: string, before: readonly Plain[], after: readonly Plain[]): Plain[] {
  const identity = Object.hasOwn(identities, key) ? identities[key] : undefined;
  const idOf = (item: Plain): string => (identity && isMap(item) ? identity(item) : JSON.stringify(item));
  const items = new Map<string, Plain>();
  for (const item of [...before, ...after]) items.set(idOf(item), item);
  return [...items.values()];
}
