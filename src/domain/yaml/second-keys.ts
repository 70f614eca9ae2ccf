// Keys that a mapping has twice, which the reader of Compose files refuses.
import type { YamlEvent } from './events/read-events.ts';
import { YamlError } from './yaml-error.ts';

export interface SecondKey {
  readonly key: string;
  readonly offset: number;
  /** Where the key stood before. */
  readonly firstOffset: number;
}

/** Each key that its mapping had before. */
export function secondOf(keys: readonly { readonly key: string; readonly offset: number }[]): SecondKey[] {
  if (new Set(keys.map(({ key }) => key)).size === keys.length) return [];
  return keys.flatMap(({ key, offset }, i) =>
    keys
      .slice(i + 1)
      .filter(later => later.key === key)
      .map(later => ({ key, offset: later.offset, firstOffset: offset })),
  );
}

/** In the words of the library that reads Compose files: the first one, its line after that of the whole mapping. */
export function secondKeysProblem(text: string, events: readonly YamlEvent[], found: readonly SecondKey[]): YamlError {
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const first = events.find(event => event.kind === 'scalar')!;
  const { key, offset, firstOffset } = found.reduce((a, b) => (b.offset < a.offset ? b : a));
  const known = `mapping key ${JSON.stringify(key)} already defined at line ${lineOf(firstOffset)}`;
  return new YamlError(`yaml: unmarshal errors:\n  line ${lineOf(first.start)}: line ${lineOf(offset)}: ${known}`);
}
