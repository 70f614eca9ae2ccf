// Meaning of a complete CSI or SS3 sequence from a terminal: keys of xterm, rxvt, the Linux console, the kitty protocol
// and modifyOtherKeys; mouse reports; focus; answers.
import type {
  InputEvent,
  KeyEvent,
  Modifiers,
  MouseButton,
  MouseEvent,
  ReplyEvent,
  WheelDirection,
} from './input-events.ts';
import { keyName, modifiersOf, noModifiers } from './key-names.ts';

/** Final letters of cursor and function keys, after CSI and SS3 alike. */
const letterKeys: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'begin',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** Numbers before `~` (and before rxvt's `^`, `$`, `@`). */
const numberKeys: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
  25: 'f13',
  26: 'f14',
  28: 'f15',
  29: 'f16',
  31: 'f17',
  32: 'f18',
  33: 'f19',
  34: 'f20',
};

/** The numeric keypad in application mode, after SS3. */
const keypad: Readonly<Record<string, string>> = {
  M: 'enter',
  X: '=',
  I: 'tab',
  ' ': 'space',
  ...Object.fromEntries([...'*+,-./0123456789'].map((key, n) => [String.fromCharCode(0x6a + n), key])),
};

/** Code points that the kitty protocol gives keys without a character. */
const kittyKeys: Readonly<Record<number, string>> = {
  9: 'tab',
  13: 'enter',
  27: 'esc',
  127: 'backspace',
  57358: 'capslock',
  57359: 'scrolllock',
  57360: 'numlock',
  57361: 'print',
  57362: 'pause',
  57363: 'menu',
  ...Object.fromEntries(Array.from({ length: 23 }, (_, n) => [57376 + n, `f${13 + n}`])),
  ...Object.fromEntries([...'0123456789./*-+'].map((key, n) => [57399 + n, key])),
  57414: 'enter',
  57415: '=',
  57416: ',',
  57417: 'left',
  57418: 'right',
  57419: 'up',
  57420: 'down',
  57421: 'pageup',
  57422: 'pagedown',
  57423: 'home',
  57424: 'end',
  57425: 'insert',
  57426: 'delete',
  57427: 'begin',
};

function key(name: string, modifiers: Modifiers): KeyEvent {
  const isText = [...name].length === 1 && !modifiers.ctrl && !modifiers.alt && !modifiers.super;
  const full = keyName(name, modifiers);
  return isText ? { kind: 'key', name: full, text: name } : { kind: 'key', name: full };
}

/** The key after `ESC O`; undefined when it is none. */
export function ss3Event(parameters: string, final: string): KeyEvent | undefined {
  const modifiers = modifiersOf(Number(parameters.split(';').at(-1)));
  const name = letterKeys[final] ?? keypad[final];
  if (name) return key(name, modifiers);
  // rxvt marks Ctrl with a small letter here.
  const arrow = /^[a-d]$/.test(final) ? letterKeys[final.toUpperCase()] : undefined;
  return arrow && parameters === '' ? key(arrow, { ...noModifiers, ctrl: true }) : undefined;
}

/** What `CSI parameters final` means; `final` includes intermediate characters. Undefined is nothing (a key's release). */
export function csiEvent(parameters: string, final: string): InputEvent | undefined {
  if (final.startsWith('[')) return linuxFunctionKey(final);
  if (final.startsWith('M') && final.length === 4) return x10Mouse(final);
  if (parameters.startsWith('<')) return sgrMouse(parameters.slice(1), final);
  const reply = replyType(parameters, final);
  if (reply) return { kind: 'reply', type: reply, data: parameters + final };
  if (final === 'I' || final === 'O') return { kind: 'focus', focused: final === 'I' };
  if (isRelease(parameters)) return undefined;
  if (final === 'u') return kittyKey(parameters);
  const pressed = final === '~' ? tildeKey(parameters) : letterKey(parameters, final);
  return pressed ?? { kind: 'reply', type: 'unknown', data: parameters + final };
}

function replyType(parameters: string, final: string): ReplyEvent['type'] | undefined {
  const isPrivate = /^[?>=]/.test(parameters);
  if (final === 'c') return 'device-attributes';
  if (final === '$y') return 'mode';
  if (final === 't') return 'window';
  if (final === 'n') return parameters.startsWith('?997') ? 'scheme' : 'unknown';
  if (final === 'u' && isPrivate) return 'keyboard';
  // `CSI 1;2R` is Shift-F3 as well; row 1 with a column that is no modifier, or any other row, is a position.
  if (final === 'R' && (isPrivate || /^(?!1;([2-9]|1[0-6])$)\d+;\d+$/.test(parameters))) return 'cursor-position';
  return isPrivate ? 'unknown' : undefined;
}

/** The kitty protocol reports releases as event 3 of the modifiers. */
function isRelease(parameters: string): boolean {
  return /^[^;]*;\d*:3(;|$)/.test(parameters);
}

function linuxFunctionKey(final: string): KeyEvent | undefined {
  const n = 'ABCDE'.indexOf(final[1] ?? '');
  return n < 0 ? undefined : key(`f${n + 1}`, noModifiers);
}

