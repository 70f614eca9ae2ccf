// From a Kubernetes YAML file to its objects: every document, lists taken apart, each object by its type.

import { goQuote } from '../../base/go-quote.ts';
import { JsonError, JsonNumber, parseFirstJson, skipSpace } from '../json/parse-json.ts';
import { getKey, isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';
import { readDocuments, YamlError } from '../yaml/read-yaml.ts';
import { splitDocuments } from '../yaml/split-documents.ts';
import { type Entity, makeEntity } from './entity.ts';
import { jsonKind, type KeyOrder } from './type-problem.ts';
import { shapeObject } from './typed-object.ts';
import { typeOfKind } from './types.ts';

/** The objects of a text. Throws with Kubernetes' words. */
export function readEntities(text: string): Entity[] {
  const json = /^\s*[{[]/.test(text) ? jsonValues(text) : undefined;
  if (json) return entitiesOf(json, 'written');
  const documents = splitDocuments(text);
  try {
    return entitiesOf(readDocuments(documents));
  } catch (error) {
    if (error instanceof YamlError) throw new Error(`error converting YAML to JSON: ${error.message}`);
    throw error;
  }
}

/** The objects of documents that were read already; `order` is that in which their keys are looked at. */
export function entitiesOf(documents: readonly Plain[], order: KeyOrder = 'sorted'): Entity[] {
  return documents.flatMap(document => (document === null ? [] : entitiesOfDocument(document, order)));
}

/** JSON values one behind the other, or undefined when the text is no JSON. */
function jsonValues(text: string): Plain[] | undefined {
  const values: Plain[] = [];
  let rest = text;
  try {
    while (skipSpace(rest, 0) < rest.length) {
      const { value, end } = parseFirstJson(rest, { keepsNumbers: true });
      values.push(withNumbers(value));
      rest = rest.slice(end);
    }
    return values;
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/** The same data with plain numbers; integers of 64 bits keep all their digits. */
function withNumbers(value: unknown): Plain {
  if (value instanceof JsonNumber) {
    const number = Number(value.text);
    if (Number.isSafeInteger(number) || !/^-?\d+$/.test(value.text)) return number;
    const integer = BigInt(value.text);
    return BigInt.asIntN(64, integer) === integer ? integer : number;
  }
  if (Array.isArray(value)) return value.map(withNumbers);
  if (typeof value !== 'object' || value === null) return value as Plain;
  const map: PlainMap = {};
  for (const [key, item] of Object.entries(value)) setKey(map, key, withNumbers(item));
  return map;
}

function entitiesOfDocument(document: Plain, order: KeyOrder): Entity[] {
  if (!isMap(document)) {
    throw new Error(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonKind(document)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  const { kind, version } = identityOf(document, order);
  const typeIndex = typeOfKind(version, kind);
  if (typeIndex === undefined) return [makeEntity(withFloats(document), undefined)];
  const shaped = aboutObject(document, kind, () => shapeObject(typeIndex, document, order));
  if (kind !== 'List' || version !== 'v1') return [makeEntity(shaped, typeIndex)];
  const items = getKey(shaped, 'items');
  return Array.isArray(items) ? entitiesOf(items, order) : [];
}

/** Errors of `read` with the object they are about. */
function aboutObject<T>(document: PlainMap, kind: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { name } = makeEntity(document, undefined);
    throw new Error(`decoding ${kind} ${goQuote(name)}: ${(error as Error).message}`);
  }
}

/** Kind and version, which is that of the core group where no group stands before the slash. */
function identityOf(document: PlainMap, order: KeyOrder): { readonly kind: string; readonly version: string } {
  const kind = getKey(document, 'kind');
  const keys = order === 'sorted' ? ['apiVersion', 'kind'] : Object.keys(document);
  for (const key of keys) {
    if (key !== 'apiVersion' && key !== 'kind') continue;
    const problem = textProblem(document, key);
    if (problem === undefined) continue;
    // Only an object that says its kind can be named.
    if (typeof kind !== 'string' || kind === '') throw new Error(problem);
    aboutObject(document, kind, () => {
      throw new Error(problem);
    });
  }
  const apiVersion = (getKey(document, 'apiVersion') ?? '') as string;
  if (apiVersion.split('/').length > 2) throw new Error(`unexpected GroupVersion string: ${apiVersion}`);
  if (typeof kind !== 'string' || kind === '')
    throw new Error(`Object 'Kind' is missing in '${compactJson(document)}'`);
  if (apiVersion === '' || apiVersion.endsWith('/')) {
    aboutObject(document, kind, () => {
      throw new Error(`Object 'apiVersion' is missing in '${compactJson(document)}'`);
    });
  }
  return { kind, version: apiVersion.replace(/^\//, '') };
}

function textProblem(document: PlainMap, key: 'apiVersion' | 'kind'): string | undefined {
  const value = getKey(document, key) ?? null;
  if (value === null || typeof value === 'string') return undefined;
  return `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonKind(value)} into Go struct field .${key} of type string`;
}

/**
 * The same data, with integers that 64 bits hold only without a sign as floats write them: objects without a type are
 * read that way.
 */
function withFloats<T extends Plain>(value: T): T {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = withFloats(value[i]!);
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) setKey(value, key, withFloats(value[key]!));
  } else if (typeof value === 'number' && value >= 2 ** 63 && value < 2 ** 64) return BigInt(String(value)) as T;
  return value;
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
