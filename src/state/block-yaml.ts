// The little YAML that kubeconfig files are written in: block mappings, block lists and plain or quoted scalars.
// The whole of YAML costs a library and its start-up time; a text that uses more than this is left to it.

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** Thrown inside when the text uses YAML that is not read here. */
class Beyond extends Error {}

/** The value of `text`, or undefined when it uses YAML beyond blocks and scalars. */
export function parseBlockYaml(text: string): { readonly value: unknown } | undefined {
  try {
    const lines = toLines(text);
    if (lines.length === 0) return { value: null };
    const reader = new BlockReader(lines);
    const value = reader.readBlock(lines[0]!.indent);
    return reader.isAtEnd ? { value } : undefined;
  } catch (error) {
    if (error instanceof Beyond) return undefined;
    throw error;
  }
}

function toLines(text: string): Line[] {
  const lines: Line[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\r$/, '');
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    if (trimmed === '---' && lines.length === 0) continue;
    if (/^\s*\t/.test(line) || /^(---|\.\.\.|%)/.test(line)) throw new Beyond();
    lines.push({ indent: line.length - line.trimStart().length, text: trimmed });
  }
  return lines;
}

class BlockReader {
  #lines: Line[];
  #at = 0;

  constructor(lines: Line[]) {
    this.#lines = lines;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#lines.length;
  }

  readBlock(indent: number): unknown {
    const line = this.#lines[this.#at]!;
    if (line.text === '-' || line.text.startsWith('- ')) return this.#readList(indent);
    const value = splitEntry(line.text) ? this.#readMapping(indent) : undefined;
    if (value) return value;
    this.#at++;
    return readScalar(line.text);
  }

  #readList(indent: number): unknown[] {
    const items: unknown[] = [];
    for (let line = this.#lines[this.#at]; line?.indent === indent; line = this.#lines[this.#at]) {
      if (line.text !== '-' && !line.text.startsWith('- ')) break;
      const rest = line.text.slice(1).trimStart();
      if (rest === '') {
        this.#at++;
        items.push(this.#readNested(indent));
        continue;
      }
      // What follows the dash is a block that is indented by the dash and the spaces behind it.
      const inner = indent + line.text.length - rest.length;
      this.#lines[this.#at] = { indent: inner, text: rest };
      items.push(this.readBlock(inner));
    }
    return items;
  }

  #readMapping(indent: number): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    for (let line = this.#lines[this.#at]; line?.indent === indent; line = this.#lines[this.#at]) {
      const entry = splitEntry(line.text);
      if (!entry) throw new Beyond();
      this.#at++;
      entries.push([entry.key, entry.rest === '' ? this.#readNested(indent, true) : readScalar(entry.rest)]);
    }
    return Object.fromEntries(entries);
  }

  /** The block below a line, or null when there is none. A list may stand at the indent of its key. */
  #readNested(indent: number, maySitBeside = false): unknown {
    const next = this.#lines[this.#at];
    if (next && next.indent > indent) return this.readBlock(next.indent);
    const isList = next?.text === '-' || next?.text.startsWith('- ');
    return maySitBeside && isList && next?.indent === indent ? this.readBlock(indent) : null;
  }
}

function splitEntry(text: string): { key: string; rest: string } | undefined {
  const match = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'&*!|>%@`{[,#?-][^#]*?):(?:\s+(.*))?$/.exec(text);
  if (!match) return undefined;
  const key = readScalar(match[1]!);
  return { key: String(key), rest: match[2] ?? '' };
}

function readScalar(text: string): unknown {
  if (text.startsWith('"')) {
    // Only escapes that JSON has too.
    if (!/^"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*"$/.test(text)) throw new Beyond();
    return JSON.parse(text);
  }
  if (text.startsWith("'")) {
    if (!/^'(?:[^']|'')*'$/.test(text)) throw new Beyond();
    return text.slice(1, -1).replaceAll("''", "'");
  }
  if (text === '{}') return {};
  if (text === '[]') return [];
  if (/^[&*!|>%@`{[]/.test(text) || / #/.test(text) || /: |:$/.test(text)) throw new Beyond();
  if (/^(null|Null|NULL|~)$/.test(text)) return null;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  return /^-?(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/** Writes plain JSON as block YAML with keys in order of their names, as Tilt and kubectl write these files. */
export function writeBlockYaml(value: unknown): string {
  return `${blockLines(value, '').join('\n')}\n`;
}

function blockLines(value: unknown, indent: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(item => {
      if (isFlat(item)) return [`${indent}- ${flat(item)}`];
      const [first, ...rest] = blockLines(item, `${indent}  `);
      return [`${indent}- ${first!.slice(indent.length + 2)}`, ...rest];
    });
  }
  const entries = Object.entries(value as Record<string, unknown>).filter(([, v]) => v !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.flatMap(([key, item]) => {
    if (isFlat(item)) return [`${indent}${scalarText(key)}: ${flat(item)}`];
    // A list stands at the indent of its key.
    return [`${indent}${scalarText(key)}:`, ...blockLines(item, Array.isArray(item) ? indent : `${indent}  `)];
  });
}

function isFlat(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function flat(value: unknown): string {
  if (Array.isArray(value)) return '[]';
  if (typeof value === 'object' && value !== null) return '{}';
  return typeof value === 'string' ? scalarText(value) : String(value);
}

function scalarText(text: string): string {
  const isPlain = /^[A-Za-z0-9_./(][A-Za-z0-9_./()@+=~-]*(:[A-Za-z0-9_./()@+=~-]+)*$/.test(text);
  const readsAsOther = /^(null|true|false|yes|no|on|off|y|n|[-+.]?[0-9][0-9._:eExXoOa-fA-F+-]*)$/i.test(text);
  return isPlain && !readsAsOther ? text : JSON.stringify(text);
}
