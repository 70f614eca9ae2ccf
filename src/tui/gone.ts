// Resources that come and go with the Tiltfile, or with what the filter lets through. When the row that somebody looks at
// goes away, no other one takes its place by itself: a key that is on its way would hit a resource that nobody chose. Its
// log stays, actions say that it is gone, and a row that comes back is selected again.
import { withRows } from './act-list.ts';
import { findRow, type ListRow } from './list-rows.ts';
import type { GoneRow } from './list-state.ts';
import type { Model } from './model.ts';
import { dialogOf } from './open-dialogs.ts';
import type { ResourceRow } from './resource-row.ts';
import { resourcesOf, selectedRow } from './selected.ts';
import { withToast } from './step.ts';

/** The model with new resources. */
export function takeResources(before: Model, resources: readonly ResourceRow[]): Model {
  const row = selectedRow(before);
  const looked = before.list.gone ?? (row && lookedAt(row));
  const model = withRows({ ...before, resources });
  if (!looked) return model;
  if (findRow(model.list.rows, looked.key) >= 0) return model;
  const isThere = resources.some(resource => looked.resources.includes(resource.name));
  const reason = reasonOf(model, looked, isThere);
  // The row that stands where it stood is the next one down.
  const selected = Math.max(0, Math.min(before.list.selected, model.list.rows.length - 1));
  const next = { ...model, list: { ...model.list, selected, gone: { ...looked, reason } } };
  return before.list.gone ? next : withoutItsDialogs(next, { reason, isSaid: !isThere });
}

function reasonOf({ list }: Model, { key, name }: GoneRow, isThere: boolean): string {
  if (isThere && list.filter !== '') return `${name} is no longer in ${list.filter}`;
  return isThere && !key.endsWith('/') ? `${name} is in a closed group now` : `${name} is gone from the Tiltfile`;
}

function lookedAt(row: ListRow): GoneRow {
  const name = row.kind === 'group' ? row.label : row.resource.name;
  return { key: row.key, name, resources: resourcesOf(row).map(resource => resource.name), reason: '' };
}

/** Closes what was open for the row alone, and says why. */
function withoutItsDialogs(model: Model, { reason, isSaid }: { reason: string; isSaid: boolean }): Model {
  const isOpen = dialogOf(model, 'menu') !== undefined || dialogOf(model, 'details') !== undefined;
  const dialogs = model.dialogs.filter(({ kind }) => kind !== 'menu' && kind !== 'details');
  const closed = isOpen ? { ...model, dialogs, pendingKeys: [] } : model;
  return isOpen || isSaid ? withToast(closed, reason, 'warn') : closed;
}
