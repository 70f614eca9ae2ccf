// Which lines tell of an error: by their level, or by what they say. The screen's marks, its counts, its keys and the filter
// by level all mean these.
// Does not: know warnings by words, or filters.
import stripAnsi from 'strip-ansi';
import type { LogLine } from '../api/client.ts';
import { type Block, flag } from './block.ts';
import { decodeLine } from './line-assembly.ts';

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

/** Longer lines are looked at up to here. */
const maxLookedAt = 2000;

/** True for a line that tells of an error, by its level or by what it says. */
export function isErrorLine({ level, text }: Pick<LogLine, 'level' | 'text'>): boolean {
  return level === 'error' || saysError(text);
}

/** True for a text, colours and all, that tells of an error. */
export function saysError(whole: string): boolean {
  const text = whole.length > maxLookedAt ? whole.slice(0, maxLookedAt) : whole;
  if (!errorHint.test(text)) return false;
  // A colour before a word would be a part of it.
  return errorWords.test(text.includes('\x1b') ? stripAnsi(text) : text);
}

/** Lines that say errors, of blocks that were looked at; a block that grows is looked at behind its old end. */
const known = new WeakMap<Block, { text: Buffer; endRecord: number; readonly records: Set<number> }>();

/**
 * Whether the line of a record says an error. One that goes on in another record may: what it says is known when it is put together.
 */
export function mayRecordSayError(block: Block, record: number): boolean {
  if ((block.flags[record]! & flag.complete) === 0) return true;
  let state = known.get(block);
  // Its text is another one after secrets were taken out of it.
  if (!state || state.text !== block.text) {
    state = { text: block.text, endRecord: 0, records: new Set() };
    known.set(block, state);
  }
  if (state.endRecord < block.count) {
    for (const hit of hintedRecords(block, state.endRecord))
      if (saysError(decodeLine([block.bytes(hit)]))) state.records.add(hit);
    state.endRecord = block.count;
  }
  return state.records.has(record);
}

/** Records from one on that have a part of such a word. */
function* hintedRecords(block: Block, from: number): Generator<number> {
  const start = block.start(from);
  const text = block.text.toString('latin1', start, block.textBytes);
  const hint = new RegExp(errorHint, 'g');
  for (let found = hint.exec(text); found; found = hint.exec(text)) {
    const record = block.recordAt(start + found.index);
    yield record;
    hint.lastIndex = block.ends[record]! - start;
  }
}

/** Whether a block with this text may have lines that say errors. */
export function maySayError(text: Buffer): boolean {
  return errorHint.test(text.toString('latin1'));
}
