// What Kubernetes' JSON reader says of data that is not of its type. It goes through the data in the order of its keys and
// tells of the first value of a wrong kind, but the fields that read themselves (amounts, times) end it at once.
import { getKey, isInteger, isMap, type Plain, type PlainMap } from '../yaml/plain.ts';
import { BytesProblem, bytesText, isByte } from './bytes-text.ts';
import { canonicalQuantity } from './quantity.ts';
import { canonicalTime } from './rfc3339.ts';
import { type ChoiceType, type ScalarName, structType, type TypeExpr } from './types.ts';

/** Keys as they are written in JSON, or sorted, as YAML is turned into JSON. */
export type KeyOrder = 'written' | 'sorted';

/** Where the reader is: the innermost type, and the names that lead there from the object. */
interface Place {
  readonly struct: string;
  readonly path: readonly string[];
}

interface Walk {
  readonly order: KeyOrder;
  /** The type that all problems are told of, instead of the innermost. */
  readonly struct?: string;
  /** The first problem that did not end the reading. */
  first: Error | undefined;
}

/** Ends the reading. */
class Fatal extends Error {}

/** The reader's error, or undefined when the data is of that type. */
export function typeProblem(typeIndex: number, data: PlainMap, order: KeyOrder): Error | undefined {
  const walk: Walk = { order, first: undefined };
  try {
    readStruct(walk, typeIndex, data, []);
  } catch (error) {
    if (error instanceof Fatal) return new Error(error.message);
    throw error;
  }
  return walk.first;
}

function keysOf(walk: Walk, data: PlainMap): string[] {
  const keys = Object.keys(data);
  return walk.order === 'sorted' ? keys.sort() : keys;
}

function readStruct(walk: Walk, index: number, data: PlainMap, path: readonly string[]): void {
  const { name, fields, saysKind } = structType(index);
  for (const key of keysOf(walk, data)) {
    const value = getKey(data, key)!;
    const field = fields.get(key);
    if (field) {
      const place = { struct: walk.struct ?? name, path: [...path, ...field.embeddedBy, key] };
      readValue(walk, (field.type ?? field.droppedType)!, value, place);
    } else if (saysKind && (key === 'apiVersion' || key === 'kind'))
      readValue(walk, textType, value, { struct: name, path: [...path, 'TypeMeta', key] });
  }
}

const textType: TypeExpr = { is: 'scalar', of: 's' };

function readValue(walk: Walk, type: TypeExpr, value: Plain, place: Place): void {
  switch (type.is) {
    case 'pointer':
      if (value !== null) readValue(walk, type.of, value, place);
      return;
    case 'struct':
      if (isMap(value)) readStruct(walk, type.index, value, place.path);
      else if (value !== null) refuse(walk, value, goType(type), place);
      return;
    case 'list':
      if (Array.isArray(value)) for (const item of value) readValue(walk, type.of, item, place);
      else if (value !== null) refuse(walk, value, goType(type), place);
      return;
    case 'map':
      if (isMap(value)) for (const key of keysOf(walk, value)) readValue(walk, type.of, value[key]!, place);
      else if (value !== null) refuse(walk, value, goType(type), place);
      return;
    case 'choice':
      if (value !== null) readChoice(walk, type, value, place);
      return;
    case 'scalar':
      if (value !== null) readScalar(walk, type, value, place);
  }
}

/** A choice reads itself, with a reader of its own that knows nothing of the types around. */
function readChoice(walk: Walk, { index, beside }: ChoiceType, value: Plain, place: Place): void {
  const inner: Walk = { order: walk.order, struct: place.struct, first: undefined };
  if (isMap(value)) readStruct(inner, index, value, place.path);
  else if (beside === 'bool') {
    if (typeof value !== 'boolean') throw new Fatal('boolean or JSON schema expected');
  } else if (Array.isArray(value)) {
    const of: TypeExpr = beside === 'list' ? { is: 'struct', index } : textType;
    for (const item of value) readValue(inner, of, item, place);
  }
  if (inner.first) throw new Fatal(inner.first.message);
}

