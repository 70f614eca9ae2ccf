// Values of the language as fields of API objects, by the API's tables of types; the messages are Tilt's (reference 2.10).
import { type FieldType, fieldsOf } from '../api/schema.ts';
import { goDurationProblem, parseGoDuration } from '../base/go-duration.ts';
import { Dict, jsString, List, type Thread, typeOf, type Value } from '../starlark/index.ts';
import { stringList } from './parameter-lists.ts';
import { localPath, localPaths, stringMap } from './parameters.ts';

/** Fields that hold paths, by type and parameter: relative ones start at the Tiltfile's folder. */
export const pathFields: ReadonlySet<string> = new Set([
  'CmdSpec.dir',
  'FileWatchSpec.watched_paths',
  'IgnoreDef.base_path',
  'KubernetesApplyCmd.dir',
]);

interface FieldPlace {
  readonly thread: Thread;
  readonly isPath: boolean;
  /** A parameter of a builtin, which words its errors by itself. */
  readonly isTop: boolean;
}

/** The value of a field as the API writes it. Throws for a value of another type. */
export function unpackField(type: FieldType, value: Value, place: FieldPlace): unknown {
  if (type.is === 'struct') return unpackStructValue(type.name, value, place.thread);
  if (type.is === 'map') return stringMap(value);
  if (type.is === 'list') return unpackList(type.of, value, place);
  switch (type.name) {
    case 'int32':
    case 'int64':
      if (typeof value !== 'number') throw new Error(`Expected int, got: got ${typeOf(value)}, want int`);
      if (value < -(2 ** 31) || value >= 2 ** 31) throw new Error(`Expected int, got: ${value} out of range`);
      return value;
    case 'bool':
      if (typeof value !== 'boolean')
        throw new Error(place.isTop ? `got ${typeOf(value)}, want bool` : `Expected bool, got: ${typeOf(value)}`);
      return value;
    case 'Duration':
      return duration(value);
    default:
      if (place.isPath) return localPath(value, place.thread);
      if (typeof value !== 'string')
        throw new Error(
          place.isTop ? `got ${typeOf(value)}, want string` : `Expected string, actual: ${typeOf(value)}`,
        );
      return jsString(value);
  }
}

function duration(value: Value): string {
  if (typeof value !== 'string') throw new Error(`Expected string. Got: ${typeOf(value)}`);
  const text = jsString(value);
  if (parseGoDuration(text) === undefined) throw new Error(goDurationProblem(text));
  return text;
}

function unpackList(of: FieldType, value: Value, place: FieldPlace): unknown[] {
  if (of.is !== 'struct') return place.isPath ? localPaths(value, place.thread) : stringList(value);
  if (!(value instanceof List)) throw new Error(`expected list, actual: ${typeOf(value)}`);
  return value.elems.map((item, i) => {
    try {
      return unpackStructValue(of.name, item, place.thread);
    } catch (error) {
      throw new Error(`at index ${i}: ${(error as Error).message}`);
    }
  });
}

function unpackStructValue(typeName: string, value: Value, thread: Thread): unknown {
  if (!(value instanceof Dict)) throw new Error(`expected dict, actual: ${typeOf(value)}`);
  // A helper's part of this type was checked where it was made, with the folder of that place.
  const part = value as { readonly typeNameOfApi?: string; readonly content?: unknown };
  if (part.typeNameOfApi === typeName) return part.content;
  return unpackStruct(typeName, value, thread);
}

/** A dict with snake_case keys as a part of the API's type. */
export function unpackStruct(typeName: string, dict: Dict, thread: Thread): Record<string, unknown> {
  const content: Record<string, unknown> = {};
  for (const [keyValue, value] of dict.items()) {
    if (typeof keyValue !== 'string') throw new Error(`key must be string. Got: ${typeOf(keyValue)}`);
    const key = jsString(keyValue);
    const field = fieldNamed(typeName, key);
    if (!field) throw new Error(`Unexpected attribute name: ${key}`);
    const place = { thread, isPath: pathFields.has(`${typeName}.${key}`), isTop: false };
    content[field.name] = wrapping(key, field.type.is === 'scalar' && !place.isPath, () =>
      unpackField(field.type, value, place),
    );
  }
  return content;
}

/** Scalars word their own errors; the field's name stands before those of paths, lists, maps and parts. */
function wrapping<T>(key: string, isPlain: boolean, unpack: () => T): T {
  if (isPlain) return unpack();
  try {
    return unpack();
  } catch (error) {
    throw new Error(`unpacking ${key}: ${(error as Error).message}`);
  }
}

function fieldNamed(typeName: string, key: string): { readonly name: string; readonly type: FieldType } | undefined {
  const fields = typeName === 'Handler' ? fieldsOf('Probe') : fieldsOf(typeName);
  const wanted = key.replaceAll('_', '');
  for (const [name, { type }] of fields) {
    // Tilt has no way to give times, nor a probe's handler apart from the probe.
    const isTime = type.is === 'scalar' && (type.name === 'Time' || type.name === 'MicroTime');
    if (name.toLowerCase() === wanted && key === snakeCase(name) && !isTime) return { name, type };
  }
  return undefined;
}

/** `httpGet` is `http_get`, `componentID` is `component_id`, `iconSVG` is `icon_svg`. */
function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z]+)/g, '$1_$2').toLowerCase();
}
