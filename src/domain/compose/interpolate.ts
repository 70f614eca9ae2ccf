// Variables in Compose files: `$A`, `${A}`, `${A:-default}`, `${A:?message}`, `${A:+other}`, `$$` (Compose specification).
import { isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';
import { cast, castAt } from './casts.ts';

export type Variables = (name: string) => string | undefined;

export interface Filling {
  readonly variables: Variables;
  /** Told of a variable that is nowhere set, and of bools in the words of YAML 1.1. */
  readonly warn: (text: string) => void;
}

/**
 * Every text of the data with its variables filled in; keys stay as they are. Texts where Compose wants numbers or bools
 * become these. Throws for a required variable, a `$` that begins none, and a text that is no number or bool.
 */
export function interpolate<T extends Plain>(data: T, filling: Filling, place: readonly string[] = []): T {
  if (typeof data === 'string') return fillPlace(data, filling, place) as T;
  if (Array.isArray(data)) return data.map(item => interpolate(item, filling, [...place, '[]'])) as T;
  if (!isMap(data)) return data;
  const filled: PlainMap = {};
  for (const [key, item] of Object.entries(data)) setKey(filled, key, interpolate(item, filling, [...place, key]));
  return filled as T;
}

function fillPlace(text: string, { variables, warn }: Filling, place: readonly string[]): Plain {
  const shown = place.join('.');
  const lookup: Variables = name => {
    const value = variables(name);
    if (value === undefined) warn(`The ${JSON.stringify(name)} variable is not set. Defaulting to a blank string.`);
    return value;
  };
  let filled: string;
  try {
    filled = text.includes('$') ? fillIn(text, variables, lookup) : text;
  } catch (error) {
    if (error instanceof InvalidFormat)
      throw new Error(
        `invalid interpolation format for ${shown}.\nYou may need to escape any $ with another $.\n${error.text}`,
      );
    throw new Error(`error while interpolating ${shown}: ${(error as Error).message}`);
  }
  const type = castAt(place);
  if (!type) return filled;
  const value = cast(type, filled, warn);
  if (value instanceof Error)
    throw new Error(`error while interpolating ${shown}: failed to cast to expected type: ${value.message}`);
  return value;
}

/** One text with its variables filled in; `bare` looks up those that have no word for being unset. */
export function fillIn(text: string, variables: Variables, bare: Variables = variables): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) return out + text.slice(at);
    out += text.slice(at, dollar);
    const next = text[dollar + 1];
    if (next === '$') {
      out += '$';
      at = dollar + 2;
      continue;
    }
    const plain = /^[_a-zA-Z][_a-zA-Z0-9]*/.exec(text.slice(dollar + 1));
    if (plain) {
      out += bare(plain[0]) ?? '';
      at = dollar + 1 + plain[0].length;
      continue;
    }
    if (next !== '{') throw invalid(text);
    const close = closing(text, dollar + 1);
    out += braced(text.slice(dollar + 2, close), { variables, bare, whole: text });
    at = close + 1;
  }
  return out;
}

/** A `$` that begins no variable. */
class InvalidFormat extends Error {
  readonly text: string;
  constructor(text: string) {
    super(`invalid interpolation format for ${JSON.stringify(text)}.\nYou may need to escape any $ with another $`);
    this.text = text;
  }
}

function invalid(text: string): Error {
  return new InvalidFormat(text);
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{' && text[i - 1] === '$') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  throw invalid(text);
}

function braced(
  inside: string,
  { variables, bare, whole }: { readonly variables: Variables; readonly bare: Variables; readonly whole: string },
): string {
  const match = /^([_a-zA-Z][_a-zA-Z0-9]*)(?:(:?[-+?])(.*))?$/s.exec(inside);
  if (!match) throw invalid(whole);
  const [, name = '', operator, rest = ''] = match;
  if (operator === undefined) return bare(name) ?? '';
  const value = variables(name);
  const isSet = value !== undefined && (operator[0] !== ':' || value !== '');
  if (operator.endsWith('+')) return isSet ? fillIn(rest, variables, bare) : '';
  if (isSet) return value;
  if (operator.endsWith('-')) return fillIn(rest, variables, bare);
  const why = fillIn(rest, variables, bare);
  throw new Error(`required variable ${name} is missing a value${why === '' ? '' : `: ${why}`}`);
}
