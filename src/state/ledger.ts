// What sessions of a project created outside of themselves. A line is on the disk before the create call goes out, so
// that whatever happens then, a later session knows what may exist and that it is ours (design, section 2).
// Lines are never changed: `created` opens a record, `done` gives it the uid, `gone` closes it. What existed before is
// `adopted`: known, but never ours to delete.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from './atomic-file.ts';
import { readFileIfAny } from './read-file.ts';

/** What a record is about: enough to find the thing again without the Tiltfile. */
export interface LedgerTarget {
  /** `kubernetes`, `compose`, `image`, `container` ... */
  readonly kind: string;
  /** Facts that name it, for example context, namespace, apiVersion, kind and name. */
  readonly at: Readonly<Record<string, string>>;
  /** The resource it was made for. */
  readonly resource?: string;
}

export interface LedgerRecord {
  readonly id: string;
  readonly session: string;
  readonly atMs: number;
  readonly target: LedgerTarget;
  /** `created`: the call went out and nobody knows how it ended. */
  readonly state: 'created' | 'done' | 'adopted';
  readonly uid?: string;
}

type Line =
  | { op: 'created' | 'adopted'; id: string; session: string; atMs: number; target: LedgerTarget; uid?: string }
  | { op: 'done'; id: string; uid: string }
  | { op: 'gone'; id: string };

/** Records that are still open, oldest first. A last line that was cut by a crash is left out. */
export function readLedger(file: string): readonly LedgerRecord[] {
  const records = new Map<string, LedgerRecord>();
  for (const text of (readFileIfAny(file) ?? '').split('\n')) {
    const line = parseLine(text);
    if (!line) continue;
    if (line.op === 'gone') records.delete(line.id);
    else if (line.op === 'done') {
      const known = records.get(line.id);
      if (known) records.set(line.id, { ...known, state: 'done', uid: line.uid });
    } else {
      const { op, ...rest } = line;
      records.set(line.id, { ...rest, state: op });
    }
  }
  return [...records.values()];
}

function parseLine(text: string): Line | undefined {
  if (text === '') return undefined;
  try {
    const line = JSON.parse(text) as Partial<Line>;
    return typeof line === 'object' && line !== null && typeof line.id === 'string' ? (line as Line) : undefined;
  } catch {
    return undefined;
  }
}

export interface LedgerOptions {
  /** Of the session that writes. */
  readonly session: string;
  readonly now: () => number;
  /** Another session of the project is at work: the file stays the one that it writes to. */
  readonly isShared?: boolean;
}

/** A ledger open for writing. Writes keep their order; each promise resolves when its line is on the disk. */
export class Ledger {
  #file: FileHandle;
  #options: LedgerOptions;
  #last: Promise<unknown> = Promise.resolve();
  /** Lines that go out together with the next write: many objects at once cost one trip to the disk. */
  #waiting: { text: string; readonly done: Promise<void> } | undefined;

  private constructor(file: FileHandle, options: LedgerOptions) {
    this.#file = file;
    this.#options = options;
  }

  /** Opens the ledger, drops closed records from the file, and ends a line that a crash cut. */
  static async open(file: string, options: LedgerOptions): Promise<Ledger> {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    if (!options.isShared) compact(file);
    return new Ledger(await open(file, 'a', 0o600), options);
  }

  /** Call before creating something; resolves with the record's id once the line is safe. */
  async willCreate(target: LedgerTarget): Promise<string> {
    return this.#begin('created', target, undefined);
  }

  /** The thing was there before we came. */
  async adopt(target: LedgerTarget, uid?: string): Promise<string> {
    return this.#begin('adopted', target, uid);
  }

  /** The create call succeeded, and the thing got this uid. */
  created(id: string, uid: string): Promise<void> {
    return this.#append({ op: 'done', id, uid });
  }

  /** The thing is gone, or was never made. */
  gone(id: string): Promise<void> {
    return this.#append({ op: 'gone', id });
  }

  /** Waits for what was written and closes the file. */
  async close(): Promise<void> {
    await this.#last.catch(() => {});
    await this.#file.close();
  }

  async #begin(op: 'created' | 'adopted', target: LedgerTarget, uid: string | undefined): Promise<string> {
    const id = randomUUID();
    const { session, now } = this.#options;
    await this.#append({ op, id, session, atMs: now(), target, ...(uid === undefined ? {} : { uid }) });
    return id;
  }

  #append(line: Line): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    if (this.#waiting) {
      this.#waiting.text += text;
      return this.#waiting.done;
    }
    const done = this.#last.then(async () => {
      const batch = this.#waiting!.text;
      this.#waiting = undefined;
      await this.#file.appendFile(batch);
      await this.#file.datasync();
    });
    this.#waiting = { text, done };
    // One failed write must not fail those behind it.
    this.#last = done.catch(() => {});
    return done;
  }
}

/** Rewrites the file with its open records, when that makes it smaller or its last line was cut. */
function compact(file: string): void {
  const text = readFileIfAny(file);
  if (!text) return;
  const records = readLedger(file);
  const lines = records.map(({ state, ...rest }) =>
    state === 'done'
      ? `${JSON.stringify({ op: 'created', ...rest })}\n${JSON.stringify({ op: 'done', id: rest.id, uid: rest.uid })}\n`
      : `${JSON.stringify({ op: state, ...rest })}\n`,
  );
  if (lines.join('').length === text.length && text.endsWith('\n')) return;
  if (lines.length === 0) fs.rmSync(file, { force: true });
  else writeFileAtomic(file, lines.join(''), { durable: true });
}
