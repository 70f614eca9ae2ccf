// The rows of the log: time and name before the text, errors marked in the gutter, the colours that the program printed.
import type { LogLine } from '../../api/client.ts';
import { textWidth, truncateToWidth } from '../../base/text-width.ts';
import { isErrorLine } from '../../logs/error-lines.ts';
import type { Grid } from '../../terminal/grid.ts';
import type { Rect } from '../../terminal/rect.ts';
import type { Style } from '../../terminal/style.ts';
import { clockTime } from '../ages.ts';
import type { FileLink } from '../file-links.ts';
import type { Range } from '../log-match.ts';
import { podMark, podOf } from '../log-pods.ts';
import {
  endPosition,
  gutterColumns,
  type LogLayout,
  type LogPosition,
  type LogRow,
  prefixColumns,
  rowsFrom,
  textColumns,
  timeColumns,
} from '../log-rows.ts';
import { isSectionHead } from '../log-sections.ts';
import { type SelectedRange, selectedColumns } from '../log-selection.ts';
import { prefixStyle, type Theme } from '../theme.ts';

export interface LogPaneProps {
  readonly layout: LogLayout;
  /** Undefined: the end. */
  readonly position: LogPosition | undefined;
  /** What stands there when there are no lines, below the marks of builds. */
  readonly emptyText: string;
  readonly isEmpty: boolean;
  /** What is marked for copying. */
  readonly selection?: SelectedRange | undefined;
  /** Finds the links of a text. */
  readonly links?: { readonly in: (text: string, resource: string) => readonly FileLink[] } | undefined;
  /** What is searched for: where it is in a text, and the line that was gone to. */
  readonly search?:
    | { readonly ranges: (text: string) => readonly Range[]; readonly current: number | undefined }
    | undefined;
}

export function paintLogPane(grid: Grid, rect: Rect, props: LogPaneProps, theme: Theme): void {
  if (rect.height <= 0 || rect.width <= 0) return;
  const { layout } = props;
  const rows = rowsFrom(layout, props.position ?? endPosition(layout));
  for (const [i, row] of rows.entries()) paintRow(grid, { x: rect.x, y: rect.y + i }, { row, props }, theme);
  if (!props.isEmpty) return;
  const y = rect.y + Math.min(rows.length, rect.height - 1);
  const text = truncateToWidth(props.emptyText, rect.width - 1, theme.glyphs.ellipsis);
  grid.fill({ ...rect, y, height: 1 }, theme.ui.text);
  grid.text(rect.x + gutterColumns, y, text, theme.ui.muted);
}

function paintRow(
  grid: Grid,
  at: { readonly x: number; readonly y: number },
  { row, props }: { row: LogRow; props: LogPaneProps },
  theme: Theme,
): void {
  const { line } = row;
  const { look, cache } = props.layout;
  const isError = row.mark === undefined && isErrorLine(line);
  if (isError || line.level === 'warn')
    grid.text(at.x, at.y, theme.glyphs.bar, isError ? theme.log.error : theme.log.warn);
  let x = at.x + gutterColumns;
  if (look.hasTimes) {
    if (row.isFirst || row.mark) grid.text(x, at.y, clockTime(line.timeMs), theme.log.time);
    x += timeColumns;
  }
  if (look.nameColumns > 0) {
    const name = truncateToWidth(line.resource, look.nameColumns - 2, theme.glyphs.ellipsis);
    if (row.isFirst) grid.text(x, at.y, name, prefixStyle(theme, line.resource));
    x += look.nameColumns;
  }
  if (look.podColumns > 0) {
    const pod = row.isFirst ? podOf(line) : undefined;
    if (pod !== undefined) {
      const mark = truncateToWidth(podMark(pod), look.podColumns - 1, theme.glyphs.ellipsis);
      grid.text(x, at.y, mark, prefixStyle(theme, pod));
    }
    x += look.podColumns;
  }
  const width = textColumns(look);
  const styled = cache.styled(line, look);
  if (row.mark !== undefined || isSectionHead(line)) {
    paintHead(grid, { x, y: at.y, width }, row.mark ?? styled.text, theme);
    return;
  }
  const columns = Math.min(width, row.columns);
  const under = underStyle(line.level, line.buildEvent !== undefined, theme);
  grid.line(x, at.y, styled, { fromColumn: row.fromColumn, width: columns, ...(under ? { under } : {}) });
  const place = { x, y: at.y, from: row.fromColumn, width: columns };
  if (props.links) paintLinks(grid, place, styled.text, props.links.in(styled.text, line.resource));
  if (props.search) paintMatches(grid, place, { line, text: styled.text, search: props.search }, theme);
  if (props.selection) paintSelected(grid, place, selectedColumns(props.selection, line.id), theme);
  const isCut = !look.wrap && row.columns > width;
  if (isCut) grid.text(at.x + prefixColumns(look) + width - 1, at.y, theme.glyphs.ellipsis, theme.ui.muted);
}

/** The first line of a build or a run, over the whole pane. */
function paintHead(
  grid: Grid,
  place: { readonly x: number; readonly y: number; readonly width: number },
  text: string,
  theme: Theme,
): void {
  const { x, y, width } = place;
  grid.fill({ x, y, width: Math.max(0, width - 1), height: 1 }, theme.log.marker, theme.glyphs.dotted);
  const shown = truncateToWidth(text, width - 6, theme.glyphs.ellipsis);
  if (shown !== '') grid.text(x + 2, y, ` ${shown} `, theme.ui.text);
}

/** A row of a line: where it is on the screen, and its first column in the line. */
interface RowPlace {
  readonly x: number;
  readonly y: number;
  readonly from: number;
  readonly width: number;
}

function paintLinks(grid: Grid, place: RowPlace, text: string, links: readonly FileLink[]): void {
  for (const { range, url } of links) {
    const start = columnAt(text, range[0]);
    overlayColumns(grid, place, [start, start + textWidth(text.slice(...range))], { link: url });
  }
}

function paintMatches(
  grid: Grid,
  place: RowPlace,
  at: { readonly line: LogLine; readonly text: string; readonly search: NonNullable<LogPaneProps['search']> },
  theme: Theme,
): void {
  const style = theme.ui[at.line.id === at.search.current ? 'match.current' : 'match'];
  for (const [from, to] of at.search.ranges(at.text)) {
    const start = columnAt(at.text, from);
    overlayColumns(grid, place, [start, start + textWidth(at.text.slice(from, to))], style);
  }
}

function paintSelected(
  grid: Grid,
  place: RowPlace,
  columns: readonly [number, number] | undefined,
  theme: Theme,
): void {
  if (!columns) return;
  // An empty line is marked by its first cell.
  const width = Math.max(1, place.width);
  overlayColumns(grid, { ...place, width }, columns, theme.ui.selection);
}

function columnAt(text: string, offset: number): number {
  return textWidth(text.slice(0, offset));
}

function overlayColumns(grid: Grid, place: RowPlace, [from, to]: readonly [number, number], style: Style): void {
  const start = Math.max(from, place.from);
  const end = Math.min(to, place.from + place.width);
  if (start < end) grid.overlay({ x: place.x + start - place.from, y: place.y, width: end - start, height: 1 }, style);
}

function underStyle(level: string, isBuildEvent: boolean, theme: Theme): Style | undefined {
  if (level === 'error') return theme.log.error;
  if (level === 'warn') return theme.log.warn;
  return isBuildEvent ? theme.log.build : undefined;
}
