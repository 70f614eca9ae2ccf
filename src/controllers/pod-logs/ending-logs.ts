// Logs that nobody asks for any more, of pods on their way out: what a pod says while it ends still belongs to the
// resource that it was of. Each is read until its pod is gone, and for no longer than the pod's grace period allows.
import type { KubeObject } from '../../adapters/kube/port.ts';
import { makeAbortController } from '../../base/abort.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { KnownPod } from '../pods/pod-index.ts';
import type { ContainerLog } from './container-log.ts';

/** A log that ends with its pod. */
export interface EndingLog extends Disposable {
  /** Of the pod. */
  readonly uid: string;
  readonly containers: readonly Pick<ContainerLog, 'end' | 'finish'>[];
  /** The pod as the cluster has it; undefined when it is gone. */
  current(): KnownPod | undefined;
  /** Tells the containers' logs what the pod says now. */
  look(pod: KnownPod): void;
}

/** A pod whose owner was deleted is told to go within this time, or it was not meant; a busy cluster takes its time. */
const noticeMs = 60_000;
/** A node may need a little longer than the grace period that it gives. */
const overtimeMs = 30_000;
const defaultGraceMs = 30_000;
/** What was under way when the pod left has this long to arrive. */
const restMs = 5000;

/** How long a pod is waited for that was told to go. */
function patienceMs({ metadata: { deletionGracePeriodSeconds } }: KubeObject): number {
  const isKnown = typeof deletionGracePeriodSeconds === 'number';
  return (isKnown ? deletionGracePeriodSeconds * 1000 : defaultGraceMs) + overtimeMs;
}

interface Ending<Log> {
  readonly log: Log;
  patience: Disposable;
  isTold: boolean;
  isGone: boolean;
}

export class EndingLogs<Log extends EndingLog> implements Disposable {
  readonly #clock: Clock;
  /** By the pod that they are of. */
  readonly #endings = new Map<string, Set<Ending<Log>>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Reads the log to its end, then disposes of it. */
  add(log: Log): void {
    const patience = this.#clock.after(noticeMs, () => this.#drop(ending));
    const ending: Ending<Log> = { log, patience, isTold: false, isGone: false };
    this.#endings.set(log.uid, (this.#endings.get(log.uid) ?? new Set()).add(ending));
    this.#look(ending);
  }

  /** There is news of the pod with that uid. */
  look(uid: string): void {
    for (const ending of this.#endings.get(uid) ?? []) this.#look(ending);
  }

  /** Gives back a log of a pod that is not gone yet, for somebody asks for it again. */
  takeBack(isWanted: (log: Log) => boolean): Log | undefined {
    const ending = this.#all().find(({ log, isGone }) => !isGone && isWanted(log));
    if (ending) this.#forget(ending);
    return ending?.log;
  }

  /** All that are being read. */
  logs(): Log[] {
    return this.#all().map(({ log }) => log);
  }

  dispose(): void {
    for (const ending of this.#all()) this.#drop(ending);
  }

  #all(): Ending<Log>[] {
    return [...this.#endings.values()].flatMap(endings => [...endings]);
  }

  #look(ending: Ending<Log>): void {
    if (ending.isGone) return;
    const pod = ending.log.current();
    if (!pod || pod.isDeleted) {
      ending.isGone = true;
      void this.#readRest(ending);
      return;
    }
    ending.log.look(pod);
    if (ending.isTold || pod.object.metadata.deletionTimestamp === undefined) return;
    ending.isTold = true;
    ending.patience.dispose();
    ending.patience = this.#clock.after(patienceMs(pod.object), () => this.#drop(ending));
  }

  async #readRest(ending: Ending<Log>): Promise<void> {
    const enough = makeAbortController();
    const read = Promise.all(ending.log.containers.map(container => container.end()));
    await Promise.race([read, sleep(this.#clock, restMs, enough.signal).catch(() => {})]);
    enough.abort();
    this.#drop(ending);
  }

  #drop(ending: Ending<Log>): void {
    this.#forget(ending);
    ending.log.dispose();
  }

  #forget(ending: Ending<Log>): void {
    ending.patience.dispose();
    const endings = this.#endings.get(ending.log.uid);
    endings?.delete(ending);
    if (endings?.size === 0) this.#endings.delete(ending.log.uid);
  }
}
