// Moving in what is open above the panes: the selection of a list, or what a box shows of its rows. Keys may run over the
// ends; `settleDialog` (settle-dialog.ts) brings that in range, because it knows how many rows there are.

import type { Model } from './model.ts';
import { changeDialog, topDialog } from './open-dialogs.ts';
import { type Step, step } from './step.ts';

/** Moves by rows: the selection where there is one, else what is shown. */
export function moveInDialog(model: Model, by: number): Step {
  const dialog = topDialog(model);
  switch (dialog?.kind) {
    case 'menu':
    case 'help':
    case 'palette':
    case 'choose':
      return step(changeDialog(model, { ...dialog, selected: dialog.selected + by }));
    case 'details':
    case 'text':
    case 'exit':
    case 'confirm-down':
      return step(changeDialog(model, { ...dialog, top: dialog.top + by }));
    default:
      return step(model);
  }
}

/** Rows that a page of the open box has. */
export function dialogPage(model: Model): number {
  return Math.max(1, model.size.rows - 4);
}
