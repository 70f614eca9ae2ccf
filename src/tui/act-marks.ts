// Marked resources, which actions are for together; stars, which keep a resource at hand; and how the list is sorted.
import { select, withRows } from './act-list.ts';
import { listSorts } from './list-rows.ts';
import type { Model } from './model.ts';
import { resourcesOf, selectedRow } from './selected.ts';
import { type Step, step, withToast } from './step.ts';

function withMarks(model: Model, marked: ReadonlySet<string>): Model {
  return withRows(model, { marked });
}

/** Marks what is selected, or takes its mark away, and goes on to the next row. */
export function toggleMark(model: Model): Step {
  const row = selectedRow(model);
  if (!row) return step(model);
  const names = resourcesOf(row)
    .filter(resource => !resource.isTiltfile)
    .map(({ name }) => name);
  if (names.length === 0) return step(withToast(model, 'The Tiltfile is not one of many'));
  const marked = new Set(model.list.marked);
  const areAll = names.every(name => marked.has(name));
  for (const name of names) {
    if (areAll) marked.delete(name);
    else marked.add(name);
  }
  const made = withRows(model, { marked, markFrom: row.key });
  return step(select(made, made.list.selected + 1));
}

/** Marks all from the row that was marked last to the selected one. */
export function markRange(model: Model): Step {
  const { rows, selected, markFrom } = model.list;
  const from = rows.findIndex(row => row.key === markFrom);
  const [first, last] = from < 0 ? [selected, selected] : [Math.min(from, selected), Math.max(from, selected)];
  const marked = new Set(model.list.marked);
  for (const row of rows.slice(first, last + 1))
    if (row.kind === 'resource' && !row.resource.isTiltfile) marked.add(row.resource.name);
  return step(withMarks(model, marked));
}

/** Marks all that is listed; where all of it is marked, nothing any more. */
export function markAll(model: Model): Step {
  const names = model.list.rows.flatMap(row =>
    row.kind === 'resource' && !row.resource.isTiltfile ? [row.resource.name] : [],
  );
  const areAll = names.every(name => model.list.marked.has(name));
  return step(withMarks(model, new Set(areAll ? [] : names)));
}

export function clearMarks(model: Model): Model {
  return withMarks(model, new Set());
}

/** Stars what is selected, or takes its star away. Starred resources stand in a group of their own as well. */
export function toggleStar(model: Model): Step {
  const row = selectedRow(model);
  if (!row) return step(model);
  const names = resourcesOf(row).map(({ name }) => name);
  const starred = new Set(model.list.starred);
  const areAll = names.every(name => starred.has(name));
  for (const name of names) {
    if (areAll) starred.delete(name);
    else starred.add(name);
  }
  return step(withRows(model, { starred }));
}

const sortWords = {
  order: 'In the order of the Tiltfile',
  name: 'Sorted by name',
  state: 'Sorted by state, the worst first: rows move when states change',
  recent: 'Sorted by change, the newest first: rows move when states change',
} as const;

export function cycleSort(model: Model): Step {
  const sort = listSorts[(listSorts.indexOf(model.list.sort) + 1) % listSorts.length]!;
  return step(withToast(withRows(model, { sort }), sortWords[sort]));
}

export function toggleDisabled(model: Model): Step {
  const hidesDisabled = !model.list.hidesDisabled;
  const count = model.resources.filter(row => row.role === 'disabled').length;
  const what = hidesDisabled ? `Disabled resources are hidden: ${count}` : 'Disabled resources are listed';
  return step(withToast(withRows(model, { hidesDisabled }), what));
}

/** Closes all groups, or opens them. */
export function setAllGroups(model: Model, isOpen: boolean): Step {
  const labels = model.list.rows.flatMap(row => (row.kind === 'group' ? [row.label] : []));
  return step(withRows(model, { collapsed: new Set(isOpen ? [] : labels) }));
}
