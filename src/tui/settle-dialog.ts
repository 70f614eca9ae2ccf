// What is open above the panes, in range: its selection on a row that there is, its first row so that none is wasted.
import { boxOf } from './dialog-boxes.ts';
import { helpItems, menuItems } from './menu-items.ts';
import type { Model } from './model.ts';
import { changeDialog, topDialog } from './open-dialogs.ts';
import { paletteItems } from './palette-items.ts';
import { lastTop } from './views/box.ts';

/** The menu goes round, everything else stops at its ends. */
export function settleDialog(model: Model): Model {
  const dialog = topDialog(model);
  switch (dialog?.kind) {
    case 'menu': {
      const last = menuItems(model).length - 1;
      const selected = dialog.selected > last ? 0 : dialog.selected < 0 ? last : dialog.selected;
      return selected === dialog.selected ? model : changeDialog(model, { ...dialog, selected });
    }
    case 'choose': {
      const last = dialog.items.length - 1;
      const selected = dialog.selected > last ? 0 : dialog.selected < 0 ? last : dialog.selected;
      return selected === dialog.selected ? model : changeDialog(model, { ...dialog, selected });
    }
    case 'help':
    case 'palette': {
      const { kind, query } = dialog;
      const count = (kind === 'help' ? helpItems(model, query) : paletteItems(model, query)).length;
      const last = Math.max(0, count - 1);
      const selected = Math.max(0, Math.min(last, dialog.selected));
      return selected === dialog.selected ? model : changeDialog(model, { ...dialog, selected });
    }
    case 'details':
    case 'text':
    case 'exit':
    case 'confirm-down': {
      const box = boxOf(model, dialog);
      const top = Math.max(0, Math.min(lastTop(model.size, box), dialog.top));
      return top === dialog.top ? model : changeDialog(model, { ...dialog, top });
    }
    default:
      return model;
  }
}
