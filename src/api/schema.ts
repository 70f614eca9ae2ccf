// The fields of every served kind, as data: strict decoding, OpenAPI, `explain` and server-side apply read the same tables.
// Does not: know what values mean (validation.ts) or fill them in (defaults are there too).
import type { Kind } from './kinds.ts';
import { buttonsTypes } from './schema-buttons.ts';
import { composeTypes } from './schema-compose.ts';
import { extensionsTypes } from './schema-extensions.ts';
import { imagesTypes } from './schema-images.ts';
import { kubernetesTypes } from './schema-kubernetes.ts';
import { localTypes } from './schema-local.ts';
import { sessionTypes } from './schema-session.ts';
import { sharedTypes } from './schema-shared.ts';
import type { TypeTable } from './schema-types.ts';

export type ScalarType = 'string' | 'bool' | 'int32' | 'int64' | 'Time' | 'MicroTime' | 'Duration' | 'object';

/** The type of a field. */
export type FieldType =
  | { readonly is: 'scalar'; readonly name: ScalarType }
  | { readonly is: 'list'; readonly of: FieldType }
  | { readonly is: 'map'; readonly of: FieldType }
  | { readonly is: 'struct'; readonly name: string };

export interface Field {
  readonly type: FieldType;
  readonly isRequired: boolean;
  /** It may be left out, and stands in what is kept all the same: Go's own types leave it out of no JSON. */
  readonly isWritten: boolean;
}

const tables: TypeTable = {
  ...sharedTypes,
  ...localTypes,
  ...sessionTypes,
  ...buttonsTypes,
  ...imagesTypes,
  ...kubernetesTypes,
  ...composeTypes,
  ...extensionsTypes,
};

const scalars: ReadonlySet<string> = new Set([
  'string',
  'bool',
  'int32',
  'int64',
  'Time',
  'MicroTime',
  'Duration',
  'object',
]);
const structs = new Map<string, ReadonlyMap<string, Field>>();

/** Names of all types, the kinds among them. */
export function typeNames(): readonly string[] {
  return Object.keys(tables);
}

/** Fields of a type of the tables, by name. A kind has `spec` and `status`, or `data`, besides what every object has. */
export function fieldsOf(typeName: string): ReadonlyMap<string, Field> {
  const known = structs.get(typeName);
  if (known) return known;
  const table = tables[typeName];
  if (!table) throw new Error(`bug: no type ${typeName} in the tables of fields`);
  const fields = new Map(Object.entries(table).map(([name, text]) => [name, parseField(text)]));
  structs.set(typeName, fields);
  return fields;
}

const objectFields: ReadonlyMap<string, Field> = new Map([
  ['apiVersion', parseField('string')],
  ['kind', parseField('string')],
  ['metadata', parseField('ObjectMeta')],
]);

/** Fields of an object of the kind, from the top. */
export function fieldsOfKind(kind: Kind): ReadonlyMap<string, Field> {
  return new Map([...objectFields, ...fieldsOf(kind)]);
}

function parseField(text: string): Field {
  const isRequired = text.endsWith('!');
  const isWritten = text.endsWith('~');
  return { type: parseType(isRequired || isWritten ? text.slice(0, -1) : text), isRequired, isWritten };
}

function parseType(text: string): FieldType {
  if (text.startsWith('[]')) return { is: 'list', of: parseType(text.slice(2)) };
  if (text.startsWith('map[string]')) return { is: 'map', of: parseType(text.slice('map[string]'.length)) };
  return scalars.has(text) ? { is: 'scalar', name: text as ScalarType } : { is: 'struct', name: text };
}

/** The type as Go would name it, which is how decoding errors name it. */
export function goTypeName(type: FieldType): string {
  if (type.is === 'list') return `[]${goTypeName(type.of)}`;
  if (type.is === 'map') return `map[string]${goTypeName(type.of)}`;
  if (type.is === 'struct') return `v1alpha1.${type.name}`;
  return type.name;
}
