// What a resource is and why it is as it is: what it waits for, the error in full, its last update, its endpoints.
import { fitToWidth } from '../../base/text-width.ts';
import type { Size } from '../../terminal/terminal.ts';
import { clockTime, shortAge } from '../ages.ts';
import { countRoles, type GroupListRow } from '../list-rows.ts';
import type { ResourceFacts } from '../resource-facts.ts';
import type { ResourceRow } from '../resource-row.ts';
import { isProblem } from '../row-state.ts';
import { statusGlyph, type Theme } from '../theme.ts';
import { type Box, type BoxRow, wrapText } from './box.ts';
import { type DetailSection, durationText, factSections, shortPath } from './detail-sections.ts';
import { type Span, spansWidth } from './spans.ts';

export interface DetailsProps {
  readonly resource: ResourceRow | undefined;
  readonly group: GroupListRow | undefined;
  /** To say how what it waits for is doing. */
  readonly resources: readonly ResourceRow[];
  readonly nowMs: number;
  readonly spinnerPhase: number;
  /** First row that is shown. */
  readonly top: number;
  /** The newest lines of its log, without colours; empty when the pane shows another one. */
  readonly lastOutput: readonly string[];
  /** The last answer of its probe while that counts; '' without one. */
  readonly probe: string;
  /** Undefined while they are read. */
  readonly facts: ResourceFacts | undefined;
  /** Folder that files are shown relative to. */
  readonly folder: string;
}

const labelColumns = 12;
/** Longer errors are no reading for a box. */
const maxErrorRows = 400;

const triggerWords = [
  'automatic: changed files and the start update it',
  'manual after the first time: changes wait for you',
  'manual: nothing starts it but you',
  'on changes only: the start does not run it',
];

/** All there is to say. */
export function detailsBox(props: DetailsProps, size: Size, theme: Theme): Box {
  const { resource, group, top } = props;
  const wishWidth = Math.min(84, size.columns - 6);
  if (resource) {
    const rows = detailRows(resource, props, { theme, width: wishWidth });
    return { title: `${resource.name}: ${resource.word}`, rows, wishWidth, top };
  }
  if (!group)
    return { title: '', rows: [{ spans: [{ text: 'nothing is selected', style: theme.ui.muted }] }], wishWidth };
  const rows = group.members.map(member => stateRow(member, props, theme));
  const counts = countRoles(group.members).map(([role, count]) => `${count} ${role}`);
  return { title: `${group.label}: ${counts.join(', ')}`, rows, wishWidth, top };
}

function labelled(label: string, spans: readonly Span[], theme: Theme): BoxRow {
  return { spans: [{ text: fitToWidth(label, labelColumns), style: theme.ui.muted }, ...spans] };
}

function stateRow(row: ResourceRow, props: DetailsProps, theme: Theme): BoxRow {
  const look = theme.status[row.role];
  const reason = row.reason ? `${row.word}: ${row.reason}` : row.word;
  const age = row.sinceMs === undefined ? '' : `  since ${clockTime(row.sinceMs)}`;
  return {
    spans: [
      { text: `${statusGlyph(theme, row.role, props.spinnerPhase)} `, style: look.style },
      { text: fitToWidth(row.name, 18, theme.glyphs.ellipsis), style: theme.ui.text },
      { text: ` ${reason}`, style: look.style },
      { text: age, style: theme.ui.muted },
    ],
  };
}

