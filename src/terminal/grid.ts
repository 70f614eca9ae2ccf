// The picture: what should be on the screen and what is there now, as two arrays of cells.
//
//     index of cell (x, y) = 2 * (y * width + x)
//     [index]     glyph: a code point, a cluster's number (>= firstCluster), or 0 for the right half of a wide cell
//     [index + 1] style number (StyleTable); both halves of a wide cell carry the same
//
// Painting writes the first array and marks rows; the encoder compares it with the second and brings that up to date.
// Every wide cell has both halves or none, whatever is painted over it or clipped away.
// Does not: read escape sequences, know colours or bytes.
import { eachCell } from '../base/text-width.ts';
import { blank, ClusterTable, continuation, StyleTable } from './interning.ts';
import { intersect, type Rect } from './rect.ts';
import { plainStyle, type Style } from './style.ts';
import type { StyledLine } from './styled-line.ts';

const printableAscii = /^[\x20-\x7e]*$/;

/** Numbers that may pile up before unused ones are thrown away. */
const compactAbove = 8192;

/** One cell as tests and dumps read it. */
export interface CellView {
  /** The cluster; empty for the right half of a wide cell. */
  readonly text: string;
  readonly style: Style;
}

export class Grid {
  #width = 0;
  #height = 0;
  #clip: Rect = { x: 0, y: 0, width: 0, height: 0 };
  #compactAbove = compactAbove;
  #blankRow = new Int32Array(0);

  /** What should be on the screen. For the encoder; painters use the methods. */
  cells = new Int32Array(0);
  /** What is on the screen, as far as we know. For the encoder. */
  shown = new Int32Array(0);
  /** 1 for every row that painting touched since the last frame. */
  dirtyRows = new Uint8Array(0);
  styles = new StyleTable();
  clusters = new ClusterTable();
  /** Rises when style and glyph numbers changed their meaning. */
  generation = 0;
  /** Rises when everything was emptied. */
  epoch = 0;
  /** True when the terminal's content is unknown and the next frame starts by clearing it. */
  repaintAll = true;
  /** Where the text cursor blinks; undefined hides it. */
  cursor: { readonly x: number; readonly y: number } | undefined = undefined;

