// What holds the panes of a screen together: their order, the focus, dialogs above them, and who gets an input.
// There are two of them with one behaviour: this one, which is there for the first frame, and the one on neo-blessed
// (blessed-shell.ts), which can host its stock dialogs too.
// Does not: know what the panes are, read input, write output.
import { type Disposable, toDisposable } from '../base/disposable.ts';
import type { Grid } from './grid.ts';
import type { InputEvent, MouseEvent } from './input-events.ts';
import { PaintedPanes } from './painted-panes.ts';
import type { Pane } from './pane.ts';
import { contains } from './rect.ts';
import type { Size } from './terminal.ts';

export interface Shell extends Disposable {
  /** Adds a pane above those that are there. The first one that can have the focus gets it. */
  add(pane: Pane): Disposable;
  /** Opens a dialog above everything. It gets all input until it is closed; then the focus is where it was. */
  open(dialog: Pane): Disposable;
  /** Name of the pane or dialog that gets the keys. */
  readonly focused: string | undefined;
  /** Moves the focus to a pane; false when there is none of that name, or a dialog is open. */
  focus(name: string): boolean;
  /** Moves the focus on (1) or back (-1) among the visible panes. */
  focusNext(step: 1 | -1): void;
  /** Hands an input to whom it belongs; false when nobody used it. */
  handle(event: InputEvent): boolean;
  /** Paints everything; the `Paint` of `Terminal.requestFrame`. */
  paint(grid: Grid): void;
}

/** The shell without a library. */
export function makeShell(): Shell {
  return new PlainShell();
}

class PlainShell implements Shell {
  #panes: Pane[] = [];
  #dialogs: Pane[] = [];
  #focused: Pane | undefined;
  #size: Size = { columns: 0, rows: 0 };
  readonly #painted = new PaintedPanes();

  get focused(): string | undefined {
    return (this.#dialogs.at(-1) ?? this.#focused)?.name;
  }

  add(pane: Pane): Disposable {
    this.#panes.push(pane);
    if (pane.canFocus) this.#focused ??= pane;
    return toDisposable(() => {
      this.#panes = this.#panes.filter(p => p !== pane);
      if (this.#focused === pane) this.#focused = this.#panes.find(p => p.canFocus);
    });
  }

  open(dialog: Pane): Disposable {
    this.#dialogs.push(dialog);
    return toDisposable(() => {
      this.#dialogs = this.#dialogs.filter(d => d !== dialog);
    });
  }

  focus(name: string): boolean {
    const pane = this.#panes.find(p => p.name === name && p.canFocus);
    if (!pane || this.#dialogs.length > 0) return false;
    this.#focused = pane;
    return true;
  }

  focusNext(step: 1 | -1): void {
    if (this.#dialogs.length > 0) return;
    this.#focused = nextPane(this.#panes, this.#focused, { step, size: this.#size });
  }

  handle(event: InputEvent): boolean {
    const dialog = this.#dialogs.at(-1);
    if (event.kind === 'mouse') return this.#mouse(event, dialog);
    return handOver(dialog ?? this.#focused, event);
  }

  #mouse(event: MouseEvent, dialog: Pane | undefined): boolean {
    if (dialog) return dialog.onMouse?.(event, dialog.place(this.#size)) ?? false;
    const under = this.#panes.findLast(pane => contains(pane.place(this.#size), event.x, event.y));
    if (!under) return false;
    if (event.action === 'press' && under.canFocus) this.#focused = under;
    return under.onMouse?.(event, under.place(this.#size)) ?? false;
  }

  paint(grid: Grid): void {
    this.#size = { columns: grid.width, rows: grid.height };
    grid.cursor = undefined;
    const dialog = this.#dialogs.at(-1);
    this.#painted.paint(grid, [...this.#panes, ...this.#dialogs], dialog ?? this.#focused);
    // What lies below a dialog is painted in full again once it is closed.
    if (dialog) this.#painted.forget();
  }

  dispose(): void {
    this.#panes = [];
    this.#dialogs = [];
    this.#focused = undefined;
  }
}

/** Gives a key or a paste to a pane; other events are nobody's. */
export function handOver(pane: Pane | undefined, event: InputEvent): boolean {
  if (event.kind === 'key') return pane?.onKey?.(event) ?? false;
  if (event.kind === 'paste') return pane?.onPaste?.(event) ?? false;
  return false;
}

/** The pane that has the focus after `from`, going round; hidden ones are passed over. */
export function nextPane(
  panes: readonly Pane[],
  from: Pane | undefined,
  by: { readonly step: 1 | -1; readonly size: Size },
): Pane | undefined {
  const candidates = panes.filter(pane => {
    const rect = pane.place(by.size);
    return pane.canFocus && rect.width > 0 && rect.height > 0;
  });
  if (candidates.length === 0) return from;
  const at = from ? candidates.indexOf(from) : -1;
  if (at < 0) return by.step === 1 ? candidates[0] : candidates.at(-1);
  return candidates[(at + by.step + candidates.length) % candidates.length];
}
