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

  #value(): Value {
    const char = this.#next();
    switch (char) {
      case '"':
        return this.#string();
      case '[':
        return this.#array();
      case '{':
        return this.#object();
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

  #array(): Value {
    const elems: Value[] = [];
    this.at++;
    if (this.#next() !== ']') {
      for (;;) {
        elems.push(this.#value());
        const char = this.#next();
        if (char === ']') break;
        if (char !== ',') fail(`got ${quoteByte(char)}, want ',' or ']'`);
        this.at++;
      }
    }
    this.at++;
    return new List(elems);
  }

  #object(): Value {
    const dict = new Dict();
    this.at++;
    if (this.#next() !== '}') {
      for (;;) {
        const key = this.#value();
        if (typeof key !== 'string') fail(`got ${typeOf(key)} for object key, want string`);
        const colon = this.#next();
        if (colon !== ':') fail(`after object key, got ${quoteByte(colon)}, want ':' `);
        this.at++;
        dict.setKey(key, this.#value());
        const char = this.#next();
        if (char === '}') break;
        if (char !== ',') fail(`in object, got ${quoteByte(char)}, want ',' or '}'`);
        this.at++;
      }
    }
    this.at++;
    return dict;
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
