// Searching the log: a text is looked for in all of it, on disk as well, while everything stays in sight; the keys go from
// one line that has it to the next. Without a search the same keys go from error to error.
import type { LogFilter, LogMatches } from '../api/client.ts';
import { goToEnd, placeKey, seenLines, showLine, withLog } from './act-log.ts';
import type { NearGoal } from './log-places.ts';
import { parseSearch } from './log-query.ts';
import type { LogPosition } from './log-rows.ts';
import type { LogSearchState } from './log-state.ts';
import type { Model } from './model.ts';
import { changeDialog, closeDialog, dialogOf, openDialog } from './open-dialogs.ts';
import { type Step, step, withToast } from './step.ts';
import type { Field } from './text-edit.ts';

export function startSearch(model: Model): Step {
  const { search, position } = model.log;
  const nearId = seenLines(model)?.last ?? -1;
  return step(
    openDialog(model, { kind: 'search', text: '', at: 0, from: { search, position }, nearId }),
    { kind: 'focus', pane: 'log' },
    { kind: 'prepare-search' },
  );
}

/** Takes the text while it is typed, and looks for it. */
export function typeSearch(model: Model, { text, at }: Field): Step {
  const typing = dialogOf(model, 'search');
  if (!typing) return step(model);
  const moved = changeDialog(model, { ...typing, text, at });
  if (text === typing.text) return step(moved);
  if (text === '' || text === 're:') return step(withLog(moved, { search: undefined }), { kind: 'stop-finding' });
  return beginSearch(moved, text, typing.nearId);
}

/** Enter keeps the search, and with nothing typed goes on with the last one; Esc brings everything back. */
export function endSearch(model: Model, isKept: boolean): Step {
  const typing = dialogOf(model, 'search');
  if (!typing) return step(model);
  const closed = closeDialog(model);
  const { search: before, position } = typing.from;
  if (isKept && typing.text !== '') return step(closed);
  if (isKept) return before ? goToMatch(withLog(closed, { search: before }), 1) : step(closed);
  return backTo(withLog(closed, { search: before && { ...before, isRunning: false } }), position);
}

/** Where the log was before somebody typed. */
function backTo(model: Model, position: LogPosition | undefined): Step {
  const { window, position: now } = model.log;
  if (position === undefined) return now === undefined ? step(model) : goToEnd(model);
  if (window.lines[window.indexOf(position.id)]?.id === position.id) return step(withLog(model, { position }));
  return showLine(model, position.id);
}

function beginSearch(model: Model, text: string, nearId: number): Step {
  const { query, problem } = parseSearch(text);
  const { log } = model;
  const search: LogSearchState = {
    text,
    query,
    problem,
    number: (log.search?.number ?? 0) + 1,
    place: placeKey(log.resources, log.shownView),
    ids: [],
    throughId: -1,
    isCut: false,
    isRunning: problem === undefined,
    current: undefined,
    wantsNear: nearId,
  };
  const next = withLog(model, { search });
  if (problem) return step(next, { kind: 'stop-finding' });
  return step(next, { kind: 'find', number: search.number, text: query, filter: shownFilter(model) });
}

/** The filter of the log that is shown. */
export function shownFilter({ log }: Model): LogFilter {
  const { resources, shownView } = log;
  return { minLevel: 'info', ...shownView.filter, ...(resources ? { resources } : {}) };
}

/** Lines that have the text. */
export function takeFound(
  model: Model,
  { number, matches, isMore }: { readonly number: number; readonly matches: LogMatches; readonly isMore: boolean },
): Step {
  const { search } = model.log;
  if (!search || search.number !== number) return step(model);
  const ids = isMore ? [...search.ids, ...matches.ids] : matches.ids;
  const throughId = Math.max(search.throughId, matches.throughId);
  const isCut = isMore ? search.isCut : matches.isCut;
  const found = { ...search, ids, throughId, isCut, isRunning: false, wantsNear: undefined };
  const next = withLog(model, { search: found });
  if (search.wantsNear === undefined) return step(next);
  if (ids.length === 0) {
    // What the first letters found is not what is looked for.
    const typing = dialogOf(model, 'search');
    return typing ? backTo(next, typing.from.position) : step(next);
  }
  const near = ids.findLast(id => id <= search.wantsNear!) ?? ids[0]!;
  return showMatch(next, near);
}

