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

function readValue(raw: string, lookup: Variables): string {
  if (raw.startsWith("'") && raw.endsWith("'") && raw.length > 1) return raw.slice(1, -1);
  if (raw.startsWith('"') && raw.endsWith('"') && raw.length > 1)
    return expand(
      raw
        .slice(1, -1)
        .replace(/\\n/g, '\n')
        .replace(/\\r/g, '\r')
        .replace(/\\t/g, '\t')
        .replace(/\\(["\\])/g, '$1'),
      lookup,
    );
  return expand(raw.replace(/(^|\s)#.*$/, '').trim(), lookup);
}

function expand(text: string, lookup: Variables): string {
  try {
    return fillIn(text, lookup);
  } catch {
    return text;
  }
}
