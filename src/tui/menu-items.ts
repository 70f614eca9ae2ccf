// What the help and the menu list, and the last line's hints: commands with their live keys and why one is off.
import { buttonOff, buttonsFor } from './act-button.ts';
import { affectedBy } from './act-resource.ts';
import type { ButtonRow } from './button-rows.ts';
import type { CommandName } from './command-names.ts';
import { type Command, commandOf, commands } from './commands.ts';
import { type KeyContext, showKeys } from './keymap.ts';
import type { MenuItem } from './menu-item.ts';
import type { Model } from './model.ts';
import { topDialog } from './open-dialogs.ts';
import { markedResources, selectedGroup, selectedResource } from './selected.ts';

const menuCommands: readonly CommandName[] = [
  'trigger',
  'stop-build',
  'enable',
  'disable',
  'trigger-mode',
  'details',
  'open',
];

function itemOf(model: Model, command: Command, contexts: readonly KeyContext[]): MenuItem {
  const keys = model.keymap.keysOf(command.name, contexts).map(key => showKeys(key, model.ascii));
  return { action: { kind: 'command', command: command.name }, title: command.title, keys, off: command.off?.(model) };
}

/** The actions of the selected resource or group. */
export function menuItems(model: Model): MenuItem[] {
  const isGroup = selectedGroup(model) !== undefined || markedResources(model).length > 0;
  const buttons = markedResources(model).length > 0 ? [] : buttonsFor(model);
  const own = menuCommands.map(name => {
    const item = itemOf(model, commandOf(name), ['menu']);
    const count = isGroup ? affectedBy(model, name).length : 0;
    return count > 0 ? { ...item, title: `${item.title}: ${count} ${count === 1 ? 'resource' : 'resources'}` } : item;
  });
  const taken = new Set(own.flatMap(({ keys }) => keys));
  const digits = [...'123456789'].filter(digit => !taken.has(digit));
  return [...own, ...buttons.map((button, i) => buttonItem(button, digits[i]))];
}

function buttonItem(button: ButtonRow, digit: string | undefined): MenuItem {
  const asks = button.inputs.length > 0 || button.needsConfirmation ? ' ...' : '';
  const whose = button.resource === '' ? ' (session)' : '';
  return {
    action: { kind: 'button', name: button.name },
    title: `${button.text}${asks}${whose}`,
    keys: digit === undefined ? [] : [digit],
    off: buttonOff(button),
  };
}

/** The way through the menu, for what has no key of its own: `x s`. */
function menuKeys(model: Model, command: CommandName): string[] {
  const [opener] = model.keymap.keysOf('more', [model.focus, 'everywhere']);
  const [key] = model.keymap.keysOf(command, ['menu']);
  return opener === undefined || key === undefined ? [] : [showKeys(`${opener} ${key}`, model.ascii)];
}

type Section = NonNullable<Command['section']>;

export interface HelpItem extends MenuItem {
  readonly section: Section;
}

/** In the order of the help. */
const sections: readonly Section[] = ['Resource', 'List', 'Move', 'Log', 'Screen'];

/** All commands that contain every word of the query in their title, name or keys. */
export function helpItems(model: Model, query: string): HelpItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const contexts: KeyContext[] = model.focus === 'log' ? ['log', 'everywhere', 'list'] : ['list', 'everywhere', 'log'];
  const found = commands.flatMap(command => {
    if (!command.section) return [];
    const own = itemOf(model, command, contexts);
    const keys = own.keys.length > 0 ? own.keys : menuKeys(model, command.name);
    const item = { ...own, keys, section: command.section };
    const text = `${command.title} ${command.name} ${command.section} ${item.keys.join(' ')}`.toLowerCase();
    return words.every(word => text.includes(word)) ? [item] : [];
  });
  return found.sort((x, y) => sections.indexOf(x.section) - sections.indexOf(y.section));
}

export interface Hint {
  readonly key: string;
  readonly word: string;
  readonly command: CommandName;
}

