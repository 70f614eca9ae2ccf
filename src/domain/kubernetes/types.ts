// The table of Kubernetes' own types, parsed one line at a time when it is needed.
import { kindLines, typeLines } from './type-table.ts';

export type TypeExpr =
  | { readonly is: 'scalar'; readonly of: ScalarName; readonly goName?: string | undefined }
  | { readonly is: 'pointer'; readonly of: TypeExpr }
  | { readonly is: 'list'; readonly of: TypeExpr; readonly goName?: string | undefined }
  | { readonly is: 'map'; readonly of: TypeExpr; readonly goName?: string | undefined }
  | { readonly is: 'struct'; readonly index: number }
  /** A type, or what stands `beside` it: a list of that type, a bool, a list of text. */
  | { readonly is: 'choice'; readonly index: number; readonly beside: 'list' | 'bool' | 'texts' };

export type ChoiceType = Extract<TypeExpr, { is: 'choice' }>;

export type ScalarName = 's' | 'b' | 'i' | 'l' | 'f' | 'B' | 'Q' | 'I' | 'T' | 'M' | 'R';

export interface TypeField {
  readonly name: string;
  /** The structs that are embedded down to the one that has the field. */
  readonly embeddedBy: readonly string[];
  /** undefined for status, which nobody writes. */
  readonly type: TypeExpr | undefined;
  /** The type of what is checked and then dropped: status. */
  readonly droppedType: TypeExpr | undefined;
  readonly isOmittedWhenEmpty: boolean;
}

export interface StructType {
  readonly name: string;
  /** As errors name it, with its package: `v1.PodSpec`. */
  readonly goName: string;
  /** Whether its objects say their apiVersion and kind, also inside of others: the volume claims of a StatefulSet. */
  readonly saysKind: boolean;
  readonly fields: ReadonlyMap<string, TypeField>;
  /** The same in their order: objects are shaped by the thousand. */
  readonly list: readonly TypeField[];
}

let lines: readonly string[] | undefined;
const structs = new Map<number, StructType>();
let kinds: Map<string, number> | undefined;

/** The type at a place of the table. */
export function structType(index: number): StructType {
  const known = structs.get(index);
  if (known) return known;
  lines ??= typeLines.split('\n');
  const [name, ...fields] = lines[index]!.split(' ');
  const saysKind = fields[0] === '@';
  if (saysKind) fields.shift();
  const packageName = fields[0]?.startsWith('/') ? fields.shift()!.slice(1) : 'v1';
  const list = fields.map(field => parseField(field, packageName));
  const parsed: StructType = {
    name: name!,
    goName: `${packageName}.${name}`,
    saysKind,
    fields: new Map(list.map(field => [field.name, field])),
    list,
  };
  structs.set(index, parsed);
  return parsed;
}

function parseField(text: string, packageName: string): TypeField {
  const colon = text.indexOf(':');
  const embeddedBy = text.slice(0, colon).split('.');
  const name = embeddedBy.pop()!;
  const [, omitted, dropped, typeText] = /^(\??)(-?)(.*)$/.exec(text.slice(colon + 1))!;
  const isDropped = dropped !== '';
  const type = parseType(typeText!, packageName);
  return {
    name,
    embeddedBy,
    type: isDropped ? undefined : type,
    droppedType: isDropped ? type : undefined,
    isOmittedWhenEmpty: omitted !== '',
  };
}

const besides = { a: 'list', b: 'bool', t: 'texts' } as const;

function parseType(text: string, packageName: string, goName?: string): TypeExpr {
  const rest = text.slice(1);
  if (text[0] === '*') return { is: 'pointer', of: parseType(rest, packageName) };
  if (text[0] === '[') return { is: 'list', of: parseType(rest, packageName), goName };
  if (text[0] === '{') return { is: 'map', of: parseType(rest, packageName), goName };
  if (text[0] === '|') return { is: 'choice', index: Number(text.slice(2)), beside: besides[text[1] as 'a'] };
  if (/^\d/.test(text)) return { is: 'struct', index: Number(text) };
  const named = text.indexOf('=');
  if (named < 0) return { is: 'scalar', of: text as ScalarName, goName };
  const name = text.slice(0, named);
  return parseType(text.slice(named + 1), packageName, name.includes('.') ? name : `${packageName}.${name}`);
}

/** Place in the table of a kind's type; undefined for kinds that the client libraries do not know. */
export function typeOfKind(apiVersion: string, kind: string): number | undefined {
  kinds ??= readKinds();
  return kinds.get(`${apiVersion} ${kind}`);
}

function readKinds(): Map<string, number> {
  const read = new Map<string, number>();
  for (const line of kindLines.split('\n')) {
    const [version, ...pairs] = line.split(' ');
    for (let i = 0; i < pairs.length; i += 2) read.set(`${version} ${pairs[i]}`, Number(pairs[i + 1]));
  }
  return read;
}

const byName = new Map<string, number>();

/** Place of the first type of that name. Throws for a name that is in no line of the table, which is a bug. */
export function typeIndexByName(name: string): number {
  const known = byName.get(name);
  if (known !== undefined) return known;
  lines ??= typeLines.split('\n');
  const index = lines.findIndex(line => line.startsWith(`${name} `));
  if (index < 0) throw new Error(`no type ${name}`);
  byName.set(name, index);
  return index;
}

let users: ReadonlyMap<number, readonly number[]> | undefined;

/** For each type the places of the types that have a field of it. Maps are not looked into, as in Tilt. */
function findUsers(): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  let line = 0;
  for (const part of typeLines.match(/\n|(?<=[:?*[=])\d+/g) ?? []) {
    if (part === '\n') {
      line++;
      continue;
    }
    const used = Number(part);
    const list = found.get(used);
    if (list) list.push(line);
    else found.set(used, [line]);
  }
  return found;
}

const reachable = new Map<string, ReadonlySet<number>>();

/** Places of all types in which a type of that name can be found, itself included. */
export function typesHolding(name: string): ReadonlySet<number> {
  const known = reachable.get(name);
  if (known) return known;
  lines ??= typeLines.split('\n');
  users ??= findUsers();
  const open: number[] = [];
  lines.forEach((line, i) => {
    if (line.startsWith(name) && line[name.length] === ' ') open.push(i);
  });
  const found = new Set<number>(open);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const user of users.get(at) ?? []) {
      if (found.has(user)) continue;
      found.add(user);
      open.push(user);
    }
  }
  reachable.set(name, found);
  return found;
}
