// Data as YAML text, byte for byte as the tools of Kubernetes write it: keys sorted, lists not indented below their key,
// long text folded at 80 columns, quotes only where a reader would see something else.
import { isInteger, type Plain, type PlainMap } from './plain.ts';
import { needsQuotes } from './resolve-scalar.ts';
import { analyzeScalar, compareKeys, doubleQuoted, floatText, lineBreaks } from './scalar-style.ts';

const width = 80;
const indentStep = 2;
const longestSimpleKey = 128;

/** A document with a line end behind it. Throws for control characters that YAML cannot hold. */
export function writeYaml(value: Plain): string {
  const writer = new YamlWriter();
  writer.node(value, -1, 'root');
  return writer.text();
}

/** Keys with their colon: objects have the same ones again and again. */
const keyTexts = new Map<string, string>();
const mostKeyTexts = 2000;

/** From how many keys on sorting is left to JavaScript; few are sorted quicker in place. */
const manyKeys = 16;

function sortedKeys(map: PlainMap): string[] {
  const keys = Object.keys(map);
  if (keys.length > manyKeys) return keys.sort(compareKeys);
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    let at = i;
    for (; at > 0 && compareKeys(keys[at - 1]!, key) > 0; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
  return keys;
}

type Place = 'root' | 'value' | 'item';

class YamlWriter {
  #out = '';
  /** Offset in the output where the current line begins. */
  #lineStart = 0;
  /** Whether the output ends with a line end; to look would put the pieces of the output together each time. */
  #isLineEnded = false;

  text(): string {
    return this.#isLineEnded ? this.#out : `${this.#out}\n`;
  }

  /** Writes a value behind `- ` or `key:` (or at the start) whose collection stands at column `indent`. */
  node(value: Plain, indent: number, place: Place): void {
    if (Array.isArray(value)) this.#list(value, indent, place);
    else if (typeof value === 'object' && value !== null) this.#map(value, indent, place);
    else this.#spaced(place, scalarOf(value, false), indent);
  }

  #list(items: readonly Plain[], indent: number, place: Place): void {
    if (items.length === 0) {
      this.#write(place === 'root' ? '[]' : ' []');
      return;
    }
    // Below a key, a list is not indented.
    const column = place === 'root' ? 0 : place === 'value' ? indent : indent + indentStep;
    let isInline = place !== 'value';
    if (place === 'item') this.#write(' ');
    for (const item of items) {
      if (!isInline) this.#newLine(column);
      isInline = false;
      this.#write('-');
      this.node(item, column, 'item');
    }
  }

  #map(map: PlainMap, indent: number, place: Place): void {
    const keys = sortedKeys(map);
    if (keys.length === 0) {
      this.#write(place === 'root' ? '{}' : ' {}');
      return;
    }
    const column = place === 'root' ? 0 : indent + indentStep;
    let isInline = place !== 'value';
    if (place === 'item') this.#write(' ');
    for (const key of keys) {
      if (!isInline) this.#newLine(column);
      isInline = false;
      this.#key(key, column);
      this.node(map[key]!, column, 'value');
    }
  }

  #key(key: string, column: number): void {
    const known = keyTexts.get(key);
    if (known !== undefined) {
      this.#write(known);
      return;
    }
    const isSimple = isShort(key) && !lineBreaks.test(key);
    if (isSimple) {
      const text = `${scalarOf(key, true).whole}:`;
      if (keyTexts.size < mostKeyTexts) keyTexts.set(key, text);
      this.#write(text);
      return;
    }
    this.#write('?');
    this.#spaced('item', scalarOf(key, false), column);
    this.#newLine(column);
    this.#write(':');
  }

  #spaced(place: Place, scalar: Scalar, indent: number): void {
    if (place !== 'root') this.#write(' ');
    const column = indent < 0 ? indentStep : indent + indentStep;
    if (scalar.block !== undefined) this.#block(scalar.whole, scalar.block, column);
    else this.#folded(scalar, column);
  }

  /** A text of several lines behind `|`. */
  #block(head: string, text: string, column: number): void {
    this.#write(head);
    this.#out += '\n';
    this.#lineStart = this.#out.length;
    const lines = text.split('\n');
    const last = lines.pop()!;
    const pad = ' '.repeat(column);
    for (const line of lines) this.#out += line === '' ? '\n' : `${pad}${line}\n`;
    if (last !== '') this.#out += pad + last;
    this.#isLineEnded = last === '';
    this.#lineStart = this.#out.length - (last === '' ? 0 : pad.length + last.length);
  }

  /** Breaks at the first lone space beyond the width; a reader makes a space of the line end again. */
  #folded({ whole, folds }: Scalar, column: number): void {
    if (!folds || byteColumn(this.#out, this.#lineStart) + whole.length <= width) {
      this.#write(whole);
      return;
    }
    let start = 0;
    for (let i = 1; i < whole.length - 1; i++) {
      if (whole[i] !== ' ' || whole[i - 1] === ' ') continue;
      if (folds !== 'double' && whole[i + 1] === ' ') continue;
      if (folds === 'quoted' && (i === 1 || i === whole.length - 2)) continue;
      if (byteColumn(this.#out, this.#lineStart) + (i - start) <= width) continue;
      this.#write(whole.slice(start, i));
      this.#newLine(column);
      if (folds === 'double' && whole[i + 1] === ' ') this.#write('\\');
      start = i + 1;
    }
    this.#write(whole.slice(start));
  }

  #newLine(column: number): void {
    if (this.#out !== '' && !this.#isLineEnded) this.#out += '\n';
    this.#lineStart = this.#out.length;
    this.#out += ' '.repeat(column);
    this.#isLineEnded = column === 0;
  }

  #write(text: string): void {
    this.#out += text;
    this.#isLineEnded = false;
  }
}

