// One line of text that is typed, with the keys that shells have for it.
import { eachCell } from '../base/text-width.ts';
import type { KeyEvent } from '../terminal/input-events.ts';

export interface Field {
  readonly text: string;
  /** Where the cursor is: before this UTF-16 unit. Beyond the end means at the end. */
  readonly at: number;
}

/** A field with its cursor at the end. */
export function fieldOf(text: string): Field {
  return { text, at: text.length };
}

/** The field after the key; undefined when the key edits nothing. */
export function editField({ text, at: given }: Field, event: KeyEvent): Field | undefined {
  const at = Math.min(given, text.length);
  const before = text.slice(0, at);
  const after = text.slice(at);
  const move = moveOf(event.name);
  if (move) return { text, at: move(text, at) };
  switch (event.name) {
    case 'backspace':
    case 'ctrl-h':
      return text === '' ? undefined : cut(text, stepBack(text, at), at);
    case 'delete':
    case 'ctrl-d':
      return cut(text, at, stepOn(text, at));
    case 'ctrl-u':
      return { text: after, at: 0 };
    case 'ctrl-k':
      return { text: before, at };
    case 'ctrl-w':
      return cut(text, wordBack(text, at), at);
  }
  if (event.text === undefined || /[\0-\x1f\x7f]/.test(event.text)) return undefined;
  return insert({ text, at }, event.text);
}

/** The field with a text at its cursor. */
export function insert({ text, at: given }: Field, added: string): Field {
  const at = Math.min(given, text.length);
  return { text: text.slice(0, at) + added + text.slice(at), at: at + added.length };
}

type Move = (text: string, at: number) => number;

const moves: Readonly<Record<string, Move>> = {
  left: stepBack,
  'ctrl-b': stepBack,
  right: stepOn,
  'ctrl-f': stepOn,
  home: () => 0,
  'ctrl-a': () => 0,
  end: text => text.length,
  'ctrl-e': text => text.length,
  'alt-b': wordBack,
  'ctrl-left': wordBack,
  'alt-f': wordOn,
  'ctrl-right': wordOn,
};

function moveOf(name: string): Move | undefined {
  return Object.hasOwn(moves, name) ? moves[name] : undefined;
}

function cut(text: string, from: number, to: number): Field {
  return { text: text.slice(0, from) + text.slice(to), at: from };
}

/** Beginnings of the cells of a text, and its end: a cursor never stands inside of an emoji. */
function stops(text: string): readonly number[] {
  const all: number[] = [];
  eachCell(text, (_cell, _width, offset) => {
    all.push(offset);
    return true;
  });
  return [...all, text.length];
}

function stepBack(text: string, at: number): number {
  return stops(text).findLast(stop => stop < at) ?? 0;
}

function stepOn(text: string, at: number): number {
  return stops(text).find(stop => stop > at) ?? text.length;
}

function wordBack(text: string, at: number): number {
  return text.slice(0, at).replace(/\S+\s*$/, '').length;
}

function wordOn(text: string, at: number): number {
  return at + (/^\s*\S*/.exec(text.slice(at))?.[0].length ?? 0);
}

/** Text from a paste, as one line without control characters. */
export function pastedText(text: string): string {
  return text.replace(/[\0-\x1f\x7f-\x9f]+/g, ' ').trim();
}
