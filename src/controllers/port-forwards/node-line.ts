// Keeps an eye on the way to a pod's node while nobody uses a forward: a dead node, or a kubelet that is gone, would be
// seen by the next client only. Nothing in the pod is connected to (see prove-tunnel.ts for why that matters).
import type { KubeClient, PodLine, PodRef } from '../../adapters/kube/port.ts';
import { KubeError } from '../../adapters/kube/port.ts';
import { makeAbortController, onAbort } from '../../base/abort.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';

export interface NodeLineOptions {
  readonly client: Pick<KubeClient, 'holdLine'>;
  readonly clock: Clock;
  readonly pod: PodRef;
  /** The way may be gone. */
  readonly onDoubt: () => void;
  /** It stands again. */
  readonly onBack: () => void;
}

const openMs = 5000;
const firstRetryMs = 250;
const lastRetryMs = 5000;
/** Something on the way may cut connections that say nothing: what lasted less than this shows nothing by its end. */
const shortMs = 3000;
const mostShort = 4;

export class NodeLine implements Disposable {
  readonly #options: NodeLineOptions;
  readonly #stop = makeAbortController();
  #isStarted = false;
  #hasStood = false;
  #failures = 0;
  #short = 0;

  constructor(options: NodeLineOptions) {
    this.#options = options;
  }

  /** Begins, unless that was done. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    void this.#run();
  }

  dispose(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    const { clock, onDoubt } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const problem = await this.#hold();
      if (signal.aborted || this.#isUseless(problem)) return;
      if (!problem) continue;
      // Without a node that ever answered this way, it says nothing that it does not now.
      if (this.#failures++ === 0 && this.#hasStood) onDoubt();
      const waitMs = Math.min(lastRetryMs, firstRetryMs * 2 ** this.#failures);
      await sleep(clock, waitMs, signal).catch(() => {});
    }
  }

  /** Until the line is lost. Gives why there is none, or none that can be had at once. */
  async #hold(): Promise<KubeError | undefined> {
    const { client, clock, pod, onBack, onDoubt } = this.#options;
    const { signal } = this.#stop;
    try {
      const line = await client.holdLine(pod, { signal, timeoutMs: openMs });
      const beganMs = clock.monotonic();
      this.#hasStood = true;
      if (this.#failures > 0) onBack();
      this.#failures = 0;
      const lost = await this.#until(line);
      this.#short = clock.monotonic() - beganMs < shortMs ? this.#short + 1 : 0;
      // Who is told that the connection is over asks again first; who hears nothing cannot be sure of anything.
      if (lost?.reason === 'Timeout') onDoubt();
      return undefined;
    } catch (error) {
      return error instanceof KubeError ? error : new KubeError(String(error), { code: 0 });
    }
  }

  async #until(line: PodLine): Promise<KubeError | undefined> {
    const { signal } = this.#stop;
    const stopping = onAbort(signal, () => line.dispose());
    const lost = await line.lost;
    stopping.dispose();
    return signal.aborted ? undefined : lost;
  }

  /** The server, a right that is missing, or something on the way does not let such connections be. */
  #isUseless(problem: KubeError | undefined): boolean {
    if (this.#short >= mostShort) return true;
    if (!problem || this.#hasStood) return false;
    return (problem.code >= 200 && problem.code < 500 && problem.code !== 404) || this.#failures >= mostShort;
  }
}
