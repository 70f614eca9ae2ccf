// `tilt explain`: what a kind or a field is for and what it holds, from the same tables that objects are checked with.
import { type ExplainedField, explainedFields, typeDescription } from '../../api/explained-fields.ts';
import { group } from '../../api/meta.ts';
import { findKind, type KindInfo } from '../../api/scheme.ts';
import { nearestName } from '../../base/nearest-name.ts';
import { ObjectFailure } from './words.ts';

const lineWidth = 80;

/** Prints the text for `TYPE[.field...]`. Throws ObjectFailure for what is no kind or field; the kind of the field is printed by then. */
export function explain(words: string, isRecursive: boolean, print: (text: string) => void): void {
  const [kindWord = '', ...path] = words.split('.');
  const info = findKind(kindWord);
  if (!info) throw new ObjectFailure(`the server doesn't have a resource type ${JSON.stringify(kindWord)}`);
  print(`GROUP:      ${group}\nKIND:       ${info.kind}\nVERSION:    v1alpha1\n\n`);
  const { fields, field, typeName } = walk(info, path);
  const description = [field?.description, typeDescription(typeName)].filter(text => text !== undefined && text !== '');
  const title = field ? `FIELD: ${field.name} <${field.typeText}>\n\n\n` : '';
  const said = description.length === 0 ? '<no description>' : description.join('\n');
  const shown = fields.length === 0 ? '' : `FIELDS:\n${fields.map(f => fieldText(f, '  ', isRecursive)).join('')}\n`;
  print(`${title}DESCRIPTION:\n${wrap(said, '    ')}    \n${shown}\n`);
}

interface Place {
  readonly fields: readonly ExplainedField[];
  /** undefined for the kind itself. */
  readonly field: ExplainedField | undefined;
  readonly typeName: string;
}

function walk(info: KindInfo, path: readonly string[]): Place {
  let place: Place = { fields: explainedFields(info.kind), field: undefined, typeName: info.kind };
  for (const name of path) {
    const field = place.fields.find(candidate => candidate.name === name);
    if (!field) throw noField(name, place.fields);
    place = { fields: field.fields(), field, typeName: field.structName ?? '' };
  }
  return place;
}

function noField(name: string, fields: readonly ExplainedField[]): ObjectFailure {
  const near = nearestName(
    name,
    fields.map(field => field.name),
  );
  const hint = near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
  return new ObjectFailure(`error: field ${JSON.stringify(name)} does not exist${hint}`);
}

function fieldText(field: ExplainedField, indent: string, isRecursive: boolean): string {
  const required = field.isRequired ? ' -required-' : '';
  const head = `${indent}${field.name}\t<${field.typeText}>${required}\n`;
  if (!isRecursive) return `${head}${wrap(field.description || '<no description>', `${indent}  `)}\n`;
  const inner = field.fields().map(child => fieldText(child, `${indent}  `, true));
  return head + inner.join('');
}

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && indent.length + line.length + 1 + word.length > lineWidth) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.map(line => `${indent}${line}\n`).join('');
}
