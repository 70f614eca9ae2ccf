// The first line: which project, where its page is, and how many of what; trouble is counted, calm is dim.
import type { Grid } from '../../terminal/grid.ts';
import type { Rect } from '../../terminal/rect.ts';
import type { StatusRole } from '../row-state.ts';
import { statusGlyph, type Theme } from '../theme.ts';
import { linkStyle, paintSpans, paintSpansRight, type Span, spanAt, spansWidth } from './spans.ts';

export interface HeaderProps {
  readonly project: string;
  /** What goes on instead of counts: `starting`. */
  readonly note: string;
  readonly webUrl: string;
  /** `kind-dev ▸ default`; '' without a cluster. */
  readonly cluster: string;
  /** The cluster cannot be reached. */
  readonly isClusterLost: boolean;
  /** A newer version; '' for none. */
  readonly newerVersion: string;
  readonly isSlowLink: boolean;
  /** What is wrong with the session itself. */
  readonly alarm: string | undefined;
  readonly counts: readonly (readonly [role: StatusRole, count: number])[];
  readonly spinnerPhase: number;
}

/** What the counts are called; the same words as on the rows. */
const words: Readonly<Record<StatusRole, string>> = {
  error: 'failed',
  crashed: 'crashed',
  warn: 'warned',
  building: 'building',
  starting: 'starting',
  pending: 'waiting',
  stale: 'changed',
  ok: 'ready',
  done: 'done',
  manual: 'manual',
  disabled: 'disabled',
};
/** What a narrow header leaves out first. */
const dispensable: readonly StatusRole[] = ['disabled', 'manual', 'done', 'stale'];

function countSpans(props: HeaderProps, theme: Theme, form: 'words' | 'glyphs' | 'few'): Span[] {
  const counts = form === 'few' ? props.counts.filter(([role]) => !dispensable.includes(role)) : props.counts;
  return counts.flatMap(([role, count], i) => {
    const { style } = theme.status[role];
    const glyph = statusGlyph(theme, role, props.spinnerPhase);
    const gap = i === 0 ? '' : form === 'words' ? '   ' : '  ';
    const word = form === 'words' ? ` ${words[role]}` : '';
    return [
      { text: `${gap}${count} `, style: theme.ui.text },
      { text: glyph, style },
      { text: word, style: theme.ui.muted },
    ];
  });
}

export function paintHeader(grid: Grid, rect: Rect, props: HeaderProps, theme: Theme): void {
  const row = { x: rect.x, y: rect.y, width: rect.width - 1, ellipsis: theme.glyphs.ellipsis };
  const { shown, counts } = headerSpans(rect, props, theme);
  const taken = paintSpansRight(grid, row, counts);
  paintSpans(grid, { ...row, width: row.width - taken }, shown);
}

/** What of the header a click at a column means. */
export function headerHit(rect: Rect, props: HeaderProps, column: number, theme: Theme): 'web' | 'counts' | undefined {
  const { shown, counts } = headerSpans(rect, props, theme);
  if (column >= rect.x + rect.width - 1 - spansWidth(counts)) return 'counts';
  const link = spanAt(shown, column - rect.x)?.style.link;
  return link !== undefined && link === props.webUrl ? 'web' : undefined;
}

function headerSpans(
  rect: Rect,
  props: HeaderProps,
  theme: Theme,
): { readonly shown: Span[]; readonly counts: Span[] } {
  const left: Span[] = [
    { text: ' ', style: theme.ui.text },
    { text: props.project, style: theme.ui.title },
    ...(props.alarm ? [{ text: `  ${props.alarm}`, style: theme.toast.error }] : []),
    ...(props.cluster
      ? [{ text: `  ${props.cluster}`, style: props.isClusterLost ? theme.toast.error : theme.ui.muted }]
      : []),
    ...(props.isSlowLink ? [{ text: '  slow link', style: theme.log.warn }] : []),
    ...(props.note ? [{ text: `  ${props.note}`, style: theme.ui.muted }] : []),
  ];
  const room = rect.width - spansWidth(left) - 3;
  const form = (['words', 'glyphs', 'few'] as const).find(f => spansWidth(countSpans(props, theme, f)) <= room);
  const counts = form ? countSpans(props, theme, form) : [];
  const taken = spansWidth(counts);
  const url: Span[] = props.webUrl
    ? [{ text: `  ${props.webUrl}`, style: linkStyle(theme.ui.muted, props.webUrl) }]
    : [];
  const newer: Span[] = props.newerVersion ? [{ text: `  ${props.newerVersion} is out`, style: theme.ui.accent }] : [];
  // Each of these has a place of its own elsewhere; they stand here where there is room.
  const shown = [...left];
  for (const extra of [url, newer])
    if (spansWidth(shown) + spansWidth(extra) + taken + 4 <= rect.width) shown.push(...extra);
  return { shown, counts };
}
