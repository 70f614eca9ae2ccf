// Conversions that Tilt's builtins have in common, each as an unpacker for a parameter. What they throw is put behind
// `builtin: for parameter x: ` (reference 2.7; the words are Tilt's).
import path from 'node:path';
import { nameProblems } from '../api/identifiers.ts';
import type { Link } from '../api/shared-types.ts';
import {
  asIterable,
  Dict,
  jsString,
  List,
  reprOf,
  StarlarkObject,
  StarlarkSet,
  type Thread,
  Tuple,
  typeOf,
  type Value,
} from '../starlark/index.ts';
import { Blob } from './blob.ts';
import { evaluationOf } from './evaluation.ts';
import { goTypeName } from './go-types.ts';
import { LinkValue, lacksScheme, parseLink } from './links.ts';

/** Every element of a value that can be iterated, or the value itself; None is nothing. */
export function valueOrSequence(value: Value): Value[] {
  if (value === null) return [];
  if (value instanceof List || value instanceof Tuple || value instanceof StarlarkSet || value instanceof Dict)
    return elements(value);
  return [value];
}

/** The elements of something that can be iterated. */
export function elements(value: Value): Value[] {
  const iterator = asIterable(value).iterate();
  const found: Value[] = [];
  for (let next = iterator.next(); next !== undefined; next = iterator.next()) found.push(next);
  iterator.done();
  return found;
}

/** A string or a blob, as an ordinary string. */
export function stringable(value: Value): string {
  if (typeof value === 'string') return jsString(value);
  if (value instanceof Blob) return jsString(value.text);
  throw new Error(`Value should be convertible to string, but is type ${typeOf(value)}`);
}

/** The name of a resource or object: no `/` and `%`, not `.` or `..`. */
export function objectName(value: Value): string {
  const name = stringable(value);
  const problem = nameProblems(name)[0];
  if (problem) throw new Error(`invalid value ${JSON.stringify(name)}: ${problem}`);
  return name;
}

/** The name of a resource that is defined: objectName, and not empty. */
export function resourceName(value: Value): string {
  const name = objectName(value);
  if (name === '') throw new Error('invalid value "": a resource needs a name');
  return name;
}

/** A sequence of strings; a string is none. */
export function stringSequence(value: Value): string[] {
  if (!isSequence(value)) throw new Error(`'${plain(value)}' is a ${goTypeName(value)}, not a sequence`);
  return elements(value).map(stringElement);
}

/** The elements of a sequence of anything; for parameters whose elements are checked by the builtin (stringsOf). */
export function sequence(value: Value): Value[] {
  if (!isSequence(value)) throw new Error(`got ${typeOf(value)}, want starlark.Sequence`);
  return elements(value);
}

