// Encoders and decoders: JSON and YAML from files, text and blobs, and back (reference 2.3).
import { parseFirstJson, skipSpace } from '../../domain/json/parse-json.ts';
import { writeJson } from '../../domain/json/write-json.ts';
import type { Plain } from '../../domain/yaml/plain.ts';
import { readDocuments, YamlError } from '../../domain/yaml/read-yaml.ts';
import { splitDocuments } from '../../domain/yaml/split-documents.ts';
import { writeYaml } from '../../domain/yaml/write-yaml.ts';
import { jsString, List, starlarkString, type Thread, type Value } from '../../starlark/index.ts';
import { Blob } from '../blob.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { evaluationOf } from '../evaluation.ts';
import { localPath, stringable } from '../parameters.ts';
import { dataOfValue, valueOfData } from '../structured-data.ts';
import { readText } from './files.ts';

function because(what: string, source: string, error: unknown): Error {
  return new Error(`${what}${source === '' ? '' : ` from ${source}`}: ${(error as Error).message}`, { cause: error });
}

function attempt<T>(what: string, source: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    // Only nesting overflows the stack here.
    const isDeep = error instanceof RangeError;
    throw because(what, source, isDeep ? new Error('it is nested too deeply, or contains itself') : error);
  }
}

function decodeJson(text: string, source: string): Value {
  const first = attempt('error parsing JSON', source, () => {
    const { value, end } = parseFirstJson(text, { keepsNumbers: true });
    if (skipSpace(text, end) < text.length && !/^[\]}]/.test(text.slice(skipSpace(text, end))))
      throw new Error('found multiple JSON values');
    return value;
  });
  return attempt('error converting JSON to Starlark', source, () => valueOfData(first));
}

/** The documents of a stream; empty ones are left out. */
function decodeStream(text: string, source: string): Value[] {
  const documents = attempt('error reading YAML stream', source, () => splitDocuments(text));
  return attempt('error parsing YAML', source, () => dataOfStream(documents)).map(valueOfData);
}

function dataOfStream(documents: readonly string[]): Plain[] {
  try {
    return readDocuments(documents);
  } catch (error) {
    if (error instanceof YamlError) throw new Error(`error converting YAML to JSON: ${error.message}`);
    throw error;
  }
}

function oneDocument(values: readonly Value[]): Value {
  if (values.length > 1) {
    throw new Error(
      'expected a yaml document but found a yaml stream (documents separated by `---`). use decode_yaml_stream instead to decode a yaml stream',
    );
  }
  return values[0] ?? null;
}

/** Text of a file as an ordinary string, or the default value when the file is missing. */
function fileText(thread: Thread, file: string, fallback: Value | undefined): { text: string } | { fallback: Value } {
  const read = readText(evaluationOf(thread), file, fallback === undefined ? undefined : new Missing(fallback));
  return read instanceof Missing ? { fallback: read.value } : { text: jsString(read as string) };
}

/** Tells a default value from the text of a file. */
class Missing extends Blob {
  readonly value: Value;

  constructor(value: Value) {
    super('', '');
    this.value = value;
  }
}

const readJson = defineBuiltin(
  'read_json',
  [
    { name: 'paths', unpack: localPath },
    { name: 'default', optional: true },
  ],
  (thread, args) => {
    const read = fileText(thread, args.paths, args.default);
    return 'text' in read ? decodeJson(read.text, args.paths) : read.fallback;
  },
);

const readYamlParameters = [
  { name: 'paths', type: 'string' },
  { name: 'default', optional: true },
] as const;

const readYamlBuiltin = defineBuiltin('read_yaml', readYamlParameters, (thread, args) => {
  const read = fileText(thread, evaluationOf(thread).absolute(args.paths), args.default);
  return 'text' in read ? oneDocument(decodeStream(read.text, args.paths)) : read.fallback;
});

const readYamlStream = defineBuiltin(
  'read_yaml_stream',
  [
    { name: 'paths', type: 'string' },
    { name: 'default', type: 'list', optional: true },
  ],
  (thread, args) => {
    const read = fileText(thread, evaluationOf(thread).absolute(args.paths), args.default);
    return 'text' in read ? new List(decodeStream(read.text, args.paths)) : read.fallback;
  },
);

const decodeJsonBuiltin = defineBuiltin('decode_json', [{ name: 'json', unpack: stringable }], (_thread, args) =>
  decodeJson(args.json, ''),
);

/** Text to decode, or the documents that a blob was written from: reading them again would give the same. */
function yamlSource(value: Value): { readonly text: string } | { readonly documents: readonly Plain[] } {
  if (value instanceof Blob && value.documents) return { documents: value.documents };
  return { text: stringable(value) };
}

function decodeSource(source: ReturnType<typeof yamlSource>): Value[] {
  if ('text' in source) return decodeStream(source.text, '');
  return source.documents.filter(document => document !== null).map(valueOfData);
}

const decodeYaml = defineBuiltin('decode_yaml', [{ name: 'yaml', unpack: yamlSource }], (_thread, args) =>
  oneDocument(decodeSource(args.yaml)),
);

const decodeYamlStream = defineBuiltin(
  'decode_yaml_stream',
  [{ name: 'yaml', unpack: yamlSource }],
  (_thread, args) => new List(decodeSource(args.yaml)),
);

function plainData(value: Value): Plain {
  return attempt('error converting object from starlark', '', () => dataOfValue(value));
}

const encodeJson = defineBuiltin('encode_json', [{ name: 'obj' }], (_thread, { obj }) => {
  const data = plainData(obj);
  return starlarkString(attempt('error serializing object to json', '', () => writeJson(data)));
});

/** Written as JSON first, these characters would stay as they are, and a reader of YAML refuses them. */
const refusedByYaml = /[\u007f-\u0084\u0086-\u009f]/;

function yamlData(value: Value): Plain {
  const data = plainData(value);
  if (holdsRefused(data)) throw new Error('error serializing object to yaml: yaml: control characters are not allowed');
  return data;
}

function holdsRefused(data: Plain): boolean {
  if (typeof data === 'string') return refusedByYaml.test(data);
  if (typeof data !== 'object' || data === null) return false;
  if (Array.isArray(data)) return data.some(holdsRefused);
  for (const key of Object.keys(data)) if (refusedByYaml.test(key) || holdsRefused(data[key]!)) return true;
  return false;
}

function yamlText(data: Plain): string {
  return attempt('error serializing object to yaml', '', () => writeYaml(data));
}

const encodeYaml = defineBuiltin('encode_yaml', [{ name: 'obj' }], (_thread, { obj }) => {
  const data = yamlData(obj);
  return Blob.ofDocuments([data], () => yamlText(data), 'encode_yaml');
});

const encodeYamlStream = defineBuiltin('encode_yaml_stream', [{ name: 'objs', type: 'list' }], (_thread, { objs }) => {
  const documents = objs.elems.map(yamlData);
  return Blob.ofDocuments(documents, () => documents.map(yamlText).join('---\n'), 'encode_yaml_stream');
});

/** Names of this topic. */
export function encodingBuiltins(): Record<string, Value> {
  return {
    read_json: readJson,
    read_yaml: readYamlBuiltin,
    read_yaml_stream: readYamlStream,
    decode_json: decodeJsonBuiltin,
    decode_yaml: decodeYaml,
    decode_yaml_stream: decodeYamlStream,
    encode_json: encodeJson,
    encode_yaml: encodeYaml,
    encode_yaml_stream: encodeYamlStream,
  };
}
