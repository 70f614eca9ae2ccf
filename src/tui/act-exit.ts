// Leaving: the prompt, its choices, and what Ctrl-C means the first, second and third time.
//
//     nothing open --ctrl-c, q--> prompt --enter--> leaving --ctrl-c--> hurried --ctrl-c--> gone
//          ^----esc, q, ctrl-c----'                    ^
//     anything --ctrl-c twice within two seconds-------'
import type { ExitChoice, ExitPlan } from '../api/client.ts';
import type { Effect } from './effects.ts';
import { showKeys } from './keymap.ts';
import { endLine, isLineDialog } from './line-dialogs.ts';
import type { Model } from './model.ts';
import { changeDialog, closeDialog, dialogOf, openDialog, topDialog } from './open-dialogs.ts';
import { type Step, step, withToast } from './step.ts';
import { nothingText } from './views/exit-prompt.ts';

/** A second Ctrl-C within this time leaves, whatever the first one closed. */
const secondInterruptMs = 2000;

export function askToLeave(model: Model): Step {
  // Without a session there is nothing to ask about.
  if (!model.session) return leave(model, 'keep');
  return step(openDialog(model, { kind: 'exit', top: 0, hasSnapshot: false }), { kind: 'load-exit-plan' });
}

export function takePlan(model: Model, plan: ExitPlan): Model {
  const dialogs = model.dialogs.map(dialog => {
    if (dialog.kind === 'leaving') return { ...dialog, servers: plan.localServers };
    return dialog.kind === 'exit' ? { ...dialog, plan } : dialog;
  });
  return { ...model, dialogs };
}

export function leave(model: Model, choice: ExitChoice): Step {
  const { plan, hasSnapshot = false } = dialogOf(model, 'exit') ?? {};
  const servers = plan?.localServers ?? [];
  const leaving = { kind: 'leaving', choice, lines: [], servers, startedAtMs: model.nowMs } as const;
  const next: Model = { ...model, dialogs: [leaving], toast: undefined, pendingKeys: [] };
  // Who leaves without the question is told as well what is waited for.
  const looks: Effect[] = plan || !model.session ? [] : [{ kind: 'load-exit-plan' }];
  return step(next, ...looks, { kind: 'leave', choice, hasSnapshot });
}

/** Whether a snapshot is saved before. */
export function toggleSnapshot(model: Model): Step {
  const dialog = topDialog(model);
  return step(dialog?.kind === 'exit' ? changeDialog(model, { ...dialog, hasSnapshot: !dialog.hasSnapshot }) : model);
}

/** Why Disable or Down cannot be chosen; undefined when it can. */
export function exitChoiceOff(model: Model, choice: 'disable' | 'down'): string | undefined {
  const plan = dialogOf(model, 'exit')?.plan;
  if (!plan) return 'looking what there is';
  return plan[choice].length > 0 ? undefined : nothingText(plan);
}

/** Down asks once more, for a word. */
export function askForDown(model: Model): Step {
  const plan = dialogOf(model, 'exit')?.plan;
  return step(plan ? openDialog(model, { kind: 'confirm-down', plan, text: '', top: 0 }) : model);
}

/** Ctrl-C. Never destroys anything: what it takes in the end is the default, keep. */
export function interrupt(model: Model): Step {
  const { nowMs } = model;
  if (dialogOf(model, 'leaving')) return hurry(model);
  const isSecond = nowMs - model.interruptedAtMs <= secondInterruptMs;
  const marked = { ...model, interruptedAtMs: nowMs, pendingKeys: [] };
  if (isSecond) return leave(marked, 'keep');
  const top = topDialog(model);
  if (isLineDialog(top)) return endLine(marked, top, false);
  if (!top) return askToLeave(marked);
  return step(top.kind === 'exit' ? withToast(closeDialog(marked), twiceText(model)) : closeDialog(marked));
}

/** Who presses it again and again, but slowly, learns what it takes. */
function twiceText({ keymap, ascii }: Model): string {
  const [key = 'ctrl-c'] = keymap.keysOf('interrupt', ['everywhere']);
  return `${showKeys(key, ascii)} twice leaves`;
}

function hurry(model: Model): Step {
  const leaving = dialogOf(model, 'leaving');
  if (!leaving) return step(model);
  const hurriedLine = hurriedLines[leaving.choice];
  const isHurried = leaving.lines.includes(hurriedLine);
  if (isHurried) return step(model, { kind: 'abandon' });
  return step(changeDialog(model, { ...leaving, lines: [...leaving.lines, hurriedLine] }), { kind: 'hurry' });
}

const killed = 'no more time: what still runs here is killed';
const hurriedLines: Readonly<Record<ExitChoice, string>> = {
  keep: killed,
  disable: `${killed}, what still goes is not waited for`,
  down: `${killed}, what still goes is not waited for`,
};
