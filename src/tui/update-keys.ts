// From a key to a command: who has the keys at this moment, chords, and the few places where text is typed.
import type { KeyEvent } from '../terminal/input-events.ts';
import { dialogPage, moveInDialog } from './act-dialog.ts';
import { interrupt, leave } from './act-exit.ts';
import { moveSelection } from './act-list.ts';
import { runAction } from './actions.ts';
import { askFirst } from './ask-twice.ts';
import type { CommandName } from './command-names.ts';
import { commandOf } from './commands.ts';
import type { Dialog } from './dialog.ts';
import type { KeyContext } from './keymap.ts';
import { endLine, isLineDialog, type LineDialog, lineKey, typedField, typeLine } from './line-dialogs.ts';
import type { Action, MenuItem } from './menu-item.ts';
import { helpItems, menuItems } from './menu-items.ts';
import type { InputPlace } from './messages.ts';
import type { Model } from './model.ts';
import { changeDialog, closeDialog, topDialog } from './open-dialogs.ts';
import { paletteItems } from './palette-items.ts';
import { type Step, step, withToast } from './step.ts';
import { editField, fieldOf } from './text-edit.ts';
import { formKey } from './update-form.ts';

/** Runs a command, or says why it cannot be run. */
export function runCommand(model: Model, name: CommandName): Step {
  const command = commandOf(name);
  const off = command.off?.(model);
  if (off === undefined) {
    const asking = askFirst(model, name);
    if (asking) return step(asking);
    return command.run(model.asked?.command === name ? { ...model, asked: undefined } : model);
  }
  return step(withToast(model, `${command.title}: ${off}`, 'warn'));
}

/** `at` is who the shell gave the key to. */
export function handleKey(model: Model, at: InputPlace, event: KeyEvent): Step {
  const dialog = topDialog(model);
  // A dialog that is gone in the model closes with the next frame of the shell.
  if (dialog?.kind !== at && at !== 'list' && at !== 'log') return step(model);
  switch (dialog?.kind) {
    case 'confirm-down':
      return confirmKey(model, dialog.text, event);
    case 'help':
    case 'palette':
      return searchedKey(model, dialog, event);
    case 'form':
      return isInterrupt(model, event) ? interrupt(model) : formKey(model, dialog, event);
    case 'note':
      return noteKey(model, dialog, event);
    case 'choose':
      return chooseKey(model, dialog, event);
    case 'text':
      return textKey(model, dialog, event);
    default:
      return isLineDialog(dialog) ? typingKey(model, dialog, event) : boundKey(model, event);
  }
}

/** The contexts that see a key now. */
function contextsOf(model: Model): readonly KeyContext[] {
  const kind = topDialog(model)?.kind;
  if (kind === 'menu') return ['menu'];
  if (kind === 'exit' || kind === 'leaving') return ['exit'];
  return [model.focus, 'everywhere'];
}

/** Commands that reach through whatever is open. */
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
  const button = model.pendingKeys.length === 0 ? menuButton(model, event.name) : undefined;
  if (button) return runItem(closeDialog(model), button.action);
  return step({ ...model, pendingKeys: [] });
}

/** Buttons have no keys of a keymap: their digits press them while the menu is open. */
function menuButton(model: Model, key: string): MenuItem | undefined {
  if (topDialog(model)?.kind !== 'menu') return undefined;
  return menuItems(model).find(({ action, keys }) => action.kind === 'button' && keys[0] === key);
}

function dispatch(model: Model, command: CommandName): Step {
  const kind = topDialog(model)?.kind;
  if (reachesThrough.has(command)) return runCommand(model, command);
  if (kind === 'leaving') return step(model);
  if (kind === 'menu') return menuCommand(model, command);
  return kind === 'details' ? detailsCommand(model, command) : runCommand(model, command);
}

