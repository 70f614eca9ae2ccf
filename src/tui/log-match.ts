// Where in a line the text stands that is searched for, for marking it; and which lines tell of an error.
import stripAnsi from 'strip-ansi';
import type { LogLine, LogText } from '../api/client.ts';
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

/**
 * Words by which programs tell of trouble in their own output, which has no level: `ERROR`, `panic:`, a traceback, a
 * level of JSON or logfmt. In lower case only where a colon follows, so that `0 errors` is none. The command that is
 * announced before it runs tells of none.
 */
export const errorPattern =
  '^(?!Running cmd: )(?:Traceback \\(|.*?(?:\\b(?:ERROR|FATAL|PANIC|CRITICAL)\\b|\\b(?:[Ee]rror|panic|[Ff]atal(?: error)?|[A-Z]\\w*(?:Error|Exception)): |"(?:level|severity)": ?"(?:error|fatal|panic|critical)"|\\blevel=(?:error|fatal|panic|critical)\\b))';

const errorWords = new RegExp(errorPattern, 'u');
/** A part of every one of those words: most lines have none, and this is seven times as fast. */
const errorHint = /rror|RROR|FATAL|PANIC|CRITICAL|panic|atal|xception|critical|Traceback/;

/** True for a line that tells of an error, by its level or by what it says. */
export function isErrorLine(line: LogLine): boolean {
  if (line.level === 'error') return true;
  const text = line.text.length > 2000 ? line.text.slice(0, 2000) : line.text;
  if (!errorHint.test(text)) return false;
  // A colour before a word would be a part of it.
  return errorWords.test(text.includes('\x1b') ? stripAnsi(text) : text);
}
