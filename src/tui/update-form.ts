// Keys and pastes in a form.
import type { KeyEvent } from '../terminal/input-events.ts';
import { confirmKey, type FormDialog, moveInForm, setFormValue, submitForm, turnFormValue } from './act-button.ts';
import type { Model } from './model.ts';
import { closeDialog } from './open-dialogs.ts';
import { type Step, step } from './step.ts';
import { editField, insert } from './text-edit.ts';

const moves: Readonly<Record<string, number>> = { tab: 1, down: 1, 'shift-tab': -1, up: -1 };

export function formKey(model: Model, form: FormDialog, event: KeyEvent): Step {
  const { name } = event;
  if (name === 'esc') return step(closeDialog(model));
  if (name === 'enter') return submitForm(model, form, false);
  if (name === confirmKey && form.button.needsConfirmation) return submitForm(model, form, true);
  const by = moves[name];
  if (by !== undefined) return moveInForm(model, form, by);
  const input = form.button.inputs[form.field];
  if (!input) return step(model);
  if (input.bool || input.choice) {
    if (name === 'space' || name === 'right') return turnFormValue(model, form, 1);
    return name === 'left' ? turnFormValue(model, form, -1) : step(model);
  }
  const edited = editField({ text: String(form.values[input.name]), at: form.at }, event);
  return edited ? setFormValue(model, form, { value: edited.text, at: edited.at }) : step(model);
}

/** A paste is text of the field that is typed in. */
export function pasteInForm(model: Model, form: FormDialog, pasted: string): Step {
  const input = form.button.inputs[form.field];
  if (!input || input.bool || input.choice) return step(model);
  const { text, at } = insert({ text: String(form.values[input.name]), at: form.at }, pasted);
  return setFormValue(model, form, { value: text, at });
}
