// Data as YAML text, byte for byte as the tools of Kubernetes write it: keys sorted, lists not indented below their key,
// long text folded at 80 columns, quotes only where a reader would see something else.
import { isInteger, type Plain, type PlainMap } from './plain.ts';
import { needsQuotes } from './resolve-scalar.ts';
import { analyzeScalar, compareKeys, doubleQuoted, floatText, lineBreaks } from './scalar-style.ts';

const width = 80;
const indentStep = 2;
const longestSimpleKey = 128;

/** A document with a line end behind it. */
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
      this.node(map[key]!, column, this.#key(key, column));
    }
  }

  /** Writes a key and tells how its value stands: behind the `:` of a key of its own line, like an item behind its `-`. */
  #key(key: string, column: number): Place {
    const known = keyTexts.get(key);
    if (known !== undefined) {
      this.#write(known);
      return 'value';
    }
    const isSimple = isShort(key) && !lineBreaks.test(key);
    if (isSimple) {
      const text = `${scalarOf(key, true).whole}:`;
      if (keyTexts.size < mostKeyTexts) keyTexts.set(key, text);
      this.#write(text);
      return 'value';
    }
    this.#write('?');
    this.#spaced('item', scalarOf(key, false), column);
    this.#newLine(column);
    this.#write(':');
    return 'item';
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
    const pad = ' '.repeat(column);
    const lines = text.replace(/[^\n\u2028\u2029]+/g, line => pad + line);
    this.#out += lines;
    this.#isLineEnded = /[\n\u2028\u2029]$/.test(lines);
    this.#lineStart = this.#out.length - (lines.length - 1 - lines.lastIndexOf('\n'));
  }

  /** Breaks at the first lone space beyond the width; a reader makes a space of the line end again. */
  #folded({ whole, folds }: Scalar, column: number): void {
    const hasBreaks = folds === 'quoted' && /[\u2028\u2029]/.test(whole);
    if (!folds || (!hasBreaks && byteColumn(this.#out, this.#lineStart) + whole.length <= width)) {
      this.#write(whole);
      return;
    }
    let start = 0;
    for (let i = 1; i < whole.length - 1; i++) {
      if (hasBreaks && isUnicodeBreak(whole, i)) {
        this.#write(whole.slice(start, i + 1));
        this.#lineStart = this.#out.length;
        if (i < whole.length - 2 && !isUnicodeBreak(whole, i + 1)) this.#write(' '.repeat(column));
        start = i + 1;
        continue;
      }
      if (!foldsAt(whole, i, folds) || byteColumn(this.#out, this.#lineStart) + (i - start) <= width) continue;
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

/** Whether a line may end at a place: at the first of the blanks between two words, of quotes not at their edges. */
function foldsAt(whole: string, i: number, folds: 'plain' | 'quoted' | 'double'): boolean {
  if (whole[i] !== ' ' || whole[i - 1] === ' ') return false;
  if (folds !== 'double' && whole[i + 1] === ' ') return false;
  return folds === 'plain' || (i > 1 && i < whole.length - 2);
}

function isUnicodeBreak(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  return code === 0x2028 || code === 0x2029;
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
  if (value.includes('\x85')) return scalarOf(value.replace(/ *\x85[ \x85]*/g, foldedBreaks), isKey);
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

/** All passes through JSON, which is read as YAML, where this character is the end of a line within quotes. */
function foldedBreaks(blanks: string): string {
  return '\n'.repeat(blanks.replaceAll(' ', '').length - 1) || ' ';
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
