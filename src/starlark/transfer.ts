// Values on their way between threads. Data goes across whole, shared and cyclic parts included; a function or a host's
// value arrives as an OpaqueValue that can be shown and no more.
import { StarlarkEvalError, type StaticError, StaticErrors } from './errors.ts';
import { Bytes } from './values/bytes.ts';
import { Dict, List, StarlarkSet, Tuple } from './values/collections.ts';
import { Float } from './values/float.ts';
import { Range } from './values/range.ts';
import { reprOf } from './values/repr.ts';
import { Struct } from './values/struct.ts';
import { type Int, StarlarkObject, type Value } from './values/value.ts';

/** Stands for a value that exists in another thread only. */
export class OpaqueValue extends StarlarkObject {
  readonly typeName: string;
  readonly #text: string;

  constructor(typeName: string, text: string) {
    super();
    this.typeName = typeName;
    this.#text = text;
  }

  override repr(): string {
    return this.#text;
  }
}

/** A value as structured cloning takes it: plain ones as they are, objects as a reference into a table. */
type Cell = null | boolean | number | bigint | string | { readonly ref: number };

/** One object of the table. */
type Item =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bytes'; readonly bytes: string }
  | { readonly kind: 'list'; readonly cells: readonly Cell[] }
  | { readonly kind: 'tuple' | 'set'; readonly cells: readonly Cell[] }
  | { readonly kind: 'dict'; readonly pairs: readonly (readonly [Cell, Cell])[] }
  | { readonly kind: 'struct'; readonly brand: Cell; readonly fields: readonly (readonly [string, Cell])[] }
  | { readonly kind: 'range'; readonly parts: readonly [Int, Int, Int] }
  | { readonly kind: 'opaque'; readonly type: string; readonly text: string };

type ImmutableItem = Exclude<Item, { readonly kind: 'list' | 'dict' }>;

/** Named values ready to be posted. */
export interface Parcel {
  readonly names: readonly (readonly [string, Cell])[];
  readonly items: readonly Item[];
}

class Packer {
  readonly #objects: StarlarkObject[] = [];
  readonly #refs = new Map<StarlarkObject, number>();

  cell(value: Value): Cell {
    if (!(value instanceof StarlarkObject)) return value;
    let ref = this.#refs.get(value);
    if (ref === undefined) {
      ref = this.#objects.push(value) - 1;
      this.#refs.set(value, ref);
    }
    return { ref };
  }

  /** The items of all objects that cells refer to; an item's own cells may add more, however deep they nest. */
  items(): Item[] {
    const items: Item[] = [];
    for (let ref = 0; ref < this.#objects.length; ref++) items.push(this.#item(this.#objects[ref]!));
    return items;
  }

  #cells(values: readonly Value[]): Cell[] {
    return values.map(value => this.cell(value));
  }

