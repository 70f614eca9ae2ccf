// The functions that a template can call: those of Go's text/template that say something about data, and kubectl's two.
// Does not: know html, js, urlquery and call, which are refused as functions that are not defined.
import { TemplateError } from './nodes.ts';
import {
  goNumber,
  goType,
  isTemplateList,
  isTemplateMap,
  isTrue,
  itemAt,
  lengthOf,
  showValue,
  type TemplateValue,
} from './values.ts';

export type TemplateFunction = (args: readonly TemplateValue[]) => TemplateValue;

/** `and` and `or` are not among them: they do not evaluate what they need not. */
export const templateFunctions: Readonly<Record<string, TemplateFunction>> = {
  not: args => !isTrue(args[0]),
  len: args => lengthOf(args[0]),
  index: ([value, ...keys]) => keys.reduce<TemplateValue>(itemAt, value),
  slice: ([value, from, to]) => slice(value, from, to),
  print: args => printed(args),
  println: args => `${args.map(showValue).join(' ')}\n`,
  printf: ([format, ...args]) => formatted(String(format ?? ''), args),
  eq: ([first, ...others]) => others.some(other => isEqual(first, other)),
  ne: ([a, b]) => !isEqual(a, b),
  lt: ([a, b]) => compare(a, b) < 0,
  le: ([a, b]) => compare(a, b) <= 0,
  gt: ([a, b]) => compare(a, b) > 0,
  ge: ([a, b]) => compare(a, b) >= 0,
  exists: ([value, ...keys]) => hasPath(value, keys),
  base64decode: ([text]) => decoded(String(text ?? '')),
};

/** A space only between two values that are no text, as Go's Sprint has it. */
function printed(args: readonly TemplateValue[]): string {
  let text = '';
  for (const [i, arg] of args.entries()) {
    if (i > 0 && typeof arg !== 'string' && typeof args[i - 1] !== 'string') text += ' ';
    text += showValue(arg);
  }
  return text;
}

function slice(value: TemplateValue, from: TemplateValue, to: TemplateValue): TemplateValue {
  if (!isTemplateList(value) && typeof value !== 'string')
    throw new TemplateError(`can't slice item of type ${goType(value)}`);
  const start = typeof from === 'number' ? from : 0;
  const end = typeof to === 'number' ? to : value.length;
  if (start < 0 || start > value.length) throw new TemplateError(`index out of range: ${start}`);
  if (end < start || end > value.length) throw new TemplateError(`index out of range: ${end}`);
  return value.slice(start, end);
}

function isEqual(a: TemplateValue, b: TemplateValue): boolean {
  if (a === undefined || a === null || b === undefined || b === null) return (a ?? null) === (b ?? null);
  refuseCollections(a, b);
  if (typeof a !== typeof b) throw new TemplateError('incompatible types for comparison');
  return a === b;
}

function compare(a: TemplateValue, b: TemplateValue): number {
  refuseCollections(a, b);
  if (typeof a !== typeof b || typeof a === 'boolean' || a === null || a === undefined)
    throw new TemplateError(
      typeof a === 'boolean' ? 'invalid type for comparison' : 'incompatible types for comparison',
    );
  if (typeof a === 'number') return a - (b as number);
  return a < (b as string) ? -1 : a > (b as string) ? 1 : 0;
}

function refuseCollections(...values: readonly TemplateValue[]): void {
  for (const value of values) {
    if (isTemplateList(value) || isTemplateMap(value))
      throw new TemplateError(`non-comparable type ${showValue(value)}: ${goType(value)}`);
  }
}

function hasPath(value: TemplateValue, keys: readonly TemplateValue[]): boolean {
  try {
    return keys.reduce<TemplateValue>(itemAt, value) !== undefined;
  } catch {
    return false;
  }
}

function decoded(text: string): string {
  if (!/^[A-Za-z0-9+/\r\n]*={0,2}$/.test(text)) throw new TemplateError('base64 decode failed: illegal base64 data');
  return new TextDecoder().decode(Uint8Array.from(atob(text), char => char.charCodeAt(0)));
}

const verb = /%(-|0|\+)?(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

/** Go's Sprintf for data: the verbs v, d, s, q, t, f, g, e, x, with width, precision, `-` and `0`. */
function formatted(format: string, args: readonly TemplateValue[]): string {
  let next = 0;
  const text = format.replace(verb, (_all, flag?: string, width?: string, precision?: string, kind?: string) => {
    if (kind === '%') return '%';
    if (next >= args.length) return `%!${kind}(MISSING)`;
    const value = args[next++];
    const shown = verbText(kind!, value, precision === undefined ? undefined : Number(precision));
    const signed = flag === '+' && typeof value === 'number' && value >= 0 ? `+${shown}` : shown;
    if (width === undefined) return signed;
    if (flag === '-') return signed.padEnd(Number(width));
    return signed.padStart(Number(width), flag === '0' ? '0' : ' ');
  });
  if (next >= args.length) return text;
  const extra = args.slice(next).map(value => `${goType(value)}=${showValue(value)}`);
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

function verbText(kind: string, value: TemplateValue, precision: number | undefined): string {
  const misfit = `%!${kind}(${goType(value)}=${showValue(value)})`;
  switch (kind) {
    case 'v':
      return showValue(value);
    case 's':
      if (typeof value === 'number' || typeof value === 'boolean') return misfit;
      return precision === undefined ? showValue(value) : showValue(value).slice(0, precision);
    case 'q':
      return typeof value === 'string' ? JSON.stringify(value) : misfit;
    case 't':
      return typeof value === 'boolean' ? String(value) : misfit;
    case 'd':
      return typeof value === 'number' && Number.isInteger(value) ? goNumber(value) : misfit;
    case 'x':
      return typeof value === 'number' && Number.isInteger(value) ? value.toString(16) : misfit;
    case 'f':
      return typeof value === 'number' ? value.toFixed(precision ?? 6) : misfit;
    case 'g':
      return typeof value === 'number' ? goNumber(value) : misfit;
    default:
      return misfit;
  }
}
