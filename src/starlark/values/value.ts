// What a Starlark value is for this implementation, the interface by which a host writes values of its own, and the
// thread that runs a program. A thread and a value know each other (a callable value gets the thread), so both live here.
// Does not: implement any type of the language, operators or printing; those stand on this file.
import type { Place } from '../../base/diagnostics.ts';
import { builtinFile, type CallFrame, CancelledError, fail } from '../errors.ts';

/**
 * A Starlark value. None is `null`, a bool a boolean, a string a JavaScript string with one char per byte of UTF-8
 * (see text.ts), an int a number while |n| <= 2^53-1 and a bigint beyond; everything else is a StarlarkObject.
 * `undefined` is never a value: it means "not there".
 */
export type Value = null | boolean | number | bigint | string | StarlarkObject;

/** An int of any size. A number is always integral, safe and never -0; a bigint is never in the safe range. */
export type Int = number | bigint;

/** The None value. */
export const None = null;

/** Keyword arguments of a call in the order given; a name (a Starlark string) may come twice through `**`. */
export type Kwargs = readonly (readonly [name: string, value: Value])[];

/** No keyword arguments. */
export const noKwargs: Kwargs = [];

/** Which side of a binary operator a value stands on. */
export type Side = 'left' | 'right';

/** Operators that reach a host value's `compareSameType`. */
export type ComparisonOp = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Operators that reach a host value's `binary`. */
export type BinaryOp = '+' | '-' | '*' | '/' | '//' | '%' | '|' | '&' | '^' | '<<' | '>>' | 'in';

/** Gives the elements of a value; `next` returns undefined at the end. `done` is always called, also when a loop ends early. */
export interface ValueIterator {
  next(): Value | undefined;
  done(): void;
}

/** How a container is printed: its values with some text before, between and behind them. All Starlark strings. */
export interface ReprParts {
  readonly open: string;
  readonly values: readonly Value[];
  /** What stands before the value at this index, behind the one before it. */
  before(at: number): string;
  readonly close: string;
  /** What the container looks like within itself; undefined if it cannot be its own part. */
  readonly inside?: string;
}

/**
 * The base of every value that is not a plain JavaScript one. A host writes its own type as a subclass: it names the type,
 * and implements the optional methods of what the value can do. A method that fails throws an Error; its message becomes
 * the program's error. Strings that go in and out are Starlark strings.
 */
export abstract class StarlarkObject {
  /** What `type(x)` gives. */
  abstract readonly typeName: string;

  /** What `str(x)` and `repr(x)` give. `path` holds the containers being printed, for cycles. */
  repr(_path: readonly StarlarkObject[]): string {
    return `<${this.typeName}>`;
  }

  /** An alternative to repr for a value made of values: however deep they nest, printing takes no stack. */
  reprParts?(): ReprParts;
  /** The values that a hash is made of, an alternative to `hash`: however deep they nest, hashing takes no stack. */
  hashParts?(): readonly Value[];

  /** Makes the value and all it reaches immutable. */
  freeze(): void {}

  /** The value's truth in a condition. */
  truth(): boolean {
    return true;
  }

  /** A hash that equal values share, or throws. Any 32-bit integer will do. */
  hash(): number {
    return fail(`unhashable type: ${this.typeName}`);
  }

  /** `x.name`: the value, or undefined for no such attribute. A NoSuchAttrError words it differently. */
  attr?(name: string): Value | undefined;
  /** The names that `dir(x)` lists and "did you mean" considers. */
  attrNames?(): readonly string[];
  /** `x.name = value`. */
  setField?(name: string, value: Value): void;

  /** The name of a callable value. */
  declare readonly name?: string;
  /** `x(...)`. */
  callInternal?(thread: Thread, args: readonly Value[], kwargs: Kwargs): Value;
  /** Where execution of a frame of this callable stands; absent for builtins. */
  placeAt?(programCounter: number): Place;

  /** Elements for `for`, `in` and conversions. */
  iterate?(): ValueIterator;
  /** `len(x)` of an indexable value or a sequence. */
  length?(): Int;
  /** `x[i]`, with 0 <= i < length(). */
  index?(at: number): Value;
  /** `x[start:end:step]` with bounds already resolved. */
  slice?(start: number, end: number, step: number): Value;
  /** `x[i] = value`, with 0 <= i < length(). */
  setIndex?(at: number, value: Value): void;
  /** `y in x` for a value that is no mapping. */
  has?(item: Value): boolean;
  /** `x[key]` of a mapping: undefined for no such key. */
  get?(key: Value): Value | undefined;
  /** `x[key] = value` of a mapping. */
  setKey?(key: Value, value: Value): void;
  /** The pairs of a mapping that can be spread with `**` and given to dict(). */
  items?(): readonly (readonly [Value, Value])[];

