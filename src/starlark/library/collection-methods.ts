// Methods of list, dict, set and bytes.
import { fail } from '../errors.ts';
import { asInt64, asIterable, convertArgument } from '../runtime/arguments.ts';
import { extendList, symmetricDifference } from '../runtime/arithmetic.ts';
import { failOutOfRange, partBounds } from '../runtime/subscript.ts';
import { type Bytes, BytesElems } from '../values/bytes.ts';
import type { MethodFunction } from '../values/callable.ts';
import { type Dict, List, StarlarkSet, Tuple } from '../values/collections.ts';
import { equal, typeOf } from '../values/compare.ts';
import type { Kwargs, Value } from '../values/value.ts';
import { elementsOf, updateDict } from './dict-update.ts';
import { positional } from './method-table.ts';

/** Runs `action`; puts the method's name before what it throws. */
function named<T>(name: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && !(error instanceof RangeError)) error.message = `${name}: ${error.message}`;
    throw error;
  }
}

function indexIn(self: List, args: readonly (Value | undefined)[], name: string): Value {
  return named(name, () => {
    const [start, end] = partBounds(args[1], args[2], self.elems.length);
    for (let i = start; i < end; i++) if (equal(self.elems[i]!, args[0]!)) return i;
    return fail('value not in list');
  });
}

function popFrom(self: List, args: readonly (Value | undefined)[], name: string): Value {
  const { length } = self.elems;
  const at = args[0] === undefined ? length - 1 : Number(convertArgument(name, 1, args[0], asInt64));
  return named(name, () => {
    const fromStart = at < 0 ? at + length : at;
    if (fromStart < 0 || fromStart >= length) failOutOfRange(at, length, 'list');
    self.checkMutable('pop from');
    return fromStart === length - 1 ? self.elems.pop()! : self.elems.splice(fromStart, 1)[0]!;
  });
}

/** Methods of list. */
export const listMethodFunctions: Readonly<Record<string, MethodFunction>> = {
  append: positional<List>([1, 1], (self, args, name) =>
    named(name, () => {
      self.append(args[0]!);
      return null;
    }),
  ),
  clear: positional<List>([0, 0], (self, _args, name) =>
    named(name, () => {
      self.checkMutable('clear');
      self.elems.length = 0;
      return null;
    }),
  ),
  extend: positional<List>([1, 1], (self, args, name) => {
    const source = convertArgument(name, 1, args[0]!, asIterable);
    named(name, () => self.checkMutable('extend'));
    extendList(self, source);
    return null;
  }),
  index: positional<List>([1, 3], indexIn),
  insert: positional<List>([2, 2], (self, args, name) => {
    const at = Number(convertArgument(name, 1, args[0]!, asInt64));
    named(name, () => self.checkMutable('insert into'));
    const { length } = self.elems;
    self.elems.splice(Math.min(Math.max(at < 0 ? at + length : at, 0), length), 0, args[1]!);
    return null;
  }),
  pop: positional<List>([0, 1], popFrom),
  remove: positional<List>([1, 1], (self, args, name) =>
    named(name, () => {
      self.checkMutable('remove from');
      const at = self.elems.findIndex(elem => equal(elem, args[0]!));
      if (at < 0) fail('element not found');
      self.elems.splice(at, 1);
      return null;
    }),
  ),
};

/** Methods of dict. */
export const dictMethodFunctions: Readonly<Record<string, MethodFunction>> = {
  clear: positional<Dict>([0, 0], self => {
    self.table.clear();
    return null;
  }),
  get: positional<Dict>([1, 2], (self, args, name) => {
    const value = named(name, () => self.get(args[0]!));
    return value === undefined ? (args[1] ?? null) : value;
  }),
  items: positional<Dict>([0, 0], self => new List(self.items().map(pair => new Tuple(pair)))),
  keys: positional<Dict>([0, 0], self => new List(self.keys())),
  pop: positional<Dict>([1, 2], (self, args, name) =>
    named(name, () => {
      const value = self.table.delete(args[0]!);
      if (value !== undefined) return value;
      return args[1] === undefined ? fail('missing key') : args[1];
    }),
  ),
  popitem: positional<Dict>([0, 0], (self, _args, name) =>
    named(name, () => {
      const first = self.table.takeFirst();
      return first === undefined ? fail('empty dict') : new Tuple([...first]);
    }),
  ),
  setdefault: positional<Dict>([1, 2], (self, args, name) =>
    named(name, () => {
      const value = self.get(args[0]!);
      if (value !== undefined) return value;
      self.setKey(args[0]!, args[1] ?? null);
      return args[1] ?? null;
    }),
  ),
  update: (_thread, self, args, kwargs) => {
    if (args.length > 1) fail(`update: got ${args.length} arguments, want at most 1`);
    named('update', () => updateDict(self as Dict, args, kwargs));
    return null;
  },
  values: positional<Dict>([0, 0], self => new List(Array.from(self.table.map.values()))),
};

