// Variables in Compose files: `$A`, `${A}`, `${A:-default}`, `${A:?message}`, `${A:+other}`, `$$` (Compose specification).
import { isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';

export type Variables = (name: string) => string | undefined;

/** Every text of the data with its variables filled in; keys stay as they are. Throws for a required variable. */
export function interpolate<T extends Plain>(data: T, variables: Variables): T {
  if (typeof data === 'string') return fillIn(data, variables) as T;
  if (Array.isArray(data)) return data.map(item => interpolate(item, variables)) as T;
  if (!isMap(data)) return data;
  const filled: PlainMap = {};
  for (const [key, item] of Object.entries(data)) setKey(filled, key, interpolate(item, variables));
  return filled as T;
}

/** One text with its variables filled in. */
export function fillIn(text: string, variables: Variables): string {
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
      out += variables(plain[0]) ?? '';
      at = dollar + 1 + plain[0].length;
      continue;
    }
    if (next !== '{') throw invalid(text);
    const close = closing(text, dollar + 1);
    out += braced(text.slice(dollar + 2, close), variables, text);
    at = close + 1;
  }
  return out;
}

function invalid(text: string): Error {
  return new Error(
    `invalid interpolation format for ${JSON.stringify(text)}.\nYou may need to escape any $ with another $`,
  );
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{' && text[i - 1] === '$') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  throw invalid(text);
}

function braced(inside: string, variables: Variables, whole: string): string {
  const match = /^([_a-zA-Z][_a-zA-Z0-9]*)(?:(:?[-+?])(.*))?$/s.exec(inside);
  if (!match) throw invalid(whole);
  const [, name = '', operator, rest = ''] = match;
  const value = variables(name);
  if (operator === undefined) return value ?? '';
  const isSet = value !== undefined && (operator[0] !== ':' || value !== '');
  if (operator.endsWith('+')) return isSet ? fillIn(rest, variables) : '';
  if (isSet) return value;
  if (operator.endsWith('-')) return fillIn(rest, variables);
  const why = fillIn(rest, variables);
  throw new Error(`required variable ${name} is missing a value${why === '' ? '' : `: ${why}`}`);
}
