// Where in a line the text stands that is searched for, for marking it.
import type { LogText } from '../api/client.ts';
import { LimitedRegex, SlowExpressionError } from '../base/limited-regex.ts';

/** From (inclusive) and to (exclusive), in UTF-16 units of the text without colours. */
export type Range = readonly [from: number, to: number];

/** More marks than that in one line tell nobody more. */
const maxRanges = 200;
const maxTestedLength = 10_000;
/** Lines of one frame that may take too long: nobody waits for marks. */
const maxSlowLines = 2;

/** Finds all places of a text in a line. An expression that cannot be read, or takes too long, finds nothing. */
export function makeRangeFinder({ pattern, isRegex, isCaseSensitive }: LogText): (text: string) => readonly Range[] {
  if (pattern === '') return () => [];
  let regex: LimitedRegex | undefined;
  try {
    const source = isRegex ? pattern : pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    regex = new LimitedRegex(new RegExp(source, isCaseSensitive ? 'gu' : 'giu'), maxSlowLines);
  } catch {
    return () => [];
  }
  return text => {
    const ranges: Range[] = [];
    try {
      regex?.each(text.slice(0, maxTestedLength), (from, to) => {
        if (to > from) ranges.push([from, to]);
        return ranges.length < maxRanges;
      });
    } catch (error) {
      if (!(error instanceof SlowExpressionError)) throw error;
      regex = undefined;
    }
    return ranges;
  };
}
