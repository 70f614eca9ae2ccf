// Texts that are typed in the last line: what the list or the log is filtered by, what is searched for, names that are
// asked for. Each says what stands before it, what beside it, and what typing and ending it do.
import { endFilter, typeFilter } from './act-list.ts';
import { endSearch, goToMatch, searchNote, shownFilter, typeSearch } from './act-search.ts';
import { endLogFilter, typeLogFilter } from './act-view.ts';
import type { Dialog, DialogKind } from './dialog.ts';
import { filterNote } from './list-notes.ts';
import { countLines, countWords } from './log-count.ts';
import { toggleRegex } from './log-query.ts';
import type { Model } from './model.ts';
import { changeDialog, closeDialog } from './open-dialogs.ts';
import { type Step, step } from './step.ts';
import { type Field, fieldOf } from './text-edit.ts';

export type LineDialog = Extract<Dialog, { kind: 'filter' | 'search' | 'log-filter' | 'ask' }>;

const lineKinds: ReadonlySet<string> = new Set<LineDialog['kind']>(['filter', 'search', 'log-filter', 'ask']);

export function isLineKind(kind: DialogKind | string | undefined): kind is LineDialog['kind'] {
  return kind !== undefined && lineKinds.has(kind);
}

export function isLineDialog(dialog: Dialog | undefined): dialog is LineDialog {
  return isLineKind(dialog?.kind);
}

/** What the last line shows. */
export interface TypedLine {
  readonly prompt: string;
  readonly text: string;
  readonly at: number;
  readonly note: string;
}

const askPrompts = { 'log-file': 'save to ', 'tiltfile-args': 'Tiltfile args ' } as const;
const askNotes = { 'log-file': 'enter saves', 'tiltfile-args': 'enter runs the Tiltfile with them' } as const;

/** The field that is typed in; empty where the text of before is selected and anything else takes its place. */
export function typedField(model: Model, dialog: LineDialog, isReplacing: boolean): Field {
  if (isReplacing && dialog.kind === 'filter' && dialog.isWhole) return fieldOf('');
  const { text, at } = typedLine(model, dialog);
  return { text, at };
}

export function typedLine(model: Model, dialog: LineDialog): TypedLine {
  const { at } = dialog;
  switch (dialog.kind) {
    case 'filter':
      return {
        prompt: '/',
        text: model.list.filter,
        at,
        note: dialog.isWhole ? 'typing replaces it, an arrow edits it' : filterNote(model),
      };
    case 'search': {
      const { search } = model.log;
      const found = search && dialog.text !== '' ? `${searchNote(search)}   ` : '';
      return { prompt: '/', text: dialog.text, at, note: `${found}ctrl-r expression` };
    }
    case 'log-filter': {
      const count = model.log.view.text === '' ? undefined : countLines(model.log);
      const found = count && countWords(count) !== '' ? `${countWords(count)}   ` : '';
      const note = model.log.view.problem ?? `${found}!not  re:  level:  source:  since:`;
      return { prompt: '& ', text: dialog.text, at, note };
    }
    case 'ask':
      return { prompt: askPrompts[dialog.what], text: dialog.text, at, note: askNotes[dialog.what] };
  }
}

export function typeLine(model: Model, dialog: LineDialog, field: Field): Step {
  switch (dialog.kind) {
    case 'filter':
      return step(typeFilter(model, field));
    case 'search':
      return typeSearch(model, field);
    case 'log-filter':
      return typeLogFilter(model, field);
    case 'ask':
      return step(changeDialog(model, { ...dialog, ...field }));
  }
}

/** Enter keeps what was typed, Esc takes it back. */
export function endLine(model: Model, dialog: LineDialog, isKept: boolean): Step {
  switch (dialog.kind) {
    case 'filter':
      return step(endFilter(model, isKept));
    case 'search':
      return endSearch(model, isKept);
    case 'log-filter':
      return endLogFilter(model, isKept);
    case 'ask':
      return isKept ? answer(model, dialog) : step(closeDialog(model));
  }
}

function answer(model: Model, dialog: Extract<LineDialog, { kind: 'ask' }>): Step {
  const closed = closeDialog(model);
  const text = dialog.text.trim();
  if (dialog.what === 'tiltfile-args') return step(closed, { kind: 'set-args', text });
  return text === '' ? step(closed) : step(closed, { kind: 'save-log', filter: shownFilter(model), file: text });
}

/** Keys that a text has beside those for editing; undefined for others. */
export function lineKey(model: Model, dialog: LineDialog, key: string): Step | undefined {
  if (dialog.kind !== 'search' && dialog.kind !== 'log-filter') return undefined;
  if (key === 'ctrl-r' && dialog.kind === 'search') {
    const text = toggleRegex(dialog.text);
    return typeSearch(model, { text, at: dialog.at + text.length - dialog.text.length });
  }
  if (dialog.kind === 'search' && model.log.search && (key === 'up' || key === 'down'))
    return goToMatch(model, key === 'up' ? -1 : 1);
  return undefined;
}