  /** `x op y` (side left) or `y op x` (side right); undefined means "not handled". */
  binary?(op: BinaryOp, other: Value, side: Side): Value | undefined;
  /** `+x`, `-x` or `~x`; undefined means "not handled". */
  unary?(op: '+' | '-' | '~'): Value | undefined;
  /** Comparison with a value of the same type; `depth` counts down over nested comparisons. */
  compareSameType?(op: ComparisonOp, other: StarlarkObject, depth: number): boolean;
  /** Total order among values of the same type; an alternative to compareSameType. */
  cmp?(other: StarlarkObject, depth: number): number;
}

/** The names a module defines, in the order of their first binding in the file. */
export type Globals = ReadonlyMap<string, Value>;

/** What a frame of the call stack belongs to. */
export interface FrameOwner {
  readonly name?: string;
  placeAt?(programCounter: number): Place;
}

/** A call of a function of a program that runs as a generator: it yields when `thread.called` has to run first. */
export type DeepCall = Generator<undefined, Value, Value>;

/** How many steps are taken between two looks at the limits. */
const stepsPerLook = 8192;

/** Calls that may be active at once in a dialect with recursion. */
export const maxCallDepth = 100_000;

/**
 * The state of one evaluation: hooks, limits, host data and the stack of calls. Builtins get it as first argument.
 * One thread runs one thing at a time.
 */
export class Thread {
  /** Says what the thread is for. */
  name = '';
  /** Receives what print() prints, as an ordinary string without line end; `this` is the thread that prints. */
  print: ((this: Thread, message: string) => void) | undefined;
  /** Gives the globals of the module that a load statement names; throws when there is none. */
  load: ((module: string, thread: Thread) => Globals | Readonly<Record<string, Value>>) | undefined;
  /** Data of the host, unseen by programs. */
  readonly locals = new Map<string, unknown>();

  /** Index of the innermost frame, -1 outside any call. */
  depth = -1;
  /** What each active frame belongs to. */
  readonly frames: FrameOwner[] = [];
  /** Where each active frame stands: a byte offset of its file. */
  readonly counters: number[] = [];
  /** The call that a generator waits for. */
  called: DeepCall | undefined;
  /** What a call from a generator gave at once. */
  result: Value = null;
  /** Steps left until the next look at the limits. Generated code counts it down. */
  budget = stepsPerLook;

  #granted = stepsPerLook;
  #spent = 0;
  #maxSteps = Number.POSITIVE_INFINITY;
  #interrupt: Int32Array | undefined;
  #cancelReason: string | undefined;

  /** Steps taken so far: about one per statement, loop round and call. */
  get steps(): number {
    return this.#spent + (this.#granted - this.budget);
  }

  /** Ends the program with "too many steps" once `maxSteps` are taken (counted from the thread's beginning). */
  setMaxSteps(maxSteps: number): void {
    this.#maxSteps = maxSteps;
    this.#look();
  }

  /** Ends the program when another thread stores something else than 0 in `flag[0]`. */
  setInterrupt(flag: Int32Array | undefined): void {
    this.#interrupt = flag;
  }

  /** Ends the program at its next step; the first reason wins. */
  cancel(reason: string): void {
    this.#cancelReason ??= reason;
    this.#look();
  }

  /** Takes a cancel back. */
  uncancel(): void {
    this.#cancelReason = undefined;
  }

  #look(): void {
    this.#spent += this.#granted - this.budget;
    const left = this.#cancelReason === undefined ? this.#maxSteps - this.#spent : 0;
    this.#granted = Math.max(0, Math.min(stepsPerLook, left));
    this.budget = this.#granted;
  }

  /** Called when the budget is spent: throws if the program has to end, else grants more. */
  checkLimits(): void {
    if (this.#interrupt && Atomics.load(this.#interrupt, 0) !== 0) this.cancel('interrupted');
    this.#look();
    if (this.#cancelReason === undefined && this.#spent >= this.#maxSteps) this.cancel('too many steps');
    if (this.#cancelReason !== undefined)
      throw new CancelledError(`Starlark computation cancelled: ${this.#cancelReason}`);
  }

  /** Counts `steps` steps of work done inside a builtin. */
  spend(steps: number): void {
    this.budget -= steps;
    if (this.budget < 0) this.checkLimits();
  }

  /** The frame `level` calls up: 0 is the builtin that asks, 1 its caller. */
  callFrame(level: number): CallFrame {
    return this.#frameAt(this.depth - level);
  }

  /** All active frames, outermost first. */
  callStack(): CallFrame[] {
    return Array.from({ length: this.depth + 1 }, (_, i) => this.#frameAt(i));
  }

  #frameAt(at: number): CallFrame {
    const owner = this.frames[at];
    if (at < 0 || at > this.depth || !owner) throw new RangeError(`no call frame at depth ${this.depth - at}`);
    const position = owner.placeAt?.(this.counters[at] ?? 0) ?? { file: builtinFile, line: 0, column: 0 };
    return { name: owner.name ?? '', position };
  }
}
