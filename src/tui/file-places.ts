// Places in files that lines name: `src/main.ts:3:7`, `/a/b.go:42 +0x1d`, `File "x.py", line 5`. Found, not checked: whether
// there is such a file is the host's to look at.

export interface FilePlace {
  /** As the line has it; may be relative. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column?: number | undefined;
  /** Whose line names it: relative names may be in its folder. '' or left out: nobody's. */
  readonly resource?: string;
}

const python = /File "([^"]+)", line (\d+)/g;
const colons =
  /((?:[A-Za-z]:)?[\w@~./\\+-]*[\w@+-]\.[A-Za-z][\w]{0,9}|(?:[\w@~.+-]*\/)*(?:Tiltfile|Dockerfile|Makefile)[\w.-]*):(\d{1,7})(?::(\d{1,5}))?/g;
const parens = /((?:[A-Za-z]:)?[\w@~./\\+-]*[\w@+-]\.[A-Za-z][\w]{0,9})\((\d{1,7}),(\d{1,5})\)/g;
const maxPlaces = 10;

/** A place and where the text names it, in UTF-16 units. */
export interface PlacedFile {
  readonly place: FilePlace;
  readonly range: readonly [from: number, to: number];
}

/** The places that a text names, in its order. Addresses and times are none. */
export function findPlacedFiles(text: string): PlacedFile[] {
  const clean = text.slice(0, 20_000).replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, address => ' '.repeat(address.length));
  const found: PlacedFile[] = [];
  for (const regex of [python, colons, parens]) {
    for (const match of clean.matchAll(regex)) {
      const [whole, file = '', line = '', column] = match;
      if (isHost(file)) continue;
      const place = { file, line: Number(line), ...(column ? { column: Number(column) } : {}) };
      found.push({ place, range: [match.index, match.index + whole.length] });
    }
  }
  return found.sort((a, b) => a.range[0] - b.range[0]).slice(0, maxPlaces);
}

export function findFilePlaces(text: string): FilePlace[] {
  return findPlacedFiles(text).map(({ place }) => place);
}

/** `example.com:443` and `10.0.0.1:80` are no files. */
function isHost(file: string): boolean {
  return /^[\d.]+$/.test(file) || (!file.includes('/') && /\.(?:com|org|net|io|dev|local|svc|internal)$/i.test(file));
}