  #item(value: StarlarkObject): Item {
    if (value instanceof Float) return { kind: 'float', value: value.value };
    if (value instanceof Bytes) return { kind: 'bytes', bytes: value.bytes };
    if (value instanceof List) return { kind: 'list', cells: this.#cells(value.elems) };
    if (value instanceof Tuple) return { kind: 'tuple', cells: this.#cells(value.elems) };
    if (value instanceof StarlarkSet) return { kind: 'set', cells: this.#cells(value.elems()) };
    if (value instanceof Dict) {
      return { kind: 'dict', pairs: value.items().map(([key, item]) => [this.cell(key), this.cell(item)] as const) };
    }
    if (value instanceof Struct) {
      const fields = [...value.fields].map(([name, field]) => [name, this.cell(field)] as const);
      return { kind: 'struct', brand: this.cell(value.brand), fields };
    }
    if (value instanceof Range) return { kind: 'range', parts: [value.start, value.stop, value.step] };
    return { kind: 'opaque', type: value.typeName, text: reprOf(value) };
  }
}

/** Packs named values. */
export function pack(entries: Iterable<readonly [string, Value]>): Parcel {
  const packer = new Packer();
  const names = [...entries].map(([name, value]) => [name, packer.cell(value)] as const);
  return { names, items: packer.items() };
}

/** References to what an immutable object consists of. */
function partsOf(item: Item): number[] {
  const cells =
    item.kind === 'tuple' || item.kind === 'set'
      ? item.cells
      : item.kind === 'struct'
        ? [item.brand, ...item.fields.map(([, cell]) => cell)]
        : [];
  return cells.flatMap(cell => (cell !== null && typeof cell === 'object' ? [cell.ref] : []));
}

class Unpacker {
  readonly #items: readonly Item[];
  readonly #made: (StarlarkObject | undefined)[] = [];

  constructor(items: readonly Item[]) {
    this.#items = items;
  }

  value(cell: Cell): Value {
    return cell !== null && typeof cell === 'object' ? this.#made[cell.ref]! : cell;
  }

  /** Makes every object, however deeply they are nested: mutable containers empty first, since they may contain anything. */
  makeAll(): void {
    this.#items.forEach((item, ref) => {
      if (item.kind === 'list') this.#made[ref] = new List();
      else if (item.kind === 'dict') this.#made[ref] = new Dict();
    });
    for (let ref = this.#items.length - 1; ref >= 0; ref--) this.#makeWithParts(ref);
    this.#items.forEach((item, ref) => {
      const object = this.#made[ref];
      if (item.kind === 'list') for (const cell of item.cells) (object as List).elems.push(this.value(cell));
      if (item.kind === 'dict') {
        for (const [key, value] of item.pairs) (object as Dict).table.put(this.value(key), this.value(value));
      }
    });
  }

  /** Makes an immutable object after its parts. */
  #makeWithParts(first: number): void {
    const waiting = [first];
    while (waiting.length > 0) {
      const ref = waiting.at(-1)!;
      const missing = this.#made[ref] ? [] : partsOf(this.#items[ref]!).filter(part => !this.#made[part]);
      if (missing.length > 0) {
        for (const part of missing) waiting.push(part);
        continue;
      }
      waiting.pop();
      this.#made[ref] ??= this.#immutable(this.#items[ref] as ImmutableItem);
    }
  }

  #immutable(item: ImmutableItem): StarlarkObject {
    switch (item.kind) {
      case 'float':
        return new Float(item.value);
      case 'bytes':
        return new Bytes(item.bytes);
      case 'tuple':
        return new Tuple(item.cells.map(cell => this.value(cell)));
      case 'set':
        return new StarlarkSet(item.cells.map(cell => this.value(cell)));
      case 'struct':
        return new Struct(
          this.value(item.brand),
          item.fields.map(([name, cell]) => [name, this.value(cell)] as const),
        );
      case 'range':
        return new Range(...item.parts);
      case 'opaque':
        return new OpaqueValue(item.type, item.text);
    }
  }
}

/** Unpacks named values; what was one object before is one object again. */
export function unpack(parcel: Parcel): [string, Value][] {
  const unpacker = new Unpacker(parcel.items);
  unpacker.makeAll();
  return parcel.names.map(([name, cell]) => [name, unpacker.value(cell)]);
}

/** An error as structured cloning takes it. */
export type PackedError =
  | { readonly kind: 'static'; readonly errors: readonly StaticError[] }
  | { readonly kind: 'eval'; readonly message: string; readonly callStack: StarlarkEvalError['callStack'] }
  | { readonly kind: 'other'; readonly message: string };

export function packError(error: unknown): PackedError {
  if (error instanceof StaticErrors) return { kind: 'static', errors: error.errors };
  if (error instanceof StarlarkEvalError) return { kind: 'eval', message: error.message, callStack: error.callStack };
  return { kind: 'other', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function unpackError(packed: PackedError): Error {
  if (packed.kind === 'static') return new StaticErrors(packed.errors);
  if (packed.kind === 'eval') return new StarlarkEvalError(packed.message, packed.callStack);
  return new Error(packed.message);
}
