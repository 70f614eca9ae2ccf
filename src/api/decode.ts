// From the JSON of a stranger to an object of a kind: unknown fields are named and dropped, wrong types refused.
// Keys are copied one by one by the tables of fields, so `__proto__` and the like never reach an object of ours.
import { goDurationProblem } from '../base/go-duration.ts';
import type { Kind, Kinds } from './kinds.ts';
import { apiVersion, formatMicroTime, formatTime } from './meta.ts';
import { type Field, type FieldType, fieldsOf, fieldsOfKind, goTypeName, type ScalarType } from './schema.ts';
import { StatusError } from './status-error.ts';

export interface Decoded<K extends Kind> {
  readonly object: Kinds[K];
  /** `unknown field "spec.x"`, in the order they were met. */
  readonly warnings: readonly string[];
}

/** What makes a value impossible to read. */
class TypeProblem extends Error {}

interface Walk {
  /** Fields that must be given and are not get their empty value, so that nobody who reads the object has to ask. */
  readonly fills: boolean;
  readonly path: string;
  /** The innermost type, for error texts. */
  readonly struct: string;
  readonly warnings: string[];
}

/**
 * Reads `raw` as an object of `kind`. Throws StatusError BadRequest when it is another kind, another version, or has a
 * value of a wrong type; null counts as left out. What its types promise is there: fields that must be given, but are not,
 * are empty.
 */
export function decodeObject<K extends Kind>(kind: K, raw: unknown): Decoded<K> {
  return decode(kind, raw, true);
}

/** As decodeObject, with nothing but what was given: for server-side apply, where a caller owns the fields that it names. */
export function decodeGiven<K extends Kind>(kind: K, raw: unknown): Decoded<K> {
  return decode(kind, raw, false);
}

function decode<K extends Kind>(kind: K, raw: unknown, fills: boolean): Decoded<K> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw unreadable(kind, kind, `json: cannot unmarshal ${jsonType(raw)} into Go value of type v1alpha1.${kind}`);
  const given = raw as Record<string, unknown>;
  checkKind(kind, given);
  const warnings: string[] = [];
  try {
    const known = fieldsOfKind(kind);
    const fields = readStruct(known, given, { path: '', struct: kind, warnings, fills });
    const spec = known.get('spec');
    if (fills && spec && fields['spec'] === undefined) fields['spec'] = filledOf(spec.type);
    const metadata = (fields['metadata'] ?? {}) as Record<string, unknown>;
    const object = { ...fields, apiVersion, kind, metadata: { ...metadata, name: metadata['name'] ?? '' } };
    return { object: object as unknown as Kinds[K], warnings };
  } catch (error) {
    if (error instanceof TypeProblem) throw unreadable(kind, kind, error.message);
    throw error;
  }
}

/** The error for unknown fields when the caller asked for strict reading. */
export function strictError(kind: Kind, warnings: readonly string[]): StatusError {
  return unreadable(kind, kind, `strict decoding error: ${warnings.join(', ')}`);
}

function checkKind(kind: Kind, given: Record<string, unknown>): void {
  const givenKind = given['kind'] || kind;
  const version = given['apiVersion'] || apiVersion;
  if (givenKind === kind && version === apiVersion) return;
  if (version !== apiVersion) {
    const message = `the API version in the data (${String(version)}) does not match the expected API version (${apiVersion})`;
    throw new StatusError('BadRequest', message);
  }
  const conversion = `converting (v1alpha1.${String(givenKind)}) to (v1alpha1.${kind}): unknown conversion`;
  throw unreadable(String(givenKind), kind, conversion);
}

function unreadable(givenKind: string, kind: string, why: string): StatusError {
  return new StatusError('BadRequest', `${givenKind} in version "v1alpha1" cannot be handled as a ${kind}: ${why}`);
}

function readStruct(
  fields: ReadonlyMap<string, Field>,
  given: Record<string, unknown>,
  walk: Walk,
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const key of Object.keys(given)) {
    const path = walk.path ? `${walk.path}.${key}` : key;
    const field = fields.get(key);
    if (!field) walk.warnings.push(`unknown field ${JSON.stringify(path)}`);
    else if (given[key] !== null) read[key] = readValue(field.type, given[key], { ...walk, path });
  }
  if (walk.fills)
    for (const [key, field] of fields)
      if (read[key] === undefined && !isTime(field.type)) {
        if (field.isRequired) read[key] = filledOf(field.type);
        else if (field.isWritten) read[key] = writtenOf(field.type);
      }
  return read;
}

