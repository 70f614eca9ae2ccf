// What one key does to many resources at once is asked first: the same command again, at the same place, is the yes.

import { affectedBy } from './act-resource.ts';
import type { CommandName } from './command-names.ts';
import { commandOf } from './commands.ts';
import { type Model, selectedGroup } from './model.ts';
import { withToast } from './step.ts';

/** So many resources are no slip of the finger any more. */
const askFrom = 5;
const answerMs = 6000;

/** The model that asks, or undefined where the command may run now. */
export function askFirst(model: Model, name: CommandName): Model | undefined {
  const group = selectedGroup(model);
  const count = group ? affectedBy(model, name).length : 0;
  if (!group || count < askFrom) return undefined;
  const { asked, nowMs } = model;
  if (asked?.command === name && asked.key === group.key && nowMs <= asked.untilMs) return undefined;
  const said = withToast(model, `${commandOf(name).title}: all ${count} of ${group.label}. Once more to do it`, 'warn');
  return { ...said, asked: { command: name, key: group.key, untilMs: nowMs + answerMs } };
}
