// From a Kubernetes YAML file to its objects: every document, lists taken apart, each object by its type.
import { JsonError, parseFirstJson, skipSpace } from '../json/parse-json.ts';
import { getKey, isMap, type Plain, type PlainMap } from '../yaml/plain.ts';
import { readDocuments, YamlError } from '../yaml/read-yaml.ts';
import { splitDocuments } from '../yaml/split-documents.ts';
import { type Entity, makeEntity } from './entity.ts';
import { shapeObject } from './typed-object.ts';
import { typeOfKind } from './types.ts';

/** The objects of a text. Throws with Kubernetes' words. */
export function readEntities(text: string): Entity[] {
  return entitiesOf(valuesOf(text));
}

/** The objects of documents that were read already. */
export function entitiesOf(documents: readonly Plain[]): Entity[] {
  return documents.flatMap(document => (document === null ? [] : entitiesOfDocument(document)));
}

function valuesOf(text: string): Plain[] {
  if (/^\s*[{[]/.test(text)) {
    const values = jsonValues(text);
    if (values) return values;
  }
  const documents = splitDocuments(text);
  try {
    return readDocuments(text, documents);
  } catch (error) {
    if (error instanceof YamlError) throw new Error(`error converting YAML to JSON: ${error.message}`);
    throw error;
  }
}

/** JSON values one behind the other, or undefined when the text is no JSON. */
function jsonValues(text: string): Plain[] | undefined {
  const values: Plain[] = [];
  let rest = text;
  try {
    while (skipSpace(rest, 0) < rest.length) {
      const { value, end } = parseFirstJson(rest);
      values.push(value as Plain);
      rest = rest.slice(end);
    }
    return values;
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

function entitiesOfDocument(document: Plain): Entity[] {
  if (!isMap(document)) {
    const kind = Array.isArray(document) ? 'array' : typeof document === 'boolean' ? 'bool' : typeof document;
    throw new Error(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${kind} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  const kind = textOf(document, 'kind');
  const apiVersion = textOf(document, 'apiVersion');
  const items = getKey(document, 'items');
  if (kind === 'List' && apiVersion === 'v1') return Array.isArray(items) ? entitiesOf(items) : [];
  checkIdentity(document, kind, apiVersion);
  const typeIndex = typeOfKind(apiVersion, kind);
  if (typeIndex === undefined) return [makeEntity(document, undefined)];
  try {
    return [makeEntity(shapeObject(typeIndex, document), typeIndex)];
  } catch (error) {
    throw new Error(
      `decoding ${kind} ${JSON.stringify(makeEntity(document, undefined).name)}: ${(error as Error).message}`,
    );
  }
}

function textOf(map: PlainMap, key: string): string {
  const value = getKey(map, key);
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  const kind = Array.isArray(value)
    ? 'array'
    : isMap(value)
      ? 'object'
      : typeof value === 'boolean'
        ? 'bool'
        : 'number';
  throw new Error(
    `couldn't get version/kind; json parse error: json: cannot unmarshal ${kind} into Go struct field .${key} of type string`,
  );
}

function checkIdentity(document: PlainMap, kind: string, apiVersion: string): void {
  if (kind === '') throw new Error(`Object 'Kind' is missing in '${compactJson(document)}'`);
  if (apiVersion === '') {
    const { name } = makeEntity(document, undefined);
    throw new Error(
      `decoding ${kind} ${JSON.stringify(name)}: Object 'apiVersion' is missing in '${compactJson(document)}'`,
    );
  }
}

/** One line, keys sorted. */
export function compactJson(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(compactJson).join(',')}]`;
  if (isMap(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map(key => `${JSON.stringify(key)}:${compactJson(value[key]!)}`).join(',')}}`;
  }
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}