/** The log could not be looked through for it. */
export function failSearch(
  model: Model,
  { number, problem }: { readonly number: number; readonly problem: string },
): Step {
  const { search } = model.log;
  if (!search || search.number !== number) return step(model);
  return step(withLog(model, { search: { ...search, problem, isRunning: false, wantsNear: undefined } }));
}

function showMatch(model: Model, id: number): Step {
  const { search } = model.log;
  return search ? showLine(withLog(model, { search: { ...search, current: id } }), id) : step(model);
}

/** Goes to the next (1) or the previous (-1) line that has the text; round at the ends, and says so. */
export function goToMatch(model: Model, way: 1 | -1): Step {
  const { search } = model.log;
  if (!search) return goNear(model, { what: 'error', way });
  const { ids } = search;
  if (ids.length === 0) return step(withToast(model, noMatchText(search), 'warn'));
  const from = placeOf(model, way);
  const next = way === 1 ? ids.find(id => id > from) : ids.findLast(id => id < from);
  if (next !== undefined) return showMatch(model, next);
  const { model: shown, effects } = showMatch(model, way === 1 ? ids[0]! : ids.at(-1)!);
  return step(withToast(shown, way === 1 ? 'From the beginning again' : 'From the end again'), ...effects);
}

function noMatchText({ text, problem, isRunning }: LogSearchState): string {
  return problem ?? (isRunning ? `Still looking for ${text}` : `No line has ${text}`);
}

/** The line that "next" and "previous" count from: the one gone to while it is in sight, else the edge of the pane. */
function placeOf(model: Model, way: 1 | -1): number {
  const seen = seenLines(model);
  const current = model.log.search?.current;
  if (!seen) return current ?? -1;
  if (current !== undefined && current >= seen.first && current <= seen.last) return current;
  return way === 1 ? seen.first - 1 : seen.last + 1;
}

export function clearSearch(model: Model): Step {
  return step(withLog(model, { search: undefined }), { kind: 'stop-finding' });
}

/** Looks again where another log is shown, and behind the end for what came since. */
export function settleSearch(model: Model): Step {
  const { search, newestId, resources, shownView, isLoading } = model.log;
  if (!search || search.problem !== undefined || isLoading) return step(model);
  const { number, query } = search;
  const filter = shownFilter(model);
  const place = placeKey(resources, shownView);
  if (place !== search.place) {
    const again = { ...search, place, number: number + 1, ids: [], throughId: -1, isCut: false, isRunning: true };
    const next = withLog(model, { search: { ...again, current: undefined, wantsNear: undefined } });
    return step(next, { kind: 'find', number: number + 1, text: query, filter });
  }
  if (search.isRunning || newestId <= search.throughId) return step(model);
  const next = withLog(model, { search: { ...search, isRunning: true } });
  return step(next, { kind: 'find', number, text: query, filter, afterId: search.throughId });
}

/** Goes to the next or previous error, or beginning of a build or run. */
export function goNear(model: Model, goal: NearGoal): Step {
  const seen = seenLines(model);
  if (!seen) return step(withToast(model, 'Nothing was logged yet'));
  const { generation, near } = model.log;
  const isSeen = near !== undefined && near >= seen.first && near <= seen.last;
  const fromId = isSeen ? near : goal.way === 1 ? seen.first - 1 : seen.last + 1;
  return step(model, { kind: 'find-near', generation, goal, filter: shownFilter(model), fromId });
}

const nearWords = {
  error: { 1: 'No error after this', [-1]: 'No error before this' },
  section: { 1: 'No build or run begins after this', [-1]: 'No build or run begins before this' },
} as const;

/** The place was found, or there is none. */
export function takeNear(
  model: Model,
  {
    generation,
    goal,
    lineId,
  }: { readonly generation: number; readonly goal: NearGoal; readonly lineId: number | undefined },
): Step {
  if (generation !== model.log.generation) return step(model);
  if (lineId === undefined) return step(withToast(model, nearWords[goal.what][goal.way]));
  return showLine(withLog(model, { near: lineId }), lineId);
}

/** What a search says beside its text: how many lines have it, and which of them is looked at. */
export function searchNote({ ids, current, isCut, isRunning, problem }: LogSearchState): string {
  if (problem) return problem;
  if (isRunning && ids.length === 0) return '…';
  const count = `${ids.length}${isCut ? '+' : ''}`;
  const index = current === undefined ? -1 : indexOfId(ids, current);
  return ids.length === 0 ? 'no line' : index < 0 ? count : `${index + 1} of ${count}`;
}

function indexOfId(ids: readonly number[], id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (ids[middle] === id) return middle;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
