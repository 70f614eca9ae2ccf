// Samples CPU and memory of the resources' processes while somebody wants to see them, off the way of frames and keys.
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { ScreenHost } from './host.ts';
import type { Message } from './messages.ts';
import type { Model } from './model.ts';
import type { Usage } from './usage.ts';

const periodMs = 2000;

export interface UsageFeedOptions {
  readonly clock: Clock;
  readonly host: Pick<ScreenHost, 'sampleUsage'>;
  readonly model: () => Model;
  readonly send: (message: Message) => void;
}

export class UsageFeed implements Disposable {
  readonly #options: UsageFeedOptions;
  #timer: Disposable | undefined;
  #isOn = false;
  #isSampling = false;
  /** By process: its CPU time when it was looked at last, and when that was. */
  #last = new Map<number, { readonly cpuMs: number; readonly atMs: number }>();

  constructor(options: UsageFeedOptions) {
    this.#options = options;
  }

  /** Begins or ends. The first shares come with the second sample. */
  set(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#last.clear();
    if (!isOn) return;
    this.#timer = this.#options.clock.every(periodMs, () => void this.#sample());
    void this.#sample();
  }

  dispose(): void {
    this.set(false);
  }

  async #sample(): Promise<void> {
    if (this.#isSampling) return;
    this.#isSampling = true;
    const { host, model, clock, send } = this.#options;
    try {
      const pids = new Map(
        model().resources.flatMap(row => (row.pid === undefined ? [] : [[row.name, row.pid] as const])),
      );
      const trees = await host.sampleUsage([...pids.values()]);
      if (!this.#isOn) return;
      const atMs = clock.monotonic();
      const usage = new Map<string, Usage>();
      const next = new Map<number, { readonly cpuMs: number; readonly atMs: number }>();
      for (const [name, pid] of pids) {
        const tree = trees.get(pid);
        if (!tree) continue;
        const before = this.#last.get(pid);
        next.set(pid, { cpuMs: tree.cpuMs, atMs });
        const passedMs = before ? atMs - before.atMs : 0;
        // Processes of the tree that ended take their time along.
        const usedMs = before ? Math.max(0, tree.cpuMs - before.cpuMs) : 0;
        const cpuPercent = passedMs > 0 ? (usedMs / passedMs) * 100 : 0;
        usage.set(name, { cpuPercent, residentBytes: tree.residentBytes });
      }
      this.#last = next;
      send({ kind: 'usage', usage });
    } catch {
      // A sample that failed is left out; the next one is as good.
    } finally {
      this.#isSampling = false;
    }
  }
}
