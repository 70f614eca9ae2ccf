// When the screen must look again though nothing happened: a spinner turns, an age gets another number, a message is over.
// Pure; the runner sets one timer for it. Nothing to wait for means no timer, and an idle screen costs nothing.
import { untilNextAge } from './ages.ts';
import { layoutOf, type Model } from './model.ts';
import { dialogOf } from './open-dialogs.ts';
import { selectedResource } from './selected.ts';

const spinnerPeriodMs = 120;
/** On a slow link a turn costs what a word of the log would. */
const slowSpinnerPeriodMs = 1000;

/** ms between two turns of a spinner. */
export function spinnerPeriod({ isSlowLink }: Model): number {
  return isSlowLink ? slowSpinnerPeriodMs : spinnerPeriodMs;
}

/** True while something that turns is on the screen. */
export function isSpinning(model: Model): boolean {
  return dialogOf(model, 'leaving') !== undefined || model.resources.some(row => row.role === 'building');
}

/** Ages below a minute count seconds, and all of them turn with the second; of the others a few seconds late is soon enough. */
const secondsUntilMs = 60_000;
const secondsTickMs = 1000;
const longTickMs = 10_000;

/** When something on the screen changes by itself, on the clock; undefined when nothing will. */
export function nextLookMs(model: Model): number | undefined {
  const { toast } = model;
  const agesMs = nextAgesMs(model);
  if (!toast) return agesMs;
  return agesMs === undefined ? toast.untilMs : Math.min(agesMs, toast.untilMs);
}

/** When the next of the ages that are in sight changes; they change together, so that an idle screen wakes up seldom. */
export function nextAgesMs(model: Model): number | undefined {
  const { nowMs, list } = model;
  let next = Number.POSITIVE_INFINITY;
  const add = (sinceMs: number | undefined): void => {
    if (sinceMs !== undefined) next = Math.min(next, ageTick(nowMs, sinceMs));
  };
  const end = Math.min(list.rows.length, list.top + layoutOf(model).list.height);
  for (let i = list.top; i < end; i++) {
    const row = list.rows[i]!;
    if (row.kind === 'resource') add(row.resource.sinceMs);
  }
  add(selectedResource(model)?.sinceMs);
  return Number.isFinite(next) ? next : undefined;
}

function ageTick(nowMs: number, sinceMs: number): number {
  const tickMs = nowMs - sinceMs < secondsUntilMs ? secondsTickMs : longTickMs;
  return Math.ceil((nowMs + untilNextAge(nowMs - sinceMs)) / tickMs) * tickMs;
}

/** True when nothing is going on that a moment of other work could disturb: the resources are shown and none builds. */
export function isQuiet(model: Model): boolean {
  const { resources, log } = model;
  return resources.length > 0 && !log.isLoading && !resources.some(row => row.isBuilding || row.role === 'pending');
}
