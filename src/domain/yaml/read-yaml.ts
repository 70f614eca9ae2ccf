// From the text of one YAML document to data, by the rules that Tilt and Kubernetes read YAML with: version 1.1, keys
// become text, a later key beats an earlier one.
import { Buffer } from 'node:buffer';
import { type YamlEvent, yamlLibrary } from './library.ts';
import { copyPlain, isMap, type Plain, type PlainMap, setKey } from './plain.ts';
import { resolveCoreScalar, resolveScalar } from './resolve-scalar.ts';
import { yamlProblem } from './yaml-problem.ts';

/** Why a text is no YAML: the text after `yaml: ` or `json: ` included. */
export class YamlError extends Error {
  override name = 'YamlError';
}

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

/** The first document of a text; null for an empty one. Throws YamlError. */
export function readYaml(text: string, reading: YamlReading = {}): Plain {
  const parsed = parse(text);
  const reader = new DocumentReader(parsed.text, parsed.events, reading);
  const document = reader.document();
  if (reader.secondKeys.length > 0) throw secondKeysProblem(parsed, reader.secondKeys);
  return document;
}

/**
 * The documents of a stream, which `splitDocuments` has taken apart, without those that hold nothing. Throws YamlError
 * for the first that is none.
 * Reading the whole text at once saves what the library does anew for each text; it is good where both see the same
 * number of documents, nothing is wrong, and no other marks begin or end one; otherwise they are read one by one.
 */
export function readDocuments(text: string, documents: readonly string[]): Plain[] {
  const isPlain = documents.length > 1 && !/^(?:\.\.\.|%)/m.test(text);
  const values = isPlain ? readAtOnce(text, documents.length) : undefined;
  return (values ?? documents.map(document => readYaml(document))).filter(value => value !== null);
}

function readAtOnce(text: string, count: number): Plain[] | undefined {
  const { parseEvents, YAMLException } = yamlLibrary();
  try {
    const events = parseEvents(text, { maxDepth });
    const values: Plain[] = [];
    for (let at = 0; at < events.length; ) {
      const reader = new DocumentReader(text, events, {}, at);
      values.push(reader.document());
      at = reader.end;
    }
    return values.length === count ? values : undefined;
  } catch (error) {
    if (error instanceof YAMLException || error instanceof YamlError) return undefined;
    throw error;
  }
}

const maxDepth = 10_000;

interface Parsed {
  readonly text: string;
  readonly events: readonly YamlEvent[];
}

/** More lines than this are not set straight: such a text has a quote that is never closed. */
const mostIndented = 500;

/**
 * The events of a text. Lines within quotes, `[]` and `{}` may stand further left than what is around them (libyaml
 * allows it and templates write such lines); the blanks in front of these lines mean nothing, so they get some.
 */
function parse(given: string): Parsed {
  const { parseEvents, YAMLException } = yamlLibrary();
  let text = given;
  for (let indented = 0; ; indented++) {
    try {
      return { text, events: parseEvents(text, { maxDepth }) };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const { position } = error.mark ?? { position: 0 };
      if (!/deficient indentation/.test(error.message) || indented === mostIndented)
        throw new YamlError(`yaml: ${yamlProblem(error, text)}`);
      const lineStart = text.lastIndexOf('\n', position - 1) + 1;
      text = `${text.slice(0, lineStart)}${' '.repeat(80)}${text.slice(lineStart).replace(/^[ \t]+/, '')}`;
    }
  }
}

interface SecondKey {
  readonly key: string;
  readonly offset: number;
  /** Where the key stood before. */
  readonly firstOffset: number;
}

function secondOf(keys: readonly { readonly key: string; readonly offset: number }[]): SecondKey[] {
  if (new Set(keys.map(({ key }) => key)).size === keys.length) return [];
  return keys.flatMap(({ key, offset }, i) =>
    keys
      .slice(i + 1)
      .filter(later => later.key === key)
      .map(later => ({ key, offset: later.offset, firstOffset: offset })),
  );
}

/** In the words of the library that reads Compose files: the first one, its line after that of the whole mapping. */
function secondKeysProblem({ text, events }: Parsed, found: readonly SecondKey[]): YamlError {
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const first = events.find(event => event.type === scalarEvent) as Extract<YamlEvent, { type: 4 }>;
  const { key, offset, firstOffset } = found.reduce((a, b) => (b.offset < a.offset ? b : a));
  const known = `mapping key ${JSON.stringify(key)} already defined at line ${lineOf(firstOffset)}`;
  return new YamlError(`yaml: unmarshal errors:\n  line ${lineOf(first.valueStart)}: line ${lineOf(offset)}: ${known}`);
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

class DocumentReader {
  readonly #resolve: typeof resolveScalar;
  readonly #text: string;
  readonly #events: readonly YamlEvent[];
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
  constructor(text: string, events: readonly YamlEvent[], reading: YamlReading, from = 0) {
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

  #scalar(event: Extract<YamlEvent, { type: 4 }>): Plain {
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

function scalarText(event: Extract<YamlEvent, { type: 4 }>, text: string): string {
  return event.fast ? text.slice(event.valueStart, event.valueEnd) : yamlLibrary().getScalarValue(text, event);
}

function keyText(key: Plain): string | null {
  if (key === null || typeof key === 'string') return key;
  return String(key);
}

function unusableKey(value: Plain): YamlError {
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return new YamlError(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${shown}`);
}

/** JSON has no infinity, and everything passes through JSON. */
function finite<T extends Plain>(value: T): T {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const shown = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
    throw new YamlError(`json: unsupported value: ${shown}`);
  }
  return value;
}

function tagged(tag: string, text: string, style: number): Plain {
  const short = tag.replace(/^!<tag:yaml\.org,2002:(.*)>$/, '!!$1');
  if (short === '!!str' || short === '!') return text;
  if (short === '!!binary') return Buffer.from(text, 'base64').toString('utf8');
  const value = resolveScalar(text);
  const isWanted = wantedType[short];
  if (!isWanted) return style === plainStyle && short.startsWith('!!') ? finite(value) : text;
  if (isWanted(value)) return finite(value);
  throw new YamlError(`yaml: cannot decode !!${typeName(value)} \`${text}\` as a ${short}`);
}

const wantedType: Readonly<Record<string, ((value: Plain) => boolean) | undefined>> = {
  '!!int': value => typeof value === 'bigint' || Number.isInteger(value),
  '!!float': value => typeof value === 'number' || typeof value === 'bigint',
  '!!bool': value => typeof value === 'boolean',
  '!!null': value => value === null,
};

function typeName(value: Plain): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return 'str';
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
