// What a typed client makes of an object's data: unknown fields are dropped, values of a wrong type refused, amounts, times
// and empty fields written in one way (reference 2.5). What is wrong with refused data says type-problem.ts, in a second
// walk: nearly all data is right, and objects are shaped by the thousand.
import { getKey, isInteger, isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';
import { bytesText } from './bytes-text.ts';
import { canonicalQuantity } from './quantity.ts';
import { canonicalTime } from './rfc3339.ts';
import { type KeyOrder, typeProblem } from './type-problem.ts';
import { type ChoiceType, type ScalarName, structType, type TypeExpr, type TypeField } from './types.ts';

/** Data that is not of its type. */
class Unfit extends Error {}

/**
 * The object as its type would write it, without status. Throws with the JSON reader's words; `order` says in which order
 * that reader meets the keys.
 */
export function shapeObject(typeIndex: number, data: PlainMap, order: KeyOrder): PlainMap {
  try {
    return shapeStruct(typeIndex, data);
  } catch (error) {
    throw typeProblem(typeIndex, data, order) ?? error;
  }
}

function shapeStruct(index: number, data: PlainMap): PlainMap {
  const { list, saysKind } = structType(index);
  const shaped: PlainMap = {};
  if (saysKind) {
    shapeKindField(data, 'apiVersion', shaped);
    shapeKindField(data, 'kind', shaped);
  }
  for (let i = 0; i < list.length; i++) {
    const field = list[i]!;
    const value = getKey(data, field.name) ?? null;
    if (!field.type) {
      if (value !== null) shapeValue(field.droppedType!, value);
      if (!field.isOmittedWhenEmpty) setKey(shaped, field.name, null);
      continue;
    }
    const written = value === null ? missingField(field, field.type) : shapeField(field, field.type, value);
    if (written !== undefined) setKey(shaped, field.name, written);
  }
  return shaped;
}

function shapeKindField(data: PlainMap, key: 'apiVersion' | 'kind', shaped: PlainMap): void {
  const value = getKey(data, key) ?? '';
  if (typeof value !== 'string') throw new Unfit();
  if (value !== '') shaped[key] = value;
}

/** undefined: the field is left out. */
function missingField(field: TypeField, type: TypeExpr): Plain | undefined {
  if (type.is === 'pointer') return field.isOmittedWhenEmpty ? undefined : null;
  return emptyField(field, type);
}

/** undefined: the field is left out. */
function shapeField(field: TypeField, type: TypeExpr, value: Plain): Plain | undefined {
  if (type.is === 'pointer') return shapeValue(type.of, value);
  const written = shapeValue(type, value);
  return field.isOmittedWhenEmpty && isEmptyValue(type, written) ? undefined : written;
}

/** What a typed client writes for a field that was not given. */
function emptyField(field: TypeField, type: TypeExpr): Plain | undefined {
  if (type.is === 'struct') return shapeStruct(type.index, {});
  if (field.isOmittedWhenEmpty && !(type.is === 'scalar' && isNeverEmpty(type.of))) return undefined;
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
    case 'T':
      return undefined;
    default:
      return null;
  }
}

/** Types that write themselves are never empty. */
function isNeverEmpty(name: ScalarName): boolean {
  return name === 'Q' || name === 'I' || name === 'M' || name === 'R';
}

function isEmptyValue(type: TypeExpr, value: Plain): boolean {
  if (type.is === 'list') return Array.isArray(value) && value.length === 0;
  if (type.is === 'map') return isMap(value) && Object.keys(value).length === 0;
  if (type.is !== 'scalar') return false;
  return !isNeverEmpty(type.of) && (value === '' || value === 0 || value === false);
}

function shapeValue(type: TypeExpr, value: Plain): Plain {
  switch (type.is) {
    case 'pointer':
      return value === null ? null : shapeValue(type.of, value);
    case 'struct':
      if (value === null) return shapeStruct(type.index, {});
      if (!isMap(value)) throw new Unfit();
      return shapeStruct(type.index, value);
    case 'list':
      if (value === null) return null;
      if (!Array.isArray(value)) throw new Unfit();
      return value.map(item => shapeValue(type.of, item));
    case 'map':
      return shapeMap(type.of, value);
    case 'choice':
      return shapeChoice(type, value);
    case 'scalar':
      return shapeScalar(type.of, value);
  }
}

/** What is neither is null, but beside a bool it is refused. */
function shapeChoice(type: ChoiceType, value: Plain): Plain {
  if (isMap(value)) return shapeStruct(type.index, value);
  if (type.beside === 'bool') {
    if (typeof value !== 'boolean') throw new Unfit();
    return value;
  }
  if (!Array.isArray(value) || value.length === 0) return null;
  const of: TypeExpr = type.beside === 'list' ? { is: 'struct', index: type.index } : { is: 'scalar', of: 's' };
  return value.map(item => shapeValue(of, item));
}

function shapeMap(of: TypeExpr, value: Plain): Plain {
  if (value === null) return null;
  if (!isMap(value)) throw new Unfit();
  const shaped: PlainMap = {};
  for (const [key, item] of Object.entries(value)) setKey(shaped, key, shapeValue(of, item));
  return shaped;
}

function shapeScalar(name: ScalarName, value: Plain): Plain {
  switch (name) {
    case 's':
      if (typeof value === 'string') return value;
      if (value === null) return '';
      throw new Unfit();
    case 'b':
      if (typeof value === 'boolean') return value;
      if (value === null) return false;
      throw new Unfit();
    case 'i':
      return int32(value);
    case 'l':
      if (value === null) return 0;
      if (!isInteger(value)) throw new Unfit();
      return value;
    case 'f':
      if (value === null) return 0;
      if (typeof value !== 'number' && typeof value !== 'bigint') throw new Unfit();
      return value;
    case 'B':
      return bytesText(value);
    case 'Q':
      return quantityText(value);
    case 'I':
      return typeof value === 'string' ? value : int32(value);
    case 'T':
      return timeText(value);
    case 'M':
      if (value === null) return null;
      if (typeof value !== 'string') throw new Unfit();
      return canonicalTime(value, 'microseconds');
    case 'R':
      return value;
  }
}

function int32(value: Plain): number {
  if (value === null) return 0;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 31)
    throw new Unfit();
  return value;
}

function timeText(value: Plain): string | null {
  if (value === null) return null;
  if (typeof value !== 'string') throw new Unfit();
  return canonicalTime(value, 'seconds');
}

function quantityText(value: Plain): string {
  if (value === null) return '0';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return canonicalQuantity(String(value).trim());
  throw new Unfit();
}
