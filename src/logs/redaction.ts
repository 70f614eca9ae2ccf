// Secrets in bytes: what to look for, where it stands, and what to put there (reference 2.8, "Secret scrubbing").
// Does not: keep or write anything.
import type { RecordEdit } from './block.ts';
import type { Secret } from './port.ts';

/** Shorter values are not redacted, in neither form. */
const minValueBytes = 5;

export interface Needle {
  readonly bytes: Buffer;
  readonly replacement: Buffer;
}

export interface Match {
  readonly start: number;
  readonly end: number;
  readonly replacement: Buffer;
}

/** The plain value, the value without blanks around it, and its base64 form. */
export function needlesOf(secret: Secret): Needle[] {
  const plain = Buffer.from(secret.value as string);
  if (plain.length < minValueBytes) return [];
  const replacement = Buffer.from(`[redacted secret ${secret.name}:${secret.key}]`);
  const trimmed = Buffer.from(plain.toString('latin1').trim(), 'latin1');
  const forms = [plain, Buffer.from(plain.toString('base64'))];
  if (trimmed.length >= minValueBytes && trimmed.length < plain.length) {
    forms.push(trimmed, Buffer.from(trimmed.toString('base64')));
  }
  return forms.map(bytes => ({ bytes, replacement }));
}

/** A growing set of needles, the longest first, so that a value inside another does not cut it. */
export class NeedleSet {
  #needles: Needle[] = [];
  #known = new Set<string>();
  /** Bytes of the longest needle. */
  longest = 0;
  /** Some needle has a newline before its end, so that it may cover several lines. */
  hasMultiline = false;

  get isEmpty(): boolean {
    return this.#needles.length === 0;
  }

  /** Adds what is new and returns it. */
  add(secrets: readonly Secret[]): Needle[] {
    const added: Needle[] = [];
    for (const needle of secrets.flatMap(needlesOf)) {
      const key = needle.bytes.toString('latin1');
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      added.push(needle);
      this.longest = Math.max(this.longest, needle.bytes.length);
      if (needle.bytes.includes(10)) this.hasMultiline = true;
    }
    this.#needles = [...this.#needles, ...added].sort((a, b) => b.bytes.length - a.bytes.length);
    return added;
  }

  /** Where needles stand in `bytes`, by place, without overlap. */
  find(bytes: Buffer): Match[] {
    return findNeedles(bytes, this.#needles);
  }

  /** `bytes` with every needle replaced; the same object when there is none. */
  redact(bytes: Buffer): Buffer {
    const matches = this.find(bytes);
    if (matches.length === 0) return bytes;
    const parts: Uint8Array[] = [];
    let at = 0;
    for (const match of matches) {
      parts.push(bytes.subarray(at, match.start), match.replacement);
      at = match.end;
    }
    parts.push(bytes.subarray(at));
    return Buffer.concat(parts);
  }
}

function findNeedles(bytes: Buffer, needles: readonly Needle[]): Match[] {
  const matches: Match[] = [];
  for (const { bytes: needle, replacement } of needles) {
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.length)) {
      matches.push({ start: at, end: at + needle.length, replacement });
    }
  }
  if (needles.length > 1 && matches.length > 1) return withoutOverlap(matches);
  return matches;
}

/** By place; of two that overlap the longer stays. */
function withoutOverlap(matches: Match[]): Match[] {
  const kept: Match[] = [];
  for (const match of matches.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || last.end <= match.start) kept.push(match);
    else if (match.end - match.start > last.end - last.start) kept[kept.length - 1] = match;
  }
  return kept;
}

/** One record's bytes as a part of a joined text. */
export interface Piece {
  readonly record: number;
  readonly length: number;
  /** Ends with a newline, which stays even if the secret covers it: segments keep their ends. */
  readonly isComplete: boolean;
}

/** What matches in the joined text of `pieces` mean for each piece; undefined for pieces that stay. */
export function editsOfPieces<P extends Piece>(pieces: readonly P[], matches: readonly Match[]): Map<P, RecordEdit[]> {
  const edits = new Map<P, RecordEdit[]>();
  let offset = 0;
  let first = 0;
  for (const piece of pieces) {
    const end = offset + piece.length;
    while (first < matches.length && matches[first]!.end <= offset) first++;
    for (let i = first; i < matches.length && matches[i]!.start < end; i++) {
      const match = matches[i]!;
      const from = Math.max(match.start, offset) - offset;
      let to = Math.min(match.end, end) - offset;
      if (to === piece.length && piece.isComplete) to--;
      // The first piece of a match carries the words, the others lose their part.
      const replacement = match.start >= offset ? match.replacement : new Uint8Array();
      if (to < from || (to === from && replacement.length === 0)) continue;
      const list = edits.get(piece) ?? [];
      list.push({ record: piece.record, start: from, end: to, replacement });
      edits.set(piece, list);
    }
    offset = end;
  }
  return edits;
}
