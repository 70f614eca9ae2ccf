// Reads the log for the pane: once per frame at most, in batches, never line by line. It falls behind on purpose: when
// lines come faster than a person could read and the pane follows, it jumps to the newest ones.
// All reads stand in one line, so that a page fetched for the reader and the live end never miss a line between them.
import type { Client, LogCursor, LogFilter, LogLine, LogPlace } from '../api/client.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { SlowExpressionError } from '../base/limited-regex.ts';
import type { LogStart } from './log-places.ts';
import type { LogView } from './log-query.ts';
import type { Message } from './messages.ts';

/** Lines that a fresh window begins with. */
const tailLines = 400;
/** Lines of one read while someone reads: all of them, they are counted. */
const heldBatchLines = 2000;
/** Screenfuls of one read while the pane follows. More in a frame nobody sees pass: the log runs ahead of us. */
const followScreens = 2;
/** Lines beyond them. */
const spareLines = 20;
const pageLines = 1000;
/** Least time between two reads of the live end, in ms: a frame. */
const readPeriodMs = 33;
/** The same while the log runs ahead: nobody reads text that is another one with every frame. */
const runaheadPeriodMs = 66;

export interface LogFeedOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly send: (message: Message) => void;
  /** True while someone reads and nothing may be skipped. */
  readonly isHeld: () => boolean;
  /** Rows that a screenful may have. */
  readonly rows: () => number;
}

export interface ShowLog {
  readonly generation: number;
  readonly resources?: readonly string[] | undefined;
  /** What of it. */
  readonly view: LogView['filter'];
  readonly from: LogStart;
}

