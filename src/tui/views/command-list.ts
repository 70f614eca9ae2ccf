// The help and the menu: commands with their keys, the selected one marked, and why one is off.
import { fitToWidth, textWidth } from '../../base/text-width.ts';
import type { Size } from '../../terminal/terminal.ts';
import type { MenuItem } from '../menu-item.ts';
import type { HelpItem } from '../menu-items.ts';
import type { Theme } from '../theme.ts';
import type { Box, BoxRow } from './box.ts';
import { viewOfField } from './spans.ts';

/** Between keys that do the same; those of a chord, pressed one after the other, have a blank alone. */
const betweenKeys = ', ';
const keyColumns = 20;
/** Narrow screens have no room for every key of a command. */
const narrowKeyColumns = 8;
const narrowBelowColumns = 60;

function itemRow(
  item: MenuItem,
  at: { titleColumns: number; keyColumns: number; index: number; selected: number },
  theme: Theme,
): BoxRow {
  const isOff = item.off !== undefined;
  return {
    isSelected: at.index === at.selected,
    item: at.index,
    spans: [
      {
        text: fitToWidth(item.keys.join(betweenKeys), at.keyColumns, theme.glyphs.ellipsis),
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

export function menuBox(props: MenuProps, theme: Theme): Box {
  const titleColumns = Math.max(...props.items.map(item => textWidth(item.title)));
  const rows = props.items.map((item, i) =>
    itemRow(item, { titleColumns, keyColumns: 4, index: i, selected: props.selected }, theme),
  );
  const longestOff = Math.max(0, ...props.items.map(item => (item.off ? textWidth(item.off) + 7 : 0)));
  return { title: props.title, rows, wishWidth: 4 + titleColumns + longestOff };
}

export interface HelpProps {
  readonly items: readonly HelpItem[];
  readonly query: string;
  /** Where the cursor is in it. */
  readonly at: number;
  readonly selected: number;
  /** How many there are without the query. */
  readonly total: number;
}

/** Sections are headed while nothing is searched. */
function helpRows(props: HelpProps, columns: number, theme: Theme): BoxRow[] {
  const rows: BoxRow[] = [];
  for (const [i, item] of props.items.entries()) {
    if (item.section !== props.items[i - 1]?.section) {
      if (i > 0) rows.push({ spans: [] });
      rows.push({ spans: [{ text: item.section, style: theme.ui.title }] });
    }
    const look = { titleColumns: textWidth(item.title), keyColumns: columns, index: i, selected: props.selected };
    rows.push(itemRow(item, look, theme));
  }
  if (props.items.length === 0) rows.push({ spans: [{ text: 'no command has these words', style: theme.ui.muted }] });
  return rows;
}

const helpColumns = 86;

export function helpBox(props: HelpProps, size: Size, theme: Theme): Box {
  const rows = helpRows(props, size.columns < narrowBelowColumns ? narrowKeyColumns : keyColumns, theme);
  const room = Math.max(1, Math.min(helpColumns, size.columns - 4) - 3);
  const query = viewOfField({ text: props.query, at: props.at }, room, theme.glyphs.ellipsis);
  const search: BoxRow = {
    cursorColumn: 2 + query.cursorColumn,
    spans: [
      { text: '/ ', style: theme.ui.key },
      {
        text: query.text || 'type to search, enter runs, esc closes',
        style: props.query ? theme.ui.input : theme.ui.muted,
      },
    ],
  };
  const isSearched = props.items.length < props.total;
  return {
    title: isSearched ? `Keys and commands  ${props.items.length} of ${props.total}` : 'Keys and commands',
    head: [search, { spans: [] }],
    rows,
    wishWidth: helpColumns,
    // It keeps its size while what is found gets fewer.
    minRows: Math.max(1, size.rows - 4),
  };
}
