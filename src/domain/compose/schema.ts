// Whether a Compose file holds only what Compose knows, in the types that it knows them in. The first problem that is
// deepest in the file is told, in Compose's words.
import { isInteger, isMap, type Plain, type PlainMap } from '../yaml/plain.ts';
import { composeTypes } from './schema-table.ts';

type Letter = 's' | 'n' | 'i' | 'b' | 'z' | 'a' | 'o';

interface Shape {
  readonly letters: readonly Letter[];
  readonly choices?: readonly string[];
  readonly hasForm?: boolean;
  readonly range?: readonly [number | undefined, number | undefined];
  readonly items?: Type;
  readonly isUnique?: boolean;
  readonly keys?: ReadonlyMap<string, { readonly type: Type; readonly isRequired: boolean }>;
  readonly patterns?: readonly { readonly form: RegExp; readonly type: Type }[];
  readonly isOpen?: boolean;
}

type Type =
  | { readonly is: 'shape'; readonly shape: Shape }
  | { readonly is: 'named'; readonly name: string }
  | { readonly is: 'oneOf'; readonly types: readonly Type[] };

interface Problem {
  /** Length of the place; what should not be there counts as one deeper. */
  readonly depth: number;
  readonly text: string;
}

const keyForms: Readonly<Record<string, RegExp>> = {
  '<name>': /^[a-zA-Z0-9._-]+$/,
  '<word>': /^[a-z]+$/,
  '<any>': /^.+$/s,
};

const letterNames: Readonly<Record<Letter, string>> = {
  s: 'string',
  n: 'number',
  i: 'integer',
  b: 'boolean',
  z: 'null',
  a: 'array',
  o: 'mapping',
};

/** What is wrong with the data of a file, or undefined: `services.web additional properties 'x' not allowed`. */
export function composeProblem(data: PlainMap): string | undefined {
  return deepest(problemsOf({ is: 'named', name: 'project' }, data, []))?.text;
}

function deepest(problems: readonly Problem[]): Problem | undefined {
  let found: Problem | undefined;
  for (const problem of problems) if (!found || problem.depth > found.depth) found = problem;
  return found;
}

function problemsOf(type: Type, value: Plain, place: readonly string[]): Problem[] {
  if (type.is === 'named') return problemsOf(namedType(type.name), value, place);
  if (type.is === 'shape') return shapeProblems(type.shape, value, place);
  const all: Problem[] = [];
  for (const each of type.types) {
    const problems = problemsOf(each, value, place);
    if (problems.length === 0) return [];
    all.push(...problems);
  }
  return all;
}

function problem(place: readonly string[], words: string): Problem {
  return { depth: place.length, text: `${place.join('.')} ${words}` };
}

function shapeProblems(shape: Shape, value: Plain, place: readonly string[]): Problem[] {
  if (!shape.letters.some(letter => isOf(letter, value))) return [problem(place, `must be a ${wanted(shape.letters)}`)];
  if (shape.choices && typeof value === 'string' && !shape.choices.includes(value))
    return [problem(place, `value must be one of ${shape.choices.map(choice => `'${choice}'`).join(', ')}`)];
  if (Array.isArray(value)) return listProblems(shape, value, place);
  if (isMap(value)) return mapProblems(shape, value, place);
  if (shape.range && isInteger(value)) return rangeProblems(shape.range, Number(value), place);
  if (shape.hasForm && typeof value === 'string') return formProblems(value, place);
  return [];
}

function isOf(letter: Letter, value: Plain): boolean {
  switch (letter) {
    case 's':
      return typeof value === 'string';
    case 'n':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'i':
      return isInteger(value);
    case 'b':
      return typeof value === 'boolean';
    case 'z':
      return value === null;
    case 'a':
      return Array.isArray(value);
    case 'o':
      return isMap(value);
  }
}

