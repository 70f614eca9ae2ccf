// The table of Kubernetes' own types, parsed one line at a time when it is needed.
import { kindLines, typeLines } from './type-table.ts';

export type TypeExpr =
  | { readonly is: 'scalar'; readonly of: 's' | 'b' | 'i' | 'l' | 'f' | 'B' | 'Q' | 'I' | 'T' | 'M' | 'D' | 'R' }
  | { readonly is: 'pointer'; readonly of: TypeExpr }
  | { readonly is: 'list'; readonly of: TypeExpr }
  | { readonly is: 'map'; readonly of: TypeExpr }
  | { readonly is: 'struct'; readonly index: number };

export interface TypeField {
  readonly name: string;
  /** undefined for status, which nobody writes. */
  readonly type: TypeExpr | undefined;
  readonly isOmittedWhenEmpty: boolean;
}

export interface StructType {
  readonly name: string;
  readonly fields: ReadonlyMap<string, TypeField>;
  /** The same in their order: objects are shaped by the thousand. */
  readonly list: readonly TypeField[];
}

let lines: readonly string[] | undefined;
const structs = new Map<number, StructType>();
let kinds: Map<string, number> | undefined;
let kindIndexes: ReadonlySet<number> | undefined;

/** The type at a place of the table. */
export function structType(index: number): StructType {
  const known = structs.get(index);
  if (known) return known;
  lines ??= typeLines.split('\n');
  const [name, ...fields] = lines[index]!.trimEnd().split(' ');
  const list = fields.map(parseField);
  const parsed: StructType = { name: name!, fields: new Map(list.map(field => [field.name, field])), list };
  structs.set(index, parsed);
  return parsed;
}

function parseField(text: string): TypeField {
  const colon = text.indexOf(':');
  const name = text.slice(0, colon);
  const isOmittedWhenEmpty = text[colon + 1] === '?';
  const type = text.slice(colon + (isOmittedWhenEmpty ? 2 : 1));
  return { name, type: type === '-' ? undefined : parseType(type), isOmittedWhenEmpty };
}

function parseType(text: string): TypeExpr {
  const rest = text.slice(1);
  if (text[0] === '*') return { is: 'pointer', of: parseType(rest) };
  if (text[0] === '[') return { is: 'list', of: parseType(rest) };
  if (text[0] === '{') return { is: 'map', of: parseType(rest) };
  if (/^\d/.test(text)) return { is: 'struct', index: Number(text) };
  return { is: 'scalar', of: text as 's' };
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

/** Whether that place of the table is a kind of its own, so that its objects say their version and kind. */
export function isKind(index: number): boolean {
  kinds ??= readKinds();
  kindIndexes ??= new Set(kinds.values());
  return kindIndexes.has(index);
}

let users: ReadonlyMap<number, readonly number[]> | undefined;

/** For each type the places of the types that have a field of it. Maps are not looked into, as in Tilt. */
function findUsers(): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  let line = 0;
  for (const part of typeLines.match(/\n|(?<=:\??[*[]*)\d+/g) ?? []) {
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
