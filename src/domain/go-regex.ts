// Regular expressions in Go's syntax (RE2), for names that a Tiltfile gives: read, refused in Go's words, and turned into
// JavaScript's. Does not: keep RE2's promise of linear time, or know flags in the middle of an expression but `s`, `m`, `U`.

interface Flags {
  isBlind: boolean;
  isMultiline: boolean;
  dotIsAll: boolean;
  isLazy: boolean;
}

/** Why a text is no regular expression: `missing closing ): \`(\``. */
export class GoRegexProblem extends Error {
  override name = 'GoRegexProblem';
  constructor(what: string, where: string) {
    super(`${what}: \`${where}\``);
  }
}

/** The expression that finds the same. Throws GoRegexProblem. */
export function goRegex(source: string): RegExp {
  const reader = new RegexReader(source);
  const pattern = reader.read();
  return new RegExp(pattern, reader.isBlind ? 'iu' : 'u');
}

const mostRepeats = 1000;

const posix: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

const perl: Readonly<Record<string, string>> = { d: '0-9', s: '\\t\\n\\f\\r ', w: '0-9A-Za-z_' };
const escapes: Readonly<Record<string, string>> = { a: '\\x07', f: '\\f', n: '\\n', r: '\\r', t: '\\t', v: '\\v' };

class RegexReader {
  readonly #text: string;
  #at = 0;
  /** Some group is to match without regard to case: all of it then does. */
  isBlind = false;

  constructor(source: string) {
    this.#text = source;
  }

