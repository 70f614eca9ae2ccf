// Data as JSON text, as Go's encoder writes it: keys sorted, `<>&` escaped.
import type { Plain } from '../yaml/plain.ts';

/** Indented, by two spaces unless told otherwise, with a line end behind it. */
export function writeJson(value: Plain, step = '  '): string {
  return `${indented(value, '', step)}\n`;
}

/** On one line, without spaces. */
export function writeCompactJson(value: Plain): string {
  if (typeof value !== 'object' || value === null) return scalar(value);
  if (Array.isArray(value)) return `[${value.map(writeCompactJson).join(',')}]`;
  const keys = Object.keys(value).sort(byBytes);
  return `{${keys.map(key => `${text(key)}:${writeCompactJson(value[key]!)}`).join(',')}}`;
}

function indented(value: Plain, pad: string, step: string): string {
  if (typeof value !== 'object' || value === null) return scalar(value);
  const inner = pad + step;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map(item => inner + indented(item, inner, step)).join(',\n')}\n${pad}]`;
  }
  const keys = Object.keys(value).sort(byBytes);
  if (keys.length === 0) return '{}';
  return `{\n${keys.map(key => `${inner}${text(key)}: ${indented(value[key]!, inner, step)}`).join(',\n')}\n${pad}}`;
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function scalar(value: null | boolean | number | bigint | string): string {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return number(value);
  return String(value);
}

/** Go writes a float without an exponent from 1e-6 up to 1e21, as JavaScript does, and two digits of a negative exponent. */
function number(value: number): string {
  if (!Number.isFinite(value)) {
    const shown = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
    throw new Error(`json: unsupported value: ${shown}`);
  }
  if (Object.is(value, -0)) return '-0';
  return String(value).replace(/e-(\d)$/, 'e-0$1');
}

function text(value: string): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
