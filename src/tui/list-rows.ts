// The rows of the list: groups by label that can be closed, and the resources in the order of their definition. A
// resource with two labels stands in both groups; starred ones also in a group of their own above the others.
// Rows keep their place when states change, unless somebody asked for an order by state or by change.
import type { ResourceRow } from './resource-row.ts';
import { type StatusRole, statusRoles } from './row-state.ts';

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
  readonly mark: 'none' | 'starred' | 'marked';
}

export type ListRow = GroupListRow | ResourceListRow;

/** What the group of resources without a label is called when others have one. */
export const unlabeled = 'unlabeled';
/** The group of those that have a star. No label can be called that: it has a blank. */
export const starredLabel = 'with a star';

export const listSorts = ['order', 'name', 'state', 'recent'] as const;
export type ListSort = (typeof listSorts)[number];

export interface ListInput {
  /** In the order of definition. */
  readonly resources: readonly ResourceRow[];
  readonly collapsed: ReadonlySet<string>;
  /** Undefined: no filter. With one all groups are open and empty ones are left out. */
  readonly matches?: ((row: ResourceRow) => boolean) | undefined;
  readonly sort?: ListSort | undefined;
  readonly starred?: ReadonlySet<string> | undefined;
  readonly marked?: ReadonlySet<string> | undefined;
  readonly hidesDisabled?: boolean | undefined;
}

export function makeListRows(input: ListInput): ListRow[] {
  const { resources, matches, starred = none, hidesDisabled } = input;
  const shown = resources.filter(
    row => (matches?.(row) ?? true) && !(hidesDisabled && row.role === 'disabled' && matches === undefined),
  );
  const sorted = sortRows(shown, input.sort ?? 'order');
  const favourites = sorted.filter(row => starred.has(row.name) && !row.isTiltfile);
  const hasGroups = resources.some(row => row.labels.length > 0) || favourites.length > 0;
  if (!hasGroups) return sorted.map(row => resourceRow(row, '', input));
  const tiltfiles = sorted.filter(row => row.isTiltfile).map(row => resourceRow(row, '', input));
  const starredGroup = favourites.length > 0 ? groupRows(starredLabel, favourites, input) : [];
  return [...tiltfiles, ...starredGroup, ...labelGroups(sorted, input)];
}

const none: ReadonlySet<string> = new Set();

function labelGroups(sorted: readonly ResourceRow[], input: ListInput): ListRow[] {
  const groups = new Map<string, ResourceRow[]>();
  for (const row of sorted) {
    if (row.isTiltfile) continue;
    for (const label of row.labels.length > 0 ? row.labels : ['']) push(groups, label, row);
  }
  const labels = [...groups.keys()].sort((a, b) => (a === '' ? 1 : b === '' ? -1 : byName(a, b)));
  return labels.flatMap(label => groupRows(label || unlabeled, groups.get(label)!, input));
}

function groupRows(label: string, members: readonly ResourceRow[], input: ListInput): ListRow[] {
  const key = `${label}/`;
  const isOpen = input.matches !== undefined || !input.collapsed.has(label);
  const head: GroupListRow = { kind: 'group', key, label, isOpen, members, counts: countRoles(members) };
  return isOpen ? [head, ...members.map(row => resourceRow(row, key, input))] : [head];
}

/** `shard-2` stands before `shard-10`. */
const { compare: byName } = new Intl.Collator('en', { numeric: true });

/** The Tiltfile is the first, whatever the order. */
function sortRows(rows: readonly ResourceRow[], sort: ListSort): readonly ResourceRow[] {
  if (sort === 'order') return rows;
  const compare = {
    name: (a: ResourceRow, b: ResourceRow) => byName(a.name, b.name),
    state: (a: ResourceRow, b: ResourceRow) =>
      statusRoles.indexOf(a.role) - statusRoles.indexOf(b.role) || a.order - b.order,
    recent: (a: ResourceRow, b: ResourceRow) => (b.sinceMs ?? 0) - (a.sinceMs ?? 0) || a.order - b.order,
  }[sort];
  return [...rows].sort((a, b) => Number(b.isTiltfile) - Number(a.isTiltfile) || compare(a, b));
}

function push(groups: Map<string, ResourceRow[]>, label: string, row: ResourceRow): void {
  const members = groups.get(label);
  if (members) members.push(row);
  else groups.set(label, [row]);
}

function resourceRow(resource: ResourceRow, group: string, { marked, starred }: ListInput): ResourceListRow {
  const { name } = resource;
  const mark = marked?.has(name) ? 'marked' : starred?.has(name) ? 'starred' : 'none';
  return { kind: 'resource', key: `${group}${name}`, isIndented: group !== '', resource, mark };
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
