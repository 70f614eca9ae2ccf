// Regular expressions that people type, tried on texts that programs write: some take seconds for one line, or for ever.
// Such a line is passed over; after some of them the expression is given up, and says so.
import { hasTimeLimit, TimeLimitError, withTimeLimit } from './time-limit.ts';

/** What one text may take: less than anybody feels, a thousand times what a line needs. */
export const textLimitMs = 5;
/** So many texts that took too long are enough. */
const usualSlowTexts = 8;
/** On a machine that is so busy with others a line is not found. */
const maxTries = 10;
/** Steps that take a millisecond or two. */
const harmlessSteps = 1e6;

/** An expression takes too long. The message is one for people. */
export class SlowExpressionError extends Error {
  override readonly name = 'SlowExpressionError';
}

export class LimitedRegex {
  readonly #regex: RegExp;
  readonly #power: number;
  readonly #maxSlowTexts: number;
  #slowTexts = 0;

  /** `maxSlowTexts`: fewer where nothing else has its turn between them. */
  constructor(regex: RegExp, maxSlowTexts = usualSlowTexts) {
    this.#regex = regex;
    this.#maxSlowTexts = maxSlowTexts;
    this.#power = powerOf(regex.source);
  }

  /** True for one that may take long for any text: many of them are better tried within one `withTimeLimit`. */
  get isRisky(): boolean {
    return this.#power === Number.POSITIVE_INFINITY;
  }

  /** False as well for a text that takes too long. Throws a SlowExpressionError when there were too many of those. */
  test(text: string): boolean {
    let isFound = false;
    for (let tries = 0; tries < maxTries; tries++) {
      const isDone = this.#try(text, () => {
        isFound = this.#regex.test(text);
      });
      if (isDone) break;
    }
    return isFound;
  }

  /** Calls back for each match, with where it begins and ends, until that says it is enough. The expression must be global. */
  each(text: string, take: (from: number, to: number) => boolean): void {
    this.#try(text, () => {
      for (const match of text.matchAll(this.#regex)) if (!take(match.index, match.index + match[0].length)) return;
    });
  }

  /** Counts a text that took too long within a limit that somebody else has set. */
  countSlow(): void {
    this.#slowTexts++;
    if (this.#slowTexts >= this.#maxSlowTexts)
      throw new SlowExpressionError(
        `this expression takes more than ${textLimitMs} ms for a line: repeat less within what is repeated`,
      );
  }

  /** False when the time went to somebody else: it is worth another try. */
  #try(text: string, work: () => void): boolean {
    if (hasTimeLimit() || text.length ** this.#power < harmlessSteps) {
      work();
      return true;
    }
    try {
      withTimeLimit(textLimitMs, work);
    } catch (error) {
      if (!(error instanceof TimeLimitError)) throw error;
      if (!error.wasBusy) return false;
      this.countSlow();
    }
    return true;
  }
}

/**
 * The steps that a text may take are its length to this power, at worst: one for where a match begins, one for each part
 * that may be repeated. Infinite where repetitions stand in each other, or where what was found before is asked for.
 */
export function powerOf(source: string): number {
  const plain = source
    .replace(/\\[1-9k]/g, '\0')
    .replace(/\\./g, 'x')
    .replace(/\[[^\]]*\]/g, 'x');
  if (plain.includes('\0')) return Number.POSITIVE_INFINITY;
  const open: number[] = [];
  let repetitions = 0;
  for (let at = 0; at < plain.length; at++) {
    const char = plain[at]!;
    if (char === '(') open.push(repetitions);
    else if (char === ')') {
      const before = open.pop() ?? 0;
      const isRepeated = /^(?:[*+]|\{\d+,?\d*\})/.test(plain.slice(at + 1, at + 12));
      const inside = plain.slice(plain.lastIndexOf('(', at), at);
      if (isRepeated && (repetitions > before || /[|?]/.test(inside.slice(2)))) return Number.POSITIVE_INFINITY;
    } else if (char === '*' || char === '+' || (char === '{' && /^\{\d+,/.test(plain.slice(at, at + 8)))) repetitions++;
  }
  return repetitions + 1;
}
