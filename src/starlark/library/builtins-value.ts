// Universal builtins about single values: conversions, types, attributes, printing.
import { fail, StarlarkError } from '../errors.ts';
import { asInt32, asString, checkPositional, convertArgument } from '../runtime/arguments.ts';
import { attributeNames, findAttribute } from '../runtime/attributes.ts';
import { Bytes } from '../values/bytes.ts';
import { Builtin, type BuiltinFunction } from '../values/callable.ts';
import { List } from '../values/collections.ts';
import { truthOf, typeOf } from '../values/compare.ts';
import { Float } from '../values/float.ts';
import { finiteFloatOfInt, intOfBig, isInt } from '../values/int.ts';
import { reprOf, textOf } from '../values/repr.ts';
import { decodeRune, encodeRune, jsString, runesOf, validUtf8 } from '../values/text.ts';
import type { Kwargs, Value } from '../values/value.ts';
import { namedOptions } from './builtins-sequence.ts';
import { elementsOf } from './dict-update.ts';
import { numberToInt } from './interpolate.ts';
import { parseFloatText, parseIntText } from './parse-number.ts';

/** The one argument of a builtin that words its complaints without "for parameter". */
function only(name: string, args: readonly Value[], kwargs: Kwargs, wanted: string): Value {
  if (kwargs.length > 0) fail(`${name} does not accept keyword arguments`);
  if (args.length !== 1) fail(`${name}: got ${args.length} arguments, want ${wanted}`);
  return args[0]!;
}

const abs: BuiltinFunction = (_thread, args, kwargs) => {
  checkPositional('abs', args, kwargs, [1, 1]);
  const x = args[0]!;
  if (x instanceof Float) return new Float(Math.abs(x.value));
  if (!isInt(x)) return fail(`got ${typeOf(x)}, want int or float`);
  return x >= 0 ? x : typeof x === 'bigint' ? intOfBig(-x) : -x;
};

function byteOf(value: Value, at: number): string {
  if (!isInt(value)) return fail(`bytes: at index ${at}, got ${typeOf(value)}, want int`);
  if (value < 0 || value > 255) {
    fail(`bytes: at index ${at}, ${value} out of range (want value in unsigned 8-bit range)`);
  }
  return String.fromCharCode(Number(value));
}

const bytes: BuiltinFunction = (_thread, args, kwargs) => {
  const x = only('bytes', args, kwargs, 'exactly 1');
  if (x instanceof Bytes) return x;
  if (typeof x === 'string') return new Bytes(validUtf8(x));
  const elems = elementsOf(x);
  if (!elems) return fail(`bytes: got ${typeOf(x)}, want string, bytes, or iterable of ints`);
  return new Bytes(elems.map(byteOf).join(''));
};

const chr: BuiltinFunction = (_thread, args, kwargs) => {
  const x = only('chr', args, kwargs, '1');
  let code: number;
  try {
    code = asInt32(x);
  } catch (error) {
    return fail(`chr: ${error instanceof Error ? error.message : error}`);
  }
  if (code < 0) fail(`chr: Unicode code point ${code} out of range (<0)`);
  if (code > 0x10ffff) fail(`chr: Unicode code point U+${code.toString(16).toUpperCase()} out of range (>0x10FFFF)`);
  return encodeRune(code);
};

const float: BuiltinFunction = (_thread, args, kwargs) => {
  if (kwargs.length > 0) fail('float does not accept keyword arguments');
  if (args.length === 0) return new Float(0);
  if (args.length !== 1) fail(`float got ${args.length} arguments, wants 1`);
  const x = args[0]!;
  if (typeof x === 'boolean') return new Float(x ? 1 : 0);
  if (isInt(x)) return new Float(finiteFloatOfInt(x));
  if (x instanceof Float) return x;
  return typeof x === 'string' ? new Float(parseFloatText(x)) : fail(`float got ${typeOf(x)}, want number or string`);
};

const getattr: BuiltinFunction = (_thread, args, kwargs) => {
  checkPositional('getattr', args, kwargs, [2, 3]);
  const name = convertArgument('getattr', 2, args[1]!, asString);
  let found: Value | undefined;
  try {
    found = findAttribute(args[0]!, name);
  } catch (error) {
    if (args[2] !== undefined) return args[2];
    throw new StarlarkError(`getattr: ${error instanceof Error ? error.message : error}`);
  }
  if (found !== undefined) return found;
  return args[2] === undefined ? fail(`getattr: ${typeOf(args[0]!)} has no .${name} field or method`) : args[2];
};

const hasattr: BuiltinFunction = (_thread, args, kwargs) => {
  checkPositional('hasattr', args, kwargs, [2, 2]);
  const name = convertArgument('hasattr', 2, args[1]!, asString);
  try {
    return findAttribute(args[0]!, name) !== undefined;
  } catch {
    return attributeNames(args[0]!).includes(name);
  }
};

