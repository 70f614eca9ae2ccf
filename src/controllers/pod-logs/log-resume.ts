// Reads the log of one container across interrupted connections without a line twice or missing. Every line begins with
// its time; asked for from a whole second on, the node gives the lines of that second again, in the order of its file: as
// many of them are left out as were seen.

const newline = 10;
const space = 32;
const secondLength = 'YYYY-MM-DDTHH:MM:SS'.length;
/** `YYYY-MM-DDTHH:MM:SS.nnnnnnnnn+hh:mm` */
const longestTime = 40;
const mostWords = 100;

export class LogResume {
  /** The newest second of which lines were seen, and how many of them. */
  #second = '';
  #count = 0;
  /** The newest time of any line: what is newer was not seen. */
  #newest = '';
  #skip = 0;
  #isQuiet = false;
  /** What the node said of the container so far. */
  readonly #words = new Set<string>();
  #rest: Buffer = Buffer.alloc(0);
  readonly #prefix: Buffer;
  /** What the whole log begins at; undefined: its beginning. */
  readonly #since: string | undefined;

  /** `prefix` goes before each line. */
  constructor(since: string | undefined, prefix: string) {
    this.#since = since;
    this.#prefix = Buffer.from(prefix);
  }

  /** Since when to ask for the log the next time. */
  get sinceTime(): string | undefined {
    return this.#second === '' ? this.#since : `${this.#second}Z`;
  }

  /** Of the newest line; '' before the first. */
  get newestTime(): string {
    return this.#newest;
  }

  /**
   * A new connection begins. What the old one left of a line comes again. `isQuiet`: nothing is missing, so what the node
   * has to say of the container itself (that its log is gone, most often) is no news.
   */
  begin({ isQuiet = false }: { readonly isQuiet?: boolean } = {}): void {
    this.#isQuiet = isQuiet;
    this.#skip = this.#count;
    this.#rest = Buffer.alloc(0);
  }

  /** Whole new lines of what arrived, without their times; undefined when there are none yet. */
  take(chunk: Uint8Array): Buffer | undefined {
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : Buffer.from(chunk);
    const end = all.lastIndexOf(newline) + 1;
    this.#rest = all.subarray(end);
    return end === 0 ? undefined : this.#lines(all.subarray(0, end));
  }

  /** The last line, when the container wrote no end of it; with one. The connection has ended. */
  finish(): Buffer | undefined {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    return rest.length === 0 ? undefined : this.#lines(Buffer.concat([rest, Buffer.from('\n')]));
  }

  #lines(all: Buffer): Buffer | undefined {
    const parts: Buffer[] = [];
    for (let start = 0; start < all.length; ) {
      const end = all.indexOf(newline, start) + 1;
      const line = this.#line(all.subarray(start, end));
      if (line) {
        if (this.#prefix.length > 0) parts.push(this.#prefix);
        parts.push(line);
      }
      start = end;
    }
    if (parts.length === 0) return undefined;
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }

  #isNews(word: Buffer): boolean {
    if (this.#isQuiet) return false;
    const text = word.toString('latin1');
    if (this.#words.has(text)) return false;
    if (this.#words.size < mostWords) this.#words.add(text);
    return true;
  }

  /** The line without its time, or undefined for one that was seen. */
  #line(line: Buffer): Buffer | undefined {
    const at = line.subarray(0, longestTime).indexOf(space);
    const time = at < 0 ? '' : utcTime(line.toString('latin1', 0, at));
    // What has no time is no line of the container, but a word of the node about it: once is enough.
    if (time === '') return this.#isNews(line) ? line : undefined;
    const second = time.slice(0, secondLength);
    if (this.#skip > 0) {
      if (time <= this.#newest) {
        this.#skip--;
        return undefined;
      }
      // The log was cut meanwhile, and no longer begins as it did.
      this.#skip = 0;
    }
    if (second > this.#second) {
      this.#second = second;
      this.#count = 1;
    } else if (second === this.#second) this.#count++;
    if (time > this.#newest) this.#newest = time;
    return line.subarray(at + 1);
  }
}

/** The time in UTC with nine digits, as one that can be compared as text; '' for what is no time. */
function utcTime(text: string): string {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return '';
  const [, second = '', fraction = '', zone = ''] = match;
  const base = zone === 'Z' ? second : new Date(Date.parse(second + zone)).toISOString().slice(0, secondLength);
  return `${base}.${fraction.padEnd(9, '0')}`;
}
