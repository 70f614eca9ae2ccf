// json.encode and the indentation of JSON text, as Go's encoding/json has it.
import { fail } from '../errors.ts';
import { findAttribute } from '../runtime/attributes.ts';
import { Bytes } from '../values/bytes.ts';
import { Tuple } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { Float } from '../values/float.ts';
import { quote } from '../values/quote.ts';
import { reprOf } from '../values/repr.ts';
import { jsString, starlarkString } from '../values/text.ts';
import type { StarlarkObject, Value } from '../values/value.ts';

/** A value that says itself what its JSON is (a Starlark string). */
export interface JsonValue {
  toJson(): string;
}

function quoteJson(text: string): string {
  if (/^[ -~]*$/.test(text)) return `"${text.replace(/[\\"]/g, '\\$&')}"`;
  // Go escapes what could end a script element, and the two line ends of Unicode.
  const escaped = JSON.stringify(jsString(text)).replace(
    /[<>&\u2028\u2029]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return starlarkString(escaped);
}

function within<T>(where: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && !(error instanceof RangeError)) error.message = `${where}: ${error.message}`;
    throw error;
  }
}

function encodeMapping(value: StarlarkObject, path: readonly StarlarkObject[]): string {
  const items = [...value.items!()];
  for (const [key] of items) {
    if (typeof key !== 'string') fail(`${value.typeName} has ${typeOf(key)} key, want string`);
  }
  items.sort(([a], [b]) => (a! < b! ? -1 : a! > b! ? 1 : 0));
  const members = items.map(([key, item]) => {
    const text = within(`in ${value.typeName} key ${reprOf(key)}`, () => encodeValue(item, path));
    return `${quoteJson(key as string)}:${text}`;
  });
  return `{${members.join(',')}}`;
}

function encodeElements(value: StarlarkObject, path: readonly StarlarkObject[]): string {
  const parts: string[] = [];
  const iterator = value.iterate!();
  try {
    for (let elem = iterator.next(); elem !== undefined; elem = iterator.next()) {
      const item = elem;
      parts.push(within(`at ${value.typeName} index ${parts.length}`, () => encodeValue(item, path)));
    }
  } finally {
    iterator.done();
  }
  return `[${parts.join(',')}]`;
}

function encodeFields(value: StarlarkObject, path: readonly StarlarkObject[]): string {
  const members = [...value.attrNames!()].sort().map(name => {
    const field = within(`cannot access attribute ${value.typeName}.${name}`, () => findAttribute(value, name));
    if (field === undefined)
      fail(`missing attribute ${value.typeName}.${name} (despite ${quote(name)} appearing in dir()`);
    return `${quoteJson(name)}:${within(`in field .${name}`, () => encodeValue(field as Value, path))}`;
  });
  return `{${members.join(',')}}`;
}

function encodeObject(value: StarlarkObject, path: readonly StarlarkObject[]): string {
  if (value instanceof Float) {
    if (!Number.isFinite(value.value)) fail(`cannot encode non-finite float ${value.repr()}`);
    return value.repr();
  }
  const isShared = !(value instanceof Tuple && value.elems.length === 0);
  if (isShared && path.includes(value)) fail('cycle in JSON structure');
  const inner = [...path, value];
  if ('toJson' in value) return (value as unknown as JsonValue).toJson();
  if (value.items) return encodeMapping(value, inner);
  if (value.iterate) return encodeElements(value, inner);
  if (value.attr && value.attrNames && !(value instanceof Bytes)) return encodeFields(value, inner);
  return fail(`cannot encode ${value.typeName} as JSON`);
}

/** The JSON of a value, as a Starlark string. */
export function encodeValue(value: Value, path: readonly StarlarkObject[] = []): string {
  switch (typeof value) {
    case 'string':
      return quoteJson(value);
    case 'boolean':
    case 'number':
    case 'bigint':
      return String(value);
    default:
      return value === null ? 'null' : encodeObject(value, path);
  }
}
