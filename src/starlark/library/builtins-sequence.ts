// Universal builtins about sequences: making, ordering and reducing them.
import { fail } from '../errors.ts';
import {
  asBool,
  asCallable,
  asInt64,
  asIterable,
  checkPositional,
  convertArgument,
  parameterError,
} from '../runtime/arguments.ts';
import { call } from '../runtime/call.ts';
import { nearestSpelling } from '../runtime/spelling.ts';
import { Builtin, type BuiltinFunction } from '../values/callable.ts';
import { Dict, List, maxSequenceLength, StarlarkSet, Tuple } from '../values/collections.ts';
import { compare, truthOf, typeOf } from '../values/compare.ts';
import { intOfBig } from '../values/int.ts';
import { quote } from '../values/quote.ts';
import { Range } from '../values/range.ts';
import { type Int, type Kwargs, StarlarkObject, type Thread, type Value } from '../values/value.ts';
import { elementsOf, lengthOf, updateDict } from './dict-update.ts';

/** The elements of the iterable that parameter `position` of `name` has to be. */
function elementsOfArgument(name: string, position: number, value: Value): Value[] {
  return elementsOf(convertArgument(name, position, value, asIterable))!;
}

/** Parameters of a builtin by name; `positional` says which were given by position, for the wording of errors. */
export function namedOptions<T>(
  name: string,
  kwargs: Kwargs,
  options: Readonly<Record<string, (value: Value) => T>>,
  positional: ReadonlySet<string> = new Set(),
): Map<string, T> {
  const given = new Map<string, T>();
  for (const [key, value] of kwargs) {
    const convert = Object.hasOwn(options, key) ? options[key] : undefined;
    if (!convert) {
      const nearest = nearestSpelling(key, Object.keys(options));
      return fail(`${name}: unexpected keyword argument ${quote(key)}${nearest ? ` (did you mean ${nearest}?)` : ''}`);
    }
    if (given.has(key)) fail(`${name}: got multiple values for keyword argument ${quote(key)}`);
    try {
      given.set(key, convert(value));
    } catch (error) {
      throw parameterError(name, positional.has(key) ? key : quote(key), error);
    }
  }
  return given;
}

function reducer(name: string, stopAt: boolean): Builtin {
  return new Builtin(name, (thread, args, kwargs) => {
    checkPositional(name, args, kwargs, [1, 1]);
    const iterator = convertArgument(name, 1, args[0]!, asIterable).iterate();
    try {
      for (let value = iterator.next(); value !== undefined; value = iterator.next()) {
        thread.spend(1);
        if (truthOf(value) === stopAt) return stopAt;
      }
    } finally {
      iterator.done();
    }
    return !stopAt;
  });
}

function extremum(name: string, op: '<' | '>'): Builtin {
  return new Builtin(name, (thread, args, kwargs) => {
    if (args.length === 0) fail(`${name} requires at least one positional argument`);
    const key = namedOptions(name, kwargs, { key: asCallable }).get('key');
    const values = args.length === 1 ? elementsOf(args[0]!) : args;
    if (!values) return fail(`${name}: ${typeOf(args[0]!)} value is not iterable`);
    if (values.length === 0) fail(`${name}: argument is an empty sequence`);
    const keyOf = (value: Value): Value => (key ? call(thread, key, [value], []) : value);
    const find = (): Value => {
      let best = values[0]!;
      let bestKey = keyOf(best);
      for (let i = 1; i < values.length; i++) {
        const candidate = keyOf(values[i]!);
        if (!compareFor(name, op, candidate, bestKey)) continue;
        best = values[i]!;
        bestKey = candidate;
      }
      return best;
    };
    return key && args.length === 1 ? whileIterating(args[0]!, find) : find();
  });
}

function compareFor(name: string, op: '<' | '>', x: Value, y: Value): boolean {
  try {
    return compare(op, x, y);
  } catch (error) {
    if (error instanceof Error && !(error instanceof RangeError)) error.message = `${name}: ${error.message}`;
    throw error;
  }
}

/** Stable order of two keys. Keys of one plain type need no general comparison. */
function orderOf(x: Value, y: Value): number {
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  if (typeof x === 'string' && typeof y === 'string') return x < y ? -1 : x > y ? 1 : 0;
  if (compare('<', x, y)) return -1;
  return compare('<', y, x) ? 1 : 0;
}

