// The list: groups and resources, each with a glyph, a word, a reason, an age and an endpoint.
import { textWidth, truncateToWidth } from '../../base/text-width.ts';
import type { Grid } from '../../terminal/grid.ts';
import type { Rect } from '../../terminal/rect.ts';
import type { Style } from '../../terminal/style.ts';
import { shortAge } from '../ages.ts';
import type { GroupListRow, ListRow, ResourceListRow } from '../list-rows.ts';
import type { ResourceRow } from '../resource-row.ts';
import { statusGlyph, type Theme } from '../theme.ts';
import type { Usage, UsageView } from '../usage.ts';
import { endpointText, glyphColumns, type ListColumns, type ListColumnsInput, listColumns } from './list-columns.ts';
import { linkStyle, paintSpansRight } from './spans.ts';

export interface ListProps {
  readonly rows: readonly ListRow[];
  readonly top: number;
  readonly selected: number;
  readonly hasFocus: boolean;
  readonly nowMs: number;
  readonly spinnerPhase: number;
  /** CPU and memory by resource; undefined: no column. */
  readonly usage: UsageView | undefined;
  /** What stands there when there are no rows. */
  readonly emptyText: string;
}

interface RowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export function paintList(grid: Grid, rect: Rect, props: ListProps, theme: Theme): void {
  if (props.rows.length === 0 && rect.height > 0) {
    grid.text(
      rect.x + 1,
      rect.y,
      truncateToWidth(props.emptyText, rect.width - 1, theme.glyphs.ellipsis),
      theme.ui.muted,
    );
    return;
  }
  const columns = columnsOf(props.rows, rect.width, props.usage !== undefined);
  const count = Math.min(rect.height, props.rows.length - props.top);
  for (let i = 0; i < count; i++) {
    const row = props.rows[props.top + i]!;
    const place = { x: rect.x, y: rect.y + i, width: rect.width };
    const look = props.top + i === props.selected ? selectionLook(props, theme) : undefined;
    if (look && props.hasFocus) grid.fill({ ...place, height: 1 }, look);
    if (row.kind === 'group') paintGroup(grid, place, { row, props, look }, theme);
    else paintResource(grid, place, { row, props, look, columns }, theme);
  }
  paintMore(grid, rect, { props, columns }, theme);
}

/** With the focus elsewhere only the name is marked. */
function selectionLook(props: ListProps, theme: Theme): Style {
  return theme.ui[props.hasFocus ? 'selection' : 'selection.inactive'];
}

/** The longest texts of a list; its rows are another array when one of them changed. */
const measured = new WeakMap<readonly ListRow[], Omit<ListColumnsInput, 'width'>>();

function columnsOf(rows: readonly ListRow[], width: number, hasUsage: boolean): ListColumns {
  let longest = measured.get(rows);
  if (!longest) {
    longest = longestTexts(rows);
    measured.set(rows, longest);
  }
  return listColumns({ ...longest, width, hasUsage });
}

function longestTexts(rows: readonly ListRow[]): Omit<ListColumnsInput, 'width'> {
  let longestName = 0;
  let longestEndpoint = 0;
  let [longestKind, longestMode, longestCounts] = [0, 0, 0];
  let hasGroups = false;
  const kinds = new Set<string>();
  for (const row of rows) {
    const members = row.kind === 'group' ? row.members : [row.resource];
    hasGroups ||= row.kind === 'group';
    for (const member of members) {
      const { name, endpoints } = member;
      longestName = Math.max(longestName, textWidth(name));
      if (!member.isTiltfile) kinds.add(member.kind);
      longestKind = Math.max(longestKind, kindText(member).length);
      longestMode = Math.max(longestMode, modeText(member).length);
      longestCounts = Math.max(longestCounts, textWidth(countsText(member)));
      if (endpoints[0]) longestEndpoint = Math.max(longestEndpoint, textWidth(endpointText(endpoints[0].url)));
    }
  }
  // What all of them are need not stand on each.
  if (kinds.size < 2) longestKind = 0;
  return { longestName, longestEndpoint, longestKind, longestMode, longestCounts, hasGroups };
}

