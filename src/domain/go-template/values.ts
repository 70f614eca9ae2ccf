// Values as a template sees them: plain data, and how Go prints, compares and judges it.
import { TemplateError } from './nodes.ts';

export type TemplateMap = { readonly [key: string]: TemplateValue };
/** `undefined` is a key that is not there. */
export type TemplateValue = undefined | null | boolean | number | string | readonly TemplateValue[] | TemplateMap;

export function isTemplateList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

export function isTemplateMap(value: TemplateValue): value is TemplateMap {
  return typeof value === 'object' && value !== null && !isTemplateList(value);
}

/** What `if` and `and` take for true: everything that is not empty or zero. */
export function isTrue(value: TemplateValue): boolean {
  if (isTemplateList(value)) return value.length > 0;
  if (isTemplateMap(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** Whole numbers are integers to Go, the others floats: the shortest digits, with an exponent from 1e6 up. */
export function goNumber(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** As Go's fmt prints a value: `map[a:1 b:[x y]]`, keys sorted. */
export function showValue(value: TemplateValue): string {
  if (value === undefined || value === null) return '<nil>';
  if (typeof value === 'number') return goNumber(value);
  if (isTemplateList(value)) return `[${value.map(showValue).join(' ')}]`;
  if (!isTemplateMap(value)) return String(value);
  const keys = Object.keys(value).sort();
  return `map[${keys.map(key => `${key}:${showValue(value[key])}`).join(' ')}]`;
}

/** The type's name in Go, for error messages. */
export function goType(value: TemplateValue): string {
  if (value === undefined || value === null) return 'nil';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (isTemplateList(value)) return '[]interface {}';
  return isTemplateMap(value) ? 'map[string]interface {}' : 'string';
}

/** The item of a list or the value of a key. Throws TemplateError. */
export function itemAt(value: TemplateValue, at: TemplateValue): TemplateValue {
  if (value === undefined || value === null) throw new TemplateError('index of untyped nil');
  if (isTemplateMap(value)) {
    if (typeof at !== 'string') throw new TemplateError(`value has type ${goType(at)}; should be string`);
    return Object.hasOwn(value, at) ? value[at] : undefined;
  }
  if (!isTemplateList(value) && typeof value !== 'string')
    throw new TemplateError(`can't index item of type ${goType(value)}`);
  if (typeof at !== 'number') throw new TemplateError(`cannot index slice/array with type ${goType(at)}`);
  if (at < 0 || at >= value.length) throw new TemplateError(`index out of range: ${at}`);
  return isTemplateList(value) ? value[at] : value.charCodeAt(at);
}

/** How many items, keys or bytes. Throws TemplateError. */
export function lengthOf(value: TemplateValue): number {
  if (isTemplateList(value)) return value.length;
  if (isTemplateMap(value)) return Object.keys(value).length;
  if (typeof value === 'string') return new TextEncoder().encode(value).length;
  throw new TemplateError(
    value === undefined || value === null ? 'len of nil pointer' : `len of type ${goType(value)}`,
  );
}
