// A part of the log that is marked for copying: from a place to a place, both in lines as they were logged. What is copied
// has no borders, no times and names before it, and no breaks where the pane wrapped a line.
import { eachCell } from '../base/text-width.ts';
import type { LineCache } from './log-rows.ts';
import type { LogWindow } from './log-window.ts';
import { plainText } from './plain-text.ts';

/** A place in a line: a column of its text as it is shown. Infinity is its end. */
export interface LogMark {
  readonly id: number;
  readonly column: number;
}

export interface LogSelection {
  readonly anchor: LogMark;
  /** The end that moves. */
  readonly head: LogMark;
  /** Whole lines, whatever the columns say. */
  readonly isLines: boolean;
}

export interface SelectedRange {
  readonly from: LogMark;
  /** Exclusive. */
  readonly to: LogMark;
}

/** The two ends in the order of the log. */
export function selectedRange({ anchor, head, isLines }: LogSelection): SelectedRange {
  const isForward = anchor.id < head.id || (anchor.id === head.id && anchor.column <= head.column);
  const [first, last] = isForward ? [anchor, head] : [head, anchor];
  if (!isLines) return { from: first, to: { ...last, column: last.column + 1 } };
  return { from: { id: first.id, column: 0 }, to: { id: last.id, column: Number.POSITIVE_INFINITY } };
}

/** The columns of a line that are selected; undefined for none. */
export function selectedColumns(range: SelectedRange, id: number): readonly [from: number, to: number] | undefined {
  if (id < range.from.id || id > range.to.id) return undefined;
  const from = id === range.from.id ? range.from.column : 0;
  const to = id === range.to.id ? range.to.column : Number.POSITIVE_INFINITY;
  return from < to ? [from, to] : undefined;
}

/** What is copied, and how many lines it is. */
export function selectedText(
  selection: LogSelection,
  { window, cache }: { readonly window: LogWindow; readonly cache: LineCache },
): { readonly text: string; readonly lines: number } {
  const range = selectedRange(selection);
  const lines: string[] = [];
  for (let i = window.indexOf(range.from.id); i < window.length; i++) {
    const line = window.lines[i]!;
    if (line.id > range.to.id) break;
    const [from, to] = selectedColumns(range, line.id) ?? [0, 0];
    const isWhole = from === 0 && to === Number.POSITIVE_INFINITY;
    lines.push(isWhole ? plainText(line) : columnsOf(cache.styled(line).text, from, to));
  }
  return { text: lines.join('\n'), lines: lines.length };
}

/** Characters that end a word: blanks, quotes, brackets, commas. Paths and addresses are words. */
const wordEnd = /[\s"'`()<>[\]{},;|]/;

/** The word at a place, as the marks of its first and last cell; undefined between words. */
export function wordAround(
  text: string,
  mark: LogMark,
): { readonly anchor: LogMark; readonly head: LogMark } | undefined {
  let [from, last, isAround] = [-1, -1, false];
  let column = 0;
  eachCell(text, (cell, width) => {
    if (wordEnd.test(cell)) {
      if (isAround) return false;
      from = -1;
    } else {
      if (from < 0) from = column;
      last = column;
      isAround ||= mark.column >= column && mark.column < column + width;
    }
    column += width;
    return true;
  });
  if (!isAround) return undefined;
  return { anchor: { id: mark.id, column: from }, head: { id: mark.id, column: last } };
}

function columnsOf(text: string, from: number, to: number): string {
  let column = 0;
  let kept = '';
  eachCell(text, (cell, width) => {
    if (column >= from && column < to) kept += cell;
    column += width;
    return column < to;
  });
  return kept;
}
