// JSON read as Go's encoding/json reads it, with its words for what is wrong, and numbers by their spelling: 1 and 1.0
// are not the same to a Tiltfile. Objects are made without a prototype, so that no key is special.
// Does not: turn values into those of a language, or write JSON.

/** A number as it was written; what it becomes depends on the reader (an int, a float, or an error). */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What is wrong, and at which character. */
export class JsonError extends Error {
  override name = 'JsonError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export interface JsonReading {
  /** Numbers become JsonNumber instead of JavaScript's. */
  readonly keepsNumbers?: boolean;
}

/** The one value of the text, with numbers as JavaScript numbers. Throws JsonError. */
export function parseJson(text: string): unknown {
  const { value, end } = parseFirstJson(text);
  const rest = skipSpace(text, end);
  if (rest < text.length)
    throw new JsonError(`invalid character ${quotedChar(text, rest)} after top-level value`, rest);
  return value;
}

/** The first value of the text and where it ends. Throws JsonError; `EOF` for an empty text. */
export function parseFirstJson(
  text: string,
  reading: JsonReading = {},
): { readonly value: unknown; readonly end: number } {
  const reader = new Reader(text, reading.keepsNumbers ?? false);
  const start = skipSpace(text, 0);
  if (start >= text.length) throw new JsonError('EOF', start);
  const value = reader.value();
  return { value, end: reader.at };
}

/** Offset of the first character from `at` on that is no white space of JSON. */
export function skipSpace(text: string, at: number): number {
  let i = at;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) break;
    i++;
  }
  return i;
}

function quotedChar(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at)!);
  if (char === "'") return String.raw`'\''`;
  if (char === '"') return `'"'`;
  return `'${JSON.stringify(char).slice(1, -1)}'`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const literals = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

class Reader {
  at = 0;
  readonly #text: string;
  readonly #keepsNumbers: boolean;

  constructor(text: string, keepsNumbers: boolean) {
    this.#text = text;
    this.#keepsNumbers = keepsNumbers;
  }

  value(): unknown {
    this.#space();
    const text = this.#text;
    const char = text[this.at];
    if (char === '{') return this.#object();
    if (char === '[') return this.#array();
    if (char === '"') return this.#string();
    if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) return this.#number();
    for (const [word, value] of literals) if (char === word[0]) return this.#literal(word, value);
    throw this.#unexpected('looking for beginning of value');
  }

  #space(): void {
    this.at = skipSpace(this.#text, this.at);
  }

  #unexpected(where: string): JsonError {
    if (this.at >= this.#text.length) return new JsonError('unexpected EOF', this.at);
    return new JsonError(`invalid character ${quotedChar(this.#text, this.at)} ${where}`, this.at);
  }

  #literal(word: string, value: unknown): unknown {
    for (const char of word) {
      if (this.#text[this.at] !== char) throw this.#unexpected(`in literal ${word} (expecting '${char}')`);
      this.at++;
    }
    return value;
  }

  #object(): Record<string, unknown> {
    const found: Record<string, unknown> = Object.create(null);
    this.at++;
    this.#space();
    if (this.#text[this.at] === '}') {
      this.at++;
      return found;
    }
    for (;;) {
      this.#space();
      if (this.#text[this.at] !== '"') throw this.#unexpected('looking for beginning of object key string');
      const key = this.#string();
      this.#space();
      if (this.#text[this.at] !== ':') throw this.#unexpected('after object key');
      this.at++;
      found[key] = this.value();
      this.#space();
      const end = this.#text[this.at];
      if (end !== ',' && end !== '}') throw this.#unexpected('after object key:value pair');
      this.at++;
      if (end === '}') return found;
    }
  }

  #array(): unknown[] {
    const found: unknown[] = [];
    this.at++;
    this.#space();
    if (this.#text[this.at] === ']') {
      this.at++;
      return found;
    }
    for (;;) {
      found.push(this.value());
      this.#space();
      const end = this.#text[this.at];
      if (end !== ',' && end !== ']') throw this.#unexpected('after array element');
      this.at++;
      if (end === ']') return found;
    }
  }

  #string(): string {
    const text = this.#text;
    let start = ++this.at;
    let found = '';
    for (;;) {
      const char = text[this.at];
      if (char === undefined) throw this.#unexpected('in string literal');
      if (char === '"') break;
      if (char < ' ') throw this.#unexpected('in string literal');
      if (char !== '\\') {
        this.at++;
        continue;
      }
      found += text.slice(start, this.at);
      this.at++;
      found += this.#escape();
      start = this.at;
    }
    found += text.slice(start, this.at);
    this.at++;
    return found;
  }

  #escape(): string {
    const char = this.#text[this.at];
    const plain = char === undefined ? undefined : escapes[char];
    if (plain !== undefined) {
      this.at++;
      return plain;
    }
    if (char !== 'u') throw this.#unexpected('in string escape code');
    this.at++;
    for (let i = 0; i < 4; i++, this.at++) {
      if (!/[0-9a-fA-F]/.test(this.#text[this.at] ?? '')) throw this.#unexpected('in \\u hexadecimal character escape');
    }
    return String.fromCharCode(Number.parseInt(this.#text.slice(this.at - 4, this.at), 16));
  }

  #number(): number | JsonNumber {
    const start = this.at;
    if (this.#text[this.at] === '-') this.at++;
    if (this.#text[this.at] === '0') this.at++;
    else this.#digits('in numeric literal');
    if (this.#text[this.at] === '.') {
      this.at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (this.#text[this.at] === 'e' || this.#text[this.at] === 'E') {
      this.at++;
      if (this.#text[this.at] === '+' || this.#text[this.at] === '-') this.at++;
      this.#digits('in exponent of numeric literal');
    }
    const spelling = this.#text.slice(start, this.at);
    return this.#keepsNumbers ? new JsonNumber(spelling) : Number(spelling);
  }

  #digits(where: string): void {
    const start = this.at;
    while (this.#text[this.at] !== undefined && this.#text[this.at]! >= '0' && this.#text[this.at]! <= '9') this.at++;
    if (this.at === start) throw this.#unexpected(where);
  }
}
