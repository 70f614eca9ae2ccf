// Whether a pane would look as it did when it was painted last. All of the model counts but what is named here, so that a
// part that comes new to the model is seen by every pane until somebody says otherwise.
import type { LogState } from './log-state.ts';
import type { Model } from './model.ts';
import type { ScreenPane } from './panes.ts';
import { selectedResource } from './selected.ts';
import { nextAgesMs } from './wake-times.ts';

type PaneKey = ScreenPane['name'];

/** What was painted: the model, and the parts of it that change in place. */
export interface PaintedModel {
  readonly model: Model;
  readonly windowVersion: number;
  readonly linksVersion: number;
  /** From then on its ages are others. */
  readonly agesUntilMs: number;
}

export function paintedModel(model: Model): PaintedModel {
  return {
    model,
    windowVersion: model.log.window.version,
    linksVersion: model.fileLinks?.version ?? 0,
    agesUntilMs: nextAgesMs(model) ?? Number.POSITIVE_INFINITY,
  };
}

/** Parts of the model that a pane does not show. */
const unseen: Readonly<Record<PaneKey, ReadonlySet<keyof Model>>> = {
  header: new Set(['nowMs', 'facts', 'usage', 'toast', 'pendingKeys']),
  list: new Set(['nowMs', 'facts', 'toast', 'pendingKeys']),
  divider: new Set(['nowMs', 'facts', 'usage', 'toast', 'pendingKeys', 'spinnerPhase']),
  log: new Set(['nowMs', 'facts', 'usage', 'toast', 'pendingKeys']),
  status: new Set(['nowMs', 'facts', 'usage', 'spinnerPhase']),
};

/** What all panes but the log's own see of the log: how it is shown, not what is in it. */
const unseenOfLog: ReadonlySet<keyof LogState> = new Set([
  'window',
  'generation',
  'near',
  'newestId',
  'newLines',
  'newErrors',
  'isFetching',
  'isLoading',
  'paused',
]);
const nothing: ReadonlySet<keyof LogState> = new Set();

/** True when the pane would paint the same again. */
export function staysSame(pane: PaneKey, painted: PaintedModel, now: Model): boolean {
  const before = painted.model;
  if (before === now && pane !== 'log') return true;
  const isLog = pane === 'log';
  if (isLog && painted.windowVersion !== now.log.window.version) return false;
  if (isLog && painted.linksVersion !== (now.fileLinks?.version ?? 0)) return false;
  if ((isLog || pane === 'list') && now.nowMs >= painted.agesUntilMs) return false;
  for (const key of Object.keys(now) as (keyof Model)[]) {
    if (before[key] === now[key] || unseen[pane].has(key)) continue;
    if (key === 'log' && isSameLog(before.log, now.log, isLog ? nothing : unseenOfLog)) continue;
    if (key === 'spinnerPhase' && isLog && !isTitleTurning(now)) continue;
    return false;
  }
  return true;
}

/** The title of the log tells the state of one resource. */
function isTitleTurning(model: Model): boolean {
  const role = selectedResource(model)?.role;
  return role !== undefined && model.theme.status[role].glyph === 'spinner';
}

function isSameLog(a: LogState, b: LogState, ignored: ReadonlySet<keyof LogState>): boolean {
  return (Object.keys(b) as (keyof LogState)[]).every(key => a[key] === b[key] || ignored.has(key));
}
