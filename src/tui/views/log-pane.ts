// The rows of the log: time and name before the text, errors marked in the gutter, the colours that the program printed.
import { truncateToWidth } from '../../base/text-width.ts';
import type { Grid } from '../../terminal/grid.ts';
import type { Rect } from '../../terminal/rect.ts';
import type { Style } from '../../terminal/style.ts';
import { clockTime } from '../ages.ts';
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
import { prefixStyle, type Theme } from '../theme.ts';

export interface LogPaneProps {
  readonly layout: LogLayout;
  /** Undefined: the end. */
  readonly position: LogPosition | undefined;
  /** What stands there when there are no lines. */
  readonly emptyText: string;
}

export function paintLogPane(grid: Grid, rect: Rect, props: LogPaneProps, theme: Theme): void {
  if (rect.height <= 0 || rect.width <= 0) return;
  const { layout } = props;
  if (layout.window.length === 0) {
    grid.text(
      rect.x + gutterColumns,
      rect.y,
      truncateToWidth(props.emptyText, rect.width - 1, theme.glyphs.ellipsis),
      theme.ui.muted,
    );
    return;
  }
  const rows = rowsFrom(layout, props.position ?? endPosition(layout));
  for (const [i, row] of rows.entries()) paintRow(grid, { x: rect.x, y: rect.y + i }, { row, layout }, theme);
}

function paintRow(
  grid: Grid,
  at: { readonly x: number; readonly y: number },
  { row, layout }: { row: LogRow; layout: LogLayout },
  theme: Theme,
): void {
  const { line } = row;
  const { look, cache } = layout;
  const isError = line.level === 'error';
  if (isError || line.level === 'warn')
    grid.text(at.x, at.y, theme.glyphs.bar, isError ? theme.log.error : theme.log.warn);
  let x = at.x + gutterColumns;
  if (look.hasTimes) {
    if (row.isFirst) grid.text(x, at.y, clockTime(line.timeMs), theme.log.time);
    x += timeColumns;
  }
  if (look.nameColumns > 0) {
    const name = truncateToWidth(line.resource, look.nameColumns - 2, theme.glyphs.ellipsis);
    if (row.isFirst) grid.text(x, at.y, name, prefixStyle(theme, line.resource));
    x += look.nameColumns;
  }
  const width = textColumns(look);
  // The empty line that opens a build's log is where the last one ended.
  if (line.buildEvent === 'init' && line.text === '') {
    grid.fill({ x, y: at.y, width: Math.max(0, width - 1), height: 1 }, theme.log.marker, theme.glyphs.dotted);
    return;
  }
  const styled = cache.styled(line);
  const columns = Math.min(width, row.columns);
  const under = underStyle(line.level, line.buildEvent !== undefined, theme);
  grid.line(x, at.y, styled, { fromColumn: row.fromColumn, width: columns, ...(under ? { under } : {}) });
  const isCut = !look.wrap && styled.width > width;
  if (isCut) grid.text(at.x + prefixColumns(look) + width - 1, at.y, theme.glyphs.ellipsis, theme.ui.muted);
}

function underStyle(level: string, isBuildEvent: boolean, theme: Theme): Style | undefined {
  if (level === 'error') return theme.log.error;
  if (level === 'warn') return theme.log.warn;
  return isBuildEvent ? theme.log.build : undefined;
}
