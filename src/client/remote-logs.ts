// A place in the log of another process: pages by line id in both directions, and one stream that says when there is more.
import type { LogCursor, LogFilter, LogLine, LogPlace } from '../api/client.ts';
import { Canceled, isCanceled, makeAbortController } from '../base/abort.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import type { LogQuery } from './log-query.ts';
import type { WebClient } from './web-client.ts';

/** Lines behind an unfinished one that are asked for again with it; beyond that it is taken to stay as it is. */
const maxHeldLines = 1000;

export interface RemoteLogsOptions {
  /** A client whose signal ends with the cursor's: makes a new one for each signal. */
  readonly connect: (signal: AbortSignal) => WebClient;
  readonly filter: LogFilter;
  readonly place: LogPlace;
}

export class RemoteCursor implements LogCursor {
  #client: WebClient;
  #stopping = makeAbortController();
  #filter: LogFilter;
  #start: LogPlace;
  /** The id that the next line forwards has or exceeds; undefined until the first answer. */
  #at: number | undefined;
  /** Text by id of what was given behind the place: unfinished lines, and those that followed them. */
  #given = new Map<number, string>();
  #work: Promise<unknown> = Promise.resolve();
  #more = new Emitter<void>();
  #isFollowing = false;

  constructor({ connect, filter, place }: RemoteLogsOptions) {
    this.#client = connect(this.#stopping.signal);
    this.#filter = filter;
    this.#start = place;
    if (typeof place.at === 'object') this.#at = place.at.lineId;
    else if (place.at === 'start') this.#at = 0;
  }

  next(max: number): Promise<readonly LogLine[]> {
    return this.#inOrder(async () => {
      const limit = max + this.#given.size;
      const { lines, endId } = await this.#page(this.#forwardQuery(limit));
      const fresh = lines.filter(line => this.#given.get(line.id) !== line.text).slice(0, max);
      const isWhole = lines.length < limit && (fresh.length < max || fresh.at(-1) === lines.at(-1));
      const seen = isWhole ? lines : lines.slice(0, lines.indexOf(fresh.at(-1)!) + 1);
      this.#moveBehind(seen, isWhole ? endId : 0);
      return fresh;
    });
  }

  #forwardQuery(limit: number): LogQuery {
    if (this.#at === undefined) return { tail: this.#start.tail ?? 0 };
    // Before the first line there is no line to be behind.
    return this.#at === 0 ? { limit } : { after: this.#at - 1, limit };
  }

  /** Unfinished lines are asked for again, because they grow; what was given of them already is not given twice. */
  #moveBehind(seen: readonly LogLine[], endId: number): void {
    const last = seen.at(-1);
    const end = Math.max(last ? last.id + 1 : (this.#at ?? 0), endId);
    const open = seen.find(line => line.isPartial);
    const isNear = open !== undefined && seen.filter(line => line.id >= open.id).length <= maxHeldLines;
    this.#at = isNear ? open.id : end;
    this.#given = new Map(seen.filter(line => line.id >= this.#at!).map(line => [line.id, line.text]));
  }

  previous(max: number): Promise<readonly LogLine[]> {
    return this.#inOrder(async () => {
      this.#at ??= (await this.#page({ tail: 0 })).endId;
      if (this.#at === 0) return [];
      const { lines } = await this.#page({ before: this.#at, limit: max });
      this.#at = lines[0]?.id ?? 0;
      this.#given.clear();
      return lines;
    });
  }

  onMore(listener: () => void): Disposable {
    if (!this.#isFollowing) void this.#follow();
    return this.#more.on(listener);
  }

  dispose(): void {
    this.#stopping.abort(new Canceled('the log is not read any more'));
  }

  #page(query: LogQuery): ReturnType<WebClient['logPage']> {
    return this.#client.logPage({ ...this.#filter, ...query });
  }

  /** Calls run one after the other: each begins where the last one ended. */
  #inOrder<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#work.then(run);
    this.#work = result.catch(() => {});
    return result;
  }

  /** Reads what is new only to say that there is something. */
  async #follow(): Promise<void> {
    this.#isFollowing = true;
    try {
      let isTold = false;
      for await (const _line of this.#client.logs({ ...this.#filter, tail: 0, follow: true })) {
        if (isTold) continue;
        isTold = true;
        setImmediate(() => {
          isTold = false;
          this.#more.emit();
        });
      }
    } catch (error) {
      // The session is over, which its other connections tell.
      if (!isCanceled(error)) this.#more.emit();
    }
  }
}
