// Ignore rules in dockerignore syntax (reference 4.15): anchored at a base folder, `*` within a name, `**` across names,
// `?`, classes, `\` before a character that means itself, `!` for exceptions; the last pattern that matches decides; a
// pattern that matches a folder covers everything in it. Pure: knows no file system. Paths are absolute with slashes.

/** Rules of one base folder. Without patterns everything in it is ignored. */
export interface IgnoreRules {
  readonly basePath: string;
  readonly patterns?: readonly string[];
}

export interface IgnoreMatcher {
  /** Whether changes of this path mean nothing. */
  ignores(path: string): boolean;
  /** Whether nothing in this folder can mean anything, so that it need not be looked into. */
  ignoresAllIn(folder: string): boolean;
}

interface Pattern {
  readonly isException: boolean;
  readonly regex: RegExp;
  /** The names of the base and one expression for each word of the pattern; undefined for a word that crosses names. */
  readonly words: readonly (RegExp | undefined)[];
}

/** Ignores nothing. */
export const ignoreNothing: IgnoreMatcher = { ignores: () => false, ignoresAllIn: () => false };

/** Ignores what any of the rules ignores. */
export function makeIgnoreMatcher(rules: readonly IgnoreRules[]): IgnoreMatcher {
  const matchers = rules.map(makeOne).filter(matcher => matcher !== undefined);
  if (matchers.length === 0) return ignoreNothing;
  if (matchers.length === 1) return matchers[0]!;
  return {
    ignores: path => matchers.some(matcher => matcher.ignores(path)),
    ignoresAllIn: folder => matchers.some(matcher => matcher.ignoresAllIn(folder)),
  };
}

function makeOne(rules: IgnoreRules): IgnoreMatcher | undefined {
  const base = clean(rules.basePath);
  if (!rules.patterns || rules.patterns.length === 0) {
    const isIn = (path: string): boolean => isInside(base, path);
    return { ignores: isIn, ignoresAllIn: isIn };
  }
  const patterns = rules.patterns.map(text => parsePattern(text, base)).filter(pattern => pattern !== undefined);
  if (patterns.length === 0) return undefined;
  return patterns.some(pattern => pattern.isException) ? withExceptions(patterns) : withoutExceptions(patterns);
}

function withoutExceptions(patterns: readonly Pattern[]): IgnoreMatcher {
  // One expression for all: the order does not matter when nothing takes back.
  const regex = new RegExp(patterns.map(pattern => pattern.regex.source).join('|'), 's');
  const test = (path: string): boolean => regex.test(path);
  return { ignores: test, ignoresAllIn: test };
}

function withExceptions(patterns: readonly Pattern[]): IgnoreMatcher {
  const ignores = (path: string): boolean => {
    for (let i = patterns.length - 1; i >= 0; i--) {
      if (patterns[i]!.regex.test(path)) return !patterns[i]!.isException;
    }
    return false;
  };
  const exceptions = patterns.filter(pattern => pattern.isException);
  return {
    ignores,
    ignoresAllIn: folder => ignores(folder) && !exceptions.some(exception => mayMatchIn(exception, folder)),
  };
}

/** Whether an exception could bring back something in `folder`: word by word, as far as both go. */
function mayMatchIn(exception: Pattern, folder: string): boolean {
  const names = folder.split('/').filter(name => name !== '');
  for (const [i, name] of names.entries()) {
    if (i >= exception.words.length) return true;
    const word = exception.words[i];
    if (!word) return true;
    if (!word.test(name)) return false;
  }
  return true;
}

/** Whether `path` is `folder` or in it. */
export function isInside(folder: string, path: string): boolean {
  if (folder === '/') return path.startsWith('/');
  return path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/');
}

function parsePattern(text: string, base: string): Pattern | undefined {
  let pattern = text.trim();
  if (pattern === '' || pattern.startsWith('#')) return undefined;
  const isException = pattern.startsWith('!');
  if (isException) pattern = pattern.slice(1).trim();
  if (pattern === '') return undefined;
  // A pattern that is already a path below the base is taken as it is, else it is joined to the base.
  const relative =
    pattern.startsWith('/') && isInside(base, clean(pattern)) ? clean(pattern).slice(base.length) : pattern;
  const words = clean(`/${relative}`)
    .split('/')
    .filter(word => word !== '');
  if (words.length === 0 && !isException) return undefined;
  const prefix = base === '/' ? '' : base;
  const baseWords = prefix
    .split('/')
    .filter(word => word !== '')
    .map(word => new RegExp(`^${escapeRegex(word)}$`));
  return {
    isException,
    // What a folder matches covers what is in it.
    regex: new RegExp(`^${escapeRegex(prefix)}${wordsToRegex(words)}(?:/|$)`, 's'),
    words: isException ? [...baseWords, ...words.map(oneNameRegex)] : [],
  };
}

function oneNameRegex(word: string): RegExp | undefined {
  return word.includes('**') ? undefined : new RegExp(`^${wordToRegex(word)}$`, 's');
}

/** The words of a path as an expression; `**` stands for any number of names, none included, at the end for at least one. */
function wordsToRegex(words: readonly string[]): string {
  let out = '';
  for (const [i, word] of words.entries()) {
    if (word === '**') out += i === words.length - 1 ? '/.+' : '(?:/[^/]+)*';
    else out += `/${wordToRegex(word)}`;
  }
  return out;
}

function wordToRegex(word: string): string {
  let out = '';
  for (let i = 0; i < word.length; i++) {
    const c = word[i]!;
    if (c === '*') {
      // Inside a word `**` crosses names, as in Docker's matcher.
      const isDouble = word[i + 1] === '*';
      out += isDouble ? '.*' : '[^/]*';
      if (isDouble) i++;
    } else if (c === '?') out += '[^/]';
    else if (c === '\\' && i + 1 < word.length) out += escapeRegex(word[++i]!);
    else if (c === '[') {
      const end = word.indexOf(']', i + 2);
      if (end < 0) out += '\\[';
      else {
        out += classToRegex(word.slice(i + 1, end));
        i = end;
      }
    } else out += escapeRegex(c);
  }
  return out;
}

function classToRegex(text: string): string {
  const isNegated = text.startsWith('^');
  const body = (isNegated ? text.slice(1) : text).replace(/[[\]]|\\(?![\]\\^-])/g, c => `\\${c}`);
  return isNegated ? `[^/${body}]` : `[${body}]`;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, c => `\\${c}`);
}

/** Without `.`, `..`, doubled and trailing slashes. */
function clean(path: string): string {
  const out: string[] = [];
  for (const word of path.split('/')) {
    if (word === '' || word === '.') continue;
    if (word === '..') out.pop();
    else out.push(word);
  }
  return `${path.startsWith('/') ? '/' : ''}${out.join('/')}`;
}