/** `  3%   84M`: the same width for all, so that nothing jumps. */
function usageText({ cpuPercent, residentBytes }: Usage): string {
  const mega = residentBytes / 2 ** 20;
  const memory = mega < 1000 ? `${Math.round(mega)}M` : `${(mega / 1024).toFixed(1)}G`;
  return `${`${Math.round(cpuPercent)}%`.padStart(4)}  ${memory.padStart(4)}`;
}

function usageCell({ name, pods }: ResourceRow, { byResource, podProblem }: UsageView): string {
  const usage = byResource.get(name);
  if (usage) return usageText(usage);
  return pods.length > 0 && podProblem !== undefined ? 'no metrics' : '';
}

/** Local resources are the usual ones and say nothing. */
function kindText({ kind }: ResourceRow): string {
  return kind === 'local' || kind === 'tiltfile' ? '' : kind;
}

/** What starts it, where that is not every change and the state does not say so. */
function modeText({ triggerMode, isTiltfile, word }: ResourceRow): string {
  return triggerMode === 0 || isTiltfile || word === 'manual' ? '' : triggerMode === 3 ? 'on change' : 'manual';
}

/** Restarts of its pod and changes that wait. */
function countsText({ restarts, changes }: ResourceRow): string {
  return [restarts > 0 ? `${restarts}x` : '', changes.length > 0 ? `+${changes.length}` : ''].filter(Boolean).join(' ');
}

function paintGroup(
  grid: Grid,
  place: RowPlace,
  at: { row: GroupListRow; props: ListProps; look: Style | undefined },
  theme: Theme,
): void {
  const { row, props, look } = at;
  const { glyphs } = theme;
  const isFilled = look !== undefined && props.hasFocus;
  const plain = isFilled ? look : theme.ui.muted;
  grid.text(place.x + 1, place.y, row.isOpen ? glyphs.open : glyphs.closed, plain);
  const counts = row.counts.map(([role, count], i) => ({
    text: `${i > 0 ? ' ' : ''}${statusGlyph(theme, role, props.spinnerPhase)}${count}`,
    style: isFilled ? look : theme.status[role].style,
  }));
  const taken = paintSpansRight(grid, { ...place, width: place.width - 1, ellipsis: glyphs.ellipsis }, counts);
  const label = row.isOpen ? row.label : `${row.label} (${row.members.length})`;
  const room = place.width - 3 - taken - 2;
  grid.text(place.x + 3, place.y, truncateToWidth(label, room, glyphs.ellipsis), look ?? theme.ui.group, room);
}

function paintResource(
  grid: Grid,
  place: RowPlace,
  at: { row: ResourceListRow; props: ListProps; look: Style | undefined; columns: ListColumns },
  theme: Theme,
): void {
  const { row, props, look, columns } = at;
  const { resource } = row;
  const filled = look !== undefined && props.hasFocus ? look : undefined;
  const status = theme.status[resource.role];
  const { ellipsis } = theme.glyphs;
  if (row.mark !== 'none')
    grid.text(place.x, place.y, theme.glyphs[row.mark], filled ?? theme.ui[row.mark === 'marked' ? 'mark' : 'muted']);
  let x = place.x + (row.isIndented ? columns.indent : 1);
  grid.text(x, place.y, statusGlyph(theme, resource.role, props.spinnerPhase), filled ?? status.style);
  x += glyphColumns;
  const nameRoom = columns.name - 1 + (row.isIndented ? 0 : columns.indent - 1);
  const nameStyle = resource.role === 'disabled' ? theme.ui.muted : theme.ui.text;
  grid.text(x, place.y, truncateToWidth(resource.name, nameRoom, ellipsis), look ?? nameStyle);
  x = place.x + columns.indent + glyphColumns + columns.name;
  const age = columns.age > 0 && resource.sinceMs !== undefined ? shortAge(props.nowMs - resource.sinceMs) : '';
  // Words have the room that the longest usual age leaves, and without an age all of it, where nothing stands between.
  const isBeforeAge = columns.counts + columns.mode + columns.kind + columns.usage === 0;
  const spare = age === '' ? columns.age : Math.max(0, columns.age - 1 - Math.max(3, age.length));
  const stateRoom = columns.state - 1 + (isBeforeAge ? spare : 0);
  const state = stateText(resource, stateRoom);
  grid.text(x, place.y, truncateToWidth(state, stateRoom, ellipsis), filled ?? stateStyle(resource, theme));
  x += columns.state;
  const usage = columns.usage > 0 && props.usage ? usageCell(resource, props.usage) : '';
  if (usage !== '') grid.text(x, place.y, usage, filled ?? theme.ui.muted);
  x += columns.usage;
  const extras = [
    [columns.counts, countsText(resource)],
    [columns.mode, modeText(resource)],
    [columns.kind, kindText(resource)],
  ] as const;
  for (const [width, text] of extras) {
    if (width > 0 && text !== '') grid.text(x, place.y, text, filled ?? theme.ui.muted);
    x += width;
  }
  if (age !== '') grid.text(x + columns.age - 1 - age.length, place.y, age, filled ?? theme.ui.muted);
  x += columns.age;
  const [endpoint] = resource.endpoints;
  if (columns.endpoint > 0 && endpoint) {
    const text = truncateToWidth(endpointText(endpoint.url), columns.endpoint - 2, ellipsis);
    const isDown = resource.downPorts.some(port => endpoint.url.includes(`:${port}`));
    const look = linkStyle(filled ?? (isDown ? theme.status.warn.style : theme.ui.muted), endpoint.url);
    grid.text(x + columns.endpoint - textWidth(text), place.y, text, look);
  }
}