/** How many elements Go's sort inserts one by one before it begins to merge. */
const insertionBlock = 20;

/**
 * Sorting failed because some keys have no order. starlark-go reports the last such pair that its insertion sort meets;
 * for short lists that pair is found the same way.
 */
function failUnsortable(keys: readonly Value[], reverse: boolean, first: unknown): never {
  if (keys.length > insertionBlock) throw first;
  const sorting = [...keys];
  let last = first;
  for (let i = 1; i < sorting.length; i++) {
    for (let j = i; j > 0; j--) {
      const [x, y] = [sorting[j]!, sorting[j - 1]!];
      try {
        if (!(reverse ? compare('<', y, x) : compare('<', x, y))) break;
      } catch (error) {
        last = error;
        break;
      }
      sorting[j] = y;
      sorting[j - 1] = x;
    }
  }
  throw last;
}

function sortKeys(keys: readonly Value[], reverse: boolean): number[] {
  const order = Array.from({ length: keys.length }, (_, i) => i);
  // A stable order in reverse keeps equal elements in their original order, too.
  return order.sort((a, b) => (reverse ? orderOf(keys[b]!, keys[a]!) : orderOf(keys[a]!, keys[b]!)));
}

function sortPlain(values: Value[], reverse: boolean): Value[] {
  if (values.every(value => typeof value === 'number')) {
    const numbers = Float64Array.from(values as number[]).sort();
    const sorted = Array.from(numbers);
    return reverse ? sorted.reverse() : sorted;
  }
  if (values.every(value => typeof value === 'string')) {
    const sorted = (values as string[]).sort();
    return reverse ? sorted.reverse() : sorted;
  }
  return values.sort((a, b) => (reverse ? orderOf(b, a) : orderOf(a, b)));
}

/** Runs while the source counts as being iterated over, so that what is called may not change it. */
function whileIterating<T>(source: Value, run: () => T): T {
  if (!(source instanceof StarlarkObject) || !source.iterate) return run();
  const iterator = source.iterate();
  try {
    return run();
  } finally {
    iterator.done();
  }
}

interface SortArguments {
  readonly source: StarlarkObject;
  readonly values: Value[];
  readonly key: StarlarkObject | undefined;
  readonly reverse: boolean;
}

function sortArguments(args: readonly Value[], kwargs: Kwargs): SortArguments {
  if (args.length > 3) fail(`sorted: got ${args.length} arguments, want at most 3`);
  const names = ['iterable', 'key', 'reverse'];
  const all: [string, Value][] = args.map((value, i) => [names[i]!, value]);
  const given = namedOptions<unknown>(
    'sorted',
    [...all, ...kwargs],
    {
      iterable: asIterable,
      key: asCallable,
      reverse: asBool,
    },
    new Set(names.slice(0, args.length)),
  );
  const source = given.get('iterable') as StarlarkObject | undefined;
  if (!source) return fail('sorted: missing argument for iterable');
  return {
    source,
    values: elementsOf(source)!,
    key: given.get('key') as StarlarkObject | undefined,
    reverse: given.get('reverse') === true,
  };
}

function sorted(thread: Thread, args: readonly Value[], kwargs: Kwargs): Value {
  const { source, values, key, reverse } = sortArguments(args, kwargs);
  thread.spend(values.length);
  const keys = key ? whileIterating(source, () => values.map(value => call(thread, key, [value], []))) : values;
  try {
    return new List(key ? sortKeys(keys, reverse).map(i => values[i]!) : sortPlain([...values], reverse));
  } catch (error) {
    return failUnsortable(keys, reverse, error);
  }
}

function makeRange(args: readonly Value[], kwargs: Kwargs): Value {
  checkPositional('range', args, kwargs, [1, 3]);
  const ints = args.map((value, i) => convertArgument('range', i + 1, value, asInt64));
  const [first, second, third] = ints;
  if (third === 0) fail('range: step argument must not be zero');
  return args.length === 1 ? new Range(0, first!, 1) : new Range(first!, second!, third ?? 1);
}

const enumerate: BuiltinFunction = (_thread, args, kwargs) => {
  checkPositional('enumerate', args, kwargs, [1, 2]);
  const values = elementsOfArgument('enumerate', 1, args[0]!);
  const start: Int = args[1] === undefined ? 0 : convertArgument('enumerate', 2, args[1], asInt64);
  const isSmall = typeof start === 'number' && Number.isSafeInteger(start + values.length);
  const at = (i: number): Int => (isSmall ? start + i : intOfBig(BigInt(start) + BigInt(i)));
  return new List(values.map((value, i) => new Tuple([at(i), value])));
};

