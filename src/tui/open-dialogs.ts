// The stack of open dialogs: only the topmost gets input.
import type { Dialog, DialogKind } from './dialog.ts';
import type { Model } from './model.ts';

/** The dialog that gets the input. */
export function topDialog(model: Model): Dialog | undefined {
  return model.dialogs.at(-1);
}

export function openDialog(model: Model, dialog: Dialog): Model {
  return { ...model, dialogs: [...model.dialogs, dialog], pendingKeys: [] };
}

/** Closes the topmost one. */
export function closeDialog(model: Model): Model {
  return { ...model, dialogs: model.dialogs.slice(0, -1), pendingKeys: [] };
}

/** The model with the topmost dialog exchanged for a newer state of it. */
export function changeDialog(model: Model, dialog: Dialog): Model {
  return { ...model, dialogs: [...model.dialogs.slice(0, -1), dialog] };
}

/** The open dialog of a kind, wherever it lies. */
export function dialogOf<K extends DialogKind>(model: Model, kind: K): Extract<Dialog, { kind: K }> | undefined {
  return model.dialogs.find((dialog): dialog is Extract<Dialog, { kind: K }> => dialog.kind === kind);
}
