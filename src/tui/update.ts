// The heart of the screen: a model and a message give the next model and what is to be done. Pure but for the log's
// window (log-window.ts). Every step ends by bringing dependent parts in line: what scrolls stays in sight, the log shows
// what is selected.
import { unreachable } from '../base/unreachable.ts';
import { leave, takePlan } from './act-exit.ts';
import { settleLog, takeLines } from './act-log.ts';
import { failSearch, settleSearch, takeFound, takeNear } from './act-search.ts';
import { settlePreview, takePreview } from './act-theme.ts';
import { failView } from './act-view.ts';
import { takeResources } from './gone.ts';
import { keepVisible } from './layout.ts';
import { isLineDialog, typedField, typeLine } from './line-dialogs.ts';
import type { Message } from './messages.ts';
import { layoutOf, type Model } from './model.ts';
import { changeDialog, dialogOf, openDialog, topDialog } from './open-dialogs.ts';
import type { ResourceFacts } from './resource-facts.ts';
import type { ResourceRow } from './resource-row.ts';
import { stoppedWord } from './row-state.ts';
import { selectedResource } from './selected.ts';
import { settleDialog } from './settle-dialog.ts';
import { type Step, step, withToast } from './step.ts';
import { insert, pastedText } from './text-edit.ts';
import { pasteInForm } from './update-form.ts';
import { handleKey } from './update-keys.ts';
import { handleMouse } from './update-mouse.ts';
import type { UsageView } from './usage.ts';

/** `nowMs` is when the message came. */
export function update(before: Model, message: Message, nowMs: number): Step {
  const model = withInput(withTime(before, nowMs), message);
  const { model: next, effects } = react(model, message);
  const settled = settleLog(settleView(next));
  const searched = settleSearch(settled.model);
  const known = settleFacts(searched.model);
  const shown = settlePreview(before, known.model);
  const all = [...effects, ...settled.effects, ...searched.effects, ...known.effects, ...shown.effects];
  return { model: withAnswer(before, shown.model), effects: all };
}

function react(model: Model, message: Message): Step {
  switch (message.kind) {
    case 'key':
      return handleKey(model, message.at, message.event);
    case 'mouse':
      return handleMouse(model, message);
    case 'paste':
      return takePaste(model, message.text);
    case 'focus':
      return step({ ...model, focus: message.pane });
    case 'resize':
      return step({ ...model, size: message.size });
    case 'session':
      return step({ ...model, session: message.info, project: message.info.project });
    case 'resources':
      return step(takeResources(model, withStops(model, message.rows)));
    case 'log-lines':
    case 'log-earlier':
    case 'log-later':
    case 'log-around':
      return step(takeLines(model, message));
    case 'found':
      return takeFound(model, message);
    case 'not-found':
      return failSearch(model, message);
    case 'view-failed':
      return failView(model, message);
    case 'near-found':
      return takeNear(model, message);
    case 'settings':
      return step(takeSettings(model, message));
    case 'theme-preview':
      return step(takePreview(model, message));
    case 'usage':
      return step(takeUsage(model, message.usage));
    case 'link':
      return step({ ...model, isSlowLink: message.isSlow });
    case 'tick':
      return step(model);
    case 'spin':
      return step({ ...model, spinnerPhase: model.spinnerPhase + 1 });
    case 'alarm':
      return step({ ...model, alarm: message.text });
    case 'surroundings':
      return step({ ...model, surroundings: message.surroundings, buttons: message.surroundings.buttons });
    case 'facts':
      return step(takeFacts(model, message.facts));
    case 'note':
    case 'choose':
    case 'text':
      return step(openAnswer(model, message));
    case 'toast':
      return step(withToast(model, message.text, message.tone, message.link));
    case 'exit-plan':
      return step(takePlan(model, message.plan));
    case 'exit-progress':
      return step(takeProgress(model, message.line));
    case 'end-asked':
      return dialogOf(model, 'leaving') ? step(model) : leave(model, 'keep');
    default:
      return unreachable(message);
  }
}

function takeSettings(model: Model, { keymap, theme, ascii }: Extract<Message, { kind: 'settings' }>): Model {
  // What is only looked at stays in sight; the other one is for afterwards.
  const { preview } = model;
  const themes = preview ? { preview: { ...preview, before: theme } } : { theme };
  return { ...model, keymap, ascii, pendingKeys: [], ...themes };
}

