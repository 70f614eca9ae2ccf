// A terminal in memory that reads back what was written to it: @xterm/headless in one of three width models.
import { createRequire } from 'node:module';
import xterm, { type IBufferCell, type Terminal as XTerminal } from '@xterm/headless';

/** How a terminal measures text: wcwidth of Unicode 6, of Unicode 11, or whole grapheme clusters. */
export type WidthModel = 'unicode6' | 'unicode11' | 'graphemes';
export const widthModels: readonly WidthModel[] = ['unicode6', 'unicode11', 'graphemes'];

const require = createRequire(import.meta.url);

function unicode11(): typeof import('@xterm/addon-unicode11').Unicode11Addon {
  return require('@xterm/addon-unicode11').Unicode11Addon;
}

/** The addon unpacks its table from `Buffer.from(...).buffer`, which is only right for a buffer outside of Node's pool. */
function graphemes(): typeof import('@xterm/addon-unicode-graphemes').UnicodeGraphemesAddon {
  const poolSize = Buffer.poolSize;
  Buffer.poolSize = 0;
  try {
    return require('@xterm/addon-unicode-graphemes').UnicodeGraphemesAddon;
  } finally {
    Buffer.poolSize = poolSize;
  }
}

export class Emulator {
  readonly term: XTerminal;
  #bytes = 0;

  constructor(columns: number, rows: number, model: WidthModel = 'unicode6') {
    this.term = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 200 });
    if (model === 'unicode11') {
      this.term.loadAddon(new (unicode11())());
      this.term.unicode.activeVersion = '11';
    } else if (model === 'graphemes') this.term.loadAddon(new (graphemes())());
  }

  /** Bytes that were written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Writes and resolves when the emulator has read it all. */
  write(data: string | Uint8Array): Promise<void> {
    this.#bytes += typeof data === 'string' ? Buffer.byteLength(data) : data.length;
    return new Promise(resolve => this.term.write(data, resolve));
  }

  resize(columns: number, rows: number): void {
    this.term.resize(columns, rows);
  }

  /** True while the alternate screen is up. */
  get isAlternate(): boolean {
    return this.term.buffer.active.type === 'alternate';
  }

  /** The rows on the screen, without trailing blanks. */
  get lines(): string[] {
    const buffer = this.term.buffer.active;
    return Array.from(
      { length: this.term.rows },
      (_, y) => buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? '',
    );
  }

  /** The screen as one text. */
  get text(): string {
    return this.lines.join('\n');
  }

  /** Text between two columns of a row, in cells. */
  columns(y: number, from: number, to: number): string {
    const buffer = this.term.buffer.active;
    return buffer.getLine(buffer.baseY + y)?.translateToString(false, from, to) ?? '';
  }

  cell(x: number, y: number): IBufferCell | undefined {
    const buffer = this.term.buffer.active;
    return buffer.getLine(buffer.baseY + y)?.getCell(x);
  }

  /** Text and attributes of every cell, one string a row: equal screens give equal dumps. */
  dump(): string[] {
    const buffer = this.term.buffer.active;
    return Array.from({ length: this.term.rows }, (_, y) => {
      const line = buffer.getLine(buffer.baseY + y);
      let row = '';
      let look = '';
      for (let x = 0; x < this.term.cols; x++) {
        const cell = line?.getCell(x);
        if (!cell) continue;
        const next = cellLook(cell);
        if (next !== look) row += `{${next}}`;
        look = next;
        row += cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
      }
      return row;
    });
  }

  dispose(): void {
    this.term.dispose();
  }
}

/** A cell's attributes as a short text; empty for the plain look. A blank's foreground does not show. */
export function cellLook(cell: IBufferCell): string {
  const isBlank = (cell.getChars() || ' ') === ' ' && !cell.isInverse() && !cell.isUnderline();
  const names: string[] = [];
  if (!isBlank) {
    if (cell.isFgRGB()) names.push(`fg#${cell.getFgColor().toString(16).padStart(6, '0')}`);
    else if (cell.isFgPalette()) names.push(`fg${cell.getFgColor()}`);
    if (cell.isBold()) names.push('bold');
    if (cell.isDim()) names.push('dim');
    if (cell.isItalic()) names.push('italic');
  }
  if (cell.isBgRGB()) names.push(`bg#${cell.getBgColor().toString(16).padStart(6, '0')}`);
  else if (cell.isBgPalette()) names.push(`bg${cell.getBgColor()}`);
  if (cell.isUnderline()) names.push('underline');
  if (cell.isInverse()) names.push('inverse');
  if (cell.isStrikethrough()) names.push('strike');
  return names.join(' ');
}
