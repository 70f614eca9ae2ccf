// Names of types as Tilt's messages print them: Go's own, of starlark-go's values.
import {
  Builtin,
  Dict,
  Float,
  List,
  StarlarkFunction,
  type StarlarkObject,
  StarlarkSet,
  Struct,
  Tuple,
  typeOf,
  type Value,
} from '../starlark/index.ts';

/** What `%T` prints for a value. */
export function goTypeName(value: Value): string {
  if (value === null) return 'starlark.NoneType';
  switch (typeof value) {
    case 'boolean':
      return 'starlark.Bool';
    case 'number':
    case 'bigint':
      return 'starlark.Int';
    case 'string':
      return 'starlark.String';
    default:
      return objectTypeName(value);
  }
}

function objectTypeName(value: StarlarkObject): string {
  if (value instanceof Float) return 'starlark.Float';
  if (value instanceof List) return '*starlark.List';
  if (value instanceof Tuple) return 'starlark.Tuple';
  if (value instanceof Dict) return '*starlark.Dict';
  if (value instanceof StarlarkSet) return '*starlark.Set';
  if (value instanceof StarlarkFunction) return '*starlark.Function';
  if (value instanceof Builtin) return '*starlark.Builtin';
  if (value instanceof Struct) return '*starlarkstruct.Struct';
  return value.typeName === 'blob' ? '*io.blob' : typeOf(value);
}