/**
 * Word and reason where both fit; where not, without its last clauses, rather than with half of one; the reason of a failure
 * says more than the word.
 */
function stateText({ word, reason, role }: ResourceRow, width: number): string {
  if (reason === '') return word;
  const both = `${word}: ${reason}`;
  if (textWidth(both) <= width) return both;
  const clauses = reason.split(', ');
  const whole = (prefix: string): string | undefined => {
    for (let count = clauses.length; count > 0; count--) {
      const text = prefix + clauses.slice(0, count).join(', ');
      if (textWidth(text) <= width) return text;
    }
    return undefined;
  };
  if (role === 'error') return whole('') ?? reason;
  return whole(`${word}: `) ?? (role === 'crashed' ? (whole('') ?? reason) : both);
}

/** The address that is painted at a column of a row; undefined where there is none. */
export function endpointAt(
  rect: Rect,
  list: { readonly rows: readonly ListRow[]; readonly hasUsage: boolean },
  { resource }: ResourceListRow,
  x: number,
): string | undefined {
  const { endpoint } = columnsOf(list.rows, rect.width, list.hasUsage);
  const [first] = resource.endpoints;
  if (endpoint === 0 || !first) return undefined;
  const width = Math.min(endpoint - 2, textWidth(endpointText(first.url)));
  const end = endpointEnd(rect, columnsOf(list.rows, rect.width, list.hasUsage));
  return x >= end - width && x < end ? first.url : undefined;
}

/** The column behind the endpoints. */
function endpointEnd({ x }: Rect, columns: ListColumns): number {
  const { indent, name, state, usage, counts, mode, kind, age, endpoint } = columns;
  return x + indent + glyphColumns + name + state + usage + counts + mode + kind + age + endpoint;
}

/** Trouble is coloured, what goes well can wait. */
function stateStyle({ role }: ResourceRow, theme: Theme): Style {
  const isLoud = role === 'error' || role === 'crashed' || role === 'warn' || role === 'stale' || role === 'building';
  return isLoud ? theme.status[role].style : theme.ui.muted;
}

/**
 * Says how many rows are below the last or above the first one, on the edge of the list: in place of the endpoint, or of
 * the age as well where that is too narrow. Half an age would say another one.
 */
function paintMore(grid: Grid, rect: Rect, at: { props: ListProps; columns: ListColumns }, theme: Theme): void {
  const { props, columns } = at;
  const below = props.rows.length - props.top - rect.height;
  if (rect.width < 20) return;
  const mark = (y: number, text: string): void => {
    const needed = text.length + 2;
    const width = columns.endpoint >= needed ? columns.endpoint : Math.max(needed, columns.endpoint + columns.age);
    grid.clear({ x: rect.x + rect.width - width, y, width, height: 1 });
    grid.text(rect.x + rect.width - 1 - text.length, y, text, theme.ui.muted);
  };
  if (props.top > 0 && props.selected !== props.top) mark(rect.y, `+${props.top}`);
  if (below > 0 && props.selected !== props.top + rect.height - 1) mark(rect.y + rect.height - 1, `+${below}`);
}
