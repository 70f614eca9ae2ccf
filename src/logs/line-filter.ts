// Which lines a reader wants (reference 5.2, "Filters"): build event lines pass source and level, not the resource.
import stripAnsi from 'strip-ansi';
import type { LogFilter, LogLine } from '../api/client.ts';
import { type Block, flag } from './block.ts';
import type { BlockEntry } from './block-list.ts';
import { mayRecordSayError, maySayError, saysError } from './error-lines.ts';
import { levelNumber, type Span } from './span-table.ts';
import { makeTextMatcher, mayHold, type TextMatcher } from './text-match.ts';

/** What is asked of spans; a thread of a search has no more. */
export interface SpanNames {
  get(index: number): Pick<Span, 'resource' | 'source'>;
}

export class LineFilter {
  #spans: SpanNames;
  #resources: ReadonlySet<string> | undefined;
  #source: 'build' | 'runtime' | undefined;
  #minLevel: number;
  /** Lines of that level and above pass as well where they say an error. */
  #wordLevel: number;
  #sinceMs: number;
  #words: readonly { readonly matcher: TextMatcher; readonly isInverse: boolean }[];
  /** By span index: 1 wanted, 2 only its build events, 3 not at all; 0 not looked at yet. */
  #answers: number[] = [];

  constructor(spans: SpanNames, filter: LogFilter) {
    this.#spans = spans;
    this.#resources = filter.resources && filter.resources.length > 0 ? new Set(filter.resources) : undefined;
    this.#source = filter.source;
    this.#minLevel = filter.minLevel ? levelNumber[filter.minLevel] : 0;
    const hasErrorWords = filter.withErrorWords === true && this.#minLevel > levelNumber.info;
    this.#wordLevel = hasErrorWords ? levelNumber.info : Number.POSITIVE_INFINITY;
    this.#sinceMs = filter.sinceMs ?? Number.NEGATIVE_INFINITY;
    this.#words = (filter.words ?? []).map(word => ({
      matcher: makeTextMatcher(word),
      isInverse: word.isInverse === true,
    }));
  }

  /** Whether any line of the block may pass. */
  mayPass(entry: BlockEntry): boolean {
    if (entry.maxTimeMs < this.#sinceMs) return false;
    if (entry.maxLevel < Math.min(this.#minLevel, this.#wordLevel) && !entry.hasEvents) return false;
    if (!this.#resources && !this.#source) return true;
    for (const span of entry.spans) if (this.wantsSpan(span)) return true;
    return false;
  }

  wantsSpan(span: number): boolean {
    return this.#answer(span) !== 3;
  }

  /** Whether the line that begins with this record passes, as far as `passesText` lets it. */
  passes(block: Block, record: number): boolean {
    const answer = this.#answer(block.spans[record]!);
    if (answer === 3 || block.timeMs(record) < this.#sinceMs) return false;
    const level = block.flags[record]! & 7;
    if (answer === 1 && level >= this.#minLevel) return true;
    if (answer === 1 && level >= this.#wordLevel && mayRecordSayError(block, record)) return true;
    return block.fields.size > 0 && block.fields.get(record)?.buildEvent !== undefined;
  }

  /** True when lines are wanted by what they say. */
  get hasWords(): boolean {
    return this.#words.length > 0 || this.#wordLevel < Number.POSITIVE_INFINITY;
  }

  /** True when any line may take long. */
  get isRisky(): boolean {
    return this.#words.some(({ matcher }) => matcher.risky);
  }

  /** Whether a line in pieces that passes is wanted still, now that its text is known. */
  passesWhole(block: Block, record: number, text: string): boolean {
    const isByWords = (block.flags[record]! & 7) < this.#minLevel && block.fields.get(record)?.buildEvent === undefined;
    return !isByWords || saysError(text);
  }

  /** Whether a line that passes says what is wanted; its text may have colours. */
  passesText({ text, level, buildEvent }: Pick<LogLine, 'text' | 'level' | 'buildEvent'>): boolean {
    const isByWords = levelNumber[level] < this.#minLevel && buildEvent === undefined;
    if (isByWords && !saysError(text)) return false;
    if (this.#words.length === 0) return true;
    const plain = stripAnsi(text);
    return this.#words.every(({ matcher, isInverse }) => matcher.test(plain) !== isInverse);
  }

  /** Whether a block with this text may have lines that say what is wanted. */
  mayHoldText(entry: BlockEntry, text: Buffer): boolean {
    if (entry.hasPieces) return true;
    if (entry.maxLevel < this.#minLevel && !entry.hasEvents && !maySayError(text)) return false;
    return this.#words.every(({ matcher, isInverse }) => isInverse || mayHold(text, matcher));
  }

  /** Whether a record is worth looking at as the beginning of a line. */
  static beginsLine(block: Block, record: number): boolean {
    return (block.flags[record]! & flag.continues) === 0;
  }

  #answer(index: number): number {
    const known = this.#answers[index];
    if (known) return known;
    const span = this.#spans.get(index);
    let answer = this.#source && span.source !== this.#source ? 2 : 1;
    if (this.#resources && !this.#resources.has(span.resource)) answer = 3;
    this.#answers[index] = answer;
    return answer;
  }
}
