// Every command once: its name, what people call it, when it is off and why, and what it does. Keymaps, the help, the
// menu and the last line all read this table.

import { joinArgs } from '../base/split-args.ts';
import { moveInDialog } from './act-dialog.ts';
import { askForDown, askToLeave, exitChoiceOff, interrupt, leave, toggleSnapshot } from './act-exit.ts';
import {
  goBack,
  goToProblem,
  listPage,
  moveSelection,
  select,
  setGroupOpen,
  startFilter,
  toggleGroup,
  withRows,
} from './act-list.ts';
import {
  goToEnd,
  goToStart,
  logPage,
  scrollLog,
  toggleAllLogs,
  toggleFollow,
  toggleTimes,
  toggleWrap,
} from './act-log.ts';
import {
  clearMarks,
  cycleSort,
  markAll,
  markRange,
  setAllGroups,
  toggleDisabled,
  toggleMark,
  toggleStar,
} from './act-marks.ts';
import {
  attachOff,
  copyName,
  edit,
  editOff,
  objectsOff,
  openWeb,
  shell,
  shellOff,
  showObjects,
  toggleUsage,
  webOff,
} from './act-outside.ts';
import {
  openEndpoint,
  openOff,
  setDisabled,
  stopBuild,
  stopBuildOff,
  switchOff,
  toggleTriggerMode,
  trigger,
  triggerModeOff,
  triggerOff,
} from './act-resource.ts';
import { clearSearch, goNear, goToMatch, startSearch } from './act-search.ts';
import { askForFile, copyAll, copySelection, isMarking, moveMark, toggleSelect } from './act-select.ts';
import {
  clearLogFilter,
  cycleLevel,
  hideOlder,
  showCommands,
  showSince,
  showSource,
  startLogFilter,
  togglePretty,
} from './act-view.ts';
import type { CommandName } from './command-names.ts';
import { shownSplit } from './layout.ts';
import { layoutInput, type Model } from './model.ts';
import { closeDialog, openDialog } from './open-dialogs.ts';
import { selectedGroup } from './selected.ts';
import { type Step, step, withToast } from './step.ts';

export interface Command {
  readonly name: CommandName;
  /** What the help calls it. */
  readonly title: string;
  /** Where the help lists it; absent for what only makes sense where it is shown (menus, prompts). */
  readonly section?: 'Resource' | 'List' | 'Move' | 'Log' | 'Screen';
  /** Stops or deletes something. */
  readonly isDestructive?: boolean;
  /** Why it cannot be run now. */
  readonly off?: (model: Model) => string | undefined;
  readonly run: (model: Model) => Step;
}

const isInLog = (model: Model): boolean => model.focus === 'log';

/** In the list the selection moves, in the log the lines. */
function move(rows: (model: Model, page: number) => number): (model: Model) => Step {
  return model => {
    if (!isInLog(model)) return moveSelection(model, rows(model, listPage(model)));
    const by = rows(model, logPage(model));
    return isMarking(model) ? moveMark(model, by) : scrollLog(model, by);
  };
}

function focusOn(model: Model, pane: Model['focus']): Step {
  return step(model, { kind: 'focus', pane });
}

/** Right, into the log of what is selected; a closed group opens first. */
function goForward(model: Model): Step {
  const group = selectedGroup(model);
  if (group && !group.isOpen) return step(setGroupOpen(model, group.label, true));
  return focusOn(model, 'log');
}

function enter(model: Model): Step {
  if (selectedGroup(model)) return step(toggleGroup(model));
  return focusOn({ ...model, log: { ...model.log, isAll: false } }, 'log');
}

/** Esc goes up one level: out of the log, out of the zoom, out of the filter, out of the log of all. */
function leaveLevel(model: Model): Step {
  if (isInLog(model)) return leaveLogLevel(model);
  if (model.list.marked.size > 0) return step(clearMarks(model));
  if (model.isZoomed) return step({ ...model, isZoomed: false });
  if (model.list.filter !== '') return step(withRows(model, { filter: '' }));
  return step(model.log.isAll ? { ...model, log: { ...model.log, isAll: false } } : model);
}

