// Leaving: the prompt, its choices, and what Ctrl-C means the first, second and third time.
//
//     nothing open --ctrl-c, q--> prompt --enter, ctrl-c--> leaving --ctrl-c--> hurried --ctrl-c--> gone
//          ^------------esc, q------'
import type { ExitChoice, ExitPlan } from '../api/client.ts';
import type { Model } from './model.ts';
import { type Step, step } from './step.ts';

/** A second Ctrl-C within this time leaves, whatever the first one closed. */
const secondInterruptMs = 2000;

export function askToLeave(model: Model): Step {
  // Without a session there is nothing to ask about.
  if (!model.session) return leave(model, 'keep');
  return step({ ...model, overlay: { kind: 'exit' } }, { kind: 'load-exit-plan' });
}

export function takePlan(model: Model, plan: ExitPlan): Model {
  return model.overlay?.kind === 'exit' ? { ...model, overlay: { ...model.overlay, plan } } : model;
}

export function leave(model: Model, choice: ExitChoice): Step {
  const overlay = { kind: 'leaving', choice, lines: [], startedAtMs: model.nowMs } as const;
  return step({ ...model, overlay, toast: undefined, pendingKeys: [] }, { kind: 'leave', choice });
}

function exitPlanOf(model: Model): ExitPlan | undefined {
  return model.overlay?.kind === 'exit' ? model.overlay.plan : undefined;
}

/** Why Disable or Down cannot be chosen; undefined when it can. */
export function exitChoiceOff(model: Model, choice: 'disable' | 'down'): string | undefined {
  const plan = exitPlanOf(model);
  if (!plan) return 'looking what there is';
  return plan[choice].length > 0 ? undefined : 'nothing of this session outlives it';
}

/** Down asks once more, for a word. */
export function askForDown(model: Model): Step {
  return model.overlay?.kind === 'exit' ? step({ ...model, overlay: { ...model.overlay, confirm: '' } }) : step(model);
}

/** Ctrl-C. Never destroys anything: what it takes in the end is the default, keep. */
export function interrupt(model: Model): Step {
  const { overlay, nowMs } = model;
  if (overlay?.kind === 'leaving') return hurry(model);
  const isSecond = nowMs - model.interruptedAtMs <= secondInterruptMs;
  const marked = { ...model, interruptedAtMs: nowMs, pendingKeys: [] };
  if (overlay?.kind === 'exit' || isSecond) return leave(marked, 'keep');
  if (overlay) return step({ ...marked, overlay: undefined });
  return askToLeave(marked);
}

function hurry(model: Model): Step {
  const { overlay } = model;
  if (overlay?.kind !== 'leaving') return step(model);
  const isHurried = overlay.lines.some(line => line === hurriedLine);
  if (isHurried) return step(model, { kind: 'abandon' });
  return step({ ...model, overlay: { ...overlay, lines: [...overlay.lines, hurriedLine] } }, { kind: 'hurry' });
}

export const hurriedLine = 'no more time: what still runs is killed';
