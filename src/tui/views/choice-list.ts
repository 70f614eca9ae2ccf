// Lists of things to choose from: the palette, which is searched by typing, and small choices.
import { textWidth, truncateToWidth } from '../../base/text-width.ts';
import type { Style } from '../../terminal/style.ts';
import type { Size } from '../../terminal/terminal.ts';
import type { MenuItem } from '../menu-item.ts';
import type { PaletteItem } from '../palette-items.ts';
import type { Theme } from '../theme.ts';
import { type Box, type BoxRow, wrapText } from './box.ts';
import { type Span, viewOfField } from './spans.ts';

export interface PaletteProps {
  readonly items: readonly PaletteItem[];
  readonly offOf: (item: PaletteItem) => string | undefined;
  readonly query: string;
  readonly at: number;
  readonly selected: number;
}

const paletteColumns = 80;
/** No more rows are made than any screen shows around the selected one. */
const maxPaletteRows = 160;

export function paletteBox(props: PaletteProps, size: Size, theme: Theme): Box {
  const width = Math.min(paletteColumns, size.columns - 4);
  const query = viewOfField({ text: props.query, at: props.at }, width - 3, theme.glyphs.ellipsis);
  const search: BoxRow = {
    cursorColumn: 2 + query.cursorColumn,
    spans: [
      { text: ': ', style: theme.ui.key },
      {
        text: query.text || 'an action, a resource, a button, an endpoint',
        style: props.query ? theme.ui.input : theme.ui.muted,
      },
    ],
  };
  const first = Math.max(0, props.selected - maxPaletteRows / 2);
  const shown = props.items.slice(first, first + maxPaletteRows);
  const rows = shown.map((item, i) =>
    paletteRow({ ...item, off: props.offOf(item) }, { index: first + i, selected: props.selected, width }, theme),
  );
  if (rows.length === 0) rows.push({ spans: [{ text: 'nothing has these letters', style: theme.ui.muted }] });
  return {
    title: 'Go to, or do',
    head: [search, { spans: [] }],
    rows,
    wishWidth: width,
    minRows: Math.max(1, Math.min(24, size.rows - 4)),
  };
}

function paletteRow(item: PaletteItem, at: { index: number; selected: number; width: number }, theme: Theme): BoxRow {
  const isOff = item.off !== undefined;
  const keys = item.keys[0] ?? '';
  const right = isOff ? `off: ${item.off}` : [item.what, keys].filter(Boolean).join('  ');
  const room = Math.max(10, at.width - Math.min(textWidth(right), Math.floor(at.width / 2)) - 2);
  const title = truncateToWidth(item.title, room, theme.glyphs.ellipsis);
  const gap = ' '.repeat(Math.max(1, at.width - textWidth(title) - textWidth(right)));
  return {
    isSelected: at.index === at.selected,
    item: at.index,
    spans: [
      { text: title, style: isOff ? theme.ui.muted : theme.ui.text },
      { text: `${gap}${right}`, style: theme.ui.muted },
    ],
  };
}

/** A few things, one of which is wanted; digits choose as well. */
export function chooseBox(
  props: { readonly title: string; readonly items: readonly MenuItem[]; readonly selected: number },
  theme: Theme,
): Box {
  const rows = props.items.map((item, i): BoxRow => {
    const isOff = item.off !== undefined;
    const look = isOff ? theme.ui.muted : theme.ui.text;
    const spans: Span[] = [
      { text: `${i < 9 ? i + 1 : ' '}  `, style: isOff ? theme.ui.muted : theme.ui.key },
      { text: item.title, style: look },
      ...(isOff ? [{ text: `  off: ${item.off}`, style: theme.ui.muted }] : []),
    ];
    return { isSelected: i === props.selected, item: i, spans };
  });
  const widths = rows.map(row => row.spans.reduce((sum, span) => sum + textWidth(span.text), 0));
  return { title: props.title, rows, wishWidth: Math.max(20, textWidth(props.title) + 4, ...widths) };
}

/** A few sentences to read, with addresses that can be clicked and copied. */
export function noteBox(
  note: {
    readonly title: string;
    readonly lines: readonly { readonly text: string; readonly link?: string | undefined }[];
    readonly copy: string;
  },
  size: Size,
  theme: Theme,
): Box {
  const width = Math.min(84, size.columns - 6);
  const rows = note.lines.flatMap(({ text, link }): BoxRow[] =>
    wrapText(text, width).map(part => ({
      spans: [
        { text: part, style: link === undefined ? theme.ui.text : { ...theme.ui.accent, underline: true, link } },
      ],
    })),
  );
  const foot: BoxRow[] = [
    { spans: [] },
    {
      spans: [
        ...(note.copy
          ? [
              { text: 'y', style: theme.ui.key, press: 'y' },
              { text: ' copy   ', style: theme.ui.hint, press: 'y' },
            ]
          : []),
        { text: 'esc', style: theme.ui.key, press: 'esc' },
        { text: ' close', style: theme.ui.hint, press: 'esc' },
      ],
    },
  ];
  return { title: note.title, rows, foot, wishWidth: width, top: 0 };
}

/** A longer text, line by line; what is too wide is cut, and copied all the same. */
export function textBox(
  { title, lines, top }: { readonly title: string; readonly lines: readonly string[]; readonly top: number },
  size: Size,
  theme: Theme,
): Box {
  const { rows, widest } = textRows(lines, theme);
  return {
    title,
    rows,
    foot: [copyOrClose(theme)],
    wishWidth: Math.max(40, textWidth(title) + 4, Math.min(widest, size.columns - 8)),
    top,
  };
}

interface TextRows {
  readonly theme: Theme;
  readonly rows: readonly BoxRow[];
  /** Length of the longest line. */
  readonly widest: number;
}

/** Thousands of lines are not made anew for each row that somebody scrolls. */
const madeRows = new WeakMap<readonly string[], TextRows>();

function textRows(lines: readonly string[], theme: Theme): TextRows {
  const made = madeRows.get(lines);
  if (made?.theme === theme) return made;
  const rows = lines.map(
    (line): BoxRow => ({ spans: [{ text: line.replaceAll('\t', '  '), style: lineStyle(line, theme) }] }),
  );
  const fresh = { theme, rows, widest: lines.reduce((most, line) => Math.max(most, line.length), 0) };
  madeRows.set(lines, fresh);
  return fresh;
}

function copyOrClose(theme: Theme): BoxRow {
  return {
    spans: [
      { text: 'y', style: theme.ui.key, press: 'y' },
      { text: ' copy   ', style: theme.ui.hint, press: 'y' },
      { text: 'esc', style: theme.ui.key, press: 'esc' },
      { text: ' close', style: theme.ui.hint, press: 'esc' },
    ],
  };
}

/** Lines of a difference, by their first character. */
function lineStyle(line: string, theme: Theme): Style {
  if (/^\+(?!\+\+ )/.test(line)) return theme.toast.success;
  return /^-(?!-- |-?$)/.test(line) && !/^- /.test(line) ? theme.log.error : theme.ui.text;
}
