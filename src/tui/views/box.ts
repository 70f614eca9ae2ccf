// The ground of everything that opens above the screen: a cleared rectangle with a thin frame and a title.
import { eachCell, textWidth, truncateToWidth } from '../../base/text-width.ts';
import type { Grid } from '../../terminal/grid.ts';
import type { Rect } from '../../terminal/rect.ts';
import type { Size } from '../../terminal/terminal.ts';
import type { Theme } from '../theme.ts';
import { paintSpans, type Span, spanAt } from './spans.ts';

/** One row of a box. */
export interface BoxRow {
  readonly spans: readonly Span[];
  readonly isSelected?: boolean;
  /** Which of the things to choose from it is; a click chooses it. */
  readonly item?: number;
  /** Column of the inside where the text cursor blinks. */
  readonly cursorColumn?: number;
}

/** What a box shows. The middle rows scroll where the screen has no room for them, what is above and below them stays. */
export interface Box {
  readonly title: string;
  readonly head?: readonly BoxRow[];
  readonly rows: readonly BoxRow[];
  readonly foot?: readonly BoxRow[];
  /** Columns of the inside that the rows would like; the screen's width is the limit. */
  readonly wishWidth: number;
  /** Rows of the inside that should be kept, even when there are fewer. */
  readonly minRows?: number;
  /** First of the middle rows that is shown; left out: the selected row is kept in the middle. */
  readonly top?: number;
}

/** A box on a screen: where it is and which rows it has room for. */
interface FittedBox {
  readonly rect: Rect;
  readonly inside: Rect;
  readonly head: readonly BoxRow[];
  readonly rows: readonly BoxRow[];
  readonly foot: readonly BoxRow[];
  /** Room for the middle rows, and the first of them that is shown. */
  readonly room: number;
  readonly top: number;
}

/** Where a box stands: in the middle, a little above it. */
export function boxRect(size: Size, box: Box): Rect {
  return fitBox(size, box).rect;
}

/** The greatest `top` that wastes no row. */
export function lastTop(size: Size, box: Box): number {
  const { rows, room } = fitBox(size, box);
  return Math.max(0, rows.length - room);
}

function fitBox(size: Size, box: Box): FittedBox {
  const parts = [box.head ?? [], box.rows, box.foot ?? []] as const;
  const most = Math.max(0, size.rows - 2);
  const [head, rows, foot] = mustDropBlanks(parts, most) ? parts.map(withoutBlanks) : parts;
  const count = head!.length + rows!.length + foot!.length;
  const width = Math.min(size.columns, box.wishWidth + 4);
  const height = Math.min(size.rows, Math.max(count, box.minRows ?? 0) + 2);
  const x = Math.floor((size.columns - width) / 2);
  const rect = { x, y: Math.max(0, Math.floor((size.rows - height) * 0.4)), width, height };
  const inside = { x: x + 2, y: rect.y + 1, width: Math.max(0, width - 4), height: Math.max(0, height - 2) };
  const room = Math.max(0, inside.height - head!.length - foot!.length);
  const wanted = box.top ?? rows!.findIndex(row => row.isSelected) - Math.floor(room / 2);
  const top = Math.max(0, Math.min(rows!.length - room, wanted));
  return { rect, inside, head: head!, rows: rows!, foot: foot!, room, top };
}

/** A screen of fewer rows has none for blank ones. */
const leastRowsForBlanks = 14;

/** Where there are too few rows, blank ones are the first to go, unless there would be too few all the same. */
function mustDropBlanks(parts: readonly (readonly BoxRow[])[], most: number): boolean {
  const whole = parts.flat();
  return whole.length > most && (most < leastRowsForBlanks || withoutBlanks(whole).length <= most);
}

function withoutBlanks(rows: readonly BoxRow[]): BoxRow[] {
  return rows.filter(row => row.spans.length > 0);
}

/** Paints the box in its place. */
export function paintBox(grid: Grid, box: Box, theme: Theme): void {
  const fitted = fitBox({ columns: grid.width, rows: grid.height }, box);
  const { rect, inside, head, rows, foot, room, top } = fitted;
  paintFrame(grid, rect, box.title, theme);
  const shown = [...head, ...rows.slice(top, top + room)];
  const footY = footRow(shown.length, fitted);
  for (const [i, row] of shown.entries()) if (i < inside.height) paintBoxRow(grid, { rect, inside, y: i }, row, theme);
  for (const [i, row] of foot.entries())
    if (footY + i < inside.height) paintBoxRow(grid, { rect, inside, y: footY + i }, row, theme);
  paintHidden(grid, rect.y, { rect, hidden: top }, theme);
  paintHidden(grid, rect.y + rect.height - 1, { rect, hidden: rows.length - top - room }, theme);
}

