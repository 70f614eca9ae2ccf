// What the screen remembers of a project from one run to the next: closed groups, stars, order, filter, the border. Read
// leniently: a file of another version, or of a hand, gives what it can.
import { withRows } from './act-list.ts';
import { type ListSort, listSorts } from './list-rows.ts';
import type { Model } from './model.ts';

export interface SavedView {
  readonly collapsed: readonly string[];
  readonly starred: readonly string[];
  readonly sort: ListSort;
  readonly filter: string;
  readonly hidesDisabled: boolean;
  readonly split: number;
  readonly wrap: boolean;
  readonly times: boolean;
}

const maxSplit = 60;
const maxNames = 2000;

/** Reads what was saved; what is missing or odd is as it is at the first start. */
export function readSavedView(value: unknown): SavedView {
  const saved = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const names = (field: string): string[] => {
    const list = saved[field];
    return Array.isArray(list) ? list.filter(name => typeof name === 'string').slice(0, maxNames) : [];
  };
  const { sort, filter, split, wrap, times } = saved;
  return {
    collapsed: names('collapsed'),
    starred: names('starred'),
    sort: listSorts.find(known => known === sort) ?? 'order',
    filter: typeof filter === 'string' ? filter.slice(0, 500) : '',
    hidesDisabled: saved['hidesDisabled'] === true,
    split: typeof split === 'number' && Number.isFinite(split) ? Math.max(-maxSplit, Math.min(maxSplit, split)) : 0,
    wrap: wrap !== false,
    times: times !== false,
  };
}

/** The model as it was left. */
export function withSavedView(model: Model, saved: SavedView): Model {
  const { collapsed, starred, sort, filter, hidesDisabled, split, wrap, times } = saved;
  const lists = { collapsed: new Set(collapsed), starred: new Set(starred) };
  const next = { ...model, split, log: { ...model.log, wrap, times } };
  return withRows(next, { ...lists, sort, filter, hidesDisabled });
}

/** What is to be saved; while a filter is typed, the one before it. */
export function savedViewOf({ list, log, split, dialogs }: Model): SavedView {
  const typing = dialogs.find(dialog => dialog.kind === 'filter');
  return {
    collapsed: [...list.collapsed].sort(),
    starred: [...list.starred].sort(),
    sort: list.sort,
    filter: typing ? typing.from : list.filter,
    hidesDisabled: list.hidesDisabled,
    split,
    wrap: log.wrap,
    times: log.times,
  };
}

/** What a saved view is made of; as long as all parts are the same ones there is nothing new to save. */
export function savedParts({ list, log, split, dialogs }: Model): readonly unknown[] {
  const isTyping = dialogs.some(dialog => dialog.kind === 'filter');
  return [
    list.collapsed,
    list.starred,
    list.sort,
    list.filter,
    list.hidesDisabled,
    split,
    log.wrap,
    log.times,
    isTyping,
  ];
}
