// Builtins of the Tiltfile: as the language defines builtins, with what they declare kept, so that the reference page can
// be compared with it.
import {
  type Builtin,
  defineBuiltin as define,
  type ParameterList,
  type Thread,
  type Unpacked,
  type Value,
} from '../starlark/index.ts';

const declared = new WeakMap<Builtin, ParameterList>();

/** A builtin with declared parameters (see the language's defineBuiltin). */
export function defineBuiltin<const L extends ParameterList>(
  name: string,
  parameters: L,
  implementation: (thread: Thread, args: Unpacked<L>, self: Builtin) => Value | undefined,
): Builtin {
  const made = define(name, parameters, implementation);
  declared.set(made, parameters);
  return made;
}

/** The parameters that a builtin declares; undefined for one that looks at its arguments itself. */
export function declaredParameters(made: Builtin): ParameterList | undefined {
  return declared.get(made);
}
