// What lines must say, as the log's queries have it: JSON objects with the fields of LogText and LogWord.
import type { LogText, LogWord } from '../../api/client.ts';

/** The query cannot be understood; the text says which part. */
export class LogQueryError extends Error {
  override name = 'LogQueryError';
}

/** A word of the filter. Throws LogQueryError, also for an expression that cannot be read. */
export function readWord(text: string): LogWord {
  const word = parseObject('word', text);
  if (!isText(word)) throw new LogQueryError('word: want {"pattern": "..."}');
  const { pattern, isRegex, isCaseSensitive, isInverse } = word as LogWord;
  if (isRegex) {
    try {
      new RegExp(pattern, 'u');
    } catch (error) {
      throw new LogQueryError(`word: ${(error as Error).message}`);
    }
  }
  return {
    pattern,
    isRegex: isRegex === true,
    isCaseSensitive: isCaseSensitive === true,
    isInverse: isInverse === true,
  };
}

export function isText(value: unknown): value is LogText {
  return typeof value === 'object' && value !== null && typeof (value as LogText).pattern === 'string';
}

export function parseObject(name: string, text: string): object {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below.
  }
  throw new LogQueryError(`${name}: got ${JSON.stringify(text)}, want a JSON object`);
}
