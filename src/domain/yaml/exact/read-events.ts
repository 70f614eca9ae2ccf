// The first document of a YAML 1.1 text as the events that the library gives, or the problem that the reader of the
// Kubernetes tools tells for it. Slower than the library; it is for texts that the library refuses, and for those that
// it is known to see differently.
// Does not: look at documents behind the first one, or make values of words.
import type { YamlEvent } from '../library.ts';
import { YamlError } from '../yaml-error.ts';
import { Scanner } from './scanner.ts';
import type { Token, TokenKind } from './token.ts';

/** An event; a scalar of this reader has its text with it. */
export type ExactEvent = YamlEvent & { readonly value?: string };

interface Properties {
  readonly anchorStart: number;
  readonly anchorEnd: number;
  readonly tagStart: number;
  readonly tagEnd: number;
}

const noProperties: Properties = { anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 };

const pop: ExactEvent = { type: 6 };

/** Throws YamlError: `yaml: line 2: did not find expected key`. */
export function readEvents(text: string): ExactEvent[] {
  return new EventReader(text).document();
}

type Step = (reader: EventReader) => void;

class EventReader {
  readonly #text: string;
  readonly #scanner: Scanner;
  readonly #events: ExactEvent[] = [];
  /** What is to be read next, the nearest last: a text may be nested deeper than functions may. */
  readonly #steps: Step[] = [];
  readonly #anchors = new Set<string>();
  readonly #handles = new Set(['', '!', '!!']);

  constructor(text: string) {
    this.#text = text;
    this.#scanner = new Scanner(text);
  }

  document(): ExactEvent[] {
    const first = this.#scanner.peek().kind;
    if (first === 'stream end') return [];
    const isExplicit = first === 'document start' || first === 'version' || first === 'tag directive';
    if (isExplicit) this.#directives();
    this.#events.push({ type: 1, explicitStart: isExplicit, explicitEnd: false, directives: [] });
    if (isExplicit && this.#isNext('version', 'tag directive', 'document start', 'document end', 'stream end'))
      this.#empty();
    else this.#node('block');
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) step(this);
    // The word behind a document is looked at, whatever it is.
    this.#scanner.peek();
    this.#events.push(pop);
    return this.#events;
  }

  #directives(): void {
    let hasVersion = false;
    const declared = new Set<string>();
    for (let token = this.#scanner.peek(); ; token = this.#scanner.peek()) {
      if (token.kind === 'version') {
        if (hasVersion) throw fault('found duplicate %YAML directive', token);
        if (token.text !== '1.1') throw fault('found incompatible YAML document', token);
        hasVersion = true;
      } else if (token.kind === 'tag directive') {
        if (declared.has(token.text!)) throw fault('found duplicate %TAG directive', token);
        declared.add(token.text!);
        this.#handles.add(token.text!);
      } else break;
      this.#scanner.take();
    }
    if (!this.#isNext('document start')) throw fault('did not find expected <document start>', this.#scanner.peek());
    this.#scanner.take();
  }

