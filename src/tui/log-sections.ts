// Where a build or a run begins in the log. Its first line is painted as a mark over the whole pane, so that the eye finds
// it, and the keys for sections go there.
import type { LogLine } from '../api/client.ts';

/** True for the line that opens a build or a run of a server. */
export function isSectionHead(line: LogLine): boolean {
  if (line.buildEvent === 'init') return line.text !== '';
  return line.isSpanStart === true && /^(?:localserve|pod|container|compose):/.test(line.spanId);
}

/** The empty line that streams put before a build; the pane has the mark instead. */
export function isBlankHead(line: LogLine): boolean {
  return line.buildEvent === 'init' && line.text === '';
}
