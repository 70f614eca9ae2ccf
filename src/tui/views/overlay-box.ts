// The ground of everything that opens above the screen: a cleared rectangle with a thin frame and a title.
import { eachCell, textWidth, truncateToWidth } from '../../base/text-width.ts';
import type { Grid } from '../../terminal/grid.ts';
import type { Rect } from '../../terminal/rect.ts';
import type { Size } from '../../terminal/terminal.ts';
import type { Theme } from '../theme.ts';
import { paintSpans, type Span } from './spans.ts';

/** One row of a box: spans from the left, and some from the right edge. */
export interface BoxRow {
  readonly spans: readonly Span[];
  readonly isSelected?: boolean;
}

export interface BoxProps {
  readonly title: string;
  readonly rows: readonly BoxRow[];
  /** Columns of the inside that the rows would like; the screen's width is the limit. */
  readonly wishWidth: number;
  /** Rows of the inside that should be kept, even when there are fewer. */
  readonly minRows?: number;
}

/** Where a box of that inside stands: in the middle, a little above it. */
export function boxRect(size: Size, width: number, rows: number): Rect {
  const boxWidth = Math.min(size.columns, width + 4);
  const boxHeight = Math.min(size.rows, rows + 2);
  const x = Math.floor((size.columns - boxWidth) / 2);
  return { x, y: Math.max(0, Math.floor((size.rows - boxHeight) * 0.4)), width: boxWidth, height: boxHeight };
}

/** Paints the box and its rows, and returns the rectangle of the inside. */
export function paintBox(grid: Grid, props: BoxProps, theme: Theme): Rect {
  const size = { columns: grid.width, rows: grid.height };
  const rows = withoutBlanks(props.rows, size.rows - 2);
  const rect = boxRect(size, props.wishWidth, Math.max(rows.length, props.minRows ?? 0));
  paintFrame(grid, rect, props.title, theme);
  const inside = {
    x: rect.x + 2,
    y: rect.y + 1,
    width: Math.max(0, rect.width - 4),
    height: Math.max(0, rect.height - 2),
  };
  const selected = Math.max(
    0,
    rows.findIndex(row => row.isSelected),
  );
  const top = Math.max(0, selected - inside.height + 1);
  for (let i = 0; i < inside.height && top + i < rows.length; i++) {
    const row = rows[top + i]!;
    const y = inside.y + i;
    const look = theme.ui.selection;
    if (row.isSelected) grid.fill({ x: rect.x + 1, y, width: rect.width - 2, height: 1 }, look);
    const spans = row.isSelected ? row.spans.map(span => ({ ...span, style: look })) : row.spans;
    paintSpans(grid, { x: inside.x, y, width: inside.width, ellipsis: theme.glyphs.ellipsis }, spans);
  }
  paintHidden(grid, rect, rows.length - top - inside.height, theme);
  return inside;
}

/** Where there are too few rows, blank ones are the first to go. */
function withoutBlanks(rows: readonly BoxRow[], height: number): readonly BoxRow[] {
  return rows.length <= height ? rows : rows.filter(row => row.spans.length > 0);
}

/** Says on the lower edge how many rows the screen has no room for. */
function paintHidden(grid: Grid, rect: Rect, hidden: number, theme: Theme): void {
  const text = ` +${hidden} `;
  if (hidden <= 0 || text.length + 4 > rect.width || rect.height < 2) return;
  grid.text(rect.x + rect.width - 2 - text.length, rect.y + rect.height - 1, text, theme.ui.muted);
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
