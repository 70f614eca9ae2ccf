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

/** ms until something on the screen changes by itself; undefined when nothing will. */
export function untilNextLook(model: Model): number | undefined {
  const { nowMs, toast, list } = model;
  const waits: number[] = [];
  if (toast) waits.push(toast.untilMs - nowMs);
  const { height } = layoutOf(model).list;
  for (const row of list.rows.slice(list.top, list.top + height)) {
    if (row.kind === 'resource' && row.resource.sinceMs !== undefined)
      waits.push(untilNextAge(nowMs - row.resource.sinceMs));
  }
  const selected = selectedResource(model);
  if (selected?.sinceMs !== undefined) waits.push(untilNextAge(nowMs - selected.sinceMs));
  return waits.length > 0 ? Math.max(1, Math.min(...waits)) : undefined;
}

/** True when nothing is going on that a moment of other work could disturb: the resources are shown and none builds. */
export function isQuiet(model: Model): boolean {
  const { resources, log } = model;
  return resources.length > 0 && !log.isLoading && !resources.some(row => row.isBuilding || row.role === 'pending');
}
