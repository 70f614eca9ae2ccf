// The panes that the screen is made of, as a table: where each is in a layout, whether it can have the focus, and how it is
// painted from the model. The shell owns their order, the focus and who gets an input (screen-shell.ts).
import type { LogText } from '../api/client.ts';
import type { Grid } from '../terminal/grid.ts';
import { around, type Rect } from '../terminal/rect.ts';
import { searchNote } from './act-search.ts';
import { clockTime } from './ages.ts';
import type { Layout, PaneName } from './layout.ts';
import { filterCount, listNotes } from './list-notes.ts';
import { countRoles } from './list-rows.ts';
import { countLines, countWords } from './log-count.ts';
import { logLayout } from './log-layout.ts';
import { makeRangeFinder, type Range } from './log-match.ts';
import { selectedRange } from './log-selection.ts';
import type { LogSearchState } from './log-state.ts';
import { helpHints, quitHint } from './menu-items.ts';
import { layoutOf, type Model } from './model.ts';
import type { ResourceRow } from './resource-row.ts';
import { stoppedWord } from './row-state.ts';
import { markedResources, selectedGroup, selectedResource } from './selected.ts';
import { paintHeader } from './views/header.ts';
import { paintHelpLine } from './views/help-line.ts';
import { paintList } from './views/list.ts';
import { paintLogPane } from './views/log-pane.ts';
import { type LogTitleProps, paintLogTitle } from './views/log-title.ts';
import { paintDivider, paintRule } from './views/rule.ts';

export interface ScreenPane {
  /** Those that can have the focus are named in `PaneName`. */
  readonly name: PaneName | 'header' | 'divider' | 'status';
  readonly place: (layout: Layout) => Rect;
  /** Paints all of its place; the model has the size of the grid. */
  readonly paint: (grid: Grid, model: Model, layout: Layout) => void;
}

/** From the lowest to the topmost; the first one that can, has the focus at the start. */
export const screenPanes: readonly ScreenPane[] = [
  { name: 'header', place: l => around(l.header, l.topRule), paint: paintHeaderPane },
  { name: 'list', place: l => l.list, paint: (grid, m, l) => paintList(grid, l.list, listProps(m), m.theme) },
  { name: 'divider', place: l => l.divider, paint: (grid, m, l) => paintDivider(grid, l.divider, m.theme) },
  { name: 'log', place: l => around(l.logTitle, l.log), paint: paintLog },
  { name: 'status', place: l => around(l.bottomRule, l.help), paint: paintStatus },
];

/** Panes that take keys. */
export const focusPanes: readonly PaneName[] = ['list', 'log'];

export function isFocusPane(name: string | undefined): name is PaneName {
  return (focusPanes as readonly (string | undefined)[]).includes(name);
}

function paintHeaderPane(grid: Grid, model: Model, layout: Layout): void {
  paintHeader(grid, layout.header, headerProps(model), model.theme);
  paintRule(grid, layout.topRule, model.theme);
  const used = paintFilterNote(grid, model, layout.topRule);
  paintListNotes(grid, model, { ...layout.topRule, x: layout.topRule.x + used, width: layout.topRule.width - used });
}

function paintLog(grid: Grid, model: Model, layout: Layout): void {
  const { log, theme } = model;
  grid.within(layout.logTitle, () => paintTitle(grid, model, layout));
  const props = {
    layout: logLayout(model, layout.log),
    position: log.position,
    emptyText: emptyLog(model),
    isEmpty: isNothingPassing(model),
    selection: log.selection && selectedRange(log.selection),
    links: model.fileLinks,
    search: log.search && { ranges: rangesOf(log.search), current: log.search.current },
  };
  grid.within(layout.log, () => paintLogPane(grid, layout.log, props, theme));
}

function paintStatus(grid: Grid, model: Model, layout: Layout): void {
  paintRule(grid, layout.bottomRule, model.theme);
  paintHelpLine(grid, layout.help, helpLineProps(model), model.theme);
}

export function headerProps(model: Model): Parameters<typeof paintHeader>[2] {
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
    cluster: clusterText(model),
    isClusterLost: Boolean(model.surroundings.cluster?.error),
    newerVersion: model.surroundings.newerVersion,
    isSlowLink: model.isSlowLink,
    alarm: model.alarm,
    counts: countRoles(model.resources.filter(isCounted)),
    spinnerPhase: model.spinnerPhase,
  };
}

/** Narrow screens have no room for a namespace. */
const namespaceFromColumns = 60;

function clusterText({ surroundings: { cluster }, theme, size }: Model): string {
  if (!cluster) return '';
  const lost = cluster.error ? ' cannot be reached' : '';
  if (cluster.namespace === '' || size.columns < namespaceFromColumns || lost) return `${cluster.context}${lost}`;
  return `${cluster.context} ${theme.glyphs.closed} ${cluster.namespace}`;
}

