// Marking a part of the log, with keys by lines and with the mouse by characters, and copying it: what was logged, not
// what the pane made of it.
import { pauseAt, scrollLog, seenLines, showLine, withLog } from './act-log.ts';
import { shownFilter } from './act-search.ts';
import type { CommandName } from './command-names.ts';
import { logLayout } from './log-layout.ts';
import { endPosition, type LogLayout, prefixColumns, rowsFrom } from './log-rows.ts';
import { type LogMark, type LogSelection, selectedText, wordAround } from './log-selection.ts';
import { layoutOf, type Model } from './model.ts';
import { openDialog } from './open-dialogs.ts';
import { selectedResource } from './selected.ts';
import { type Step, step, withToast } from './step.ts';

/** `v`: begins at the line that was searched for, or the last one in sight; a second time ends it. */
export function toggleSelect(model: Model): Step {
  if (model.log.selection) return step(withLog(model, { selection: undefined }));
  const seen = seenLines(model);
  if (!seen) return step(withToast(model, 'There is no line to mark'));
  const found = model.log.search?.current ?? model.log.near;
  const id = found !== undefined && found >= seen.first && found <= seen.last ? found : seen.last;
  const selection: LogSelection = { anchor: { id, column: 0 }, head: { id, column: 0 }, isLines: true };
  const end = endPosition(layoutFor(model));
  const paused = model.log.position || !end ? model : pauseAt(model, end);
  const key = (name: CommandName): string => model.keymap.keysOf(name, ['log', 'everywhere'])[0] ?? '';
  const words = `Marking lines: ${key('up')} and ${key('down')} move, ${key('copy')} copies, ${key('leave')} ends it`;
  return step(withToast(withLog(paused, { selection }), words));
}

/** True while keys that move take the end of the marked lines along. */
export function isMarking({ log, focus }: Model): boolean {
  return focus === 'log' && log.selection?.isLines === true;
}

/** Moves the end of the marked lines. */
export function moveMark(model: Model, lines: number): Step {
  const { selection, window } = model.log;
  if (!selection || window.length === 0) return step(model);
  const at = Math.max(0, Math.min(window.length - 1, window.indexOf(selection.head.id) + lines));
  const { id } = window.lines[at]!;
  return showLine(withLog(model, { selection: { ...selection, head: { id, column: 0 } } }), id);
}

function layoutFor(model: Model): LogLayout {
  return logLayout(model, layoutOf(model).log);
}

function countWord(lines: number): string {
  return lines === 1 ? '1 line' : `${lines} lines`;
}

/** Copies what is marked; else the line that was gone to, else the lines in sight. */
export function copySelection(model: Model): Step {
  const { log } = model;
  const seen = seenLines(model);
  if (!seen) return step(withToast(model, 'There is nothing to copy'));
  const current = log.search?.current;
  const isCurrentSeen = current !== undefined && current >= seen.first && current <= seen.last;
  const [from, to] = isCurrentSeen ? [current, current] : [seen.first, seen.last];
  const selection = log.selection ?? {
    anchor: { id: from, column: 0 },
    head: { id: to, column: 0 },
    isLines: true,
  };
  const { text, lines } = selectedText(selection, log);
  const next = log.selection?.isLines ? withLog(model, { selection: undefined }) : model;
  return step(next, { kind: 'copy', text, what: countWord(lines) });
}

/** Copies all of the log that passes the filters. */
export function copyAll(model: Model): Step {
  return step(model, { kind: 'copy-log', filter: shownFilter(model) });
}

/** Asks where to; the name tells what and when. */
export function askForFile(model: Model): Step {
  const what = model.log.isAll ? 'all' : (selectedResource(model)?.name ?? 'log');
  const now = new Date(model.nowMs);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('');
  const name = what.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '');
  const text = `${name}-${day}-${time}.log`;
  return step(openDialog(model, { kind: 'ask', what: 'log-file', text, at: text.length }));
}

/** Where in the log a cell of the screen is; cells beside the lines are their beginnings and ends. */
function markAt(model: Model, x: number, y: number): LogMark | undefined {
  const { log } = layoutOf(model);
  const layout = layoutFor(model);
  const rows = rowsFrom(layout, model.log.position ?? endPosition(layout));
  const row = rows[Math.max(0, Math.min(rows.length - 1, y - log.y))];
  if (!row) return undefined;
  if (y - log.y >= rows.length) return { id: row.line.id, column: Number.POSITIVE_INFINITY };
  const column = Math.max(0, Math.min(row.columns, x - log.x - prefixColumns(layout.look)));
  return { id: row.line.id, column: row.fromColumn + column };
}

/** Two presses within this time, in ms, mean the word. */
const twiceMs = 400;

function isSamePlace(a: LogMark, b: LogMark): boolean {
  return a.id === b.id && Math.abs(a.column - b.column) <= 1;
}

/** The button went down: nothing moves while something is marked. */
export function pressLog(model: Model, x: number, y: number): Step {
  const { position } = model.log;
  const end = endPosition(layoutFor(model));
  const mark = markAt(model, x, y);
  if (!mark || !end) return step(model);
  const paused = position ? model : pauseAt(model, end);
  const { pressed, window, cache } = model.log;
  const isSecond = pressed !== undefined && isSamePlace(pressed.mark, mark) && model.nowMs - pressed.atMs <= twiceMs;
  const line = window.lines[window.indexOf(mark.id)];
  const word = isSecond && line ? wordAround(cache.styled(line, layoutFor(model).look).text, mark) : undefined;
  const selection = { anchor: mark, head: mark, ...word, isLines: false };
  return step(withLog(paused, { drag: { position }, selection, pressed: { mark, atMs: model.nowMs } }));
}

export function dragLog(model: Model, x: number, y: number): Step {
  const { drag, selection } = model.log;
  if (!drag || !selection) return step(model);
  const { log } = layoutOf(model);
  const by = y < log.y ? -1 : y >= log.y + log.height ? 1 : 0;
  const { model: moved, effects } = by === 0 ? step(model) : scrollLog(model, by);
  const kept = moved.log.position ? moved : withLog(moved, { position: model.log.position });
  const head = markAt(kept, x, y);
  const next = head ? withLog(kept, { selection: { ...selection, head } }) : kept;
  return step(next, ...effects);
}

/** The button went up: what is marked is copied. A mere click marks nothing, and who followed goes on. */
export function releaseLog(model: Model): Step {
  const { drag, selection } = model.log;
  if (!drag || !selection) return step(model);
  const { anchor, head } = selection;
  if (anchor.id === head.id && anchor.column === head.column)
    return step(withLog(model, { drag: undefined, selection: undefined, position: drag.position }));
  const { text, lines } = selectedText(selection, model.log);
  const what = lines === 1 ? `${[...text].length} characters` : countWord(lines);
  return step(withLog(model, { drag: undefined }), { kind: 'copy', text, what });
}