  constructor(width: number, height: number) {
    this.resize(width, height);
  }

  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  /** The whole grid as a rectangle. */
  get bounds(): Rect {
    return { x: 0, y: 0, width: this.#width, height: this.#height };
  }

  /** Changes the size and empties everything. The next frame repaints all. */
  resize(width: number, height: number): void {
    this.#width = Math.max(1, Math.trunc(width) || 1);
    this.#height = Math.max(1, Math.trunc(height) || 1);
    this.cells = blankCells(this.#width * this.#height);
    this.shown = blankCells(this.#width * this.#height);
    this.dirtyRows = new Uint8Array(this.#height);
    this.#blankRow = blankCells(this.#width);
    this.cursor = undefined;
    this.#clip = this.bounds;
    this.epoch++;
    this.invalidate();
  }

  /** The terminal's content is unknown: the next frame clears it and writes everything. */
  invalidate(): void {
    this.repaintAll = true;
    this.dirtyRows.fill(1);
  }

  /** Runs `paint` with everything outside of `rect` protected. */
  within(rect: Rect, paint: () => void): void {
    const outer = this.#clip;
    this.#clip = intersect(outer, rect);
    try {
      paint();
    } finally {
      this.#clip = outer;
    }
  }

  /** Writes one cell. A wide cell that is cut by an edge leaves blanks. */
  put(x: number, y: number, cell: string, style: Style = plainStyle, width: 1 | 2 = 1): void {
    this.#put(x, y, this.clusters.glyphOf(cell), width, this.styles.idOf(style));
  }

  /**
   * Writes `text` from column `x` on and returns the columns it took, at most `maxWidth`. Control characters and escape
   * sequences have no effect (for text with colours see `line`). A wide character that does not fit any more is left out.
   */
  text(x: number, y: number, text: string, style: Style = plainStyle, maxWidth = Number.POSITIVE_INFINITY): number {
    const styleId = this.styles.idOf(style);
    if (printableAscii.test(text)) {
      const width = Math.max(0, Math.min(text.length, maxWidth));
      this.#ascii(x, y, width === text.length ? text : text.slice(0, width), styleId);
      return width;
    }
    const { clusters } = this;
    let used = 0;
    eachCell(text, (cell, width) => {
      if (used + width > maxWidth) return false;
      this.#put(x + used, y, clusters.glyphOf(cell), width, styleId);
      used += width;
      return true;
    });
    return used;
  }

  /** Fills a rectangle with one narrow character. */
  fill(rect: Rect, style: Style = plainStyle, cell = ' '): void {
    const area = intersect(this.#clip, rect);
    const glyph = this.clusters.glyphOf(cell);
    const given = this.styles.idOf(style);
    const styleId = glyph === blank && this.styles.isBare(given) ? 0 : given;
    const { cells } = this;
    for (let y = area.y; y < area.y + area.height; y++) {
      let index = 2 * (y * this.#width + area.x);
      for (let x = area.x; x < area.x + area.width; x++, index += 2) {
        if (cells[index] === glyph && cells[index + 1] === styleId && cells[index + 2] !== continuation) continue;
        this.#set(x, y, glyph, styleId);
      }
    }
  }

  /** Empties a rectangle, or everything. Each frame begins with it, so it copies rows instead of writing cells. */
  clear(rect: Rect = this.bounds): void {
    const area = intersect(this.#clip, rect);
    if (area.width <= 0) return;
    const { cells } = this;
    for (let y = area.y; y < area.y + area.height; y++) {
      const index = 2 * (y * this.#width + area.x);
      const after = index + 2 * area.width;
      // Wide cells that lose a half become blank.
      if (cells[index] === continuation && area.x > 0) cells[index - 2] = blank;
      if (area.x + area.width < this.#width && cells[after] === continuation) cells[after] = blank;
      cells.set(area.width === this.#width ? this.#blankRow : this.#blankRow.subarray(0, 2 * area.width), index);
      this.dirtyRows[y] = 1;
    }
  }

  /**
   * Writes the columns `fromColumn` up to `fromColumn + width` of a parsed line at (x, y) and returns the columns used.
   * `under` lies below the line's own styles (a selected row's background, a dim pane).
   */
  line(x: number, y: number, line: StyledLine, options: LineOptions = {}): number {
    const from = options.fromColumn ?? 0;
    const width = Math.min(options.width ?? Number.POSITIVE_INFINITY, line.width - from);
    if (width <= 0) return 0;
    const underId = options.under === undefined ? undefined : this.styles.idOf(options.under);
    this.within({ x, y, width, height: 1 }, () => {
      let column = x - from;
      for (const run of line.runs) {
        if (column >= x + width) break;
        if (column + run.width > x) {
          const own = this.styles.idOf(run.style);
          this.#run(column, y, run.text, underId === undefined ? own : this.styles.overlay(underId, own));
        }
        column += run.width;
      }
    });
    return width;
  }

  /** Printable ASCII, where every character is a cell: most of all text goes through here. */
  #ascii(x: number, y: number, text: string, styleId: number): void {
    const clip = this.#clip;
    if (y < clip.y || y >= clip.y + clip.height) return;
    const from = Math.max(0, clip.x - x);
    const to = Math.min(text.length, clip.x + clip.width - x);
    const { cells } = this;
    const blankStyle = this.styles.isBare(styleId) ? 0 : styleId;
    for (let i = from, index = 2 * (y * this.#width + x + from); i < to; i++, index += 2) {
      const glyph = text.charCodeAt(i);
      const wanted = glyph === blank ? blankStyle : styleId;
      if (cells[index] === glyph && cells[index + 1] === wanted && cells[index + 2] !== continuation) continue;
      this.#set(x + i, y, glyph, styleId);
    }
  }

  #run(x: number, y: number, text: string, styleId: number): void {
    if (printableAscii.test(text)) {
      this.#ascii(x, y, text, styleId);
      return;
    }
    const end = this.#clip.x + this.#clip.width;
    let column = x;
    eachCell(text, (cell, width) => {
      this.#put(column, y, this.clusters.glyphOf(cell), width, styleId);
      column += width;
      return column < end;
    });
  }

  /** Lays a style over what is painted already: a selection, a match, a dimmed background of a dialog. */
  overlay(rect: Rect, style: Style): void {
    const area = intersect(this.#clip, rect);
    const over = this.styles.idOf(style);
    for (let y = area.y; y < area.y + area.height; y++) {
      for (let x = area.x; x < area.x + area.width; x++) {
        const index = 2 * (y * this.#width + x);
        const merged = this.styles.overlay(this.cells[index + 1]!, over);
        const styleId = this.cells[index] === blank && this.styles.isBare(merged) ? 0 : merged;
        this.cells[index + 1] = styleId;
        // A wide cell looks one way: an edge of the rectangle in its middle takes both halves.
        if (this.cells[index] === continuation && x > 0) this.cells[index - 1] = styleId;
        if (x + 1 < this.#width && this.cells[index + 2] === continuation) this.cells[index + 3] = styleId;
      }
      this.dirtyRows[y] = 1;
    }
  }

  /** What stands at (x, y). */
  cellAt(x: number, y: number): CellView {
    const index = 2 * (y * this.#width + x);
    return { text: this.clusters.textOf(this.cells[index]!), style: this.styles.styleOf(this.cells[index + 1]!) };
  }

  /** The text of a row, right halves left out, trailing blanks kept. */
  rowText(y: number): string {
    let text = '';
    for (let x = 0; x < this.#width; x++) text += this.clusters.textOf(this.cells[2 * (y * this.#width + x)]!);
    return text;
  }

  /** Renumbers styles and clusters when many are no longer in use. Cheap when there is nothing to do. */
  compact(): void {
    if (this.styles.size <= this.#compactAbove && this.clusters.size <= this.#compactAbove) return;
    const styles = new StyleTable();
    const clusters = new ClusterTable();
    for (const array of [this.cells, this.shown]) {
      for (let i = 0; i < array.length; i += 2) {
        if (array[i] !== continuation) array[i] = clusters.glyphOf(this.clusters.textOf(array[i]!));
        array[i + 1] = styles.idOf(this.styles.styleOf(array[i + 1]!));
      }
    }
    this.styles = styles;
    this.clusters = clusters;
    this.generation++;
    // A very colourful screen must not make this run with every frame.
    this.#compactAbove = Math.max(compactAbove, 4 * styles.size, 4 * clusters.size);
  }

  #put(x: number, y: number, glyph: number, width: 1 | 2, styleId: number): void {
    const clip = this.#clip;
    if (y < clip.y || y >= clip.y + clip.height) return;
    const end = clip.x + clip.width;
    const leftIn = x >= clip.x && x < end;
    if (width === 1) {
      if (leftIn) this.#set(x, y, glyph, styleId);
      return;
    }
    const rightIn = x + 1 >= clip.x && x + 1 < end;
    if (leftIn && rightIn) this.#setWide(x, y, glyph, styleId);
    else if (leftIn) this.#set(x, y, blank, styleId);
    else if (rightIn) this.#set(x + 1, y, blank, styleId);
  }

  /** Writes a narrow cell inside the grid; a wide cell that loses a half becomes blank. */
  #set(x: number, y: number, glyph: number, givenStyle: number): void {
    // Blanks that look the same are the same, else every word of coloured text would cost a change of style.
    const styleId = glyph === blank && this.styles.isBare(givenStyle) ? 0 : givenStyle;
    const index = 2 * (y * this.#width + x);
    const cells = this.cells;
    if (cells[index] === glyph && cells[index + 1] === styleId && !this.#isLead(x, index)) return;
    if (cells[index] === continuation && x > 0) cells[index - 2] = blank;
    if (this.#isLead(x, index)) cells[index + 2] = blank;
    cells[index] = glyph;
    cells[index + 1] = styleId;
    this.dirtyRows[y] = 1;
  }

  #setWide(x: number, y: number, glyph: number, styleId: number): void {
    const index = 2 * (y * this.#width + x);
    const cells = this.cells;
    if (cells[index] === glyph && cells[index + 1] === styleId && cells[index + 2] === continuation) return;
    this.#set(x, y, glyph, styleId);
    this.#set(x + 1, y, blank, styleId);
    cells[index + 2] = continuation;
    cells[index + 3] = styleId;
    this.dirtyRows[y] = 1;
  }

  #isLead(x: number, index: number): boolean {
    return x + 1 < this.#width && this.cells[index + 2] === continuation && this.cells[index] !== continuation;
  }
}

export interface LineOptions {
  /** First column of the line to show; 0 by default. */
  readonly fromColumn?: number;
  /** Columns to show at most. */
  readonly width?: number;
  readonly under?: Style;
}

function blankCells(count: number): Int32Array<ArrayBuffer> {
  const cells = new Int32Array(2 * count);
  for (let i = 0; i < cells.length; i += 2) cells[i] = blank;
  return cells;
}
