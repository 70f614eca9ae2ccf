// The question before leaving, and what goes on while it happens.

import type { ExitPlan } from '../../api/client.ts';
import { fitToWidth, truncateToWidth } from '../../base/text-width.ts';
import type { Size } from '../../terminal/terminal.ts';
import { shortAge } from '../ages.ts';
import type { Theme } from '../theme.ts';
import { type Box, type BoxRow, wrapText } from './box.ts';
import { type Span, spansWidth } from './spans.ts';

export interface ExitKeys {
  readonly keep: string;
  readonly disable: string;
  readonly down: string;
  readonly stay: string;
  readonly snapshot: string;
}

export interface ExitPromptProps {
  readonly project: string;
  readonly plan: ExitPlan | undefined;
  readonly keys: ExitKeys;
  readonly hasSnapshot: boolean;
  /** First row that is shown. */
  readonly top: number;
}

const keyColumns = 8;
const choiceColumns = 11;
/** Where there is no room for sentences. */
const narrowKeyColumns = 6;
const maxTextColumns = 70;
/** Less room than that is none for a sentence. */
const leastTextColumns = 16;
const maxProgressRows = 8;
/** Names that are said; of more, how many. */
const maxNames = 3;

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

/** Why Disable or Down have nothing to do. */
export function nothingText({ kubernetes, compose }: ExitPlan): string {
  return kubernetes + compose > 0
    ? 'not from here: tilt down deletes what goes on'
    : 'nothing of this session outlives it';
}

function listText(items: readonly string[], what: string, plan: ExitPlan): string {
  if (items.length === 0) return nothingText(plan);
  return `${what} ${items.length === 1 ? items[0]! : `${items.length} things`}`;
}

interface Choice {
  readonly key: string;
  readonly name: string;
  readonly text: string;
  readonly isOff: boolean;
  /** It takes something away at once: only its key does. */
  readonly needsKey?: boolean;
  /** Where there is no room for the text. */
  readonly shortName?: string;
}

function choicesOf({ plan, keys, hasSnapshot }: ExitPromptProps & { readonly plan: ExitPlan }): Choice[] {
  const { disable, down } = plan;
  const downText =
    down.length === 0 ? nothingText(plan) : `${listText(down, 'deletes', plan)}; shows the list, then asks`;
  return [
    { key: keys.keep, name: 'Keep', text: keepText(plan), isOff: false },
    {
      key: keys.disable,
      name: 'Disable',
      text:
        disable.length === 0 ? nothingText(plan) : `${listText(disable, 'takes away', plan)}; data and settings stay`,
      isOff: disable.length === 0,
      needsKey: true,
    },
    { key: keys.down, name: 'Down', text: downText, isOff: down.length === 0 },
    {
      key: keys.snapshot,
      name: hasSnapshot ? '[x]' : '[ ]',
      shortName: hasSnapshot ? '[x] snapshot' : '[ ] snapshot',
      text: 'and save a snapshot: tilt-snapshot-*.json',
      isOff: false,
    },
    { key: keys.stay, name: 'Stay', text: '', isOff: false },
  ];
}

function choiceRow(choice: Choice, text: string, at: { isFirst: boolean; keyColumns: number }, theme: Theme): BoxRow {
  const { key, name, isOff } = choice;
  const { isFirst } = at;
  const click = choice.needsKey ? {} : { press: key };
  return {
    spans: [
      { text: fitToWidth(isFirst ? key : '', at.keyColumns), style: isOff ? theme.ui.muted : theme.ui.key, ...click },
      {
        text: text === '' ? (isFirst ? name : '') : fitToWidth(isFirst ? name : '', choiceColumns),
        style: isOff ? theme.ui.muted : theme.ui.title,
        ...click,
      },
      { text, style: isOff ? theme.ui.muted : theme.ui.text, ...click },
    ],
  };
}

/** One row for each sentence, and the spare ones to the first that want more. */
function shareRows(wanted: readonly number[], spare: number): readonly number[] {
  let left = spare;
  return wanted.map(rows => {
    const more = Math.min(left, Math.max(0, rows - 1));
    left -= more;
    return 1 + more;
  });
}

/** The first lines of a sentence; that it goes on is to be seen. */
function firstLines(lines: readonly string[], count: number, room: number, theme: Theme): readonly string[] {
  if (lines.length <= count) return lines;
  const { ellipsis } = theme.glyphs;
  const last = truncateToWidth(`${lines[count - 1]} ${lines[count]}`, room, ellipsis);
  return [...lines.slice(0, count - 1), last];
}

