// Looks through one block, record by record where a record has to be looked at by itself; in the threads of a search too.
// Lines in pieces are not looked at: who scans puts them together.
// Does not: read blocks, wait, or know where lines in pieces go on.
import { textLimitMs } from '../base/limited-regex.ts';
import { TimeLimitError, withTimeLimit } from '../base/time-limit.ts';
import { type Block, flag } from './block.ts';
import type { BlockEntry } from './block-list.ts';
import { isWholeLine, literalRecords, mayHold, plainBytes, recordText, type TextMatcher } from './text-match.ts';

/** Records between two looks at the clock. */
const recordsPerLook = 32;

export interface WantedLines {
  readonly matcher: TextMatcher;
  /** Lines of that level and above are wanted whatever they say. */
  readonly orLevel: number | undefined;
  /** Whether the line that begins with a record passes. */
  readonly filter: {
    passes(block: Block, record: number): boolean;
    /** For lines in pieces, when they are put together. */
    passesWhole(block: Block, record: number, text: string): boolean;
  };
}

/** What is known of a block before it is read. */
export type BlockSummary = Pick<BlockEntry, 'count' | 'hasPieces' | 'maxLevel'>;

/** A line may be in pieces over several blocks; those are put together before they are looked through. */
export function isWorthLooking(summary: BlockSummary, text: Buffer, wanted: WantedLines): boolean {
  return hasOthers(summary, wanted) || mayHold(text, wanted.matcher);
}

function hasOthers({ hasPieces, maxLevel }: BlockSummary, { orLevel }: WantedLines): boolean {
  return hasPieces || (orLevel !== undefined && maxLevel >= orLevel);
}

export class BlockScan {
  /** Records that begin lines that are wanted, rising. */
  readonly found: number[] = [];
  /** The record that is looked at next. */
  at = 0;
  /** It begins a line in pieces, which are to be put together first. */
  isPiece = false;
  readonly #block: Block;
  readonly #count: number;
  readonly #wanted: WantedLines;
  readonly #says: (record: number) => boolean;
  /** What lines say was found out for all of them at once. */
  readonly #isLiteral: boolean;

  constructor(block: Block, summary: BlockSummary, wanted: WantedLines) {
    const { count } = summary;
    const { matcher, filter } = wanted;
    this.#block = block;
    this.#count = count;
    this.#wanted = wanted;
    const hits = matcher.literal && literalRecords(block, count, matcher);
    this.#isLiteral = hits !== undefined;
    if (hits && !hasOthers(summary, wanted)) {
      this.found = hits.filter(record => filter.passes(block, record));
      this.at = count;
    }
    const holds = hits && new Set(hits);
    const plain = hits ? undefined : plainBytes(block, count);
    this.#says = record => (holds ? holds.has(record) : matcher.test(recordText(plain!, record)));
  }

  get isDone(): boolean {
    return this.at >= this.#count;
  }

  /** Looks on, up to a line in pieces or to the end of the slice. A line that takes too long is passed over. */
  goOn(slice: { readonly isOver: boolean }): void {
    const { risky } = this.#wanted.matcher;
    this.isPiece = false;
    if (!risky) {
      this.#goOn(slice);
      return;
    }
    try {
      withTimeLimit(textLimitMs, () => this.#goOn(slice));
    } catch (error) {
      if (!(error instanceof TimeLimitError)) throw error;
      if (!error.wasBusy) return;
      this.at++;
      risky.countSlow();
    }
  }

  /** Goes on behind a line in pieces. */
  takePiece(isWanted: boolean): void {
    if (isWanted) this.found.push(this.at);
    this.at++;
  }

  #goOn(slice: { readonly isOver: boolean }): void {
    const { matcher, orLevel, filter } = this.#wanted;
    const { flags: allFlags } = this.#block;
    const perLook = matcher.risky ? 1 : recordsPerLook;
    while (this.at < this.#count) {
      const record = this.at;
      const flags = allFlags[record]!;
      const isWhole = isWholeLine(flags);
      const isLoud = orLevel !== undefined && (flags & 7) >= orLevel && (flags & flag.anchor) !== 0;
      const mayBeWanted = !isWhole || isLoud || !this.#isLiteral || this.#says(record);
      if (mayBeWanted && (flags & flag.continues) === 0 && filter.passes(this.#block, record)) {
        if (!isLoud && !isWhole) {
          this.isPiece = true;
          return;
        }
        if (isLoud || this.#isLiteral || this.#says(record)) this.found.push(record);
      }
      this.at++;
      if (record % perLook === 0 && slice.isOver) return;
    }
  }
}
