// From the events of one YAML document to data.
import type { ExactEvent } from './exact/read-events.ts';
import { yamlLibrary } from './library.ts';
import { copyPlain, isMap, type Plain, type PlainMap, setKey } from './plain.ts';
import { resolveCoreScalar, resolveScalar } from './resolve-scalar.ts';
import { type SecondKey, secondOf } from './second-keys.ts';
import { finite, tagged } from './tagged-value.ts';
import { YamlError } from './yaml-error.ts';

const documentEvent = 1;
const sequenceEvent = 2;
const mappingEvent = 3;
const scalarEvent = 4;
const aliasEvent = 5;
const popEvent = 6;
const plainStyle = 1;
const noTag = -1;

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

interface Anchored {
  readonly value: Plain;
  /** Values in it, itself included. */
  readonly size: number;
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
  readonly #text: string;
  readonly #events: readonly ExactEvent[];
  readonly #anchors = new Map<string, Anchored>();
  readonly #open = new Set<string>();
  readonly #seeksSecondKeys: boolean;
  #at: number;
  /** Values made so far, and how many of them are copies of what an anchor marks. */
  #made = 0;
  #copied = 0;
  /** Keys that their mapping had before. */
  readonly secondKeys: SecondKey[] = [];
  readonly #marks: string[][] | undefined;
  readonly #place: string[] = [];

  /** Reads the document whose events begin at `from`. */
  constructor(text: string, events: readonly ExactEvent[], reading: YamlReading, from = 0) {
    this.#at = from;
    this.#resolve = reading.isCore ? resolveCoreScalar : resolveScalar;
    this.#seeksSecondKeys = reading.refusesSecondKeys === true;
    this.#marks = reading.marks;
    this.#text = text;
    this.#events = events;
  }

  document(): Plain {
    if (this.#events[this.#at]?.type !== documentEvent) return null;
    this.#at++;
    return this.#events[this.#at]?.type === popEvent ? null : this.#node();
  }

  /** Where the events of the next document begin, once this one is read. */
  get end(): number {
    return this.#at + 1;
  }

  #node(): Plain {
    const event = this.#events[this.#at++]!;
    this.#made++;
    switch (event.type) {
      case scalarEvent:
        return this.#anchored(event, () => this.#scalar(event));
      case sequenceEvent:
        return this.#anchored(event, () => this.#sequence());
      case mappingEvent:
        return this.#anchored(event, () => this.#mapping());
      case aliasEvent:
        return this.#alias(this.#text.slice(event.anchorStart, event.anchorEnd));
      default:
        throw new Error(`bug: a YAML event of type ${event.type} where a value was expected`);
    }
  }

  #anchored(event: { readonly anchorStart: number; readonly anchorEnd: number }, read: () => Plain): Plain {
    if (event.anchorStart < 0) return read();
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    this.#open.add(name);
    const before = this.#made;
    const value = read();
    this.#open.delete(name);
    this.#anchors.set(name, { value, size: this.#made - before + 1 });
    return value;
  }

  #alias(name: string): Plain {
    if (this.#open.has(name)) throw new YamlError(`yaml: anchor '${name}' value contains itself`);
    const anchored = this.#anchors.get(name);
    if (anchored === undefined) throw new YamlError(`yaml: unknown anchor '${name}' referenced`);
    this.#made += anchored.size;
    this.#copied += anchored.size;
    if (isBlownUp(this.#made, this.#copied)) throw new YamlError('yaml: document contains excessive aliasing');
    return copyPlain(anchored.value);
  }

  #scalar(event: Extract<ExactEvent, { type: 4 }>): Plain {
    const value = scalarText(event, this.#text);
    if (event.tagStart !== noTag) return tagged(this.#text.slice(event.tagStart, event.tagEnd), value, event.style);
    return event.style === plainStyle ? finite(this.#resolve(value)) : value;
  }

  #sequence(): Plain[] {
    const items: Plain[] = [];
    while (this.#events[this.#at]!.type !== popEvent) items.push(this.#node());
    this.#at++;
    return items;
  }

  #mapping(): PlainMap {
    const map: PlainMap = {};
    const keys: { readonly key: string; readonly offset: number }[] = [];
    while (this.#events[this.#at]!.type !== popEvent) {
      const event = this.#events[this.#at]!;
      const key = this.#key();
      if (this.#seeksSecondKeys && event.type === scalarEvent)
        keys.push({ key: key === mergeKey ? '<<' : String(key), offset: event.valueStart });
      if (this.#marks && typeof key === 'string' && this.#isReset(key)) continue;
      const value = this.#node();
      if (this.#marks && typeof key === 'string') this.#place.pop();
      if (key === mergeKey) mergeInto(map, value);
      else if (key === null) throw unusableKey(value);
      else setKey(map, key, value);
    }
    this.#at++;
    if (keys.length > 1) this.secondKeys.push(...secondOf(keys));
    return map;
  }

  /** Notes the place of a value to come, which a mark says to forget or to replace; true: it is read and forgotten. */
  #isReset(key: string): boolean {
    this.#place.push(key);
    const event = this.#events[this.#at]!;
    const hasTag = 'tagStart' in event && event.tagStart !== noTag;
    const tag = hasTag ? this.#text.slice(event.tagStart, event.tagEnd) : '';
    if (tag !== '!reset' && tag !== '!override') return false;
    this.#marks!.push([...this.#place]);
    if (tag === '!override') return false;
    this.#node();
    this.#place.pop();
    return true;
  }

  /** The key as text; null for a null key. */
  #key(): string | null | typeof mergeKey {
    const event = this.#events[this.#at]!;
    if (event.type === scalarEvent && event.style === plainStyle && event.tagStart === noTag && event.anchorStart < 0) {
      this.#at++;
      const text = scalarText(event, this.#text);
      return text === '<<' ? mergeKey : keyText(this.#resolve(text));
    }
    const key = this.#node();
    if (Array.isArray(key) || isMap(key)) throw new YamlError(`yaml: invalid map key: ${goSyntax(key)}`);
    return keyText(key);
  }
}

function scalarText(event: Extract<ExactEvent, { type: 4 }>, text: string): string {
  if (event.value !== undefined) return event.value;
  return event.fast ? text.slice(event.valueStart, event.valueEnd) : yamlLibrary().getScalarValue(text, event);
}

function keyText(key: Plain): string | null {
  if (key === null || typeof key === 'string') return key;
  if (typeof key !== 'number' || Number.isFinite(key)) return String(key);
  return Number.isNaN(key) ? '.nan' : key > 0 ? '.inf' : '-.inf';
}

function unusableKey(value: Plain): YamlError {
  const shown = value === null ? '<nil>' : goSyntax(value);
  return new YamlError(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${shown}`);
}

/** What is merged beats the keys before it and gives way to those behind it; of several sources the first one wins. */
function mergeInto(map: PlainMap, value: Plain): void {
  const sources = Array.isArray(value) ? value : [value];
  for (const source of [...sources].reverse()) {
    if (!isMap(source)) throw new YamlError('yaml: map merge requires map or sequence of maps as the value');
    for (const [key, item] of Object.entries(source)) setKey(map, key, item);
  }
}

function goSyntax(value: Plain): string {
  if (value === null) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isMap(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${goSyntax(item)}`);
    return `map[interface {}]interface {}{${entries.join(', ')}}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
