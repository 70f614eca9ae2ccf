// From lines to rows of the pane: wrapping, the columns before the text, and where the pane stands. Only lines that are
// looked at are parsed, and they are remembered.
// Does not: paint.
import type { LogLine } from '../api/client.ts';
import { parseStyledLine, type StyledLine, wrapColumns } from '../terminal/styled-line.ts';
import { jsonRows } from './json-rows.ts';
import { isSectionHead, markAbove } from './log-sections.ts';
import type { LogWindow } from './log-window.ts';
import { plainText } from './plain-text.ts';

/** How lines are laid out. */
export interface LogLook {
  /** Columns of the pane, all of it. */
  readonly width: number;
  readonly wrap: boolean;
  readonly hasTimes: boolean;
  /** Columns for the name of the resource before each line, with its gap; 0 for none. */
  readonly nameColumns: number;
  /** Columns for the mark of the pod, with its gap; 0 for none. */
  readonly podColumns: number;
  /** Lines of JSON take a row for each of their values. */
  readonly pretty: boolean;
}

/** Where the pane's first row is: a line, and which of its rows. */
export interface LogPosition {
  readonly id: number;
  readonly row: number;
}

/** One column for the mark of an error. */
export const gutterColumns = 1;
export const timeColumns = 9;
/** Longer names are cut. */
export const maxNameColumns = 18;
/** A longer line is cut on the screen; the log keeps all of it. */
const maxShownLength = 10_000;
const maxCachedLines = 3000;

/** Columns before the text. */
export function prefixColumns(look: LogLook): number {
  return gutterColumns + (look.hasTimes ? timeColumns : 0) + look.nameColumns + look.podColumns;
}

/** Columns for the text itself; at least 1. */
export function textColumns(look: LogLook): number {
  return Math.max(1, look.width - prefixColumns(look));
}

interface Parsed {
  readonly styled: StyledLine;
  /** Columns at which rows begin whatever the width. */
  readonly breaks: readonly number[];
  width: number;
  starts: readonly number[];
}

/** Parsed lines by their object: a line that grew is another object. */
export class LineCache {
  #parsed = new Map<LogLine, Parsed>();
  #pretty = new Map<LogLine, Parsed | undefined>();

  /** The line as it is shown; without a look, as it was logged. */
  styled(line: LogLine, look?: LogLook): StyledLine {
    return this.#shown(line, look).styled;
  }

  /** Columns at which the rows of a line begin, that of a mark above it among them. */
  starts(line: LogLine, look: LogLook): readonly number[] {
    if (isSectionHead(line)) return oneRow;
    const starts = this.#textStarts(line, look);
    return markAbove(line) === undefined ? starts : [0, ...starts];
  }

  #textStarts(line: LogLine, look: LogLook): readonly number[] {
    const parsed = this.#shown(line, look);
    if (!look.wrap) return parsed.breaks;
    const width = textColumns(look);
    if (parsed.width !== width) {
      parsed.width = width;
      parsed.starts =
        parsed.breaks.length === 1
          ? wrapColumns(parsed.styled, width)
          : wrapBreaks(parsed.breaks, parsed.styled, width);
    }
    return parsed.starts;
  }

  #shown(line: LogLine, look: LogLook | undefined): Parsed {
    if (!look?.pretty) return this.#get(line);
    let pretty = this.#pretty.get(line);
    if (pretty === undefined && !this.#pretty.has(line)) {
      if (this.#pretty.size >= maxCachedLines) this.#pretty.clear();
      const rows = jsonRows(plainText(line));
      pretty = rows && { styled: rows.styled, breaks: rows.starts, width: -1, starts: rows.starts };
      this.#pretty.set(line, pretty);
    }
    return pretty ?? this.#get(line);
  }

  #get(line: LogLine): Parsed {
    let parsed = this.#parsed.get(line);
    if (!parsed) {
      if (this.#parsed.size >= maxCachedLines) this.#parsed.clear();
      // What was written over does not count.
      const from = line.text.length > maxShownLength ? line.text.lastIndexOf('\r', line.text.length - 2) + 1 : 0;
      const whole = from > 0 ? line.text.slice(from) : line.text;
      const hidden = whole.length - maxShownLength;
      const text = hidden > 0 ? `${whole.slice(0, maxShownLength)}\x1b[0m [${hidden} more characters]` : whole;
      parsed = { styled: parseStyledLine(text), breaks: oneRow, width: -1, starts: oneRow };
      this.#parsed.set(line, parsed);
    }
    return parsed;
  }
}

