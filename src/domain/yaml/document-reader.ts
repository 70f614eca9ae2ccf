// From the events of one YAML document to data.
import type { YamlEvent } from './events/read-events.ts';
import { goSyntax, keyOf, type UnusableKey, unusableKey } from './map-key.ts';
import { copyPlain, isMap, type Plain, type PlainMap, setKey } from './plain.ts';
import { resolveCoreScalar, resolveScalar } from './resolve-scalar.ts';
import { type SecondKey, secondOf } from './second-keys.ts';
import { finite, tagged } from './tagged-value.ts';
import { YamlError } from './yaml-error.ts';

export interface YamlReading {
  /** Words like `yes` and `on` are text, as in YAML 1.2. */
  readonly isCore?: boolean;
  /** A key that a mapping has twice is refused, as Compose does. */
  readonly refusesSecondKeys?: boolean;
  /** Gets the places of keys whose value is tagged `!reset` (left out of the data) or `!override`. */
  readonly marks?: string[][];
}

/** A `<<` key. */
const mergeKey = Symbol('<<');

/** What an anchor marks, from where it begins on: a name may be used again inside. */
interface Anchored {
  value: Plain;
  /** Values in it, itself included; 0 as long as it is being read. */
  size: number;
}

const fewMade = 400_000;
const manyMade = 4_000_000;

/** The more values a document has, the fewer of them may be copies: a few lines must not become gigabytes (Go's rule). */
function isBlownUp(made: number, copied: number): boolean {
  if (copied <= 100 || made <= 1000) return false;
  const share = Math.min(1, Math.max(0, (made - fewMade) / (manyMade - fewMade)));
  return copied / made > 0.99 - 0.89 * share;
}

export class DocumentReader {
  readonly #resolve: typeof resolveScalar;
  readonly #events: readonly YamlEvent[];
  readonly #anchors = new Map<string, Anchored>();
  readonly #seeksSecondKeys: boolean;
  #at = 0;
  /** Values made so far, and how many of them are copies of what an anchor marks. */
  #made = 0;
  #copied = 0;
  /** Keys that their mapping had before. */
  readonly secondKeys: SecondKey[] = [];
  readonly #marks: string[][] | undefined;
  readonly #place: string[] = [];

  constructor(events: readonly YamlEvent[], reading: YamlReading) {
    this.#resolve = reading.isCore ? resolveCoreScalar : resolveScalar;
    this.#seeksSecondKeys = reading.refusesSecondKeys === true;
    this.#marks = reading.marks;
    this.#events = events;
  }

  document(): Plain {
    return this.#events.length === 0 ? null : this.#node();
  }

  #node(): Plain {
    const event = this.#events[this.#at++]!;
    this.#made++;
    if (event.anchor === '') return this.#content(event);
    const before = this.#made;
    const anchored: Anchored = { value: null, size: 0 };
    this.#anchors.set(event.anchor, anchored);
    anchored.value = this.#content(event);
    anchored.size = this.#made - before + 1;
    return anchored.value;
  }

  #content(event: YamlEvent): Plain {
    switch (event.kind) {
      case 'scalar':
        return this.#scalar(event);
      case 'list':
        return this.#list();
      case 'map':
        return this.#map();
      case 'alias':
        return this.#alias(event.text);
      case 'end':
        throw new Error('bug: the end of a list or map in YAML where a value was expected');
    }
  }

  #alias(name: string): Plain {
    const anchored = this.#anchors.get(name);
    if (anchored === undefined) throw new YamlError(`yaml: unknown anchor '${name}' referenced`);
    if (anchored.size === 0) throw new YamlError(`yaml: anchor '${name}' value contains itself`);
    this.#made += anchored.size;
    this.#copied += anchored.size;
    if (isBlownUp(this.#made, this.#copied)) throw new YamlError('yaml: document contains excessive aliasing');
    return copyPlain(anchored.value);
  }

  #scalar({ tag, text, isPlain }: YamlEvent): Plain {
    if (tag !== '') return tagged(tag, text);
    return isPlain ? finite(this.#resolve(text)) : text;
  }

  #list(): Plain[] {
    const items: Plain[] = [];
    while (this.#events[this.#at]!.kind !== 'end') items.push(this.#node());
    this.#at++;
    return items;
  }

  #map(): PlainMap {
    const map: PlainMap = {};
    const keys: { readonly key: string; readonly offset: number }[] = [];
    while (this.#events[this.#at]!.kind !== 'end') {
      const event = this.#events[this.#at]!;
      const key = this.#key();
      if (this.#seeksSecondKeys && event.kind === 'scalar')
        keys.push({ key: typeof key === 'string' ? key : event.text, offset: event.start });
      if (this.#marks && typeof key === 'string' && this.#isReset(key)) continue;
      const value = this.#node();
      if (this.#marks && typeof key === 'string') this.#place.pop();
      if (key === mergeKey) mergeInto(map, value);
      else if (typeof key === 'string') setKey(map, key, value);
      else throw unusableKey(key, value);
    }
    this.#at++;
    if (keys.length > 1) this.secondKeys.push(...secondOf(keys));
    return map;
  }

  /** Notes the place of a value to come, which a mark says to forget or to replace; true: it is read and forgotten. */
  #isReset(key: string): boolean {
    this.#place.push(key);
    const { tag } = this.#events[this.#at]!;
    if (tag !== '!reset' && tag !== '!override') return false;
    this.#marks!.push([...this.#place]);
    if (tag === '!override') return false;
    this.#node();
    this.#place.pop();
    return true;
  }

  #key(): string | typeof mergeKey | UnusableKey {
    const event = this.#events[this.#at]!;
    const { kind, text, isPlain, tag } = event;
    if (kind === 'scalar' && isPlain && tag === '' && event.anchor === '') {
      this.#at++;
      return text === '<<' ? mergeKey : keyOf(this.#resolve(text), text);
    }
    const key = this.#node();
    if (kind === 'scalar' && text === '<<' && (tag === '!!merge' || (isPlain && tag === ''))) return mergeKey;
    if (Array.isArray(key) || isMap(key)) throw new YamlError(`yaml: invalid map key: ${goSyntax(key)}`);
    return keyOf(key, kind === 'scalar' ? text : String(key));
  }
}

/** What is merged beats the keys before it and gives way to those behind it; of several sources the first one wins. */
function mergeInto(map: PlainMap, value: Plain): void {
  const sources = Array.isArray(value) ? value : [value];
  for (const source of [...sources].reverse()) {
    if (!isMap(source)) throw new YamlError('yaml: map merge requires map or sequence of maps as the value');
    for (const [key, item] of Object.entries(source)) setKey(map, key, item);
  }
}
