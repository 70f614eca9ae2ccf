// The math module: functions of floats, by the names and rules of starlark-go.
import { fail } from '../errors.ts';
import { checkPositional, convertArgument } from '../runtime/arguments.ts';
import { Builtin } from '../values/callable.ts';
import { typeOf } from '../values/compare.ts';
import { Float, intOfFiniteFloat } from '../values/float.ts';
import { isInt } from '../values/int.ts';
import { Module } from '../values/struct.ts';
import type { Value } from '../values/value.ts';
import { gamma, power, remainder, roundHalfAway } from './math-functions.ts';

function asNumber(value: Value): number {
  if (isInt(value)) return Number(value);
  return value instanceof Float ? value.value : fail(`got ${typeOf(value)}, want float or int`);
}

function ofOne(name: string, fn: (x: number) => number): [string, Value] {
  return [
    name,
    new Builtin(name, (_thread, args, kwargs) => {
      checkPositional(name, args, kwargs, [1, 1]);
      return new Float(fn(convertArgument(name, 1, args[0]!, asNumber)));
    }),
  ];
}

function ofTwo(name: string, fn: (x: number, y: number) => number): [string, Value] {
  return [
    name,
    new Builtin(name, (_thread, args, kwargs) => {
      checkPositional(name, args, kwargs, [2, 2]);
      return new Float(fn(convertArgument(name, 1, args[0]!, asNumber), convertArgument(name, 2, args[1]!, asNumber)));
    }),
  ];
}

function toInt(name: string, fn: (x: number) => number): [string, Value] {
  return [
    name,
    new Builtin(name, (_thread, args, kwargs) => {
      checkPositional(name, args, kwargs, [1, 1]);
      const x = args[0]!;
      if (isInt(x)) return x;
      return x instanceof Float ? intOfFiniteFloat(fn(x.value)) : fail(`got ${typeOf(x)}, want float or int`);
    }),
  ];
}

function logarithm(): [string, Value] {
  return [
    'log',
    new Builtin('log', (_thread, args, kwargs) => {
      checkPositional('log', args, kwargs, [1, 2]);
      const x = convertArgument('log', 1, args[0]!, asNumber);
      const base = args[1] === undefined ? Math.E : convertArgument('log', 2, args[1], asNumber);
      if (base === 1) fail('division by zero');
      return new Float(Math.log(x) / Math.log(base));
    }),
  ];
}

function copySign(x: number, y: number): number {
  const isNegative = y < 0 || Object.is(y, -0);
  return isNegative ? -Math.abs(x) : Math.abs(x);
}

function makeMath(): Module {
  return new Module('math', [
    toInt('ceil', Math.ceil),
    toInt('floor', Math.floor),
    ofTwo('copysign', copySign),
    ofOne('fabs', Math.abs),
    ofTwo('mod', (x, y) => x % y),
    ofTwo('pow', power),
    ofTwo('remainder', remainder),
    ofOne('round', roundHalfAway),
    ofOne('exp', Math.exp),
    ofOne('sqrt', Math.sqrt),
    ofOne('acos', Math.acos),
    ofOne('asin', Math.asin),
    ofOne('atan', Math.atan),
    ofTwo('atan2', Math.atan2),
    ofOne('cos', Math.cos),
    ofTwo('hypot', Math.hypot),
    ofOne('sin', Math.sin),
    ofOne('tan', Math.tan),
    ofOne('degrees', x => (360 * x) / (2 * Math.PI)),
    ofOne('radians', x => (2 * Math.PI * x) / 360),
    ofOne('acosh', Math.acosh),
    ofOne('asinh', Math.asinh),
    ofOne('atanh', Math.atanh),
    ofOne('cosh', Math.cosh),
    ofOne('sinh', Math.sinh),
    ofOne('tanh', Math.tanh),
    logarithm(),
    ofOne('gamma', gamma),
    ['e', new Float(Math.E)],
    ['pi', new Float(Math.PI)],
  ]);
}

/** The math module; predeclare it as `math`. */
export const math: Module = /* @__PURE__ */ makeMath();
