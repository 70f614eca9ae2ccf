// What is said of the list beside its rows.
import type { Model } from './model.ts';
import { markedResources } from './selected.ts';

/** What stands beside a filter while it is typed. */
export function filterNote(model: Model): string {
  return model.list.filterProblem ?? `${filterCount(model)}   !not  label:  is:  re:`;
}

/** How many resources are let through. */
export function filterCount({ list, resources }: Model): string {
  const shown = new Set(list.rows.flatMap(row => (row.kind === 'resource' ? [row.resource.name] : [])));
  return `${shown.size} of ${resources.length}`;
}

/** What is unusual about the list: marks, order, what is hidden. For the rule above it. */
export function listNotes(model: Model): string[] {
  const marked = markedResources(model).length;
  const { sort, hidesDisabled } = model.list;
  const hidden = hidesDisabled ? model.resources.filter(row => row.role === 'disabled').length : 0;
  return [
    ...(marked > 0 ? [`${marked} marked`] : []),
    ...(sort === 'order' ? [] : [`by ${sort === 'recent' ? 'change' : sort}`]),
    ...(hidden > 0 ? [`${hidden} disabled hidden`] : []),
  ];
}