/** No time stands for none. */
function isTime(type: FieldType): boolean {
  return type.is === 'scalar' && (type.name === 'Time' || type.name === 'MicroTime');
}

/** States of which an object has one: the others are there as null. */
const oneOfSeveral: ReadonlySet<string> = new Set([
  'ContainerStateRunning',
  'ContainerStateTerminated',
  'ContainerStateWaiting',
]);

function filledOf(type: FieldType): unknown {
  if (type.is !== 'struct') return emptyOf(type);
  if (oneOfSeveral.has(type.name)) return null;
  return readStruct(fieldsOf(type.name), {}, { path: '', struct: type.name, warnings: [], fills: true });
}

/** As Go writes what nobody gave. */
function writtenOf(type: FieldType): unknown {
  if (type.is === 'list') return null;
  return type.is === 'scalar' && type.name === 'Duration' ? '0s' : emptyOf(type);
}

function readValue(type: FieldType, value: unknown, walk: Walk): unknown {
  if (type.is === 'scalar') return readScalar(type.name, value, walk);
  if (type.is === 'list') {
    if (!Array.isArray(value)) throw wrongType(type, value, walk);
    return value.map((item, i) =>
      readValue(type.of, item ?? emptyOf(type.of), { ...walk, path: `${walk.path}[${i}]` }),
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(type, value, walk);
  const given = value as Record<string, unknown>;
  if (type.is === 'struct') return readStruct(fieldsOf(type.name), given, { ...walk, struct: type.name });
  const entries = Object.entries(given).map(([key, item]) => [key, readValue(type.of, item ?? emptyOf(type.of), walk)]);
  // fromEntries defines keys, so that a key `__proto__` is data like any other.
  return Object.fromEntries(entries);
}

function emptyOf(type: FieldType): unknown {
  if (type.is === 'list') return [];
  if (type.is !== 'scalar' || type.name === 'object') return {};
  if (type.name === 'bool') return false;
  return type.name === 'int32' || type.name === 'int64' ? 0 : '';
}

const intLimits = { int32: 2 ** 31, int64: 2 ** 63 } as const;

function readScalar(name: ScalarType, value: unknown, walk: Walk): unknown {
  const type: FieldType = { is: 'scalar', name };
  switch (name) {
    case 'object':
      if (typeof value !== 'object') throw wrongType(type, value, walk);
      return value;
    case 'bool':
      if (typeof value !== 'boolean') throw wrongType(type, value, walk);
      return value;
    case 'int32':
    case 'int64':
      if (typeof value !== 'number') throw wrongType(type, value, walk);
      if (!Number.isInteger(value) || Math.abs(value) > intLimits[name]) throw wrongType(type, value, walk);
      return value;
    default:
      if (typeof value !== 'string') throw wrongType(type, value, walk);
      return readText(name, value);
  }
}

function readText(name: 'string' | 'Time' | 'MicroTime' | 'Duration', text: string): string {
  if (name === 'string') return text;
  if (name === 'Duration') {
    const problem = durationProblem(text);
    if (problem) throw new TypeProblem(problem);
    return text;
  }
  const ms = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    const layout = name === 'Time' ? '2006-01-02T15:04:05Z07:00' : '2006-01-02T15:04:05.000000Z07:00';
    throw new TypeProblem(`parsing time ${JSON.stringify(text)} as "${layout}": cannot parse the text as a time`);
  }
  if (name === 'Time') return formatTime(ms);
  // Microseconds of a client stay: another program compares them.
  return /\.\d{6}Z$/.test(text) ? text : formatMicroTime(ms);
}

/** What is wrong with `text` as a duration of Go, in Go's words, or undefined. */
export function durationProblem(text: string): string | undefined {
  if (/^[-+]?0$/.test(text)) return undefined;
  if (/^[-+]?((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  return goDurationProblem(text);
}

function wrongType(type: FieldType, value: unknown, { path, struct }: Walk): TypeProblem {
  const plainPath = path.replace(/\[\d+\]/g, '');
  return new TypeProblem(
    `json: cannot unmarshal ${jsonType(value)} into Go struct field ${struct}.${plainPath} of type ${goTypeName(type)}`,
  );
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' && !Number.isInteger(value) ? `number ${value}` : typeof value;
}
