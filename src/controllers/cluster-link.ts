// The connection behind one Cluster object, from the first attempt to its end: connecting, trying again by itself, and
// looking every 15 s whether the cluster is well (reference 3.1).
// Does not: know the object or write its status; it says when something changed.
import { type ConnectKube, type KubeConnection, KubeError } from '../adapters/kube/port.ts';
import type { ClusterStatus } from '../api/kinds-kubernetes.ts';
import { formatMicroTime } from '../api/meta.ts';
import { makeAbortController } from '../base/abort.ts';
import { type Clock, sleep } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { type ClusterFacts, readClusterFacts } from './cluster-facts.ts';

export interface LinkRequest {
  readonly context: string;
  readonly namespace: string;
}

export interface LinkDeps {
  readonly clock: Clock;
  readonly connect: ConnectKube;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Keeps the kubeconfig of this connection for child processes and gives its path. */
  readonly writeFrozen: (text: string) => Promise<string>;
  readonly localhostIsIpv4: () => Promise<boolean>;
  /** The session lives on when the cluster cannot be reached, and people are told so. */
  readonly livesOn: boolean;
  /** As ConnectRequest says. */
  readonly onLogin: (text: string) => void;
  readonly onConnected: (facts: ClusterFacts) => void;
  /** The status is another one. */
  readonly onChange: () => void;
}

const healthMs = 15_000;
const healthTimeoutMs = 10_000;
/** One bad moment is no broken cluster. */
const failuresUntilError = 4;
/** Nor is one bad answer no cluster: a `ci` ends with the first error. Tried so often without a word, this far apart. */
const quietTries = 3;
const quietMs = 300;
const retryMs = { first: 1000, most: 15_000 };

export class ClusterLink implements Disposable {
  readonly #request: LinkRequest;
  readonly #deps: LinkDeps;
  readonly #stop = makeAbortController();
  #connection: KubeConnection | undefined;
  #status: ClusterStatus = {};

  /** Begins at once. */
  constructor(request: LinkRequest, deps: LinkDeps) {
    this.#request = request;
    this.#deps = deps;
    void this.#run();
  }

  /** Undefined until it stands. */
  get connection(): KubeConnection | undefined {
    return this.#connection;
  }

  get status(): ClusterStatus {
    return this.#status;
  }

  dispose(): void {
    this.#stop.abort();
    this.#connection?.client.dispose();
    this.#connection = undefined;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    try {
      for (let failures = 0; !this.#connection; failures++) {
        if (failures > 0) await sleep(this.#deps.clock, retryDelayMs(failures), signal);
        await this.#connect(signal, failures === 0 ? quietTries : 0);
      }
      await this.#lookAfter(this.#connection, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** `tries`: how often a passing fault is met with another try before it is an error. */
  async #connect(signal: AbortSignal, tries: number): Promise<void> {
    const { connect, env, onLogin, clock, writeFrozen, localhostIsIpv4 } = this.#deps;
    let connection: KubeConnection | undefined;
    try {
      connection = await connect({ ...this.#request, env, onLogin });
      const [facts, configPath] = await Promise.all([
        readClusterFacts(connection, { signal, localhostIsIpv4 }),
        writeFrozen(connection.frozenKubeconfig),
      ]);
      signal.throwIfAborted();
      this.#connection = connection;
      this.#status = connectedStatus(connection, facts, { configPath, atMs: clock.now() });
      this.#deps.onConnected(facts);
      this.#deps.onChange();
    } catch (error) {
      connection?.client.dispose();
      signal.throwIfAborted();
      if (tries > 0 && isPassing(error)) {
        await sleep(clock, quietMs, signal);
        return this.#connect(signal, tries - 1);
      }
      this.#fail(connectWords(error, this.#deps.livesOn));
    }
  }

  /** Until the signal aborts. */
  async #lookAfter({ client }: KubeConnection, signal: AbortSignal): Promise<never> {
    for (let failures = 0; ; ) {
      try {
        await client.checkHealth({ signal, timeoutMs: healthTimeoutMs });
        failures = 0;
        this.#recover();
      } catch (error) {
        signal.throwIfAborted();
        failures++;
        if (failures >= failuresUntilError) this.#fail((error as Error).message);
      }
      await sleep(this.#deps.clock, healthMs, signal);
    }
  }

  #fail(error: string): void {
    if (this.#status.error === error) return;
    this.#status = { ...this.#status, error };
    this.#deps.onChange();
  }

  #recover(): void {
    const { error, ...status } = this.#status;
    if (error === undefined) return;
    this.#status = status;
    this.#deps.onChange();
  }
}

/** True for what a server, or something before it, answers in a bad moment; one that does not listen is away. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof KubeError)) return false;
  return error.code === 429 || error.code >= 500 || /reset by peer|closed by peer|broke off/.test(error.message);
}

function retryDelayMs(failures: number): number {
  return Math.min(retryMs.most, retryMs.first * 2 ** (failures - 1));
}

function connectWords(error: unknown, livesOn: boolean): string {
  const words = error instanceof Error ? error.message : String(error);
  const outlook = livesOn ? '\nTilt tries again by itself until it works.' : '';
  return `Tilt encountered an error connecting to your Kubernetes cluster:\n\t${words}${outlook}`;
}

function connectedStatus(
  { facts }: KubeConnection,
  { version, arch, registry }: ClusterFacts,
  { configPath, atMs }: { readonly configPath: string; readonly atMs: number },
): ClusterStatus {
  const { context, namespace, cluster, product } = facts;
  return {
    arch,
    ...(registry ? { registry } : {}),
    connectedAt: formatMicroTime(atMs),
    version,
    connection: { kubernetes: { context, namespace, cluster, product, configPath } },
  };
}
