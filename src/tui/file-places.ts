// Places in files that lines name: `src/main.ts:3:7`, `/a/b.go:42 +0x1d`, `File "x.py", line 5`. Found, not checked: whether
// there is such a file is the host's to look at.

export interface FilePlace {
  /** As the line has it; may be relative. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column?: number | undefined;
}

const python = /File "([^"]+)", line (\d+)/g;
const colons =
  /((?:[A-Za-z]:)?[\w@~./\\+-]*[\w@+-]\.[A-Za-z][\w]{0,9}|(?:[\w@~.+-]*\/)*(?:Tiltfile|Dockerfile|Makefile)[\w.-]*):(\d{1,7})(?::(\d{1,5}))?/g;
const parens = /((?:[A-Za-z]:)?[\w@~./\\+-]*[\w@+-]\.[A-Za-z][\w]{0,9})\((\d{1,7}),(\d{1,5})\)/g;
const maxPlaces = 10;

/** The places that a text names, in its order. Addresses and times are none. */
export function findFilePlaces(text: string): FilePlace[] {
  const clean = text.replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, ' ').slice(0, 20_000);
  const found: [index: number, place: FilePlace][] = [];
  for (const regex of [python, colons, parens]) {
    for (const match of clean.matchAll(regex)) {
      const [, file = '', line = '', column] = match;
      if (isHost(file)) continue;
      found.push([match.index, { file, line: Number(line), ...(column ? { column: Number(column) } : {}) }]);
    }
  }
  return found
    .sort(([a], [b]) => a - b)
    .slice(0, maxPlaces)
    .map(([, place]) => place);
}

/** `example.com:443` and `10.0.0.1:80` are no files. */
function isHost(file: string): boolean {
  return /^[\d.]+$/.test(file) || (!file.includes('/') && /\.(?:com|org|net|io|dev|local|svc|internal)$/i.test(file));
}