  read(): string {
    const flags = { isBlind: false, isMultiline: false, dotIsAll: false, isLazy: false };
    const pattern = this.#alternatives(flags);
    if (this.#at < this.#text.length) throw new GoRegexProblem('unexpected )', this.#text);
    return pattern;
  }

  #alternatives(given: Flags): string {
    const flags = { ...given };
    let out = '';
    let last = '';
    let repeatedAt = -1;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      const start = this.#at;
      const repeat = this.#repeat();
      if (repeat) {
        if (repeatedAt >= 0)
          throw new GoRegexProblem('invalid nested repetition operator', this.#text.slice(repeatedAt, this.#at));
        if (last === '') throw new GoRegexProblem('missing argument to repetition operator', repeat.shown);
        out += `(?:${last})${repeat.text}${repeat.isLazy === flags.isLazy ? '' : '?'}`;
        last = '';
        repeatedAt = start;
        continue;
      }
      repeatedAt = -1;
      out += last;
      last = '';
      if (this.#take('|')) out += '|';
      else last = this.#atom(flags);
    }
    return out + last;
  }

  /** `*`, `+`, `?`, `{n,m}` with or without `?` behind; undefined when there is none here. */
  #repeat(): { readonly text: string; readonly isLazy: boolean; readonly shown: string } | undefined {
    const match = /[*+?]|\{(\d+)(,(\d*))?\}/y;
    match.lastIndex = this.#at;
    const found = match.exec(this.#text);
    if (!found) return undefined;
    const [shown, from, , to] = found;
    const isTooMany = Number(from ?? 0) > mostRepeats || Number(to || 0) > mostRepeats;
    if (isTooMany || (to && Number(to) < Number(from))) throw new GoRegexProblem('invalid repeat count', shown);
    this.#at += shown.length;
    return { text: shown, isLazy: this.#take('?'), shown };
  }

  #atom(flags: Flags): string {
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at)!);
    switch (char) {
      case '(':
        return this.#group(flags);
      case '[':
        return this.#set();
      case '\\':
        return this.#escape();
      case '.':
        this.#at++;
        return flags.dotIsAll ? '[^]' : '[^\\n]';
      case '^':
        this.#at++;
        return flags.isMultiline ? '(?<![^\\n])' : '(?<![^])';
      case '$':
        this.#at++;
        return flags.isMultiline ? '(?![^\\n])' : '(?![^])';
      default:
        this.#at += char.length;
        return literal(char);
    }
  }

  #group(flags: Flags): string {
    const start = this.#at;
    const rest = this.#text.slice(start);
    const named = /^\(\?P?<([^>]*)(>?)/.exec(rest);
    if (named && !/^\(\?<[=!]/.test(rest)) {
      if (!named[2] || !/^\w+$/.test(named[1]!))
        throw new GoRegexProblem('invalid named capture', named[2] ? named[0] : this.#text);
      return this.#inside(named[0].length, flags);
    }
    if (!rest.startsWith('(?')) return this.#inside(1, flags);
    const setting = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
    if (!setting || setting[0] === '(?)') {
      const shown = /^\(\?(?:<?[=!])?[imsU-]*./s.exec(rest)?.[0] ?? rest;
      throw new GoRegexProblem('invalid or unsupported Perl syntax', shown.replace(/^(\(\?<?[=!]).*$/s, '$1'));
    }
    const target = setting[3] === ')' ? flags : { ...flags };
    this.#setFlags(target, setting[1]!, true);
    this.#setFlags(target, setting[2] ?? '', false);
    if (setting[3] === ':') return this.#inside(setting[0].length, target);
    this.#at += setting[0].length;
    return '';
  }

  #setFlags(flags: Flags, letters: string, isOn: boolean): void {
    for (const letter of letters) {
      if (letter === 'i') {
        flags.isBlind = isOn;
        this.isBlind ||= isOn;
      } else if (letter === 'm') flags.isMultiline = isOn;
      else if (letter === 's') flags.dotIsAll = isOn;
      else flags.isLazy = isOn;
    }
  }

  #inside(headLength: number, flags: Flags): string {
    this.#at += headLength;
    const inner = this.#alternatives(flags);
    if (!this.#take(')')) throw new GoRegexProblem('missing closing )', this.#text);
    return `(?:${inner})`;
  }

  #escape(): string {
    const rest = this.#text.slice(this.#at);
    if (rest === '\\') throw new GoRegexProblem('trailing backslash at end of expression', '');
    if (rest.startsWith('\\Q')) {
      const end = rest.indexOf('\\E');
      const quoted = end < 0 ? rest.slice(2) : rest.slice(2, end);
      this.#at += end < 0 ? rest.length : end + 2;
      return quoted === '' ? '' : `(?:${[...quoted].map(literal).join('')})`;
    }
    const anchor = { A: '(?<![^])', z: '(?![^])', b: '\\b', B: '\\B', C: '[^]' }[rest[1]!];
    if (anchor !== undefined) {
      this.#at += 2;
      return anchor;
    }
    const type = this.#classEscape();
    return type === undefined ? this.#charEscape() : `[${type.isNegated ? '^' : ''}${type.members}]`;
  }

  /** `\d`, `\W`, `\pL`, `\P{Greek}`; undefined when there is none here. */
  #classEscape(): { readonly members: string; readonly isNegated: boolean } | undefined {
    const rest = this.#text.slice(this.#at);
    const simple = /^\\([dswDSW])/.exec(rest);
    if (simple) {
      this.#at += 2;
      const letter = simple[1]!;
      return { members: perl[letter.toLowerCase()]!, isNegated: letter !== letter.toLowerCase() };
    }
    const unicode = /^\\([pP])(?:\{(\^?)([^}]*)\}|([^{]))/.exec(rest);
    if (!unicode) return undefined;
    const name = unicode[3] ?? unicode[4]!;
    const property = name.length > 2 ? `Script=${name}` : name;
    try {
      new RegExp(`\\p{${property}}`, 'u');
    } catch {
      throw new GoRegexProblem('invalid character class range', unicode[0]);
    }
    this.#at += unicode[0].length;
    return { members: `\\p{${property}}`, isNegated: (unicode[1] === 'P') !== (unicode[2] === '^') };
  }

  /** One character behind a backslash. */
  #charEscape(): string {
    const rest = this.#text.slice(this.#at);
    const hex = /^\\x(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/.exec(rest);
    const octal = /^\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest);
    const code = hex ? Number.parseInt(hex[1] ?? hex[2]!, 16) : octal ? Number.parseInt(octal[1]!, 8) : undefined;
    if (code !== undefined && code <= 0x10ffff) {
      this.#at += (hex ?? octal)![0].length;
      return `\\u{${code.toString(16)}}`;
    }
    const char = String.fromCodePoint(rest.codePointAt(1)!);
    const known = escapes[char];
    if (known === undefined && /[0-9A-Za-z]|[^\0-\x7f]/.test(char))
      throw new GoRegexProblem('invalid escape sequence', `\\${char}`);
    this.#at += 1 + char.length;
    return known ?? literal(char);
  }

  #set(): string {
    const start = this.#at;
    this.#at++;
    const isNegated = this.#take('^');
    let members = '';
    const others: string[] = [];
    for (let isFirst = true; isFirst || this.#text[this.#at] !== ']'; isFirst = false) {
      if (this.#at >= this.#text.length) throw new GoRegexProblem('missing closing ]', this.#text.slice(start));
      const named = /^\[:(\^?)(\w+):\]/.exec(this.#text.slice(this.#at));
      if (named) {
        const found = posix[named[2]!];
        if (found === undefined) throw new GoRegexProblem('invalid character class range', named[0]);
        this.#at += named[0].length;
        if (named[1]) others.push(`[^${found}]`);
        else members += found;
        continue;
      }
      const type = this.#text[this.#at] === '\\' ? this.#classEscape() : undefined;
      if (type) {
        if (type.isNegated) others.push(`[^${type.members}]`);
        else members += type.members;
      } else members += this.#range();
    }
    this.#at++;
    // A set that also holds what is not in another one is one or the other.
    const own = members === '' && others.length > 0 ? [] : [`[${members}]`];
    const any = [...own, ...others].join('|');
    return isNegated ? `(?!${any})[^]` : `(?:${any})`;
  }

  #range(): string {
    const start = this.#at;
    const from = this.#setChar();
    const hasRange =
      this.#text[this.#at] === '-' && this.#at + 1 < this.#text.length && this.#text[this.#at + 1] !== ']';
    if (!hasRange) return from;
    this.#at++;
    const to = this.#setChar();
    try {
      new RegExp(`[${from}-${to}]`, 'u');
    } catch {
      throw new GoRegexProblem('invalid character class range', this.#text.slice(start, this.#at));
    }
    return `${from}-${to}`;
  }

  #setChar(): string {
    if (this.#text[this.#at] === '\\') return this.#charEscape();
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at)!);
    this.#at += char.length;
    return literal(char);
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

/** A character that means itself, in and out of sets. */
function literal(char: string): string {
  return /[\^$\\.*+?()[\]{}|/-]/.test(char) ? `\\u{${char.codePointAt(0)!.toString(16)}}` : char;
}
