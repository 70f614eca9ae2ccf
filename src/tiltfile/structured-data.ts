// Values of the language as plain data and back, by the rules that encode_* and decode_* share (reference 2.3).
import { JsonNumber } from '../domain/json/parse-json.ts';
import { isInteger, type Plain, type PlainMap, setKey } from '../domain/yaml/plain.ts';
import { Dict, Float, jsString, List, reprOf, StarlarkError, starlarkString, type Value } from '../starlark/index.ts';
import { goTypeName } from './go-types.ts';

/** What a YAML reader or JSON reader gave, as a value of the language. */
export function valueOfData(data: unknown): Value {
  if (data === null || typeof data === 'boolean') return data;
  if (typeof data === 'string') return starlarkString(data);
  if (typeof data === 'number' || typeof data === 'bigint') return numberValue(data);
  if (data instanceof JsonNumber) return jsonNumberValue(data.text);
  if (Array.isArray(data)) return new List(data.map(valueOfData));
  const entries: [Value, Value][] = [];
  for (const key of Object.keys(data as object))
    entries.push([starlarkString(key), valueOfData((data as Record<string, unknown>)[key])]);
  return new Dict(entries);
}

function numberValue(number: number | bigint): Value {
  if (typeof number === 'bigint') return number;
  if (Object.is(number, -0)) return 0;
  if (!isInteger(number)) return new Float(number);
  return Number.isSafeInteger(number) ? number : BigInt(number);
}

/** A number with a point is a float; any other must be an int64, so `1e3` is refused (reference 7, row 11). */
function jsonNumberValue(text: string): Value {
  if (text.includes('.')) {
    const number = Number(text);
    if (!Number.isFinite(number))
      throw new Error(`strconv.ParseFloat: parsing ${JSON.stringify(text)}: value out of range`);
    return new Float(number);
  }
  const problem = (why: string): Error => new Error(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`);
  if (!/^-?\d+$/.test(text)) throw problem('invalid syntax');
  const number = BigInt(text);
  if (BigInt.asIntN(64, number) !== number) throw problem('value out of range');
  return Number.isSafeInteger(Number(number)) ? Number(number) : number;
}

/** A value of the language as plain data. Throws for what JSON and YAML cannot hold. */
export function dataOfValue(value: Value): Plain {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return jsString(value);
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return BigInt.asIntN(64, value);
  if (value instanceof Float) return value.value;
  if (value instanceof List) return value.elems.map(dataOfValue);
  if (value instanceof Dict) return mapOfDict(value);
  throw new StarlarkError(`unable to convert from starlark value, unsupported type ${goTypeName(value)}`);
}

function mapOfDict(dict: Dict): PlainMap {
  const map: PlainMap = {};
  dict.table.forEach((key, item) => {
    const name = dataOfValue(key);
    if (typeof name !== 'string') {
      throw new StarlarkError(
        `only string keys are supported in maps. found key '${jsString(reprOf(key))}' of type ${goKind(name)}`,
      );
    }
    setKey(map, name, dataOfValue(item));
  });
  return map;
}

function goKind(data: Plain): string {
  if (data === null) return '<nil>';
  if (typeof data === 'boolean') return 'bool';
  if (typeof data === 'number' || typeof data === 'bigint') return isInteger(data) ? 'int64' : 'float64';
  return Array.isArray(data) ? '[]interface {}' : 'map[string]interface {}';
}