function detailRows(row: ResourceRow, props: DetailsProps, at: { theme: Theme; width: number }): BoxRow[] {
  const { theme, width } = at;
  const plain = (text: string): Span[] => [{ text, style: theme.ui.text }];
  const rows: BoxRow[] = [];
  const state = stateRow(row, props, theme);
  const lines = (label: string, text: string): BoxRow[] =>
    wrapText(text, width - labelColumns).map((part, i) => labelled(i === 0 ? label : '', plain(part), theme));
  rows.push(...stateRows(row, state, { theme, width: width - labelColumns }));
  for (const [i, name] of row.waitsOn.entries()) {
    const other = props.resources.find(candidate => candidate.name === name);
    rows.push(labelled(i === 0 ? 'waits for' : '', other ? stateRow(other, props, theme).spans : plain(name), theme));
  }
  if (props.probe !== '') rows.push(...lines('probe', props.probe));
  const errors = row.errorText ? wrapText(row.errorText, width - labelColumns) : [];
  for (const [i, text] of errors.slice(0, maxErrorRows).entries())
    rows.push(labelled(i === 0 ? 'error' : '', [{ text, style: theme.log.error }], theme));
  if (errors.length > maxErrorRows)
    rows.push(
      labelled(
        '',
        [{ text: `${errors.length - maxErrorRows} more lines are in its log`, style: theme.ui.muted }],
        theme,
      ),
    );
  if (isProblem(row)) {
    for (const [i, text] of props.lastOutput.entries())
      rows.push(labelled(i === 0 ? 'last output' : '', plain(text), theme));
  }
  if (!row.isTiltfile) rows.push(...lines('starts', triggerWords[row.triggerMode] ?? ''));
  const changes = row.changes.map(file => shortPath(file, props.folder));
  if (changes.length > 0) rows.push(...lines('changed', changes.join(', ')));
  const sections = props.facts
    ? factSections(props.facts, { theme, nowMs: props.nowMs, folder: props.folder, said: row.errorText })
    : [];
  const hasBuilds = sections.some(section => section.label === 'builds');
  if (row.lastUpdate && !hasBuilds) rows.push(...lines('last update', lastUpdateText(row.lastUpdate, props.nowMs)));
  rows.push(...sections.slice(0, hasBuilds ? 1 : 0).flatMap(section => sectionRows(section, at)));
  for (const [i, link] of row.endpoints.entries()) {
    // The name first, and the address in full: who cannot click has to read it.
    const parts = wrapText(link.name ? `${link.name}  ${link.url}` : link.url, width - labelColumns);
    const style = { ...theme.ui.text, link: link.url };
    for (const [j, text] of parts.entries())
      rows.push(labelled(i === 0 && j === 0 ? 'endpoint' : '', [{ text, style }], theme));
  }
  rows.push(...sections.slice(hasBuilds ? 1 : 0).flatMap(section => sectionRows(section, at)));
  if (row.labels.length > 0) rows.push(...lines('labels', row.labels.join(', ')));
  return rows;
}

/** A row of one text is wrapped; rows of several spans are cut by the box. */
function sectionRows({ label, rows }: DetailSection, { theme, width }: { theme: Theme; width: number }): BoxRow[] {
  return rows.flatMap((spans, i) => {
    const name = i === 0 ? label : '';
    const [only] = spans;
    if (!only || spans.length > 1) return [labelled(name, spans, theme)];
    return wrapText(only.text, width - labelColumns).map((part, j) =>
      labelled(j === 0 ? name : '', [{ ...only, text: part }], theme),
    );
  });
}

/** The state in words; what stands in full under `error` is cut. The time has its own row where it does not fit. */
function stateRows(row: ResourceRow, state: BoxRow, at: { theme: Theme; width: number }): BoxRow[] {
  const { theme, width } = at;
  const [glyph, , , age] = state.spans;
  const word =
    row.reason && !(row.errorText && (row.isTiltfile || row.errorText.includes(row.reason)))
      ? `${row.word}: ${row.reason}`
      : row.word;
  const spans = [glyph!, { text: word, style: theme.ui.text }];
  if (!age?.text || spansWidth([...spans, age]) <= width)
    return [labelled('state', age ? [...spans, age] : spans, theme)];
  return [labelled('state', spans, theme), labelled('', [{ ...age, text: age.text.trim() }], theme)];
}

function lastUpdateText(last: NonNullable<ResourceRow['lastUpdate']>, nowMs: number): string {
  const { tookMs } = last;
  const took = durationText(tookMs);
  return `${clockTime(last.finishedMs)}, ${shortAge(nowMs - last.finishedMs)} ago, took ${took}${last.hasFailed ? ', failed' : ''}`;
}