/** The hash of Java's String.hashCode, over runes. */
function javaHash(text: string): number {
  let hash = 0;
  for (const rune of runesOf(text)) hash = (Math.imul(31, hash) + rune) | 0;
  return hash;
}

/** 32 bits of FNV-1a. */
function fnvHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return hash >>> 0;
}

const hash: BuiltinFunction = (_thread, args, kwargs) => {
  checkPositional('hash', args, kwargs, [1, 1]);
  const x = args[0]!;
  if (typeof x === 'string') return javaHash(x);
  return x instanceof Bytes ? fnvHash(x.bytes) : fail(`hash: got ${typeOf(x)}, want string or bytes`);
};

function intBase(base: Value): number {
  let number: number;
  try {
    number = asInt32(base);
  } catch {
    return fail(`int: for base, got ${typeOf(base)}, want int`);
  }
  if (number !== 0 && (number < 2 || number > 36)) fail('int: base must be an integer >= 2 && <= 36');
  return number;
}

const int: BuiltinFunction = (_thread, args, kwargs) => {
  if (args.length > 2) fail(`int: got ${args.length} arguments, want at most 2`);
  const names = ['x', 'base'];
  const positional = args.map((value, i): [string, Value] => [names[i]!, value]);
  const given = namedOptions('int', [...positional, ...kwargs], { x: value => value, base: value => value });
  const x = given.get('x');
  const base = given.get('base');
  if (x === undefined) return fail('int: missing argument for x');
  if (typeof x === 'string') {
    const radix = base === undefined ? 10 : intBase(base);
    const result = parseIntText(x, radix);
    return result === undefined ? fail(`int: invalid literal with base ${radix}: ${x}`) : result;
  }
  if (base !== undefined) fail("int: can't convert non-string with explicit base");
  if (typeof x === 'boolean') return x ? 1 : 0;
  try {
    return numberToInt(x);
  } catch (error) {
    return fail(`int: ${error instanceof Error ? error.message : error}`);
  }
};

const ord: BuiltinFunction = (_thread, args, kwargs) => {
  const x = only('ord', args, kwargs, '1');
  if (typeof x === 'string') {
    const packed = x === '' ? 0 : decodeRune(x, 0);
    if (x === '' || (packed & 7) !== x.length) {
      fail(`ord: string encodes ${runesOf(x).length} Unicode code points, want 1`);
    }
    return packed >> 3;
  }
  if (!(x instanceof Bytes)) return fail(`ord: got ${typeOf(x)}, want string or bytes`);
  if (x.bytes.length !== 1) fail(`ord: bytes has length ${x.bytes.length}, want 1`);
  return x.bytes.charCodeAt(0);
};

/** The arguments of print() or fail() as one text; `show` is for values that are no strings. */
function joined(name: string, args: readonly Value[], kwargs: Kwargs, show: (value: Value) => string): string {
  const separator = namedOptions(name, kwargs, { sep: asString }).get('sep') ?? ' ';
  return args.map(show).join(separator);
}

const print: BuiltinFunction = (thread, args, kwargs) => {
  const text = joined('print', args, kwargs, value => (value instanceof Bytes ? value.bytes : textOf(value)));
  if (thread.print) thread.print(jsString(text));
  else console.error(jsString(text));
  return null;
};

const str: BuiltinFunction = (_thread, args, kwargs) => strOf(only('str', args, kwargs, 'exactly 1'));

function strOf(x: Value): Value {
  if (typeof x === 'string') return x;
  return x instanceof Bytes ? validUtf8(x.bytes) : reprOf(x);
}

/** The builtins of this file. */
export function valueBuiltins(): Builtin[] {
  return [
    new Builtin('abs', abs),
    new Builtin('bool', (_thread, args, kwargs) => {
      checkPositional('bool', args, kwargs, [0, 1]);
      return args[0] === undefined ? false : truthOf(args[0]);
    }),
    new Builtin('bytes', bytes),
    new Builtin('chr', chr),
    new Builtin('dir', (_thread, args, kwargs) => new List([...attributeNames(only('dir', args, kwargs, '1'))])),
    new Builtin('fail', (_thread, args, kwargs) => fail(`fail: ${joined('fail', args, kwargs, textOf)}`)),
    new Builtin('float', float),
    new Builtin('getattr', getattr),
    new Builtin('hasattr', hasattr),
    new Builtin('hash', hash),
    new Builtin('int', int),
    new Builtin('ord', ord),
    new Builtin('print', print),
    new Builtin('repr', (_thread, args, kwargs) => {
      checkPositional('repr', args, kwargs, [1, 1]);
      return reprOf(args[0]!);
    }),
    new Builtin('str', str, undefined, (_thread, arg) => strOf(arg)),
    new Builtin(
      'type',
      (_thread, args, kwargs) => typeOf(only('type', args, kwargs, 'exactly 1')),
      undefined,
      (_thread, arg) => typeOf(arg),
    ),
  ];
}
