// Keeps the rows in step with the client's objects: only what changed is made anew, once per turn of the event loop.
import type { Client } from '../api/client.ts';
import type { Kind } from '../api/kinds.ts';
import type { Pod } from '../api/kinds-kubernetes.ts';
import type { Cmd } from '../api/kinds-local.ts';
import type { Disposable } from '../base/disposable.ts';
import { makeResourceRow, type ResourceRow, type RowPod } from './resource-row.ts';

/** Objects that have the name of their resource and tell of it. */
const relatedKinds: readonly Kind[] = ['BuildState', 'KubernetesDiscovery', 'KubernetesApply', 'Manifest'];

function rowPod({ name, namespace, containers }: Pod): RowPod {
  const running = containers.map(({ name: container, state }) => ({
    name: container,
    isRunning: state.running !== null,
  }));
  return { name, namespace, containers: running };
}

const serveName = /^(.*)-serve-(\d+)$/;

export class ResourceFeed implements Disposable {
  readonly #client: Client;
  readonly #send: (rows: readonly ResourceRow[]) => void;
  readonly #rows = new Map<string, ResourceRow>();
  /** By resource: the number of its newest process. */
  readonly #processes = new Map<string, number>();
  readonly #listening: Disposable;

  constructor(client: Client, send: (rows: readonly ResourceRow[]) => void) {
    this.#client = client;
    this.#send = send;
    this.#listening = client.onChange(keys => this.#onChange(keys));
  }

  /** Reads everything; the first look. */
  start(): void {
    for (const cmd of this.#client.list('Cmd')) this.#takeCmd(cmd.metadata.name);
    for (const resource of this.#client.list('UIResource')) this.#remake(resource.metadata.name);
    this.#tell();
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #onChange(keys: ReadonlyMap<Kind, ReadonlySet<string>>): void {
    const names = new Set(keys.get('UIResource') ?? []);
    for (const name of keys.get('Cmd') ?? []) {
      const resource = this.#takeCmd(name);
      if (resource !== undefined) names.add(resource);
    }
    for (const kind of relatedKinds) for (const name of keys.get(kind) ?? []) names.add(name);
    if (names.size === 0) return;
    for (const name of names) this.#remake(name);
    this.#tell();
  }

  /** Remembers a process; answers the resource it serves. */
  #takeCmd(name: string): string | undefined {
    const [, resource, number] = serveName.exec(name) ?? [];
    if (resource === undefined) return undefined;
    const isThere = this.#client.get('Cmd', name) !== undefined;
    if (isThere) this.#processes.set(resource, Math.max(Number(number), this.#processes.get(resource) ?? 0));
    return resource;
  }

  #process(resource: string): Cmd | undefined {
    const number = this.#processes.get(resource);
    return number === undefined ? undefined : this.#client.get('Cmd', `${resource}-serve-${number}`);
  }

  #remake(name: string): void {
    const resource = this.#client.get('UIResource', name);
    if (!resource) {
      this.#rows.delete(name);
      return;
    }
    const { warnings } = this.#client.logCounts(name);
    const cmd = this.#process(name);
    const isProbed = cmd?.spec?.readinessProbe !== undefined;
    const changes = Object.keys(this.#client.get('BuildState', name)?.status?.pendingFiles ?? {});
    const target = this.#client.get('Manifest', name)?.spec?.target;
    const hasTerminal = target?.kind === 'local' && target.tty === true;
    const pods = this.#client.get('KubernetesDiscovery', name)?.status?.pods?.map(rowPod) ?? [];
    this.#rows.set(
      name,
      makeResourceRow({ resource, process: cmd?.status, isProbed, warnings, changes, pods, hasTerminal }),
    );
  }

  #tell(): void {
    this.#send(
      [...this.#rows.values()].sort((a, b) => Number(b.isTiltfile) - Number(a.isTiltfile) || a.order - b.order),
    );
  }
}
