// OpenAPI documents of the served kinds, made from the tables of fields: version 3 for kubectl (explain, strict checks),
// version 2 for `tilt dump openapi`.
import { describeField } from './field-docs.ts';
import type { Kind } from './kinds.ts';
import { apiVersion, group } from './meta.ts';
import { type FieldType, fieldsOf, fieldsOfKind, typeNames } from './schema.ts';
import { type KindInfo, kindInfo, servedKinds } from './scheme.ts';

type Json = Record<string, unknown>;

const ours = 'dev.tilt.v1alpha1.';
const metaTypes: ReadonlySet<string> = new Set([
  'ObjectMeta',
  'ManagedFieldsEntry',
  'OwnerReference',
  'LabelSelector',
  'LabelSelectorRequirement',
  'Condition',
]);
const metaPrefix = 'io.k8s.apimachinery.pkg.apis.meta.v1.';
const servedNames: ReadonlySet<string> = new Set(servedKinds.map(info => info.kind));

const fullName = (type: string): string => (metaTypes.has(type) ? metaPrefix : ours) + type;
const gvk = (kind: string): Json => ({ group, kind, version: 'v1alpha1' });

/** Where schemas stand in a document: the two versions differ in that alone. */
type RefPrefix = '#/components/schemas/' | '#/definitions/';

function schemaOf(type: FieldType, refs: RefPrefix): Json {
  if (type.is === 'list') return { type: 'array', items: schemaOf(type.of, refs), 'x-kubernetes-list-type': 'atomic' };
  if (type.is === 'map') return { type: 'object', additionalProperties: schemaOf(type.of, refs) };
  if (type.is === 'struct') return reference(fullName(type.name), refs);
  switch (type.name) {
    case 'bool':
      return { type: 'boolean' };
    case 'int32':
    case 'int64':
      return { type: 'integer', format: type.name };
    case 'Time':
    case 'MicroTime':
      return { type: 'string', format: 'date-time' };
    case 'Duration':
      return { type: 'string' };
    default:
      return { type: type.name };
  }
}

function reference(name: string, refs: RefPrefix): Json {
  const target = { $ref: refs + name };
  // Version 3 allows nothing beside a reference, so that it stands in a list of one.
  return refs === '#/definitions/' ? target : { allOf: [target], default: {} };
}

const whatEveryObjectHas: Readonly<Record<string, string>> = {
  apiVersion: 'The version of the API that the object is written in.',
  kind: 'The kind of the object.',
  metadata: 'Name, labels and what else every object has.',
  spec: 'What is wanted.',
  status: 'What is, as the controller of the kind last saw it.',
  data: 'The strings, by key.',
};

function typeSchema(type: string, refs: RefPrefix): Json {
  const isKind = servedNames.has(type);
  const fields = isKind ? fieldsOfKind(type as Kind) : fieldsOf(type);
  const required = [...fields].filter(([, field]) => field.isRequired).map(([name]) => name);
  const properties = [...fields].map(([name, field]) => {
    const description = isKind ? whatEveryObjectHas[name] : describeField(type, name);
    return [name, { ...(description ? { description } : {}), ...schemaOf(field.type, refs) }] as const;
  });
  return {
    ...(isKind ? { description: kindInfo(type as Kind).description } : {}),
    type: 'object',
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(isKind ? { 'x-kubernetes-group-version-kind': [gvk(type)] } : {}),
  };
}

function listSchema(kind: string, refs: RefPrefix): Json {
  return {
    description: `A list of ${kind} objects.`,
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      items: { type: 'array', items: reference(fullName(kind), refs) },
    },
    'x-kubernetes-group-version-kind': [gvk(`${kind}List`)],
  };
}

