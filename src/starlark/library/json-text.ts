// JSON text: checking and laying it out anew, with the complaints of Go's encoding/json.
import { fail } from '../errors.ts';
import { quote } from '../values/quote.ts';
import { starlarkString } from '../values/text.ts';

/** Reads JSON token by token without making values. */
class JsonLayout {
  readonly #text: string;
  readonly #prefix: string;
  readonly #indent: string;
  #at = 0;
  #depth = 0;
  #out = '';

  constructor(text: string, prefix: string, indent: string) {
    this.#text = text;
    this.#prefix = prefix;
    this.#indent = indent;
  }

  layOut(): string {
    this.#skipSpace();
    this.#value('looking for beginning of value');
    const rest = this.#text.slice(this.#at);
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail('after top-level value');
    // White space behind the value stays.
    return this.#out + rest.slice(0, rest.length);
  }

  #fail(context: string): never {
    if (this.#at >= this.#text.length) return fail('unexpected end of JSON input');
    return fail(`invalid character ${quoteByte(this.#text[this.#at]!)} ${context}`);
  }

  #skipSpace(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #newLine(): void {
    this.#out += `\n${this.#prefix}${this.#indent.repeat(this.#depth)}`;
  }

  #value(context: string): void {
    const char = this.#text[this.#at];
    if (char === '{') this.#members('{', '}');
    else if (char === '[') this.#members('[', ']');
    else if (char === '"') this.#string();
    else this.#scalar(context);
  }

  #members(open: string, close: string): void {
    const isObject = open === '{';
    this.#out += open;
    this.#at++;
    this.#skipSpace();
    if (this.#text[this.#at] === close) {
      this.#out += close;
      this.#at++;
      return;
    }
    this.#depth++;
    for (;;) {
      this.#newLine();
      if (isObject) this.#key();
      this.#value('looking for beginning of value');
      this.#skipSpace();
      const char = this.#text[this.#at];
      if (char !== ',' && char !== close) this.#fail(isObject ? 'after object key:value pair' : 'after array element');
      this.#at++;
      if (char === close) break;
      this.#out += ',';
      this.#skipSpace();
    }
    this.#depth--;
    this.#newLine();
    this.#out += close;
  }

  #key(): void {
    if (this.#text[this.#at] !== '"') this.#fail('looking for beginning of object key string');
    this.#string();
    this.#skipSpace();
    if (this.#text[this.#at] !== ':') this.#fail('after object key');
    this.#out += ': ';
    this.#at++;
    this.#skipSpace();
  }

  #string(): void {
    const start = this.#at++;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) this.#fail('');
      if (char! < ' ') this.#fail('in string literal');
      this.#at++;
      if (char === '"') break;
      if (char === '\\') this.#escape();
    }
    this.#out += this.#text.slice(start, this.#at);
  }

  #escape(): void {
    const char = this.#text[this.#at];
    if (char === 'u') {
      for (let i = 0; i < 4; i++) {
        this.#at++;
        if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? '')) this.#fail('in \\u hexadecimal character escape');
      }
    } else if (!/["\\/bfnrt]/.test(char ?? '')) this.#fail('in string escape code');
    this.#at++;
  }

  #scalar(context: string): void {
    const match = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/.exec(this.#text.slice(this.#at));
    if (!match) this.#fail(context);
    this.#out += match![0];
    this.#at += match![0].length;
  }
}

/** A byte in single quotes, as Go's %q prints it: as the rune of that number. */
export function quoteByte(byte: string): string {
  if (byte === "'") return "'\\''";
  return `'${quote(starlarkString(byte)).slice(1, -1).replace('\\"', '"')}'`;
}

/** `text` with every member on a line of its own; each line but the first begins with `prefix` and its indentation. */
export function indentJson(text: string, prefix: string, indent: string): string {
  return new JsonLayout(text, prefix, indent).layOut();
}
