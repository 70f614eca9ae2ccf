// What is typed to look through the log. After `&` words that lines must meet: a text, `!text`, `re:...`, `level:warn`,
// `source:build`, `since:5m`; after `/` one text, or `re:` and an expression. Capital letters in a text make it exact.
// Pure. Does not: read the log.
import type { LogFilter, LogLevel, LogText, LogWord } from '../api/client.ts';

/** What of the log is shown, beside whose it is. */
export interface LogView {
  /** As it was typed; '' for everything. */
  readonly text: string;
  readonly filter: Pick<LogFilter, 'minLevel' | 'withErrorWords' | 'source' | 'sinceMs' | 'words'>;
  /** What is wrong with the text, while the rest still filters. */
  readonly problem?: string | undefined;
}

export const wholeLog: LogView = { text: '', filter: {} };

const levels: readonly LogLevel[] = ['debug', 'verbose', 'info', 'warn', 'error'];
const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

interface Parsed {
  minLevel?: LogLevel;
  withErrorWords?: true;
  source?: 'build' | 'runtime';
  sinceMs?: number;
  words: LogWord[];
  problem?: string;
}

/** Reads the text after `&`; `nowMs` is what `since:` counts from. */
export function parseLogView(text: string, nowMs: number): LogView {
  const parsed: Parsed = { words: [] };
  for (const word of text.trim().split(/\s+/).filter(Boolean)) readWord(word, nowMs, parsed);
  const { problem, words, ...rest } = parsed;
  return { text, filter: { ...rest, ...(words.length > 0 ? { words } : {}) }, problem };
}

function readWord(word: string, nowMs: number, parsed: Parsed): void {
  const [, field, value = ''] = /^(level|source|since):(.*)$/.exec(word) ?? [];
  if (field === 'level') {
    const level = value === '' ? undefined : levels.find(name => name.startsWith(value.toLowerCase()));
    if (level) {
      parsed.minLevel = level;
      // What the pane marks as an error passes.
      if (level === 'warn' || level === 'error') parsed.withErrorWords = true;
      else delete parsed.withErrorWords;
    } else parsed.problem ??= `level: ${levels.join(' ')}`;
  } else if (field === 'source') {
    const source = (['build', 'runtime'] as const).find(name => value !== '' && name.startsWith(value.toLowerCase()));
    if (source) parsed.source = source;
    else parsed.problem ??= 'source: build runtime';
  } else if (field === 'since') readSince(value, nowMs, parsed);
  else readText(word, parsed);
}

function readSince(value: string, nowMs: number, parsed: Parsed): void {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(value) ?? [];
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(value) ?? [];
  if (count !== undefined && unit !== undefined) parsed.sinceMs = nowMs - Number(count) * unitMs[unit]!;
  else if (hours !== undefined) {
    const at = new Date(nowMs).setHours(Number(hours), Number(minutes), Number(seconds), 0);
    // A time that is still to come was yesterday's.
    parsed.sinceMs = at > nowMs ? at - unitMs['d']! : at;
  } else parsed.problem ??= 'since: 30s 5m 2h 1d, or 14:05';
}

function readText(word: string, parsed: Parsed): void {
  const isInverse = word.startsWith('!');
  const rest = isInverse ? word.slice(1) : word;
  if (rest === '' || rest === 're:') return;
  const { query, problem } = parseSearch(rest);
  if (problem) parsed.problem ??= problem;
  else parsed.words.push({ ...query, ...(isInverse ? { isInverse } : {}) });
}

export interface ParsedSearch {
  readonly query: LogText;
  readonly problem?: string | undefined;
}

/** Reads the text after `/`. */
export function parseSearch(text: string): ParsedSearch {
  const [, source] = /^re:(.*)$/s.exec(text) ?? [];
  const pattern = source ?? text;
  const isCaseSensitive = /\p{Lu}/u.test(source === undefined ? pattern : pattern.replace(/\\./g, ''));
  const query: LogText = { pattern, isCaseSensitive, ...(source === undefined ? {} : { isRegex: true }) };
  if (source === undefined) return { query };
  try {
    new RegExp(source, 'u');
    return { query };
  } catch (error) {
    // `Invalid regular expression: /[/u: Unterminated character class`: only the last part is news.
    return { query, problem: `re: ${(error as Error).message.split(': ').at(-1)?.toLowerCase()}` };
  }
}

/** The text with `re:` before it, or without it when it stood there. */
export function toggleRegex(text: string): string {
  return text.startsWith('re:') ? text.slice(3) : `re:${text}`;
}

export type ViewField = 'level' | 'source' | 'since';

/** The text with another value of a field; undefined takes the field out. */
export function withField(text: string, field: ViewField, value: string | undefined): string {
  const words = text.split(/\s+/).filter(word => word !== '' && !word.startsWith(`${field}:`));
  return [...words, ...(value === undefined ? [] : [`${field}:${value}`])].join(' ');
}

/** The value of a field, if the text has it. */
export function viewField(text: string, field: ViewField): string | undefined {
  return text
    .split(/\s+/)
    .findLast(word => word.startsWith(`${field}:`))
    ?.slice(field.length + 1);
}
