// The first frame: header and frame, before there is a session. It stands on as little code as it can, because a person
// waits for it; the views of lists and logs are loaded after it.
import type { Grid } from '../terminal/grid.ts';
import { computeLayout } from './layout.ts';
import type { Theme } from './theme.ts';
import { paintHeader } from './views/header.ts';
import { paintDivider, paintRule } from './views/rule.ts';

/** Paints what the screen will keep when it comes. */
export function paintFirstFrame(grid: Grid, project: string, theme: Theme): void {
  grid.clear();
  const size = { columns: grid.width, rows: grid.height };
  const layout = computeLayout({ size, focus: 'list', isZoomed: false, listRows: 5 });
  paintHeader(grid, layout.header, { project, note: 'starting', webUrl: '', counts: [], spinnerPhase: 0 }, theme);
  for (const rule of [layout.topRule, layout.bottomRule]) paintRule(grid, rule, theme);
  if (layout.kind === 'stacked') paintRule(grid, layout.logTitle, theme);
  paintDivider(grid, layout.divider, theme);
}
