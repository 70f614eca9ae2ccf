// The first frame: header and frame, before there is a session. It stands on as little code as it can, because a person
// waits for it; the panes of lists and logs are loaded after it and take its place.
import type { Grid } from '../terminal/grid.ts';
import type { Pane } from '../terminal/pane.ts';
import { computeLayout } from './layout.ts';
import type { Theme } from './theme.ts';
import { paintHeader } from './views/header.ts';
import { paintDivider, paintRule } from './views/rule.ts';

/** The pane of the first frame: it paints what the screen will keep when it comes. */
export function firstPane(project: string, theme: Theme): Pane {
  return {
    name: 'start',
    canFocus: false,
    place: ({ columns, rows }) => ({ x: 0, y: 0, width: columns, height: rows }),
    paint: grid => paintFirstFrame(grid, project, theme),
  };
}

function paintFirstFrame(grid: Grid, project: string, theme: Theme): void {
  const size = { columns: grid.width, rows: grid.height };
  const layout = computeLayout({ size, focus: 'list', isZoomed: false, listRows: 5 });
  paintHeader(
    grid,
    layout.header,
    {
      project,
      note: 'starting',
      webUrl: '',
      cluster: '',
      isClusterLost: false,
      newerVersion: '',
      isSlowLink: false,
      alarm: undefined,
      counts: [],
      spinnerPhase: 0,
    },
    theme,
  );
  for (const rule of [layout.topRule, layout.bottomRule]) paintRule(grid, rule, theme);
  if (layout.kind === 'stacked') paintRule(grid, layout.logTitle, theme);
  paintDivider(grid, layout.divider, theme);
}
