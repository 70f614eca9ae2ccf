// Looks through the log for the screen: all lines with a text, the next error, all of it for copying. One search at a time;
// a newer one ends the one before.
import type { Client } from '../api/client.ts';
import { Canceled, isCanceled, makeAbortController } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { errorPattern } from '../logs/error-lines.ts';
import type { Effect } from './effects.ts';
import type { Message } from './messages.ts';
import { plainText } from './plain-text.ts';

/** Lines that a search remembers; beyond that they are "more". */
const maxIds = 100_000;
/** Least time between two looks for what came since, in ms. */
const moreMs = 300;
/** More than a clipboard takes. */
const maxCopiedLength = 80_000;
const copyBatchLines = 1000;

export interface LogFinderOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly send: (message: Message) => void;
}

type FindEffect = Extract<Effect, { kind: 'find' }>;
type NearEffect = Extract<Effect, { kind: 'find-near' }>;
type CopyEffect = Extract<Effect, { kind: 'copy-log' }>;

export class LogFinder implements Disposable {
  readonly #options: LogFinderOptions;
  #stopping = makeAbortController();
  #nearStopping = makeAbortController();
  #waiting: Disposable | undefined;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(options: LogFinderOptions) {
    this.#options = options;
  }

  find(effect: FindEffect): void {
    this.stop();
    if (effect.afterId === undefined) {
      void this.#find(effect);
      return;
    }
    const { clock } = this.#options;
    const waitMs = Math.max(0, this.#lastMs + moreMs - clock.monotonic());
    this.#waiting = clock.after(waitMs, () => void this.#find(effect));
  }

  stop(): void {
    this.#waiting?.dispose();
    this.#waiting = undefined;
    this.#stopping.abort(new Canceled('another text is searched for'));
    this.#stopping = makeAbortController();
  }

  /** Looks for the next error or section. */
  near(effect: NearEffect): void {
    this.#nearStopping.abort(new Canceled('somebody goes on'));
    this.#nearStopping = makeAbortController();
    void this.#near(effect, this.#nearStopping.signal);
  }

  /** The text of all lines that pass, as far as a clipboard could take it. */
  async textOf({
    filter,
  }: CopyEffect): Promise<{ readonly text: string; readonly lines: number; readonly isCut: boolean }> {
    const cursor = this.#options.client.openLogs(filter, { at: 'start' });
    const texts: string[] = [];
    let length = 0;
    try {
      for (;;) {
        const lines = await cursor.next(copyBatchLines);
        for (const line of lines) {
          const text = plainText(line);
          texts.push(text);
          length += text.length + 1;
        }
        const isCut = length > maxCopiedLength;
        if (isCut || lines.length === 0) return { text: texts.join('\n'), lines: texts.length, isCut };
      }
    } finally {
      cursor.dispose();
    }
  }

  dispose(): void {
    this.stop();
    this.#nearStopping.abort(new Canceled('the screen is left'));
  }

  async #find({ number, text, filter, afterId }: FindEffect): Promise<void> {
    const { client, clock, send } = this.#options;
    const isMore = afterId !== undefined;
    try {
      const search = { text, filter, maxIds, ...(isMore ? { afterId } : {}) };
      const matches = await client.findLogs(search, { signal: this.#stopping.signal });
      this.#lastMs = clock.monotonic();
      send({ kind: 'found', number, matches, isMore });
    } catch (error) {
      if (!isCanceled(error)) send({ kind: 'not-found', number, problem: messageOf(error) });
    }
  }

  async #near({ generation, goal, filter, fromId }: NearEffect, signal: AbortSignal): Promise<void> {
    const { client, send } = this.#options;
    try {
      const lineId =
        goal.what === 'error'
          ? await this.#nearError({ goal, filter, fromId }, signal)
          : nearest(
              client.logSections(filter.resources).map(({ id }) => id),
              goal.way,
              fromId,
            );
      send({ kind: 'near-found', generation, goal, lineId });
    } catch (error) {
      this.#fail(error);
    }
  }

  async #nearError(
    { goal, filter, fromId }: Pick<NearEffect, 'goal' | 'filter' | 'fromId'>,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const text = { pattern: errorPattern, isRegex: true, isCaseSensitive: true };
    const place = goal.way === 1 ? { afterId: fromId, maxIds } : { beforeId: fromId, maxIds: 1 };
    const { ids } = await this.#options.client.findLogs({ text, orLevel: 'error', filter, ...place }, { signal });
    return ids[0];
  }

  #fail(error: unknown): void {
    if (isCanceled(error)) return;
    this.#options.send({ kind: 'toast', text: `the log cannot be searched: ${messageOf(error)}`, tone: 'error' });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first id behind a line, or the last one before it; ids rise. */
function nearest(ids: readonly number[], way: 1 | -1, fromId: number): number | undefined {
  return way === 1 ? ids.find(id => id > fromId) : ids.findLast(id => id < fromId);
}
