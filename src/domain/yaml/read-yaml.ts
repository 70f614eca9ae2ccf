// From the text of one YAML document to data, by the rules that Tilt and Kubernetes read YAML with: version 1.1, keys
// become text, a later key beats an earlier one.
import { DocumentReader, type YamlReading } from './document-reader.ts';
import { yamlLibrary } from './library.ts';
import type { Plain } from './plain.ts';
import { secondKeysProblem } from './second-keys.ts';

export type { YamlReading } from './document-reader.ts';
export { YamlError } from './yaml-error.ts';

/** The first document of a text; null for an empty one. Throws YamlError. */
export function readYaml(text: string, reading: YamlReading = {}): Plain {
  const events = yamlLibrary().readEvents(text);
  const reader = new DocumentReader(events, reading);
  const document = reader.document();
  if (reader.secondKeys.length > 0) throw secondKeysProblem(text, events, reader.secondKeys);
  return document;
}

/**
 * The documents of a stream, which `splitDocuments` has taken apart, without those that hold nothing; each is read for
 * itself, as its lines are counted for itself. Throws YamlError for the first that is none.
 */
export function readDocuments(documents: readonly string[]): Plain[] {
  return documents.map(document => readYaml(document)).filter(value => value !== null);
}
