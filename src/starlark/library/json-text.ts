// JSON text: checking and laying it out anew, with the complaints of Go's encoding/json.
import { fail } from '../errors.ts';
import { quote } from '../values/quote.ts';
import { starlarkString } from '../values/text.ts';

/** How deeply Go lets arrays and objects nest. */
const maxDepth = 10_000;

const literals = ['true', 'false', 'null'];

/** Reads JSON token by token without making values. Its errors are those of Go's scanner, which reads a space at the end. */
class JsonLayout {
  readonly #text: string;
  readonly #prefix: string;
  readonly #indent: string;
  #at = 0;
  /** What closes the arrays and objects around the current place. */
  readonly #open: (']' | '}')[] = [];
  #out = '';

  constructor(text: string, prefix: string, indent: string) {
    this.#text = text;
    this.#prefix = prefix;
    this.#indent = indent;
  }

  layOut(): string {
    this.#skipSpace();
    do {
      this.#value();
    } while (this.#hasNext());
    const rest = this.#text.slice(this.#at);
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail('after top-level value');
    // White space behind the value stays.
    return this.#out + rest;
  }

  /** Fails where white space may stand, so that the end is the end. */
  #fail(context: string): never {
    if (this.#at >= this.#text.length) return fail('unexpected end of JSON input');
    return this.#failWithin(context);
  }

  /** Fails within a token. */
  #failWithin(context: string): never {
    return fail(`invalid character ${quoteByte(this.#text[this.#at] ?? ' ')} ${context}`);
  }

  #skipSpace(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #newLine(): void {
    this.#out += `\n${this.#prefix}${this.#indent.repeat(this.#open.length)}`;
  }

  /** One value; an array or object to its first member. */
  #value(): void {
    for (;;) {
      const char = this.#text[this.#at];
      if (char !== '{' && char !== '[') break;
      if (this.#open.length >= maxDepth) this.#failWithin('exceeded max depth');
      const close = char === '{' ? '}' : ']';
      this.#out += char;
      this.#at++;
      this.#skipSpace();
      if (this.#text[this.#at] === close) {
        this.#out += close;
        this.#at++;
        return;
      }
      this.#open.push(close);
      this.#newLine();
      if (close === '}') this.#key();
    }
    if (this.#text[this.#at] === '"') this.#string();
    else this.#scalar();
  }

  /** Behind a value: closes what ends here; true before a further member. */
  #hasNext(): boolean {
    for (let close = this.#open.at(-1); close !== undefined; close = this.#open.at(-1)) {
      this.#skipSpace();
      const char = this.#text[this.#at];
      if (char === ',') {
        this.#out += ',';
        this.#at++;
        this.#skipSpace();
        this.#newLine();
        if (close === '}') this.#key();
        return true;
      }
      if (char !== close) this.#fail(close === '}' ? 'after object key:value pair' : 'after array element');
      this.#at++;
      this.#open.pop();
      this.#newLine();
      this.#out += close;
    }
    return false;
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
        if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? '')) this.#failWithin('in \\u hexadecimal character escape');
      }
    } else if (!/["\\/bfnrt]/.test(char ?? '')) this.#failWithin('in string escape code');
    this.#at++;
  }

  #scalar(): void {
    const start = this.#at;
    const char = this.#text[start] ?? '';
    const literal = literals.find(word => word[0] === char);
    if (literal) this.#literal(literal);
    else if (/[-0-9]/.test(char)) this.#number();
    else this.#fail('looking for beginning of value');
    this.#out += this.#text.slice(start, this.#at);
  }

  #literal(word: string): void {
    for (const char of word) {
      if (this.#text[this.#at] !== char) this.#failWithin(`in literal ${word} (expecting '${char}')`);
      this.#at++;
    }
  }

  #number(): void {
    if (this.#text[this.#at] === '-') this.#at++;
    if (this.#text[this.#at] === '0') this.#at++;
    else this.#digits('in numeric literal');
    if (this.#text[this.#at] === '.') {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (/[eE]/.test(this.#text[this.#at] ?? '')) {
      this.#at++;
      if (/[-+]/.test(this.#text[this.#at] ?? '')) this.#at++;
      this.#digits('in exponent of numeric literal');
    }
  }

  #digits(context: string): void {
    const start = this.#at;
    while (/[0-9]/.test(this.#text[this.#at] ?? '')) this.#at++;
    if (this.#at === start) this.#failWithin(context);
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
