// Names of keys: how terminals' codes become them, and how people may write them.
import { nearestName } from '../base/nearest-name.ts';
import type { Modifiers } from './input-events.ts';

export const noModifiers: Modifiers = { ctrl: false, alt: false, shift: false, super: false };

/** Modifiers from the number terminals send: 1 plus shift 1, alt 2, ctrl 4, super 8 (meta 32 counts as alt). */
export function modifiersOf(parameter: number): Modifiers {
  const bits = Math.max(0, (parameter || 1) - 1);
  return {
    shift: (bits & 1) !== 0,
    alt: (bits & 2) !== 0 || (bits & 32) !== 0,
    ctrl: (bits & 4) !== 0,
    super: (bits & 8) !== 0,
  };
}

/** Keys that have a name of their own; everything else is named by the character it types. */
const specialKeys = [
  'enter',
  'tab',
  'space',
  'backspace',
  'esc',
  'delete',
  'insert',
  'home',
  'end',
  'pageup',
  'pagedown',
  'up',
  'down',
  'left',
  'right',
  'begin',
  'menu',
  'pause',
  'print',
  'capslock',
  'scrolllock',
  'numlock',
  ...Array.from({ length: 35 }, (_, n) => `f${n + 1}`),
];
const specials = new Set(specialKeys);

const aliases: Readonly<Record<string, string>> = {
  escape: 'esc',
  return: 'enter',
  cr: 'enter',
  del: 'delete',
  ins: 'insert',
  pgup: 'pageup',
  pgdn: 'pagedown',
  pgdown: 'pagedown',
  'page-up': 'pageup',
  'page-down': 'pagedown',
  bs: 'backspace',
  spc: 'space',
  plus: '+',
  minus: '-',
  comma: ',',
};

const modifierNames: Readonly<Record<string, keyof Modifiers>> = {
  ctrl: 'ctrl',
  control: 'ctrl',
  c: 'ctrl',
  alt: 'alt',
  meta: 'alt',
  option: 'alt',
  a: 'alt',
  m: 'alt',
  shift: 'shift',
  s: 'shift',
  super: 'super',
  cmd: 'super',
  win: 'super',
};

/**
 * The canonical name of a key: modifiers in the order ctrl, alt, shift, super, then the key. Shift is not named for what
 * prints (`G`, `alt-G`) except together with ctrl (`ctrl-shift-a`).
 */
export function keyName(key: string, modifiers: Modifiers): string {
  const base = key === ' ' ? 'space' : key;
  const isSpecial = specials.has(base);
  const letter = !isSpecial && modifiers.ctrl ? base.toLowerCase() : base;
  const isShifted = modifiers.shift || (modifiers.ctrl && letter !== base);
  let name = '';
  if (modifiers.ctrl) name += 'ctrl-';
  if (modifiers.alt) name += 'alt-';
  if (isShifted && (isSpecial || modifiers.ctrl)) name += 'shift-';
  if (modifiers.super) name += 'super-';
  return name + letter;
}

export type ParsedKey = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly problem: string };

/**
 * Reads a key as a person writes it (`Ctrl-C`, `ctrl+c`, `S-tab`, `shift-g`, `escape`, `<space>`) and gives its canonical
 * name, or says what is wrong with it. Refuses what no terminal can send.
 */
export function parseKey(text: string): ParsedKey {
  const trimmed = text.trim();
  const written = /^<.+>$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
  if (written === '') return { ok: false, problem: 'an empty key name' };
  const modifiers = { ctrl: false, alt: false, shift: false, super: false };
  let rest = written;
  for (;;) {
    const match = /^([A-Za-z]+)[-+](?=.)/s.exec(rest);
    const modifier = match && modifierNames[match[1]!.toLowerCase()];
    if (!match || !modifier) break;
    modifiers[modifier] = true;
    rest = rest.slice(match[0].length);
  }
  return namedKey(written, rest, modifiers);
}

function namedKey(written: string, rest: string, modifiers: Modifiers): ParsedKey {
  const lower = rest.toLowerCase();
  const special = aliases[lower] ?? lower;
  if (specials.has(special)) return checkedKey(written, special, modifiers);
  const character = aliases[lower] ?? rest;
  if ([...character].length !== 1) {
    const near = nearestName(lower, specialKeys);
    return { ok: false, problem: `'${written}' is no key${near ? `; did you mean '${near}'?` : ''}` };
  }
  const isLetter = character.toLowerCase() !== character.toUpperCase();
  if (modifiers.shift && isLetter && !modifiers.ctrl) {
    return checkedKey(written, character.toUpperCase(), { ...modifiers, shift: false });
  }
  if (modifiers.shift && !modifiers.ctrl) {
    return { ok: false, problem: `'${written}' differs between keyboards; write the character that it types` };
  }
  // `Ctrl-C` is how people write ctrl-c; with Shift it is `ctrl-shift-c`.
  return checkedKey(written, modifiers.ctrl ? character.toLowerCase() : character, modifiers);
}

/** Keys that arrive as another key in every terminal without an extended protocol. */
const sameAs: Readonly<Record<string, string>> = {
  'ctrl-i': 'tab',
  'ctrl-m': 'enter',
  'ctrl-[': 'esc',
  'shift-space': 'space',
};

function checkedKey(written: string, key: string, modifiers: Modifiers): ParsedKey {
  const name = keyName(key, modifiers);
  const twin = sameAs[name];
  if (twin) return { ok: false, problem: `terminals send '${written}' as '${twin}'; bind '${twin}'` };
  return { ok: true, name };
}
