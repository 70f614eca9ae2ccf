// Anchors, tags and directives. Each function begins at the mark of one and leaves the cursor behind it.
import { type Cursor, isBlank, isBreak, isGap, isLineEnd, isNameCode } from './cursor.ts';
import type { Token } from './token.ts';

const exclamation = 33;
const percent = 37;

function takeName(cursor: Cursor): string {
  const start = cursor.offset;
  while (isNameCode(cursor.code())) cursor.skip();
  return cursor.text.slice(start, cursor.offset);
}

/** `&name` or `*name`. */
export function scanAnchor(cursor: Cursor): Token {
  const kind = cursor.code() === 42 ? 'alias' : 'anchor';
  const { line, offset: start } = cursor;
  cursor.skip();
  const text = takeName(cursor);
  if (text === '' || !(isGap(cursor.code()) || '?:,]}%@`'.includes(String.fromCharCode(cursor.code()))))
    throw cursor.fault('did not find expected alphabetic or numeric character');
  return { kind, line, start, text, suffix: '', isPlain: false };
}

/** `!name`, `!handle!name`, `!<name>`. */
export function scanTag(cursor: Cursor): Token {
  const { line, offset: start } = cursor;
  let text = '';
  let suffix: string;
  if (cursor.code(1) === 60) {
    cursor.skip(2);
    suffix = scanUri(cursor, false);
    if (cursor.code() !== 62) throw cursor.fault("did not find the expected '>'");
    cursor.skip();
  } else {
    text = scanHandle(cursor, false);
    const isWhole = text.length > 1 && text.endsWith('!');
    suffix = scanUri(cursor, !isWhole);
    // `!name` is of the handle `!`.
    if (!isWhole) {
      suffix = text.slice(1) + suffix;
      text = '!';
    }
  }
  if (!isGap(cursor.code())) throw cursor.fault('did not find expected whitespace or line break');
  return { kind: 'tag', line, start, text, suffix, isPlain: false };
}

function scanHandle(cursor: Cursor, isDirective: boolean): string {
  if (cursor.code() !== exclamation) throw cursor.fault("did not find expected '!'");
  cursor.skip();
  const name = takeName(cursor);
  if (cursor.code() === exclamation) {
    cursor.skip();
    return `!${name}!`;
  }
  if (isDirective && name !== '') throw cursor.fault("did not find expected '!'");
  return `!${name}`;
}

function isUriCode(code: number): boolean {
  return isNameCode(code) || (code > 0 && code < 128 && ";/?:@&=+$.!~*'()[],".includes(String.fromCharCode(code)));
}

function scanUri(cursor: Cursor, mayBeEmpty: boolean): string {
  const start = cursor.offset;
  while (isUriCode(cursor.code()) || cursor.code() === percent) {
    if (cursor.code() === percent) scanUriEscapes(cursor);
    else cursor.skip();
  }
  if (cursor.offset === start && !mayBeEmpty) throw cursor.fault('did not find expected tag URI');
  return cursor.text.slice(start, cursor.offset);
}

/** The bytes of one character, each as `%` and two digits. */
function scanUriEscapes(cursor: Cursor): void {
  let left = 1;
  for (let isFirst = true; left > 0; isFirst = false, left--) {
    const digits = /^%([0-9a-fA-F]{2})/.exec(cursor.text.slice(cursor.offset, cursor.offset + 3));
    if (!digits) throw cursor.fault('did not find URI escaped octet');
    const byte = Number.parseInt(digits[1]!, 16);
    if (isFirst) {
      left = byte < 0x80 ? 1 : byte >> 5 === 6 ? 2 : byte >> 4 === 14 ? 3 : byte >> 3 === 30 ? 4 : 0;
      if (left === 0) throw cursor.fault('found an incorrect leading UTF-8 octet');
    } else if (byte >> 6 !== 2) throw cursor.fault('found an incorrect trailing UTF-8 octet');
    cursor.skip(3);
  }
}

/** `%YAML` or `%TAG` with its line. */
export function scanDirective(cursor: Cursor): Token {
  const { line, offset: start } = cursor;
  cursor.skip();
  const name = takeName(cursor);
  if (name === '') throw cursor.fault('could not find expected directive name');
  if (!isGap(cursor.code())) throw cursor.fault('found unexpected non-alphabetical character');
  if (name !== 'YAML' && name !== 'TAG') throw cursor.fault('found unknown directive name');
  const isVersion = name === 'YAML';
  const { text, suffix } = isVersion ? { text: scanVersion(cursor), suffix: '' } : scanTagDirective(cursor);
  cursor.skipBlanks();
  if (cursor.code() === 35) cursor.skipToLineEnd();
  if (!isLineEnd(cursor.code())) throw cursor.fault('did not find expected comment or line break');
  if (isBreak(cursor.code())) cursor.takeBreak();
  return { kind: isVersion ? 'version' : 'tag directive', line, start, text, suffix, isPlain: false };
}

function scanVersion(cursor: Cursor): string {
  cursor.skipBlanks();
  const major = scanVersionNumber(cursor);
  if (cursor.code() !== 46) throw cursor.fault("did not find expected digit or '.' character");
  cursor.skip();
  return `${major}.${scanVersionNumber(cursor)}`;
}

const longestVersionNumber = 2;

function scanVersionNumber(cursor: Cursor): number {
  let digits = '';
  for (let code = cursor.code(); code >= 48 && code <= 57; code = cursor.code()) {
    digits += String.fromCharCode(code);
    if (digits.length > longestVersionNumber) throw cursor.fault('found extremely long version number');
    cursor.skip();
  }
  if (digits === '') throw cursor.fault('did not find expected version number');
  return Number(digits);
}

function scanTagDirective(cursor: Cursor): { text: string; suffix: string } {
  cursor.skipBlanks();
  const text = scanHandle(cursor, true);
  if (!isBlank(cursor.code())) throw cursor.fault('did not find expected whitespace');
  cursor.skipBlanks();
  const suffix = scanUri(cursor, false);
  if (!isGap(cursor.code())) throw cursor.fault('did not find expected whitespace or line break');
  return { text, suffix };
}
