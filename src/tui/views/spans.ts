// Pieces of text with their looks, laid out on one row from the left or from the right.
import { eachCell, textWidth, truncateToWidth } from '../../base/text-width.ts';
import type { Grid } from '../../terminal/grid.ts';
import type { Style } from '../../terminal/style.ts';

export interface Span {
  readonly text: string;
  readonly style: Style;
  /** Name of the key that a click on it presses. */
  readonly press?: string;
}

/** The span at a column of a row that begins at 0. */
export function spanAt(spans: readonly Span[], column: number): Span | undefined {
  let end = 0;
  return spans.find(span => {
    end += textWidth(span.text);
    return column < end;
  });
}

/** Looks with an address, one object each, which a grid finds its number by at once. */
const linked = new WeakMap<Style, Map<string, Style>>();
const maxLinked = 2000;

/** A look whose text is a link. */
export function linkStyle(style: Style, link: string): Style {
  let ofStyle = linked.get(style);
  if (!ofStyle || ofStyle.size >= maxLinked) {
    ofStyle = new Map();
    linked.set(style, ofStyle);
  }
  let made = ofStyle.get(link);
  if (!made) {
    made = Object.freeze({ ...style, link });
    ofStyle.set(link, made);
  }
  return made;
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

/** The end of a text that is typed, where the cursor is; what does not fit before it is an ellipsis. */
function endOfText(text: string, width: number, ellipsis: string): string {
  if (textWidth(text) <= width) return text;
  const room = width - textWidth(ellipsis);
  if (room <= 0) return '';
  let used = 0;
  const cells: string[] = [];
  // A column holds far less than that; a long paste is not measured as a whole.
  eachCell(text.slice(-room * 16), (cell, columns) => {
    cells.push(cell);
    used += columns;
    return true;
  });
  let first = 0;
  while (used > room) used -= textWidth(cells[first++]!);
  return ellipsis + cells.slice(first).join('');
}

/** What of a typed text is shown in `width` columns, its cursor in sight, and the cursor's column. */
export function viewOfField(
  field: { readonly text: string; readonly at: number },
  width: number,
  ellipsis: string,
): { readonly text: string; readonly cursorColumn: number } {
  const at = Math.min(field.at, field.text.length);
  const before = endOfText(field.text.slice(0, at), width, ellipsis);
  const cursorColumn = textWidth(before);
  return { text: before + truncateToWidth(field.text.slice(at), width - cursorColumn, ellipsis), cursorColumn };
}

/** Writes spans so that they end at the row's right edge; nothing when they do not fit. Returns the columns used. */
export function paintSpansRight(grid: Grid, row: SpanRow, spans: readonly Span[]): number {
  const width = spansWidth(spans);
  if (width > row.width) return 0;
  paintSpans(grid, { ...row, x: row.x + row.width - width, width }, spans);
  return width;
}
