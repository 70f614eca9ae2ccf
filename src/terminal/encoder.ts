// The difference between what is shown and what should be, as one string per frame.
//
// Terminals disagree on the width of emoji sequences, flags, Indic syllables and more. Such a cell is "risky", and three
// rules keep a disagreement inside of it, whatever the terminal believes:
//   - after it the cursor is moved to an absolute column;
//   - the cells it may have spilled into are written again behind it;
//   - where it may turn out narrower than planned, its columns are blanked first.
// Does not: decide when a frame is due, write.
import type { ColorDepth } from './capabilities.ts';
import type { Grid } from './grid.ts';
import { blank, continuation, firstCluster } from './interning.ts';
import { encodeStyle } from './sgr-encode.ts';

/** Cells of the same look that are cheaper to write again than to jump over. */
const maxGap = 4;
const plainId = 0;

export interface EncoderOptions {
  readonly colors: ColorDepth;
  readonly links: boolean;
  /** Wraps a frame in synchronised output (mode 2026), which terminals without it ignore. */
  readonly synchronized?: boolean;
}

/** What the terminal may make of a glyph: columns at most, or 0 when its width is beyond doubt. */
export function riskyColumns(glyph: number, text: string): number {
  if (glyph < 0x530) return 0;
  if (glyph >= firstCluster) return 2 * [...text].length;
  if ((glyph >= 0x2190 && glyph < 0x2200) || (glyph >= 0x2500 && glyph < 0x25a0)) return 0;
  return glyph >= 0x2800 && glyph < 0x2900 ? 0 : 2;
}

/** Turns the paint of one grid into bytes; remembers the terminal's cursor and style between frames. */
export class Encoder {
  readonly #grid: Grid;
  readonly #options: EncoderOptions;
  #sgr: string[] = [];
  #generation = 0;
  #out = '';
  #styleId = -1;
  #link: string | undefined;
  #x = -1;
  #y = -1;
  #cursor: { readonly x: number; readonly y: number } | undefined;

  constructor(grid: Grid, options: EncoderOptions) {
    this.#grid = grid;
    this.#options = options;
  }

  /** The bytes that bring the terminal up to date; empty when nothing changed. Marks the grid as shown. */
  encode(): string {
    const grid = this.#grid;
    grid.compact();
    if (this.#generation !== grid.generation) {
      this.#generation = grid.generation;
      this.#sgr = [];
      this.#styleId = -1;
    }
    this.#out = '';
    if (grid.repaintAll) this.#begin();
    for (let y = 0; y < grid.height; y++) {
      if (grid.dirtyRows[y] === 0) continue;
      this.#row(y);
      const from = 2 * y * grid.width;
      grid.shown.set(grid.cells.subarray(from, from + 2 * grid.width), from);
    }
    grid.dirtyRows.fill(0);
    this.#closeLink();
    return this.#finish();
  }

