// `struct`: the builtin for programs and the function for hosts, in one.
import { fail } from '../errors.ts';
import { Builtin } from './callable.ts';
import { defaultConstructor, makeStruct, type NamedValues, Struct } from './struct.ts';
import type { Kwargs, Thread, Value } from './value.ts';

/** A Starlark builtin that JavaScript can call, too. */
export type StructBuiltin = Builtin & ((fields: NamedValues) => Struct);

class StructConstructor extends Builtin {
  constructor() {
    super('struct', () => null);
  }

  override repr(): string {
    return '<built-in function struct>';
  }

  override hash(): number {
    return 8731;
  }

  override freeze(): void {}

  override callInternal(_thread: Thread, args: readonly Value[], kwargs: Kwargs): Value {
    if (args.length > 0) fail('struct: unexpected positional arguments');
    return new Struct(defaultConstructor, kwargs);
  }
}

function makeStructBuiltin(): StructBuiltin {
  const construct = (fields: NamedValues): Struct => makeStruct(fields);
  Object.defineProperty(construct, 'name', { value: 'struct' });
  return Object.setPrototypeOf(construct, new StructConstructor()) as StructBuiltin;
}

/**
 * `struct(a = 1)` when a program calls it (predeclare it under any name), `struct({ a: 1 })` when a host does. Names that
 * a host gives as an object are ordinary strings, in pairs they are Starlark strings.
 */
export const struct: StructBuiltin = /* @__PURE__ */ makeStructBuiltin();
