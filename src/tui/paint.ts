// The whole screen from the model: hands each view its rectangle and its props. Everything visible is painted each time;
// the encoder finds what changed.
import type { Grid } from '../terminal/grid.ts';
import { countRoles } from './list-rows.ts';
import { helpHints, helpItems, menuItems, quitHint } from './menu-items.ts';
import { layoutOf, logLayout, type Model, selectedGroup, selectedResource } from './model.ts';
import type { Theme } from './theme.ts';
import { paintHelp, paintMenu } from './views/command-list.ts';
import { paintDetails } from './views/details.ts';
import { type ExitPromptProps, paintExitPrompt, paintLeaving } from './views/exit-prompt.ts';
import { paintHeader } from './views/header.ts';
import { paintHelpLine } from './views/help-line.ts';
import { paintList } from './views/list.ts';
import { paintLogPane } from './views/log-pane.ts';
import { paintLogTitle } from './views/log-title.ts';
import { paintDivider, paintRule } from './views/rule.ts';

export function paintScreen(grid: Grid, given: Model, theme: Theme): void {
  // A resize may have reached the grid before the model heard of it.
  const model = { ...given, size: { columns: grid.width, rows: grid.height } };
  grid.clear();
  grid.cursor = undefined;
  const layout = layoutOf(model);
  paintHeader(grid, layout.header, headerProps(model), theme);
  paintRule(grid, layout.topRule, theme);
  paintFilterNote(grid, model, theme);
  grid.within(layout.list, () => paintList(grid, layout.list, listProps(model), theme));
  paintDivider(grid, layout.divider, theme);
  grid.within(layout.logTitle, () => paintTitle(grid, model, theme));
  grid.within(layout.log, () =>
    paintLogPane(
      grid,
      layout.log,
      { layout: logLayout(model, layout.log), position: model.log.position, emptyText: emptyLog(model) },
      theme,
    ),
  );
  paintRule(grid, layout.bottomRule, theme);
  paintHelpLine(grid, layout.help, helpLineProps(model), theme);
  paintOverlay(grid, model, theme);
}

function headerProps(model: Model): Parameters<typeof paintHeader>[2] {
  const tiltfile = model.resources.find(row => row.isTiltfile);
  const { filter } = model.list;
  // Without a rule below, the first line says that not everything is listed.
  const isFilterHidden = filter !== '' && layoutOf(model).topRule.height === 0;
  const note = isFilterHidden
    ? `/${filter}`
    : !model.session
      ? 'starting'
      : tiltfile?.isBuilding
        ? 'the Tiltfile runs'
        : '';
  return {
    project: model.project,
    note,
    webUrl: model.session?.webUrl ?? '',
    counts: countRoles(model.resources.filter(row => !row.isTiltfile || row.role === 'error')),
    spinnerPhase: model.spinnerPhase,
  };
}

function listProps(model: Model): Parameters<typeof paintList>[2] {
  const { rows, top, selected, filter } = model.list;
  const emptyText = filter !== '' ? `Nothing matches ${filter}` : model.session ? 'No resources yet' : '';
  return {
    rows,
    top,
    selected,
    hasFocus: model.focus === 'list',
    nowMs: model.nowMs,
    spinnerPhase: model.spinnerPhase,
    emptyText,
  };
}

/** What the list is filtered by stands on the rule above it, so that no row moves. */
function paintFilterNote(grid: Grid, model: Model, theme: Theme): void {
  const { filter, filterProblem } = model.list;
  const { topRule } = layoutOf(model);
  if (filter === '' || topRule.height === 0) return;
  const note = filterProblem ?? filterCount(model);
  const used = grid.text(topRule.x + 2, topRule.y, ` /${filter} `, theme.ui.accent, topRule.width - 4);
  grid.text(
    topRule.x + 2 + used,
    topRule.y,
    `${note} `,
    filterProblem ? theme.log.error : theme.ui.muted,
    topRule.width - 4 - used,
  );
}

