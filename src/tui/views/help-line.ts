// The last line: the keys that matter now, or what was just said; above it the text while a filter is typed.
import { textWidth } from '../../base/text-width.ts';
import type { Grid } from '../../terminal/grid.ts';
import type { Rect } from '../../terminal/rect.ts';
import type { Hint } from '../menu-items.ts';
import type { Toast } from '../model.ts';
import type { Theme } from '../theme.ts';
import { paintSpans, paintSpansRight, type Span, spansWidth, viewOfField } from './spans.ts';

export interface HelpLineProps {
  readonly hints: readonly Hint[];
  readonly quit: Hint | undefined;
  readonly toast: Toast | undefined;
  readonly pendingKeys: readonly string[];
}

export function paintHelpLine(grid: Grid, rect: Rect, props: HelpLineProps, theme: Theme): void {
  if (rect.height <= 0) return;
  const row = { x: rect.x + 1, y: rect.y, width: rect.width - 2, ellipsis: theme.glyphs.ellipsis };
  const right = props.pendingKeys.length > 0 ? pendingSpans(props, theme) : quitSpans(props, theme);
  const taken = spansWidth(right) + 3 <= row.width ? paintSpansRight(grid, row, right) : 0;
  const room = { ...row, width: row.width - taken - 2 };
  if (props.toast) paintSpans(grid, room, toastSpans(props.toast, theme));
  else paintSpans(grid, room, hintSpans(props.hints, room.width, theme));
}

/** The hint at a column of the screen; undefined where there is none. */
export function hintAt(rect: Rect, props: HelpLineProps, column: number, theme: Theme): Hint | undefined {
  const width = rect.width - 2;
  const right = props.pendingKeys.length > 0 ? [] : quitSpans(props, theme);
  const taken = spansWidth(right) + 3 <= width ? spansWidth(right) : 0;
  const at = column - rect.x - 1;
  if (taken > 0 && at >= width - taken && at < width) return props.quit;
  if (props.toast) return undefined;
  let start = 0;
  return keptHints(props.hints, width - taken - 2).find(({ key, word }) => {
    const end = start + textWidth(key) + 1 + textWidth(word);
    const isHit = at >= start && at < end;
    start = end + 3;
    return isHit;
  });
}

function hintSpan({ key, word }: Hint, theme: Theme): Span[] {
  return [
    { text: key, style: theme.ui.key },
    { text: ` ${word}`, style: theme.ui.hint },
  ];
}

function hintSpans(hints: readonly Hint[], width: number, theme: Theme): Span[] {
  return keptHints(hints, width).flatMap((hint, i) => [
    ...(i > 0 ? [{ text: '   ', style: {} }] : []),
    ...hintSpan(hint, theme),
  ]);
}

/** As many whole hints as fit; the help itself always is one of them. */
function keptHints(hints: readonly Hint[], width: number): readonly Hint[] {
  const columns = (hint: Hint): number => textWidth(hint.key) + 1 + textWidth(hint.word) + 3;
  const help = hints.find(hint => hint.command === 'help');
  let room = width + 3 - (help ? columns(help) : 0);
  return hints.filter(hint => {
    if (hint === help) return true;
    if (room < columns(hint)) {
      room = 0;
      return false;
    }
    room -= columns(hint);
    return true;
  });
}

function quitSpans(props: HelpLineProps, theme: Theme): Span[] {
  return props.quit ? hintSpan(props.quit, theme) : [];
}

function pendingSpans(props: HelpLineProps, theme: Theme): Span[] {
  return [{ text: `${props.pendingKeys.join(' ')} ${theme.glyphs.ellipsis}`, style: theme.ui.accent }];
}

function toastSpans(toast: Toast, theme: Theme): Span[] {
  const style = theme.toast[toast.tone];
  return [{ text: toast.text, style: toast.link ? { ...style, underline: true, link: toast.link } : style }];
}

/** The text that is typed, and at the right what it does. */
export function paintTypedLine(
  grid: Grid,
  rect: Rect,
  typing: { readonly prompt: string; readonly text: string; readonly at: number; readonly note: string },
  theme: Theme,
): void {
  const row = { x: rect.x + 1, y: rect.y, width: rect.width - 2, ellipsis: theme.glyphs.ellipsis };
  const note = [{ text: typing.note, style: theme.ui.muted }];
  const taken = spansWidth(note) + 12 <= row.width ? paintSpansRight(grid, row, note) : 0;
  const room = row.width - taken - 2;
  const promptColumns = textWidth(typing.prompt);
  const { text, cursorColumn } = viewOfField(typing, room - promptColumns, theme.glyphs.ellipsis);
  paintSpans(grid, { ...row, width: room }, [
    { text: typing.prompt, style: theme.ui.key },
    { text, style: theme.ui.input },
  ]);
  grid.cursor = { x: row.x + promptColumns + cursorColumn, y: row.y };
}
