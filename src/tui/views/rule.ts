// Lines that divide: horizontal with words on them, and the vertical one between list and log.
import type { Grid } from '../../terminal/grid.ts';
import type { Rect } from '../../terminal/rect.ts';
import type { Theme } from '../theme.ts';

/** A horizontal rule over the whole rectangle. */
export function paintRule(grid: Grid, rect: Rect, theme: Theme): void {
  if (rect.height > 0) grid.fill(rect, theme.ui.border, theme.glyphs.horizontal);
}

export function paintDivider(grid: Grid, rect: Rect, theme: Theme): void {
  if (rect.width > 0) grid.fill(rect, theme.ui.border, theme.glyphs.vertical);
}
