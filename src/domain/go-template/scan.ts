// A template's text cut into plain text and actions, and an action into words.
import { TemplateError } from './nodes.ts';

export interface Piece {
  readonly text: string;
  /** Offset of the piece in the template; for an action, of its inside. */
  readonly at: number;
  readonly isAction: boolean;
}

/** Text and actions in order, comments left out, `{{-` and `-}}` carried out. Throws TemplateError. */
export function cutTemplate(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let isTrimmed = false;
  for (;;) {
    const open = template.indexOf('{{', at);
    let text = template.slice(at, open < 0 ? undefined : open);
    if (isTrimmed) text = text.trimStart();
    const trimsBefore = open >= 0 && /^-\s/.test(template.slice(open + 2, open + 4));
    if (trimsBefore) text = text.trimEnd();
    if (text !== '') pieces.push({ text, at, isAction: false });
    if (open < 0) return pieces;
    const from = open + (trimsBefore ? 3 : 2);
    const close = actionEnd(template, from);
    let inside = template.slice(from, close);
    isTrimmed = /\s-$/.test(inside);
    if (isTrimmed) inside = inside.slice(0, -1);
    if (!/^\s*\/\*[\s\S]*\*\/\s*$/.test(inside)) pieces.push({ text: inside, at: from, isAction: true });
    at = close + 2;
  }
}

function actionEnd(template: string, from: number): number {
  const comment = /^\s*\/\*/.exec(template.slice(from));
  if (comment) {
    const end = template.indexOf('*/', from);
    if (end < 0) throw new TemplateError('unclosed comment');
    const close = template.indexOf('}}', end);
    if (close < 0) throw new TemplateError('comment ends before closing delimiter');
    return close;
  }
  let quote = '';
  for (let i = from; i < template.length; i++) {
    const char = template[i]!;
    if (quote !== '') {
      if (char === '\\' && quote !== '`') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === '`' || char === "'") quote = char;
    else if (template.startsWith('}}', i)) return i;
  }
  throw new TemplateError(quote === '' ? 'unclosed action' : 'unterminated quoted string');
}

export type WordKind = 'word' | 'field' | 'variable' | 'text' | 'number' | 'sign';

export interface Word {
  readonly kind: WordKind;
  /** For text, the value; for the rest, what is written. */
  readonly text: string;
  /** Nothing stands between it and the word before. */
  readonly isJoined: boolean;
}

const patterns: readonly (readonly [WordKind, RegExp])[] = [
  ['field', /^\.[\p{L}_][\p{L}\p{Nd}_]*/u],
  ['variable', /^\$[\p{L}\p{Nd}_]*/u],
  ['number', /^[+-]?(?:0[xX][0-9a-fA-F_]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/],
  ['word', /^[\p{L}_][\p{L}\p{Nd}_]*/u],
  ['text', /^(?:"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])')/],
  ['sign', /^(?::=|[()|=,.])/],
];

/** The words of an action. Throws TemplateError for a character that has no place in one. */
export function cutAction(action: string): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  let isJoined = false;
  while (at < action.length) {
    const rest = action.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      isJoined = false;
      continue;
    }
    const word = firstWord(rest);
    words.push({ kind: word.kind, text: word.kind === 'text' ? unquote(word.text) : word.text, isJoined });
    at += word.text.length;
    isJoined = true;
  }
  return words;
}

function firstWord(rest: string): { readonly kind: WordKind; readonly text: string } {
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(rest);
    if (match) return { kind, text: match[0] };
  }
  const char = String.fromCodePoint(rest.codePointAt(0)!);
  const code = rest.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  throw new TemplateError(`unexpected U+${code} '${char}' in command`);
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The value of a Go string literal; of a character in single quotes, its code as Go prints it. */
export function unquote(literal: string): string {
  const inside = literal.slice(1, -1);
  if (literal.startsWith('`')) return inside;
  const text = inside.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]))/g,
    (_all, x?: string, u?: string, long?: string, octal?: string, char?: string) => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      return escapes[char!] ?? char!;
    },
  );
  return literal.startsWith("'") ? String(text.codePointAt(0) ?? 0) : text;
}
