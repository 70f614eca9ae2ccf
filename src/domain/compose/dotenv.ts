// `.env` files, as Compose reads them: `KEY=value`, `export`, quotes, variables of lines above, comments.
import { fillIn, type Variables } from './interpolate.ts';

/** Values by key, in order; a bare key takes its value from `outer`. */
export function parseDotenv(text: string, outer: Variables): Map<string, string> {
  const values = new Map<string, string>();
  const lookup: Variables = name => values.get(name) ?? outer(name);
  const entry =
    /^[ \t]*(?:export[ \t]+)?([\w.[\]-]+)[ \t]*(?:[=:][ \t]*("(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\r\n]*))?[^\r\n]*$/gm;
  for (const match of text.replace(/^\uFEFF/, '').matchAll(entry)) {
    const [, key = '', raw] = match;
    if (raw === undefined) {
      const inherited = outer(key);
      if (inherited !== undefined) values.set(key, inherited);
    } else values.set(key, readValue(raw, lookup));
  }
  return values;
}

/** What is wrong with the first bad line, or undefined. */
export function dotenvProblem(text: string): string | undefined {
  // Values in quotes may span lines: they are taken out first, their line ends stay.
  const plain = text.replace(
    /(=\s*)("(?:\\[\s\S]|[^"\\])*"|'[^']*')/g,
    (_all, equals, value) => equals + value.replace(/[^\n]/g, 'x'),
  );
  for (const [i, line] of plain.split(/\r?\n/).entries()) {
    const key = /^\s*(?:export\s+)?([^=:#]*?)\s*[=:]/.exec(line)?.[1];
    if (key !== undefined && /\s/.test(key)) return `line ${i + 1}: key cannot contain a space`;
  }
  return undefined;
}

/** Stands for a dollar that begins no variable while those that do are filled in. */
const dollarMark = '\u{10FFFF}';

function readValue(raw: string, lookup: Variables): string {
  if (raw.startsWith("'") && raw.endsWith("'") && raw.length > 1) return raw.slice(1, -1);
  if (raw.startsWith('"') && raw.endsWith('"') && raw.length > 1)
    return expand(
      raw
        .slice(1, -1)
        .replace(/\\n/g, '\n')
        .replace(/\\r/g, '\r')
        .replace(/\\t/g, '\t')
        .replace(/\\\$/g, dollarMark)
        .replace(/\\(["\\])/g, '$1'),
      lookup,
    ).replaceAll(dollarMark, '$');
  return expand(raw.replace(/(^|\s)#.*$/, '').trim(), lookup);
}

function expand(text: string, lookup: Variables): string {
  try {
    return fillIn(text, lookup);
  } catch {
    return text;
  }
}
