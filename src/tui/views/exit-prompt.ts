// The question before leaving, and what goes on while it happens.

import type { ExitPlan } from '../../api/client.ts';
import { fitToWidth, textWidth } from '../../base/text-width.ts';
import type { Grid } from '../../terminal/grid.ts';
import { shortAge } from '../ages.ts';
import type { Theme } from '../theme.ts';
import { type BoxRow, paintBox, wrapText } from './overlay-box.ts';
import type { Span } from './spans.ts';

export interface ExitPromptProps {
  readonly project: string;
  readonly plan: ExitPlan | undefined;
  /** What was typed so far when Down wants its word. */
  readonly confirm: string | undefined;
  readonly keys: { readonly keep: string; readonly disable: string; readonly down: string; readonly stay: string };
}

const keyColumns = 8;
const choiceColumns = 11;
const maxListed = 8;
const maxTextColumns = 70;

/** `9 on Kubernetes, 3 in Compose, 2 processes here`. */
export function planSummary(plan: ExitPlan): string {
  const { kubernetes, compose, localServers } = plan;
  const parts = [
    kubernetes > 0 ? `${kubernetes} on Kubernetes` : '',
    compose > 0 ? `${compose} in Compose` : '',
    localServers.length > 0 ? `${localServers.length} ${localServers.length === 1 ? 'process' : 'processes'} here` : '',
  ].filter(part => part !== '');
  return parts.length > 0 ? parts.join(', ') : 'nothing runs';
}

/** What Keep does, in a sentence; local processes end with the session whatever is chosen. */
export function keepText(plan: ExitPlan): string {
  const { localServers } = plan;
  const goesOn = plan.kubernetes + plan.compose > 0 ? 'pods and containers go on' : '';
  const names =
    localServers.length > 3
      ? `${localServers.slice(0, 3).join(', ')} and ${localServers.length - 3} more`
      : localServers.join(', ');
  const stops =
    localServers.length === 0
      ? ''
      : localServers.length === 1
        ? `the process here stops: ${names}`
        : `the processes here stop: ${names}`;
  return [goesOn, stops].filter(part => part !== '').join('; ') || 'nothing runs that would go on or stop';
}

function listText(items: readonly string[], what: string): string {
  if (items.length === 0) return 'nothing of this session outlives it';
  return `${what} ${items.length === 1 ? items[0]! : `${items.length} things`}`;
}

export function paintExitPrompt(grid: Grid, props: ExitPromptProps, theme: Theme): void {
  const { plan, keys } = props;
  const title = `Leave ${props.project}?`;
  if (!plan) {
    paintBox(
      grid,
      { title, rows: [{ spans: [{ text: 'looking what runs', style: theme.ui.muted }] }], wishWidth: 40 },
      theme,
    );
    return;
  }
  if (props.confirm !== undefined) {
    paintConfirm(grid, props, plan, theme);
    return;
  }
  const room = Math.max(20, Math.min(maxTextColumns, grid.width - 4 - keyColumns - choiceColumns));
  const choice = (key: string, name: string, text: string, isOff = false): BoxRow[] =>
    wrapText(text, room).map((part, i) => ({
      spans: [
        { text: fitToWidth(i === 0 ? key : '', keyColumns), style: isOff ? theme.ui.muted : theme.ui.key },
        { text: fitToWidth(i === 0 ? name : '', choiceColumns), style: isOff ? theme.ui.muted : theme.ui.title },
        { text: part, style: isOff ? theme.ui.muted : theme.ui.text },
      ],
    }));
  const { disable, down } = plan;
  const downText = down.length === 0 ? listText([], '') : `${listText(down, 'deletes')}; shows the list, then asks`;
  const rows: BoxRow[] = [
    { spans: [{ text: planSummary(plan), style: theme.ui.text }] },
    { spans: [] },
    ...choice(keys.keep, 'Keep', keepText(plan)),
    ...choice(keys.disable, 'Disable', listText(disable, 'scales down or stops'), disable.length === 0),
    ...choice(keys.down, 'Down', downText, down.length === 0),
    { spans: [] },
    ...choice(keys.stay, 'Stay', ''),
  ];
  const wishWidth = Math.max(46, ...rows.map(row => row.spans.reduce((sum, span) => sum + textWidth(span.text), 0)));
  paintBox(grid, { title, rows, wishWidth }, theme);
}

function paintConfirm(grid: Grid, props: ExitPromptProps, plan: ExitPlan, theme: Theme): void {
  // The question stays on the screen, however small that is.
  const shown = plan.down.slice(0, Math.max(1, Math.min(maxListed, grid.height - 6)));
  const rest = plan.down.length - shown.length;
  const ask: Span[] = [
    { text: 'Type yes to delete them: ', style: theme.ui.text },
    { text: props.confirm ?? '', style: theme.ui.input },
  ];
  const rows: BoxRow[] = [
    ...shown.map(name => ({ spans: [{ text: name, style: theme.ui.text }] })),
    ...(rest > 0 ? [{ spans: [{ text: `and ${rest} more`, style: theme.ui.muted }] }] : []),
    { spans: [] },
    { spans: ask },
    { spans: [{ text: `${props.keys.stay} back`, style: theme.ui.muted }] },
  ];
  const inside = paintBox(grid, { title: `Down: delete ${plan.down.length}`, rows, wishWidth: 56 }, theme);
  grid.cursor = {
    x: inside.x + textWidth(ask[0]!.text) + textWidth(props.confirm ?? ''),
    y: inside.y + rows.length - (rows.length > grid.height - 2 ? 3 : 2),
  };
}

export interface LeavingProps {
  readonly choice: string;
  readonly lines: readonly string[];
  readonly elapsedMs: number;
  readonly spinnerPhase: number;
}

const leavingWords: Readonly<Record<string, string>> = { keep: 'Leaving', disable: 'Disabling', down: 'Down' };

/** The newest lines of what happens, and how to stop waiting. */
export function paintLeaving(grid: Grid, props: LeavingProps, theme: Theme): void {
  const { spinner } = theme.glyphs;
  const shown = props.lines.slice(-maxListed);
  const rows: BoxRow[] = [
    ...shown.map(line => ({ spans: [{ text: line, style: theme.ui.text }] })),
    {
      spans: [
        { text: `${spinner[props.spinnerPhase % spinner.length]} `, style: theme.status.building.style },
        { text: `${shortAge(props.elapsedMs)}   ctrl-c does not wait any longer`, style: theme.ui.muted },
      ],
    },
  ];
  paintBox(grid, { title: leavingWords[props.choice] ?? 'Leaving', rows, wishWidth: 56 }, theme);
}