/** A menu closes before its action runs, so that what the action says or opens is seen. */
function menuCommand(model: Model, command: CommandName): Step {
  if (command === 'menu-down' || command === 'menu-up' || command === 'menu-close') return runCommand(model, command);
  const dialog = topDialog(model);
  const closed = closeDialog(model);
  if (command !== 'menu-run') return runCommand(closed, command);
  const item = dialog?.kind === 'menu' ? menuItems(model)[dialog.selected] : undefined;
  return item ? runItem(closed, item.action) : step(closed);
}

function runItem(model: Model, action: Action): Step {
  return runAction(model, action, runCommand);
}

/** One of a few: by its digit, or moving there. */
function chooseKey(model: Model, dialog: Extract<Dialog, { kind: 'choose' }>, event: KeyEvent): Step {
  const closed = closeDialog(model);
  const { name } = event;
  if (name === 'esc' || name === 'q') return step(closed);
  if (isInterrupt(model, event)) return interrupt(model);
  const by = chooseMoves[name];
  if (by !== undefined) return moveInDialog(model, by);
  const index = name === 'enter' ? dialog.selected : /^[1-9]$/.test(name) ? Number(name) - 1 : -1;
  const item = dialog.items[index];
  if (!item) return step(model);
  return item.off === undefined ? runItem(closed, item.action) : step(withToast(model, item.off, 'warn'));
}

const chooseMoves: Readonly<Record<string, number>> = { down: 1, j: 1, tab: 1, up: -1, k: -1, 'shift-tab': -1 };

const textMoves: Readonly<Record<string, number>> = {
  down: 1,
  j: 1,
  up: -1,
  k: -1,
  pagedown: 20,
  space: 20,
  'ctrl-d': 10,
  pageup: -20,
  'ctrl-u': -10,
  home: Number.NEGATIVE_INFINITY,
  g: Number.NEGATIVE_INFINITY,
  end: Number.MAX_SAFE_INTEGER,
  G: Number.MAX_SAFE_INTEGER,
};

function textKey(model: Model, dialog: Extract<Dialog, { kind: 'text' }>, event: KeyEvent): Step {
  const by = textMoves[event.name];
  if (by !== undefined) return moveInDialog(model, by);
  if (event.name === 'y' || event.name === 'c') {
    const what = `${dialog.lines.length} lines`;
    return step(model, { kind: 'copy', text: dialog.lines.join('\n'), what });
  }
  if (isInterrupt(model, event)) return interrupt(model);
  return step(event.name === 'esc' || event.name === 'q' || event.name === 'enter' ? closeDialog(model) : model);
}

/** `y` copies what is meant for it, the keys of leaving close. */
function noteKey(model: Model, dialog: Extract<Dialog, { kind: 'note' }>, event: KeyEvent): Step {
  const closed = closeDialog(model);
  if (event.name === 'y' || event.name === 'c')
    return dialog.copy === '' ? step(model) : step(closed, { kind: 'copy', text: dialog.copy, what: dialog.copy });
  if (isInterrupt(model, event)) return interrupt(model);
  return event.name === 'esc' || event.name === 'enter' || event.name === 'q' ? step(closed) : step(model);
}

/** In the details the keys that move scroll them. */
const detailsMoves: Partial<Record<CommandName, (page: number) => number>> = {
  down: () => 1,
  up: () => -1,
  'half-page-down': page => Math.ceil(page / 2),
  'half-page-up': page => -Math.ceil(page / 2),
  'page-down': page => page,
  'page-up': page => -page,
  top: () => Number.NEGATIVE_INFINITY,
  bottom: () => Number.MAX_SAFE_INTEGER,
};

/** What goes to another resource while its details are shown. */
const detailsWalks: Partial<Record<CommandName, number>> = { 'log-down': 1, 'log-up': -1 };
const detailsCloses: ReadonlySet<CommandName> = new Set(['leave', 'quit', 'back', 'enter', 'details']);
const detailsStays: ReadonlySet<CommandName> = new Set([
  'next-problem',
  'previous-problem',
  'trigger',
  'stop-build',
  'enable',
  'disable',
  'trigger-mode',
  'open',
]);

