// What a row of a menu, of the palette or of a choice does, as data, and doing it.

import { pressButton } from './act-button.ts';
import { showRow } from './act-list.ts';
import { openUrl } from './act-resource.ts';
import { chooseTheme } from './act-theme.ts';
import type { CommandName } from './command-names.ts';
import { findRow, makeListRows } from './list-rows.ts';
import type { Action } from './menu-item.ts';
import type { Model } from './model.ts';
import { type Step, step } from './step.ts';

/** Runs an action; `runCommand` is handed in, because commands open what lists actions. */
export function runAction(model: Model, action: Action, runCommand: (model: Model, name: CommandName) => Step): Step {
  switch (action.kind) {
    case 'command':
      return runCommand(model, action.command);
    case 'button':
      return pressButton(model, action.name);
    case 'resource':
      return showResource(model, action.name);
    case 'endpoint':
      return openUrl(model, action.url);
    case 'object':
      return step(model, { kind: 'view-object', resource: action.resource, index: action.index, view: action.view });
    case 'copy':
      // Where it went must be seen behind it.
      return step(model, {
        kind: 'copy',
        text: action.text,
        what: action.text.length > 30 ? 'The command' : action.text,
      });
    case 'theme':
      return chooseTheme(model, action.name);
    case 'shell':
      return step(model, { kind: 'shell', pod: action.pod, container: action.container, isAttach: action.isAttach });
  }
}

/** Selects a resource wherever it is in the list. */
export function showResource(model: Model, name: string): Step {
  const open = makeListRows({ resources: model.resources, collapsed: new Set(), matches: () => true });
  const index = findRow(open, name);
  const row = open.find(other => other.kind === 'resource' && other.resource.name === name) ?? open[index];
  if (!row) return step(model);
  return step(showRow({ ...model, log: { ...model.log, isAll: false } }, row), { kind: 'focus', pane: 'list' });
}
