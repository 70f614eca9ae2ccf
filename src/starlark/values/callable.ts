// Callable values: builtins of the host, methods of the builtin types, functions of programs.
import type { Place } from '../../base/diagnostics.ts';
import { bindArguments } from './bind-arguments.ts';
import { checkedValue } from './checked-value.ts';
import { typeOf } from './compare.ts';
import { freezeAll } from './freezing.ts';
import { type FunctionCode, mandatory } from './function-code.ts';
import { hashText } from './hash-table.ts';
import { jsString } from './text.ts';
import {
  type DeepCall,
  type FrameOwner,
  type Kwargs,
  noKwargs,
  StarlarkObject,
  type Thread,
  type Value,
} from './value.ts';

/**
 * The implementation of a builtin: positional arguments, keyword arguments in the order given, and the builtin itself
 * (its name and receiver). Failing is throwing an Error; `undefined` as result counts as None.
 */
export type BuiltinFunction = (
  thread: Thread,
  args: readonly Value[],
  kwargs: Kwargs,
  self: Builtin,
) => Value | undefined;

/** A function written in JavaScript. */
export class Builtin extends StarlarkObject {
  override readonly name: string;
  /** What a method is bound to. */
  readonly receiver: Value | undefined;
  readonly isIdentityKey = true;
  /** A quicker way for exactly one positional argument. */
  readonly one: ((thread: Thread, arg: Value) => Value) | undefined;
  readonly #fn: BuiltinFunction;

  constructor(name: string, fn: BuiltinFunction, receiver?: Value, one?: (thread: Thread, arg: Value) => Value) {
    super();
    this.name = name;
    this.#fn = fn;
    this.receiver = receiver;
    this.one = one;
  }

  get typeName(): string {
    return 'builtin_function_or_method';
  }

  override repr(): string {
    if (this.receiver === undefined) return `<built-in function ${this.name}>`;
    return `<built-in method ${this.name} of ${typeOf(this.receiver)} value>`;
  }

  override hash(): number {
    return hashText(this.name) ^ (this.receiver === undefined ? 0 : 5521);
  }

  override freeze(): void {
    freezeAll([this.receiver]);
  }

  override callInternal(thread: Thread, args: readonly Value[], kwargs: Kwargs): Value {
    const result = this.#fn(thread, args, kwargs, this);
    return result === undefined ? null : checkedValue(result, `the result of ${this.name}`);
  }

  /** The same function as a method of `receiver`. */
  bindReceiver(receiver: Value): Builtin {
    return new Builtin(this.name, this.#fn, receiver);
  }
}

/** A function written in JavaScript under a name that programs see in repr and backtraces. */
export function builtin(name: string, fn: BuiltinFunction): Builtin {
  return new Builtin(name, fn);
}

/** Implements a method of a builtin type for a receiver. */
export type MethodFunction = (
  thread: Thread,
  self: Value,
  args: readonly Value[],
  kwargs: Kwargs,
  name: string,
) => Value;

/** A method of a builtin type, before it is bound. Not a value: `x.f` makes a BoundMethod of it. */
export class Method implements FrameOwner {
  readonly name: string;
  readonly fn: MethodFunction;
  /** A quicker way for exactly one positional argument. */
  readonly one: ((thread: Thread, self: Value, arg: Value) => Value) | undefined;

  constructor(name: string, fn: MethodFunction, one?: (thread: Thread, self: Value, arg: Value) => Value) {
    this.name = name;
    this.fn = fn;
    this.one = one;
  }
}

/** A method with its receiver, as in `"a,b".split`. */
export class BoundMethod extends Builtin {
  readonly method: Method;

  constructor(method: Method, self: Value) {
    super(method.name, (thread, args, kwargs) => method.fn(thread, self, args, kwargs, method.name), self);
    this.method = method;
  }
}

/** The JavaScript function behind a Starlark function; takes every parameter in the order of `FunctionCode.params`. */
export type CompiledFunction = (thread: Thread, ...params: Value[]) => Value;

/** The same function as a generator. */
export type DeepFunction = (thread: Thread, ...params: Value[]) => DeepCall;

/** A function that a program defined with def or lambda. */
export class StarlarkFunction extends StarlarkObject {
  /** The name after def, or `lambda`. */
  override readonly name: string;
  readonly code: FunctionCode;
  readonly js: CompiledFunction;
  /** For a function that may recur: what runs when the stack is deep. */
  readonly deep: DeepFunction | undefined;
  /** Values of the last parameters, in order. */
  readonly defaults: readonly (Value | typeof mandatory)[];
  /** The number of positional arguments for which `js` can be called directly, or -1. */
  readonly plainArity: number;
  /** Whether calling it while it is active is an error. */
  readonly refusesRecursion: boolean;
  readonly isIdentityKey = true;
  #frozen = false;
  readonly #captured: (() => readonly (Value | undefined)[]) | undefined;

  constructor(
    code: FunctionCode,
    js: CompiledFunction,
    defaults: readonly (Value | typeof mandatory)[],
    captured?: () => readonly (Value | undefined)[],
    deep?: DeepFunction,
  ) {
    super();
    this.name = code.name;
    this.code = code;
    this.js = js;
    this.deep = deep;
    this.defaults = defaults;
    this.plainArity = code.hasVarargs || code.hasKwargs || code.keywordOnly > 0 ? -1 : code.named;
    this.refusesRecursion = !code.recursion;
    this.#captured = captured;
  }

  get typeName(): string {
    return 'function';
  }

  override repr(): string {
    return `<function ${this.code.name}>`;
  }

  override hash(): number {
    return hashText(this.code.name);
  }

  /** Freezes the defaults and what the function captured. */
  override freeze(): void {
    if (this.#frozen) return;
    this.#frozen = true;
    freezeAll(this.defaults.filter(value => value !== mandatory));
    if (this.#captured) freezeAll(this.#captured());
  }

  override placeAt(offset: number): Place {
    return this.code.placeAt(offset);
  }

  /** Where the function is defined. */
  get position(): Place {
    return this.code.placeAt(this.code.offset);
  }

  /** The first statement of the body when it is a string literal, else ''. An ordinary string. */
  get doc(): string {
    return jsString(this.code.doc);
  }

  /** The names of all parameters. */
  get params(): readonly string[] {
    return this.code.params.map(jsString);
  }

  override callInternal(thread: Thread, args: readonly Value[], kwargs: Kwargs = noKwargs): Value {
    return this.js(thread, ...this.bind(args, kwargs));
  }

  /** The value of every parameter; throws what the caller did wrong. */
  bind(args: readonly Value[], kwargs: Kwargs): Value[] {
    return bindArguments(this.code, this.defaults, args, kwargs);
  }
}
