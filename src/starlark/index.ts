// Starlark for JavaScript: the language as starlark-go has it, compiled to JavaScript functions.
// Does not: know Tilt, do input or output, or wait; the host does, through predeclared values and hooks.
export { type Dialect, type DialectOptions, everythingAllowed } from './dialect.ts';
export {
  type CallFrame,
  CancelledError,
  formatCallStack,
  formatStaticError,
  NoSuchAttrError,
  StarlarkError,
  StarlarkEvalError,
  StarlarkEvalError as EvalError,
  type StaticError,
  StaticErrors,
} from './errors.ts';
export {
  compile,
  type ExecFileInput,
  execFile,
  type FileInput,
  type Names,
  Program,
  parse,
  type RunInput,
  resolve,
} from './exec.ts';
export { type ExecInWorkerInput, execFileInWorker } from './in-worker.ts';
export { json } from './library/json.ts';
export { math } from './library/math.ts';
export { nowLocal, time } from './library/time.ts';
export { universe } from './library/universe.ts';
export { ModuleGlobals } from './module-globals.ts';
export type { Resolved } from './resolve/resolver.ts';
export { asCallable, asInt32, asInt64, asIterable } from './runtime/arguments.ts';
export { callFunction } from './runtime/call.ts';
export { nearestSpelling } from './runtime/spelling.ts';
export {
  defineBuiltin,
  type Parameter,
  type ParameterList,
  type ParameterType,
  type ParameterTypes,
  type Unpacked,
  unpackArgs,
} from './runtime/unpack-args.ts';
export { type ParsedFile, parseExpression } from './syntax/parser.ts';
export type * as tree from './syntax/tree.ts';
export { childrenOf, walk } from './syntax/walk.ts';
export { Bytes } from './values/bytes.ts';
export { BoundMethod, Builtin, type BuiltinFunction, builtin, StarlarkFunction } from './values/callable.ts';
export { Dict, List, StarlarkSet, Tuple } from './values/collections.ts';
export { compare, equal, truthOf as truth, typeOf } from './values/compare.ts';
export { Float } from './values/float.ts';
export { freeze, freezeAll } from './values/freezing.ts';
export { hashOf as hash } from './values/hash-table.ts';
export { Range } from './values/range.ts';
export { repr, reprOf, textOf } from './values/repr.ts';
export { Module, makeModule, makeModule as module, makeStruct, type NamedValues, Struct } from './values/struct.ts';
export { struct } from './values/struct-builtin.ts';
export { bytesOfStarlarkString, isAscii, jsString, starlarkString, starlarkStringOfBytes } from './values/text.ts';
export {
  type BinaryOp,
  type ComparisonOp,
  type Globals,
  type Int,
  type Kwargs,
  None,
  type ReprParts,
  type Side,
  StarlarkObject,
  Thread,
  type Value,
  type ValueIterator,
} from './values/value.ts';