export class LogFeed implements Disposable {
  readonly #options: LogFeedOptions;
  #shown: ShowLog | undefined;
  #live: LogCursor | undefined;
  #timer: Disposable | undefined;
  #hasMore = false;
  /** More lines came than one read takes. */
  #isBehind = false;
  /** Newest line that was given. */
  #lastId = -1;
  #lastReadMs = Number.NEGATIVE_INFINITY;
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: LogFeedOptions) {
    this.#options = options;
  }

  /** Shows another log; what the old one would still send is dropped. */
  show(shown: ShowLog): void {
    this.#close();
    this.#shown = shown;
    const live = this.#open({ at: 'end', tail: shown.from === 'end' ? tailLines : 0 });
    if (typeof shown.from === 'object') {
      this.#around(shown, shown.from.lineId);
      return;
    }
    const { from } = shown;
    this.#inOrder(shown, async () => {
      const lines = from === 'end' ? await live.next(tailLines) : await this.#firstLines();
      const isStart = from === 'start' || lines.length < tailLines;
      if (from === 'end') this.#lastId = lines.at(-1)?.id ?? -1;
      this.#send(shown, {
        kind: 'log-lines',
        generation: shown.generation,
        lines,
        isFresh: true,
        isStart,
        from,
      });
    });
  }

  /** Shows the lines about one of them. */
  #around(shown: ShowLog, lineId: number): void {
    const { generation } = shown;
    this.#inOrder(shown, async () => {
      const before = await this.#readOnce({ lineId }, cursor => cursor.previous(pageLines));
      const after = await this.#readOnce({ lineId }, cursor => cursor.next(pageLines));
      const ends = { isStart: before.length < pageLines, isEnd: after.length < pageLines };
      this.#send(shown, { kind: 'log-around', generation, lineId, lines: [...before, ...after], ...ends });
    });
  }

  /** Fetches lines before `beforeId`. */
  earlier(generation: number, beforeId: number): void {
    const shown = this.#shown;
    if (!shown || shown.generation !== generation) return;
    this.#inOrder(shown, async () => {
      const lines = await this.#readOnce({ lineId: beforeId }, cursor => cursor.previous(pageLines));
      this.#send(shown, { kind: 'log-earlier', generation, lines, isStart: lines.length < pageLines });
    });
  }

  /** Fetches lines after `afterId`. */
  later(generation: number, afterId: number): void {
    const shown = this.#shown;
    if (!shown || shown.generation !== generation) return;
    this.#inOrder(shown, async () => {
      const lines = await this.#readOnce({ lineId: afterId + 1 }, cursor => cursor.next(pageLines));
      this.#send(shown, { kind: 'log-later', generation, lines, isEnd: lines.length < pageLines });
    });
  }

  dispose(): void {
    this.#close();
    this.#shown = undefined;
  }

  #close(): void {
    this.#live?.dispose();
    this.#live = undefined;
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#hasMore = false;
    this.#isBehind = false;
    this.#lastId = -1;
  }

  #filter(): LogFilter {
    const { resources, view } = this.#shown ?? {};
    return { minLevel: 'info', ...view, ...(resources ? { resources } : {}) };
  }

  #open(place: LogPlace): LogCursor {
    this.#live?.dispose();
    const live = this.#options.client.openLogs(this.#filter(), place);
    live.onMore(() => this.#wake());
    this.#live = live;
    return live;
  }

  #firstLines(): Promise<readonly LogLine[]> {
    return this.#readOnce('start', cursor => cursor.next(pageLines));
  }

  async #readOnce(
    at: 'start' | { readonly lineId: number },
    read: (cursor: LogCursor) => Promise<readonly LogLine[]>,
  ): Promise<readonly LogLine[]> {
    const cursor = this.#options.client.openLogs(this.#filter(), { at });
    try {
      return await read(cursor);
    } finally {
      cursor.dispose();
    }
  }

  /** Something was appended: read soon, at most once in a period. */
  #wake(): void {
    this.#hasMore = true;
    if (this.#timer) return;
    const periodMs = this.#isBehind && !this.#options.isHeld() ? runaheadPeriodMs : readPeriodMs;
    const waitMs = Math.max(0, this.#lastReadMs + periodMs - this.#options.clock.monotonic());
    this.#timer = this.#options.clock.after(waitMs, () => this.#readLive());
  }

  #readLive(): void {
    const shown = this.#shown;
    if (!shown) return;
    this.#hasMore = false;
    this.#inOrder(shown, async () => {
      const mayJump = !this.#options.isHeld();
      if (this.#isBehind && mayJump) await this.#jump(shown);
      else {
        const most = mayJump ? this.#mostFollowed() : heldBatchLines;
        const lines = (await this.#live?.next(most)) ?? [];
        this.#isBehind = lines.length === most;
        if (this.#isBehind && mayJump) await this.#jump(shown);
        else this.#sendLive(shown, lines, false);
      }
      this.#timer = undefined;
      this.#lastReadMs = this.#options.clock.monotonic();
      if (this.#hasMore || this.#isBehind) this.#wake();
    });
  }

  /**
   * The log runs ahead: on with its newest lines, so many that a page up stands among them. Those between stay in the log store for who scrolls
   * back. Once a jump meets what was shown before it, we are with it again.
   */
  async #jump(shown: ShowLog): Promise<void> {
    const most = this.#mostFollowed();
    const lines = await this.#open({ at: 'end', tail: most }).next(most);
    if (this.#options.isHeld() && this.#lastId >= 0) {
      // Reading began meanwhile: on from where we were, so that every line that came is counted.
      this.#open({ at: { lineId: this.#lastId + 1 } });
      this.#isBehind = true;
      return;
    }
    this.#isBehind = lines.length === most && lines[0]!.id > this.#lastId + 1;
    this.#sendLive(shown, lines, this.#isBehind);
  }

  #mostFollowed(): number {
    return followScreens * this.#options.rows() + spareLines;
  }

  #sendLive(shown: ShowLog, lines: readonly LogLine[], isFresh: boolean): void {
    const last = lines.at(-1);
    if (!last) return;
    this.#lastId = Math.max(this.#lastId, last.id);
    this.#send(shown, {
      kind: 'log-lines',
      generation: shown.generation,
      lines,
      isFresh,
      isStart: false,
      from: 'end',
    });
  }

  #send(shown: ShowLog, message: Message): void {
    if (this.#shown === shown) this.#options.send(message);
  }

  #inOrder(shown: ShowLog, run: () => Promise<void>): void {
    const guarded = async (): Promise<void> => {
      if (this.#shown === shown) await run();
    };
    this.#work = this.#work.then(guarded);
    this.#work.catch(error => this.#fail(shown, error));
    this.#work = this.#work.catch(() => {});
  }

  #fail(shown: ShowLog, error: unknown): void {
    if (error instanceof SlowExpressionError) {
      this.#send(shown, { kind: 'view-failed', generation: shown.generation, problem: error.message });
      return;
    }
    const text = error instanceof Error ? error.message : String(error);
    this.#options.send({ kind: 'toast', text: `the log cannot be read: ${text}`, tone: 'error' });
  }
}
