// Builtins of the Tiltfile: as the language defines builtins, with what they declare kept, so that the reference page can
// be compared with it.
import {
  type Builtin,
  builtin,
  defineBuiltin as define,
  type ParameterList,
  StarlarkError,
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
  const inner = define(name, parameters, implementation);
  const made = parameters.length > 0 ? inner : refusingArguments(inner);
  declared.set(made, parameters);
  return made;
}

/** The parameters that a builtin declares; undefined for one that looks at its arguments itself. */
export function declaredParameters(made: Builtin): ParameterList | undefined {
  return declared.get(made);
}

/** The language words arguments for a function without parameters in another way. */
function refusingArguments(inner: Builtin): Builtin {
  return builtin(inner.name, (thread, args, kwargs) => {
    if (args.length > 0) throw new StarlarkError(`${inner.name}: got ${args.length} arguments, want at most 0`);
    return inner.callInternal(thread, args, kwargs);
  });
}
