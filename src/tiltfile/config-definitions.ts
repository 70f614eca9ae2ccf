// config.define_*, and what config.parse makes of the command line and tilt_config.json (reference 2.8).
// The command line beats the file, key by key; keys that neither sets are not in the result.
import { JsonError, parseFirstJson, parseJson } from '../domain/json/parse-json.ts';
import { Dict, Float, List, starlarkString, type Value } from '../starlark/index.ts';

export type SettingType = 'string' | 'string_list' | 'bool' | 'object';

export interface SettingDefinition {
  readonly type: SettingType;
  readonly usage: string;
}

export class ConfigDefinitions {
  readonly definitions = new Map<string, SettingDefinition>();
  /** The setting that takes positionals. */
  positional: string | undefined;
  isParsed = false;
  /** Folder of the one Tiltfile that may call config.parse. */
  parsedIn: string | undefined;
  /** What set_enabled_resources or clear_enabled_resources chose last. */
  enabled: readonly string[] | 'none' | undefined;

  define(functionName: string, name: string, definition: SettingDefinition, takesArgs: boolean): void {
    if (name === '') throw new Error("'name' is required");
    if (this.isParsed) throw new Error(`${functionName} cannot be called after config.parse is called`);
    if (this.definitions.has(name)) throw new Error(`${name} defined multiple times`);
    if (takesArgs) {
      if (this.positional) throw new Error(`both ${name} and ${this.positional} are defined as positional args`);
      this.positional = name;
    }
    this.definitions.set(name, definition);
  }

  /** The settings as a dict. `file` is the text of tilt_config.json, undefined when there is none. */
  parse(filePath: string, file: string | undefined, args: readonly string[]): Dict {
    const fromFile = file === undefined ? new Map<string, Value>() : this.#fromFile(filePath, file);
    const fromArgs = this.#fromArgs(args);
    return new Dict(
      [...new Map([...fromFile, ...fromArgs])].map(([name, value]) => [starlarkString(name), value] as const),
    );
  }

  #fromFile(filePath: string, text: string): Map<string, Value> {
    let parsed: object;
    try {
      parsed = firstObject(text);
    } catch (error) {
      throw new Error(`error parsing json from ${filePath}: ${fileProblem(error as JsonError, text)}`);
    }
    const values = new Map<string, Value>();
    for (const [name, value] of Object.entries(parsed)) {
      const definition = this.definitions.get(name);
      if (!definition) throw new Error(`${filePath} specified unknown setting name '${name}'`);
      try {
        const converted = fileValue(definition.type, value);
        if (converted !== undefined) values.set(name, converted);
      } catch (error) {
        throw new Error(`${filePath} specified invalid value for setting ${name}: ${(error as Error).message}`);
      }
    }
    return values;
  }

  #fromArgs(args: readonly string[]): Map<string, Value> {
    try {
      return new ArgsReader(this).read(args);
    } catch (error) {
      throw new Error(`invalid Tiltfile config args: ${(error as Error).message}`);
    }
  }
}

/** The object that a text begins with, as Tilt reads it: what follows does not count, null and blank text are empty. */
function firstObject(text: string): object {
  const start = text.search(/[^ \t\r\n]/);
  if (start < 0 && text !== '') return {};
  if (start >= 0 && !'{n'.includes(text[start]!))
    throw new JsonError(`ReadMapCB: expect { or n, but found ${text[start]}`, start);
  return (parseFirstJson(text).value as object | null) ?? {};
}

/** What is wrong with the settings file, with the text around it. */
function fileProblem({ message, offset }: JsonError, text: string): string {
  const head = offset + 1;
  const start = Math.max(0, head - 10);
  const near = text.slice(start, head + 10);
  const around = text.slice(Math.max(0, head - 50), head + 50);
  const problem = /key string$/.test(message)
    ? `ReadString: expects " or n, but found ${text[offset] ?? '\u0000'}`
    : message;
  return `${problem}, error found in #${head - start} byte of ...|${near}|..., bigger context ...|${around}|...`;
}

function goKind(value: unknown): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  return { string: 'string', boolean: 'bool', number: 'float64' }[typeof value as string] ?? 'map[string]interface {}';
}

/** One value of the file; null leaves the setting unset. */
function fileValue(type: SettingType, value: unknown): Value | undefined {
  if (value === null) return undefined;
  switch (type) {
    case 'string':
      if (typeof value !== 'string') throw new Error(`expected string, found ${goKind(value)}`);
      return starlarkString(value);
    case 'bool':
      if (typeof value !== 'boolean') throw new Error(`expected bool, found ${goKind(value)}`);
      return value;
    case 'string_list':
      if (!Array.isArray(value)) throw new Error('expected array');
      return new List(
        value.map(item => {
          if (typeof item !== 'string') throw new Error(`expected string, got ${goKind(item)}`);
          return starlarkString(item);
        }),
      );
    case 'object':
      return floatValue(value);
  }
}

