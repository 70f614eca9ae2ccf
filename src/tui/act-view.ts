// What of the log is shown, and how: filters by text, level, source and time, lines of JSON in full.
import { reopen, withLog } from './act-log.ts';
import { parseLogView, type ViewField, viewField, withField } from './log-query.ts';
import { LogWindow } from './log-window.ts';
import type { Model } from './model.ts';
import { changeDialog, closeDialog, dialogOf, openDialog } from './open-dialogs.ts';
import { type Step, step, withToast } from './step.ts';
import type { Field } from './text-edit.ts';

export function startLogFilter(model: Model): Step {
  const { view } = model.log;
  const text = view.text === '' ? '' : `${view.text} `;
  return step(openDialog(model, { kind: 'log-filter', text, at: text.length, from: view }));
}

/** Takes the text while it is typed; what is shown follows. */
export function typeLogFilter(model: Model, { text, at }: Field): Step {
  const typing = dialogOf(model, 'log-filter');
  if (!typing) return step(model);
  const moved = changeDialog(model, { ...typing, text, at });
  return step(text.trim() === typing.text.trim() ? moved : setView(moved, text.trim()));
}

export function endLogFilter(model: Model, isKept: boolean): Step {
  const typing = dialogOf(model, 'log-filter');
  if (!typing) return step(model);
  const closed = closeDialog(model);
  return step(isKept ? closed : withLog(closed, { view: typing.from }));
}

/** The log cannot be read by the words that are asked for: everything else that is asked for still filters. */
export function failView(
  model: Model,
  { generation, problem }: { readonly generation: number; readonly problem: string },
): Step {
  const { log } = model;
  if (generation !== log.generation) return step(model);
  const { words: _, ...filter } = log.shownView.filter;
  const view = { ...log.shownView, filter, problem };
  return reopen(withLog(model, { view, shownView: view, position: undefined, window: new LogWindow() }), 'end');
}

function setView(model: Model, text: string): Model {
  return withLog(model, { view: parseLogView(text, model.nowMs) });
}

function setField(model: Model, field: ViewField, value: string | undefined): Model {
  return setView(model, withField(model.log.view.text, field, value));
}

export function clearLogFilter(model: Model): Step {
  return step(setView(model, ''));
}

const nextLevel: Readonly<Record<string, string | undefined>> = { '': 'warn', warn: 'error', error: undefined };
const levelWords: Readonly<Record<string, string>> = {
  '': 'All levels',
  warn: 'Warnings and errors',
  error: 'Errors only',
};

/** All, warnings and errors, errors, and all again. */
export function cycleLevel(model: Model): Step {
  const level = nextLevel[viewField(model.log.view.text, 'level') ?? ''];
  return step(withToast(setField(model, 'level', level), levelWords[level ?? '']!));
}

const sourceWords = { all: 'Builds and runs', build: 'Builds only', runtime: 'Runs only' } as const;

export function showSource(model: Model, source: 'all' | 'build' | 'runtime'): Step {
  return step(withToast(setField(model, 'source', source === 'all' ? undefined : source), sourceWords[source]));
}

/** A time span as `since:` takes it; undefined for all times. */
export function showSince(model: Model, span: string | undefined): Step {
  return step(withToast(setField(model, 'since', span), span ? `Only the last ${span}` : 'All times'));
}

/** Hides what there is, like clearing a terminal; nothing is lost. */
export function hideOlder(model: Model): Step {
  const now = new Date(model.nowMs);
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(n => String(n).padStart(2, '0')).join(':');
  const [key] = model.keymap.keysOf('all-times', ['log', 'everywhere']);
  const text = `Only what comes from now on${key ? `, ${key} shows all` : ''}`;
  return step(withToast(setField(model, 'since', time), text));
}

export function togglePretty(model: Model): Step {
  const pretty = !model.log.pretty;
  return step(withToast(withLog(model, { pretty }), pretty ? 'Lines of JSON in full' : 'Lines of JSON as logged'));
}

/** All commands that ran, each to be copied. */
export function showCommands(model: Model): Step {
  return step(model, { kind: 'list-commands' });
}