/** In the log: out of what is marked, the search, the filter, and then back to the list. */
function leaveLogLevel(model: Model): Step {
  if (model.log.selection) return step({ ...model, log: { ...model.log, selection: undefined } });
  if (model.log.search) return clearSearch(model);
  return model.log.view.text === '' ? backToList(model) : clearLogFilter(model);
}

function openPalette(model: Model): Step {
  return step(openDialog(model, { kind: 'palette', query: '', at: 0, selected: 0 }));
}

function askForArgs(model: Model): Step {
  const text = joinArgs(model.surroundings.tiltfileArgs);
  return step(openDialog(model, { kind: 'ask', what: 'tiltfile-args', text, at: text.length }));
}

/** Moves the border by a step from where it is seen, up to where it can be seen. */
function resize(model: Model, by: 1 | -1): Step {
  const input = layoutInput(model);
  const from = shownSplit(input);
  if (from === undefined)
    return step(withToast(model, 'There is no border to move: one pane has the whole screen', 'warn'));
  const split = shownSplit({ ...input, split: from + by }) ?? from;
  const next = { ...model, split };
  return step(
    split === from ? withToast(next, `The ${by > 0 ? 'log' : 'list'} needs the room that is left to it`) : next,
  );
}

function backToList(model: Model): Step {
  return focusOn({ ...model, isZoomed: false }, 'list');
}

const needsRow = (model: Model): string | undefined =>
  model.list.gone ? model.list.gone.reason : model.list.rows.length > 0 ? undefined : 'there are no resources yet';

