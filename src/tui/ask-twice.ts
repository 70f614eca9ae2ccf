// What one key does to many resources at once is asked first: the same command again, at the same place, is the yes.

import { affectedBy } from './act-resource.ts';
import type { CommandName } from './command-names.ts';
import { commandOf } from './commands.ts';
import type { Model } from './model.ts';
import { markedResources, selectedGroup } from './selected.ts';
import { withToast } from './step.ts';

/** So many resources are no slip of the finger any more. */
const askFrom = 5;
const answerMs = 6000;

/** What a command would touch at once, if that is more than the selected resource. */
function manyOf(model: Model): { readonly key: string; readonly what: string } | undefined {
  const marked = markedResources(model);
  if (marked.length > 0) return { key: marked.map(({ name }) => name).join(' '), what: 'marked' };
  const group = selectedGroup(model);
  return group && { key: group.key, what: `of ${group.label}` };
}

/** The model that asks, or undefined where the command may run now. */
export function askFirst(model: Model, name: CommandName): Model | undefined {
  const many = manyOf(model);
  const count = many ? affectedBy(model, name).length : 0;
  if (!many || count < askFrom) return undefined;
  const { asked, nowMs } = model;
  if (asked?.command === name && asked.key === many.key && nowMs <= asked.untilMs) return undefined;
  const said = withToast(model, `${commandOf(name).title}: all ${count} ${many.what}. Once more to do it`, 'warn');
  return { ...said, asked: { command: name, key: many.key, untilMs: nowMs + answerMs } };
}