/** Adds the elements of every argument. */
function addAll(self: StarlarkSet, args: readonly Value[], kwargs: Kwargs): void {
  if (kwargs.length > 0) fail('does not accept keyword arguments');
  args.forEach((arg, i) => {
    if (arg === self && self.table.size > 0) fail('cannot insert into hash table during iteration');
    const elems = elementsOf(arg);
    if (!elems) fail(`argument #${i + 1} is not iterable: ${typeOf(arg)}`);
    for (const elem of elems!) self.table.set(elem, null);
  });
}

/** A method that gets the elements of its one argument, which may be absent. */
function withElements(implement: (self: StarlarkSet, elems: readonly Value[]) => Value): MethodFunction {
  return positional<StarlarkSet>([0, 1], (self, args, name) => {
    const elems = args[0] === undefined ? [] : elementsOf(convertArgument(name, 1, args[0], asIterable))!;
    return named(name, () => implement(self, elems));
  });
}

function without(self: StarlarkSet, elems: readonly Value[]): StarlarkSet {
  const result = new StarlarkSet(self.elems());
  for (const elem of elems) result.table.delete(elem);
  return result;
}

/** Methods of set. */
export const setMethodFunctions: Readonly<Record<string, MethodFunction>> = {
  add: positional<StarlarkSet>([1, 1], (self, args, name) =>
    named(name, () => {
      self.table.checkMutable('insert into');
      if (!self.table.has(args[0]!)) self.table.put(args[0]!, null);
      return null;
    }),
  ),
  clear: positional<StarlarkSet>([0, 0], (self, _args, name) =>
    named(name, () => {
      if (self.table.size > 0) self.table.clear();
      return null;
    }),
  ),
  difference: withElements(without),
  discard: positional<StarlarkSet>([1, 1], (self, args, name) =>
    named(name, () => {
      self.table.checkMutable('delete from');
      if (self.has(args[0]!)) self.table.delete(args[0]!);
      return null;
    }),
  ),
  intersection: withElements((self, elems) => new StarlarkSet(elems.filter(elem => self.has(elem)))),
  issubset: withElements((self, elems) => {
    const shared = new StarlarkSet();
    // Elements behind the last one that matters are not looked at, hashable or not.
    for (let i = 0; i < elems.length && shared.table.size < self.table.size; i++) {
      if (self.has(elems[i]!)) shared.table.put(elems[i]!, null);
    }
    return shared.table.size === self.table.size;
  }),
  issuperset: withElements((self, elems) => elems.every(elem => self.has(elem))),
  pop: positional<StarlarkSet>([0, 0], (self, _args, name) =>
    named(name, () => {
      const first = self.table.takeFirst();
      return first === undefined ? fail('empty set') : first[0];
    }),
  ),
  remove: positional<StarlarkSet>([1, 1], (self, args, name) =>
    named(name, () => (self.table.delete(args[0]!) === undefined ? fail('missing key') : null)),
  ),
  symmetric_difference: withElements((self, elems) => symmetricDifference(self, elems)),
  union: (_thread, self, args, kwargs, name) => {
    const result = new StarlarkSet((self as StarlarkSet).elems());
    named(name, () => addAll(result, args, kwargs));
    return result;
  },
  update: (_thread, self, args, kwargs, name) => {
    named(name, () => addAll(self as StarlarkSet, args, kwargs));
    return null;
  },
};

/** Methods of bytes. */
export const bytesMethodFunctions: Readonly<Record<string, MethodFunction>> = {
  elems: positional<Bytes>([0, 0], self => new BytesElems(self)),
};
