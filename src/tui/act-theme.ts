// A theme is shown while it is selected in the palette; whoever leaves it there without choosing has the old one again.
import type { Model } from './model.ts';
import { topDialog } from './open-dialogs.ts';
import { paletteItems } from './palette-items.ts';
import { type Step, step } from './step.ts';
import type { Theme } from './theme.ts';

/** Follows the selection of the palette. `before` is the model that the last message met. */
export function settlePreview(before: Model, model: Model): Step {
  const dialog = topDialog(model);
  if (dialog === topDialog(before)) return step(model);
  const action = dialog?.kind === 'palette' ? paletteItems(model, dialog.query)[dialog.selected]?.action : undefined;
  const name = action?.kind === 'theme' ? action.name : undefined;
  const { preview } = model;
  if (name === preview?.name) return step(model);
  if (name === undefined) return step({ ...model, theme: preview!.before, preview: undefined });
  return step({ ...model, preview: { name, before: preview?.before ?? model.theme } }, { kind: 'preview-theme', name });
}

/** A theme to be looked at has come, if it is still selected. */
export function takePreview(model: Model, { name, theme }: { readonly name: string; readonly theme: Theme }): Model {
  return model.preview?.name === name ? { ...model, theme } : model;
}

/** It is chosen: what is seen stays until it comes. */
export function chooseTheme(model: Model, name: string): Step {
  return step({ ...model, preview: undefined }, { kind: 'set-theme', name });
}