/** What leaving stopped was not disabled by anybody. */
function isCounted(row: ResourceRow): boolean {
  return row.word !== stoppedWord && (!row.isTiltfile || row.role === 'error');
}

function listProps(model: Model): Parameters<typeof paintList>[2] {
  const { rows, top, filter, gone } = model.list;
  const selected = gone ? -1 : model.list.selected;
  const emptyText = filter !== '' ? `Nothing matches ${filter}` : model.session ? 'No resources yet' : '';
  return {
    rows,
    top,
    selected,
    hasFocus: model.focus === 'list',
    nowMs: model.nowMs,
    spinnerPhase: model.spinnerPhase,
    usage: model.usage,
    emptyText,
  };
}

/** What the list is filtered by stands on the rule above it, so that no row moves. */
function paintFilterNote(grid: Grid, model: Model, topRule: Rect): number {
  const { theme } = model;
  const { filter, filterProblem } = model.list;
  if (filter === '' || topRule.height === 0) return 0;
  const note = filterProblem ?? filterCount(model);
  const used = grid.text(topRule.x + 2, topRule.y, ` /${filter} `, theme.ui.accent, topRule.width - 4);
  const look = filterProblem ? theme.log.error : theme.ui.muted;
  return 2 + used + grid.text(topRule.x + 2 + used, topRule.y, `${note} `, look, topRule.width - 4 - used);
}

function paintListNotes(grid: Grid, model: Model, rule: Rect): void {
  const { theme } = model;
  if (rule.height === 0) return;
  let x = rule.x + 2;
  for (const note of listNotes(model))
    x += 2 + grid.text(x, rule.y, ` ${note} `, theme.ui.accent, rule.x + rule.width - x - 1);
}

function paintTitle(grid: Grid, model: Model, layout: Layout): void {
  const { log, theme } = model;
  const isAll = log.isAll || log.resources === undefined;
  const marked = markedResources(model).length;
  const isOne = !isAll && marked < 2;
  const resource = isOne ? selectedResource(model) : undefined;
  const group = isOne ? selectedGroup(model) : undefined;
  const gone = isOne ? model.list.gone?.reason : undefined;
  const [followKey = ''] = model.keymap.keysOf('follow', ['everywhere', 'log']);
  const [endKey = followKey] = model.keymap.keysOf('bottom', ['log']);
  const name =
    gone ??
    resource?.name ??
    (group ? `${group.label} (${group.members.length})` : isAll ? 'All resources' : `${marked} marked`);
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
      notes: titleNotes(model),
      followKey: model.focus === 'log' ? endKey : followKey,
      nowMs: model.nowMs,
      spinnerPhase: model.spinnerPhase,
    },
    theme,
  );
}

/** What of the log is shown, and what is searched for in it. */
function titleNotes({ log }: Model): LogTitleProps['notes'] {
  const { view, search } = log;
  const count = countLines(log);
  const passes = count && view.text !== '' ? countWords(count) : '';
  return [
    ...(view.text === '' ? [] : [{ text: `& ${view.text}`, isProblem: view.problem !== undefined, detail: passes }]),
    ...(search ? [{ text: `/${search.text} ${searchNote(search)}`, isProblem: search.problem !== undefined }] : []),
  ];
}

const finders = new WeakMap<LogText, (text: string) => readonly Range[]>();

function rangesOf({ query }: LogSearchState): (text: string) => readonly Range[] {
  let finder = finders.get(query);
  if (!finder) {
    finder = makeRangeFinder(query);
    finders.set(query, finder);
  }
  return finder;
}

/** Marks of builds may be there all the same. */
function isNothingPassing({ log }: Model): boolean {
  return log.window.length === 0 || (log.view.text !== '' && countLines(log)?.lines === 0);
}

function emptyLog(model: Model): string {
  const { view, window, isLoading } = model.log;
  if (!model.session) return '';
  // A long log on disk takes seconds.
  if (isLoading) return view.text === '' ? '' : `Looking for lines that pass & ${view.text}`;
  const [first] = window.lines;
  if (view.text !== '') {
    const since = first && window.hasEarlier ? ` since ${clockTime(first.timeMs)}` : '';
    return `No line passes & ${view.text}${since}`;
  }
  const resource = selectedResource(model);
  if (!resource || model.log.isAll) return 'Nothing was logged yet';
  return resource.role === 'manual' || resource.role === 'pending'
    ? `${resource.name}: ${resource.word}. Nothing was logged yet`
    : `${resource.name} has logged nothing yet`;
}

export function helpLineProps(model: Model): Parameters<typeof paintHelpLine>[2] {
  return { hints: helpHints(model), quit: quitHint(model), toast: model.toast, pendingKeys: model.pendingKeys };
}
