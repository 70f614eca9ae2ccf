// From the text of a string literal to its value.
import { encodeRune } from '../values/text.ts';

/** What is wrong with a literal; the scanner adds the place. */
export class LiteralError extends Error {}

const simpleEscapes: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/** One escape sequence: its value and how many chars it takes. */
interface Escape {
  readonly value: string;
  readonly width: number;
}

function octalEscape(text: string, at: number, isBytes: boolean): Escape {
  const digits = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))![0];
  const code = Number.parseInt(digits, 8);
  if (!isBytes && code > 127) {
    const point = code.toString(16).toUpperCase().padStart(4, '0');
    throw new LiteralError(
      `non-ASCII octal escape \\${code.toString(8)} (use \\u${point} for the UTF-8 encoding of U+${point})`,
    );
  }
  if (code > 255) throw new LiteralError(`invalid escape sequence \\${code.toString(8).padStart(3, '0')}`);
  return { value: String.fromCharCode(code), width: 1 + digits.length };
}

function hexEscape(text: string, at: number, isBytes: boolean): Escape {
  if (text.length < at + 4) throw new LiteralError(`truncated escape sequence ${text.slice(at)}`);
  const sequence = text.slice(at, at + 4);
  if (!/^..[0-9a-fA-F]{2}$/.test(sequence)) throw new LiteralError(`invalid escape sequence ${sequence}`);
  const code = Number.parseInt(sequence.slice(2), 16);
  if (!isBytes && code > 127) {
    const point = code.toString(16).toUpperCase().padStart(4, '0');
    throw new LiteralError(`non-ASCII hex escape ${sequence} (use \\u${point} for the UTF-8 encoding of U+${point})`);
  }
  return { value: String.fromCharCode(code), width: 4 };
}

function unicodeEscape(text: string, at: number): Escape {
  const width = text[at + 1] === 'U' ? 10 : 6;
  if (text.length < at + width) throw new LiteralError(`truncated escape sequence ${text.slice(at)}`);
  const sequence = text.slice(at, at + width);
  if (!/^..[0-9a-fA-F]+$/.test(sequence)) throw new LiteralError(`invalid escape sequence ${sequence}`);
  const code = Number.parseInt(sequence.slice(2), 16);
  if (code > 0x10ffff) {
    throw new LiteralError(`code point out of range: ${sequence} (max \\U${code.toString(16).padStart(8, '0')})`);
  }
  if (code >= 0xd800 && code < 0xe000) {
    throw new LiteralError(`invalid Unicode code point U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  }
  return { value: encodeRune(code), width };
}

function escapeAt(text: string, at: number, isBytes: boolean): Escape {
  const letter = text[at + 1];
  if (letter === undefined) throw new LiteralError('truncated escape sequence \\');
  const simple = Object.hasOwn(simpleEscapes, letter) ? simpleEscapes[letter] : undefined;
  if (simple !== undefined) return { value: simple, width: 2 };
  if (letter >= '0' && letter <= '7') return octalEscape(text, at, isBytes);
  if (letter === 'x') return hexEscape(text, at, isBytes);
  if (letter === 'u' || letter === 'U') return unicodeEscape(text, at);
  throw new LiteralError(`invalid escape sequence \\${letter}`);
}

/** The value of what stands between the quotes, line ends already `\n`. Throws a LiteralError. */
export function unquoteContent(content: string, isBytes: boolean): string {
  let out = '';
  let from = 0;
  for (;;) {
    const at = content.indexOf('\\', from);
    if (at < 0) return out + content.slice(from);
    const { value, width } = escapeAt(content, at, isBytes);
    out += content.slice(from, at) + value;
    from = at + width;
  }
}
