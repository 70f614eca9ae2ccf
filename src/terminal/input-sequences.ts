// Where one key, report or reply ends in the bytes a terminal sent, and what it is. Pure: the same bytes give the same
// events however they were split into reads.
// Does not: keep bytes, know time, handle the inside of a paste (input-decoder.ts).
import { csiEvent, ss3Event } from './input-csi.ts';
import type { InputEvent, KeyEvent, Modifiers, ReplyEvent } from './input-events.ts';
import { keyName, noModifiers } from './key-names.ts';

/** One step of reading: `used` bytes made `events`; or more bytes are needed. */
export type Step = { readonly used: number; readonly events: readonly InputEvent[]; readonly startsPaste?: boolean };

const ESC = 0x1b;
const BEL = 0x07;
/** A sequence longer than this is noise, not a key or an answer. */
const maxSequence = 4096;

/**
 * Reads what starts at `at`. Undefined means that it could go on; with `isFinal` nothing more will come soon, and what
 * is there is taken for what it is.
 */
export function readStep(bytes: Uint8Array, at: number, isFinal: boolean): Step | undefined {
  const byte = bytes[at]!;
  if (byte === ESC) return readEscape(bytes, at, isFinal);
  if (byte < 0x20 || byte === 0x7f) return { used: 1, events: [controlKey(byte, noModifiers)] };
  const character = readCharacter(bytes, at, isFinal);
  return character && { used: character.used, events: [characterKey(character.text, noModifiers)] };
}

/** The key of a C0 control code or DEL. */
export function controlKey(byte: number, modifiers: Modifiers): KeyEvent {
  if (byte === 0x0d) return { kind: 'key', name: keyName('enter', modifiers) };
  if (byte === 0x09) return { kind: 'key', name: keyName('tab', modifiers) };
  if (byte === 0x1b) return { kind: 'key', name: keyName('esc', modifiers) };
  if (byte === 0x7f) return { kind: 'key', name: keyName('backspace', modifiers) };
  const key = byte === 0 ? 'space' : String.fromCharCode(byte + 0x40).toLowerCase();
  return { kind: 'key', name: keyName(key, { ...modifiers, ctrl: true }) };
}

/** The key that types `text`. */
export function characterKey(text: string, modifiers: Modifiers): KeyEvent {
  const name = keyName(text, modifiers);
  return modifiers.alt || modifiers.ctrl || modifiers.super ? { kind: 'key', name } : { kind: 'key', name, text };
}

/** One code point of UTF-8; what is no UTF-8 becomes U+FFFD, one for each broken piece. */
function readCharacter(bytes: Uint8Array, at: number, isFinal: boolean): { used: number; text: string } | undefined {
  const lead = bytes[at]!;
  if (lead < 0x80) return { used: 1, text: String.fromCharCode(lead) };
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length === 0 || lead >= 0xf5) return { used: 1, text: '\ufffd' };
  let end = at + 1;
  while (end < bytes.length && end < at + length && continues(bytes, at, end)) end++;
  if (end === at + length) return { used: length, text: new TextDecoder().decode(bytes.subarray(at, end)) };
  if (end === bytes.length && !isFinal) return undefined;
  return { used: end - at, text: '\ufffd' };
}

/** True when the byte at `index` may follow in the character that starts at `at` (no overlong forms, no surrogates). */
function continues(bytes: Uint8Array, at: number, index: number): boolean {
  const byte = bytes[index]!;
  if (byte < 0x80 || byte > 0xbf) return false;
  if (index !== at + 1) return true;
  const lead = bytes[at]!;
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xed) return byte < 0xa0;
  if (lead === 0xf0) return byte >= 0x90;
  return lead !== 0xf4 || byte < 0x90;
}

const alt: Modifiers = { ...noModifiers, alt: true };

function readEscape(bytes: Uint8Array, at: number, isFinal: boolean): Step | undefined {
  const loneEsc: Step = { used: 1, events: [controlKey(ESC, noModifiers)] };
  if (at + 1 >= bytes.length) return isFinal ? loneEsc : undefined;
  const second = bytes[at + 1]!;
  if (second === ESC) {
    // Some terminals put ESC before a whole sequence for Alt; otherwise this is Escape pressed twice.
    const third = bytes[at + 2];
    if (third === undefined) return isFinal ? loneEsc : undefined;
    if (third !== 0x5b && third !== 0x4f) return loneEsc;
    const inner = readSequence(bytes, at + 1, isFinal);
    if (inner === 'none') return loneEsc;
    return inner && { ...inner, used: inner.used + 1, events: inner.events.map(withAlt) };
  }
  const sequence = readSequence(bytes, at, isFinal);
  if (sequence !== 'none') return sequence;
  if (second < 0x20 || second === 0x7f) return { used: 2, events: [controlKey(second, alt)] };
  const character = readCharacter(bytes, at + 1, isFinal);
  return character && { used: 1 + character.used, events: [characterKey(character.text, alt)] };
}

