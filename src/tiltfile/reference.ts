// The reference of a Tiltfile's names: one entry, or the whole page (api/tiltfile.pyi), from reference-text.ts and the
// types of the API. Loaded only for help and by tests.
import type { FieldType } from '../api/schema.ts';
import { objectParameters, partParameters } from './api-parameters.ts';
import { languageLines, languageTopic } from './language-text.ts';
import { referenceTopics, referenceTypes } from './reference-text.ts';

export interface ReferenceParameter {
  /** With `*` or `**` in front where Python has them; `*` alone: what follows is given by name. */
  readonly name: string;
  readonly type: string;
  /** undefined: must be given. */
  readonly fallback: string | undefined;
}

export interface ReferenceEntry {
  /** `docker_build`, `os.path.join`. */
  readonly name: string;
  readonly topic: string;
  /** undefined for a value. */
  readonly parameters: readonly ReferenceParameter[] | undefined;
  /** The type of the value, or of what a call gives. */
  readonly type: string;
  readonly does: string;
}

/** Every name, in the order of the page. */
export function referenceEntries(): ReferenceEntry[] {
  return [
    ...referenceTopics.flatMap(({ title, lines }) =>
      lines
        .trim()
        .split('\n')
        .map(line => parseLine(line, title)),
    ),
    ...apiEntries(),
  ];
}

/** The names that Starlark itself has, which are not on the page. */
export function languageEntries(): ReferenceEntry[] {
  return languageLines
    .trim()
    .split('\n')
    .map(line => parseLine(line, languageTopic));
}

function parseLine(line: string, topic: string): ReferenceEntry {
  const bar = line.lastIndexOf(' | ');
  const does = line.slice(bar + 3);
  const head = line.slice(0, bar);
  const call = /^([\w.]+)\((.*)\) -> (.*)$/.exec(head);
  if (call) {
    const [, name = '', parameters = '', type = ''] = call;
    return { name, topic, parameters: splitTop(parameters).map(parseParameter), type, does };
  }
  const [name = '', type = ''] = head.split(': ');
  return { name, topic, parameters: undefined, type, does };
}

/** The parts between commas that are in no brackets. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of text) {
    if ('[{('.includes(char)) depth++;
    if (']})'.includes(char)) depth--;
    if (char === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += char;
  }
  if (part.trim() !== '') parts.push(part.trim());
  return parts;
}

function parseParameter(text: string): ReferenceParameter {
  const [declaration = '', fallback] = text.split(' = ');
  const [name = '', type = ''] = declaration.split(': ');
  return { name, type, fallback };
}

function apiEntries(): ReferenceEntry[] {
  const objects = Object.entries(objectParameters).map(([name, { kind, fields }]) => ({
    name: `v1alpha1.${name}`,
    topic: 'Objects of the API',
    parameters: [
      { name: 'name', type: 'str', fallback: undefined },
      { name: 'labels', type: 'dict[str, str]', fallback: '{}' },
      { name: 'annotations', type: 'dict[str, str]', fallback: '{}' },
      ...fields().map(asParameter),
    ],
    type: 'None',
    does: `Makes an object of the kind ${kind}.`,
  }));
  const parts = Object.entries(partParameters).map(([name, { type, fields }]) => ({
    name: `v1alpha1.${name}`,
    topic: 'Parts of objects of the API',
    parameters: fields().map(asParameter),
    type: `v1alpha1.${type}`,
    does: 'A part of an object; a dict with the same keys does as well.',
  }));
  return [...objects, ...parts];
}

function asParameter({ parameter, type }: { readonly parameter: string; readonly type: FieldType }) {
  return { name: parameter, type: shownType(type), fallback: emptyOf(type) };
}

function shownType(type: FieldType): string {
  if (type.is === 'list') return `list[${shownType(type.of)}]`;
  if (type.is === 'map') return `dict[str, ${shownType(type.of)}]`;
  if (type.is === 'struct') return `v1alpha1.${type.name}`;
  const names: Readonly<Record<string, string>> = {
    string: 'str',
    bool: 'bool',
    int32: 'int',
    int64: 'int',
    object: 'Any',
  };
  return names[type.name] ?? 'str';
}

function emptyOf(type: FieldType): string {
  if (type.is === 'list') return '[]';
  if (type.is === 'map') return '{}';
  if (type.is === 'struct') return 'None';
  if (type.name === 'bool') return 'False';
  return type.name === 'int32' || type.name === 'int64' ? '0' : type.name === 'object' ? 'None' : '""';
}

/** The entry as Python stubs are written, a parameter a line where one line is too long. */
export function entryText(entry: ReferenceEntry): string {
  if (!entry.parameters) return `${entry.name}: ${entry.type}  # ${entry.does}`;
  const shown = entry.parameters.map(({ name, type, fallback }) =>
    type === '' ? name : `${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`,
  );
  const oneLine = `def ${entry.name}(${shown.join(', ')}) -> ${entry.type}:`;
  const head =
    oneLine.length <= 100
      ? oneLine
      : `def ${entry.name}(\n${shown.map(parameter => `    ${parameter},\n`).join('')}) -> ${entry.type}:`;
  return `${head}\n    """${entry.does}"""`;
}

/** The page of all names. */
export function referencePage(): string {
  const head = [
    'Names of a Tiltfile: parameters, types, defaults. Made from the builtins; do not edit.',
    '',
    ...referenceTypes.trim().split('\n'),
  ];
  const sections: string[] = [head.map(line => `# ${line}`.trimEnd()).join('\n')];
  let topic = '';
  for (const entry of referenceEntries()) {
    if (entry.topic !== topic) sections.push(`# ${entry.topic}`);
    topic = entry.topic;
    sections.push(entryText(entry));
  }
  return `${sections.join('\n\n')}\n`;
}
