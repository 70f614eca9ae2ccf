// One way from the arguments of a call to declared parameters, so that every builtin speaks alike: starlark-go's
// UnpackArgs, its messages included.
import { fail } from '../errors.ts';
import { Bytes } from '../values/bytes.ts';
import { Builtin } from '../values/callable.ts';
import { Dict, List, StarlarkSet, Tuple } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { Float } from '../values/float.ts';
import { quote } from '../values/quote.ts';
import { Struct } from '../values/struct.ts';
import { jsString, starlarkString } from '../values/text.ts';
import type { Int, Kwargs, StarlarkObject, Thread, Value } from '../values/value.ts';
import { asCallable, asInt64, asIterable, parameterError } from './arguments.ts';
import { isTransposed, nearestSpelling } from './spelling.ts';

/** The types a parameter can ask for, and what the implementation then gets. */
export interface ParameterTypes {
  any: Value;
  /** An ordinary JavaScript string. */
  string: string;
  /** The Starlark string as it is, one char per byte. */
  'raw string': string;
  bytes: Bytes;
  bool: boolean;
  /** A number; an int beyond 2^53-1 is refused. */
  int: number;
  /** Any int of 64 bits. */
  int64: Int;
  /** A number made of a float. */
  float: number;
  /** A number made of a float or an int. */
  number: number;
  list: List;
  tuple: Tuple;
  dict: Dict;
  set: StarlarkSet;
  struct: Struct;
  callable: StarlarkObject;
  iterable: StarlarkObject & { iterate: NonNullable<StarlarkObject['iterate']> };
  NoneType: null;
}

/** The name of a type that a parameter can ask for. */
export type ParameterType = keyof ParameterTypes;

/** One parameter of a builtin. */
export interface Parameter<Name extends string = string> {
  readonly name: Name;
  /** One type, or several any of which will do; absent means any value. */
  readonly type?: ParameterType | readonly ParameterType[];
  /** May be left out; so may every parameter declared after it. */
  readonly optional?: boolean;
  /** With `optional`: None means "left out" too. */
  readonly noneIsUnset?: boolean;
  /** What the implementation gets when it is left out; absent means undefined. Makes the parameter optional. */
  readonly default?: unknown;
  /** Instead of `type`: checks and converts; the message of what it throws is put behind `f: for parameter x: `. */
  readonly unpack?: (value: Value, thread: Thread | undefined) => unknown;
}

/** A parameter list; everything behind `'*'` can be given by name only. */
export type ParameterList = readonly (Parameter | '*')[];

type GivenType<P> = P extends { readonly unpack: (...args: never[]) => infer T }
  ? T
  : P extends { readonly type: infer T }
    ? T extends ParameterType
      ? ParameterTypes[T]
      : T extends readonly (infer U extends ParameterType)[]
        ? ParameterTypes[U]
        : Value
    : Value;

type DefaultType<P> = P extends { readonly default: infer D }
  ? D
  : P extends { readonly optional: true } | { readonly noneIsUnset: true }
    ? undefined
    : never;

/** What the implementation of a builtin with these parameters gets. */
export type Unpacked<L extends ParameterList> = {
  [P in Exclude<L[number], '*'> as P['name']]: GivenType<P> | DefaultType<P>;
};

function asInstance<T extends Value>(type: abstract new (...args: never[]) => T, name: string): (value: Value) => T {
  return value => (value instanceof type ? value : fail(`got ${typeOf(value)}, want ${name}`));
}

function unpackInt(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') fail(`${value} out of range (want value in signed 64-bit range)`);
  return fail(`got ${typeOf(value)}, want int`);
}

function unpackFloat(value: Value): number {
  return value instanceof Float ? value.value : fail(`got ${typeOf(value)}, want float`);
}

const unpackers: { readonly [T in ParameterType]: (value: Value) => ParameterTypes[T] } = {
  any: value => value,
  string: value => (typeof value === 'string' ? jsString(value) : fail(`got ${typeOf(value)}, want string`)),
  'raw string': value => (typeof value === 'string' ? value : fail(`got ${typeOf(value)}, want string`)),
  bytes: asInstance(Bytes, 'bytes'),
  bool: value => (typeof value === 'boolean' ? value : fail(`got ${typeOf(value)}, want bool`)),
  int: unpackInt,
  int64: asInt64,
  float: unpackFloat,
  number: value =>
    typeof value === 'number' || typeof value === 'bigint'
      ? Number(value)
      : value instanceof Float
        ? value.value
        : fail(`got ${typeOf(value)}, want float or int`),
  list: asInstance(List, 'list'),
  tuple: asInstance(Tuple, 'tuple'),
  dict: asInstance(Dict, 'dict'),
  set: asInstance(StarlarkSet, 'set'),
  struct: asInstance(Struct, 'struct'),
  callable: asCallable,
  iterable: asIterable,
  NoneType: value => (value === null ? null : fail(`got ${typeOf(value)}, want NoneType`)),
};