function filterCount(model: Model): string {
  const shown = new Set(model.list.rows.flatMap(row => (row.kind === 'resource' ? [row.resource.name] : [])));
  return `${shown.size} of ${model.resources.length}`;
}

function paintTitle(grid: Grid, model: Model, theme: Theme): void {
  const { log } = model;
  const layout = layoutOf(model);
  const isAll = log.isAll || log.resources === undefined;
  const resource = isAll ? undefined : selectedResource(model);
  const group = isAll ? undefined : selectedGroup(model);
  const [followKey = ''] = model.keymap.keysOf('follow', ['everywhere', 'log']);
  const [endKey = followKey] = model.keymap.keysOf('bottom', ['log']);
  const name = resource?.name ?? (group ? `${group.label} (${group.members.length})` : 'All resources');
  paintLogTitle(
    grid,
    layout.logTitle,
    {
      name,
      resource,
      hasFocus: model.focus === 'log',
      isRule: layout.kind === 'stacked',
      isFollowing: log.position === undefined,
      newLines: log.newLines,
      newErrors: log.newErrors,
      followKey: model.focus === 'log' ? endKey : followKey,
      nowMs: model.nowMs,
      spinnerPhase: model.spinnerPhase,
    },
    theme,
  );
}

function emptyLog(model: Model): string {
  if (model.log.isLoading || !model.session) return '';
  const resource = selectedResource(model);
  if (!resource || model.log.isAll) return 'Nothing was logged yet';
  return resource.role === 'manual' || resource.role === 'pending'
    ? `${resource.name}: ${resource.word}. Nothing was logged yet`
    : `${resource.name} has logged nothing yet`;
}

function helpLineProps(model: Model): Parameters<typeof paintHelpLine>[2] {
  const isTyping = model.list.typingFrom !== undefined && !model.overlay;
  const note = model.list.filterProblem ?? `${filterCount(model)}   !not  label:  is:  re:`;
  return {
    hints: helpHints(model),
    quit: quitHint(model),
    toast: model.toast,
    typing: isTyping ? { text: model.list.filter, note } : undefined,
    pendingKeys: model.pendingKeys,
  };
}

function paintOverlay(grid: Grid, model: Model, theme: Theme): void {
  const { overlay } = model;
  if (!overlay) return;
  if (overlay.kind === 'help') {
    const items = helpItems(model, overlay.query);
    paintHelp(
      grid,
      { items, query: overlay.query, selected: overlay.selected, total: helpItems(model, '').length },
      theme,
    );
  } else if (overlay.kind === 'menu') {
    const title = selectedResource(model)?.name ?? selectedGroup(model)?.label ?? '';
    paintMenu(grid, { title, items: menuItems(model), selected: overlay.selected }, theme);
  } else if (overlay.kind === 'details') {
    const { resources, nowMs, spinnerPhase } = model;
    paintDetails(
      grid,
      { resource: selectedResource(model), group: selectedGroup(model), resources, nowMs, spinnerPhase },
      theme,
    );
  } else if (overlay.kind === 'exit') {
    paintExitPrompt(
      grid,
      { project: model.project, plan: overlay.plan, confirm: overlay.confirm, keys: exitKeys(model) },
      theme,
    );
  } else {
    const elapsedMs = model.nowMs - overlay.startedAtMs;
    paintLeaving(
      grid,
      { choice: overlay.choice, lines: overlay.lines, elapsedMs, spinnerPhase: model.spinnerPhase },
      theme,
    );
  }
}

function exitKeys(model: Model): ExitPromptProps['keys'] {
  const key = (command: 'exit-keep' | 'exit-disable' | 'exit-down' | 'exit-stay'): string =>
    model.keymap.keysOf(command, ['exit'])[0] ?? '';
  return { keep: key('exit-keep'), disable: key('exit-disable'), down: key('exit-down'), stay: key('exit-stay') };
}
