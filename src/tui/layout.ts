// Where everything is: from the size of the screen and what is in focus to rectangles. Pure.
import type { Rect } from '../terminal/rect.ts';
import type { Size } from '../terminal/terminal.ts';

export type PaneName = 'list' | 'log';

export interface LayoutInput {
  readonly size: Size;
  readonly focus: PaneName;
  /** Only the focused pane. */
  readonly isZoomed: boolean;
  /** Steps by which the border was moved; positive ones give the list more. */
  readonly split?: number;
  /** Rows that the list would like to have. */
  readonly listRows: number;
}

export interface Layout {
  readonly kind: 'side' | 'stacked' | 'single';
  readonly header: Rect;
  /** The rule under the header; no height on small screens. */
  readonly topRule: Rect;
  readonly list: Rect;
  /** The vertical rule between list and log; no width unless they are side by side. */
  readonly divider: Rect;
  /** The row that says which log it is. A rule when it stands between list and log. */
  readonly logTitle: Rect;
  readonly log: Rect;
  /** The rule above the help line; only side by side. */
  readonly bottomRule: Rect;
  readonly help: Rect;
}

/** From so many columns on list and log stand side by side. */
export const sideBySideColumns = 100;
/** Below this one pane at a time. */
const leastColumns = 60;
const leastRows = 15;
/** Below this the list needs more of the rows than the log to show anything. */
const lowRows = 20;

const nothing: Rect = { x: 0, y: 0, width: 0, height: 0 };

export function computeLayout(input: LayoutInput): Layout {
  const { columns, rows } = input.size;
  if (columns < leastColumns || rows < leastRows) return singleLayout(input, false);
  if (input.isZoomed) return singleLayout(input, true);
  return columns >= sideBySideColumns ? sideLayout(input) : stackedLayout(input);
}

/** Columns and rows of a step of the border. */
const splitColumns = 4;
const splitRows = 1;
/** What is left to the list, and to the log, whatever the steps. */
const leastListColumns = 28;
const leastLogColumns = 40;

/** Columns of the list beside the log: more on wide screens, where it has more to show. */
function usualColumns(columns: number): number {
  return Math.max(42, Math.min(56, Math.floor(columns * 0.4)), Math.min(110, Math.floor(columns * 0.3)));
}

function listColumns(columns: number, split: number): number {
  const wanted = usualColumns(columns) + Math.round(split * splitColumns);
  return Math.max(leastListColumns, Math.min(columns - leastLogColumns, wanted));
}

/** Rows of the list above the log: what it needs, up to less than half, on low screens up to more than half. */
function usualRows(room: number, { size: { rows }, listRows }: LayoutInput): number {
  return Math.max(3, Math.min(listRows, Math.floor(room * (rows < lowRows ? 0.55 : 0.45))));
}

/** The split that brings the border there; undefined where there is no border. */
export function splitAt(input: LayoutInput, x: number, y: number): number | undefined {
  const { kind } = computeLayout(input);
  const { columns, rows } = input.size;
  if (kind === 'single') return undefined;
  if (kind === 'stacked') return Math.max(3, Math.min(rows - 7, y - 2)) - usualRows(rows - 4, input);
  const width = Math.max(leastListColumns, Math.min(columns - leastLogColumns, x));
  return (width - usualColumns(columns)) / splitColumns;
}

/** The split that the border shows, which has limits that the asked one may be beyond; undefined where there is no border. */
export function shownSplit(input: LayoutInput): number | undefined {
  const { kind, list } = computeLayout(input);
  const { columns, rows } = input.size;
  if (kind === 'single') return undefined;
  return kind === 'stacked'
    ? list.height - usualRows(rows - 4, input)
    : (list.width - usualColumns(columns)) / splitColumns;
}

function row(y: number, width: number): Rect {
  return { x: 0, y, width, height: 1 };
}

function sideLayout({ size: { columns, rows }, split = 0 }: LayoutInput): Layout {
  const width = listColumns(columns, split);
  const top = 2;
  const height = rows - 4;
  const logX = width + 1;
  return {
    kind: 'side',
    header: row(0, columns),
    topRule: row(1, columns),
    list: { x: 0, y: top, width, height },
    divider: { x: width, y: top, width: 1, height },
    logTitle: { x: logX, y: top, width: columns - logX, height: 1 },
    log: { x: logX, y: top + 1, width: columns - logX, height: height - 1 },
    bottomRule: row(rows - 2, columns),
    help: row(rows - 1, columns),
  };
}

/** The list gets what it needs, the log the rest. */
function stackedLayout(input: LayoutInput): Layout {
  const { columns, rows } = input.size;
  const room = rows - 4;
  const wanted = usualRows(room, input) + Math.round((input.split ?? 0) * splitRows);
  const listHeight = Math.max(3, Math.min(room - 3, wanted));
  const titleY = 2 + listHeight;
  return {
    kind: 'stacked',
    header: row(0, columns),
    topRule: row(1, columns),
    list: { x: 0, y: 2, width: columns, height: listHeight },
    divider: nothing,
    logTitle: row(titleY, columns),
    log: { x: 0, y: titleY + 1, width: columns, height: room - listHeight },
    bottomRule: nothing,
    help: row(rows - 1, columns),
  };
}

function singleLayout({ size: { columns, rows }, focus }: LayoutInput, hasRule: boolean): Layout {
  const top = hasRule ? 2 : 1;
  const help = rows > 2 ? row(rows - 1, columns) : nothing;
  const height = Math.max(0, rows - top - help.height);
  const isList = focus === 'list';
  return {
    kind: 'single',
    header: row(0, columns),
    topRule: hasRule ? row(1, columns) : nothing,
    list: isList ? { x: 0, y: top, width: columns, height } : nothing,
    divider: nothing,
    logTitle: isList ? nothing : { ...row(top, columns), height: Math.min(1, height) },
    log: isList ? nothing : { x: 0, y: top + 1, width: columns, height: Math.max(0, height - 1) },
    bottomRule: nothing,
    help,
  };
}

/** The first row to show so that `selected` is seen, moved as little as possible from `top`. */
export function keepVisible(at: { top: number; selected: number; height: number; count: number }): number {
  const { selected, height, count } = at;
  if (height <= 0) return 0;
  let top = Math.min(at.top, Math.max(0, count - height));
  if (selected < top) top = selected;
  if (selected >= top + height) top = selected - height + 1;
  return Math.max(0, top);
}
