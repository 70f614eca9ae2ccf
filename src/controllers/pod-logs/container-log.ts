// Follows the log of one container through all its instances, whatever happens to the connection (reference 4.10, pod
// logs). One place in time is kept for the container: what a node tells twice, of this instance or the one before, is
// recognised by it.
import { isNotFound, type KubeClient, KubeError, type PodRef } from '../../adapters/kube/port.ts';
import { Canceled, type Deferred, makeAbortController, makeDeferred, onAbort } from '../../base/abort.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import { LogResume } from './log-resume.ts';
import { watchSilence } from './silence.ts';

export interface ContainerLogOptions {
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly pod: PodRef;
  readonly container: string;
  /** Lines from before are left out; undefined: none. */
  readonly sinceTime: string | undefined;
  /** Goes before each line. */
  readonly prefix: string;
  /** Lines of the instance with that id. */
  readonly write: (lines: Uint8Array, instanceId: string) => void;
  readonly onChange: () => void;
}

/** What the pod says of the container. */
export interface InstanceFacts {
  /** Id of the current instance; '' before the first. */
  readonly id: string;
  readonly hasEnded: boolean;
  /** Id of the instance before it; '' for none. */
  readonly previousId: string;
}

export interface ContainerLogState {
  readonly active: boolean;
  /** All there is of the current instance was read. */
  readonly isDone: boolean;
  readonly error: string;
}

const firstRetryMs = 1000;
const lastRetryMs = 60_000;
/** A connection that ends well while the container runs is asked again after this time, a while later without news. */
const againMs = 200;
const mostBrokenMs = 5000;
/** What the node keeps of an instance that is over is asked for so often before it is given up. */
const previousTries = 3;

const inotifyWords = 'failed to create fsnotify watcher';
const inotifyHint = `${inotifyWords}: too many open files. Consider adjusting inotify limits: https://kind.sigs.k8s.io/docs/user/known-issues/#pod-errors-due-to-too-many-open-files`;

interface Reading {
  readonly id: string;
  readonly isPrevious: boolean;
  readonly follow: boolean;
  /** As LogResume says. */
  readonly isQuiet: boolean;
}

export class ContainerLog implements Disposable {
  readonly #options: ContainerLogOptions;
  readonly #stop = makeAbortController();
  readonly #resume: LogResume;
  #facts: InstanceFacts = { id: '', hasEnded: false, previousId: '' };
  #changed: Deferred<void> = makeDeferred();
  #state: ContainerLogState = { active: false, isDone: false, error: '' };
  /** The instance that was read to its end last. */
  #finished = '';
  /** The instance whose log was followed until the node said that it is over. */
  #followed = '';
  #failures = 0;
  /** The connection that stands. */
  #reading: AbortController | undefined;
  #isLast = false;
  #isEnding = false;
  readonly #over: Deferred<void> = makeDeferred();

  constructor(options: ContainerLogOptions) {
    this.#options = options;
    this.#resume = new LogResume(options.sinceTime, options.prefix);
    void this.#run().finally(() => this.#over.resolve());
  }

  get state(): ContainerLogState {
    return this.#state;
  }

  /** Reads what there is at this moment, and no more. Resolves when that is done, or cannot be. */
  finish(): Promise<void> {
    if (!this.#isLast) {
      this.#isLast = true;
      this.#reading?.abort(new KubeError('the session ends', { code: 0 }));
      this.#changed.resolve();
    }
    return this.#over.promise;
  }

  /**
   * The pod has left the cluster: what is under way is read to its end, and nothing is asked for again, for another pod
   * may have the name by now. Resolves when that is done.
   */
  end(): Promise<void> {
    this.#isEnding = true;
    this.#changed.resolve();
    return this.#over.promise;
  }

  /** The pod said something new of the container. */
  look(facts: InstanceFacts): void {
    const { id, hasEnded, previousId } = this.#facts;
    if (facts.id === id && facts.hasEnded === hasEnded && facts.previousId === previousId) return;
    this.#facts = facts;
    this.#changed.resolve();
    this.#changed = makeDeferred();
  }

