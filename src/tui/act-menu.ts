// Moving in the overlay lists (help and menu): the selection, kept in range by the views' item counts.
import type { Model } from './model.ts';
import { type Step, step } from './step.ts';

/** Moves the selection of the overlay; `settleMenu` keeps it between the first and the last item. */
export function moveInMenu(model: Model, by: number): Step {
  const { overlay } = model;
  if (overlay?.kind !== 'menu' && overlay?.kind !== 'help') return step(model);
  return step({ ...model, overlay: { ...overlay, selected: overlay.selected + by } });
}

/** Goes round in the menu, stops at the ends of the help. */
export function settleMenu(model: Model, count: number): Model {
  const { overlay } = model;
  if (overlay?.kind !== 'menu' && overlay?.kind !== 'help') return model;
  const last = Math.max(0, count - 1);
  let { selected } = overlay;
  if (overlay.kind === 'menu' && selected > last) selected = 0;
  else if (overlay.kind === 'menu' && selected < 0) selected = last;
  selected = Math.max(0, Math.min(last, selected));
  return selected === overlay.selected ? model : { ...model, overlay: { ...overlay, selected } };
}
