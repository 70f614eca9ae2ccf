// JSON as the server speaks it. Integers beyond 2^53 are bigints in both directions; JavaScript's own parser does the
// rest, for such numbers are rare and it is ten times as fast as any other.
import { JsonNumber, parseFirstJson } from '../../domain/json/parse-json.ts';
import { type PlainMap, setKey } from '../../domain/yaml/plain.ts';

/** Sixteen digits in a row: perhaps a number that a double cannot hold, perhaps part of a text. */
const longNumber = /[0-9]{16}/;

/** Throws SyntaxError or JsonError for a text that is no JSON. */
export function parseBody(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text);
  return exact(parseFirstJson(text, { keepsNumbers: true }).value);
}

function exact(value: unknown): unknown {
  if (value instanceof JsonNumber) return numberOf(value.text);
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value !== 'object' || value === null) return value;
  const map: PlainMap = {};
  for (const [key, item] of Object.entries(value)) setKey(map, key, exact(item) as PlainMap);
  return map;
}

function numberOf(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(text) ? value : BigInt(text);
}

/** As JSON.stringify, with bigints as numbers. */
export function writeBody(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return withBigints(value) ?? 'null';
  }
}

function withBigints(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(item => withBigints(item) ?? 'null').join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).flatMap(([key, item]) => {
    const written = withBigints(item);
    return written === undefined ? [] : [`${JSON.stringify(key)}:${written}`];
  });
  return `{${fields.join(',')}}`;
}
