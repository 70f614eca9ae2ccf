// Everything of a session that has to do with clusters, built in the order of its needs: connections, what is applied,
// what is known of it, and the record of what is ours.
import path from 'node:path';
import type { Exec } from '../adapters/exec/port.ts';
import type { ConnectKube, KubeConnection, KubeFacts } from '../adapters/kube/port.ts';
import type { Net } from '../adapters/net/port.ts';
import type { Pod } from '../api/kinds-kubernetes.ts';
import type { Link } from '../api/shared-types.ts';
import { makeAbortController } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { makePipelineLog } from '../build/pipeline-log.ts';
import type { AppliedObject } from '../controllers/applied-objects.ts';
import type { RunBuild } from '../controllers/build-controller.ts';
import { defaultCluster } from '../controllers/cluster-connections.ts';
import { type ClusterController, makeClusterController } from '../controllers/cluster-controller.ts';
import { KubernetesApplyController } from '../controllers/kubernetes-apply-controller.ts';
import { KubernetesDiscoveryController } from '../controllers/kubernetes-discovery-controller.ts';
import { KubernetesRuntimes } from '../controllers/kubernetes-runtimes.ts';
import { PodLogStreamController } from '../controllers/pod-log-stream-controller.ts';
import { KubernetesEvents } from '../controllers/pods/kubernetes-events.ts';
import { LeavingObjects } from '../controllers/pods/leaving-objects.ts';
import { MissingRights } from '../controllers/pods/missing-rights.ts';
import { PodIndexes } from '../controllers/pods/pod-indexes.ts';
import { makePodRolloutLog } from '../controllers/pods/pod-rollout-log.ts';
import { ServiceLinks } from '../controllers/pods/service-links.ts';
import { Workloads } from '../controllers/pods/workloads.ts';
import { PortForwardController } from '../controllers/port-forward-controller.ts';
import type { Controller } from '../controllers/runtime/controller.ts';
import type { LogSink } from '../controllers/runtime/span-log.ts';
import { uiResourceControllerName } from '../controllers/ui-resource-controller.ts';
import { isDevelopmentProduct } from '../domain/kubernetes/cluster-product.ts';
import { isForced } from '../engine/build-reason.ts';
import { claimsOf, type PodObject } from '../engine/pod-of-object.ts';
import { writeFileAtomic } from '../state/atomic-file.ts';
import type { Store } from '../store/port.ts';
import type { ClusterLedger } from './cluster-ledger.ts';

export interface KubernetesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly logs: LogSink;
  readonly exec: Exec;
  readonly net: Net;
  readonly disablesPortForwards: boolean;
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
  /** When the session ends, what pods have written up to then is still told. */
  readonly readsLogsToTheEnd: boolean;
  /** As ClusterDeps says. */
  readonly livesOn: boolean;
  readonly sessionStartMs: number;
  /** Asks a controller to look at a key. */
  readonly enqueue: (controller: string, key: string) => void;
  /** The addresses of a resource are others. */
  readonly onLinksChanged: (resource: string) => void;
}

/** So long at most it takes to read the last lines of pods when the session ends. */
const lastLinesMs = 2000;

/** Where minikube's node ports are open; other clusters' nodes are not reached from here. */
const minikubeTimeoutMs = 10_000;

const noHashes: ReadonlySet<string> = new Set();

