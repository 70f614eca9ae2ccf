// String methods that look for something, cut something off, or take a string apart.
import { fail } from '../errors.ts';
import { asBool, asInt64, asIterable, asString, convertArgument } from '../runtime/arguments.ts';
import { partBounds } from '../runtime/subscript.ts';
import type { MethodFunction } from '../values/callable.ts';
import { List, Tuple } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { decodeRune, isAscii, runesOf } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { positional } from './method-table.ts';
import { isSpace } from './runes.ts';

type Arg = Value | undefined;

/** The part of `text` between optional bounds, and where it begins. */
function part(name: string, text: string, start: Arg, end: Arg): { text: string; from: number } {
  try {
    const [from, to] = partBounds(start, end, text.length);
    return { text: from < to ? text.slice(from, to) : '', from };
  } catch (error) {
    return fail(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}

function finder(last: boolean, failsIfMissing: boolean): MethodFunction {
  return positional<string>([1, 3], (self, args, name) => {
    const wanted = convertArgument(name, 1, args[0]!, asString);
    const { text, from } = part(name, self, args[1], args[2]);
    const at = last ? text.lastIndexOf(wanted) : text.indexOf(wanted);
    if (at >= 0) return at + from;
    return failsIfMissing ? fail(`${name}: substring not found`) : -1;
  });
}

function countIn(text: string, wanted: string): number {
  if (wanted === '') return runesOf(text).length + 1;
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) count++;
  return count;
}

function affixTest(test: (text: string, affix: string) => boolean): MethodFunction {
  return positional<string>([1, 3], (self, args, name) => {
    const { text } = part(name, self, args[1], args[2]);
    const affix = args[0]!;
    if (typeof affix === 'string') return test(text, affix);
    if (!(affix instanceof Tuple)) return fail(`${name}: got ${typeOf(affix)}, want string or tuple of string`);
    return affix.elems.some((elem, i) => {
      if (typeof elem !== 'string') fail(`${name}: want string, got ${typeOf(elem)}, for element ${i}`);
      return test(text, elem as string);
    });
  });
}

function partition(last: boolean): MethodFunction {
  return positional<string>([1, 1], (self, args, name) => {
    const separator = convertArgument(name, 1, args[0]!, asString);
    if (separator === '') fail(`${name}: empty separator`);
    const at = last ? self.lastIndexOf(separator) : self.indexOf(separator);
    if (at < 0) return new Tuple(last ? ['', '', self] : [self, '', '']);
    return new Tuple([self.slice(0, at), separator, self.slice(at + separator.length)]);
  });
}

/** Bytes at the beginning whose runes `test` accepts. */
function leading(text: string, test: (rune: number) => boolean): number {
  let at = 0;
  while (at < text.length) {
    const packed = decodeRune(text, at);
    if (!test(packed >> 3)) break;
    at += packed & 7;
  }
  return at;
}

/** Where the last rune before byte `end` begins. */
function lastRuneAt(text: string, end: number): number {
  for (let width = 4; width > 1; width--) {
    if (end - width >= 0 && (decodeRune(text, end - width) & 7) === width) return end - width;
  }
  return end - 1;
}

/** Where the end begins whose runes `test` accepts, not before `from`. */
function trailing(text: string, from: number, test: (rune: number) => boolean): number {
  let end = text.length;
  while (end > from) {
    const at = lastRuneAt(text, end);
    if (!test(decodeRune(text, at) >> 3)) break;
    end = at;
  }
  return end;
}

function stripper(left: boolean, right: boolean): MethodFunction {
  return positional<string>([0, 1], (self, args, name) => {
    const chars = args[0] === undefined ? '' : convertArgument(name, 1, args[0], asString);
    const runes = new Set(runesOf(chars));
    const test = chars === '' ? isSpace : (rune: number) => runes.has(rune);
    const from = left ? leading(self, test) : 0;
    return self.slice(from, right ? trailing(self, from, test) : self.length);
  });
}

/** The fields between runs of white space, with where each begins and ends. */
function fieldsOf(text: string): [number, number][] {
  const fields: [number, number][] = [];
  if (isAscii(text)) {
    for (const match of text.matchAll(/[^\t\n\v\f\r ]+/g)) fields.push([match.index, match.index + match[0].length]);
    return fields;
  }
  for (let at = 0; at < text.length; ) {
    at += leading(text.slice(at), isSpace);
    const start = at;
    at += leading(text.slice(at), rune => !isSpace(rune));
    if (at > start) fields.push([start, at]);
  }
  return fields;
}

/** Splits at white space; with a limit the last (first, for rsplit) field keeps the rest as it is. */
function splitSpaces(text: string, max: number, fromRight: boolean): string[] {
  const fields = fieldsOf(text);
  if (max < 0 || fields.length <= max) return fields.map(([start, end]) => text.slice(start, end));
  if (fromRight) {
    const kept = fields.slice(fields.length - max);
    const { 1: end } = fields[fields.length - max - 1]!;
    return [text.slice(0, end), ...kept.map(([from, to]) => text.slice(from, to))];
  }
  const kept = fields.slice(0, max);
  return [...kept.map(([from, to]) => text.slice(from, to)), text.slice(fields[max]![0])];
}

function splitAt(text: string, separator: string, max: number, fromRight: boolean): string[] {
  const parts = text.split(separator);
  if (max < 0 || parts.length <= max + 1) return parts;
  if (!fromRight) return [...parts.slice(0, max), parts.slice(max).join(separator)];
  const excess = parts.length - max;
  return [parts.slice(0, excess).join(separator), ...parts.slice(excess)];
}

function splitter(fromRight: boolean): MethodFunction {
  return positional<string>([0, 2], (self, args, name) => {
    const separator = args[0] ?? null;
    const max = args[1] === undefined ? -1 : Number(convertArgument(name, 2, args[1], asInt64));
    if (separator === null) return new List(splitSpaces(self, max, fromRight));
    if (typeof separator !== 'string') return fail(`split: got ${typeOf(separator)} for separator, want string`);
    if (separator === '') fail('split: empty separator');
    return new List(splitAt(self, separator, max, fromRight));
  });
}

function splitLines(text: string, keepEnds: boolean): string[] {
  if (text === '') return [];
  const lines = keepEnds ? text.split(/(?<=\n)/) : text.split('\n');
  if (!keepEnds && text.endsWith('\n')) lines.pop();
  return lines;
}

/** Replaces the first `count` occurrences, all if negative; an empty `old` stands before every rune and at the end. */
function replaceText(text: string, old: string, by: string, count: number): string {
  if (count < 0 && old !== '') return text.replaceAll(old, () => by);
  if (old !== '') {
    const parts = splitAt(text, old, count, false);
    return parts.join(by);
  }
  let out = '';
  let left = count < 0 ? Number.POSITIVE_INFINITY : count;
  for (let at = 0; at < text.length; ) {
    const width = decodeRune(text, at) & 7;
    if (left-- > 0) out += by;
    out += text.slice(at, at + width);
    at += width;
  }
  return left > 0 ? out + by : out;
}

function joinText(self: string, source: Value): string {
  const parts: string[] = [];
  const iterator = convertArgument('join', 1, source, asIterable).iterate();
  try {
    for (let value = iterator.next(); value !== undefined; value = iterator.next()) {
      if (typeof value !== 'string') fail(`join: in list, want string, got ${typeOf(value)}`);
      parts.push(value as string);
    }
  } finally {
    iterator.done();
  }
  return parts.join(self);
}

/** The methods of this file. */
export const findMethods: Readonly<Record<string, MethodFunction>> = {
  find: finder(false, false),
  rfind: finder(true, false),
  index: finder(false, true),
  rindex: finder(true, true),
  count: positional<string>([1, 3], (self, args, name) => {
    const wanted = convertArgument(name, 1, args[0]!, asString);
    return countIn(part(name, self, args[1], args[2]).text, wanted);
  }),
  startswith: affixTest((text, affix) => text.startsWith(affix)),
  endswith: affixTest((text, affix) => text.endsWith(affix)),
  partition: partition(false),
  rpartition: partition(true),
  removeprefix: positional<string>([1, 1], (self, args, name) => {
    const prefix = convertArgument(name, 1, args[0]!, asString);
    return self.startsWith(prefix) ? self.slice(prefix.length) : self;
  }),
  removesuffix: positional<string>([1, 1], (self, args, name) => {
    const suffix = convertArgument(name, 1, args[0]!, asString);
    return suffix !== '' && self.endsWith(suffix) ? self.slice(0, -suffix.length) : self;
  }),
  strip: stripper(true, true),
  lstrip: stripper(true, false),
  rstrip: stripper(false, true),
  split: splitter(false),
  rsplit: splitter(true),
  splitlines: positional<string>(
    [0, 1],
    (self, args, name) =>
      new List(splitLines(self, args[0] !== undefined && convertArgument(name, 1, args[0], asBool))),
  ),
  replace: positional<string>([2, 3], (self, args, name) => {
    const old = convertArgument(name, 1, args[0]!, asString);
    const by = convertArgument(name, 2, args[1]!, asString);
    return replaceText(self, old, by, args[2] === undefined ? -1 : Number(convertArgument(name, 3, args[2], asInt64)));
  }),
  join: positional<string>([1, 1], (self, args) => joinText(self, args[0]!)),
};
