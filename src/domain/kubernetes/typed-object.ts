// What a typed client makes of an object's data: unknown fields are dropped, values of a wrong type refused, amounts and
// empty fields written in one way (reference 2.5). Its errors are those of Kubernetes' JSON reader.
import { Buffer } from 'node:buffer';
import { getKey, isInteger, isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';
import { canonicalQuantity } from './quantity.ts';
import { isKind, structType, type TypeExpr, type TypeField } from './types.ts';

interface Place {
  /** Name of the innermost type, and the fields that lead here, for errors. */
  readonly struct: string;
  /** The last field; undefined where no field leads. */
  readonly field?: string;
  /** Where that field is. */
  readonly within?: Place;
}

const goNames = { s: 'string', b: 'bool', i: 'int32', l: 'int64', f: 'float64' } as const;

const nowhere: Place = { struct: '' };

/** The object as its type would write it, without status. Throws with the JSON reader's words. */
export function shapeObject(typeIndex: number, data: PlainMap): PlainMap {
  return shapeStruct(typeIndex, data, nowhere);
}

function shapeStruct(index: number, data: PlainMap, place: Place): PlainMap {
  const { name, list } = structType(index);
  const shaped: PlainMap = {};
  // Objects in objects say what they are too: the volume claims of a StatefulSet.
  if (isKind(index)) {
    for (const key of ['apiVersion', 'kind']) {
      const value = getKey(data, key);
      if (typeof value === 'string' && value !== '') shaped[key] = value;
    }
  }
  for (let i = 0; i < list.length; i++) {
    const field = list[i]!;
    if (!field.type) continue;
    const value = getKey(data, field.name) ?? null;
    const written =
      value === null
        ? missingField(field, field.type)
        : shapeField(field, field.type, value, { struct: name, field: field.name, within: place });
    if (written !== undefined) setKey(shaped, field.name, written);
  }
  return shaped;
}

/** undefined: the field is left out. */
function missingField(field: TypeField, type: TypeExpr): Plain | undefined {
  if (type.is === 'pointer') return field.isOmittedWhenEmpty ? undefined : null;
  return emptyField(field, type);
}

/** undefined: the field is left out. */
function shapeField(field: TypeField, type: TypeExpr, value: Plain, place: Place): Plain | undefined {
  if (type.is === 'pointer') return shapeValue(type.of, value, place);
  const written = shapeValue(type, value, place);
  return field.isOmittedWhenEmpty && isEmptyValue(type, written) ? undefined : written;
}

/** What a typed client writes for a field that was not given. */
function emptyField(field: TypeField, type: TypeExpr): Plain | undefined {
  if (type.is === 'struct') return shapeStruct(type.index, {}, nowhere);
  if (field.isOmittedWhenEmpty && !(type.is === 'scalar' && (type.of === 'Q' || type.of === 'I'))) return undefined;
  if (type.is !== 'scalar') return null;
  switch (type.of) {
    case 's':
      return '';
    case 'b':
      return false;
    case 'i':
    case 'l':
    case 'f':
    case 'I':
      return 0;
    case 'Q':
      return '0';
    case 'D':
      return '0s';
    case 'T':
    case 'M':
      return undefined;
    default:
      return null;
  }
}

function isEmptyValue(type: TypeExpr, value: Plain): boolean {
  if (type.is === 'list') return Array.isArray(value) && value.length === 0;
  if (type.is === 'map') return isMap(value) && Object.keys(value).length === 0;
  if (type.is !== 'scalar') return false;
  return type.of !== 'Q' && type.of !== 'I' && type.of !== 'R' && (value === '' || value === 0 || value === false);
}

function shapeValue(type: TypeExpr, value: Plain, place: Place): Plain {
  switch (type.is) {
    case 'pointer':
      return value === null ? null : shapeValue(type.of, value, place);
    case 'struct':
      if (value === null) return shapeStruct(type.index, {}, place);
      if (!isMap(value)) throw mismatch(value, `v1.${structType(type.index).name}`, place);
      return shapeStruct(type.index, value, place);
    case 'list':
      if (!Array.isArray(value)) throw mismatch(value, goType(type), place);
      return value.map(item => shapeValue(type.of, item, place));
    case 'map':
      return shapeMap(type.of, value, place);
    case 'scalar':
      return shapeScalar(type.of, value, place);
  }
}

function shapeMap(of: TypeExpr, value: Plain, place: Place): Plain {
  if (!isMap(value)) throw mismatch(value, `map[string]${goType(of)}`, place);
  const shaped: PlainMap = {};
  for (const [key, item] of Object.entries(value)) setKey(shaped, key, shapeValue(of, item, place));
  return shaped;
}

type ScalarName = Extract<TypeExpr, { is: 'scalar' }>['of'];

function shapeScalar(name: ScalarName, value: Plain, place: Place): Plain {
  switch (name) {
    case 's':
      if (value === null) return '';
      if (typeof value !== 'string') throw mismatch(value, 'string', place);
      return value;
    case 'b':
      if (value === null) return false;
      if (typeof value !== 'boolean') throw mismatch(value, 'bool', place);
      return value;
    case 'i':
    case 'l':
      if (value === null) return 0;
      if (!isInteger(value)) throw mismatch(value, goNames[name], place);
      return value;
    case 'f':
      if (typeof value !== 'number') throw mismatch(value, 'float64', place);
      return value;
    case 'B':
      return shapeBytes(value, place);
    case 'Q':
      if (value === null) return '0';
      if (typeof value !== 'string' && typeof value !== 'number') throw new Error(quantityProblem);
      return canonicalQuantity(String(value));
    case 'I':
      if (value === null || typeof value === 'string') return value ?? 0;
      if (!isInteger(value)) throw mismatch(value, 'int32', nowhere);
      return value;
    case 'T':
    case 'M':
    case 'D':
      if (value !== null && typeof value !== 'string') throw mismatch(value, 'string', nowhere);
      return value;
    case 'R':
      return value;
  }
}

const quantityProblem = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

function shapeBytes(value: Plain, place: Place): Plain {
  if (value === null) return null;
  if (typeof value !== 'string') throw mismatch(value, '[]uint8', place);
  const text = value.replace(/[\r\n]/g, '');
  const bad = /[^A-Za-z0-9+/=]/.exec(text);
  const isWhole = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  if (bad || !isWhole) throw new Error(`illegal base64 data at input byte ${bad?.index ?? badBase64At(text)}`);
  return Buffer.from(text, 'base64').toString('base64');
}

/** Where Go's reader notices that a text of base64 letters alone is not complete. */
function badBase64At(text: string): number {
  const padding = text.indexOf('=');
  if (padding >= 0 && padding % 4 < 2) return padding;
  return padding >= 0 && padding < text.length - 2 ? padding + 1 : Math.floor(text.length / 4) * 4;
}

function mismatch(value: Plain, want: string, place: Place): Error {
  const where = place.struct === '' ? 'Go value' : `Go struct field ${place.struct}.${pathOf(place).join('.')}`;
  return new Error(`json: cannot unmarshal ${jsonKind(value)} into ${where} of type ${want}`);
}

function pathOf(place: Place): string[] {
  const path: string[] = [];
  for (let at: Place | undefined = place; at?.field !== undefined; at = at.within) path.unshift(at.field);
  return path;
}

function jsonKind(value: Plain): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'object') return 'object';
  return isInteger(value) ? 'number' : `number ${value}`;
}

function goType(type: TypeExpr): string {
  if (type.is === 'pointer') return `*${goType(type.of)}`;
  if (type.is === 'list') return `[]${goType(type.of)}`;
  if (type.is === 'map') return `map[string]${goType(type.of)}`;
  if (type.is === 'struct') return `v1.${structType(type.index).name}`;
  return scalarGoTypes[type.of];
}

const scalarGoTypes = {
  ...goNames,
  B: '[]uint8',
  Q: 'resource.Quantity',
  I: 'intstr.IntOrString',
  T: 'v1.Time',
  M: 'v1.MicroTime',
  D: 'v1.Duration',
  R: 'runtime.RawExtension',
} as const;
