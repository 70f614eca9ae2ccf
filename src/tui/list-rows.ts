// The rows of the list: groups by label that can be closed, and the resources in the order of their definition. A
// resource with two labels stands in both groups.
// Does not: sort by state; rows keep their place when states change.
import type { ResourceRow, StatusRole } from './resource-row.ts';
import { statusRoles } from './resource-row.ts';

export interface GroupListRow {
  readonly kind: 'group';
  /** Unique in the list and the same after a reload. */
  readonly key: string;
  readonly label: string;
  readonly isOpen: boolean;
  readonly members: readonly ResourceRow[];
  /** Worst first, only what there is. */
  readonly counts: readonly (readonly [role: StatusRole, count: number])[];
}

export interface ResourceListRow {
  readonly kind: 'resource';
  readonly key: string;
  /** True below a group. */
  readonly isIndented: boolean;
  readonly resource: ResourceRow;
}

export type ListRow = GroupListRow | ResourceListRow;

/** What the group of resources without a label is called when others have one. */
export const unlabeled = 'unlabeled';

export interface ListInput {
  /** In the order of definition. */
  readonly resources: readonly ResourceRow[];
  readonly collapsed: ReadonlySet<string>;
  /** Undefined: no filter. With one all groups are open and empty ones are left out. */
  readonly matches?: ((row: ResourceRow) => boolean) | undefined;
}

export function makeListRows({ resources, collapsed, matches }: ListInput): ListRow[] {
  const shown = matches ? resources.filter(matches) : resources;
  const hasGroups = resources.some(row => row.labels.length > 0);
  if (!hasGroups) return shown.map(row => resourceRow(row, ''));
  const rows: ListRow[] = [];
  const groups = new Map<string, ResourceRow[]>();
  for (const row of shown) {
    if (row.isTiltfile) rows.push(resourceRow(row, ''));
    else for (const label of row.labels.length > 0 ? row.labels : ['']) push(groups, label, row);
  }
  const labels = [...groups.keys()].sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1));
  for (const label of labels) {
    const members = groups.get(label)!;
    const name = label || unlabeled;
    const isOpen = matches !== undefined || !collapsed.has(name);
    rows.push({ kind: 'group', key: `${name}/`, label: name, isOpen, members, counts: countRoles(members) });
    if (isOpen) rows.push(...members.map(row => resourceRow(row, `${name}/`)));
  }
  return rows;
}

function push(groups: Map<string, ResourceRow[]>, label: string, row: ResourceRow): void {
  const members = groups.get(label);
  if (members) members.push(row);
  else groups.set(label, [row]);
}

function resourceRow(resource: ResourceRow, group: string): ResourceListRow {
  return { kind: 'resource', key: `${group}${resource.name}`, isIndented: group !== '', resource };
}

/** How many rows are in each state, worst first. A crash is counted as a failure: the row says which it was. */
export function countRoles(rows: readonly ResourceRow[]): (readonly [StatusRole, number])[] {
  const counts = new Map<StatusRole, number>();
  for (const row of rows) {
    const role = row.role === 'crashed' ? 'error' : row.role;
    counts.set(role, (counts.get(role) ?? 0) + 1);
  }
  return statusRoles.flatMap(role => (counts.has(role) ? [[role, counts.get(role)!] as const] : []));
}

/** Index of the row with that key, or of the same resource under another label; -1 for none. */
export function findRow(rows: readonly ListRow[], key: string): number {
  const same = rows.findIndex(row => row.key === key);
  const name = key.slice(key.indexOf('/') + 1);
  if (same >= 0 || name === '') return same;
  return rows.findIndex(row => row.kind === 'resource' && row.resource.name === name);
}

/** Where the selection goes when the rows change: the same row, its closed group, else the same place. */
export function keepSelection(rows: readonly ListRow[], key: string, oldIndex: number): number {
  if (rows.length === 0) return 0;
  const same = findRow(rows, key);
  if (same >= 0) return same;
  const group = rows.findIndex(row => row.kind === 'group' && key.startsWith(row.key));
  return group >= 0 ? group : Math.min(oldIndex, rows.length - 1);
}
