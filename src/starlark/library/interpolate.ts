// format % args
import { fail } from '../errors.ts';
import { Tuple } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { Float, intOfFiniteFloat } from '../values/float.ts';
import { formatFloatExponent, formatFloatFixed, formatFloatShortest } from '../values/format-float.ts';
import { floatOfInt, isInt } from '../values/int.ts';
import { reprOf, textOf } from '../values/repr.ts';
import { decodeRune, encodeRune } from '../values/text.ts';
import { type Int, StarlarkObject, type Value } from '../values/value.ts';

/** An int made of a number of either kind; throws for anything else. */
export function numberToInt(value: Value): Int {
  if (isInt(value)) return value;
  if (value instanceof Float) return intOfFiniteFloat(value.value);
  return fail(`cannot convert ${typeOf(value)} to int`);
}

function formatInt(letter: string, value: Value): string {
  let int: Int;
  try {
    int = numberToInt(value);
  } catch (error) {
    return fail(`%${letter} format requires integer: ${error instanceof Error ? error.message : error}`);
  }
  if (letter === 'o') return int.toString(8);
  if (letter === 'x') return int.toString(16);
  return letter === 'X' ? int.toString(16).toUpperCase() : int.toString();
}

function formatFloat(letter: string, value: Value): string {
  const float = value instanceof Float ? value.value : isInt(value) ? floatOfInt(value) : undefined;
  if (float === undefined) return fail(`%${letter} format requires float, not ${typeOf(value)}`);
  // starlark-go hands F to a formatter that does not know it and says so by giving the verb back.
  if (letter === 'F' && Number.isFinite(float)) return '%F';
  if (letter === 'g' || letter === 'G') return formatFloatShortest(float, letter);
  return letter === 'e' || letter === 'E' ? formatFloatExponent(float, letter) : formatFloatFixed(float);
}

function formatChar(value: Value): string {
  if (isInt(value)) {
    if (value < 0 || value > 0x10ffff) fail(`%c format requires a valid Unicode code point, got ${value}`);
    return encodeRune(Number(value));
  }
  if (typeof value !== 'string') {
    return fail(`%c format requires int or single-character string, not ${typeOf(value)}`);
  }
  if (value === '' || (decodeRune(value, 0) & 7) !== value.length) {
    fail('%c format requires a single-character string');
  }
  return encodeRune(decodeRune(value, 0) >> 3);
}

function convert(letter: string, value: Value): string {
  switch (letter) {
    case 's':
      return textOf(value);
    case 'r':
      return reprOf(value);
    case 'd':
    case 'i':
    case 'o':
    case 'x':
    case 'X':
      return formatInt(letter, value);
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'F':
    case 'G':
      return formatFloat(letter, value);
    case 'c':
      return formatChar(value);
    case '%':
      return '%';
  }
  // The byte is shown as the rune of that number.
  return fail(`unknown conversion %${encodeRune(letter.charCodeAt(0))}`);
}

function isMapping(value: Value): value is StarlarkObject & { get: NonNullable<StarlarkObject['get']> } {
  return value instanceof StarlarkObject && value.get !== undefined;
}

function lookup(arg: Value, key: string): Value {
  if (!isMapping(arg)) return fail('format requires a mapping');
  const value = arg.get(key);
  return value === undefined ? fail(`key not found: ${key}`) : value;
}

/** `format % arg`: a tuple gives several arguments, a mapping is asked for the keys of `%(key)s`. */
export function interpolate(format: string, arg: Value): string {
  const positional = arg instanceof Tuple ? arg.elems : [arg];
  let used = 0;
  let out = '';
  let from = 0;
  for (;;) {
    const percent = format.indexOf('%', from);
    if (percent < 0) break;
    out += format.slice(from, percent);
    let at = percent + 1;
    if (format[at] === '%') {
      out += '%';
      from = at + 1;
      continue;
    }
    let value: Value;
    if (format[at] === '(') {
      const close = format.indexOf(')', at);
      if (close < 0) fail('incomplete format key');
      value = lookup(arg, format.slice(at + 1, close));
      at = close + 1;
    } else {
      if (used >= positional.length) fail('not enough arguments for format string');
      value = positional[used]!;
    }
    if (at >= format.length) fail('incomplete format');
    out += convert(format[at]!, value);
    from = at + 1;
    used++;
  }
  if (used < positional.length && !isMapping(arg)) fail('too many arguments for format string');
  return out + format.slice(from);
}
