// The words of a YAML 1.1 text, one after the other. Block collections have no words of their own: they begin and end
// with the columns of what is in them; and that something is a key shows only with the `:` behind it. Here is what
// libyaml is known to do with both, so that a broken text gets the problem that users of Kubernetes tools know.
import { Cursor, end, isBlank, isBreak, isGap } from './cursor.ts';
import { scanAnchor, scanDirective, scanTag } from './scan-name.ts';
import { scanBlock, scanPlain, scanQuoted } from './scan-scalar.ts';
import { mark, scalar, type Token, type TokenKind } from './token.ts';

const maxDepth = 10_000;

/** A key without `?` is one line of at most so many characters. */
const longestKey = 1024;

/** A word that is a key should a `:` follow. */
interface PossibleKey {
  /** Nothing else than a key may stand there. */
  readonly isRequired: boolean;
  /** How many words come before it. */
  readonly index: number;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Characters are two units at most, so only keys of about that length need to be counted. */
function isShortKey(text: string, start: number, end: number): boolean {
  const units = end - start;
  if (units <= longestKey || units > 2 * longestKey) return units <= longestKey;
  return [...text.slice(start, end)].length <= longestKey;
}

type Scan = (scanner: Scanner) => void;

export class Scanner {
  readonly #cursor: Cursor;
  #queue: Token[] = [];
  #head = 0;
  /** Words handed out. */
  #taken = 0;
  /** The column of the innermost block collection, and of those around it. */
  #indent = -1;
  readonly #indents: number[] = [];
  /** The possible key of each open `[` and `{`, the first one that of the block around. */
  readonly #keys: (PossibleKey | undefined)[] = [undefined];
  /** For the place of a word at which depth it was a possible key. */
  readonly #keyDepths = new Map<number, number>();
  #mayBeKey = true;

  constructor(text: string) {
    this.#cursor = new Cursor(text);
  }

  /** The next word; it stays there. Throws YamlError. */
  peek(): Token {
    while (this.#needsMore()) this.#fetch();
    return this.#queue[this.#head]!;
  }

  /** The next word, which the one behind it follows. Throws YamlError. */
  take(): Token {
    const token = this.peek();
    this.#keyDepths.delete(this.#taken);
    this.#head++;
    this.#taken++;
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
    }
    return token;
  }

  /** The first word may still turn out to have a key mark in front of it. */
  #needsMore(): boolean {
    if (this.#head === this.#queue.length) return true;
    const depth = this.#keyDepths.get(this.#taken);
    return depth !== undefined && this.#keys[depth]?.index === this.#taken && this.#validKey(depth) !== undefined;
  }

  get #flowDepth(): number {
    return this.#keys.length - 1;
  }

