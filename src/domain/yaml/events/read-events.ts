// The first document of a YAML 1.1 text as events, or the problem that the reader of the Kubernetes tools tells for it:
// the grammar is theirs (libyaml's), with what it accepts beyond the specification and what it refuses of it.
// Does not: look at documents behind the first one, or make values of words.
import { YamlError } from '../yaml-error.ts';
import { Scanner } from './scanner.ts';
import { scalar, type Token, type TokenKind } from './token.ts';

/** What a document consists of. Items stand between a list or map and its end; those of a map are keys and values. */
export interface YamlEvent {
  readonly kind: 'scalar' | 'list' | 'map' | 'alias' | 'end';
  /** Where it begins in the text. */
  readonly start: number;
  /** The value of a scalar, the name that an alias refers to. */
  readonly text: string;
  /** Of a scalar: no quotes, no block; its word may mean something. */
  readonly isPlain: boolean;
  /** The name that aliases refer to it by; empty without one. */
  readonly anchor: string;
  /** `!!str`, `!custom`, or a whole one that does not begin with YAML's own place; empty without one. */
  readonly tag: string;
}

interface Properties {
  readonly anchor: string;
  readonly tag: string;
}

const noProperties: Properties = { anchor: '', tag: '' };

const yamlTags = 'tag:yaml.org,2002:';

const endEvent: YamlEvent = { kind: 'end', start: 0, text: '', isPlain: false, anchor: '', tag: '' };

/** Throws YamlError: `yaml: line 2: did not find expected key`. */
export function readEvents(text: string): YamlEvent[] {
  return new EventReader(text).document();
}

// Words before which a value is left out.
const itemEnds: readonly TokenKind[] = ['-', 'block end'];
const keyItemEnds: readonly TokenKind[] = ['-', '?', ':', 'block end'];
const keyEnds: readonly TokenKind[] = ['?', ':', 'block end'];
const flowValueEnds: readonly TokenKind[] = [',', '}'];
const flowKeyEnds: readonly TokenKind[] = [':', ',', '}'];
const pairValueEnds: readonly TokenKind[] = [',', ']'];
const pairKeyEnds: readonly TokenKind[] = [':', ',', ']'];

type Step = (reader: EventReader) => void;