function withAlt(event: InputEvent): InputEvent {
  if (event.kind !== 'key' || /(^|-)alt-/.test(event.name)) return event;
  const place = event.name.startsWith('ctrl-') ? 5 : 0;
  return { kind: 'key', name: `${event.name.slice(0, place)}alt-${event.name.slice(place)}` };
}

/** A sequence with an introducer, or `none` when ESC is only Alt here. `at` is the ESC before the introducer. */
function readSequence(bytes: Uint8Array, at: number, isFinal: boolean): Step | undefined | 'none' {
  const isAlone = at + 2 >= bytes.length;
  switch (bytes[at + 1]) {
    case 0x5b:
      if (isAlone) return isFinal ? 'none' : undefined;
      return readCsi(bytes, at, isFinal);
    case 0x4f:
      if (isAlone) return isFinal ? 'none' : undefined;
      return readSs3(bytes, at, isFinal);
    case 0x5d:
      return readString(bytes, at, { isFinal, starts: /[0-9]/, type: oscType });
    case 0x50:
      return readString(bytes, at, { isFinal, starts: /[0-9>!$+]/, type: dcsType });
    case 0x5f:
      return readString(bytes, at, { isFinal, starts: /G/, type: () => 'unknown' });
    default:
      return 'none';
  }
}

function readSs3(bytes: Uint8Array, at: number, isFinal: boolean): Step | undefined | 'none' {
  let end = at + 2;
  while (end < bytes.length && isParameter(bytes[end]!) && end - at < 16) end++;
  if (end >= bytes.length) return isFinal ? 'none' : undefined;
  const event = ss3Event(ascii(bytes, at + 2, end), String.fromCharCode(bytes[end]!));
  return event ? { used: end + 1 - at, events: [event] } : 'none';
}

function isParameter(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x3f;
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

function readCsi(bytes: Uint8Array, at: number, isFinal: boolean): Step | undefined {
  const start = at + 2;
  // The Linux console sends F1 to F5 as CSI [ A to E; X10 mouse reports are CSI M and three bytes.
  const fixed = bytes[start] === 0x5b ? 2 : bytes[start] === 0x4d ? 4 : 0;
  if (fixed > 0) {
    if (bytes.length < start + fixed) return isFinal ? { used: bytes.length - at, events: [] } : undefined;
    const event = csiEvent('', ascii(bytes, start, start + fixed));
    return { used: 2 + fixed, events: event ? [event] : [] };
  }
  let end = start;
  while (end < bytes.length && isParameter(bytes[end]!)) end++;
  const parameterEnd = end;
  while (end < bytes.length && bytes[end]! >= 0x20 && bytes[end]! < 0x30) end++;
  const parameters = ascii(bytes, start, Math.min(parameterEnd, start + maxSequence));
  const isRxvtShift = end === parameterEnd + 1 && bytes[parameterEnd] === 0x24;
  if (end >= bytes.length) {
    if (!isFinal && end - at < maxSequence) return undefined;
    return finishCsi(end - at, parameters, isRxvtShift ? '$' : '');
  }
  const last = bytes[end]!;
  // A control character breaks the sequence off and is read for itself.
  if (last < 0x40 || last > 0x7e) return finishCsi(end - at, parameters, isRxvtShift ? '$' : '');
  return finishCsi(end + 1 - at, parameters, ascii(bytes, parameterEnd, end + 1));
}

function finishCsi(used: number, parameters: string, final: string): Step {
  if (final === '~' && parameters === '200') return { used, events: [], startsPaste: true };
  const event = final === '' ? undefined : csiEvent(parameters, final);
  return { used, events: event ? [event] : [] };
}

interface StringRule {
  readonly isFinal: boolean;
  /** First character of an answer; anything else means that ESC and the introducer are a key with Alt. */
  readonly starts: RegExp;
  readonly type: (body: string) => ReplyEvent['type'];
}

/** OSC, DCS and APC: up to BEL or ST. */
function readString(bytes: Uint8Array, at: number, rule: StringRule): Step | undefined | 'none' {
  const start = at + 2;
  if (start >= bytes.length) return rule.isFinal ? 'none' : undefined;
  if (!rule.starts.test(String.fromCharCode(bytes[start]!))) return 'none';
  let end = start;
  while (end < bytes.length && bytes[end] !== BEL && bytes[end] !== ESC) end++;
  if (end >= bytes.length || (bytes[end] === ESC && end + 1 >= bytes.length)) {
    return rule.isFinal || end - at > maxSequence ? { used: end - at, events: [] } : undefined;
  }
  const data = ascii(bytes, start, Math.min(end, start + maxSequence));
  const terminator = bytes[end] === BEL ? 1 : bytes[end + 1] === 0x5c ? 2 : 0;
  return { used: end + terminator - at, events: [{ kind: 'reply', type: rule.type(data), data }] };
}

function oscType(body: string): ReplyEvent['type'] {
  return /^(4|1[0-9]);/.test(body) ? 'color' : 'unknown';
}

function dcsType(body: string): ReplyEvent['type'] {
  if (body.startsWith('>|')) return 'version';
  return body.startsWith('!|') ? 'device-attributes' : 'unknown';
}
