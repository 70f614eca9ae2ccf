// `--sort-by`: objects in the order of one field.
import { parseJsonPathTemplate, relaxedPath } from '../../domain/json/json-path-template.ts';
import type { Plain } from '../../domain/yaml/plain.ts';
import type { AnyObject } from './object-client.ts';
import { wrongUse } from './words.ts';

/** The items in order of the field; those without it come first, as they were. Throws ObjectFailure for a bad path. */
export function sortByField<T>(items: readonly T[], path: string, objectOf: (item: T) => AnyObject): readonly T[] {
  let template: ReturnType<typeof parseJsonPathTemplate>;
  try {
    template = parseJsonPathTemplate(relaxedPath(path));
  } catch (error) {
    throw wrongUse((error as Error).message);
  }
  const keyed = items.map(item => ({ item, key: template.find(objectOf(item), { allowMissing: true })[0] }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ item }) => item);
}

function compareKeys(a: Plain | undefined, b: Plain | undefined): number {
  if (a === undefined || a === null) return b === undefined || b === null ? 0 : -1;
  if (b === undefined || b === null) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareText(String(a), String(b));
}

/** Digits inside of names count as numbers: `web-2` comes before `web-10`. */
function compareText(a: string, b: string): number {
  const [aParts, bParts] = [a, b].map(text => text.split(/(\d+)/)) as [string[], string[]];
  for (let i = 0; i < Math.min(aParts.length, bParts.length); i++) {
    const [x, y] = [aParts[i]!, bParts[i]!];
    if (x === y) continue;
    if (i % 2 === 1 && Number(x) !== Number(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return aParts.length - bParts.length;
}