/** JSON with every number a float, as config objects have them (reference 7, row 11). */
export function floatValue(value: unknown): Value {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return starlarkString(value);
  if (typeof value === 'number') return new Float(value);
  if (Array.isArray(value)) return new List(value.map(floatValue));
  const entries = Object.entries(value as Record<string, unknown>);
  return new Dict(entries.map(([key, item]) => [starlarkString(key), floatValue(item)] as const));
}

const trueWords = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const falseWords = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** Reads Tiltfile arguments by pflag's rules; settings have no short names. */
class ArgsReader {
  #config: ConfigDefinitions;
  #values = new Map<string, Value>();

  constructor(config: ConfigDefinitions) {
    this.#config = config;
  }

  read(args: readonly string[]): Map<string, Value> {
    const positionals: string[] = [];
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!;
      if (arg === '--') {
        positionals.push(...args.slice(i + 1));
        break;
      }
      if (arg.startsWith('--')) i += this.#flag(arg, args[i + 1]);
      else if (arg.startsWith('-h')) throw this.#usage('pflag: help requested');
      else if (arg.startsWith('-') && arg !== '-') throw this.#usage(`unknown shorthand flag: '${arg[1]}' in ${arg}`);
      else positionals.push(arg);
    }
    this.#positionals(positionals);
    return this.#values;
  }

  /** Gives how many further arguments it used. */
  #flag(arg: string, next: string | undefined): number {
    const equals = arg.indexOf('=');
    const name = arg.slice(2, equals < 0 ? undefined : equals);
    const definition = name === this.#config.positional ? undefined : this.#config.definitions.get(name);
    if (!definition) {
      if (name === 'help') throw this.#usage('pflag: help requested');
      throw this.#usage(`unknown flag: --${name}`);
    }
    const text = equals >= 0 ? arg.slice(equals + 1) : definition.type === 'bool' ? 'true' : next;
    if (text === undefined) throw this.#usage(`flag needs an argument: --${name}`);
    try {
      this.#set(name, definition, text);
    } catch (error) {
      throw this.#usage(`invalid argument ${JSON.stringify(text)} for "--${name}" flag: ${(error as Error).message}`);
    }
    return equals < 0 && definition.type !== 'bool' ? 1 : 0;
  }

  #positionals(positionals: readonly string[]): void {
    if (positionals.length === 0) return;
    const { positional } = this.#config;
    if (!positional) {
      throw new Error(
        `positional CLI args (${JSON.stringify(positionals.join(' '))}) were specified, but none were expected.\n` +
          'See https://docs.tilt.dev/tiltfile_config.html#positional-arguments for examples.',
      );
    }
    for (const text of positionals) {
      try {
        this.#set(positional, this.#config.definitions.get(positional)!, text);
      } catch (error) {
        throw new Error(`invalid positional args (${positional}): ${(error as Error).message}`);
      }
    }
  }

  #set(name: string, definition: SettingDefinition, text: string): void {
    const old = this.#values.get(name);
    if (definition.type === 'string_list') {
      const items = old instanceof List ? old.elems : [];
      this.#values.set(name, new List([...items, starlarkString(text)]));
      return;
    }
    if (old !== undefined) {
      throw new Error(
        `${definition.type} settings can only be specified once. multiple values found (last value: ${text})`,
      );
    }
    this.#values.set(name, argValue(definition.type, text));
  }

  #usage(problem: string): Error {
    const flags = [...this.#config.definitions]
      .filter(([name]) => name !== this.#config.positional)
      .sort((a, b) => (a[0] < b[0] ? -1 : 1));
    if (flags.length === 0) return new Error(problem);
    const heads = flags.map(([name, definition]) => `      --${name}${valueWord(definition)}`);
    const width = Math.max(...heads.map(head => head.length));
    const lines = flags.map(([, { type, usage }], i) => {
      // An object is None until it is given; the other types are empty, which usage texts leave out.
      const initial = type === 'object' ? ' (default None)' : '';
      return `${heads[i]!.padEnd(width)}   ${usage.replace(namedValue, '$1')}${initial}`;
    });
    return new Error(`${problem}\nUsage:\n${lines.join('\n')}\n`);
  }
}

/** A word in backquotes in a usage text names the value (pflag). */
const namedValue = /`([^`]*)`/;

function valueWord({ type, usage }: SettingDefinition): string {
  const named = namedValue.exec(usage)?.[1];
  if (named) return ` ${named}`;
  return type === 'bool' ? '' : ` ${type === 'string_list' ? 'list[string]' : type}`;
}

function argValue(type: SettingType, text: string): Value {
  if (type === 'bool') {
    if (trueWords.has(text)) return true;
    if (falseWords.has(text)) return false;
    throw new Error(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  if (type === 'object') {
    try {
      return floatValue(parseJson(text));
    } catch (error) {
      throw new Error(`decoding JSON, got ${JSON.stringify(text)}: ${(error as Error).message}`);
    }
  }
  return starlarkString(text);
}