function byteColumn(out: string, lineStart: number): number {
  return out.length - lineStart;
}

const encoder = new TextEncoder();

/** Whether a key is short enough to stand before a colon. A character takes three bytes at most. */
function isShort(key: string): boolean {
  if (key.length * 3 <= longestSimpleKey) return true;
  return key.length <= longestSimpleKey && encoder.encode(key).length <= longestSimpleKey;
}

interface Scalar {
  /** The scalar on one line, or the head of a block. */
  readonly whole: string;
  readonly folds?: 'plain' | 'quoted' | 'double';
  /** The text of a block. */
  readonly block?: string;
}

function scalarOf(value: string | number | bigint | boolean | null, isKey: boolean): Scalar {
  if (typeof value !== 'string') return { whole: notText(value) };
  if (isShortWord(value) && !needsQuotes(value)) return { whole: value };
  const allowed = analyzeScalar(value);
  const folds = isKey ? undefined : 'plain';
  if (value.includes('\n')) {
    if (isKey || !allowed.block) return double(value, isKey);
    return { whole: `|${blockHints(value)}`, block: value };
  }
  if (needsQuotes(value)) return double(value, isKey);
  if (allowed.plain) return folds ? { whole: value, folds } : { whole: value };
  if (!allowed.single) return double(value, isKey);
  const whole = `'${value.replaceAll("'", "''")}'`;
  return isKey ? { whole } : { whole, folds: 'quoted' };
}

function double(value: string, isKey: boolean): Scalar {
  const whole = doubleQuoted(value);
  return isKey ? { whole } : { whole, folds: 'double' };
}

const shortWord = /^[A-Za-z_/][A-Za-z0-9_./-]{0,60}$/;

/** Most text of Kubernetes objects is names, which need no analysis. */
function isShortWord(value: string): boolean {
  return shortWord.test(value);
}

function notText(value: number | bigint | boolean | null): string {
  if (typeof value === 'number' && !isInteger(value)) return floatText(value);
  return Object.is(value, -0) ? '0' : String(value);
}

function blockHints(text: string): string {
  const indent = /^[ \n\r\u0085\u2028\u2029]/.test(text) ? String(indentStep) : '';
  if (!/[\n\r\u0085\u2028\u2029]$/.test(text)) return `${indent}-`;
  return text.length === 1 || /[\n\r\u0085\u2028\u2029]{2}$/.test(text) ? `${indent}+` : indent;
}
