// Lines as `up --stream`, `ci` and `tilt logs` print them (reference 5.2), and as JSON (5.3).
// A formatter remembers what stands on the last output line and which progress it has printed; it does no I/O.
import type { LogLine } from '../api/client.ts';

export interface LineFormatter {
  /** The text to print for these lines. A line that grew since it was last given is gone on with. */
  format(lines: readonly LogLine[]): string;
  /** What ends the output: a newline if the last line has none. */
  end(): string;
}

export interface StreamFormatOptions {
  /** With exactly one resource selected its lines need no prefix. */
  readonly hasPrefix: boolean;
}

const prefixWidth = 13;
const firstProgressWaitMs = 5000;
const tiltfileResource = '(Tiltfile)';

/** `<name right-aligned to 13> │ `; '' for the Tiltfile and for lines of no resource. */
export function linePrefix(resource: string): string {
  if (resource === '' || resource === tiltfileResource) return '';
  const bytes = Buffer.from(resource);
  if (bytes.length <= prefixWidth) return `${' '.repeat(prefixWidth - bytes.length)}${resource} │ `;
  // Cut between characters, where Tilt may cut inside one.
  let end = prefixWidth - 1;
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end--;
  return `${bytes.toString('utf8', 0, end)}… │ `;
}

interface Unfinished {
  readonly id: number;
  /** The line's text as far as it is printed. */
  readonly printed: string;
}

interface Progress {
  printedAtMs: number;
  waitMs: number;
}

/** What of the line is printed. A `\r` at the end of an unfinished line may prove to be the first half of its `\r\n`. */
function printedPart(printed: string, line: LogLine): string {
  return !line.isPartial && printed === `${line.text}\r` ? line.text : printed;
}

export class StreamFormatter implements LineFormatter {
  #hasPrefix: boolean;
  /** Set while the output's last line has no newline. */
  #open: Unfinished | undefined;
  /** Unfinished lines that others were printed after: what of them was printed. */
  #broken = new Map<string, Unfinished>();
  #progress = new Map<string, Progress>();

  constructor(options: StreamFormatOptions) {
    this.#hasPrefix = options.hasPrefix;
  }

  format(lines: readonly LogLine[]): string {
    let out = '';
    for (const line of lines) {
      if (this.#mayPrint(line)) out += this.#line(line);
    }
    return out;
  }

  end(): string {
    const out = this.#open ? '\n' : '';
    this.#open = undefined;
    return out;
  }

  #line(line: LogLine): string {
    const newline = line.isPartial ? '' : '\n';
    const known = this.#open?.id === line.id ? this.#open : this.#broken.get(line.spanId);
    const before = known?.id === line.id ? printedPart(known.printed, line) : undefined;
    const isGrown = before !== undefined && line.text.startsWith(before);
    const rest = isGrown ? line.text.slice(before.length) : line.text;
    if (this.#open?.id === line.id && isGrown) {
      this.#remember(line);
      return rest + newline;
    }
    if (isGrown && rest === '') {
      // Its last line was ended for another's sake; nothing new came.
      if (!line.isPartial) this.#broken.delete(line.spanId);
      return '';
    }
    const out = `${this.end()}${before === undefined ? this.#head(line) : this.#prefix(line)}${rest}${newline}`;
    this.#remember(line);
    return out;
  }

  /** Before the text of a line that is printed for the first time. */
  #head(line: LogLine): string {
    const prefix = this.#prefix(line);
    const blank = line.buildEvent === 'init' ? `${prefix}\n` : '';
    const word = line.isAnchor ? (line.level === 'error' ? 'ERROR: ' : line.level === 'warn' ? 'WARNING: ' : '') : '';
    return `${blank}${prefix}${word}`;
  }

  #prefix(line: LogLine): string {
    return this.#hasPrefix ? linePrefix(line.resource) : '';
  }

  #remember(line: LogLine): void {
    if (line.isPartial) {
      this.#open = { id: line.id, printed: line.text };
      this.#broken.set(line.spanId, this.#open);
    } else {
      this.#open = undefined;
      this.#broken.delete(line.spanId);
    }
  }

  /** A repeated progress line waits 5 s, then 10 s, 20 s and so on, unless it must be printed. */
  #mayPrint(line: LogLine): boolean {
    if (!line.progressId) return true;
    const key = `${line.spanId}\n${line.progressId}`;
    const known = this.#progress.get(key);
    if (known && !line.progressMustPrint && line.timeMs - known.printedAtMs <= known.waitMs) return false;
    this.#progress.set(key, {
      printedAtMs: line.timeMs,
      waitMs: known ? known.waitMs * 2 : firstProgressWaitMs,
    });
    return true;
  }
}

/** One JSON object a line; an unfinished line waits for its end, or for the end of the output. */
export class JsonFormatter implements LineFormatter {
  #waiting = new Map<number, LogLine>();

  format(lines: readonly LogLine[]): string {
    let out = '';
    for (const line of lines) {
      if (line.isPartial) this.#waiting.set(line.id, line);
      else {
        this.#waiting.delete(line.id);
        out += jsonLine(line);
      }
    }
    return out;
  }

  end(): string {
    const out = [...this.#waiting.values()].map(jsonLine).join('');
    this.#waiting.clear();
    return out;
  }
}

/** The keys and their order are Tilt's; all are always there. */
export function jsonLine(line: LogLine): string {
  const object = {
    time: formatLocalTime(line.timeMs),
    resource: line.resource,
    level: line.level,
    message: line.text,
    spanID: line.spanId,
    progressID: line.progressId ?? '',
    buildEvent: line.buildEvent ?? '',
    source: line.source,
  };
  return `${escapeLikeGo(JSON.stringify(object))}\n`;
}

/** Go's encoder escapes these; a script that compares bytes sees no difference. */
function escapeLikeGo(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** RFC 3339 in whole seconds, local time with its offset. */
function formatLocalTime(timeMs: number): string {
  const offsetMinutes = -new Date(timeMs).getTimezoneOffset();
  const shifted = new Date(timeMs + offsetMinutes * 60_000).toISOString().slice(0, 19);
  if (offsetMinutes === 0) return `${shifted}Z`;
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const size = Math.abs(offsetMinutes);
  return `${shifted}${offsetMinutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}