const oneRow: readonly number[] = [0];

/** Rows that are too wide go on in more rows. */
function wrapBreaks(breaks: readonly number[], { width: total }: StyledLine, width: number): readonly number[] {
  return breaks.flatMap((start, i) => {
    const end = breaks[i + 1] ?? total;
    const starts = [start];
    for (let at = start + width; at < end; at += width) starts.push(at);
    return starts;
  });
}

/** A row that is seen: a line, and where in it the row begins. */
export interface LogRow {
  readonly line: LogLine;
  /** The first one with its text. */
  readonly isFirst: boolean;
  /** What a mark says that has this row to itself. */
  readonly mark: string | undefined;
  readonly fromColumn: number;
  /** Columns up to the next row. */
  readonly columns: number;
}

export interface LogLayout {
  readonly window: LogWindow;
  readonly cache: LineCache;
  readonly look: LogLook;
  readonly height: number;
}

/** The position at which the newest line is the last row of the pane. Undefined for an empty window. */
export function endPosition({ window, cache, look, height }: LogLayout): LogPosition | undefined {
  let rows = 0;
  for (let i = window.length - 1; i >= 0; i--) {
    const line = window.lines[i]!;
    rows += cache.starts(line, look).length;
    if (rows >= height) return { id: line.id, row: rows - height };
  }
  const first = window.lines[0];
  return first && { id: first.id, row: 0 };
}

/** `position` moved by rows (negative: up), kept between the first line and the end. */
export function moveBy(layout: LogLayout, position: LogPosition, rows: number): LogPosition {
  const { window, cache, look } = layout;
  let index = Math.min(window.indexOf(position.id), window.length - 1);
  if (index < 0) return position;
  let row = Math.min(position.row, cache.starts(window.lines[index]!, look).length - 1) + rows;
  while (row < 0 && index > 0) row += cache.starts(window.lines[--index]!, look).length;
  for (;;) {
    const count = cache.starts(window.lines[index]!, look).length;
    if (row < count || index === window.length - 1) break;
    row -= count;
    index++;
  }
  const moved = { id: window.lines[index]!.id, row: Math.max(0, row) };
  const end = endPosition(layout);
  return end && isAfter(moved, end) ? end : moved;
}

/** True when `a` lies below `b`. */
export function isAfter(a: LogPosition, b: LogPosition): boolean {
  return a.id === b.id ? a.row > b.row : a.id > b.id;
}

/** The rows from a position down, at most the pane's height. */
export function rowsFrom({ window, cache, look, height }: LogLayout, position: LogPosition | undefined): LogRow[] {
  const rows: LogRow[] = [];
  if (!position) return rows;
  const width = textColumns(look);
  let skip = position.row;
  for (let i = window.indexOf(position.id); i < window.length && rows.length < height; i++) {
    const line = window.lines[i]!;
    const starts = cache.starts(line, look);
    const mark = markAbove(line);
    const first = mark === undefined ? 0 : 1;
    for (let row = Math.min(skip, starts.length - 1); row < starts.length && rows.length < height; row++) {
      const fromColumn = starts[row]!;
      rows.push({
        line,
        isFirst: row === first,
        mark: row < first ? mark : undefined,
        fromColumn,
        columns: (starts[row + 1] ?? fromColumn + width) - fromColumn,
      });
    }
    skip = 0;
  }
  return rows;
}
