// Lists of texts as parameters take them; which values count as lists differs from builtin to builtin (Tilt's words).
import { jsString, List, reprOf, Tuple, typeOf, type Value } from '../starlark/index.ts';
import { Blob } from './blob.ts';
import { elements } from './parameters.ts';

function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return jsString(value);
  return value instanceof Blob ? jsString(value.text) : undefined;
}

function listOf(value: Value, what: string, of: string): string[] {
  if (value === null) return [];
  if (!(value instanceof List || value instanceof Tuple))
    throw new Error(`value should be ${what}, but is of type ${typeOf(value)}`);
  return elements(value).map(item => {
    const text = textOf(item);
    if (text !== undefined) return text;
    throw new Error(`${of} should contain only strings, but element ${quoted(item)} was of type ${typeOf(item)}`);
  });
}

function quoted(value: Value): string {
  return JSON.stringify(jsString(reprOf(value)));
}

/** A list or tuple of texts; None is empty. */
export function stringList(value: Value): string[] {
  return listOf(value, 'a List or Tuple of strings', 'value');
}

/** One text, or a list or tuple of texts; None is empty. */
export function stringOrStrings(value: Value): string[] {
  const one = textOf(value);
  return one === undefined ? listOf(value, 'a string or List or Tuple of strings', 'list') : [one];
}
