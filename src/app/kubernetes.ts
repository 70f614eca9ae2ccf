// Everything of a session that has to do with clusters, built in the order of its needs: connections, what is applied,
// what is known of it, and the record of what is ours.
import path from 'node:path';
import type { Exec } from '../adapters/exec/port.ts';
import type { ConnectKube, KubeFacts } from '../adapters/kube/port.ts';
import type { Clock } from '../base/clock.ts';
import { makePipelineLog } from '../build/pipeline-log.ts';
import type { RunBuild } from '../controllers/build-controller.ts';
import { defaultCluster } from '../controllers/cluster-connections.ts';
import { type ClusterController, makeClusterController } from '../controllers/cluster-controller.ts';
import { KubernetesApplyController } from '../controllers/kubernetes-apply-controller.ts';
import { KubernetesRuntimes } from '../controllers/kubernetes-runtimes.ts';
import type { Controller } from '../controllers/runtime/controller.ts';
import type { LogSink } from '../controllers/runtime/span-log.ts';
import { isDevelopmentProduct } from '../domain/kubernetes/cluster-product.ts';
import { isForced } from '../engine/build-reason.ts';
import { writeFileAtomic } from '../state/atomic-file.ts';
import type { Store } from '../store/port.ts';
import type { ClusterLedger } from './cluster-ledger.ts';

export interface KubernetesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly logs: LogSink;
  readonly exec: Exec;
  readonly connect: ConnectKube;
  /** The live environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of child processes. */
  readonly childEnv: () => Record<string, string>;
  /** Folder for commands that name none. */
  readonly dir: string;
  /** For kubeconfigs that children use; of this session alone. */
  readonly folder: string;
  readonly ledger: ClusterLedger;
  /** `--context` and `--namespace`, '' when not given. */
  readonly request: { readonly context: string; readonly namespace: string };
  /** Whether there is a kubeconfig file, or the process runs in a pod. */
  readonly hasKubeconfig: () => boolean;
  /** Contexts that the Tiltfile allows beside those for development. */
  readonly allowedContexts: () => readonly string[];
  readonly hasColor: boolean;
}

async function writeFrozen(folder: string, cluster: string, text: string): Promise<string> {
  const file = path.join(folder, 'cluster', `${cluster}.yml`);
  writeFileAtomic(file, text);
  return file;
}

export class KubernetesSide {
  readonly clusters: ClusterController;
  readonly applies: KubernetesApplyController;
  readonly runtimes: KubernetesRuntimes;
  readonly #options: KubernetesOptions;
  #freezing: Promise<void> | undefined;
  #kubeconfig: string | undefined;

  constructor(options: KubernetesOptions) {
    this.#options = options;
    const { ledger, folder } = options;
    this.clusters = makeClusterController({
      ...options,
      writeFrozen: (cluster, text) => writeFrozen(folder, cluster, text),
    });
    this.applies = new KubernetesApplyController({
      ...options,
      connections: this.clusters,
      creationsIn: connection => ledger.in(connection),
      newKinds: new Set(),
      guard: facts => this.#guard(facts),
    });
    this.runtimes = new KubernetesRuntimes({
      ...options,
      filterOf: resource => this.applies.filter(resource),
      displayNamesOf: resource => this.applies.displayNames(resource),
    });
  }

  /** What every child process gets as KUBECONFIG; undefined when nothing is configured, or before freeze() is done. */
  get kubeconfig(): string | undefined {
    return this.#kubeconfig;
  }

  /**
   * Copies the connection that the command line and the kubeconfig files mean now, so that a later `use-context`
   * redirects no command of this session. Does nothing where no cluster is configured.
   */
  freeze(): Promise<void> {
    this.#freezing ??= this.#freeze();
    return this.#freezing;
  }

  async #freeze(): Promise<void> {
    const { connect, request, env, folder, hasKubeconfig } = this.#options;
    if (!hasKubeconfig()) return;
    try {
      const { client, frozenKubeconfig } = await connect({ ...request, env });
      client.dispose();
      this.#kubeconfig = await writeFrozen(folder, defaultCluster, frozenKubeconfig);
    } catch {
      // Nothing to freeze: who needs a cluster is told by the Cluster object what is wrong.
    }
  }

  /** In the order in which they are to be asked. */
  controllers(): readonly Controller[] {
    return [this.clusters, this.applies];
  }

  /** One update of a resource that deploys to a cluster. */
  readonly build: RunBuild = async (manifest, { reasons, log, signal }) => {
    const { name } = manifest.metadata;
    const { triggerMode } = manifest.spec!;
    const { clock, hasColor } = this.#options;
    const force = isForced(reasons, triggerMode);
    const frame = makePipelineLog(text => log.write(text), { clock, total: force ? 2 : 1, hasColor });
    const run = { log: (line: string) => frame.line(line), signal };
    if (force) {
      frame.step('Force update');
      await this.applies.forceDelete(name, run);
    }
    frame.step('Deploying');
    const { error } = await this.applies.apply(name, run);
    if (error !== undefined) return { error };
    frame.done();
    return {};
  };

  /** Ends what runs. Nothing in a cluster is touched. */
  async stop(): Promise<void> {
    await this.applies.stop();
    this.clusters.dispose();
    await this.#options.ledger.close();
  }

  /** Objects that no Tiltfile made go only where they may (reference 2.5, context guard). */
  #guard({ context, product }: KubeFacts): string | undefined {
    if (isDevelopmentProduct(product) || this.#options.allowedContexts().includes(context)) return undefined;
    return `Stop! ${context} might be production.\nIf you're sure you want to deploy there, add:\n\tallow_k8s_contexts('${context}')\nto your Tiltfile. Otherwise, switch k8s contexts and restart Tilt.`;
  }
}
