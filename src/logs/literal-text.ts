// A text that is looked for as it is, in the bytes of a log: first the two rarest of its bytes, then all of it. Where colours
// stand within the text is asked at each escape sequence.
// Does not: know lines or blocks.

import { type BytePair, eachPair } from './byte-pairs.ts';
import { escapeByte, sequence, skipSequences } from './escape-sequences.ts';

export interface LiteralText {
  /** The bytes, letters in lower case unless case counts. */
  readonly bytes: Buffer;
  readonly isCaseSensitive: boolean;
  /** Stands in every hit, `offset` bytes behind its beginning. */
  readonly pair: BytePair;
  readonly offset: number;
  /** Finds the text in bytes read as Latin-1, with escape sequences between the letters or without. */
  readonly coloured: RegExp;
  /** By byte: the bytes that come behind it somewhere in the text; undefined for none. */
  readonly followers: readonly (ReadonlySet<number> | undefined)[];
}

/** For a pattern that is not empty; where case does not count, of ASCII. */
export function literalText(pattern: string, isCaseSensitive: boolean): LiteralText {
  const bytes = Buffer.from(isCaseSensitive ? pattern : pattern.toLowerCase());
  const letters = [...bytes.toString('latin1')].map(letter => {
    if (!isCaseSensitive && /[a-z]/.test(letter)) return `[${letter}${letter.toUpperCase()}]`;
    return letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
  const cases = [...bytes].map(byte => casesOf(byte, isCaseSensitive));
  return {
    bytes,
    isCaseSensitive,
    ...rarestPair(bytes, cases),
    coloured: new RegExp(letters.join(`(?:${sequence})*`)),
    followers: followersOf(cases),
  };
}

/** What logs are made of, the commonest first. */
const commonBytes = Buffer.from(' e0t1ao2n3i4r5s6=-:7l8d9cu."/m,pgh_fTy[]');

function rarestPair(bytes: Buffer, cases: readonly (readonly number[])[]): { pair: BytePair; offset: number } {
  const rarity = [...bytes].map(byte => {
    const at = commonBytes.indexOf(byte);
    return at < 0 ? commonBytes.length : at;
  });
  const byRarity = [...rarity.keys()].sort((a, b) => rarity[b]! - rarity[a]!);
  const [one, other = one!] = byRarity;
  const offset = Math.min(one!, other);
  const gap = Math.max(one!, other) - offset;
  const [first, firstOther] = cases[offset]!;
  const [second, secondOther] = cases[offset + gap]!;
  return {
    pair: {
      first: first!,
      firstOther: firstOther ?? first!,
      second: second!,
      secondOther: secondOther ?? second!,
      gap,
    },
    offset,
  };
}

function followersOf(cases: readonly (readonly number[])[]): (Set<number> | undefined)[] {
  const followers: (Set<number> | undefined)[] = new Array(256).fill(undefined);
  for (const [i, next] of cases.slice(1).entries()) {
    for (const byte of cases[i]!) followers[byte] = new Set([...(followers[byte] ?? []), ...next]);
  }
  return followers;
}

function casesOf(byte: number, isCaseSensitive: boolean): number[] {
  return !isCaseSensitive && byte >= 97 && byte <= 122 ? [byte, byte - 32] : [byte];
}

/** Gets a hit, from its first byte to behind its last; answers where to look on. */
export type TakeHit = (from: number, to: number) => number;

/** Calls back for all places where the text stands as it is, rising. */
export function eachHit(bytes: Buffer, literal: LiteralText, take: TakeHit): void {
  const { pair, offset } = literal;
  const { length } = literal.bytes;
  eachPair(bytes, pair, at => {
    const from = at - offset;
    return standsAt(bytes, from, literal) ? Math.max(at + 1, take(from, from + length) + offset) : at + 1;
  });
}

function standsAt(bytes: Buffer, from: number, { bytes: wanted, isCaseSensitive }: LiteralText): boolean {
  if (from < 0 || from + wanted.length > bytes.length) return false;
  for (let i = 0; i < wanted.length; i++) {
    const byte = bytes[from + i]!;
    const folded = !isCaseSensitive && byte >= 65 && byte <= 90 ? byte + 32 : byte;
    if (folded !== wanted[i]) return false;
  }
  return true;
}

/**
 * Calls back for all escape sequences that may stand within the text, rising: what is before and behind them follows each
 * other in the text. `take` gets the place of the first sequence and that behind the last, and says where to look on.
 */
export function eachColouredPlace(bytes: Buffer, { followers }: LiteralText, take: TakeHit): void {
  for (let at = bytes.indexOf(escapeByte, 1); at > 0 && at < bytes.length; ) {
    const next = followers[bytes[at - 1]!];
    let on = at + 1;
    if (next) {
      const to = skipSequences(bytes, at);
      if (to < bytes.length && next.has(bytes[to]!)) on = take(at, to);
    }
    at = bytes.indexOf(escapeByte, on);
  }
}
