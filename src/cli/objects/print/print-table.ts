// Tables as `get` shows them: what the server says of each object, and what flags add.

import { group } from '../../../api/meta.ts';
import type { KindInfo } from '../../../api/scheme.ts';
import type { Plain } from '../../../domain/yaml/plain.ts';
import { RowAligner } from '../align.ts';
import type { Table, TableRow } from '../object-client.ts';

export interface TableStyle {
  readonly isWide: boolean;
  readonly noHeaders: boolean;
  /** `uiresource.tilt.dev/web` in place of `web`. */
  readonly showsKind: boolean;
  readonly showsLabels: boolean;
  readonly labelColumns: readonly string[];
}

/** Prints the tables of one kind; the header stands above the first. */
export class TablePrinter {
  readonly #info: KindInfo;
  readonly #style: TableStyle;
  readonly #aligner = new RowAligner();
  #hasHeader: boolean;

  constructor(info: KindInfo, style: TableStyle) {
    this.#info = info;
    this.#style = style;
    this.#hasHeader = style.noHeaders;
  }

  print(table: Table): string {
    const shown = table.columns
      .map(({ name, priority }, at) => ({ name, at, isShown: priority === 0 || this.#style.isWide }))
      .filter(column => column.isShown);
    const labels = this.#style.labelColumns;
    const head = [
      ...shown.map(column => column.name),
      ...labels.map(label => label.slice(label.lastIndexOf('/') + 1)),
      ...(this.#style.showsLabels ? ['labels'] : []),
    ];
    const header = this.#hasHeader ? [] : [head.map(name => name.toUpperCase())];
    this.#hasHeader = true;
    return this.#aligner.rows([
      ...header,
      ...table.rows.map(row => [...shown.map(column => this.#cell(row, column.at)), ...this.#labelCells(row)]),
    ]);
  }

  #cell({ cells }: TableRow, at: number): string {
    const text = cellText(cells[at] ?? null);
    const isName = at === 0;
    return isName && this.#style.showsKind ? `${this.#info.singular}.${group}/${text}` : text;
  }

  #labelCells({ object }: TableRow): readonly string[] {
    const labels = (object.metadata['labels'] ?? {}) as Readonly<Record<string, string>>;
    const chosen = this.#style.labelColumns.map(name => (Object.hasOwn(labels, name) ? labels[name]! : ''));
    if (!this.#style.showsLabels) return chosen;
    const all = Object.keys(labels)
      .sort()
      .map(name => `${name}=${labels[name]}`);
    return [...chosen, all.join(',') || '<none>'];
  }
}

/** On one line: what comes behind a line end is left out. */
function cellText(value: Plain): string {
  if (value === null) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  // What a terminal would obey is shown.
  const text = String(value).replaceAll('\x1b', '^[');
  const end = text.search(/[\f\n\r]/);
  return end < 0 ? text : `${text.slice(0, end)}...`;
}
