// The log pane: following, scrolling, what it shows, and taking the lines that come.
import type { LogLine } from '../api/client.ts';
import { isErrorLine } from '../logs/error-lines.ts';
import type { Effect } from './effects.ts';
import { logLayout, timesFromColumns } from './log-layout.ts';
import type { LogStart } from './log-places.ts';
import type { LogView } from './log-query.ts';
import { endPosition, isAfter, type LogPosition, moveBy, rowsFrom } from './log-rows.ts';
import { isBlankHead } from './log-sections.ts';
import type { LogState, PausedLog } from './log-state.ts';
import { LogWindow } from './log-window.ts';
import type { Message } from './messages.ts';
import { layoutOf, type Model } from './model.ts';
import { markedResources, resourcesOf, selectedRow } from './selected.ts';
import { type Step, step, withToast } from './step.ts';

/** Rows from the edge of the window at which more is fetched. */
const fetchMargin = 200;

export function logPage(model: Model): number {
  return Math.max(1, layoutOf(model).log.height - 1);
}

export function withLog(model: Model, change: Partial<LogState>): Model {
  return { ...model, log: { ...model.log, ...change } };
}

/** Scrolls by rows. Reaching the end goes on following. */
export function scrollLog(model: Model, rows: number): Step {
  const layout = logLayout(model, layoutOf(model).log);
  const { window, position } = model.log;
  const end = endPosition(layout);
  const from = position ?? end;
  if (!from || !end) return step(model);
  const to = moveBy(layout, from, rows);
  if (!isAfter(end, to))
    return rows > 0 && !window.hasLater
      ? step(follow(model))
      : step(position ? withLog(model, { position: to }) : model);
  return step(pauseAt(model, to));
}

export function pauseAt(model: Model, position: LogPosition): Model {
  const isNew = model.log.position === undefined;
  return withLog(model, isNew ? { position, newLines: 0, newErrors: 0 } : { position });
}

function follow(model: Model): Model {
  model.log.window.trimStart();
  return withLog(model, { position: undefined, newLines: 0, newErrors: 0 });
}

/** `G`: to the newest line, and on with it. */
export function goToEnd(model: Model): Step {
  return model.log.window.hasLater ? reopen(follow(model), 'end') : step(follow(model));
}

/** `g`: to the first line there is. */
export function goToStart(model: Model): Step {
  if (model.log.window.hasEarlier && model.session) return reopen(model, 'start');
  const first = model.log.window.lines[0];
  return step(first ? pauseAt(model, { id: first.id, row: 0 }) : model);
}

export function toggleFollow(model: Model): Step {
  if (model.log.position !== undefined) {
    const { model: next, effects } = goToEnd(model);
    return step(withToast(next, 'Following'), ...effects);
  }
  const end = endPosition(logLayout(model, layoutOf(model).log));
  return step(end ? withToast(pauseAt(model, end), 'Paused') : model);
}

export function toggleAllLogs(model: Model): Step {
  return step(withLog(model, { isAll: !model.log.isAll }));
}

export function toggleWrap(model: Model): Step {
  const wrap = !model.log.wrap;
  return step(withToast(withLog(model, { wrap }), wrap ? 'Long lines are wrapped' : 'Long lines are cut'));
}

export function toggleTimes(model: Model): Step {
  const { width } = layoutOf(model).log;
  if (width > 0 && width < timesFromColumns)
    return step(withToast(model, `Times need ${timesFromColumns} columns, the log has ${width}`, 'warn'));
  return step(withLog(model, { times: !model.log.times }));
}

/** What the log should show: all, or what is selected. */
function wantedResources(model: Model): readonly string[] | undefined {
  if (model.log.isAll) return undefined;
  const marked = markedResources(model);
  if (marked.length > 1) return marked.map(resource => resource.name);
  if (model.list.gone) return model.list.gone.resources;
  const row = selectedRow(model);
  return row && resourcesOf(row).map(resource => resource.name);
}