class EventReader {
  readonly #scanner: Scanner;
  readonly #events: YamlEvent[] = [];
  /** What is to be read next, the nearest last: a text may be nested deeper than functions may. */
  readonly #steps: Step[] = [];
  readonly #anchors = new Set<string>();
  /** What handles of tags stand for. */
  readonly #handles = new Map([
    ['', ''],
    ['!', '!'],
    ['!!', yamlTags],
  ]);

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  document(): YamlEvent[] {
    const first = this.#scanner.peek().kind;
    if (first === 'stream end') return [];
    const isExplicit = first === 'document start' || first === 'version' || first === 'tag directive';
    if (isExplicit) this.#directives();
    if (isExplicit && this.#isNext(['version', 'tag directive', 'document start', 'document end', 'stream end']))
      this.#empty();
    else this.#node('block');
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) step(this);
    // The word behind a document is looked at, whatever it is.
    this.#scanner.peek();
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
        if (declared.has(token.text)) throw fault('found duplicate %TAG directive', token);
        declared.add(token.text);
        this.#handles.set(token.text, token.suffix);
      } else break;
      this.#scanner.take();
    }
    if (this.#scanner.peek().kind !== 'document start')
      throw fault('did not find expected <document start>', this.#scanner.peek());
    this.#scanner.take();
  }

  #isNext(kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.#scanner.peek().kind);
  }

  /** Takes the next word if it is one of these. */
  #takes(kind: TokenKind): boolean {
    if (this.#scanner.peek().kind !== kind) return false;
    this.#scanner.take();
    return true;
  }

  #then(step: Step, next?: Step): void {
    if (next) this.#steps.push(next);
    this.#steps.push(step);
  }

  #empty(properties = noProperties): void {
    this.#push('scalar', scalar({ line: 0, start: this.#scanner.peek().start, text: '', isPlain: true }), properties);
  }

  #push(kind: YamlEvent['kind'], { start, text, isPlain }: Token, { anchor, tag }: Properties): void {
    this.#events.push({ kind, start, text, isPlain, anchor, tag });
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
    if (kind === 'block or items' && token.kind === '-') this.#open('list', token, properties, itemsAtKey);
    else if (token.kind === 'scalar') this.#push('scalar', this.#scanner.take(), properties);
    else if (token.kind === '[') this.#open('list', this.#scanner.take(), properties, firstFlowItem);
    else if (token.kind === '{') this.#open('map', this.#scanner.take(), properties, firstFlowKey);
    else if (kind !== 'flow' && token.kind === 'sequence start')
      this.#open('list', this.#scanner.take(), properties, blockItems);
    else if (kind !== 'flow' && token.kind === 'mapping start')
      this.#open('map', this.#scanner.take(), properties, blockKeys);
    else if (properties !== noProperties) this.#empty(properties);
    else throw fault('did not find expected node content', token);
  }

  #alias(token: Token): void {
    if (!this.#anchors.has(token.text)) throw new YamlError(`yaml: unknown anchor '${token.text}' referenced`);
    this.#push('alias', token, noProperties);
  }

  /** An anchor and a tag, in any order. */
  #properties(): Properties {
    let anchor: Token | undefined;
    let tag: Token | undefined;
    for (;;) {
      if (!anchor && this.#scanner.peek().kind === 'anchor') anchor = this.#scanner.take();
      else if (!tag && this.#scanner.peek().kind === 'tag') tag = this.#scanner.take();
      else break;
    }
    if (!anchor && !tag) return noProperties;
    const properties = { anchor: anchor?.text ?? '', tag: tag ? this.#tagName(tag) : '' };
    if (anchor) this.#anchors.add(anchor.text);
    return properties;
  }

  #tagName(token: Token): string {
    const prefix = this.#handles.get(token.text);
    if (prefix === undefined) throw fault('found undefined tag handle', token);
    const name = prefix + token.suffix;
    return name.startsWith(yamlTags) ? `!!${name.slice(yamlTags.length)}` : name;
  }

  #open(kind: 'list' | 'map', token: Token, properties: Properties, items: Step): void {
    this.#push(kind, token, properties);
    this.#then(items);
  }

  close(): void {
    this.#events.push(endEvent);
  }

  blockItems(): void {
    if (this.#takes('block end')) this.close();
    else if (!this.#takes('-')) throw fault("did not find expected '-' indicator", this.#scanner.peek());
    else {
      this.#then(blockItems);
      if (this.#isNext(itemEnds)) this.#empty();
      else this.#node('block');
    }
  }

  itemsAtKey(): void {
    if (!this.#takes('-')) {
      this.close();
      return;
    }
    this.#then(itemsAtKey);
    if (this.#isNext(keyItemEnds)) this.#empty();
    else this.#node('block');
  }

  blockKeys(): void {
    if (this.#takes('block end')) this.close();
    else if (!this.#takes('?')) throw fault('did not find expected key', this.#scanner.peek());
    else {
      this.#then(blockValue, blockKeys);
      if (this.#isNext(keyEnds)) this.#empty();
      else this.#node('block or items');
    }
  }

  blockValue(): void {
    if (this.#takes(':') && !this.#isNext(keyEnds)) this.#node('block or items');
    else this.#empty();
  }

  flowItem(isFirst: boolean): void {
    if (!isFirst && this.#scanner.peek().kind !== ']' && !this.#takes(','))
      throw fault("did not find expected ',' or ']'", this.#scanner.peek());
    if (this.#takes(']')) {
      this.close();
      return;
    }
    this.#then(laterFlowItem);
    const pair = this.#scanner.peek();
    if (!this.#takes('?')) {
      this.#node('flow');
      return;
    }
    // `[a: 1]` is a mapping of one key.
    this.#push('map', pair, noProperties);
    this.#then(pairValue, reader => reader.close());
    if (!this.#isNext(pairKeyEnds)) this.#node('flow');
    else {
      // Libyaml takes the word here, of whatever kind it is.
      this.#scanner.take();
      this.#empty();
    }
  }

  pairValue(): void {
    if (this.#takes(':') && !this.#isNext(pairValueEnds)) this.#node('flow');
    else this.#empty();
  }

  flowKey(isFirst: boolean): void {
    if (!isFirst && this.#scanner.peek().kind !== '}' && !this.#takes(','))
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
    if (this.#isNext(flowKeyEnds)) this.#empty();
    else this.#node('flow');
  }

  flowValue(): void {
    if (this.#takes(':') && !this.#isNext(flowValueEnds)) this.#node('flow');
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
