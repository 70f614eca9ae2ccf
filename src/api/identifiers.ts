// Names of objects and values of labels: what is allowed, and how any text is made to fit (reference 3.0, section 8).
// Lengths count bytes of UTF-8.

export const maxNameBytes = 253;
export const maxLabelBytes = 63;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** FNV-1a with 32 bits over the UTF-8 bytes of `text`, as 8 hex digits. */
export function fnv32aHex(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Text that may be the value of a label: other characters become `_`, what is too long ends in a hash of the whole. */
export function sanitizeLabel(text: string): string {
  const clean = text.replace(/[^-A-Za-z0-9_.]/gu, '_');
  return shorten(clean, maxLabelBytes, text);
}

/** Text that may be the name of an object: `/` and `%` become `_`, what is too long ends in a hash of the whole. */
export function sanitizeName(text: string): string {
  if (text === '.' || text === '..') return text.replaceAll('.', '_');
  return shorten(text.replace(/[/%]/g, '_'), maxNameBytes, text);
}

function shorten(clean: string, maxBytes: number, original: string): string {
  const bytes = encoder.encode(clean);
  if (bytes.length <= maxBytes) return clean;
  let end = maxBytes - 9;
  // A character that the cut would split goes as a whole.
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end--;
  return `${decoder.decode(bytes.subarray(0, end))}-${fnv32aHex(original)}`;
}

/** What is wrong with `name` as the name of an object, in the words of Kubernetes; empty when nothing is. Of any length, as in Tilt. */
export function nameProblems(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  const problems: string[] = [];
  if (name.includes('/')) problems.push(`may not contain '/'`);
  if (name.includes('%')) problems.push(`may not contain '%'`);
  return problems;
}