function allSchemas(refs: RefPrefix): Json {
  const types = typeNames().map(type => [fullName(type), typeSchema(type, refs)] as const);
  const lists = servedKinds.map(({ kind }) => [`${ours}${kind}List`, listSchema(kind, refs)] as const);
  return Object.fromEntries([...types, ...lists].sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Operation {
  readonly method: string;
  readonly action: string;
  readonly id: string;
  readonly parameters?: readonly string[];
}

const selecting = ['labelSelector', 'fieldSelector', 'limit', 'resourceVersion', 'timeoutSeconds', 'watch'];
const writing = ['dryRun', 'fieldManager', 'fieldValidation'];

const collectionOperations: readonly Operation[] = [
  { method: 'get', action: 'list', id: 'list', parameters: selecting },
  { method: 'post', action: 'post', id: 'create', parameters: writing },
  { method: 'delete', action: 'deletecollection', id: 'deletecollection', parameters: selecting },
];
const objectOperations: readonly Operation[] = [
  { method: 'get', action: 'get', id: 'read' },
  { method: 'put', action: 'put', id: 'replace', parameters: writing },
  { method: 'patch', action: 'patch', id: 'patch', parameters: [...writing, 'force'] },
  { method: 'delete', action: 'delete', id: 'delete', parameters: ['dryRun'] },
];
const statusOperations = objectOperations.filter(operation => operation.method !== 'delete');

const booleans: ReadonlySet<string> = new Set(['watch', 'force']);
const numbers: ReadonlySet<string> = new Set(['limit', 'timeoutSeconds']);

function parameterOf(name: string, isVersion3: boolean): Json {
  const type = booleans.has(name) ? 'boolean' : numbers.has(name) ? 'integer' : 'string';
  const typed = isVersion3 ? { schema: { type, uniqueItems: true } } : { type, uniqueItems: true };
  return { name, in: 'query', ...typed };
}

function operationOf({ kind }: KindInfo, { action, id, parameters = [] }: Operation, isVersion3: boolean): Json {
  const refs: RefPrefix = isVersion3 ? '#/components/schemas/' : '#/definitions/';
  const schema = { $ref: refs + fullName(action === 'list' ? `${kind}List` : kind) };
  const ok = isVersion3
    ? { description: 'OK', content: { 'application/json': { schema } } }
    : { description: 'OK', schema };
  return {
    operationId: `${id}TiltDevV1alpha1${kind}`,
    tags: ['tiltDev_v1alpha1'],
    parameters: parameters.map(name => parameterOf(name, isVersion3)),
    responses: { 200: ok },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk(kind),
  };
}

function pathsOf(info: KindInfo, isVersion3: boolean): readonly (readonly [string, Json])[] {
  const collection = `/apis/${apiVersion}/${info.plural}`;
  const typed = isVersion3 ? { schema: { type: 'string' } } : { type: 'string' };
  const parameters = [{ name: 'name', in: 'path', required: true, ...typed }];
  const operations = (list: readonly Operation[]): Json =>
    Object.fromEntries(list.map(operation => [operation.method, operationOf(info, operation, isVersion3)]));
  const object = [`${collection}/{name}`, { ...operations(objectOperations), parameters }] as const;
  const status = [`${collection}/{name}/status`, { ...operations(statusOperations), parameters }] as const;
  return [[collection, operations(collectionOperations)], object, ...(info.hasStatus ? [status] : [])];
}

function documentHead(version: string): Json {
  return { info: { title: 'tilt', version } };
}

/** The OpenAPI 3 document of the group's version. `version` is the program's. */
export function openApiV3(version: string): Json {
  return {
    openapi: '3.0.0',
    ...documentHead(version),
    paths: Object.fromEntries(servedKinds.flatMap(info => pathsOf(info, true))),
    components: { schemas: allSchemas('#/components/schemas/') },
  };
}

/** The Swagger 2 document of everything. */
export function openApiV2(version: string): Json {
  return {
    swagger: '2.0',
    ...documentHead(version),
    paths: Object.fromEntries(servedKinds.flatMap(info => pathsOf(info, false))),
    definitions: allSchemas('#/definitions/'),
  };
}