function listHints(model: Model): readonly (readonly [CommandName, string])[] {
  const group = selectedGroup(model);
  const resource = selectedResource(model);
  const count = affectedBy(model, 'trigger').length;
  const marked = markedResources(model).length;
  if (marked > 0)
    return [
      ['trigger', `rebuild ${count}`],
      ['mark', 'mark'],
      ['mark-range', 'range'],
      ['more', 'more'],
      ['leave', 'unmark'],
      ['help', 'help'],
    ];
  const run =
    group && count > 1
      ? `rebuild all ${count}`
      : resource?.isTiltfile
        ? 'reload'
        : resource?.role === 'manual' || resource?.role === 'stale'
          ? 'run'
          : 'rebuild';
  return [
    ['trigger', run],
    ['filter', 'find'],
    ['enter', group ? (group.isOpen ? 'close' : 'open') : 'log'],
    ...(resource && resource.endpoints.length > 0 ? [['open', 'open'] as const] : []),
    ['details', 'why'],
    ['more', 'more'],
    ['next-problem', 'next problem'],
    ['all-logs', model.log.isAll ? 'its log' : 'all logs'],
    ['help', 'help'],
  ];
}

function logHints(model: Model): readonly (readonly [CommandName, string])[] {
  const { selection, search, position, view } = model.log;
  if (selection?.isLines)
    return [
      ['up', 'more'],
      ['copy', 'copy'],
      ['leave', 'stop'],
      ['help', 'help'],
    ];
  const walk: readonly (readonly [CommandName, string])[] = search
    ? [
        ['next-match', 'next'],
        ['previous-match', 'previous'],
        ['leave', 'end search'],
      ]
    : [
        ['search', 'search'],
        ['log-filter', 'only lines with'],
        ['next-match', 'next error'],
      ];
  return [
    ...(position ? [['bottom', 'follow'] as const] : []),
    ...walk,
    ...(search ? [] : [['leave', view.text === '' ? 'list' : 'all lines'] as const]),
    ['copy', 'copy'],
    ['select', 'mark'],
    ['save', 'save'],
    ['trigger', 'rebuild'],
    ['wrap', model.log.wrap ? 'cut lines' : 'wrap lines'],
    ['zoom', 'zoom'],
    ['help', 'help'],
  ];
}

function detailsHints(model: Model): readonly (readonly [CommandName, string])[] {
  const hasEndpoint = (selectedResource(model)?.endpoints.length ?? 0) > 0;
  return [
    ['leave', 'close'],
    ['down', 'scroll'],
    ['log-down', 'next resource'],
    ['next-problem', 'next problem'],
    ['trigger', 'rebuild'],
    ...(hasEndpoint ? [['open', 'open'] as const] : []),
    ['help', 'help'],
  ];
}

const menuHints: readonly (readonly [CommandName, string])[] = [
  ['menu-run', 'run'],
  ['menu-close', 'close'],
];

/** What is open says its own keys, or these; else the pane that has the focus. */
function wantedHints(model: Model): {
  readonly contexts: readonly KeyContext[];
  readonly hints: readonly (readonly [CommandName, string])[];
} {
  const panes: readonly KeyContext[] = [model.focus, 'everywhere'];
  const kind = topDialog(model)?.kind;
  if (kind === 'menu') return { contexts: ['menu'], hints: menuHints };
  if (kind === 'details') return { contexts: panes, hints: detailsHints(model) };
  if (kind !== undefined) return { contexts: [], hints: [] };
  return { contexts: panes, hints: model.focus === 'log' ? logHints(model) : listHints(model) };
}

/** One line has no room for chords where a single key does the same. */
function shortestKey(model: Model, command: CommandName, contexts: readonly KeyContext[]): string | undefined {
  const keys = model.keymap.keysOf(command, contexts);
  const least = Math.min(...keys.map(key => key.split(' ').length));
  const key = keys.find(candidate => candidate.split(' ').length === least);
  return key === undefined ? undefined : showKeys(key, model.ascii);
}

/** The keys that matter for what is focused, the most important first; commands without a key are left out. */
export function helpHints(model: Model): Hint[] {
  const { contexts, hints } = wantedHints(model);
  return hints.flatMap(([command, word]) => {
    const key = shortestKey(model, command, contexts);
    return key === undefined ? [] : [{ key, word, command }];
  });
}

/** The key that leaves, which stands apart at the right end; in a dialog it closes that, so it says nothing. */
export function quitHint(model: Model): Hint | undefined {
  if (topDialog(model)) return undefined;
  const key = shortestKey(model, 'quit', [model.focus, 'everywhere']);
  return key === undefined ? undefined : { key, word: 'leave', command: 'quit' };
}