  #isNext(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.#scanner.peek().kind);
  }

  /** Takes the next word if it is one of these. */
  #takes(kind: TokenKind): boolean {
    if (this.#scanner.peek().kind !== kind) return false;
    this.#scanner.take();
    return true;
  }

  #then(...steps: readonly Step[]): void {
    this.#steps.push(...[...steps].reverse());
  }

  #empty(properties = noProperties): void {
    const { start } = this.#scanner.peek();
    this.#scalar({ kind: 'scalar', line: 0, start, end: start, text: '', style: 1 }, properties);
  }

  #scalar({ start, end, text, style }: Token, properties: Properties): void {
    const places = { valueStart: start, valueEnd: end, chomping: 1 as const, indent: -1, fast: false };
    this.#events.push({ type: 4, ...places, ...properties, style: style!, value: text! });
  }

  /** A value, or what there is of it before its items. In a `key:` items may stand as far left as the key. */
  #node(kind: 'block' | 'block or items' | 'flow'): void {
    const start = this.#scanner.peek();
    if (start.kind === 'alias') {
      this.#alias(this.#scanner.take());
      return;
    }
    const properties = this.#properties();
    const token = this.#scanner.peek();
    if (kind === 'block or items' && token.kind === '-') this.#open(2, token, properties, itemsAtKey);
    else if (token.kind === 'scalar') this.#scalar(this.#scanner.take(), properties);
    else if (token.kind === '[') this.#open(2, this.#scanner.take(), properties, firstFlowItem);
    else if (token.kind === '{') this.#open(3, this.#scanner.take(), properties, firstFlowKey);
    else if (kind !== 'flow' && token.kind === 'sequence start')
      this.#open(2, this.#scanner.take(), properties, blockItems);
    else if (kind !== 'flow' && token.kind === 'mapping start')
      this.#open(3, this.#scanner.take(), properties, blockKeys);
    else if (properties !== noProperties) this.#empty(properties);
    else throw fault('did not find expected node content', token);
  }

  #alias(token: Token): void {
    const name = this.#text.slice(token.start, token.end);
    if (!this.#anchors.has(name)) throw new YamlError(`yaml: unknown anchor '${name}' referenced`);
    this.#events.push({ type: 5, anchorStart: token.start, anchorEnd: token.end });
  }

  /** An anchor and a tag, in any order. */
  #properties(): Properties {
    let anchor: Token | undefined;
    let tag: Token | undefined;
    for (;;) {
      if (!anchor && this.#isNext('anchor')) anchor = this.#scanner.take();
      else if (!tag && this.#isNext('tag')) tag = this.#scanner.take();
      else break;
    }
    if (!anchor && !tag) return noProperties;
    if (tag && !this.#handles.has(tag.text!)) throw fault('found undefined tag handle', tag);
    if (anchor) this.#anchors.add(this.#text.slice(anchor.start, anchor.end));
    return {
      anchorStart: anchor?.start ?? -1,
      anchorEnd: anchor?.end ?? -1,
      tagStart: tag?.start ?? -1,
      tagEnd: tag?.end ?? -1,
    };
  }

  #open(type: 2 | 3, { start, kind }: Token, properties: Properties, items: Step): void {
    const style = kind === '[' || kind === '{' ? 2 : 1;
    this.#events.push({ type, start, style, ...properties });
    this.#then(items);
  }

  close(): void {
    this.#events.push(pop);
  }

  blockItems(): void {
    if (this.#takes('block end')) this.close();
    else if (!this.#takes('-')) throw fault("did not find expected '-' indicator", this.#scanner.peek());
    else {
      this.#then(blockItems);
      if (this.#isNext('-', 'block end')) this.#empty();
      else this.#node('block');
    }
  }

  itemsAtKey(): void {
    if (!this.#takes('-')) {
      this.close();
      return;
    }
    this.#then(itemsAtKey);
    if (this.#isNext('-', '?', ':', 'block end')) this.#empty();
    else this.#node('block');
  }

  blockKeys(): void {
    if (this.#takes('block end')) this.close();
    else if (!this.#takes('?')) throw fault('did not find expected key', this.#scanner.peek());
    else {
      this.#then(blockValue, blockKeys);
      if (this.#isNext('?', ':', 'block end')) this.#empty();
      else this.#node('block or items');
    }
  }

  blockValue(): void {
    if (this.#takes(':') && !this.#isNext('?', ':', 'block end')) this.#node('block or items');
    else this.#empty();
  }

  flowItem(isFirst: boolean): void {
    if (!isFirst && !this.#isNext(']') && !this.#takes(','))
      throw fault("did not find expected ',' or ']'", this.#scanner.peek());
    if (this.#takes(']')) {
      this.close();
      return;
    }
    this.#then(laterFlowItem);
    const { start } = this.#scanner.peek();
    if (!this.#takes('?')) {
      this.#node('flow');
      return;
    }
    // `[a: 1]` is a mapping of one key.
    this.#events.push({ type: 3, start, style: 2, ...noProperties });
    this.#then(pairValue, reader => reader.close());
    if (!this.#isNext(':', ',', ']')) this.#node('flow');
    else {
      // Libyaml takes the word here, of whatever kind it is.
      this.#scanner.take();
      this.#empty();
    }
  }

  pairValue(): void {
    if (this.#takes(':') && !this.#isNext(',', ']')) this.#node('flow');
    else this.#empty();
  }

  flowKey(isFirst: boolean): void {
    if (!isFirst && !this.#isNext('}') && !this.#takes(','))
      throw fault("did not find expected ',' or '}'", this.#scanner.peek());
    if (this.#takes('}')) {
      this.close();
      return;
    }
    if (!this.#takes('?')) {
      this.#then(reader => reader.#empty(), laterFlowKey);
      this.#node('flow');
      return;
    }
    this.#then(flowValue, laterFlowKey);
    if (this.#isNext(':', ',', '}')) this.#empty();
    else this.#node('flow');
  }

  flowValue(): void {
    if (this.#takes(':') && !this.#isNext(',', '}')) this.#node('flow');
    else this.#empty();
  }
}

const blockItems: Step = reader => reader.blockItems();
const itemsAtKey: Step = reader => reader.itemsAtKey();
const blockKeys: Step = reader => reader.blockKeys();
const blockValue: Step = reader => reader.blockValue();
const firstFlowItem: Step = reader => reader.flowItem(true);
const laterFlowItem: Step = reader => reader.flowItem(false);
const pairValue: Step = reader => reader.pairValue();
const firstFlowKey: Step = reader => reader.flowKey(true);
const laterFlowKey: Step = reader => reader.flowKey(false);
const flowValue: Step = reader => reader.flowValue();

/** What is wrong with the grammar at a word; such lines are told as they are, from 0 on, and 0 is not told. */
function fault(words: string, { line }: Token): YamlError {
  return new YamlError(line === 0 ? `yaml: ${words}` : `yaml: line ${line}: ${words}`);
}