/** Takes from each source in turn until one has no more; a source without known length may be endless. */
function zipSources(
  thread: Thread,
  sources: readonly (StarlarkObject & { iterate: NonNullable<StarlarkObject['iterate']> })[],
): Value {
  const shortest = Math.min(...sources.map(source => Number(source.length?.() ?? Number.POSITIVE_INFINITY)));
  if (Number.isFinite(shortest) && shortest > maxSequenceLength) fail(`sequence too long (${shortest} elements)`);
  const iterators = sources.map(source => source.iterate());
  const rows: Value[] = [];
  try {
    for (;;) {
      thread.spend(1);
      const row: Value[] = [];
      for (const iterator of iterators) {
        const value = iterator.next();
        if (value === undefined) return new List(rows);
        row.push(value);
      }
      rows.push(new Tuple(row));
    }
  } finally {
    for (const iterator of iterators) iterator.done();
  }
}

const zip: BuiltinFunction = (thread, args, kwargs) => {
  if (kwargs.length > 0) fail('zip does not accept keyword arguments');
  const sources = args.map((arg, i) => {
    try {
      return asIterable(arg);
    } catch {
      return fail(`zip: argument #${i + 1} is not iterable: ${typeOf(arg)}`);
    }
  });
  return sources.length === 0 ? new List() : zipSources(thread, sources);
};

function lenOf(value: Value): Value {
  if (value instanceof List || value instanceof Tuple) return value.elems.length;
  const length = lengthOf(value);
  return length === undefined ? fail(`len: value of type ${typeOf(value)} has no len`) : length;
}

function makeSet(args: readonly Value[], kwargs: Kwargs): Value {
  checkPositional('set', args, kwargs, [0, 1]);
  const elems = args[0] === undefined ? [] : elementsOfArgument('set', 1, args[0]);
  try {
    return new StarlarkSet(elems);
  } catch (error) {
    if (error instanceof Error && !(error instanceof RangeError)) error.message = `set: ${error.message}`;
    throw error;
  }
}

/** A builtin that makes a value of the elements of an optional iterable. */
function converter(name: string, make: (elems: Value[]) => Value): Builtin {
  return new Builtin(name, (_thread, args, kwargs) => {
    checkPositional(name, args, kwargs, [0, 1]);
    return make(args[0] === undefined ? [] : elementsOfArgument(name, 1, args[0]));
  });
}

/** The builtins of this file. */
export function sequenceBuiltins(): Builtin[] {
  return [
    reducer('all', false),
    reducer('any', true),
    new Builtin('dict', (_thread, args, kwargs) => {
      if (args.length > 1) fail(`dict: got ${args.length} arguments, want at most 1`);
      const dict = new Dict();
      try {
        updateDict(dict, args, kwargs);
      } catch (error) {
        if (error instanceof Error && !(error instanceof RangeError)) error.message = `dict: ${error.message}`;
        throw error;
      }
      return dict;
    }),
    new Builtin('enumerate', enumerate),
    new Builtin(
      'len',
      (_thread, args, kwargs) => {
        checkPositional('len', args, kwargs, [1, 1]);
        return lenOf(args[0]!);
      },
      undefined,
      (_thread, arg) => lenOf(arg),
    ),
    converter('list', elems => new List(elems)),
    extremum('max', '>'),
    extremum('min', '<'),
    new Builtin(
      'range',
      (_thread, args, kwargs) => makeRange(args, kwargs),
      undefined,
      (_thread, arg) => (typeof arg === 'number' ? new Range(0, arg, 1) : makeRange([arg], [])),
    ),
    new Builtin('reversed', (_thread, args, kwargs) => {
      checkPositional('reversed', args, kwargs, [1, 1]);
      return new List(elementsOfArgument('reversed', 1, args[0]!).reverse());
    }),
    new Builtin('set', (_thread, args, kwargs) => makeSet(args, kwargs)),
    new Builtin('sorted', (thread, args, kwargs) => sorted(thread, args, kwargs)),
    converter('tuple', elems => new Tuple(elems)),
    new Builtin('zip', zip),
  ];
}
