// Samples CPU and memory of the resources' processes and pods while somebody wants to see them, off the way of frames and keys.
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { ScreenHost } from './host.ts';
import type { Message } from './messages.ts';
import type { Model } from './model.ts';
import type { Usage } from './usage.ts';

const periodMs = 2000;
/** Clusters measure every 15 s or so; who asks more often hears the same again. */
const podPeriodMs = 10_000;

export interface UsageFeedOptions {
  readonly clock: Clock;
  readonly host: Pick<ScreenHost, 'sampleUsage' | 'samplePods'>;
  readonly model: () => Model;
  readonly send: (message: Message) => void;
}

export class UsageFeed implements Disposable {
  readonly #options: UsageFeedOptions;
  #timer: Disposable | undefined;
  #isOn = false;
  #isSampling = false;
  #isAsking = false;
  #askedMs = Number.NEGATIVE_INFINITY;
  /** By `NAMESPACE/POD`, as the cluster said last. */
  #pods: ReadonlyMap<string, Usage> = new Map();
  #podProblem: string | undefined;
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
    this.#pods = new Map();
    this.#podProblem = undefined;
    this.#askedMs = Number.NEGATIVE_INFINITY;
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
    const { host, model, clock } = this.#options;
    void this.#askCluster();
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
      this.#tell(usage);
    } catch {
      // A sample that failed is left out; the next one is as good.
    } finally {
      this.#isSampling = false;
    }
  }

  /** Pods take their time: nobody waits for them. */
  async #askCluster(): Promise<void> {
    const { host, model, clock } = this.#options;
    const namespaces = [...new Set(model().resources.flatMap(row => row.pods.map(pod => pod.namespace)))];
    if (this.#isAsking || namespaces.length === 0 || clock.monotonic() - this.#askedMs < podPeriodMs) return;
    this.#isAsking = true;
    this.#askedMs = clock.monotonic();
    const { context = '', configPath = '' } = model().surroundings.cluster ?? {};
    try {
      this.#pods = await host.samplePods({ context, configPath }, namespaces);
      this.#podProblem = undefined;
    } catch (error) {
      this.#pods = new Map();
      this.#podProblem = (error as Error).message;
    } finally {
      this.#isAsking = false;
    }
  }

  #tell(processes: ReadonlyMap<string, Usage>): void {
    const { model, send } = this.#options;
    const byResource = new Map(processes);
    for (const { name, pods } of model().resources) {
      const known = pods.flatMap(pod => this.#pods.get(`${pod.namespace}/${pod.name}`) ?? []);
      if (known.length > 0) byResource.set(name, sum(known));
    }
    send({ kind: 'usage', usage: { byResource, podProblem: this.#podProblem } });
  }
}

function sum(usages: readonly Usage[]): Usage {
  let [cpuPercent, residentBytes] = [0, 0];
  for (const usage of usages) {
    cpuPercent += usage.cpuPercent;
    residentBytes += usage.residentBytes;
  }
  return { cpuPercent, residentBytes };
}
