// Everything that generated code may call, under the names it uses. Generated code sees this table and the tables of its
// file, nothing else.

import { type CompiledFunction, type DeepFunction, StarlarkFunction } from '../values/callable.ts';
import { Dict, List, Tuple } from '../values/collections.ts';
import { truthOf } from '../values/compare.ts';
import type { FunctionCode } from '../values/function-code.ts';
import { mandatory } from '../values/function-code.ts';
import type { Value } from '../values/value.ts';
import * as arithmetic from './arithmetic.ts';
import { attr, method, setField } from './attributes.ts';
import * as comparison from './comparison.ts';
import { call0, call1, call2, call3, callMany, callNamed, callSpread } from './generated-calls.ts';
import { deep0, deep1, deep2, deepMany, deepNamed, deepSpread } from './generated-deep-calls.ts';
import * as statements from './statements.ts';
import { index, setIndex, slice } from './subscript.ts';

/** Runtime functions by the name generated code uses. */
export const runtime = {
  $add: arithmetic.add,
  $iadd: arithmetic.addInPlace,
  $sub: arithmetic.subtract,
  $mul: arithmetic.multiply,
  $div: arithmetic.divide,
  $floordiv: arithmetic.divideFloor,
  $mod: arithmetic.modulo,
  $or: arithmetic.bitOr,
  $ior: arithmetic.bitOrInPlace,
  $and: arithmetic.bitAnd,
  $xor: arithmetic.bitXor,
  $shl: arithmetic.shiftLeft,
  $shr: arithmetic.shiftRight,
  $neg: arithmetic.negate,
  $plus: arithmetic.plus,
  $inv: arithmetic.complement,
  $eq: comparison.equals,
  $ne: comparison.unequals,
  $lt: comparison.less,
  $le: comparison.lessOrEqual,
  $gt: comparison.greater,
  $ge: comparison.greaterOrEqual,
  $in: comparison.contains,
  $truth: truthOf,
  $attr: attr,
  $method: method,
  $setfield: setField,
  $index: index,
  $setindex: setIndex,
  $slice: slice,
  $call0: call0,
  $call1: call1,
  $call2: call2,
  $call3: call3,
  $callmany: callMany,
  $callnamed: callNamed,
  $callspread: callSpread,
  $deep0: deep0,
  $deep1: deep1,
  $deep2: deep2,
  $deepmany: deepMany,
  $deepnamed: deepNamed,
  $deepspread: deepSpread,
  $iter: statements.iterate,
  $unpack: statements.unpack,
  $tick: statements.tick,
  $unset: statements.unsetLocal,
  $unsetglobal: statements.unsetGlobal,
  $unsetpredeclared: statements.unsetPredeclared,
  $putunique: statements.putUnique,
  $put: statements.put,
  $load: statements.load,
  $list: (elems: Value[]): List => new List(elems),
  $tuple: (elems: readonly Value[]): Tuple => new Tuple(elems),
  $dict: (): Dict => new Dict(),
  $fn: (
    code: FunctionCode,
    js: CompiledFunction,
    defaults: readonly (Value | typeof mandatory)[],
    captured?: () => readonly (Value | undefined)[],
    deep?: DeepFunction,
  ): StarlarkFunction => new StarlarkFunction(code, js, defaults, captured, deep),
  $mandatory: mandatory,
} as const;

/** The name of a runtime function. */
export type RuntimeName = keyof typeof runtime;
