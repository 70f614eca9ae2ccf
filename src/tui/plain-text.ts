// What a line says, for copying, saving and reading its JSON.
import stripAnsi from 'strip-ansi';
import type { LogLine } from '../api/client.ts';

/** A line as it was meant: without colours and other sequences, tabs kept; of what was written over itself the last. */
export function plainText({ text }: LogLine): string {
  const stripped = stripAnsi(text).replace(/\r+$/, '');
  return stripped.slice(stripped.lastIndexOf('\r') + 1).replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '');
}
