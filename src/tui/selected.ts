// What is selected or marked in the list, and what an action is for.
import type { GroupListRow, ListRow } from './list-rows.ts';
import type { Model } from './model.ts';
import type { ResourceRow } from './resource-row.ts';

/** Undefined also while the row that was looked at is gone: no other takes its place by itself. */
export function selectedRow(model: Model): ListRow | undefined {
  return model.list.gone ? undefined : model.list.rows[model.list.selected];
}

/** The resource that is selected; undefined on a group. */
export function selectedResource(model: Model): ResourceRow | undefined {
  const row = selectedRow(model);
  return row?.kind === 'resource' ? row.resource : undefined;
}

export function selectedGroup(model: Model): GroupListRow | undefined {
  const row = selectedRow(model);
  return row?.kind === 'group' ? row : undefined;
}

/** The resources that an action is for: the marked ones, else the selected one, or all of the selected group. */
export function actionTargets(model: Model): readonly ResourceRow[] {
  const marked = markedResources(model);
  if (marked.length > 0) return marked;
  const row = selectedRow(model);
  return row ? resourcesOf(row) : [];
}

/** In the order of definition. */
export function markedResources({ list, resources }: Model): readonly ResourceRow[] {
  return list.marked.size === 0 ? [] : resources.filter(row => list.marked.has(row.name));
}

export function resourcesOf(row: ListRow): readonly ResourceRow[] {
  return row.kind === 'group' ? row.members : [row.resource];
}

/** Why nothing is selected. */
export function noTargetReason({ list }: Model): string {
  return list.gone?.reason ?? 'nothing is selected';
}
