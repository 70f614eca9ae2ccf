// Kubernetes YAML as builtins take it: paths, blobs, or lists of them (reference 2.5).
import type { Entity } from '../domain/kubernetes/entity.ts';
import { entitiesOf, readEntities } from '../domain/kubernetes/read-entities.ts';
import { writeEntities } from '../domain/kubernetes/write-entities.ts';
import { copyPlain, type Plain } from '../domain/yaml/plain.ts';
import { jsString, type Thread, type Value } from '../starlark/index.ts';
import { Blob } from './blob.ts';
import { readText } from './builtins/files.ts';
import { evaluationOf } from './evaluation.ts';
import { localPath, valueOrSequence } from './parameters.ts';

/** Every object of the given YAML. */
export function entitiesOfValue(thread: Thread, value: Value): Entity[] {
  return valueOrSequence(value).flatMap(item =>
    item instanceof Blob ? entitiesOfBlob(item) : entitiesOfFile(thread, item),
  );
}

function entitiesOfBlob(blob: Blob): Entity[] {
  try {
    if (blob.documents) return entitiesOf(blob.documents.map(copyPlain));
    return readEntities(jsString(blob.text));
  } catch (error) {
    throw new Error(`Error reading yaml from ${blob.source}: ${(error as Error).message}`);
  }
}

function entitiesOfFile(thread: Thread, value: Value): Entity[] {
  const file = localPath(value, thread);
  let text: string;
  try {
    text = jsString(readText(evaluationOf(thread), file, undefined) as string);
  } catch (error) {
    throw new Error(`error reading yaml file: ${(error as Error).message}`);
  }
  try {
    return readEntities(text);
  } catch (error) {
    const { message } = error as Error;
    throw message.includes('json parse error: ') ? new Error(`${file} is not a valid YAML file: ${message}`) : error;
  }
}

/** Objects as a blob that need not be read again. */
export function blobOfEntities(entities: readonly Entity[], source: string): Blob {
  const documents: Plain[] = entities.map(entity => entity.object);
  return Blob.ofDocuments(documents, () => writeEntities(entities), source);
}
