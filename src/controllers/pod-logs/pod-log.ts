// The log of one pod: those of its containers.
import type { KubeConnection, PodRef } from '../../adapters/kube/port.ts';
import type { ContainerLogStreamStatus, PodLogStreamSpec } from '../../api/kinds-kubernetes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { ContainerStatus, PodObject } from '../../engine/pod-of-object.ts';
import type { KnownPod, PodIndex } from '../pods/pod-index.ts';
import type { LogSink } from '../runtime/span-log.ts';
import { ContainerLog, type InstanceFacts } from './container-log.ts';
import { RestartSpans } from './restart-spans.ts';

export interface PodLogOptions {
  readonly clock: Clock;
  readonly connection: KubeConnection;
  readonly index: PodIndex;
  readonly spec: PodLogStreamSpec;
  /** Where the lines go. */
  readonly spanId: string;
  readonly resource: string;
  readonly logs: LogSink;
  /** The state of a container's log is another one. */
  readonly onChange: () => void;
}

export class PodLog implements Disposable {
  readonly place: PodRef;
  readonly #options: PodLogOptions;
  readonly #specText: string;
  readonly #use: Disposable;
  readonly #containers = new Map<string, ContainerLog>();
  readonly #spans: RestartSpans;
  #uid = '';

  constructor(options: PodLogOptions) {
    const { spec, connection, index } = options;
    this.#options = options;
    this.#spans = new RestartSpans(options);
    this.#specText = JSON.stringify(spec);
    this.place = { namespace: spec.namespace ?? connection.client.namespace, name: spec.pod ?? '' };
    this.#use = index.use(this.place.namespace);
  }

  /** Of the pod; '' before it was seen. */
  get uid(): string {
    return this.#uid;
  }

  get spanId(): string {
    return this.#options.spanId;
  }

  get containers(): readonly ContainerLog[] {
    return [...this.#containers.values()];
  }

  /** True when it is what `spec` asks for. */
  follows(spec: PodLogStreamSpec, connection: KubeConnection): boolean {
    return this.#options.connection === connection && this.#specText === JSON.stringify(spec);
  }

  /** The pod that is read, as the cluster has it; undefined when it is gone. */
  current(): KnownPod | undefined {
    const pod = this.newest();
    return pod?.object.metadata.uid === this.#uid ? pod : undefined;
  }

  /** The pod that has the name now. */
  newest(): KnownPod | undefined {
    return this.#options.index.byName(this.place.namespace, this.place.name);
  }

  /** Why there is no pod, or none is known; undefined while nobody can say. */
  get problem(): string | undefined {
    const { index } = this.#options;
    const { namespace, name } = this.place;
    const problem = index.problem(namespace);
    if (problem) return problem.message;
    // Before all pods were told, nobody knows that it is not there.
    return index.isSynced(namespace) ? `pod not found: ${namespace}/${name}` : undefined;
  }

  /** Tells each container's log what the pod says; one that is new begins. */
  look(pod: KnownPod): void {
    this.#uid = pod.object.metadata.uid ?? '';
    const { inits, runs } = containersOf(pod.object as PodObject, this.#options.spec);
    for (const [i, status] of [...inits, ...runs].entries()) {
      this.#spans.look(status);
      let container = this.#containers.get(status.name);
      if (!container) {
        const prefix = i < inits.length || runs.length > 1 ? `[${status.name}] ` : '';
        container = this.#begin(status.name, prefix);
        this.#containers.set(status.name, container);
      }
      container.look(instanceFacts(status, pod.isDeleted));
    }
  }

  /** How reading goes, container by container. */
  statuses({ object }: KnownPod): ContainerLogStreamStatus[] {
    const { inits, runs } = containersOf(object as PodObject, this.#options.spec);
    return [...inits, ...runs].map(({ name }) => {
      const state = this.#containers.get(name)?.state;
      return {
        name,
        ...(state?.active ? { active: true } : {}),
        ...(state?.isDone ? { terminated: true } : {}),
        ...(state?.error ? { error: state.error } : {}),
      };
    });
  }

  dispose(): void {
    for (const container of this.#containers.values()) container.dispose();
    this.#use.dispose();
  }

  #begin(container: string, prefix: string): ContainerLog {
    const { connection, clock, spec, onChange } = this.#options;
    let toldError = '';
    const containerLog = new ContainerLog({
      client: connection.client,
      clock,
      pod: this.place,
      container,
      sinceTime: spec.sinceTime,
      prefix,
      write: (lines, instanceId) => this.#spans.of(instanceId).write(lines),
      onChange: () => {
        const { error } = containerLog.state;
        if (error !== '' && error !== toldError)
          this.#spans.own.write(`Error streaming ${this.place.name} logs: ${error}\n`);
        toldError = error;
        onChange();
      },
    });
    return containerLog;
  }
}

function instanceFacts(status: ContainerStatus, isDeleted: boolean): InstanceFacts {
  const { containerID = '', state = {}, lastState, restartCount = 0 } = status;
  // Between two instances the state is waiting, and the id that of the one that ended.
  const isBetween = state.running === undefined && restartCount > 0;
  const last = lastState?.terminated?.containerID ?? '';
  return {
    id: containerID,
    hasEnded: isDeleted || state.terminated !== undefined || (isBetween && last === containerID),
    previousId: last === containerID ? '' : last,
  };
}

/** The containers whose logs are wanted. */
function containersOf(
  { status = {} }: PodObject,
  { onlyContainers = [], ignoreContainers = [] }: PodLogStreamSpec,
): { readonly inits: readonly ContainerStatus[]; readonly runs: readonly ContainerStatus[] } {
  const isWanted = ({ name }: ContainerStatus): boolean =>
    onlyContainers.length > 0 ? onlyContainers.includes(name) : !ignoreContainers.includes(name);
  return {
    inits: (status.initContainerStatuses ?? []).filter(isWanted),
    runs: (status.containerStatuses ?? []).filter(isWanted),
  };
}
