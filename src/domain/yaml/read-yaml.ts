// From the text of one YAML document to data, by the rules that Tilt and Kubernetes read YAML with: version 1.1, keys
// become text, a later key beats an earlier one.
// The library reads what is right and ordinary. What it refuses, and the little that it is known to see differently,
// is read by exact/, which accepts, and says about the rest, what the real reader does.
import { DocumentReader, type YamlReading } from './document-reader.ts';
import { type ExactEvent, readEvents } from './exact/read-events.ts';
import { yamlLibrary } from './library.ts';
import type { Plain } from './plain.ts';
import { secondKeysProblem } from './second-keys.ts';
import { YamlError } from './yaml-error.ts';

export type { YamlReading } from './document-reader.ts';
export { YamlError } from './yaml-error.ts';

/** The first document of a text; null for an empty one. Throws YamlError. */
export function readYaml(text: string, reading: YamlReading = {}): Plain {
  const events = parse(text);
  const reader = new DocumentReader(text, events, reading);
  const document = documentOf(reader, text);
  if (reader.secondKeys.length > 0) throw secondKeysProblem(text, events, reader.secondKeys);
  return document;
}

function documentOf(reader: DocumentReader, text: string): Plain {
  try {
    return reader.document();
  } catch (error) {
    // An alias without anchor is found before any value is looked at, wherever it stands.
    if (error instanceof YamlError) readEvents(text);
    throw error;
  }
}

/**
 * The documents of a stream, which `splitDocuments` has taken apart, without those that hold nothing. Throws YamlError
 * for the first that is none.
 * Reading the whole text at once saves what the library does anew for each text; it is good where both see the same
 * number of documents, nothing is wrong, and no other marks begin or end one; otherwise they are read one by one.
 */
export function readDocuments(text: string, documents: readonly string[]): Plain[] {
  const isPlain = documents.length > 1 && !doubtful.test(text);
  const values = isPlain ? readAtOnce(text, documents.length) : undefined;
  return (values ?? documents.map(document => readYaml(document))).filter(value => value !== null);
}

function readAtOnce(text: string, count: number): Plain[] | undefined {
  const { parseEvents, YAMLException } = yamlLibrary();
  try {
    const events = parseEvents(text, { maxDepth });
    const values: Plain[] = [];
    for (let at = 0; at < events.length; ) {
      const reader = new DocumentReader(text, events, {}, at);
      values.push(reader.document());
      at = reader.end;
    }
    return values.length === count ? values : undefined;
  } catch (error) {
    if (error instanceof YAMLException || error instanceof YamlError) return undefined;
    throw error;
  }
}

const maxDepth = 10_000;

/**
 * What the library accepts and the real reader refuses or sees otherwise, or so it may be: tabs before the first word of
 * a line, marks and directives at unusual places, escapes of what is no character, anchors and tags with unusual
 * letters, keys of more than 1024 characters, line breaks of Unicode's own and byte order marks.
 */
const doubtful = new RegExp(
  [
    /^ *(?:[-?:] *)*\t/,
    /^(?:\.\.\.|%| +---)/,
    /\\(?:[/U]|u[dD][89a-fA-F])/,
    /(?:^|[\s[{,])(?:![^\s"']*,|!!\s|!!$|[&*][\w-]+[^\s\w,\]}-])/,
    /^[^\n]{1024,}:(?:\s|$)/,
    /[\x85\u2028\u2029\ufeff]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'm',
);

/** A text whose last line, one of a block, has no line end. */
function endsInBlock(text: string): boolean {
  return !text.endsWith('\n') && /[|>][-+\d]*[ \t]*(?:#.*)?\n/.test(text);
}

function parse(text: string): readonly ExactEvent[] {
  if (doubtful.test(text) || endsInBlock(text)) return readEvents(text);
  const { parseEvents, YAMLException } = yamlLibrary();
  try {
    return parseEvents(text, { maxDepth });
  } catch (error) {
    // Deep nesting overflows the stack of the library.
    if (!(error instanceof YAMLException || error instanceof RangeError)) throw error;
    return readEvents(text);
  }
}
