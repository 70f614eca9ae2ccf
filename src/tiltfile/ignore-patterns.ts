// Files of patterns in dockerignore syntax: `.dockerignore`, `.tiltignore` (reference 2.4, 2.8).
import path from 'node:path';

/** Lines of such a file, cleaned as Docker does: a leading slash and a trailing one go, `!` stays. */
export function ignorePatterns(text: string): string[] {
  const patterns: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const trimmed = line.trim();
    if (trimmed === '') continue;
    const isNegated = trimmed.startsWith('!');
    const rest = isNegated ? trimmed.slice(1).trim() : trimmed;
    const clean = rest === '' ? '' : cleanPattern(rest);
    patterns.push(isNegated ? `!${clean}` : clean);
  }
  return patterns;
}

function cleanPattern(pattern: string): string {
  const normal = path.posix.normalize(pattern).replace(/(.)\/$/, '$1');
  return normal.length > 1 && normal.startsWith('/') ? normal.slice(1) : normal;
}