function withInput(model: Model, message: Message): Model {
  const isInput =
    message.kind === 'key' ||
    message.kind === 'paste' ||
    (message.kind === 'mouse' && (message.event.action === 'press' || message.event.action === 'wheel'));
  if (!isInput) return model;
  // What the last key was answered is read by now, or of no more use.
  return { ...model, inputs: model.inputs + 1, toast: model.toast?.isAnswer ? undefined : model.toast };
}

/** What is said at once answers the key: it goes with the next one. What comes later stays for its time. */
function withAnswer(before: Model, model: Model): Model {
  const isAnswer = before.inputs !== model.inputs && model.toast !== undefined && model.toast !== before.toast;
  return isAnswer ? { ...model, toast: { ...model.toast!, isAnswer } } : model;
}

/** What was asked for opens if nothing was done since: it never takes keys that are meant for something else. */
function openAnswer(model: Model, answer: Extract<Message, { kind: 'note' | 'choose' | 'text' }>): Model {
  const { askedAt, ...message } = answer;
  if (askedAt !== model.inputs || dialogOf(model, 'leaving'))
    return withToast(model, `Came late and was not opened: ${message.title}`);
  const shown = { ...model, toast: undefined };
  if (message.kind === 'text') return openDialog(shown, { ...message, top: 0 });
  return openDialog(shown, message.kind === 'choose' ? { selected: 0, ...message } : message);
}

function withTime(model: Model, nowMs: number): Model {
  const isToastOver = model.toast !== undefined && model.toast.untilMs <= nowMs;
  return { ...model, nowMs, toast: isToastOver ? undefined : model.toast };
}

/** A paste is text where text is typed, and nothing anywhere else: it never runs commands. */
function takePaste(model: Model, text: string): Step {
  const pasted = pastedText(text);
  const dialog = topDialog(model);
  if (dialog?.kind === 'form') return pasteInForm(model, dialog, pasted);
  if (dialog?.kind === 'help' || dialog?.kind === 'palette') {
    const { text: query, at } = insert({ text: dialog.query, at: dialog.at }, pasted);
    return step(changeDialog(model, { ...dialog, query, at, selected: 0 }));
  }
  return isLineDialog(dialog) ? typeLine(model, dialog, insert(typedField(model, dialog, true), pasted)) : step(model);
}

/** What ends because the session ends did not crash. */
function withStops(model: Model, rows: readonly ResourceRow[]): readonly ResourceRow[] {
  if (!dialogOf(model, 'leaving')) return rows;
  const before = new Map(model.resources.map(row => [row.name, row]));
  return rows.map(row => {
    const old = before.get(row.name);
    if (row.role !== 'crashed' || old?.role === 'crashed') return row;
    return { ...row, role: 'disabled', word: stoppedWord, reason: '', errorText: '' };
  });
}

/** While details are shown, what they tell is that of the row as it is now. */
function settleFacts(model: Model): Step {
  const row = selectedResource(model);
  if (!row || !dialogOf(model, 'details')) return step(model);
  if (model.facts?.row === row) return step(model);
  const facts = model.facts?.facts?.name === row.name ? model.facts.facts : undefined;
  return step({ ...model, facts: { row, facts } }, { kind: 'load-facts', name: row.name });
}

function takeFacts(model: Model, facts: ResourceFacts): Model {
  return model.facts?.row.name === facts.name ? { ...model, facts: { ...model.facts, facts } } : model;
}

function takeProgress(model: Model, line: string): Model {
  const leaving = dialogOf(model, 'leaving');
  return leaving ? changeDialog(model, { ...leaving, lines: [...leaving.lines, line] }) : model;
}

function settleView(model: Model): Model {
  const { rows, selected, top } = model.list;
  const { height } = layoutOf(model).list;
  const kept = height > 0 ? keepVisible({ top, selected, height, count: rows.length }) : top;
  return settleDialog(kept === top ? model : { ...model, list: { ...model.list, top: kept } });
}

/** Why the column says nothing of pods is told once. */
function takeUsage(model: Model, usage: UsageView): Model {
  if (!model.usage) return model;
  const next = { ...model, usage };
  const { podProblem } = usage;
  if (podProblem === undefined || podProblem === model.usage.podProblem) return next;
  return withToast(next, `CPU and memory of pods: ${podProblem}`, 'warn');
}
