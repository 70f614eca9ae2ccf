// The panes and dialogs of the screen on a shell. The shell owns the focus and who gets an input; the model says which
// dialogs are open, and this is the one place that brings the two together:
//
//     input -> shell.handle -> the pane or dialog it belongs to -> a message that names it
//     model.dialogs -> sync() -> the shell's dialogs        effect `focus` -> shell.focus -> message `focus`
//
// The shell may be exchanged while the screen is used (`takeOver`): panes, focus and open dialogs go along.
// Does not: decide what an input does, or hold anything that is shown.
import type { Disposable } from '../base/disposable.ts';
import type { Grid } from '../terminal/grid.ts';
import type { InputEvent } from '../terminal/input-events.ts';
import type { Pane } from '../terminal/pane.ts';
import type { Rect } from '../terminal/rect.ts';
import type { Shell } from '../terminal/shell.ts';
import type { Size } from '../terminal/terminal.ts';
import type { DialogKind } from './dialog.ts';
import { boxOf } from './dialog-boxes.ts';
import type { PaneName } from './layout.ts';
import { isLineDialog, typedLine } from './line-dialogs.ts';
import type { InputPlace, Message } from './messages.ts';
import { layoutOf, type Model } from './model.ts';
import { dialogOf } from './open-dialogs.ts';
import { type PaintedModel, paintedModel, staysSame } from './pane-changes.ts';
import { isFocusPane, type ScreenPane, screenPanes } from './panes.ts';
import { boxRect, paintBox } from './views/box.ts';
import { paintTypedLine } from './views/help-line.ts';

export interface ScreenShellOptions {
  readonly shell: Shell;
  readonly model: () => Model;
  readonly send: (message: Message, urgency: 'key' | 'normal') => void;
}

interface OpenDialog {
  readonly kind: DialogKind;
  readonly close: Disposable;
}

export class ScreenShell implements Disposable {
  readonly #model: () => Model;
  readonly #send: ScreenShellOptions['send'];
  #shell: Shell;
  #dialogs: OpenDialog[] = [];

  constructor({ shell, model, send }: ScreenShellOptions) {
    this.#shell = shell;
    this.#model = model;
    this.#send = send;
    for (const pane of screenPanes) shell.add(this.#pane(pane));
  }

  /** The pane that has the focus; undefined while a dialog lies above it. */
  get focusedPane(): PaneName | undefined {
    const { focused } = this.#shell;
    return isFocusPane(focused) ? focused : undefined;
  }

  /** Gives a pane the focus; dialogs must be closed. */
  focus(pane: PaneName): void {
    this.#shell.focus(pane);
  }

  /** Closes the dialogs that the model has no more. */
  closeGone(): void {
    const wanted = this.#model().dialogs;
    const kept = this.#dialogs.findIndex((open, i) => open.kind !== wanted[i]?.kind);
    if (kept < 0) return;
    for (const gone of this.#dialogs.splice(kept).reverse()) gone.close.dispose();
  }

  /** Opens the dialogs that the model has since. */
  openNew(): void {
    for (const { kind } of this.#model().dialogs.slice(this.#dialogs.length))
      this.#dialogs.push({ kind, close: this.#shell.open(this.#dialog(kind)) });
  }

  handle(event: InputEvent): void {
    this.#shell.handle(event);
  }

  paint(grid: Grid): void {
    this.#shell.paint(grid);
  }

  /** Goes on with another shell, with the same panes, focus and dialogs. The old one is disposed. */
  takeOver(shell: Shell): void {
    const { focus } = this.#model();
    this.#shell.dispose();
    this.#shell = shell;
    for (const pane of screenPanes) shell.add(this.#pane(pane));
    shell.focus(focus);
    this.#dialogs = [];
    this.openNew();
  }

  dispose(): void {
    this.#shell.dispose();
    this.#dialogs = [];
  }

  #pane(pane: ScreenPane): Pane {
    const { name } = pane;
    const at = isFocusPane(name) ? name : undefined;
    let painted: PaintedModel | undefined;
    return {
      name,
      canFocus: at !== undefined,
      place: size => pane.place(layoutOf(this.#at(size))),
      paint: grid => {
        const model = this.#at({ columns: grid.width, rows: grid.height });
        pane.paint(grid, model, layoutOf(model));
        painted = paintedModel(model);
      },
      stays: () => painted !== undefined && staysSame(name, painted, this.#model()),
      ...(at ? this.#inputs(at) : { onMouse: this.#onMouse(name === 'divider' ? 'divider' : 'beside') }),
    };
  }

  #dialog(kind: DialogKind): Pane {
    return {
      name: kind,
      canFocus: true,
      place: size => this.#dialogRect(kind, size),
      paint: grid => this.#paintDialog(kind, grid),
      ...this.#inputs(kind),
    };
  }

  #onMouse(at: InputPlace): NonNullable<Pane['onMouse']> {
    return (event, rect) => this.#take({ kind: 'mouse', at, event, rect }, 'key');
  }

  #inputs(at: InputPlace): Pick<Pane, 'onKey' | 'onMouse' | 'onPaste'> {
    return {
      onKey: event => this.#take({ kind: 'key', at, event }, 'key'),
      onMouse: this.#onMouse(at),
      onPaste: ({ text }) => this.#take({ kind: 'paste', at, text }, 'normal'),
    };
  }

  #take(message: Message, urgency: 'key' | 'normal'): boolean {
    this.#send(message, urgency);
    return true;
  }

  #dialogRect(kind: DialogKind, size: Size): Rect {
    const model = this.#at(size);
    const dialog = dialogOf(model, kind);
    if (isLineDialog(dialog)) return layoutOf(model).help;
    return dialog ? boxRect(size, boxOf(model, dialog)) : nowhere;
  }

  #paintDialog(kind: DialogKind, grid: Grid): void {
    const model = this.#at({ columns: grid.width, rows: grid.height });
    const dialog = dialogOf(model, kind);
    if (isLineDialog(dialog)) paintTypedLine(grid, layoutOf(model).help, typedLine(model, dialog), model.theme);
    else if (dialog) paintBox(grid, boxOf(model, dialog), model.theme);
  }

  /** A resize may have reached the grid before the model heard of it. */
  #at(size: Size): Model {
    const model = this.#model();
    return model.size.columns === size.columns && model.size.rows === size.rows ? model : { ...model, size };
  }
}

const nowhere: Rect = { x: 0, y: 0, width: 0, height: 0 };