function sameNames(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

export function reopen(model: Model, from: LogStart): Step {
  const { resources, shownView } = model.log;
  const generation = model.log.generation + 1;
  return step(withLog(model, { generation, isFetching: false, isLoading: true }), {
    kind: 'show-log',
    generation,
    resources,
    view: shownView.filter,
    from,
  });
}

/** Brings the log in line with what is selected, and fetches what the reader is about to reach. */
export function settleLog(model: Model): Step {
  if (!model.session) return step(model);
  const resources = wantedResources(model);
  const { view, shownView, position } = model.log;
  const isNone = model.log.generation === 0;
  const isSame = !isNone && sameNames(resources, model.log.resources);
  if (isSame && view.text === shownView.text) return fetchAround(model);
  const shown = { resources, shownView: view, selection: undefined, drag: undefined };
  const empty = { window: new LogWindow(), newLines: 0, newErrors: 0 };
  // Who reads goes on where he was, among the lines that are left.
  if (isSame) return reopen(withLog(model, { ...shown, ...empty }), position ? { lineId: position.id } : 'end');
  const paused = withPaused(model.log);
  const place = paused.get(placeKey(resources, view));
  if (place) return comeBack(withLog(model, { ...shown, ...place, paused }));
  return reopen(withLog(model, { ...shown, ...empty, position: undefined, paused }), 'end');
}

/** Each holds the lines of a window. */
const maxPaused = 3;

/** One text for each log that can be shown. */
export function placeKey(resources: readonly string[] | undefined, view: LogView): string {
  return `${view.text}\n${resources === undefined ? '*' : resources.join('\n')}`;
}

/** The paused logs with the one that is left now, if it is paused. */
function withPaused(log: LogState): ReadonlyMap<string, PausedLog> {
  const { window, position, newestId, newLines, newErrors } = log;
  const paused = new Map(log.paused);
  const key = placeKey(log.resources, log.shownView);
  paused.delete(key);
  if (position !== undefined) paused.set(key, { window, position, newestId, newLines, newErrors });
  for (const oldest of [...paused.keys()].slice(0, -maxPaused)) paused.delete(oldest);
  return paused;
}

/** The reader stands where he stood; what came meanwhile is counted as far as the newest lines tell. */
function comeBack(model: Model): Step {
  model.log.window.hasLater = true;
  const { model: next, effects } = reopen(model, 'end');
  return step(withLog(next, { isLoading: false }), ...effects);
}

function fetchAround(model: Model): Step {
  const { window, position, generation, isFetching } = model.log;
  if (!position || isFetching || window.length === 0) return step(model);
  const index = window.indexOf(position.id);
  const wanted: Effect[] = [];
  if (window.hasEarlier && index < fetchMargin)
    wanted.push({ kind: 'log-earlier', generation, beforeId: window.lines[0]!.id });
  else if (window.hasLater && index > window.length - fetchMargin)
    wanted.push({ kind: 'log-later', generation, afterId: window.lines.at(-1)!.id });
  return wanted.length > 0 ? step(withLog(model, { isFetching: true }), ...wanted) : step(model);
}

type LogMessage = Extract<Message, { kind: 'log-lines' | 'log-earlier' | 'log-later' | 'log-around' }>;

/** Takes lines that came; those of an older generation are late and dropped. */
export function takeLines(model: Model, message: LogMessage): Model {
  const { window } = model.log;
  if (message.generation !== model.log.generation) return model;
  if (message.kind === 'log-earlier') {
    window.prepend(withoutBlankHeads(message.lines));
    if (message.isStart) window.hasEarlier = false;
    return withLog(model, { isFetching: false });
  }
  if (message.kind === 'log-later') {
    window.extend(withoutBlankHeads(message.lines), message.isEnd);
    return withLog(model, { isFetching: false });
  }
  if (message.kind === 'log-around') return takeAround(model, message);
  return message.isFresh ? takeFresh(model, message) : takeLive(model, message.lines);
}

/** The pane marks the beginning of a build itself. */
function withoutBlankHeads(lines: readonly LogLine[]): readonly LogLine[] {
  return lines.some(isBlankHead) ? lines.filter(line => !isBlankHead(line)) : lines;
}

function takeAround(model: Model, message: Extract<LogMessage, { kind: 'log-around' }>): Model {
  const window = new LogWindow();
  window.extend(withoutBlankHeads(message.lines), message.isEnd);
  window.hasEarlier = !message.isStart;
  window.hasLater = !message.isEnd;
  const newestId = Math.max(model.log.newestId, message.lines.at(-1)?.id ?? -1);
  const next = withLog(model, { window, newestId, isLoading: false, isFetching: false });
  const line = window.lines[Math.min(window.indexOf(message.lineId), window.length - 1)];
  // Where nothing is left the place is remembered for when there is something again.
  return withLog(next, { position: line ? placed(next, line.id) : { id: message.lineId, row: 0 } });
}

/** Rows of the pane above a line that was gone to, as a part of its height. */
const rowsAbove = 1 / 3;

/** The position at which a line of the window stands a little above the middle. */
function placed(model: Model, id: number): LogPosition {
  const layout = logLayout(model, layoutOf(model).log);
  return moveBy(layout, { id, row: 0 }, -Math.floor(layout.height * rowsAbove));
}

/** The lines that are seen now: the first and the last id; undefined while there is none. */
export function seenLines(model: Model): { readonly first: number; readonly last: number } | undefined {
  const layout = logLayout(model, layoutOf(model).log);
  const rows = rowsFrom(layout, model.log.position ?? endPosition(layout));
  const [first, last] = [rows[0], rows.at(-1)];
  return first && last && { first: first.line.id, last: last.line.id };
}

/** Goes to a line and stops following; a line that is in sight stays where it is. */
export function showLine(model: Model, id: number): Step {
  const { window, position } = model.log;
  const index = window.indexOf(id);
  const line = window.lines[index];
  // Where the line itself is not shown, the next one is, if nothing between them is missing.
  if (!line || (line.id !== id && index === 0 && window.hasEarlier)) {
    const paused = position ? model : withLog(model, { newLines: 0, newErrors: 0, position: { id, row: 0 } });
    return reopen(paused, { lineId: id });
  }
  const seen = seenLines(model);
  const isSeen = seen !== undefined && id >= seen.first && id <= seen.last;
  const end = endPosition(logLayout(model, layoutOf(model).log));
  const to = isSeen ? (position ?? end) : placed(model, line.id);
  return step(to ? pauseAt(model, to) : model);
}

function takeFresh(model: Model, message: Extract<LogMessage, { kind: 'log-lines' }>): Model {
  // The jump was on its way when reading began: nothing moves, the lines between are fetched as the reader goes.
  if (model.log.position !== undefined && !model.log.isLoading) {
    model.log.window.hasLater = true;
    return takeLive(model, message.lines);
  }
  const window = new LogWindow();
  window.append(withoutBlankHeads(message.lines), false);
  window.hasEarlier = !message.isStart;
  const first = message.lines[0];
  // From the start: the reader stands there, and what follows is fetched as he goes.
  const isReading = message.isStart && message.from === 'start' && first !== undefined;
  window.hasLater = isReading;
  const position = isReading ? { id: first.id, row: 0 } : undefined;
  const newestId = Math.max(model.log.newestId, message.lines.at(-1)?.id ?? -1);
  // Who goes to the beginning has seen nothing of what came meanwhile.
  const seen = isReading ? {} : { newLines: 0, newErrors: 0 };
  return withLog(model, { window, position, newestId, ...seen, isLoading: false });
}

function takeLive(model: Model, lines: readonly LogLine[]): Model {
  const { window, position, newestId } = model.log;
  window.append(withoutBlankHeads(lines), position !== undefined);
  const last = lines.at(-1)?.id ?? -1;
  const newest = Math.max(newestId, last);
  if (position === undefined) return withLog(model, { newestId: newest });
  let errors = 0;
  let count = 0;
  for (const line of lines) {
    // A line that grew was counted when it came first.
    if (line.id <= newestId) continue;
    count++;
    if (isErrorLine(line)) errors++;
  }
  const { newLines, newErrors } = model.log;
  return withLog(model, { newestId: newest, newLines: newLines + count, newErrors: newErrors + errors });
}