const accepts: Partial<Record<ParameterType, string>> = { 'raw string': 'string', int64: 'int', NoneType: 'None' };

function unpackOneOf(types: readonly ParameterType[], value: Value): unknown {
  for (const type of types) {
    if (type === 'int' && typeof value === 'bigint') return unpackInt(value);
    try {
      return unpackers[type](value);
    } catch {
      // Not this one; the message below names them all.
    }
  }
  const names = types.map(type => accepts[type] ?? type);
  return fail(`got ${typeOf(value)}, want ${names.length > 2 ? names.join(', ') : names.join(' or ')}`);
}

function isOptional(parameter: Parameter): boolean {
  return parameter.optional === true || parameter.noneIsUnset === true || 'default' in parameter;
}

function unpackValue(parameter: Parameter, value: Value, thread: Thread | undefined): unknown {
  if (parameter.unpack) return parameter.unpack(value, thread);
  const { type } = parameter;
  if (type === undefined) return value;
  return typeof type === 'string' ? unpackers[type](value) : unpackOneOf(type, value);
}

function refuseKeyword(fnName: string, name: string, parameters: readonly Parameter[]): never {
  const names = parameters.map(parameter => starlarkString(parameter.name));
  const nearest = nearestSpelling(name, names) ?? names.find(candidate => isTransposed(name, candidate));
  const hint = nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
  return fail(`${fnName}: unexpected keyword argument ${quote(name)}${hint}`);
}

/** What a parameter list comes to, worked out once for each list. */
interface Plan {
  readonly parameters: readonly Parameter[];
  /** How many may be given by position. */
  readonly positional: number;
  /** Places by name, as Starlark strings. */
  readonly places: ReadonlyMap<string, number>;
  /** How many must be given: those before the first optional one. */
  readonly required: number;
  /** By name, for what is left out. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

const plans = new WeakMap<ParameterList, Plan>();

function planOf(list: ParameterList): Plan {
  const known = plans.get(list);
  if (known) return known;
  const parameters = list.filter((entry): entry is Parameter => entry !== '*');
  const star = list.indexOf('*');
  const firstOptional = parameters.findIndex(isOptional);
  const plan: Plan = {
    parameters,
    positional: star < 0 ? parameters.length : star,
    places: new Map(parameters.map(({ name }, at) => [starlarkString(name), at])),
    required: firstOptional < 0 ? parameters.length : firstOptional,
    defaults: Object.fromEntries(parameters.map(({ name, default: value }) => [name, value])),
  };
  plans.set(list, plan);
  return plan;
}

/**
 * The values of the parameters of builtin `fnName` (a Starlark string), by name. Throws what the caller did wrong.
 * `thread` is handed to custom unpackers.
 */
export function unpackArgs<const L extends ParameterList>(
  fnName: string,
  args: readonly Value[],
  kwargs: Kwargs,
  list: L,
  thread?: Thread,
): Unpacked<L> {
  const { parameters, positional, places, required, defaults } = planOf(list);
  if (args.length > positional) {
    if (positional === 0) fail(`${fnName}: unexpected positional arguments`);
    fail(`${fnName}: got ${args.length} arguments, want at most ${positional}`);
  }
  const defined: boolean[] = [];
  const result: Record<string, unknown> = { ...defaults };
  // starlark-go quotes the name of a parameter that was given by name.
  const take = (at: number, value: Value, isNamed: boolean): void => {
    const parameter = parameters[at]!;
    defined[at] = true;
    if (value === null && parameter.noneIsUnset) return;
    try {
      result[parameter.name] = unpackValue(parameter, value, thread);
    } catch (error) {
      const shown = isNamed ? quote(starlarkString(parameter.name)) : parameter.name;
      throw parameterError(fnName, shown, error);
    }
  };
  for (let at = 0; at < args.length; at++) take(at, args[at]!, false);
  for (let i = 0; i < kwargs.length; i++) {
    const name = kwargs[i]![0];
    const value = kwargs[i]![1];
    const at = places.get(name);
    if (at === undefined) refuseKeyword(fnName, name, parameters);
    if (defined[at]) fail(`${fnName}: got multiple values for keyword argument ${quote(name)}`);
    take(at, value, true);
  }
  for (let at = 0; at < required; at++)
    if (!defined[at]) fail(`${fnName}: missing argument for ${parameters[at]!.name}`);
  return result as Unpacked<L>;
}

/**
 * A builtin with declared parameters. `name` is what programs see; the implementation gets the thread, the unpacked
 * arguments by name, and the builtin itself (receiver, name).
 */
export function defineBuiltin<const L extends ParameterList>(
  name: string,
  parameters: L,
  implementation: (thread: Thread, args: Unpacked<L>, self: Builtin) => Value | undefined,
): Builtin {
  const shown = starlarkString(name);
  return new Builtin(name, (thread, args, kwargs, self) =>
    implementation(thread, unpackArgs(shown, args, kwargs, parameters, thread), self),
  );
}
