// A part of the screen, and how it is painted into its place.
import type { Grid } from './grid.ts';
import type { KeyEvent, MouseEvent, PasteEvent } from './input-events.ts';
import type { Rect } from './rect.ts';
import type { Size } from './terminal.ts';

/** A part of the screen. */
export interface Pane {
  /** Unique among the panes of a shell. */
  readonly name: string;
  /** False for panes that only show something (a status bar). */
  readonly canFocus: boolean;
  /** Where the pane is on a screen of that size; no width or no height hides it. */
  place(size: Size): Rect;
  /** Paints all of `rect`; the shell has cleared it and protects everything around it. */
  paint(grid: Grid, rect: Rect, hasFocus: boolean): void;
  /** True when it would paint what it painted last, in the same place: it is not asked to then. */
  stays?(): boolean;
  /** True when the key was used. */
  onKey?(event: KeyEvent): boolean;
  /** Positions are those of the screen; `rect` is where the pane is. */
  onMouse?(event: MouseEvent, rect: Rect): boolean;
  onPaste?(event: PasteEvent): boolean;
}

/** Paints one pane into its place, with everything around it protected. */
export function paintPane(
  grid: Grid,
  pane: Pane,
  { rect, isFocused }: { readonly rect: Rect; readonly isFocused: boolean },
): void {
  if (rect.width <= 0 || rect.height <= 0) return;
  grid.within(rect, () => {
    grid.clear(rect);
    pane.paint(grid, rect, isFocused);
  });
}
