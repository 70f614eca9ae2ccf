// The help and the menu: commands with their keys, the selected one marked, and why one is off.
import { fitToWidth, textWidth } from '../../base/text-width.ts';
import type { Grid } from '../../terminal/grid.ts';
import { keepVisible } from '../layout.ts';
import type { HelpItem } from '../menu-items.ts';
import type { MenuItem } from '../model.ts';
import type { Theme } from '../theme.ts';
import { type BoxRow, paintBox } from './overlay-box.ts';
import { endOfText } from './spans.ts';

const keyColumns = 20;
/** Narrow screens have no room for every key of a command. */
const narrowKeyColumns = 8;
const narrowBelowColumns = 60;

function itemRow(
  item: MenuItem,
  at: { titleColumns: number; keyColumns: number; isSelected: boolean },
  theme: Theme,
): BoxRow {
  const isOff = item.off !== undefined;
  return {
    isSelected: at.isSelected,
    spans: [
      {
        text: fitToWidth(item.keys.join(' '), at.keyColumns, theme.glyphs.ellipsis),
        style: isOff ? theme.ui.muted : theme.ui.key,
      },
      { text: fitToWidth(item.title, at.titleColumns), style: isOff ? theme.ui.muted : theme.ui.text },
      ...(isOff ? [{ text: `  off: ${item.off}`, style: theme.ui.muted }] : []),
    ],
  };
}

export interface MenuProps {
  readonly title: string;
  readonly items: readonly MenuItem[];
  readonly selected: number;
}

export function paintMenu(grid: Grid, props: MenuProps, theme: Theme): void {
  const titleColumns = Math.max(...props.items.map(item => textWidth(item.title)));
  const rows = props.items.map((item, i) =>
    itemRow(item, { titleColumns, keyColumns: 4, isSelected: i === props.selected }, theme),
  );
  const longestOff = Math.max(0, ...props.items.map(item => (item.off ? textWidth(item.off) + 7 : 0)));
  paintBox(grid, { title: props.title, rows, wishWidth: 4 + titleColumns + longestOff }, theme);
}

export interface HelpProps {
  readonly items: readonly HelpItem[];
  readonly query: string;
  readonly selected: number;
  /** How many there are without the query. */
  readonly total: number;
}

/** Sections are headed while nothing is searched. */
function helpRows(props: HelpProps, columns: number, theme: Theme): { rows: BoxRow[]; selectedRow: number } {
  const rows: BoxRow[] = [];
  let selectedRow = 0;
  for (const [i, item] of props.items.entries()) {
    if (item.section !== props.items[i - 1]?.section) {
      if (i > 0) rows.push({ spans: [] });
      rows.push({ spans: [{ text: item.section, style: theme.ui.title }] });
    }
    if (i === props.selected) selectedRow = rows.length;
    rows.push(
      itemRow(
        item,
        { titleColumns: textWidth(item.title), keyColumns: columns, isSelected: i === props.selected },
        theme,
      ),
    );
  }
  if (props.items.length === 0) rows.push({ spans: [{ text: 'no command has these words', style: theme.ui.muted }] });
  return { rows, selectedRow };
}

export function paintHelp(grid: Grid, props: HelpProps, theme: Theme): void {
  const { rows, selectedRow } = helpRows(props, grid.width < narrowBelowColumns ? narrowKeyColumns : keyColumns, theme);
  const inputY = 1;
  const wishWidth = 86;
  const query = endOfText(props.query, Math.max(1, Math.min(wishWidth, grid.width - 4) - 3), theme.glyphs.ellipsis);
  const search: BoxRow = {
    spans: [
      { text: '/ ', style: theme.ui.key },
      {
        text: query || 'type to search, enter runs, esc closes',
        style: props.query ? theme.ui.input : theme.ui.muted,
      },
    ],
  };
  const room = Math.max(1, grid.height - 2 - 2);
  const shown = Math.min(rows.length, room);
  const top = keepVisible({
    top: Math.max(0, selectedRow - Math.floor(room / 2)),
    selected: selectedRow,
    height: shown,
    count: rows.length,
  });
  const body = rows.slice(top, top + shown);
  const below = rows.length - top - shown;
  const title =
    below > 0 || top > 0 ? `Keys and commands  ${props.items.length} of ${props.total}` : 'Keys and commands';
  const inside = paintBox(grid, { title, rows: [search, { spans: [] }, ...body], wishWidth, minRows: room }, theme);
  grid.cursor = { x: inside.x + 2 + textWidth(query), y: inside.y + inputY - 1 };
}
