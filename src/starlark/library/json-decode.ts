// json.decode: JSON text to values, objects in the order of the text.
import { fail } from '../errors.ts';
import { Dict, List } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { Float } from '../values/float.ts';
import { intOfBig } from '../values/int.ts';
import { jsString, starlarkString, validUtf8 } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { quoteByte } from './json-text.ts';

const numberChars = /[-+.eE\d]*/y;

/** An array or object whose end has not come yet. */
interface Opened {
  readonly container: List | Dict;
  /** The key whose value comes next. */
  key: string | undefined;
}

/** Decodes one text. `at` tells how far it got. */
export class JsonDecoder {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The value of the whole text. */
  decode(): Value {
    const value = this.#value();
    if (this.#skipSpace()) fail(`unexpected character ${quoteByte(this.#text[this.at]!)} after value`);
    return value;
  }

  /** True when there is more than white space. */
  #skipSpace(): boolean {
    for (; this.at < this.#text.length; this.at++) {
      const char = this.#text[this.at];
      if (char !== ' ' && char !== '\t' && char !== '\n' && char !== '\r') return true;
    }
    return false;
  }

  #next(): string {
    return this.#skipSpace() ? this.#text[this.at]! : fail('unexpected end of file');
  }

  /** A value; arrays and objects that are not complete yet wait in a list, so that no nesting is too deep. */
  #value(): Value {
    const open: Opened[] = [];
    for (;;) {
      let value: Value | undefined = this.#begin(open);
      while (value !== undefined) {
        const around = open.at(-1);
        if (!around) return value;
        value = this.#add(around, value) ? open.pop()!.container : undefined;
      }
    }
  }

  /** A scalar or an empty container; undefined after opening one that has members. */
  #begin(open: Opened[]): Value | undefined {
    const char = this.#next();
    if (char !== '[' && char !== '{') return this.#scalar(char);
    const container = char === '[' ? new List() : new Dict();
    this.at++;
    if (this.#next() === (char === '[' ? ']' : '}')) {
      this.at++;
      return container;
    }
    open.push({ container, key: undefined });
    return undefined;
  }

  /** Takes what was read inside a container and what follows it; true if the container ends there. */
  #add(around: Opened, value: Value): boolean {
    const { container } = around;
    if (container instanceof List) {
      container.elems.push(value);
      return this.#ends(']', char => `got ${char}, want ',' or ']'`);
    }
    if (around.key === undefined) {
      if (typeof value !== 'string') return fail(`got ${typeOf(value)} for object key, want string`);
      const colon = this.#next();
      if (colon !== ':') fail(`after object key, got ${quoteByte(colon)}, want ':' `);
      this.at++;
      around.key = value;
      return false;
    }
    container.setKey(around.key, value);
    around.key = undefined;
    return this.#ends('}', char => `in object, got ${char}, want ',' or '}'`);
  }

  #ends(close: string, complaint: (char: string) => string): boolean {
    const char = this.#next();
    if (char !== close && char !== ',') fail(complaint(quoteByte(char)));
    this.at++;
    return char === close;
  }

  #scalar(char: string): Value {
    switch (char) {
      case '"':
        return this.#string();
      case 'n':
        if (this.#word('null')) return null;
        break;
      case 't':
        if (this.#word('true')) return true;
        break;
      case 'f':
        if (this.#word('false')) return false;
        break;
      default:
        if (char === '-' || (char >= '0' && char <= '9')) return this.#number();
    }
    return fail(`unexpected character ${quoteByte(char)}`);
  }

  #word(word: string): boolean {
    if (!this.#text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  #string(): string {
    const text = this.#text;
    let isPlain = true;
    let end = this.at + 1;
    for (; ; end++) {
      if (end >= text.length) return fail('unclosed string literal');
      const char = text[end]!;
      if (char === '\\') {
        isPlain = false;
        end++;
      } else if (char === '"') break;
      else if (char >= '\x80') isPlain = false;
    }
    const content = text.slice(this.at + 1, end);
    this.at = end + 1;
    return isPlain ? content : this.#unescape(content);
  }

  #unescape(content: string): string {
    const control = /[\x00-\x1f]/.exec(content);
    if (control) fail(`invalid character ${quoteByte(control[0])} in string literal`);
    const wrong = /\\(?:u[0-9a-fA-F]{0,3}([^0-9a-fA-F]|$)|([^"\\/bfnrtu]))/.exec(content.replaceAll('\\\\', '  '));
    if (wrong?.[2] !== undefined) fail(`invalid character ${quoteByte(wrong[2])} in string escape code`);
    if (wrong) fail(`invalid character ${quoteByte(wrong[1] || '"')} in \\u hexadecimal character escape`);
    return starlarkString(JSON.parse(`"${jsString(validUtf8(content))}"`) as string);
  }

  #number(): Value {
    numberChars.lastIndex = this.at;
    const number = numberChars.exec(this.#text)![0];
    this.at += number.length;
    const digits = number.startsWith('-') ? number.slice(1) : number;
    if (digits === '' || /^0\d/.test(digits)) fail(`invalid number: ${number}`);
    if (/^\d+$/.test(digits)) return intOfBig(BigInt(number));
    if (!/^(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(digits) || !Number.isFinite(Number(number))) {
      fail(`invalid number: ${number}`);
    }
    return new Float(Number(number));
  }
}
