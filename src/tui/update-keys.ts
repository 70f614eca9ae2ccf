// From a key to a command: who has the keys at this moment, chords, and the few places where text is typed.
import type { KeyEvent } from '../terminal/input-events.ts';
import { interrupt, leave } from './act-exit.ts';
import { endFilter, moveSelection, setFilter } from './act-list.ts';
import { moveInMenu } from './act-menu.ts';
import type { CommandName } from './command-names.ts';
import { commandOf } from './commands.ts';
import type { KeyContext } from './keymap.ts';
import { helpItems, menuItems } from './menu-items.ts';
import type { Model } from './model.ts';
import { type Step, step, withToast } from './step.ts';
import { editText } from './text-edit.ts';

/** Runs a command, or says why it cannot be run. */
export function runCommand(model: Model, name: CommandName): Step {
  const command = commandOf(name);
  const off = command.off?.(model);
  if (off === undefined) return command.run(model);
  return step(withToast(model, `${command.title}: ${off}`, 'warn'));
}

export function handleKey(model: Model, event: KeyEvent): Step {
  const { overlay } = model;
  if (overlay?.kind === 'exit' && overlay.confirm !== undefined) return confirmKey(model, overlay.confirm, event);
  if (overlay?.kind === 'help') return helpKey(model, event);
  if (model.list.typingFrom !== undefined && !overlay) return filterKey(model, event);
  return boundKey(model, event);
}

/** The contexts that see a key now, and the commands that reach through whatever is open. */
function contextsOf(model: Model): readonly KeyContext[] {
  const kind = model.overlay?.kind;
  if (kind === 'menu') return ['menu'];
  if (kind === 'exit' || kind === 'leaving') return ['exit'];
  return [model.focus, 'everywhere'];
}

const reachesThrough: ReadonlySet<CommandName> = new Set(['interrupt', 'suspend', 'redraw']);

function boundKey(model: Model, event: KeyEvent): Step {
  const names = event.baseName === undefined ? [event.name] : [event.name, event.baseName];
  for (const name of names) {
    const keys = [...model.pendingKeys, name];
    const match = model.keymap.match(contextsOf(model), keys);
    if (match.kind === 'pending') return step({ ...model, pendingKeys: keys });
    const cleared = { ...model, pendingKeys: [] };
    if (match.kind === 'command') return dispatch(cleared, match.command);
    const through = model.keymap.match(['everywhere'], [name]);
    if (through.kind === 'command' && reachesThrough.has(through.command)) return runCommand(cleared, through.command);
  }
  return step({ ...model, pendingKeys: [] });
}

function dispatch(model: Model, command: CommandName): Step {
  const kind = model.overlay?.kind;
  if (kind === 'leaving') return step(model);
  if (kind === 'menu') return menuCommand(model, command);
  const closes = command === 'leave' || command === 'quit' || command === 'back' || command === 'enter';
  if (kind === 'details' && closes) return step({ ...model, overlay: undefined });
  return runCommand(model, command);
}

/** A menu closes before its action runs, so that what the action says or opens is seen. */
function menuCommand(model: Model, command: CommandName): Step {
  if (command === 'menu-down' || command === 'menu-up' || command === 'menu-close') return runCommand(model, command);
  const closed = { ...model, overlay: undefined };
  if (command !== 'menu-run') return runCommand(closed, command);
  const item = model.overlay?.kind === 'menu' ? menuItems(model)[model.overlay.selected] : undefined;
  return item ? runCommand(closed, item.command) : step(closed);
}

/** Ctrl-C works wherever text is typed. */
function isInterrupt(model: Model, event: KeyEvent): boolean {
  const match = model.keymap.match(['everywhere'], [event.name]);
  return match.kind === 'command' && match.command === 'interrupt';
}

function filterKey(model: Model, event: KeyEvent): Step {
  if (event.name === 'enter') return step(endFilter(model, true));
  if (event.name === 'esc') return step(endFilter(model, false));
  if (isInterrupt(model, event)) return step({ ...endFilter(model, false), interruptedAtMs: model.nowMs });
  if (event.name === 'down' || event.name === 'tab') return moveSelection(model, 1);
  if (event.name === 'up' || event.name === 'shift-tab') return moveSelection(model, -1);
  const edited = editText(model.list.filter, event);
  // Backspace in an empty field leaves it, as people expect from `/`.
  if (edited === undefined && event.name === 'backspace') return step(endFilter(model, true));
  return step(edited === undefined ? model : setFilter(model, edited));
}

const helpMoves: Readonly<Record<string, number>> = {
  down: 1,
  up: -1,
  tab: 1,
  'shift-tab': -1,
  pagedown: 10,
  pageup: -10,
};

function helpKey(model: Model, event: KeyEvent): Step {
  const { overlay } = model;
  if (overlay?.kind !== 'help') return step(model);
  const closed = { ...model, overlay: undefined };
  if (event.name === 'esc' || (overlay.query === '' && (event.name === '?' || event.name === 'q'))) return step(closed);
  if (isInterrupt(model, event)) return interrupt(model);
  const by = helpMoves[event.name];
  if (by !== undefined) return moveInMenu(model, by);
  if (event.name === 'enter') {
    const item = helpItems(model, overlay.query)[overlay.selected];
    return item ? runCommand(closed, item.command) : step(model);
  }
  const query = editText(overlay.query, event);
  return step(query === undefined ? model : { ...model, overlay: { ...overlay, query, selected: 0 } });
}

function confirmKey(model: Model, text: string, event: KeyEvent): Step {
  const { overlay } = model;
  if (overlay?.kind !== 'exit') return step(model);
  if (event.name === 'esc') return step({ ...model, overlay: { ...overlay, confirm: undefined } });
  if (isInterrupt(model, event)) return interrupt(model);
  if (event.name === 'enter') {
    if (text.trim() === 'yes') return leave(model, 'down');
    return step(withToast(model, 'Type yes, or press esc', 'warn'));
  }
  const confirm = editText(text, event);
  return step(confirm === undefined ? model : { ...model, overlay: { ...overlay, confirm } });
}
