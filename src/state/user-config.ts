// What a person sets for all projects: `config.jsonc` in the configuration directory. Every setting stands in one table.
import fs from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../base/diagnostics.ts';
import { nearestName } from '../base/nearest-name.ts';
import { type CommentedJson, parseCommentedJson } from './commented-json.ts';

export interface UserConfig {
  /** Bytes of log that a project may keep on disk. */
  readonly log_max_bytes: number;
  /** Name of a theme, or a path of a theme file. */
  readonly theme: string;
  /** Name of a keymap, or a path of a keymap file. */
  readonly keymap: string;
  /** Only ASCII characters on the screen. */
  readonly ascii: boolean;
  /** Whether the screen takes the mouse. */
  readonly mouse: boolean;
}

interface Setting<T> {
  readonly fallback: T;
  readonly doc: string;
  /** What a value must be, when it is not. */
  readonly problem: (value: unknown) => string | undefined;
}

const isText = (value: unknown) => (typeof value === 'string' ? undefined : 'must be a text');
const isSwitch = (value: unknown) => (typeof value === 'boolean' ? undefined : 'must be true or false');

const mebibyte = 2 ** 20;

/** The settings, their defaults and what they do. */
export const settings: { readonly [Name in keyof UserConfig]: Setting<UserConfig[Name]> } = {
  log_max_bytes: {
    fallback: 2 * 2 ** 30,
    doc: 'Bytes of log that a project may keep on disk; the oldest finished session goes first.',
    problem: value =>
      typeof value === 'number' && Number.isInteger(value) && value >= 16 * mebibyte
        ? undefined
        : `must be a whole number of bytes, at least ${16 * mebibyte}`,
  },
  theme: { fallback: 'terminal', doc: 'Name of a theme, or the path of a theme file.', problem: isText },
  keymap: { fallback: 'default', doc: 'Name of a keymap, or the path of a keymap file.', problem: isText },
  ascii: { fallback: false, doc: 'Draw with ASCII characters only.', problem: isSwitch },
  mouse: { fallback: true, doc: 'Let the screen take the mouse.', problem: isSwitch },
};

const names = Object.keys(settings) as (keyof UserConfig)[];

export interface ReadConfig {
  /** Every setting; what is missing or wrong has its default. */
  readonly config: UserConfig;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where the file is looked for. */
export function userConfigFile(configDirectory: string): string {
  return path.join(configDirectory, 'config.jsonc');
}

/** Reads the file; one that does not exist means all defaults. */
export function readUserConfig(file: string): ReadConfig {
  try {
    const text = readConfigText(file);
    return text === undefined ? { config: defaults(), diagnostics: [] } : parseUserConfig(file, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return { config: defaults(), diagnostics: [] };
    // Settings are no reason to do without a session. Without a place, as nobody can read on from there.
    const text = `${file}: the settings cannot be read: ${(error as Error).message}`;
    return { config: defaults(), diagnostics: [{ severity: 'error', text }] };
  }
}

/** The text without the mark that some editors begin with; undefined when there is no file. Throws for what is no file. */
function readConfigText(file: string): string | undefined {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (!found.isFile()) throw new Error(found.isDirectory() ? 'it is a folder' : 'it is no regular file');
  return fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '');
}

/** Reads the text of the file. */
export function parseUserConfig(file: string, text: string): ReadConfig {
  const json = parseCommentedJson(file, text);
  if (json.value === undefined) return { config: defaults(), diagnostics: json.diagnostics };
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value)) {
    const wrong = { severity: 'error', at: json.placeOf([]), text: 'expected { settings }' } as const;
    return { config: defaults(), diagnostics: [wrong] };
  }
  const given = json.value as Record<string, unknown>;
  const diagnostics = Object.keys(given).flatMap(name => problemOf(name, given[name], json));
  const wrong = new Set(diagnostics.map(([name]) => name));
  const good = names.filter(name => Object.hasOwn(given, name) && !wrong.has(name));
  const config = { ...defaults(), ...Object.fromEntries(good.map(name => [name, given[name]])) };
  return { config, diagnostics: [...json.diagnostics, ...diagnostics.map(([, diagnostic]) => diagnostic)] };
}

function defaults(): UserConfig {
  return Object.fromEntries(names.map(name => [name, settings[name].fallback])) as unknown as UserConfig;
}

function problemOf(name: string, value: unknown, json: CommentedJson): [string, Diagnostic][] {
  // `$schema` lets editors help.
  if (name === '$schema') return [];
  if (!Object.hasOwn(settings, name)) {
    const near = nearestName(name, names);
    const hint = near ? `did you mean '${near}'?` : `known: ${names.join(', ')}`;
    return [[name, { severity: 'error', at: json.placeOf([name], 'key'), text: `unknown setting '${name}'`, hint }]];
  }
  const problem = settings[name as keyof UserConfig].problem(value);
  return problem ? [[name, { severity: 'error', at: json.placeOf([name]), text: `'${name}' ${problem}` }]] : [];
}
