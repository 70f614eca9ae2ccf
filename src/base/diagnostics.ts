// What is said about a person's text: where, what, the line itself, and what to do. Never a stack of ours.

/** A place in a text. Line and column are 1-based; column counts bytes of UTF-8 where a tool says so, else characters. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly at?: Place;
  readonly text: string;
  /** Lines that explain, for example a backtrace, already worded. */
  readonly notes?: readonly string[];
  /** What to do: "did you mean ...". */
  readonly hint?: string;
}

/** `file:line:col`, or the parts that are known. */
export function formatPlace(at: Place): string {
  return at.line > 0 ? `${at.file}:${at.line}:${at.column}` : at.file;
}

/** The source line with a caret under the column, or '' when the line is empty or lies outside the text. */
export function formatFrame(source: string, at: Place): string {
  const line = source.split('\n')[at.line - 1]?.replace(/\r$/, '');
  if (line === undefined || line.trim() === '') return '';
  const shown = line.length > 160 ? line.slice(0, 160) : line;
  const number = String(at.line);
  const before = shown.slice(0, Math.max(0, Math.min(at.column, shown.length + 1) - 1)).replace(/[^\t]/g, ' ');
  return `  ${number} | ${shown}\n  ${' '.repeat(number.length)} | ${before}^`;
}

/** The whole diagnostic as lines; `readSource` gives the text of a file, or undefined. */
export function formatDiagnostic(diagnostic: Diagnostic, readSource: (file: string) => string | undefined): string {
  const { at } = diagnostic;
  const head = at ? `${formatPlace(at)}: ${diagnostic.text}` : diagnostic.text;
  const source = at ? readSource(at.file) : undefined;
  const frame = at && source !== undefined ? formatFrame(source, at) : '';
  const hint = diagnostic.hint ? `hint: ${diagnostic.hint}` : '';
  return [head, frame, ...(diagnostic.notes ?? []), hint].filter(part => part !== '').join('\n');
}
