// json.encode, as Go's encoding/json writes. Nested values are written without recursion, so that no nesting is too deep.
import { fail } from '../errors.ts';
import { attributeNames, findAttribute } from '../runtime/attributes.ts';
import { Bytes } from '../values/bytes.ts';
import { Tuple } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { Float } from '../values/float.ts';
import { quote } from '../values/quote.ts';
import { reprOf } from '../values/repr.ts';
import { decodeRune, jsString, starlarkString, validUtf8 } from '../values/text.ts';
import type { StarlarkObject, Value } from '../values/value.ts';

/** A value that says itself what its JSON is (a Starlark string). */
export interface JsonValue {
  toJson(): string;
}

/** Valid UTF-8 as the inside of a JSON string. Go escapes what could end a script element, and the two line ends of Unicode. */
function escapeJson(text: string): string {
  const escaped = JSON.stringify(jsString(text)).replace(
    /[<>&\u2028\u2029]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return starlarkString(escaped.slice(1, -1));
}

function quoteJson(text: string): string {
  if (/^[ -~]*$/.test(text)) return `"${text.replace(/[\\"]/g, '\\$&')}"`;
  if (validUtf8(text) === text) return `"${escapeJson(text)}"`;
  let inside = '';
  for (let at = 0; at < text.length; ) {
    const decoded = decodeRune(text, at);
    const size = decoded & 7;
    const isInvalid = size === 1 && decoded >> 3 === 0xfffd;
    inside += isInvalid ? '\\ufffd' : escapeJson(text.slice(at, at + size));
    at += size;
  }
  return `"${inside}"`;
}

/** A container that is being written. */
interface Writing {
  readonly object: StarlarkObject;
  /** The next value inside, after whatever stands before it in the text; undefined at the end. */
  next(): Value | undefined;
  /** Where the value given last stands, for errors. */
  where(): string;
  readonly close: string;
  done?(): void;
}

class JsonEncoder {
  #out = '';
  readonly #open: Writing[] = [];
  readonly #active = new Set<StarlarkObject>();

  /** The text of a value, or of as much as could be written. */
  encode(value: Value): string {
    try {
      this.#write(value);
      for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
        const inner = top.next();
        if (inner === undefined) this.#leave();
        else this.#write(inner);
      }
    } catch (error) {
      const places = this.#open.map(container => jsString(container.where())).filter(place => place !== '');
      const path = places.map(place => `${place}: `).join('');
      if (error instanceof Error && !(error instanceof RangeError)) error.message = path + error.message;
      throw error;
    } finally {
      for (const container of this.#open) container.done?.();
    }
    return this.#out;
  }

  #leave(): void {
    const container = this.#open.pop()!;
    container.done?.();
    this.#active.delete(container.object);
    this.#out += container.close;
  }

  #write(value: Value): void {
    switch (typeof value) {
      case 'string':
        this.#out += quoteJson(value);
        break;
      case 'boolean':
      case 'number':
      case 'bigint':
        this.#out += String(value);
        break;
      default:
        if (value === null) this.#out += 'null';
        else this.#writeObject(value);
    }
  }

  #writeObject(value: StarlarkObject): void {
    if (value instanceof Float) {
      if (!Number.isFinite(value.value)) fail(`cannot encode non-finite float ${value.repr()}`);
      this.#out += value.repr();
      return;
    }
    if (this.#active.has(value) && !(value instanceof Tuple && value.elems.length === 0)) {
      fail('cycle in JSON structure');
    }
    if ('toJson' in value) this.#out += (value as unknown as JsonValue).toJson();
    else this.#enter(value);
  }

  #enter(value: StarlarkObject): void {
    const container = this.#containerOf(value);
    this.#open.push(container);
    this.#active.add(value);
  }

  #containerOf(value: StarlarkObject): Writing {
    if (value.items) return this.#mapping(value);
    if (value.iterate) return this.#sequence(value);
    if ((value.attr && value.attrNames) || value instanceof Bytes) return this.#fields(value);
    return fail(`cannot encode ${value.typeName} as JSON`);
  }

  #mapping(value: StarlarkObject): Writing {
    const items = [...value.items!()] as [string, Value][];
    for (const [key] of items) {
      if (typeof key !== 'string') fail(`${value.typeName} has ${typeOf(key)} key, want string`);
    }
    items.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#out += '{';
    let at = -1;
    return {
      object: value,
      next: () => {
        const item = items[++at];
        if (item) this.#out += `${at === 0 ? '' : ','}${quoteJson(item[0])}:`;
        return item?.[1];
      },
      where: () => `in ${value.typeName} key ${reprOf(items[at]![0])}`,
      close: '}',
    };
  }

  #sequence(value: StarlarkObject): Writing {
    const iterator = value.iterate!();
    this.#out += '[';
    let at = -1;
    return {
      object: value,
      next: () => {
        const elem = iterator.next();
        if (elem !== undefined && ++at > 0) this.#out += ',';
        return elem;
      },
      where: () => `at ${value.typeName} index ${at}`,
      close: ']',
      done: () => iterator.done(),
    };
  }

  #fields(value: StarlarkObject): Writing {
    const names = attributeNames(value);
    this.#out += '{';
    let at = -1;
    let where = '';
    return {
      object: value,
      next: () => {
        const name = names[++at];
        if (name === undefined) return undefined;
        where = `cannot access attribute ${value.typeName}.${name}`;
        const field = findAttribute(value, name);
        where = '';
        if (field === undefined) {
          fail(`missing attribute ${value.typeName}.${name} (despite ${quote(name)} appearing in dir()`);
        }
        where = `in field .${name}`;
        this.#out += `${at === 0 ? '' : ','}${quoteJson(name)}:`;
        return field;
      },
      where: () => where,
      close: '}',
    };
  }
}

/** The JSON of a value, as a Starlark string. */
export function encodeValue(value: Value): string {
  return new JsonEncoder().encode(value);
}