  dispose(): void {
    this.#stop.abort(new Canceled('nobody wants the log any more'));
    this.#changed.resolve();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let current = '';
    while (!signal.aborted && !this.#isEnding) {
      const facts = this.#facts;
      if (facts.id === '' || facts.id === this.#finished) {
        if (this.#isLast) return;
        await this.#changed.promise;
        continue;
      }
      if (facts.id !== current && facts.previousId !== '' && facts.previousId !== this.#finished)
        await this.#finishPrevious(facts.previousId);
      current = facts.id;
      this.#set({ active: true, isDone: false, error: '' });
      const newest = this.#resume.newestTime;
      const wasLast = this.#isLast;
      const follow = !facts.hasEnded && !wasLast;
      const error = await this.#read({ id: facts.id, isPrevious: false, follow, isQuiet: this.#followed === facts.id });
      if (follow && !error) this.#followed = facts.id;
      if (signal.aborted || wasLast || this.#isEnding) return;
      if (error && isNotFound(error)) return this.#set({ active: false, isDone: true, error: '' });
      // What had ended before this read began has been read to its end.
      if (!error && facts.hasEnded) this.#finishInstance(facts.id);
      else if (!this.#isLast) await this.#pause(error, this.#resume.newestTime !== newest);
    }
  }

  #finishInstance(id: string): void {
    this.#finished = id;
    this.#failures = 0;
    this.#set({ active: false, isDone: true, error: '' });
  }

  /** Reads what the node keeps of the instance before the current one. */
  async #finishPrevious(id: string): Promise<void> {
    for (let tries = 0; tries < previousTries && !this.#stop.signal.aborted; tries++) {
      const error = await this.#read({ id, isPrevious: true, follow: false, isQuiet: this.#followed === id });
      if (!error || error instanceof Refusal) break;
      await sleep(this.#options.clock, againMs, this.#stop.signal).catch(() => {});
    }
    this.#finished = id;
  }

  /** A refusal is not repeated often; a connection that broke off, or a server that is away, is tried again soon. */
  async #pause(error: Error | undefined, hasNews: boolean): Promise<void> {
    const isEarly = error !== undefined && isNotStarted(error);
    this.#failures = isEarly || hasNews ? 0 : this.#failures + 1;
    let waitMs = againMs;
    if (this.#failures > 0)
      waitMs =
        !error || isBrokenOff(error)
          ? Math.min(mostBrokenMs, againMs * 2 ** this.#failures)
          : Math.min(lastRetryMs, firstRetryMs * 2 ** (this.#failures - 1));
    // That a connection broke off is no error as long as the next one stands soon.
    const isWorthTelling = error && !isEarly && !(isBrokenOff(error) && this.#failures < 4);
    this.#set({ active: false, isDone: false, error: isWorthTelling ? error.message : '' });
    const { clock } = this.#options;
    await Promise.race([sleep(clock, waitMs, this.#stop.signal).catch(() => {}), this.#changed.promise]);
  }

  #set(state: ContainerLogState): void {
    const { active, isDone, error } = this.#state;
    if (active === state.active && isDone === state.isDone && error === state.error) return;
    this.#state = state;
    this.#options.onChange();
  }

  /** One connection; undefined when it ended well. */
  async #read({ id, isPrevious, follow, isQuiet }: Reading): Promise<Error | undefined> {
    const { client, clock, pod, container, write } = this.#options;
    const { signal } = this.#stop;
    const resume = this.#resume;
    const own = makeAbortController();
    if (follow) this.#reading = own;
    const ending = onAbort(signal, reason => own.abort(reason));
    const deaf = new KubeError('the log went on without being told', { code: 0 });
    const silence = follow
      ? watchSilence({ client, clock, pod, container, newest: () => resume.newestTime }, signal, () => own.abort(deaf))
      : undefined;
    resume.begin({ isQuiet });
    const { sinceTime } = resume;
    try {
      const about = { pod, container, follow, timestamps: true };
      const request = {
        ...about,
        ...(isPrevious ? { previous: true } : {}),
        ...(sinceTime === undefined ? {} : { sinceTime }),
      };
      for await (const chunk of client.logs(request, { signal: own.signal })) {
        silence?.heard();
        const lines = resume.take(chunk);
        if (lines) write(lines, id);
      }
      const last = resume.finish();
      if (last?.toString('latin1', 0, inotifyWords.length) === inotifyWords) return new Error(inotifyHint);
      if (last) write(last, id);
      return undefined;
    } catch (error) {
      return isPrevious && isAnswer(error) ? new Refusal((error as Error).message) : (error as Error);
    } finally {
      this.#reading = undefined;
      silence?.dispose();
      ending.dispose();
    }
  }
}

/** The node has nothing of the instance any more. */
class Refusal extends Error {
  override name = 'Refusal';
}

function isAnswer(error: unknown): boolean {
  return error instanceof KubeError && error.code >= 400 && error.code < 500 && error.code !== 429;
}

/** `container "x" in pod "y" is waiting to start: ...` */
function isNotStarted(error: Error): boolean {
  return error instanceof KubeError && error.code === 400;
}

/** The connection ended without an answer. */
function isBrokenOff(error: Error): boolean {
  return error instanceof KubeError && error.code === 0;
}
