// What the last paint of a shell left in the grid. Most frames change one pane: a spinner turns, lines come. The others say
// that they stay as they are, and keep their cells.
// Does not: know what panes show.
import type { Grid } from './grid.ts';
import { type Pane, paintPane } from './pane.ts';
import { intersect, type Rect } from './rect.ts';

interface Picture {
  readonly grid: Grid;
  /** Of the grid's size. */
  readonly epoch: number;
  readonly panes: readonly Pane[];
  readonly rects: readonly Rect[];
  readonly focused: Pane | undefined;
  /** Panes that lie above each other always paint. */
  readonly isApart: boolean;
}

export class PaintedPanes {
  #picture: Picture | undefined;

  /** Paints the panes, from the lowest to the topmost, as far as they changed; everything between them is empty. */
  paint(grid: Grid, panes: readonly Pane[], focused: Pane | undefined): readonly Rect[] {
    const size = { columns: grid.width, rows: grid.height };
    const rects = panes.map(pane => pane.place(size));
    const old = this.#picture;
    this.#picture = undefined;
    const isThere = old !== undefined && isSame(old, { grid, panes, rects, focused });
    if (!isThere) grid.clear();
    for (const [i, pane] of panes.entries()) {
      if (!isThere || !old.isApart || !pane.stays?.())
        paintPane(grid, pane, { rect: rects[i]!, isFocused: pane === focused });
    }
    const isApart = isThere ? old.isApart : areApart(rects);
    this.#picture = { grid, epoch: grid.epoch, panes: [...panes], rects, focused, isApart };
    return rects;
  }

  /** Something else was painted: the next paint begins from nothing. */
  forget(): void {
    this.#picture = undefined;
  }
}

function isSame(old: Picture, now: Pick<Picture, 'grid' | 'panes' | 'rects' | 'focused'>): boolean {
  return (
    old.grid === now.grid &&
    old.epoch === now.grid.epoch &&
    old.focused === now.focused &&
    old.panes.length === now.panes.length &&
    old.panes.every((pane, i) => pane === now.panes[i] && isSameRect(old.rects[i]!, now.rects[i]!))
  );
}

function isSameRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function areApart(rects: readonly Rect[]): boolean {
  return rects.every((a, i) =>
    rects.slice(i + 1).every(b => {
      const both = intersect(a, b);
      return both.width <= 0 || both.height <= 0;
    }),
  );
}
