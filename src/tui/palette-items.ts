// What `:` finds by typing: every action, every resource, the buttons and endpoints of all, best match first.
import { buttonOff } from './act-button.ts';
import { commandOf, commands } from './commands.ts';
import { fuzzyScore } from './fuzzy.ts';
import { type KeyContext, showKeys } from './keymap.ts';
import type { MenuItem } from './menu-item.ts';
import type { Model } from './model.ts';
import { themeNames } from './theme-data.ts';

export interface PaletteItem extends MenuItem {
  /** What kind of thing it is, shown at the right. */
  readonly what: string;
  /** More that it is found by. */
  readonly also: string;
}

/** Everything there is, in the order in which it is listed while nothing is typed. */
function allItems(model: Model): PaletteItem[] {
  return [
    ...resourceItems(model),
    ...commandItems(model),
    ...buttonItems(model),
    ...endpointItems(model),
    ...themeItems(),
  ];
}

function commandItems(model: Model): PaletteItem[] {
  const contexts: KeyContext[] = model.focus === 'log' ? ['log', 'everywhere', 'list'] : ['list', 'everywhere', 'log'];
  return commands.flatMap(({ name, title, section }) => {
    if (!section || name === 'palette') return [];
    const keys = model.keymap.keysOf(name, contexts).map(key => showKeys(key, model.ascii));
    return [{ action: { kind: 'command', command: name }, title, keys, what: section, also: name }];
  });
}

function resourceItems(model: Model): PaletteItem[] {
  return model.resources.map(row => ({
    action: { kind: 'resource', name: row.name },
    title: row.name,
    keys: [],
    what: row.reason ? `${row.word}: ${row.reason}` : row.word,
    also: row.labels.join(' '),
  }));
}

function buttonItems(model: Model): PaletteItem[] {
  return model.buttons.map(button => ({
    action: { kind: 'button', name: button.name },
    title: button.resource === '' ? button.text : `${button.resource}: ${button.text}`,
    keys: [],
    what: 'button',
    also: button.name,
  }));
}

function themeItems(): PaletteItem[] {
  return themeNames.map(name => ({
    action: { kind: 'theme', name },
    title: `Theme ${name}`,
    keys: [],
    what: 'for this run',
    also: 'colours',
  }));
}

function endpointItems(model: Model): PaletteItem[] {
  return model.resources.flatMap(row =>
    row.endpoints.map(({ url, name }) => ({
      action: { kind: 'endpoint', url } as const,
      title: `Open ${name || row.name} ${url}`,
      keys: [],
      what: 'endpoint',
      also: row.name,
    })),
  );
}

/** What a list of items is made of; as long as all of it is the same, so is the list. */
interface Found {
  readonly parts: readonly unknown[];
  readonly items: readonly PaletteItem[];
}

/** A frame asks several times, and so does everything that happens while the palette is open. */
let lastFound: Found | undefined;

/** The items that a query finds, the best first. Why one is off is asked for when it is shown (`offOf`). */
export function paletteItems(model: Model, query: string): readonly PaletteItem[] {
  const parts = [model.resources, model.buttons, model.keymap, model.focus, model.ascii, query.trim()];
  if (!lastFound || parts.some((part, i) => part !== lastFound!.parts[i]))
    lastFound = { parts, items: findItems(model, query) };
  return lastFound.items;
}

/** Why an item cannot be chosen now. */
export function offOf(model: Model, { action }: PaletteItem): string | undefined {
  if (action.kind === 'command') return commandOf(action.command).off?.(model);
  const button = action.kind === 'button' && model.buttons.find(({ name }) => name === action.name);
  return button ? buttonOff(button) : undefined;
}

function findItems(model: Model, query: string): readonly PaletteItem[] {
  const all = allItems(model);
  if (query.trim() === '') return all;
  const scored = all.flatMap((item, index) => {
    const own = fuzzyScore(query, item.title);
    // What is found by its title need not be looked at any closer.
    const also = own === undefined ? fuzzyScore(query, `${item.title} ${item.also} ${item.what}`) : undefined;
    const score = own ?? (also === undefined ? undefined : also - 10);
    return score === undefined ? [] : [{ item, score, index }];
  });
  return scored.sort((a, b) => b.score - a.score || a.index - b.index).map(({ item }) => item);
}