/** With everything said in full; in one row each; with the names alone. The first form that the screen has room for. */
function exitRows(props: ExitPromptProps & { readonly plan: ExitPlan }, size: Size, theme: Theme): BoxRow[] {
  const choices = choicesOf(props);
  const room = Math.min(maxTextColumns, size.columns - 4 - keyColumns - choiceColumns);
  const most = size.rows - 2;
  if (room >= leastTextColumns) {
    const [stay] = choices.slice(-1);
    const wrapped = choices.slice(0, -1).map(choice => ({ choice, lines: wrapText(choice.text, room) }));
    const rowsOf = ({ choice, lines }: { choice: Choice; lines: readonly string[] }): BoxRow[] =>
      lines.map((text, i) => choiceRow(choice, text, { isFirst: i === 0, keyColumns }, theme));
    const sentences = wrapped.map(rowsOf);
    const last = choiceRow(stay!, '', { isFirst: true, keyColumns }, theme);
    const full = [
      { spans: [{ text: planSummary(props.plan), style: theme.ui.text }] },
      { spans: [] },
      ...sentences.slice(0, -1).flat(),
      { spans: [] },
      ...sentences.slice(-1).flat(),
      last,
    ];
    if (full.filter(row => row.spans.length > 0).length <= most) return full;
    if (choices.length <= most) {
      const spare = most - choices.length;
      const cut = shareRows(
        wrapped.map(({ lines }) => lines.length),
        spare,
      );
      const kept = wrapped.map(({ choice, lines }, i) => ({ choice, lines: firstLines(lines, cut[i]!, room, theme) }));
      return [...kept.flatMap(rowsOf), last];
    }
  }
  const bare = room < leastTextColumns;
  return choices.map(choice =>
    choiceRow(
      bare ? { ...choice, name: choice.shortName ?? choice.name } : choice,
      bare ? '' : choice.text,
      { isFirst: true, keyColumns: bare ? narrowKeyColumns : keyColumns },
      theme,
    ),
  );
}

export function exitBox(props: ExitPromptProps, size: Size, theme: Theme): Box {
  const { plan, top } = props;
  const title = `Leave ${props.project}?`;
  if (!plan) return { title, rows: [{ spans: [{ text: 'looking what runs', style: theme.ui.muted }] }], wishWidth: 40 };
  const rows = exitRows({ ...props, plan }, size, theme);
  return { title, rows, wishWidth: Math.max(46, ...rows.map(row => spansWidth(row.spans))), top };
}

export interface ConfirmDownProps {
  readonly plan: ExitPlan;
  /** What was typed so far. */
  readonly text: string;
  readonly stayKey: string;
  readonly top: number;
}

/** What Down deletes, all of it, and the question below, which stays on the screen however small that is. */
export function confirmDownBox(props: ConfirmDownProps, theme: Theme): Box {
  const { plan, text, top } = props;
  const ask: Span[] = [
    { text: 'Type yes to delete them: ', style: theme.ui.text },
    { text, style: theme.ui.input },
  ];
  return {
    title: `Down: delete ${plan.down.length}`,
    rows: plan.down.map(name => ({ spans: [{ text: name, style: theme.ui.text }] })),
    foot: [
      { spans: [] },
      { spans: ask, cursorColumn: spansWidth(ask) },
      { spans: [{ text: `${props.stayKey} back`, style: theme.ui.muted }] },
    ],
    wishWidth: 56,
    top,
  };
}

export interface LeavingProps {
  readonly choice: string;
  readonly lines: readonly string[];
  /** Names of what still runs. */
  readonly waitsFor: readonly string[];
  /** After so long that is killed. */
  readonly graceMs: number;
  readonly elapsedMs: number;
  readonly spinnerPhase: number;
}

const leavingWords: Readonly<Record<string, string>> = { keep: 'Leaving', disable: 'Disabling', down: 'Down' };

/** The newest lines of what happens, and how to stop waiting. */
export function leavingBox(props: LeavingProps, theme: Theme): Box {
  const { spinner } = theme.glyphs;
  const shown = props.lines.slice(-maxProgressRows);
  return {
    title: leavingWords[props.choice] ?? 'Leaving',
    rows: shown.map(line => ({ spans: [{ text: line, style: theme.ui.text }] })),
    foot: [
      ...waitRows(props, theme),
      {
        spans: [
          { text: `${spinner[props.spinnerPhase % spinner.length]} `, style: theme.status.building.style },
          { text: `${shortAge(props.elapsedMs)}   ctrl-c does not wait any longer`, style: theme.ui.muted },
        ],
      },
    ],
    wishWidth: 56,
    top: shown.length,
  };
}

/** What holds it up, and until when; the names first in the row, which a small screen cuts. */
function waitRows({ waitsFor: names, graceMs, elapsedMs }: LeavingProps, theme: Theme): BoxRow[] {
  if (names.length === 0) return [];
  const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : '';
  const row = [{ text: `waits for ${names.slice(0, maxNames).join(', ')}${more}`, style: theme.ui.text }];
  const kill = { text: `, killed after ${shortAge(graceMs)}`, style: theme.ui.muted };
  return [{ spans: elapsedMs < graceMs ? [...row, kill] : row }];
}
