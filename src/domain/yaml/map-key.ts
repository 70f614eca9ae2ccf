// Keys of maps: JSON, through which everything passes, has only text for them.
import { isInteger, isMap, type Plain } from './plain.ts';
import { isIntegerText } from './resolve-scalar.ts';
import { floatText } from './scalar-style.ts';
import { YamlError } from './yaml-error.ts';

/** A key that has no text: why, as far as known before the value of the key is read. */
export interface UnusableKey {
  readonly problem: string;
}

/** The key that a value makes, which is written as `text`. */
export function keyOf(value: null | boolean | number | bigint | string, text: string): string | UnusableKey {
  if (typeof value === 'string') return value;
  if (value === null) return { problem: 'type: %!s(<nil>), key: <nil>' };
  if (typeof value !== 'number') return String(value);
  if (!isIntegerText(text)) return float32Text(value);
  if (isInteger(value)) return String(value);
  return { problem: `type: uint64, key: 0x${BigInt(text.replaceAll('_', '')).toString(16)}` };
}

/** In a key a float has the precision of 32 bits. */
function float32Text(given: number): string {
  const value = Math.fround(given);
  if (Number.isNaN(value)) return '.nan';
  if (Object.is(value, -0)) return '-0';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return floatText(short);
  }
  return floatText(Number(value.toPrecision(9)));
}

export function unusableKey({ problem }: UnusableKey, value: Plain): YamlError {
  return new YamlError(`unsupported map key of ${problem}, value: ${value === null ? '<nil>' : goSyntax(value)}`);
}

/** As Go prints values in full, the keys of maps in order. */
export function goSyntax(value: Plain): string {
  if (value === null) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isMap(value)) {
    const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
    return `map[interface {}]interface {}{${keys.map(key => `${goQuoted(key)}:${goSyntax(value[key]!)}`).join(', ')}}`;
  }
  if (typeof value === 'number' && !isInteger(value)) return floatText(value);
  return typeof value === 'string' ? goQuoted(value) : String(value);
}

function goQuoted(text: string): string {
  return JSON.stringify(text).replace(/\\\\|\\u00([01][0-9a-f])/g, (found, hex?: string) =>
    hex === undefined ? found : (goControls[hex] ?? `\\x${hex}`),
  );
}

const goControls: Readonly<Record<string, string>> = { '07': '\\a', '0b': '\\v' };