function wanted(letters: readonly Letter[]): string {
  const names = letters.map(letter => letterNames[letter]);
  if (names.length === 1) return names[0]!;
  names.sort();
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function rangeProblems([least, most]: NonNullable<Shape['range']>, value: number, place: readonly string[]): Problem[] {
  if (least !== undefined && value < least) return [problem(place, `must be greater than or equal to ${least}`)];
  if (most !== undefined && value > most) return [problem(place, `must be less than or equal to ${most}`)];
  return [];
}

const forms: Readonly<Record<string, string>> = {
  container_name: '[a-zA-Z0-9][a-zA-Z0-9_.-]+',
  pull_policy: 'always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+',
};

function formProblems(value: string, place: readonly string[]): Problem[] {
  const form = forms[place.at(-1) ?? ''];
  if (form === undefined || new RegExp(form).test(value)) return [];
  return [problem(place, `'${value}' does not match pattern '${form}'`)];
}

function listProblems(shape: Shape, value: readonly Plain[], place: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  if (shape.isUnique) {
    const seen = new Map<string, number>();
    for (const [i, item] of value.entries()) {
      const key = JSON.stringify(item, (_key, inner) => (typeof inner === 'bigint' ? String(inner) : inner));
      const first = seen.get(key);
      if (first !== undefined) {
        problems.push(problem(place, `items at ${first} and ${i} are equal`));
        break;
      }
      seen.set(key, i);
    }
  }
  const { items } = shape;
  if (items) problems.push(...value.flatMap((item, i) => problemsOf(items, item, [...place, String(i)])));
  return problems;
}

function mapProblems(shape: Shape, value: PlainMap, place: readonly string[]): Problem[] {
  if (!shape.keys) return [];
  const problems: Problem[] = [];
  const missing = [...shape.keys].filter(([key, { isRequired }]) => isRequired && !Object.hasOwn(value, key));
  if (missing.length > 0) {
    const names = missing.map(([key]) => `'${key}'`).join(', ');
    problems.push(problem(place, `missing ${missing.length === 1 ? 'property' : 'properties'} ${names}`));
  }
  const strange: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    const inside = [...place, key];
    const known = shape.keys.get(key);
    const patterns = (shape.patterns ?? []).filter(({ form }) => form.test(key));
    if (known) problems.push(...problemsOf(known.type, item, inside));
    for (const { type } of patterns) problems.push(...problemsOf(type, item, inside));
    if (!known && patterns.length === 0 && !shape.isOpen) strange.push(key);
  }
  if (strange.length > 0) {
    const names = strange.map(key => `'${key}'`).join(', ');
    const { text } = problem(place, `additional properties ${names} not allowed`);
    problems.push({ depth: place.length + 1, text });
  }
  return problems;
}

// Reading the table.

let table: Map<string, string> | undefined;
const types = new Map<string, Type>();

function namedType(name: string): Type {
  const known = types.get(name);
  if (known) return known;
  table ??= new Map(
    composeTypes
      .trim()
      .replaceAll('\n ', ' ')
      .split('\n')
      .map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
  const type = new TypeReader(table.get(name)!).type();
  types.set(name, type);
  return type;
}

class TypeReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  type(): Type {
    if (this.#take('@')) return { is: 'named', name: this.#word(/\w+/y) };
    if (!this.#take('(')) return { is: 'shape', shape: this.#shape() };
    const members: Type[] = [this.type()];
    while (this.#take('|')) members.push(this.type());
    this.#take(')');
    return { is: 'oneOf', types: members };
  }

  #shape(): Shape {
    const letters = this.#word(/[snibzao]+/y).split('') as Letter[];
    if (this.#take('=')) return { letters, choices: this.#word(/[\w,+-]+/y).split(',') };
    if (this.#take('~')) return { letters, hasForm: true };
    const range = this.#word(/-?\d*\.\.\d*/y);
    if (range !== '') {
      const [least, most] = range.split('..').map(part => (part === '' ? undefined : Number(part)));
      return { letters, range: [least, most] };
    }
    const list: { items?: Type; isUnique?: boolean } = {};
    if (this.#take('[')) {
      list.items = this.type();
      this.#take(']');
      list.isUnique = this.#take('!');
    }
    return this.#take('{') ? { letters, ...list, ...this.#members() } : { letters, ...list };
  }

  #members(): Pick<Shape, 'keys' | 'patterns' | 'isOpen'> {
    const keys = new Map<string, { readonly type: Type; readonly isRequired: boolean }>();
    const patterns: { form: RegExp; type: Type }[] = [];
    let isOpen = false;
    while (!this.#take('}')) {
      if (this.#take(' ')) continue;
      if (this.#take('<open>')) isOpen = true;
      else if (this.#take('<x>')) patterns.push({ form: /^x-/, type: { is: 'oneOf', types: [] } });
      else {
        const key = this.#word(/[\w<>]+/y);
        const isRequired = this.#take('!');
        this.#take(':');
        const type = this.type();
        const form = keyForms[key];
        if (form) patterns.push({ form, type });
        else keys.set(key, { type, isRequired });
      }
    }
    return { keys, patterns, isOpen };
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #word(form: RegExp): string {
    form.lastIndex = this.#at;
    const word = form.exec(this.#text)?.[0] ?? '';
    this.#at += word.length;
    return word;
  }
}
