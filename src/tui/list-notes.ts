// What is said of the list beside its rows.
import type { Model } from './model.ts';

/** What stands beside a filter while it is typed. */
export function filterNote(model: Model): string {
  return model.list.filterProblem ?? `${filterCount(model)}   !not  label:  is:  re:`;
}

/** How many resources are let through. */
export function filterCount({ list, resources }: Model): string {
  const shown = new Set(list.rows.flatMap(row => (row.kind === 'resource' ? [row.resource.name] : [])));
  return `${shown.size} of ${resources.length}`;
}
