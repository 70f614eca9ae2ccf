// One place of the cluster, followed for good by one connection, for any number of listeners: list, watch from there,
// again and again. Does not: decide who shares it (shared-watches.ts).
import type { IncomingMessage } from 'node:http';
import { isCanceled, makeAbortController, onAbort } from '../../base/abort.ts';
import { sleep } from '../../base/clock.ts';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { Slice } from '../../base/turn.ts';
import { withDeadline } from './deadline.ts';
import { parseBody } from './json-body.ts';
import { answerError, statusError, wayError } from './kube-errors.ts';
import { LineSplitter } from './line-splitter.ts';
import { acceptOf, named, pathOf, readAll } from './listing.ts';
import { KubeError, type KubeObject, type WatchListener, type WatchPlace } from './port.ts';
import { queryOf } from './resource-path.ts';
import type { ResourceTypes } from './resource-types.ts';
import { chunksOf, isGood, type Rest, readText } from './rest.ts';
import { watchDelayMs } from './watch-backoff.ts';

export interface WatchDeps {
  readonly rest: Rest;
  readonly types: ResourceTypes;
}

/** The server ends a watch after this time by itself; it is taken up again where it ended. */
const watchSeconds = { least: 300, more: 300 };
/** A healthy server sends a bookmark every minute or so. Without a byte for this long, the watch is taken up anew. */
const silentMs = 80_000;
const openTimeoutMs = 15_000;
/** A watch that lives shorter than this and ends without an error counts as a failure: nobody spins. */
const shortMs = 1000;
const tooOldAgainMs = 10_000;

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject;
}

/** Ends an attempt to begin anew at once, at the version reached. */
class Renew extends Error {}

/** The version reached is too old for the server; everything is listed again. */
class TooOld extends Error {}

export class PlaceWatch implements Disposable {
  readonly #place: WatchPlace;
  readonly #deps: WatchDeps;
  readonly #listeners = new Set<WatchListener>();
  readonly #known = new Map<string, KubeObject>();
  readonly #stop = makeAbortController();
  #attempt = makeAbortController();
  /** Where to watch from; '' before the first list and after "too old". */
  #version = '';
  #isSynced = false;
  #problem: KubeError | undefined;
  #failures = { count: 0, sinceMs: 0 };
  #tooOldMs = -Infinity;
  /** When the newest bytes came, by the monotonic clock. */
  #heardMs = 0;

  constructor(place: WatchPlace, deps: WatchDeps) {
    this.#place = place;
    this.#deps = deps;
    void this.#run();
  }

