// Small numbers for things that cells refer to: styles and clusters of several code points.
// Numbers belong to one grid and may change when it throws away what no cell uses any more (see Grid.compact).
import { overlayStyle, plainStyle, type Style, styleKey } from './style.ts';

function isBare(style: Style): boolean {
  return !(style.bg !== undefined || style.underline || style.inverse || style.strike || style.link !== undefined);
}

/** Styles by number. 0 is always the plain style. */
export class StyleTable {
  #styles: Style[] = [];
  #bare: boolean[] = [];
  #byKey = new Map<string, number>();
  #byObject = new WeakMap<Style, number>();
  #overlays = new Map<number, Map<number, number>>();

  constructor() {
    this.idOf(plainStyle);
  }

  get size(): number {
    return this.#styles.length;
  }

  /** The number of a style; the same object again is one lookup, an equal one costs building its key. */
  idOf(style: Style): number {
    const known = this.#byObject.get(style);
    if (known !== undefined) return known;
    const key = styleKey(style);
    let id = this.#byKey.get(key);
    if (id === undefined) {
      id = this.#styles.length;
      this.#styles.push(Object.freeze({ ...style }));
      this.#bare.push(isBare(style));
      this.#byKey.set(key, id);
    }
    // Only a style that can't change may be remembered by identity.
    if (Object.isFrozen(style)) this.#byObject.set(style, id);
    return id;
  }

  /** The style of a number from this table. */
  styleOf(id: number): Style {
    return this.#styles[id] ?? plainStyle;
  }

  /** True when a blank in this style looks like a blank in the plain one. */
  isBare(id: number): boolean {
    return this.#bare[id] ?? true;
  }

  /** The number of `over` laid on `under`, both by number. */
  overlay(under: number, over: number): number {
    let row = this.#overlays.get(over);
    if (!row) {
      row = new Map();
      this.#overlays.set(over, row);
    }
    let id = row.get(under);
    if (id === undefined) {
      id = this.idOf(overlayStyle(this.styleOf(under), this.styleOf(over)));
      row.set(under, id);
    }
    return id;
  }
}

/** Glyph numbers at and above this are clusters; below they are code points. */
export const firstCluster = 0x200000;
/** The right half of a wide cell. */
export const continuation = 0;
/** Glyph of an empty cell. */
export const blank = 0x20;

/** Clusters of more than one code point by number. */
export class ClusterTable {
  #clusters: string[] = [];
  #ids = new Map<string, number>();

  get size(): number {
    return this.#clusters.length;
  }

  /** The glyph number of one cell's text: its code point, or a cluster's number. */
  glyphOf(cell: string): number {
    const codePoint = cell.codePointAt(0) ?? blank;
    if (cell.length === 1 || (cell.length === 2 && codePoint > 0xffff)) return codePoint;
    let id = this.#ids.get(cell);
    if (id === undefined) {
      id = firstCluster + this.#clusters.length;
      this.#clusters.push(cell);
      this.#ids.set(cell, id);
    }
    return id;
  }

  /** The text of a glyph number; empty for the right half of a wide cell. */
  textOf(glyph: number): string {
    if (glyph === continuation) return '';
    return glyph < firstCluster ? String.fromCodePoint(glyph) : (this.#clusters[glyph - firstCluster] ?? ' ');
  }
}