function tildeKey(parameters: string): KeyEvent | undefined {
  const [first, second, third] = parameters.split(';').map(p => Number.parseInt(p, 10));
  if (first === 27 && third !== undefined) return codePointKey(third, modifiersOf(second ?? 1));
  const name = numberKeys[first ?? 0];
  return name === undefined ? undefined : key(name, modifiersOf(second ?? 1));
}

function letterKey(parameters: string, final: string): KeyEvent | undefined {
  const [first, second] = parameters.split(';').map(p => Number.parseInt(p, 10));
  const modifiers = modifiersOf(second ?? 1);
  if (final === 'Z') return key('tab', { ...modifiers, shift: true });
  const name = letterKeys[final];
  if (name) return key(name, modifiers);
  return rxvtKey(first ?? 0, final);
}

function rxvtKey(number: number, final: string): KeyEvent | undefined {
  const arrow = /^[a-d]$/.test(final) ? letterKeys[final.toUpperCase()] : undefined;
  if (arrow) return key(arrow, { ...noModifiers, shift: true });
  const name = numberKeys[number];
  if (!name || !/^[$^@]$/.test(final)) return undefined;
  return key(name, { ...noModifiers, shift: final !== '^', ctrl: final !== '$' });
}

/** `CSI code[:shifted[:base]] ; modifiers[:event] ; text u`. */
function kittyKey(parameters: string): InputEvent | undefined {
  const [codes = '', mods = '', typed = ''] = parameters.split(';');
  const [code, shifted, base] = codes.split(':').map(c => Number.parseInt(c, 10));
  const modifiers = modifiersOf(Number.parseInt(mods, 10));
  if (code === undefined || Number.isNaN(code)) return { kind: 'reply', type: 'unknown', data: `${parameters}u` };
  // Modifier keys pressed for themselves, media keys and the like.
  if (code >= 57344 && code <= 63743 && !kittyKeys[code]) return undefined;
  const text = Number.parseInt(typed, 10) || (modifiers.shift && !modifiers.ctrl ? shifted : undefined);
  const event = codePointKey(text || code, text ? { ...modifiers, shift: false } : modifiers);
  if (!base || base === code) return event;
  return { ...event, baseName: codePointKey(base, modifiers).name };
}

function codePointKey(code: number, modifiers: Modifiers): KeyEvent {
  const special = kittyKeys[code];
  if (special) return key(special, modifiers);
  if (code === 32) {
    const name = keyName('space', modifiers);
    const types = !modifiers.ctrl && !modifiers.alt && !modifiers.super;
    return types ? { kind: 'key', name: 'space', text: ' ' } : { kind: 'key', name };
  }
  const isValid = code > 32 && code < 0x110000 && (code < 0xd800 || code > 0xdfff);
  const character = isValid ? String.fromCodePoint(code) : '\ufffd';
  // Without the shifted form the terminal leaves it to us; letters are the same everywhere.
  const isUpper = modifiers.shift && !modifiers.ctrl && character.toUpperCase().length === character.length;
  return key(isUpper ? character.toUpperCase() : character, modifiers);
}

const buttons: readonly MouseButton[] = ['left', 'middle', 'right', 'none'];
const wheels: readonly WheelDirection[] = ['up', 'down', 'left', 'right'];

function sgrMouse(parameters: string, final: string): InputEvent {
  const numbers = parameters.split(';').map(p => Number.parseInt(p, 10));
  const [code = Number.NaN, x = Number.NaN, y = Number.NaN] = numbers;
  if (numbers.some(Number.isNaN) || numbers.length !== 3 || (final !== 'M' && final !== 'm')) {
    return { kind: 'reply', type: 'unknown', data: `<${parameters}${final}` };
  }
  return mouseEvent(code, { x: x - 1, y: y - 1, isRelease: final === 'm' });
}

function x10Mouse(report: string): InputEvent {
  const [code = 0, x = 0, y = 0] = [...report.slice(1)].map(c => c.charCodeAt(0) - 32);
  return mouseEvent(code, { x: x - 1, y: y - 1, isRelease: (code & 3) === 3 && (code & 96) === 0 });
}

function mouseEvent(code: number, at: { x: number; y: number; isRelease: boolean }): MouseEvent {
  const modifiers: Modifiers = {
    shift: (code & 4) !== 0,
    alt: (code & 8) !== 0,
    ctrl: (code & 16) !== 0,
    super: false,
  };
  const place = { x: Math.max(0, at.x), y: Math.max(0, at.y), modifiers };
  if ((code & 192) === 64) {
    return { kind: 'mouse', action: 'wheel', button: 'none', wheel: wheels[code & 3]!, ...place };
  }
  const button = (code & 128) !== 0 ? 'other' : buttons[code & 3]!;
  const moves = (code & 32) !== 0;
  const action = at.isRelease ? 'release' : moves ? (button === 'none' ? 'move' : 'drag') : 'press';
  return { kind: 'mouse', action, button, ...place };
}
