// Text with tab stops into columns, as Go's text/tabwriter sets them: a column is a run of lines that have a cell there,
// as wide as its widest cell. The last cell of a line belongs to no column.

export interface Alignment {
  /** Columns between a cell and the next one. */
  readonly padding: number;
  readonly minWidth: number;
}

/** Columns of kubectl's tables. */
export const tableAlignment: Alignment = { padding: 3, minWidth: 6 };
/** Columns of kubectl's descriptions. */
export const describeAlignment: Alignment = { padding: 2, minWidth: 0 };

/** Sets the tabs of a text; every line keeps its end. */
export function alignText(text: string, alignment: Alignment): string {
  const lines = text.split('\n').map(line => line.split('\t'));
  const widths = lines.map(cells => new Array<number>(Math.max(0, cells.length - 1)).fill(0));
  const deepest = Math.max(0, ...widths.map(row => row.length));
  for (let column = 0; column < deepest; column++) setColumn(lines, widths, column, alignment);
  return lines.map((cells, i) => cells.map((cell, j) => padded(cell, widths[i]![j])).join('')).join('\n');
}

/** Gives every run of lines that have this column the width of its widest cell. */
function setColumn(
  lines: readonly (readonly string[])[],
  widths: readonly number[][],
  column: number,
  { padding, minWidth }: Alignment,
): void {
  for (let from = 0; from < lines.length; from++) {
    if (lines[from]!.length - 1 <= column) continue;
    let to = from;
    let width = minWidth;
    for (; to < lines.length && lines[to]!.length - 1 > column; to++)
      width = Math.max(width, cellWidth(lines[to]![column]!) + padding);
    for (let i = from; i < to; i++) widths[i]![column] = width;
    from = to;
  }
}

function cellWidth(cell: string): number {
  return [...cell].length;
}

function padded(cell: string, width: number | undefined): string {
  return width === undefined ? cell : cell + ' '.repeat(Math.max(0, width - cellWidth(cell)));
}

/** A table whose columns keep their widths from one batch of rows to the next, as a watch prints them. */
export class RowAligner {
  readonly #widths: number[] = [];

  /** The lines of a batch. */
  rows(rows: readonly (readonly string[])[]): string {
    for (const row of rows)
      for (const [i, cell] of row.slice(0, -1).entries())
        this.#widths[i] = Math.max(
          this.#widths[i] ?? 0,
          tableAlignment.minWidth,
          cellWidth(cell) + tableAlignment.padding,
        );
    return rows
      .map(row => `${row.map((cell, i) => (i === row.length - 1 ? cell : padded(cell, this.#widths[i]))).join('')}\n`)
      .join('');
  }
}