  /** A listener that comes late is told what is known, soon and before anything new. */
  add(listener: WatchListener): Disposable {
    let isGone = false;
    queueMicrotask(() => {
      if (isGone || this.#stop.signal.aborted) return;
      this.#listeners.add(listener);
      for (const object of [...this.#known.values()]) call(() => isGone || listener.onObject(object));
      if (this.#isSynced) call(() => isGone || listener.onSynced?.());
      if (this.#problem) call(() => isGone || listener.onProblem?.(this.#problem));
    });
    return toDisposable(() => {
      isGone = true;
      this.#listeners.delete(listener);
    });
  }

  /** Takes the connection up anew without waiting. */
  renew(): void {
    this.#failures = { count: 0, sinceMs: 0 };
    this.#attempt.abort(new Renew());
  }

  /** Goes on at once if it stands still because of a problem. */
  retry(): void {
    if (this.#problem) this.renew();
  }

  dispose(): void {
    this.#listeners.clear();
    this.#stop.abort(new Renew());
    this.#attempt.abort(new Renew());
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#attempt = makeAbortController();
      const { signal } = this.#attempt;
      try {
        if (this.#version === '') await this.#list(signal);
        await this.#follow(signal);
      } catch (error) {
        if (!signal.aborted) await this.#failed(error, signal);
      }
    }
  }

  /** Notes what went wrong and waits as long as it takes; too old is no failure. */
  async #failed(error: unknown, signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps.rest;
    if (error instanceof TooOld) return this.#listAnew(signal);
    const problem = error instanceof KubeError ? error : wayError(`watch of ${this.#place.kind}`, error);
    if (this.#failures.count === 0) this.#failures.sinceMs = clock.monotonic();
    this.#failures.count++;
    this.#tellProblem(problem);
    const { count, sinceMs } = this.#failures;
    const failure = { error: problem, count, failingForMs: clock.monotonic() - sinceMs, random: Math.random() };
    await sleep(clock, watchDelayMs(failure), signal).catch(() => {});
  }

  /** At once, but not again and again: something between us and the server may say so each time. */
  async #listAnew(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps.rest;
    const sinceMs = clock.monotonic() - this.#tooOldMs;
    this.#version = '';
    this.#tooOldMs = clock.monotonic();
    if (sinceMs < tooOldAgainMs) await sleep(clock, shortMs, signal).catch(() => {});
  }

  #works(): void {
    this.#failures = { count: 0, sinceMs: 0 };
    this.#tellProblem(undefined);
  }

  #tellProblem(problem: KubeError | undefined): void {
    if (problem?.message === this.#problem?.message) return;
    this.#problem = problem;
    this.#tell(listener => listener.onProblem?.(problem));
  }

  async #list(signal: AbortSignal): Promise<void> {
    const seen = new Set<string>();
    const version = await readAll(
      this.#deps,
      this.#place,
      { signal },
      {
        onObject: object => {
          seen.add(keyOf(object));
          this.#take(object);
        },
        onRestart: () => seen.clear(),
      },
    );
    for (const [key, object] of [...this.#known]) if (!seen.has(key)) this.#drop(key, object);
    this.#version = version;
    this.#isSynced = true;
    this.#works();
    this.#tell(listener => listener.onSynced?.());
  }

  /** Until the server ends it, which is in order; rejects for anything else. */
  async #follow(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps.rest;
    const response = await this.#open(signal);
    const openedMs = clock.monotonic();
    this.#works();
    const silence = this.#endWhenSilent();
    try {
      await this.#read(response, signal);
    } catch (error) {
      // A connection that breaks is tried again at once; whether that is a problem shows then.
      if (signal.aborted || error instanceof TooOld || !(error instanceof KubeError) || error.code !== 0) throw error;
    } finally {
      silence.dispose();
    }
    if (clock.monotonic() - openedMs < shortMs) await sleep(clock, shortMs, signal);
  }

  async #open(signal: AbortSignal): Promise<IncomingMessage> {
    const { rest, types } = this.#deps;
    const { apiVersion, kind, labelSelector, fieldSelector } = this.#place;
    const type = await types.find(apiVersion, kind, { signal });
    const query = queryOf({
      labelSelector,
      fieldSelector,
      watch: 1,
      allowWatchBookmarks: true,
      resourceVersion: this.#version,
      timeoutSeconds: watchSeconds.least + Math.floor(Math.random() * watchSeconds.more),
    });
    const path = pathOf(type, this.#place) + query;
    const accept = acceptOf(this.#place, 'PartialObjectMetadata');
    const headers = accept === undefined ? {} : { Accept: accept };
    // The time limit is for the beginning of the answer; its end has none.
    const response = await withDeadline(
      rest.clock,
      `watch of ${kind}`,
      { signal, timeoutMs: openTimeoutMs },
      async limited => {
        const whole = makeAbortController();
        const listening = onAbort(limited, reason => whole.abort(reason));
        onAbort(signal, reason => whole.abort(reason));
        const answer = await rest.transport.send({ method: 'GET', path, headers, signal: whole.signal });
        listening.dispose();
        return answer;
      },
    );
    if (isGood(response)) return response;
    const error = answerError(response, await readText(response, signal));
    // Also a version of another time of the cluster, which the server calls a bad request.
    throw error.code === 410 || error.code === 400 ? new TooOld(error.message) : error;
  }

  #endWhenSilent(): Disposable {
    const { clock } = this.#deps.rest;
    this.#heardMs = clock.monotonic();
    return clock.every(silentMs / 8, () => {
      if (clock.monotonic() - this.#heardMs > silentMs) this.#attempt.abort(new Renew());
    });
  }

  async #read(response: IncomingMessage, signal: AbortSignal): Promise<void> {
    const lines = new LineSplitter();
    const slice = new Slice();
    for await (const chunk of chunksOf(response, signal)) {
      this.#heardMs = this.#deps.rest.clock.monotonic();
      for (const line of lines.push(chunk)) {
        this.#event(parseBody(line) as WatchEvent);
        await slice.giveWay();
        signal.throwIfAborted();
      }
    }
  }

  #event({ type, object }: WatchEvent): void {
    if (type === 'ERROR') {
      const error = statusError(object);
      throw error.code === 410 ? new TooOld(error.message) : error;
    }
    if (object.metadata?.resourceVersion) this.#version = object.metadata.resourceVersion;
    if (type === 'BOOKMARK') return;
    const whole = named(object, this.#place);
    if (type === 'DELETED') this.#drop(keyOf(whole), whole);
    else this.#take(whole);
  }

  #take(object: KubeObject): void {
    const key = keyOf(object);
    const before = this.#known.get(key);
    if (before && before.metadata.uid !== object.metadata.uid) this.#drop(key, before);
    else if (before && before.metadata.resourceVersion === object.metadata.resourceVersion) return;
    this.#known.set(key, object);
    this.#tell(listener => listener.onObject(object));
  }

  #drop(key: string, object: KubeObject): void {
    if (!this.#known.delete(key)) return;
    this.#tell(listener => listener.onDeleted(object));
  }

  #tell(how: (listener: WatchListener) => void): void {
    for (const listener of [...this.#listeners]) call(() => this.#listeners.has(listener) && how(listener));
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** A listener that throws has a bug, which surfaces; the watch and the others go on. */
function call(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (isCanceled(error)) return;
    queueMicrotask(() => {
      throw error;
    });
  }
}