const table: readonly Command[] = [
  {
    name: 'trigger',
    title: 'Update now',
    section: 'Resource',
    off: triggerOff,
    run: trigger,
  },
  { name: 'stop-build', title: 'Stop the build', section: 'Resource', off: stopBuildOff, run: stopBuild },
  {
    name: 'enable',
    title: 'Enable',
    section: 'Resource',
    off: m => switchOff(m, false),
    run: m => setDisabled(m, false),
  },
  {
    name: 'disable',
    title: 'Disable',
    section: 'Resource',
    isDestructive: true,
    off: m => switchOff(m, true),
    run: m => setDisabled(m, true),
  },
  {
    name: 'details',
    title: 'Details, and why',
    section: 'Resource',
    off: needsRow,
    run: m => step(openDialog(m, { kind: 'details', top: 0 })),
  },
  {
    name: 'trigger-mode',
    title: 'Manual, or on every change',
    section: 'Resource',
    off: triggerModeOff,
    run: toggleTriggerMode,
  },
  { name: 'edit', title: 'Open the file that is named, in your editor', section: 'Resource', off: editOff, run: edit },
  { name: 'shell', title: 'A shell in its container', section: 'Resource', off: shellOff, run: m => shell(m, false) },
  { name: 'attach', title: 'Attach to its process', section: 'Resource', off: attachOff, run: m => shell(m, true) },
  {
    name: 'objects',
    title: 'Its objects: YAML, events, differences',
    section: 'Resource',
    off: objectsOff,
    run: showObjects,
  },
  { name: 'copy-name', title: 'Copy its name', section: 'Resource', off: needsRow, run: copyName },
  { name: 'open', title: 'Open its endpoint', section: 'Resource', off: openOff, run: openEndpoint },
  {
    name: 'more',
    title: 'All actions of the resource',
    section: 'Resource',
    off: needsRow,
    run: m => step(openDialog(m, { kind: 'menu', selected: 0 })),
  },
  { name: 'next-problem', title: 'Next problem', section: 'Move', run: m => goToProblem(m, 1) },
  { name: 'previous-problem', title: 'Previous problem', section: 'Move', run: m => goToProblem(m, -1) },
  { name: 'mark', title: 'Mark for an action on many', section: 'List', off: needsRow, run: toggleMark },
  { name: 'mark-range', title: 'Mark from the last mark to here', section: 'List', off: needsRow, run: markRange },
  { name: 'mark-all', title: 'Mark all that is listed', section: 'List', off: needsRow, run: markAll },
  { name: 'star', title: 'Star, or take the star away', section: 'List', off: needsRow, run: toggleStar },
  { name: 'sort', title: 'Sort: Tiltfile, name, state, change', section: 'List', run: cycleSort },
  { name: 'show-disabled', title: 'Hide or list disabled resources', section: 'List', run: toggleDisabled },
  { name: 'usage', title: 'CPU and memory', section: 'List', run: toggleUsage },
  { name: 'close-groups', title: 'Close all groups', section: 'List', run: m => setAllGroups(m, false) },
  { name: 'open-groups', title: 'Open all groups', section: 'List', run: m => setAllGroups(m, true) },
  { name: 'filter', title: 'Filter the list', section: 'List', run: startFilter },
  { name: 'down', title: 'Down', section: 'Move', run: move(() => 1) },
  { name: 'up', title: 'Up', section: 'Move', run: move(() => -1) },
  { name: 'half-page-down', title: 'Half a page down', section: 'Move', run: move((_, page) => Math.ceil(page / 2)) },
  { name: 'half-page-up', title: 'Half a page up', section: 'Move', run: move((_, page) => -Math.ceil(page / 2)) },
  { name: 'page-down', title: 'A page down', section: 'Move', run: move((_, page) => page) },
  { name: 'page-up', title: 'A page up', section: 'Move', run: move((_, page) => -page) },
  {
    name: 'top',
    title: 'To the beginning',
    section: 'Move',
    run: m => (isMarking(m) ? moveMark(m, -Infinity) : isInLog(m) ? goToStart(m) : step(select(m, 0))),
  },
  {
    name: 'bottom',
    title: 'To the end; in the log: follow',
    section: 'Move',
    run: m =>
      isMarking(m) ? moveMark(m, Infinity) : isInLog(m) ? goToEnd(m) : step(select(m, m.list.rows.length - 1)),
  },
  { name: 'enter', title: 'Into the log; open or close a group', section: 'Move', off: needsRow, run: enter },
  { name: 'forward', title: 'Right: open a group, into the log', section: 'Move', run: goForward },
  {
    name: 'back',
    title: 'Left: close a group, back to the list',
    section: 'Move',
    run: m => (isInLog(m) ? backToList(m) : step(goBack(m))),
  },
  { name: 'leave', title: 'One level up', section: 'Move', run: leaveLevel },
  { name: 'next-pane', title: 'Other pane', section: 'Move', run: m => focusOn(m, isInLog(m) ? 'list' : 'log') },
  { name: 'previous-pane', title: 'Other pane', run: m => focusOn(m, isInLog(m) ? 'list' : 'log') },
  { name: 'follow', title: 'Follow, or pause', section: 'Log', run: toggleFollow },
  { name: 'all-logs', title: 'Log of all resources', section: 'Log', run: toggleAllLogs },
  { name: 'search', title: 'Search the log', section: 'Log', run: startSearch },
  {
    name: 'next-match',
    title: 'Next line that has it; without a search: next error',
    section: 'Log',
    run: m => goToMatch(m, 1),
  },
  { name: 'previous-match', title: 'Previous line that has it, or error', section: 'Log', run: m => goToMatch(m, -1) },
  {
    name: 'next-error',
    title: 'Next error in the log',
    section: 'Log',
    run: m => goNear(m, { what: 'error', way: 1 }),
  },
  {
    name: 'previous-error',
    title: 'Previous error in the log',
    section: 'Log',
    run: m => goNear(m, { what: 'error', way: -1 }),
  },
  {
    name: 'next-section',
    title: 'Next build or run in the log',
    section: 'Log',
    run: m => goNear(m, { what: 'section', way: 1 }),
  },
  {
    name: 'previous-section',
    title: 'Beginning of this build or run',
    section: 'Log',
    run: m => goNear(m, { what: 'section', way: -1 }),
  },
  { name: 'log-filter', title: 'Show only lines that have', section: 'Log', run: startLogFilter },
  {
    name: 'clear-log-filter',
    title: 'Show all lines',
    section: 'Log',
    off: m => (m.log.view.text === '' ? 'all lines are shown' : undefined),
    run: clearLogFilter,
  },
  { name: 'level', title: 'Levels: all, warnings, errors', section: 'Log', run: cycleLevel },
  { name: 'source-all', title: 'Builds and runs', section: 'Log', run: m => showSource(m, 'all') },
  { name: 'source-build', title: 'Builds only', section: 'Log', run: m => showSource(m, 'build') },
  { name: 'source-runtime', title: 'Runs only', section: 'Log', run: m => showSource(m, 'runtime') },
  { name: 'last-minute', title: 'Only the last minute', section: 'Log', run: m => showSince(m, '1m') },
  { name: 'last-5-minutes', title: 'Only the last 5 minutes', section: 'Log', run: m => showSince(m, '5m') },
  { name: 'last-hour', title: 'Only the last hour', section: 'Log', run: m => showSince(m, '1h') },
  { name: 'all-times', title: 'All times', section: 'Log', run: m => showSince(m, undefined) },
  { name: 'hide-older', title: 'Clear: only what comes from now on', section: 'Log', run: hideOlder },
  { name: 'pretty', title: 'Lines of JSON in full', section: 'Log', run: togglePretty },
  { name: 'select', title: 'Mark lines', section: 'Log', run: toggleSelect },
  { name: 'copy', title: 'Copy what is marked, or seen', section: 'Log', run: copySelection },
  { name: 'copy-all', title: 'Copy all that is shown', section: 'Log', run: copyAll },
  { name: 'save', title: 'Save the log to a file', section: 'Log', run: askForFile },
  { name: 'wrap', title: 'Wrap long lines', section: 'Log', run: toggleWrap },
  { name: 'times', title: 'Show times', section: 'Log', run: toggleTimes },
  { name: 'log-down', title: 'Scroll the log down', section: 'Log', run: m => scrollLog(m, 3) },
  { name: 'log-up', title: 'Scroll the log up', section: 'Log', run: m => scrollLog(m, -3) },
  { name: 'wider-list', title: 'More room for the list', section: 'Screen', run: m => resize(m, 1) },
  { name: 'narrower-list', title: 'More room for the log', section: 'Screen', run: m => resize(m, -1) },
  { name: 'zoom', title: 'Only this pane', section: 'Screen', run: m => step({ ...m, isZoomed: !m.isZoomed }) },
  { name: 'palette', title: 'Find an action or a resource', section: 'Screen', run: openPalette },
  { name: 'open-web', title: 'Open the web page', section: 'Screen', off: webOff, run: openWeb },
  { name: 'tiltfile-args', title: 'Arguments of the Tiltfile', section: 'Screen', run: askForArgs },
  { name: 'command-log', title: 'Commands that ran', section: 'Log', run: showCommands },
  {
    name: 'help',
    title: 'This help',
    section: 'Screen',
    run: m => step(openDialog(m, { kind: 'help', query: '', at: 0, selected: 0 })),
  },
  { name: 'redraw', title: 'Draw everything anew', section: 'Screen', run: m => step(m, { kind: 'redraw' }) },
  {
    name: 'suspend',
    title: 'Back to the shell for a while (fg returns)',
    section: 'Screen',
    run: m => step(m, { kind: 'stop-job' }),
  },
  { name: 'quit', title: 'Leave', section: 'Screen', run: askToLeave },
  { name: 'interrupt', title: 'Close, then leave', section: 'Screen', run: interrupt },
  { name: 'menu-down', title: 'Down', run: m => moveInDialog(m, 1) },
  { name: 'menu-up', title: 'Up', run: m => moveInDialog(m, -1) },
  { name: 'menu-run', title: 'Run', run: m => step(m) },
  { name: 'menu-close', title: 'Close', run: m => step(closeDialog(m)) },
  { name: 'exit-keep', title: 'Keep', run: m => leave(m, 'keep') },
  {
    name: 'exit-disable',
    title: 'Disable',
    isDestructive: true,
    off: m => exitChoiceOff(m, 'disable'),
    run: m => leave(m, 'disable'),
  },
  { name: 'exit-down', title: 'Down', isDestructive: true, off: m => exitChoiceOff(m, 'down'), run: askForDown },
  { name: 'exit-snapshot', title: 'Save a snapshot as well', run: toggleSnapshot },
  { name: 'exit-stay', title: 'Stay', run: m => step(closeDialog(m)) },
];

const byName = new Map(table.map(command => [command.name, command]));

/** Everything there is, in the order of the help. */
export const commands: readonly Command[] = table;

export function commandOf(name: CommandName): Command {
  const command = byName.get(name);
  if (!command) throw new Error(`bug: no command '${name}'`);
  return command;
}
