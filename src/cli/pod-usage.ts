// CPU and memory of pods, from the metrics that a cluster serves where somebody has installed them (metrics.k8s.io).
import { type KubeClient, KubeError, NoKindMatchError } from '../adapters/kube/port.ts';
import { makeAbortController } from '../base/abort.ts';
import type { Disposable } from '../base/disposable.ts';
import type { ClusterPlace } from '../tui/menu-item.ts';
import { type PodMetrics, podUsage } from '../tui/pod-metrics.ts';
import type { Usage } from '../tui/usage.ts';

const askTimeoutMs = 5000;

export class PodUsageReader implements Disposable {
  readonly #env: Readonly<Record<string, string | undefined>>;
  /** The connection, and to where it is; one cluster is asked at a time. */
  #open: { readonly key: string; readonly client: KubeClient } | undefined;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  /** By `NAMESPACE/POD`. Rejects with a sentence: there are none, no right, the cluster is away. */
  async read(cluster: ClusterPlace, namespaces: readonly string[]): Promise<ReadonlyMap<string, Usage>> {
    const client = await this.#client(cluster);
    const { signal } = makeAbortController();
    const found = new Map<string, Usage>();
    try {
      for (const namespace of namespaces) {
        const options = { namespace, signal, timeoutMs: askTimeoutMs };
        for (const item of await client.list('metrics.k8s.io/v1beta1', 'PodMetrics', options)) {
          const metrics = item as unknown as PodMetrics;
          found.set(`${namespace}/${metrics.metadata.name}`, podUsage(metrics));
        }
      }
    } catch (error) {
      throw new Error(whyNone(error));
    }
    return found;
  }

  dispose(): void {
    this.#open?.client.dispose();
    this.#open = undefined;
  }

  async #client({ context, configPath }: ClusterPlace): Promise<KubeClient> {
    const key = JSON.stringify([context, configPath]);
    if (this.#open?.key === key) return this.#open.client;
    // Who does not look at it does not load what speaks to a cluster.
    const { connectKube } = await import('../adapters/kube/index.ts');
    const env = configPath === '' ? this.#env : { ...this.#env, KUBECONFIG: configPath };
    const { client } = await connectKube({ context, namespace: '', env });
    this.#open?.client.dispose();
    this.#open = { key, client };
    return client;
  }
}

function whyNone(error: unknown): string {
  if (error instanceof NoKindMatchError) return 'the cluster has no metrics-server (metrics.k8s.io)';
  if (error instanceof KubeError && error.code === 403) return `no right to read them: ${error.message}`;
  if (error instanceof KubeError && error.code === 503) return 'the metrics-server of the cluster does not answer';
  return (error as Error).message;
}
