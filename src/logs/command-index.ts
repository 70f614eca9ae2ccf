// Which lines announce commands that run, and what was applied and deleted: kept as they are written, so that they are
// known at once in a log of any length. Whoever announces something writes it in one piece, so only the beginning of a
// write is looked at, which costs a byte for most.
// Does not: read what the lines say.
import stripAnsi from 'strip-ansi';

/** Announcements that are remembered, the newest; forgotten in steps. */
const maxIds = 4000;
const forgetStep = 1000;
/** More than the longest announcement has before its first own word. */
const headBytes = 64;

/** What a line says that tells of a command, or of objects that were applied and deleted; without colours. */
export const commandAnnouncement =
  /^\s*(?:Running cmd: |(?:local|kubectl|docker|helm): |Objects applied to cluster:$|Deleting kubernetes objects:$|→ )/;

/** The first bytes of those words, and of an arrow. */
const firstBytes: ReadonlySet<number> = new Set([...Buffer.from('RlkdhOD'), 0xe2]);
const [newline, blank, escapeByte] = [10, 32, 0x1b];

export class CommandIndex {
  #ids: number[] = [];

  /** Looks at what a write begins with, whose first segment is a line's beginning and got that id. */
  take(bytes: Buffer, firstId: number): void {
    let at = 0;
    let id = firstId;
    for (; at < bytes.length && isBlank(bytes[at]!); at++) if (bytes[at] === newline) id++;
    const first = bytes[at];
    if (first === undefined || (first !== escapeByte && !firstBytes.has(first))) return;
    if (!announces(bytes.subarray(at, at + headBytes))) return;
    this.#ids.push(id);
    if (this.#ids.length >= maxIds + forgetStep) this.#ids.splice(0, forgetStep);
  }

  /** The newest ones, oldest first. */
  newest(count: number): readonly number[] {
    return count <= 0 ? [] : this.#ids.slice(-count);
  }
}

function isBlank(byte: number): boolean {
  return byte === blank || (byte >= 9 && byte <= 13);
}

function announces(head: Buffer): boolean {
  const end = head.indexOf(newline);
  const text = (end < 0 ? head : head.subarray(0, end)).toString('utf8');
  return commandAnnouncement.test(stripAnsi(text).replace(/\r$/, ''));
}