function servicesOf(applied: readonly AppliedObject[]): { readonly namespace: string; readonly uid: string }[] {
  return applied.flatMap(({ ref, uid }) =>
    ref.kind === 'Service' && ref.apiVersion === 'v1' ? [{ namespace: ref.namespace || 'default', uid }] : [],
  );
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
  readonly #pods = new PodIndexes();
  readonly #leaving = new LeavingObjects();
  readonly #discoveries: KubernetesDiscoveryController;
  readonly #events: KubernetesEvents;
  readonly #logStreams: PodLogStreamController;
  readonly #forwards: PortForwardController;
  readonly #services: ServiceLinks;
  readonly #workloads: Workloads;
  #freezing: Promise<void> | undefined;
  #kubeconfig: string | undefined;

  constructor(options: KubernetesOptions) {
    this.#options = options;
    const { ledger, folder } = options;
    const rights = new MissingRights(options.logs);
    this.clusters = makeClusterController({
      ...options,
      writeFrozen: (cluster, text) => writeFrozen(folder, cluster, text),
    });
    this.applies = new KubernetesApplyController({
      ...options,
      connections: this.clusters,
      creationsIn: connection => ledger.in(connection),
      leaving: this.#leaving,
      newKinds: new Set(),
      guard: facts => this.#guard(facts),
    });
    this.runtimes = new KubernetesRuntimes({
      ...options,
      filterOf: resource => this.applies.filter(resource),
      displayNamesOf: resource => this.applies.displayNames(resource),
      warningOf: resource => this.#events.warning(resource),
      unboundClaimOf: (resource, pod) => this.#unboundClaim(resource, pod),
      missingPullSecretsOf: uid => this.#events.missingPullSecrets(uid),
      workloadsOf: resource => this.#workloads.trouble(resource),
    });
    this.#discoveries = new KubernetesDiscoveryController({
      ...options,
      connections: this.clusters,
      pods: this.#pods,
      rights,
      templateHashesOf: name => this.applies.filter(name)?.podTemplateHashes ?? noHashes,
      enqueue: name => options.enqueue('kubernetes-discovery', name),
    });
    this.#events = new KubernetesEvents({
      ...options,
      connections: this.clusters,
      rights,
      ownersOf: connection => this.#pods.of(connection).owners,
      onWarning: resource => options.enqueue(uiResourceControllerName, resource),
    });
    this.#workloads = new Workloads({
      ...options,
      connections: this.clusters,
      rights,
      leaving: this.#leaving,
      appliedBy: resource => this.applies.applied(resource),
      onChange: resource => options.enqueue(uiResourceControllerName, resource),
    });
    this.#logStreams = new PodLogStreamController({
      ...options,
      connections: this.clusters,
      pods: this.#pods,
      leaving: this.#leaving,
      enqueue: name => options.enqueue('pod-log-stream', name),
    });
    this.#forwards = new PortForwardController({
      ...options,
      connections: this.clusters,
      pods: this.#pods,
      enqueue: name => options.enqueue('port-forward', name),
    });
    this.#services = new ServiceLinks({
      ...options,
      connections: this.clusters,
      nodeAddress: connection => this.#nodeAddress(connection),
      servicesOf: resource => servicesOf(this.applies.applied(resource)),
      onChange: resource => options.onLinksChanged(resource),
    });
  }

  #unboundClaim(resource: string, { namespace, name }: Pod): string {
    const cluster = this.#options.store.get('KubernetesApply', resource)?.spec?.cluster || defaultCluster;
    const connection = this.clusters.get(cluster);
    const pod = connection && this.#pods.of(connection).byName(namespace, name);
    for (const claim of pod ? claimsOf(pod.object as PodObject) : []) {
      const why = this.#events.unboundClaim(namespace, claim);
      if (why !== undefined) return `claim ${claim}: ${why}`;
    }
    return '';
  }

  /** Addresses that a cluster publishes for a resource. */
  serviceLinks(resource: string): readonly Link[] {
    return this.#services.of(resource);
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
    const rollouts = makePodRolloutLog({ ...this.#options, runtimes: this.runtimes });
    return [
      this.clusters,
      this.applies,
      this.#discoveries,
      rollouts,
      this.#events,
      this.#logStreams,
      this.#forwards,
      this.#services,
      this.#workloads,
    ];
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

  async #nodeAddress({ facts }: KubeConnection): Promise<string | undefined> {
    if (facts.product !== 'minikube') return undefined;
    const { exec, clock, childEnv, dir } = this.#options;
    const timeUp = makeAbortController();
    const timer = clock.after(minikubeTimeoutMs, () => timeUp.abort());
    const output: Buffer[] = [];
    const args = ['minikube', 'ip', '-p', facts.context];
    const child = exec.start(
      { args, dir, env: childEnv(), outputs: 'separate' },
      { signal: timeUp.signal, onOutput: (chunk, stream) => stream === 'stdout' && output.push(Buffer.from(chunk)) },
    );
    const { exitCode } = await child.exited;
    timer.dispose();
    const address = Buffer.concat(output).toString('utf8').trim().split('\n').at(-1);
    return exitCode === 0 && address ? address : undefined;
  }

  /** Ends what runs. Nothing in a cluster is touched. */
  async stop(): Promise<void> {
    const { readsLogsToTheEnd } = this.#options;
    await Promise.all([this.applies.stop(), readsLogsToTheEnd ? this.#logStreams.finish(lastLinesMs) : undefined]);
    for (const part of [this.#services, this.#forwards, this.#logStreams, this.#events, this.#workloads])
      part.dispose();
    for (const part of [this.#discoveries, this.#pods]) part.dispose();
    this.clusters.dispose();
    await this.#options.ledger.close();
  }

  /** Objects that no Tiltfile made go only where they may (reference 2.5, context guard). */
  #guard({ context, product }: KubeFacts): string | undefined {
    if (isDevelopmentProduct(product) || this.#options.allowedContexts().includes(context)) return undefined;
    return `Stop! ${context} might be production.\nIf you're sure you want to deploy there, add:\n\tallow_k8s_contexts('${context}')\nto your Tiltfile. Otherwise, switch k8s contexts and restart Tilt.`;
  }
}