/** Elements that must be strings, as those of the thing that messages call `what`. */
export function stringsOf(values: readonly Value[], what: string): string[] {
  try {
    return values.map(stringElement);
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`);
  }
}

function isSequence(value: Value): boolean {
  return value instanceof StarlarkObject && value.iterate !== undefined && value.length !== undefined;
}

function stringElement(item: Value): string {
  if (typeof item !== 'string') throw new Error(`'${plain(item)}' is a ${goTypeName(item)}, not a string`);
  return jsString(item);
}

function plain(value: Value): string {
  return jsString(reprOf(value));
}

/** One path or several; each as an absolute path. */
export function localPaths(value: Value, thread: Thread | undefined): string[] {
  const toPath = (item: Value): string => {
    if (typeof item !== 'string') throw new Error(`expected path | string. Actual type: ${goTypeName(item)}`);
    return evaluationOf(thread!).absolute(jsString(item));
  };
  if (value === null) return [];
  if (typeof value === 'string') return [toPath(value)];
  if (!(value instanceof List || value instanceof Tuple)) {
    throw new Error(`value should be a string or List or Tuple of strings, but is of type ${typeOf(value)}`);
  }
  return elements(value).map((item, i) => {
    try {
      return toPath(item);
    } catch (error) {
      throw new Error(`unpacking list item at index ${i}: ${(error as Error).message}`);
    }
  });
}

/** One path, as an absolute path. */
export function localPath(value: Value, thread: Thread | undefined): string {
  if (typeof value !== 'string') throw new Error(`expected path | string. Actual type: ${goTypeName(value)}`);
  return evaluationOf(thread!).absolute(jsString(value));
}

/** A dict from strings to strings; None is empty. */
export function stringMap(value: Value): Record<string, string> {
  const map: Record<string, string> = Object.create(null);
  if (value === null) return map;
  if (!(value instanceof Dict)) throw new Error(`expected dict, got ${goTypeName(value)}`);
  for (const [key, item] of value.items()) {
    if (typeof key !== 'string') throw new Error(`key is not a string: ${goTypeName(key)} (${plain(key)})`);
    if (typeof item !== 'string') throw new Error(`value is not a string: ${goTypeName(item)} (${plain(item)})`);
    map[jsString(key)] = jsString(item);
  }
  return map;
}

/** The URL of a link, by parseLink; the evaluation remembers those that were given without a scheme. */
export function linkUrl(text: string, thread: Thread): string {
  const url = parseLink(text);
  if (lacksScheme(text)) evaluationOf(thread).linksWithoutHost.add(url);
  return url;
}

/** Links: a URL, a link(), or a sequence of these. */
export function links(value: Value, thread: Thread | undefined): Link[] {
  return valueOrSequence(value).map(item => {
    if (typeof item === 'string') return { url: linkUrl(jsString(item), thread!) };
    if (item instanceof LinkValue) return item.link;
    throw new Error(
      `\`Want a string, a link, or a sequence of these; found ${plain(item)} (type: ${goTypeName(item)})`,
    );
  });
}

/** Labels: one or a sequence; each becomes a label of that name and value (reference 2.7). */
export function labels(value: Value): Record<string, string> {
  const found: Record<string, string> = {};
  if (value === null) return found;
  const isOne = typeof value === 'string' || value instanceof Blob;
  if (!isOne && !(value instanceof List || value instanceof Tuple || value instanceof StarlarkSet)) {
    throw new Error(`value should be a label or List or Tuple of labels, but is of type ${typeOf(value)}`);
  }
  for (const item of isOne ? [value] : elements(value)) {
    const label = stringable(item);
    const problem = labelProblem(label);
    if (problem) throw new Error(`Invalid label ${JSON.stringify(label)}: ${problem}`);
    found[label] = label;
  }
  return found;
}

const labelForm = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

function labelProblem(label: string): string | undefined {
  const problems: string[] = [];
  const name = label.includes('/') ? label.slice(label.lastIndexOf('/') + 1) : label;
  if (name === '') problems.push(label.includes('/') ? 'name part must be non-empty' : 'name part must be non-empty');
  if (name.length > 63) problems.push('name part must be no more than 63 bytes');
  if (name !== '' && !labelForm.test(name)) {
    problems.push(
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    );
  }
  if (name === '' && problems.length > 0) {
    problems.push(
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    );
  }
  if (problems.length > 0) return problems.join(', ');
  if (label.length > 63) return 'must be no more than 63 bytes';
  if (!labelForm.test(label)) {
    return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
  }
  return undefined;
}

/** A path relative to the folder, for messages. */
export function relativeTo(dir: string, file: string): string {
  return path.relative(dir, file) || '.';
}

/** True, False, or None for "not said". */
export function boolOrNone(value: Value): boolean | undefined {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return value;
  throw new Error(`expected starlark.Bool or None, got ${goTypeName(value)}`);
}

/** A string, or None for "not said". */
export function stringOrNone(value: Value): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new Error(`expected starlark.String or None, got ${goTypeName(value)}`);
}
