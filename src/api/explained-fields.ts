// Fields as `explain` shows them: name, type in words, what it is for, and what is inside.
import { describeField } from './field-docs.ts';
import type { Kind } from './kinds.ts';
import { type Field, type FieldType, fieldsOf, fieldsOfKind } from './schema.ts';
import { findKind, kindInfo } from './scheme.ts';

export interface ExplainedField {
  readonly name: string;
  /** `string`, `[]HTTPHeader`, `map[string]string`. */
  readonly typeText: string;
  readonly isRequired: boolean;
  readonly description: string;
  /** The struct that it is, or that its items are. */
  readonly structName: string | undefined;
  /** Fields inside, by name; none for a plain value. */
  fields(): readonly ExplainedField[];
}

const atTop: Readonly<Record<string, string>> = {
  apiVersion: 'The version of the API that the object is written in: tilt.dev/v1alpha1.',
  kind: 'The kind of the object.',
  metadata: 'Name, labels and what else every object has.',
  spec: 'What is wanted.',
  status: 'What is, as the controller of the kind last saw it.',
  data: 'The strings, by key.',
};

/** Fields of a kind from the top, by name. */
export function explainedFields(kind: Kind): readonly ExplainedField[] {
  return listed(fieldsOfKind(kind), name => atTop[name] ?? '');
}

/** What a kind is for; '' for a type that is no kind. */
export function typeDescription(typeName: string): string {
  const info = findKind(typeName);
  return info?.kind === typeName ? kindInfo(info.kind).description : '';
}

function listed(fields: ReadonlyMap<string, Field>, describe: (name: string) => string): readonly ExplainedField[] {
  const names = [...fields.keys()].sort();
  return names.map(name => {
    const { type, isRequired } = fields.get(name)!;
    const structName = structOf(type);
    const inner = (): readonly ExplainedField[] =>
      structName === undefined ? [] : listed(fieldsOf(structName), field => describeField(structName, field) ?? '');
    return { name, typeText: typeText(type), isRequired, description: describe(name), structName, fields: inner };
  });
}

function structOf(type: FieldType): string | undefined {
  if (type.is === 'struct') return type.name;
  return type.is === 'scalar' ? undefined : structOf(type.of);
}

function typeText(type: FieldType): string {
  if (type.is === 'list') return `[]${typeText(type.of)}`;
  if (type.is === 'map') return `map[string]${typeText(type.of)}`;
  if (type.is === 'struct') return type.name;
  switch (type.name) {
    case 'bool':
      return 'boolean';
    case 'int32':
    case 'int64':
      return 'integer';
    case 'object':
      return 'Object';
    default:
      return 'string';
  }
}
