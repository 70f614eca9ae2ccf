// The line above the log: whose log it is, how that is doing in words, and whether the pane follows.
import { textWidth, truncateToWidth } from '../../base/text-width.ts';
import type { Grid } from '../../terminal/grid.ts';
import type { Rect } from '../../terminal/rect.ts';
import { shortAge } from '../ages.ts';
import type { ResourceRow } from '../resource-row.ts';
import { statusGlyph, type Theme } from '../theme.ts';
import { paintRule } from './rule.ts';
import { paintSpans, paintSpansRight, type Span, spansWidth } from './spans.ts';

export interface LogTitleProps {
  readonly name: string;
  /** The resource whose log it is; undefined for several. */
  readonly resource: ResourceRow | undefined;
  readonly hasFocus: boolean;
  /** It stands between list and log, so it is the line that divides them. */
  readonly isRule: boolean;
  readonly isFollowing: boolean;
  readonly newLines: number;
  readonly newErrors: number;
  /** What is filtered by and searched for. */
  readonly notes: readonly {
    readonly text: string;
    readonly isProblem: boolean;
    /** Said where there is room for it. */
    readonly detail?: string;
  }[];
  /** The key that follows again. */
  readonly followKey: string;
  readonly nowMs: number;
  readonly spinnerPhase: number;
}

export function paintLogTitle(grid: Grid, rect: Rect, props: LogTitleProps, theme: Theme): void {
  if (rect.height <= 0 || rect.width <= 0) return;
  const { ellipsis } = theme.glyphs;
  if (props.isRule) paintRule(grid, rect, theme);
  const row = { x: rect.x, y: rect.y, width: rect.width, ellipsis };
  const right = rightSpans(props, theme, rect.width);
  const taken = paintSpansRight(grid, row, [...noteSpans(props, theme, rect.width - spansWidth(right)), ...right]);
  const left = leftSpans(props, theme);
  const start = props.isRule ? 2 : 0;
  paintSpans(grid, { ...row, x: rect.x + start, width: rect.width - start - taken - 1 }, left);
}

function leftSpans(props: LogTitleProps, theme: Theme): Span[] {
  const { resource, nowMs } = props;
  const gap = { text: ' ', style: theme.ui.text };
  const name = { text: props.name, style: props.hasFocus ? theme.ui.accent : theme.ui.title };
  if (!resource) return [gap, name, gap];
  const look = theme.status[resource.role];
  const glyph = { text: `  ${statusGlyph(theme, resource.role, props.spinnerPhase)} `, style: look.style };
  const reason = resource.reason ? `${resource.word}: ${resource.reason}` : resource.word;
  const age = resource.sinceMs === undefined ? '' : `  ${shortAge(nowMs - resource.sinceMs)}`;
  const isLoud = resource.role === 'error' || resource.role === 'crashed';
  return [
    gap,
    name,
    glyph,
    { text: reason, style: isLoud ? look.style : theme.ui.text },
    { text: `${age} `, style: theme.ui.muted },
  ];
}

/** Notes have the room that leaves the name and a word of it. */
function noteSpans({ notes }: LogTitleProps, theme: Theme, room: number): Span[] {
  const most = Math.max(0, Math.floor(room * 0.6));
  const share = Math.floor(most / Math.max(1, notes.length)) - 2;
  if (share < 8) return [];
  return notes.map(({ text, isProblem, detail = '' }) => {
    const whole = detail === '' ? text : `${text}  ${detail}`;
    const shown = textWidth(whole) <= share ? whole : truncateToWidth(text, share, theme.glyphs.ellipsis);
    return { text: ` ${shown} `, style: isProblem ? theme.log.error : theme.ui.accent };
  });
}

function rightSpans(props: LogTitleProps, theme: Theme, width: number): Span[] {
  if (props.isFollowing) return width < 30 ? [] : [{ text: ` follow ${theme.glyphs.closed}`, style: theme.ui.muted }];
  const lines = props.newLines > 0 ? `  +${props.newLines} new` : '';
  const errors: Span[] =
    props.newErrors > 0 ? [{ text: `, ${props.newErrors} ${theme.status.error.glyph}`, style: theme.log.error }] : [];
  const how: Span[] =
    props.followKey && width >= 50 ? [{ text: `   ${props.followKey} to follow`, style: theme.ui.muted }] : [];
  const spans = [{ text: ' paused', style: theme.ui.accent }, { text: lines, style: theme.ui.text }, ...errors, ...how];
  const isTooLong = spans.reduce((sum, span) => sum + textWidth(span.text), 0) > width - 12;
  return [...(isTooLong ? spans.slice(0, 2) : spans), { text: ' ', style: theme.ui.text }];
}