  /** The terminal is empty from here on, in a known state. */
  #begin(): void {
    const grid = this.#grid;
    for (let i = 0; i < grid.shown.length; i += 2) {
      grid.shown[i] = blank;
      grid.shown[i + 1] = plainId;
    }
    grid.dirtyRows.fill(1);
    grid.repaintAll = false;
    this.#out = '\x1b[m\x1b[2J';
    this.#styleId = plainId;
    this.#x = -1;
    this.#y = -1;
    // Whoever cleared the screen may have shown the cursor as well.
    this.#cursor = { x: -1, y: -1 };
  }

  /** Puts the text cursor where it belongs and wraps the frame. */
  #finish(): string {
    const want = this.#grid.cursor;
    const had = this.#cursor;
    const body = this.#out;
    const moved = want?.x !== had?.x || want?.y !== had?.y;
    if (body === '' && !moved) return '';
    let tail = '';
    if (want) {
      tail = `\x1b[${want.y + 1};${want.x + 1}H`;
      if (!had || had.x < 0 || body !== '') tail += '\x1b[?25h';
      this.#x = -1;
      this.#y = -1;
    }
    const head = had && (body !== '' || !want) ? '\x1b[?25l' : '';
    this.#cursor = want && { x: want.x, y: want.y };
    const frame = head + body + tail;
    return this.#options.synchronized === false ? frame : `\x1b[?2026h${frame}\x1b[?2026l`;
  }

  #row(y: number): void {
    const { cells, shown, width } = this.#grid;
    const base = 2 * y * width;
    const end = this.#textEnd(base);
    let x = 0;
    // Cells before this column hold or held what a risky one spilled and are due whether they changed or not.
    let due = 0;
    // Up to here this pass has written without a break.
    let written = -1;
    while (x < end) {
      const index = base + 2 * x;
      if (x >= due && cells[index] === shown[index] && cells[index + 1] === shown[index + 1]) {
        x++;
        continue;
      }
      x = this.#startOf(base, x, written);
      if (written >= 0 && x > written) this.#bridge(base, y, written, x);
      const spill = this.#cell(base, x, y, due);
      due = Math.max(due, Math.min(width, x + spill));
      for (const end = x + this.#step(base, x, spill); x < end; x++) {
        if (shown[base + 2 * x]! >= firstCluster) due = Math.max(due, Math.min(width, x + 2));
      }
      written = x;
    }
    this.#eraseRest(base, y, Math.max(end, x), due);
  }

  /** Column after the last cell that is not a plain blank, and after the blank that belongs to a risky one. */
  #textEnd(base: number): number {
    const { cells, width } = this.#grid;
    let end = width;
    while (end > 0 && cells[base + 2 * end - 2] === blank && cells[base + 2 * end - 1] === plainId) end--;
    if (end === 0 || end === width) return end;
    const last = cells[base + 2 * end - 2] === continuation && end > 1 ? end - 2 : end - 1;
    return this.#risk(cells[base + 2 * last]!) > 0 ? end + 1 : end;
  }

  /** Where writing must begin so that column `x` comes out right: at the cell's left half, at a risky neighbour. */
  #startOf(base: number, x: number, written: number): number {
    const { cells } = this.#grid;
    let start = x;
    if (cells[base + 2 * start] === continuation && start > 0) start--;
    if (start === 0 || start <= written) return start;
    let left = start - 1;
    if (cells[base + 2 * left] === continuation && left > 0) left--;
    const isRisky = this.#risk(cells[base + 2 * left]!) > 0;
    return isRisky && left >= written ? left : start;
  }

  /** Writes a short gap of unchanged cells again when that is shorter than a cursor move. */
  #bridge(base: number, y: number, from: number, to: number): void {
    if (to - from > maxGap || this.#x !== from || this.#y !== y) return;
    const { cells } = this.#grid;
    for (let x = from; x < to; x++) {
      const glyph = cells[base + 2 * x]!;
      if (!this.#fits(glyph, cells[base + 2 * x + 1]!) || glyph === continuation || this.#risk(glyph) > 0) return;
    }
    for (let x = from; x < to; x++) this.#out += this.#grid.clusters.textOf(cells[base + 2 * x]!);
    this.#x = to;
  }

  /** True when a cell comes out right in the style that is set now: its own, or for a blank any that leaves blanks empty. */
  #fits(glyph: number, styleId: number): boolean {
    if (styleId === this.#styleId) return true;
    return glyph === blank && styleId === plainId && this.#styleId >= 0 && this.#grid.styles.isBare(this.#styleId);
  }

  #risk(glyph: number): number {
    if (glyph < 0x530) return 0;
    return riskyColumns(glyph, glyph >= firstCluster ? this.#grid.clusters.textOf(glyph) : '');
  }

  /**
   * Writes the cell at (x, y); returns how many columns it may have taken in the terminal, 0 when it is sure.
   * Columns before `due` may hold what an earlier cell spilled.
   */
  #cell(base: number, x: number, y: number, due: number): number {
    const { cells } = this.#grid;
    const index = base + 2 * x;
    const glyph = cells[index]!;
    this.#moveTo(x, y);
    if (!this.#fits(glyph, cells[index + 1]!)) this.#setStyle(cells[index + 1]!);
    if (glyph < 0x530) {
      this.#out += String.fromCharCode(glyph === continuation ? blank : glyph);
      this.#advance(x + 1);
      return 0;
    }
    const spill = this.#risk(glyph);
    if (spill === 0) {
      this.#out += String.fromCharCode(glyph);
      this.#advance(x + 1);
      return 0;
    }
    if (this.#step(base, x, spill) === 2 && (x + 1 < due || !this.#isClean(base, x + 1))) {
      this.#out += '  ';
      this.#x = -1;
      this.#moveTo(x, y);
    }
    this.#out += this.#grid.clusters.textOf(glyph);
    this.#x = -1;
    return spill;
  }

  /** Columns a cell stands for: a risky narrow one takes the blank behind it along. */
  #step(base: number, x: number, spill: number): 1 | 2 {
    const { cells, width } = this.#grid;
    if (x + 1 >= width) return 1;
    const next = base + 2 * x + 2;
    if (cells[next] === continuation) return 2;
    return spill > 0 && cells[next] === blank && this.#sameWhenBlank(cells[next + 1]!, cells[next - 1]!) ? 2 : 1;
  }

  #sameWhenBlank(a: number, b: number): boolean {
    return a === b || (this.#grid.styles.isBare(a) && this.#grid.styles.isBare(b));
  }

  /** True when the terminal's cell at `x` is empty in the look that it is to have. */
  #isClean(base: number, x: number): boolean {
    const { cells, shown } = this.#grid;
    const index = base + 2 * x;
    if (!this.#sameWhenBlank(shown[index + 1]!, cells[index + 1]!)) return false;
    // Behind a single character a terminal has its other half or nothing; a cluster may have left a part of itself there.
    return shown[index - 2]! < firstCluster && (shown[index] === blank || shown[index] === continuation);
  }

  #advance(x: number): void {
    // In the last column the cursor's place depends on the terminal.
    this.#x = x < this.#grid.width ? x : -1;
  }

  /** Erases the end of the row, from the first column after `from` on that may hold something. */
  #eraseRest(base: number, y: number, from: number, due: number): void {
    const { shown, width } = this.#grid;
    let x = from;
    while (x < width && x >= due && shown[base + 2 * x] === blank && shown[base + 2 * x + 1] === plainId) x++;
    if (x >= width) return;
    this.#moveTo(x, y);
    this.#setStyle(plainId);
    this.#out += '\x1b[K';
  }

  #moveTo(x: number, y: number): void {
    if (this.#x === x && this.#y === y) return;
    if (this.#y !== y) this.#out += x === 0 ? `\x1b[${y + 1}H` : `\x1b[${y + 1};${x + 1}H`;
    else if (this.#x >= 0 && this.#x < x) this.#out += x - this.#x === 1 ? '\x1b[C' : `\x1b[${x - this.#x}C`;
    else this.#out += x === 0 ? '\r' : `\x1b[${x + 1}G`;
    this.#x = x;
    this.#y = y;
  }

  #setStyle(id: number): void {
    if (id === this.#styleId) return;
    const style = this.#grid.styles.styleOf(id);
    let sgr = this.#sgr[id];
    if (sgr === undefined) {
      sgr = encodeStyle(style, this.#options.colors);
      this.#sgr[id] = sgr;
    }
    this.#out += sgr;
    this.#styleId = id;
    if (style.link !== this.#link) this.#setLink(style.link);
  }

  #setLink(link: string | undefined): void {
    this.#link = link;
    if (!this.#options.links) return;
    this.#out += `\x1b]8;;${link ?? ''}\x1b\\`;
  }

  /** A link never stays open between frames; the next cell that has it opens it again. */
  #closeLink(): void {
    if (this.#link === undefined) return;
    this.#setLink(undefined);
    this.#styleId = -1;
  }
}
