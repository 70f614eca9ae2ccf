// Keys that an object of a JSON text has twice: JSON.parse keeps the later one without a word.

interface Level {
  /** Undefined in a list. */
  readonly keys: Set<string> | undefined;
  /** Where this object or list stands: `spec.args[2]`. */
  readonly path: string;
  /** Of the value that is being read. */
  member: string;
  index: number;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

/** The path of each key that comes a second time, in their order. `text` has to be JSON. */
export function secondKeys(text: string): readonly string[] {
  const found: string[] = [];
  const open: Level[] = [];
  for (const match of text.matchAll(token)) {
    const [word] = match;
    const level = open.at(-1);
    if (word === '{' || word === '[')
      open.push({ keys: word === '{' ? new Set() : undefined, path: level ? level.member : '', member: '', index: 0 });
    else if (word === '}' || word === ']') open.pop();
    else if (word === ',') enterNext(level);
    else if (level?.keys && isKey(text, match.index + word.length)) enterKey(level, word, found);
    const inside = open.at(-1);
    if (word === '[' && inside) inside.member = `${inside.path}[0]`;
  }
  return found;
}

function enterNext(level: Level | undefined): void {
  if (!level || level.keys) return;
  level.index++;
  level.member = `${level.path}[${level.index}]`;
}

function enterKey(level: Level, word: string, found: string[]): void {
  const key = JSON.parse(word) as string;
  level.member = level.path === '' ? key : `${level.path}.${key}`;
  if (level.keys!.has(key)) found.push(level.member);
  level.keys!.add(key);
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (' \n\r\t'.includes(text[at] ?? 'x')) at++;
  return text[at] === ':';
}
