// struct and module: values with named fields.
import { fail, NoSuchAttrError } from '../errors.ts';
import { equal } from './compare.ts';
import { freezeAll } from './freezing.ts';
import { hashOf } from './hash-table.ts';
import { comma, reprOf } from './repr.ts';
import { jsString, starlarkString } from './text.ts';
import { type BinaryOp, type ComparisonOp, type ReprParts, type Side, StarlarkObject, type Value } from './value.ts';

/** The constructor of plain structs. */
export const defaultConstructor = 'struct';

/** An immutable value with fields, sorted by name. Structs of different constructors differ. */
export class Struct extends StarlarkObject {
  /** A string, or the host value that makes structs of this brand. */
  readonly brand: Value;
  /** Field names are Starlark strings. */
  readonly fields: ReadonlyMap<string, Value>;
  #frozen = false;

  constructor(brand: Value, fields: Iterable<readonly [string, Value]>) {
    super();
    this.brand = brand;
    this.fields = new Map([...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }

  get typeName(): string {
    return 'struct';
  }

  override repr(path: readonly StarlarkObject[]): string {
    return reprOf(this, path);
  }

  override reprParts(): ReprParts {
    const brand = typeof this.brand === 'string' ? this.brand : reprOf(this.brand);
    const names = [...this.fields.keys()];
    const values = [...this.fields.values()];
    return { open: `${brand}(`, values, before: at => `${comma(at)}${names[at]} = `, close: ')' };
  }

  override freeze(): void {
    if (this.#frozen) return;
    this.#frozen = true;
    freezeAll(this.fields.values());
  }

  override hash(): number {
    return hashOf(this);
  }

  override hashParts(): readonly Value[] {
    return [...this.fields].flat();
  }

  override attr(name: string): Value {
    const value = this.fields.get(name);
    if (value !== undefined) return value;
    const brand = this.brand === defaultConstructor ? '' : `${reprOf(this.brand)} `;
    throw new NoSuchAttrError(jsString(`${brand}struct has no .${name} attribute`));
  }

  override attrNames(): readonly string[] {
    return [...this.fields.keys()];
  }

  override binary(op: BinaryOp, other: Value, side: Side): Value | undefined {
    if (op !== '+' || !(other instanceof Struct)) return undefined;
    const [left, right] = side === 'left' ? [this, other] : [other, this];
    if (!equal(left.brand, right.brand)) {
      fail(`cannot add structs of different constructors: ${reprOf(left.brand)} + ${reprOf(right.brand)}`);
    }
    return new Struct(left.brand, new Map([...left.fields, ...right.fields]));
  }

  override compareSameType(op: ComparisonOp, other: Struct, depth: number): boolean {
    if (op !== '==' && op !== '!=') return fail(`struct ${op} struct not implemented`);
    return this.#equals(other, depth) === (op === '==');
  }

  #equals(other: Struct, depth: number): boolean {
    if (this.fields.size !== other.fields.size || !equal(this.brand, other.brand)) return false;
    for (const [name, value] of this.fields) {
      const theirs = other.fields.get(name);
      if (theirs === undefined || !equal(value, theirs, depth - 1)) return false;
    }
    return true;
  }
}

/** A named set of values, as a host offers its functions: `os.getcwd`. */
export class Module extends StarlarkObject {
  /** An ordinary string. */
  readonly moduleName: string;
  readonly members: ReadonlyMap<string, Value>;
  #frozen = false;

  constructor(name: string, members: Iterable<readonly [string, Value]>) {
    super();
    this.moduleName = name;
    this.members = new Map(members);
  }

  get typeName(): string {
    return 'module';
  }

  override repr(): string {
    return `<module ${reprOf(starlarkString(this.moduleName))}>`;
  }

  override freeze(): void {
    if (this.#frozen) return;
    this.#frozen = true;
    freezeAll(this.members.values());
  }

  override hash(): number {
    return fail('unhashable: module');
  }

  override attr(name: string): Value | undefined {
    return this.members.get(name);
  }

  override attrNames(): readonly string[] {
    return [...this.members.keys()].sort();
  }
}

/** Named values as a host writes them. Names in an object are ordinary strings; in pairs, as builtins get them, Starlark strings. */
export type NamedValues = Readonly<Record<string, Value>> | Iterable<readonly [string, Value]>;

/** Named values as pairs whose names are Starlark strings. */
export function namedPairs(values: NamedValues): Iterable<readonly [string, Value]> {
  if (Symbol.iterator in values) return values as Iterable<readonly [string, Value]>;
  return Object.entries(values).map(([name, value]) => [starlarkString(name), value] as const);
}

/** A struct of the given fields. */
export function makeStruct(fields: NamedValues): Struct {
  return new Struct(defaultConstructor, namedPairs(fields));
}

/** A module of the given members. */
export function makeModule(name: string, members: NamedValues): Module {
  return new Module(name, namedPairs(members));
}
