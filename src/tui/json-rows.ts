// A line of JSON as several rows, with the looks of names and values. What stands before the JSON is the first row.
import { textWidth } from '../base/text-width.ts';
import type { Style } from '../terminal/style.ts';
import type { StyledLine, StyledRun } from '../terminal/styled-line.ts';

export interface JsonRows {
  /** All rows one behind the other. */
  readonly styled: StyledLine;
  /** Columns at which the rows begin. */
  readonly starts: readonly number[];
}

/** Longer lines stay as they are. */
const maxJsonLength = 200_000;
const maxRows = 2000;
const keyStyle: Style = Object.freeze({ bold: true });
const plain: Style = Object.freeze({});

/** The rows of a line that is, or ends in, a JSON object or array; undefined for others. `text` has no colours. */
export function jsonRows(text: string): JsonRows | undefined {
  const at = text.search(/[[{]/);
  if (at < 0 || text.length > maxJsonLength || !/[\]}]\s*$/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(at));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return undefined;
  const prefix = text.slice(0, at).trimEnd();
  const rows = JSON.stringify(value, null, 2).split('\n').slice(0, maxRows);
  return assemble(prefix === '' ? rows : [prefix, ...rows]);
}

function assemble(rows: readonly string[]): JsonRows {
  const runs: StyledRun[] = [];
  const starts: number[] = [];
  let column = 0;
  let text = '';
  const add = (part: string, style: Style): void => {
    if (part === '') return;
    const width = textWidth(part);
    runs.push({ text: part, style, width });
    column += width;
    text += part;
  };
  for (const row of rows) {
    // Control characters are escapes in JSON; others that have no cell are left out.
    const clean = row.replace(/[\x7f-\x9f]/g, '');
    starts.push(column);
    const [, indent = '', key = '', rest = clean] = /^(\s*)("(?:[^"\\]|\\.)*": )(.*)$/.exec(clean) ?? [];
    add(indent, plain);
    add(key, keyStyle);
    add(rest, plain);
  }
  return { styled: { runs, text, width: column }, starts };
}
