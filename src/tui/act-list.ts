// Moving in the list, opening and closing groups, filtering, walking through what is wrong.
import { parseFilter } from './filter.ts';
import { findRow, keepSelection, type ListRow, makeListRows } from './list-rows.ts';
import type { ListState } from './list-state.ts';
import { layoutOf, type Model } from './model.ts';
import { changeDialog, closeDialog, dialogOf, openDialog } from './open-dialogs.ts';
import { isProblem } from './row-state.ts';
import { selectedGroup } from './selected.ts';
import { type Step, step, withToast } from './step.ts';
import type { Field } from './text-edit.ts';

/** The model with its rows made anew; the selection stays with its resource. */
export function withRows(model: Model, change: Partial<ListState> = {}): Model {
  const { gone } = model.list;
  const before = gone ?? model.list.rows[model.list.selected];
  const list = { ...model.list, ...change };
  const filter = list.filter.trim() === '' ? undefined : parseFilter(list.filter, list);
  const rows = makeListRows({ ...list, resources: model.resources, matches: filter?.matches });
  const selected = before ? keepSelection(rows, before.key, list.selected) : firstWorthLooking(rows);
  // Rows that come or go above the selected one move the others, not the one that is looked at.
  const isSame = before !== undefined && rows[selected]?.key === before.key;
  const top = isSame ? Math.max(0, list.top + selected - list.selected) : list.top;
  const isBack = gone !== undefined && findRow(rows, gone.key) >= 0;
  const next = { ...list, rows, selected, top, filterProblem: filter?.problem };
  return { ...model, list: isBack ? { ...next, gone: undefined } : next };
}

/** At the start the selection is on the first row, which is the Tiltfile. */
function firstWorthLooking(rows: readonly ListRow[]): number {
  return Math.max(
    0,
    rows.findIndex(row => row.kind === 'resource'),
  );
}

export function select(model: Model, index: number): Model {
  const last = model.list.rows.length - 1;
  const selected = Math.max(0, Math.min(last, index));
  return { ...model, asked: undefined, list: { ...model.list, selected, gone: undefined } };
}

export function moveSelection(model: Model, by: number): Step {
  const { selected, gone } = model.list;
  // Where a row is gone the next one is in its place already.
  return step(select(model, selected + (gone && by > 0 ? by - 1 : by)));
}

/** Rows that a page of the list has. */
export function listPage(model: Model): number {
  return Math.max(1, layoutOf(model).list.height);
}

export function setGroupOpen(model: Model, label: string, isOpen: boolean): Model {
  const collapsed = new Set(model.list.collapsed);
  if (isOpen) collapsed.delete(label);
  else collapsed.add(label);
  return withRows(model, { collapsed });
}

export function toggleGroup(model: Model): Model {
  const group = selectedGroup(model);
  return group ? setGroupOpen(model, group.label, !group.isOpen) : model;
}

/** `h`: closes the group that the selection is in, or goes up to it. */
export function goBack(model: Model): Model {
  const { rows, selected, gone } = model.list;
  if (gone) return select(model, selected);
  const row = rows[selected];
  if (row?.kind === 'group')
    return row.isOpen && model.list.filter === '' ? setGroupOpen(model, row.label, false) : model;
  if (!row?.isIndented) return model;
  const parent = rows.findLastIndex((other, index) => index < selected && other.kind === 'group');
  return parent >= 0 ? select(model, parent) : model;
}

/** Selects the next (1) or previous (-1) resource that failed, in its opened group. */
export function goToProblem(model: Model, way: 1 | -1): Step {
  const { sort } = model.list;
  const open = makeListRows({ resources: model.resources, collapsed: new Set(), matches: () => true, sort });
  const problems = open.filter(row => row.kind === 'resource' && isProblem(row.resource));
  if (problems.length === 0) return step(withToast(model, 'Nothing is wrong', 'success'));
  const here = model.list.rows[model.list.selected];
  const place = here ? findRow(open, here.key) : -1;
  const keys = problems.map(row => open.indexOf(row));
  const next =
    way === 1
      ? (keys.find(index => index > place) ?? keys[0]!)
      : (keys.findLast(index => index < place) ?? keys.at(-1)!);
  return step(showRow({ ...model, log: { ...model.log, isAll: false } }, open[next]!));
}

/** Selects a row that may be in a closed group or filtered away. */
export function showRow(model: Model, row: ListRow): Model {
  const label = row.key.slice(0, row.key.indexOf('/'));
  let shown = model.list.collapsed.has(label) ? setGroupOpen(model, label, true) : model;
  if (findRow(shown.list.rows, row.key) < 0) shown = withRows(shown, { filter: '', hidesDisabled: false });
  const same = shown.list.rows.findIndex(other => other.key === row.key);
  return select(shown, same >= 0 ? same : findRow(shown.list.rows, row.key));
}

export function startFilter(model: Model): Step {
  const { filter: from, rows, selected } = model.list;
  const fromKey = rows[selected]?.key;
  return step(openDialog(model, { kind: 'filter', from, fromKey, at: from.length, isWhole: from !== '' }), {
    kind: 'focus',
    pane: 'list',
  });
}

/** Takes the text while it is typed, with its cursor. */
export function typeFilter(model: Model, { text, at }: Field): Model {
  const typing = dialogOf(model, 'filter');
  if (!typing) return model;
  const moved = changeDialog(model, { ...typing, at, isWhole: false });
  return text === model.list.filter ? moved : setFilter(moved, text);
}

function setFilter(model: Model, filter: string): Model {
  const hadNone = model.list.rows.length === 0;
  const made = withRows(model, { filter });
  // After a slip of the finger had hidden all rows, the one that was looked at is the one again.
  const next = hadNone ? selectKey(made, dialogOf(model, 'filter')?.fromKey) : made;
  // What was typed for is a resource; its group's row is only in between.
  const isGroup = next.list.rows[next.list.selected]?.kind === 'group';
  const first = next.list.rows.findIndex((row, i) => row.kind === 'resource' && i >= next.list.selected);
  return filter !== '' && isGroup && first >= 0 ? select(next, first) : next;
}

/** Enter keeps what was typed, Esc takes it back. */
export function endFilter(model: Model, isKept: boolean): Model {
  const typing = dialogOf(model, 'filter');
  if (!typing) return model;
  if (isKept) return withRows(closeDialog(model), { filter: model.list.filter.trim() });
  return selectKey(withRows(closeDialog(model), { filter: typing.from }), typing.fromKey);
}

function selectKey(model: Model, key: string | undefined): Model {
  const index = model.list.rows.findIndex(row => row.key === key);
  return index < 0 ? model : select(model, index);
}
