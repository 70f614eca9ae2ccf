// Pumps a cursor into an output with one write in flight: a slow reader slows the pump and nothing else, and memory
// holds one batch. A reader that went away ends it quietly.
// Does not: open the cursor, know the format, or touch the process.

import type { LogCursor } from '../api/client.ts';
import { isCanceled, makeDeferred, onAbort } from '../base/abort.ts';
import type { LineFormatter } from './stream-format.ts';

export interface PrintOptions {
  readonly cursor: LogCursor;
  readonly formatter: LineFormatter;
  /** Writes a text and calls `done` when the next may come, with the error if the text could not be written. */
  readonly write: (text: string, done: (error?: Error | null) => void) => void;
  /** True: go on waiting for more until the signal aborts; then what is there is printed to the end. False: stop at the end. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** 'done' when everything was printed; 'closed' when the output takes no more: its reader went away, its disk is full. */
export type PrintResult = 'done' | 'closed';

/** Lines asked for at a time. */
const batchLines = 2000;

/** Prints until the end. Rejects with an error of the output that is neither. */
export async function printLogs(options: PrintOptions): Promise<PrintResult> {
  const { cursor, formatter, follow, signal } = options;
  let wake = makeDeferred<void>();
  const more = cursor.onMore(() => wake.resolve());
  const stop = onAbort(signal, () => wake.resolve());
  try {
    for (;;) {
      // Asked before reading: what comes while we read wakes us again.
      const isLast = !follow || signal.aborted;
      const lines = await cursor.next(batchLines);
      const text = formatter.format(lines);
      if (text !== '') await write(options, text);
      if (lines.length > 0) continue;
      if (isLast) break;
      await wake.promise;
      wake = makeDeferred<void>();
      if (signal.aborted) wake.resolve();
    }
    const rest = formatter.end();
    if (rest !== '') await write(options, rest);
    return 'done';
  } catch (error) {
    if (isGone(error)) return 'closed';
    if (isCanceled(error)) return 'done';
    throw error;
  } finally {
    more.dispose();
    stop.dispose();
  }
}

function write(options: PrintOptions, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    options.write(text, error => (error ? reject(error) : resolve()));
  });
}

const takesNoMore = new Set([
  'EPIPE',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'EIO',
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
]);

function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  return takesNoMore.has(code);
}
