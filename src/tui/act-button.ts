// Buttons of the Tiltfile: what they ask for is filled in, what they want confirmed is confirmed, then they are pressed.
// A confirmation has a key of its own: Enter, which opens menus, never gives it.
import type { UIInputSpec } from '../api/kinds-buttons.ts';
import type { ButtonRow } from './button-rows.ts';
import type { Dialog } from './dialog.ts';
import type { Model } from './model.ts';
import { changeDialog, closeDialog, openDialog } from './open-dialogs.ts';
import { selectedResource } from './selected.ts';
import { type Step, step, withToast } from './step.ts';

export type FormDialog = Extract<Dialog, { kind: 'form' }>;
export type FieldValue = string | boolean;

/** The buttons of the selected resource, then those of the session. */
export function buttonsFor(model: Model): readonly ButtonRow[] {
  const resource = selectedResource(model)?.name;
  const own = model.buttons.filter(button => button.resource !== '' && button.resource === resource);
  return [...own, ...model.buttons.filter(button => button.resource === '')];
}

export function buttonOff(button: ButtonRow): string | undefined {
  return button.isDisabled ? 'it is switched off' : undefined;
}

/** Presses a button, or opens what it asks before. */
export function pressButton(model: Model, name: string): Step {
  const button = model.buttons.find(candidate => candidate.name === name);
  if (!button) return step(withToast(model, 'That button is gone', 'warn'));
  const off = buttonOff(button);
  if (off !== undefined) return step(withToast(model, `${button.text}: ${off}`, 'warn'));
  if (button.inputs.length === 0 && !button.needsConfirmation) return click(model, button, {});
  const values = Object.fromEntries(button.inputs.map(input => [input.name, firstValue(input)]));
  const first = button.inputs[0];
  const at = first && typeof values[first.name] === 'string' ? String(values[first.name]).length : 0;
  return step(openDialog(model, { kind: 'form', button, values, field: 0, at }));
}

function firstValue(input: UIInputSpec): FieldValue {
  if (input.bool) return input.bool.defaultValue ?? false;
  if (input.choice) return input.choice.choices?.[0] ?? '';
  return input.text?.defaultValue ?? '';
}

function click(model: Model, button: ButtonRow, inputs: Readonly<Record<string, FieldValue>>): Step {
  return step(withToast(model, `${button.text}: pressed`), { kind: 'click', name: button.name, inputs });
}

/** All is filled in: pressed at once, or asked once more. */
export function submitForm(model: Model, form: FormDialog, isConfirmed: boolean): Step {
  if (form.button.needsConfirmation && !isConfirmed)
    return step(withToast(model, `${form.button.text}: ${confirmKey} does it, esc does not`, 'warn'));
  return click(closeDialog(model), form.button, form.values);
}

/** Not Enter, which opened the form. */
export const confirmKey = 'ctrl-y';

export function moveInForm(model: Model, form: FormDialog, by: number): Step {
  const count = form.button.inputs.length;
  const field = Math.max(0, Math.min(count - 1, form.field + by));
  const value = form.values[form.button.inputs[field]?.name ?? ''];
  const at = typeof value === 'string' ? value.length : 0;
  return step(changeDialog(model, { ...form, field, at }));
}

export function setFormValue(model: Model, form: FormDialog, change: { value: FieldValue; at: number }): Step {
  const input = form.button.inputs[form.field];
  if (!input) return step(model);
  const values = { ...form.values, [input.name]: change.value };
  return step(changeDialog(model, { ...form, values, at: change.at }));
}

/** The next or previous choice of a field that has choices; the other value of a switch. */
export function turnFormValue(model: Model, form: FormDialog, by: 1 | -1): Step {
  const input = form.button.inputs[form.field];
  if (!input) return step(model);
  if (input.bool) return setFormValue(model, form, { value: form.values[input.name] !== true, at: 0 });
  const choices = input.choice?.choices ?? [];
  if (choices.length === 0) return step(model);
  const now = choices.indexOf(String(form.values[input.name]));
  return setFormValue(model, form, { value: choices[(now + by + choices.length) % choices.length]!, at: 0 });
}
