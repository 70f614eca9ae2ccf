// How many lines pass the log's filter, as far as the window tells: marks of builds and empty lines, which pass every
// filter, are no lines that anybody looks for.
import type { LogLine } from '../api/client.ts';
import { isSectionHead } from './log-sections.ts';
import type { LogState } from './log-state.ts';
import type { LogWindow } from './log-window.ts';

export interface LineCount {
  readonly lines: number;
  /** The log has lines that the window does not hold. */
  readonly isMore: boolean;
}

const counted = new WeakMap<LogWindow, { readonly version: number; readonly lines: number }>();

/** Undefined while the lines are read. */
export function countLines({ window, isLoading }: LogState): LineCount | undefined {
  if (isLoading) return undefined;
  const known = counted.get(window);
  const lines = known?.version === window.version ? known.lines : window.lines.filter(isLine).length;
  if (known?.version !== window.version) counted.set(window, { version: window.version, lines });
  return { lines, isMore: window.hasEarlier || window.hasLater };
}

function isLine(line: LogLine): boolean {
  return line.text !== '' && !isSectionHead(line);
}

/** `1 line`, `12 lines`, `400+ lines`, `no line`. */
export function countWords({ lines, isMore }: LineCount): string {
  if (lines === 0) return isMore ? '' : 'no line';
  return `${lines}${isMore ? '+' : ''} ${lines === 1 && !isMore ? 'line' : 'lines'}`;
}