function readScalar(walk: Walk, type: Extract<TypeExpr, { is: 'scalar' }>, value: Plain, place: Place): void {
  switch (type.of) {
    case 's':
      if (typeof value !== 'string') refuse(walk, value, goType(type), place);
      return;
    case 'b':
      if (typeof value !== 'boolean') refuse(walk, value, goType(type), place);
      return;
    case 'i':
    case 'l':
    case 'f':
      if (!isNumberOf(type.of, value)) refuse(walk, value, goType(type), place, { showsNumber: true });
      return;
    case 'B':
      readBytes(walk, value, place);
      return;
    default:
      readByItself(type.of, value, place);
  }
}

/** Types that read themselves; what they refuse ends the whole reading. */
function readByItself(name: Extract<ScalarName, 'Q' | 'I' | 'T' | 'M' | 'R'>, value: Plain, place: Place): void {
  switch (name) {
    case 'Q':
      passOn(() => canonicalQuantity(isMap(value) || Array.isArray(value) ? '{' : String(value).trim()));
      return;
    case 'I':
      if (typeof value !== 'string' && !isNumberOf('i', value))
        throw new Fatal(problem(value, 'int32', place, { showsNumber: true }));
      return;
    case 'T':
    case 'M':
      if (typeof value !== 'string') throw new Fatal(problem(value, 'string', place));
      passOn(() => canonicalTime(value, name === 'T' ? 'seconds' : 'microseconds'));
      return;
    case 'R':
  }
}

function passOn(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    throw new Fatal((error as Error).message);
  }
}

function readBytes(walk: Walk, value: Plain, place: Place): void {
  if (Array.isArray(value)) {
    for (const item of value) if (!isByte(item)) refuse(walk, item, 'uint8', place, { showsNumber: true });
    return;
  }
  if (typeof value !== 'string') {
    refuse(walk, value, goTypes.B, place);
    return;
  }
  try {
    bytesText(value);
  } catch (error) {
    if (!(error instanceof BytesProblem)) throw error;
    walk.first ??= error;
  }
}

function isNumberOf(name: 'i' | 'l' | 'f', value: Plain): boolean {
  if (name === 'f') return typeof value === 'number' || typeof value === 'bigint';
  if (!isInteger(value)) return false;
  return name === 'l' || (value >= -(2 ** 31) && value < 2 ** 31);
}

interface Wording {
  /** Readers of numbers say which number it was, the others only that it was one. */
  readonly showsNumber: boolean;
}

function refuse(walk: Walk, value: Plain, want: string, place: Place, wording?: Wording): void {
  walk.first ??= new Error(problem(value, want, place, wording));
}

function problem(value: Plain, want: string, { struct, path }: Place, wording?: Wording): string {
  const kind = jsonKind(value);
  const what = kind === 'number' && wording?.showsNumber ? `number ${numberText(value as number | bigint)}` : kind;
  return `json: cannot unmarshal ${what} into Go struct field ${struct}.${path.join('.')} of type ${want}`;
}

/** What JSON calls a value. */
export function jsonKind(value: Plain): 'null' | 'array' | 'bool' | 'string' | 'object' | 'number' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return typeof value === 'object' ? 'object' : 'number';
}

/** Unsigned numbers of 64 bits keep their digits on the way from YAML to JSON. */
function numberText(value: number | bigint): string {
  const isLarge = typeof value === 'number' && value >= 2 ** 63 && value < 2 ** 64;
  return String(isLarge ? BigInt(value) : value);
}

const goTypes: Readonly<Record<ScalarName, string>> = {
  s: 'string',
  b: 'bool',
  i: 'int32',
  l: 'int64',
  f: 'float64',
  B: '[]uint8',
  Q: 'resource.Quantity',
  I: 'intstr.IntOrString',
  T: 'v1.Time',
  M: 'v1.MicroTime',
  R: 'runtime.RawExtension',
};

function goType(type: TypeExpr): string {
  switch (type.is) {
    case 'pointer':
      return `*${goType(type.of)}`;
    case 'struct':
      return structType(type.index).goName;
    case 'list':
      return type.goName ?? `[]${goType(type.of)}`;
    case 'map':
      return type.goName ?? `map[string]${goType(type.of)}`;
    case 'choice':
      return structType(type.index).goName;
    case 'scalar':
      return type.goName ?? goTypes[type.of];
  }
}