  /** The possible key at a depth if a `:` here would make it one. */
  #validKey(depth: number): PossibleKey | undefined {
    const key = this.#keys[depth];
    if (!key) return undefined;
    const { offset, line, text } = this.#cursor;
    if (key.line === line && isShortKey(text, key.offset, offset)) return key;
    if (key.isRequired) throw this.#cursor.fault("could not find expected ':'");
    this.#keys[depth] = undefined;
    return undefined;
  }

  #saveKey(): void {
    const { line, column, offset } = this.#cursor;
    if (!this.#mayBeKey) return;
    this.#dropKey();
    const depth = this.#flowDepth;
    const index = this.#taken + this.#queue.length - this.#head;
    this.#keys[depth] = { isRequired: depth === 0 && this.#indent === column, index, line, column, offset };
    this.#keyDepths.set(index, depth);
  }

  #dropKey(): void {
    const depth = this.#flowDepth;
    if (this.#keys[depth]?.isRequired) throw this.#cursor.fault("could not find expected ':'");
    this.#keys[depth] = undefined;
  }

  /** A collection begins at a column further right than the one around; in the queue before the word `index`. */
  #open(column: number, kind: TokenKind, line: number, index?: number): void {
    if (this.#flowDepth > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > maxDepth) throw this.#cursor.fault(`exceeded max depth of ${maxDepth}`);
    this.#insert(mark(kind, line, this.#cursor.offset), index);
  }

  #insert(token: Token, index?: number): void {
    if (index === undefined) this.#queue.push(token);
    else this.#queue.splice(this.#head + index - this.#taken, 0, token);
  }

  /** All collections further right than a column end. */
  #close(column: number): void {
    if (this.#flowDepth > 0) return;
    while (this.#indent > column) {
      this.#push('block end');
      this.#indent = this.#indents.pop()!;
    }
  }

  #push(kind: TokenKind, length = 0): void {
    const { line, offset } = this.#cursor;
    this.#queue.push(mark(kind, line, offset));
    if (length > 0) this.#cursor.skip(length);
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      while (cursor.code() === 32 || (cursor.code() === 9 && (this.#flowDepth > 0 || !this.#mayBeKey))) cursor.skip();
      if (cursor.code() === 35) cursor.skipToLineEnd();
      if (!isBreak(cursor.code())) return;
      cursor.takeBreak();
      if (this.#flowDepth === 0) this.#mayBeKey = true;
    }
  }

  #fetch(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#close(cursor.column);
    cursor.code(3);
    const code = cursor.code();
    const scan = this.#markAt(code);
    if (code === end) this.#fetchEnd();
    else if (cursor.column === 0 && code === 37) this.#fetchDirective();
    else if (cursor.isAtMark('---')) this.#fetchDocumentMark('document start');
    else if (cursor.isAtMark('...')) this.#fetchDocumentMark('document end');
    else if (scan) scan(this);
    else if (this.#startsPlain(code)) this.#fetchPlain();
    else throw cursor.fault('found character that cannot start any token');
  }

  #markAt(code: number): Scan | undefined {
    const char = String.fromCharCode(code);
    const isFlow = this.#flowDepth > 0;
    if (char === '-' || char === '?' || char === ':') {
      const isMark = isGap(this.#cursor.code(1)) || (isFlow && char !== '-');
      return isMark ? marks[char] : undefined;
    }
    if (isFlow && (char === '|' || char === '>')) return undefined;
    return marks[char];
  }

  #startsPlain(code: number): boolean {
    const char = String.fromCharCode(code);
    if (char === '-') return !isBlank(this.#cursor.code(1));
    if (char === '?' || char === ':') return this.#flowDepth === 0 && !isGap(this.#cursor.code(1));
    return !isGap(code) && !',[]{}#&*!|>\'"%@`'.includes(char);
  }

  #fetchEnd(): void {
    const cursor = this.#cursor;
    if (cursor.column > 0) {
      cursor.column = 0;
      cursor.line++;
    }
    this.#close(-1);
    this.#dropKey();
    this.#mayBeKey = false;
    this.#push('stream end');
  }

  #fetchDirective(): void {
    this.#close(-1);
    this.#dropKey();
    this.#mayBeKey = false;
    this.#queue.push(scanDirective(this.#cursor));
  }

  #fetchDocumentMark(kind: TokenKind): void {
    this.#close(-1);
    this.#dropKey();
    this.#mayBeKey = false;
    this.#push(kind, 3);
  }

  fetchFlowStart(kind: '[' | '{'): void {
    this.#saveKey();
    this.#keys.push(undefined);
    if (this.#flowDepth > maxDepth) throw this.#cursor.fault(`exceeded max depth of ${maxDepth}`);
    this.#mayBeKey = true;
    this.#push(kind, 1);
  }

  fetchFlowEnd(kind: ']' | '}'): void {
    this.#dropKey();
    if (this.#flowDepth > 0) this.#keys.pop();
    this.#mayBeKey = false;
    this.#push(kind, 1);
  }

  fetchComma(): void {
    this.#dropKey();
    this.#mayBeKey = true;
    this.#push(',', 1);
  }

  fetchItem(): void {
    const { line, column } = this.#cursor;
    if (this.#flowDepth === 0) {
      if (!this.#mayBeKey) throw this.#cursor.fault('block sequence entries are not allowed in this context');
      this.#open(column, 'sequence start', line);
    }
    this.#dropKey();
    this.#mayBeKey = true;
    this.#push('-', 1);
  }

  fetchKeyMark(): void {
    const { line, column } = this.#cursor;
    if (this.#flowDepth === 0) {
      if (!this.#mayBeKey) throw this.#cursor.fault('mapping keys are not allowed in this context');
      this.#open(column, 'mapping start', line);
    }
    this.#dropKey();
    this.#mayBeKey = this.#flowDepth === 0;
    this.#push('?', 1);
  }

  fetchColon(): void {
    const { line, column } = this.#cursor;
    const key = this.#validKey(this.#flowDepth);
    if (key) {
      this.#insert(mark('?', key.line, key.offset), key.index);
      this.#open(key.column, 'mapping start', key.line, key.index);
      this.#keys[this.#flowDepth] = undefined;
      this.#mayBeKey = false;
    } else {
      if (this.#flowDepth === 0) {
        if (!this.#mayBeKey) throw this.#cursor.fault('mapping values are not allowed in this context');
        this.#open(column, 'mapping start', line);
      }
      this.#mayBeKey = this.#flowDepth === 0;
    }
    this.#push(':', 1);
  }

  fetchName(): void {
    this.#saveKey();
    this.#mayBeKey = false;
    this.#queue.push(this.#cursor.code() === 33 ? scanTag(this.#cursor) : scanAnchor(this.#cursor));
  }

  fetchBlock(): void {
    const { line, offset: start } = this.#cursor;
    this.#dropKey();
    this.#mayBeKey = true;
    const text = scanBlock(this.#cursor, this.#surroundings());
    this.#queue.push(scalar({ line, start, text, isPlain: false }));
  }

  fetchQuoted(): void {
    const { line, offset: start } = this.#cursor;
    this.#saveKey();
    this.#mayBeKey = false;
    const text = scanQuoted(this.#cursor);
    this.#queue.push(scalar({ line, start, text, isPlain: false }));
  }

  #fetchPlain(): void {
    const { line, offset: start } = this.#cursor;
    this.#saveKey();
    this.#mayBeKey = false;
    const { text, endsOnNewLine } = scanPlain(this.#cursor, this.#surroundings());
    if (endsOnNewLine) this.#mayBeKey = true;
    this.#queue.push(scalar({ line, start, text, isPlain: true }));
  }

  #surroundings(): { indent: number; isFlow: boolean } {
    return { indent: this.#indent, isFlow: this.#flowDepth > 0 };
  }
}

const marks: Readonly<Record<string, Scan | undefined>> = {
  '[': scanner => scanner.fetchFlowStart('['),
  '{': scanner => scanner.fetchFlowStart('{'),
  ']': scanner => scanner.fetchFlowEnd(']'),
  '}': scanner => scanner.fetchFlowEnd('}'),
  ',': scanner => scanner.fetchComma(),
  '-': scanner => scanner.fetchItem(),
  '?': scanner => scanner.fetchKeyMark(),
  ':': scanner => scanner.fetchColon(),
  '*': scanner => scanner.fetchName(),
  '&': scanner => scanner.fetchName(),
  '!': scanner => scanner.fetchName(),
  '|': scanner => scanner.fetchBlock(),
  '>': scanner => scanner.fetchBlock(),
  "'": scanner => scanner.fetchQuoted(),
  '"': scanner => scanner.fetchQuoted(),
};