/** What of a box a click at a place of the screen means; undefined for none of it. */
export function boxHit(
  size: Size,
  box: Box,
  at: { readonly x: number; readonly y: number },
): { readonly item: number | undefined; readonly press: string | undefined } | undefined {
  const { inside, head, rows, foot, room, top } = fitBox(size, box);
  const y = at.y - inside.y;
  const shown = [...head, ...rows.slice(top, top + room)];
  const row = y < 0 ? undefined : (shown[y] ?? foot[y - footRow(shown.length, { inside, head, foot, room })]);
  return row && { item: row.item, press: spanAt(row.spans, at.x - inside.x)?.press };
}

/** The foot stands at the bottom, also of a box that is taller than its rows. */
function footRow(
  shown: number,
  { inside, head, foot, room }: Pick<FittedBox, 'inside' | 'head' | 'foot' | 'room'>,
): number {
  return Math.max(shown, Math.min(inside.height - foot.length, head.length + room));
}

function paintBoxRow(
  grid: Grid,
  at: { readonly rect: Rect; readonly inside: Rect; readonly y: number },
  row: BoxRow,
  theme: Theme,
): void {
  const { rect, inside } = at;
  const y = inside.y + at.y;
  const look = theme.ui.selection;
  if (row.isSelected) grid.fill({ x: rect.x + 1, y, width: rect.width - 2, height: 1 }, look);
  const spans = row.isSelected ? row.spans.map(span => ({ ...span, style: look })) : row.spans;
  paintSpans(grid, { x: inside.x, y, width: inside.width, ellipsis: theme.glyphs.ellipsis }, spans);
  if (row.cursorColumn !== undefined) grid.cursor = { x: inside.x + Math.min(inside.width, row.cursorColumn), y };
}

/** Says on an edge how many rows there are beyond it. */
function paintHidden(grid: Grid, y: number, at: { readonly rect: Rect; readonly hidden: number }, theme: Theme): void {
  const text = ` +${at.hidden} `;
  if (at.hidden <= 0 || text.length + 4 > at.rect.width || at.rect.height < 2) return;
  grid.text(at.rect.x + at.rect.width - 2 - text.length, y, text, theme.ui.muted);
}

function paintFrame(grid: Grid, rect: Rect, title: string, theme: Theme): void {
  const isAscii = theme.glyphs.horizontal === '-';
  const [topLeft, topRight, bottomLeft, bottomRight] = isAscii ? ['+', '+', '+', '+'] : ['╭', '╮', '╰', '╯'];
  const right = rect.x + rect.width - 1;
  const bottom = rect.y + rect.height - 1;
  const { border } = theme.ui;
  grid.clear(rect);
  for (const y of [rect.y, bottom]) grid.fill({ ...rect, y, height: 1 }, border, theme.glyphs.horizontal);
  for (const x of [rect.x, right]) grid.fill({ ...rect, x, width: 1 }, border, theme.glyphs.vertical);
  grid.text(rect.x, rect.y, topLeft!, border);
  grid.text(right, rect.y, topRight!, border);
  grid.text(rect.x, bottom, bottomLeft!, border);
  grid.text(right, bottom, bottomRight!, border);
  const text = ` ${truncateToWidth(title, rect.width - 6, theme.glyphs.ellipsis)} `;
  if (textWidth(text) + 4 <= rect.width) grid.text(rect.x + 2, rect.y, text, theme.ui.title);
}

/** Breaks a text at blanks into rows of at most `width` columns; a longer word is broken anywhere. */
export function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => {
    const rows: string[] = [];
    let row = '';
    for (const word of line.split(/(?<=\s)/).flatMap(part => pieces(part, width))) {
      if (row !== '' && textWidth(row + word.trimEnd()) > width) {
        rows.push(row.trimEnd());
        row = '';
      }
      row += word;
    }
    return [...rows, row.trimEnd()];
  });
}

function pieces(word: string, width: number): string[] {
  if (textWidth(word.trimEnd()) <= width || width < 2) return [word];
  const parts: string[] = [];
  let part = '';
  let used = 0;
  eachCell(word, (cell, columns) => {
    if (used + columns > width) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += cell;
    used += columns;
    return true;
  });
  return [...parts, part];
}
