// Command-line flags by pflag's rules (reference 1.1): which spellings are taken, what they mean, and the exact errors.
// A table of FlagSpec drives parsing, help and shell completion. Does not: know any command.
import { goDurationProblem, parseGoDuration } from '../base/go-duration.ts';

export type FlagType = 'bool' | 'string' | 'int' | 'strings' | 'stringArray' | 'duration' | 'WebMode';

export interface FlagSpec {
  readonly name: string;
  readonly short?: string;
  readonly type: FlagType;
  /** As help shows it, and the value when the flag is not given. Lists: none; durations as Go writes them. */
  readonly default?: string | number | boolean;
  /** The value of a flag given without one (`--cascade`); without this, such a flag takes the next argument. */
  readonly noOptDefault?: string;
  readonly hidden?: boolean;
  readonly help: string;
  /** Words that the value may be; anything else is refused with these words. */
  readonly values?: readonly string[];
}

export type FlagValue = string | number | boolean | readonly string[];

/** Wrong use of the command line: shown with the command's usage. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Parsed flags; every getter knows the default. */
export class FlagValues {
  #specs: ReadonlyMap<string, FlagSpec>;
  #values = new Map<string, FlagValue>();

  constructor(specs: readonly FlagSpec[]) {
    this.#specs = new Map(specs.map(spec => [spec.name, spec]));
  }

  /** True when the flag was given. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  string(name: string): string {
    return String(this.#get(name) ?? '');
  }

  int(name: string): number {
    return Number(this.#get(name) ?? 0);
  }

  bool(name: string): boolean {
    const value = this.#get(name);
    return value === true;
  }

  list(name: string): readonly string[] {
    const value = this.#get(name);
    return Array.isArray(value) ? value : [];
  }

  durationMs(name: string): number {
    return parseGoDuration(String(this.#get(name) ?? '0s')) ?? 0;
  }

  /** Takes one occurrence of a flag; throws UsageError for a value that is not of its type. */
  set(spec: FlagSpec, text: string, shown: string): void {
    this.#values.set(spec.name, parseValue(spec, text, this.#values.get(spec.name), shown));
  }

  #get(name: string): FlagValue | undefined {
    const spec = this.#specs.get(name);
    if (!spec) throw new Error(`bug: no flag --${name}`);
    return this.#values.get(name) ?? spec.default;
  }
}

const trueWords = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const falseWords = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

function parseValue(spec: FlagSpec, text: string, old: FlagValue | undefined, shown: string): FlagValue {
  const refuse = (why: string): UsageError => new UsageError(`invalid argument "${text}" for "${shown}" flag: ${why}`);
  switch (spec.type) {
    case 'bool':
      if (trueWords.has(text)) return true;
      if (falseWords.has(text)) return false;
      throw refuse(`strconv.ParseBool: parsing "${text}": invalid syntax`);
    case 'int': {
      const value = parseGoInt(text);
      if (value === undefined) throw refuse(`strconv.ParseInt: parsing "${text}": invalid syntax`);
      if (!Number.isSafeInteger(value)) throw refuse(`strconv.ParseInt: parsing "${text}": value out of range`);
      return value;
    }
    case 'duration':
      if (parseGoDuration(text) === undefined) throw refuse(goDurationProblem(text));
      return text;
    case 'strings':
      return [...((old as readonly string[] | undefined) ?? []), ...splitCsv(text)];
    case 'stringArray':
      return [...((old as readonly string[] | undefined) ?? []), text];
    case 'WebMode':
      if (spec.values?.includes(text)) return text;
      throw refuse(`Unrecognized web mode: ${text}. Allowed values: [${spec.values?.join(' ')}]`);
    case 'string':
      return text;
  }
}

/** Go's ParseInt with base 0: decimal, 0x, 0o, 0b, a leading 0 for octal, underscores between digits. */
export function parseGoInt(text: string): number | undefined {
  const match = /^([+-]?)(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|0[0-7_]*|[1-9][0-9_]*)$/.exec(text);
  if (!match || /__|_$/.test(text)) return undefined;
  const digits = match[2]!.replace(/_/g, '');
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return match[1] === '-' ? -value : value;
}

/** One line of comma-separated values with double quotes, as pflag reads a list. */
function splitCsv(text: string): string[] {
  if (text === '') return [];
  const parts: string[] = [];
  let at = 0;
  while (at <= text.length) {
    if (text[at] === '"') {
      const end = findQuoteEnd(text, at + 1);
      parts.push(text.slice(at + 1, end).replace(/""/g, '"'));
      at = text.indexOf(',', end);
      if (at < 0) break;
      at++;
    } else {
      const comma = text.indexOf(',', at);
      parts.push(text.slice(at, comma < 0 ? undefined : comma));
      if (comma < 0) break;
      at = comma + 1;
    }
  }
  return parts;
}

function findQuoteEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] !== '"') continue;
    if (text[i + 1] === '"') i++;
    else return i;
  }
  return text.length;
}

const helpFlag: FlagSpec = { name: 'help', short: 'h', type: 'bool', help: '' };

export interface ParsedArgs {
  readonly flags: FlagValues;
  readonly positionals: readonly string[];
  /** How many positionals came before `--`; undefined when there was no `--`. */
  readonly dashAt: number | undefined;
  readonly wantsHelp: boolean;
}

export interface ParseRules {
  /** False: the first positional ends the flags (`create cmd NAME ARGV...`). */
  readonly interspersed?: boolean;
}

/** Parses the arguments that follow a command's name. Throws UsageError. */
export function parseArgs(specs: readonly FlagSpec[], args: readonly string[], rules: ParseRules = {}): ParsedArgs {
  const flags = new FlagValues(specs);
  const positionals: string[] = [];
  let wantsHelp = false;
  let i = 0;
  while (i < args.length) {
    const arg = args[i++]!;
    if (arg === '--') {
      const dashAt = positionals.length;
      positionals.push(...args.slice(i));
      return { flags, positionals, dashAt, wantsHelp };
    }
    if (arg.startsWith('--')) {
      if (arg === '--help') wantsHelp = true;
      else if (arg.startsWith('--help='))
        wantsHelp = parseValue(helpFlag, arg.slice('--help='.length), undefined, '-h, --help') === true;
      else i += takeLong(specs, flags, arg, args[i]);
    } else if (arg.startsWith('-') && arg !== '-') {
      const taken = takeShort(specs, flags, arg, args[i]);
      wantsHelp ||= taken.help;
      i += taken.used;
    } else {
      positionals.push(arg);
      if (rules.interspersed === false) {
        const rest = args.slice(i);
        positionals.push(...(rest[0] === '--' ? rest.slice(1) : rest));
        return { flags, positionals, dashAt: undefined, wantsHelp };
      }
    }
  }
  return { flags, positionals, dashAt: undefined, wantsHelp };
}

/** Handles `--name`, `--name=value`, `--name value`. Gives how many further arguments were used. */
function takeLong(specs: readonly FlagSpec[], flags: FlagValues, arg: string, next: string | undefined): number {
  const equals = arg.indexOf('=');
  const name = arg.slice(2, equals < 0 ? undefined : equals);
  if (name === '' || name.startsWith('-')) throw new UsageError(`bad flag syntax: ${arg}`);
  const spec = specs.find(s => s.name === name);
  if (!spec) throw new UsageError(`unknown flag: --${name}`);
  const shown = spec.short ? `-${spec.short}, --${name}` : `--${name}`;
  if (equals >= 0) {
    flags.set(spec, arg.slice(equals + 1), shown);
    return 0;
  }
  const alone = spec.noOptDefault ?? (spec.type === 'bool' ? 'true' : undefined);
  if (alone !== undefined) {
    flags.set(spec, alone, shown);
    return 0;
  }
  if (next === undefined) throw new UsageError(`flag needs an argument: --${name}`);
  flags.set(spec, next, shown);
  return 1;
}

/** Handles `-d`, `-dv`, `-fFILE`, `-f=FILE`, `-f FILE`. */
function takeShort(
  specs: readonly FlagSpec[],
  flags: FlagValues,
  arg: string,
  next: string | undefined,
): { help: boolean; used: number } {
  let rest = arg.slice(1);
  let help = false;
  while (rest !== '') {
    const letter = rest[0]!;
    const spec = specs.find(s => s.short === letter);
    if (!spec) {
      if (letter !== 'h') throw new UsageError(`unknown shorthand flag: '${letter}' in -${rest}`);
      help = true;
      rest = rest.slice(1);
      continue;
    }
    const shown = `-${letter}, --${spec.name}`;
    const alone = spec.noOptDefault ?? (spec.type === 'bool' ? 'true' : undefined);
    if (rest.length > 2 && rest[1] === '=') {
      flags.set(spec, rest.slice(2), shown);
      return { help, used: 0 };
    }
    if (alone !== undefined) {
      flags.set(spec, alone, shown);
      rest = rest.slice(1);
    } else if (rest.length > 1) {
      flags.set(spec, rest.slice(1), shown);
      return { help, used: 0 };
    } else {
      if (next === undefined) throw new UsageError(`flag needs an argument: '${letter}' in -${rest}`);
      flags.set(spec, next, shown);
      return { help, used: 1 };
    }
  }
  return { help, used: 0 };
}
