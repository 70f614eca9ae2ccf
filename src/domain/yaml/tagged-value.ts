// What a text means that has a tag, and what a number may be.
import { Buffer } from 'node:buffer';
import type { Plain } from './plain.ts';
import { isIntegerText, isTimestamp, resolveScalar } from './resolve-scalar.ts';
import { YamlError } from './yaml-error.ts';

/** JSON has no infinity, and everything passes through JSON. */
export function finite<T extends Plain>(value: T): T {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const shown = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
    throw new YamlError(`json: unsupported value: ${shown}`);
  }
  return value;
}

/** The value of a text behind a tag. Throws YamlError. */
export function tagged(tag: string, text: string): Plain {
  if (tag === '!!binary') return binary(text);
  const wanted = wantedTypes[tag];
  if (!wanted || (tag === '!!timestamp' && isTimestamp(text))) return text;
  const value = resolveScalar(text);
  const found = typeName(value, text);
  if (wanted.includes(found)) return finite(value);
  throw new YamlError(`yaml: cannot decode !!${found} \`${text}\` as a ${tag}`);
}

const wantedTypes: Readonly<Record<string, readonly string[] | undefined>> = {
  '!!int': ['int'],
  '!!float': ['float', 'int'],
  '!!bool': ['bool'],
  '!!null': ['null'],
  // A date is text.
  '!!timestamp': [],
};

function typeName(value: Plain, text: string): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return isIntegerText(text) ? 'int' : 'float';
  return 'str';
}

/** Bytes as text; line ends in between mean nothing, other blanks are no base64. */
function binary(text: string): string {
  const digits = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits))
    throw new YamlError('yaml: !!binary value contains invalid base64 data');
  return Buffer.from(digits, 'base64').toString('utf8');
}