function detailsCommand(model: Model, command: CommandName): Step {
  const by = detailsMoves[command];
  if (by) return moveInDialog(model, by(dialogPage(model)));
  const fromTop = changeDialog(model, { kind: 'details', top: 0 });
  const walk = detailsWalks[command];
  if (walk !== undefined) return moveSelection(fromTop, walk);
  if (detailsStays.has(command)) return runCommand(fromTop, command);
  return detailsCloses.has(command) ? step(closeDialog(model)) : runCommand(closeDialog(model), command);
}

/** Ctrl-C works wherever text is typed. */
function isInterrupt(model: Model, event: KeyEvent): boolean {
  const match = model.keymap.match(['everywhere'], [event.name]);
  return match.kind === 'command' && match.command === 'interrupt';
}

const erasing: ReadonlySet<string> = new Set(['backspace', 'ctrl-h', 'delete', 'ctrl-u', 'ctrl-w']);

function typingKey(model: Model, dialog: LineDialog, event: KeyEvent): Step {
  if (event.name === 'enter') return endLine(model, dialog, true);
  if (event.name === 'esc') return endLine(model, dialog, false);
  if (isInterrupt(model, event)) return interrupt(model);
  const own = lineKey(model, dialog, event.name);
  if (own) return own;
  if (dialog.kind === 'filter') {
    if (event.name === 'down' || event.name === 'tab') return moveSelection(model, 1);
    if (event.name === 'up' || event.name === 'shift-tab') return moveSelection(model, -1);
  }
  const isErased = dialog.kind === 'filter' && dialog.isWhole && erasing.has(event.name);
  const field = typedField(model, dialog, event.text !== undefined);
  const edited = isErased ? fieldOf('') : editField(field, event);
  // Backspace in an empty field leaves it, as people expect from `/`.
  if (edited === undefined && event.name === 'backspace') return endLine(model, dialog, dialog.kind === 'filter');
  return edited === undefined ? step(model) : typeLine(model, dialog, edited);
}

const helpMoves: Readonly<Record<string, number>> = {
  down: 1,
  up: -1,
  tab: 1,
  'shift-tab': -1,
  pagedown: 10,
  pageup: -10,
};

function searchedKey(model: Model, dialog: Extract<Dialog, { kind: 'help' | 'palette' }>, event: KeyEvent): Step {
  const closed = closeDialog(model);
  const closers = dialog.kind === 'help' ? ['?', 'q'] : [':'];
  if (event.name === 'esc' || (dialog.query === '' && closers.includes(event.name))) return step(closed);
  if (isInterrupt(model, event)) return interrupt(model);
  const by = helpMoves[event.name];
  if (by !== undefined) return moveInDialog(model, by);
  if (event.name === 'enter') {
    const items = dialog.kind === 'help' ? helpItems(closed, dialog.query) : paletteItems(closed, dialog.query);
    const item = items[dialog.selected];
    return item ? runItem(closed, item.action) : step(model);
  }
  // Who is used to it types the sign that stands before the field.
  if (dialog.kind === 'help' && dialog.query === '' && event.name === '/') return step(model);
  const edited = editField({ text: dialog.query, at: dialog.at }, event);
  if (!edited) return step(model);
  const selected = edited.text === dialog.query ? dialog.selected : 0;
  return step(changeDialog(model, { ...dialog, query: edited.text, at: edited.at, selected }));
}

function confirmKey(model: Model, text: string, event: KeyEvent): Step {
  const dialog = topDialog(model);
  if (dialog?.kind !== 'confirm-down') return step(model);
  if (event.name === 'esc') return step(closeDialog(model));
  if (isInterrupt(model, event)) return interrupt(model);
  const by = helpMoves[event.name];
  if (by !== undefined) return moveInDialog(model, by);
  if (event.name === 'enter') {
    if (text.trim() === 'yes') return leave(model, 'down');
    return step(withToast(model, 'Type yes, or press esc', 'warn'));
  }
  const edited = editField(fieldOf(text), event);
  return step(edited === undefined ? model : changeDialog(model, { ...dialog, text: edited.text }));
}
