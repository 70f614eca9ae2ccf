// Pieces of text with their looks, laid out on one row from the left or from the right.
import { textWidth, truncateToWidth } from '../../base/text-width.ts';
import type { Grid } from '../../terminal/grid.ts';
import type { Style } from '../../terminal/style.ts';

export interface Span {
  readonly text: string;
  readonly style: Style;
}

export function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + textWidth(span.text), 0);
}

export interface SpanRow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly ellipsis: string;
}

/** Writes spans from the left; what does not fit ends in an ellipsis. Returns the columns used. */
export function paintSpans(grid: Grid, row: SpanRow, spans: readonly Span[]): number {
  let used = 0;
  for (const span of spans) {
    const room = row.width - used;
    if (room <= 0) break;
    used += grid.text(row.x + used, row.y, truncateToWidth(span.text, room, row.ellipsis), span.style, room);
  }
  return used;
}

/** Writes spans so that they end at the row's right edge; nothing when they do not fit. Returns the columns used. */
export function paintSpansRight(grid: Grid, row: SpanRow, spans: readonly Span[]): number {
  const width = spansWidth(spans);
  if (width > row.width) return 0;
  paintSpans(grid, { ...row, x: row.x + row.width - width, width }, spans);
  return width;
}
