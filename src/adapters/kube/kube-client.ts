// The KubeClient port on a real server.
import type { Clock } from '../../base/clock.ts';
import { type Disposable, Scope } from '../../base/disposable.ts';
import { withDeadline } from './deadline.ts';
import { writeBody } from './json-body.ts';
import type { KubeSettings } from './kube-settings.ts';
import type { Environment } from './kubeconfig-files.ts';
import { readAll } from './listing.ts';
import { execInPod } from './pod-exec.ts';
import { dialPod } from './pod-forward.ts';
import { openPodLine } from './pod-line.ts';
import { readPodLog } from './pod-logs.ts';
import { openPodTerminal } from './pod-terminal.ts';
import {
  type CallOptions,
  type DeleteOptions,
  type Deletion,
  type ExecRequest,
  type ForwardRequest,
  type KubeClient,
  KubeError,
  type KubeObject,
  type ListOptions,
  type LogRequest,
  type ObjectRef,
  type PatchOptions,
  type PatchType,
  type PodLine,
  type PodRef,
  type PodStream,
  type PodTerminal,
  type ResourceType,
  type ServerVersion,
  type TerminalRequest,
  type WatchListener,
  type WatchPlace,
  type WriteOptions,
} from './port.ts';
import { queryOf, resourcePath } from './resource-path.ts';
import { ResourceTypes } from './resource-types.ts';
import { Rest } from './rest.ts';
import { SharedWatches } from './shared-watches.ts';
import { Transport } from './transport.ts';
import { WakeNotice } from './wake-notice.ts';

const defaultManager = 'tilt';
const healthTimeoutMs = 10_000;

const patchContent: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

export interface ClientDeps {
  readonly clock: Clock;
  readonly env: Environment;
  readonly onLogin?: ((text: string) => void) | undefined;
}

/** Nobody is spoken to until something is asked. */
export function makeKubeClient(settings: KubeSettings, deps: ClientDeps): KubeClient {
  return new RealKubeClient(settings, deps);
}

class RealKubeClient implements KubeClient {
  readonly namespace: string;
  readonly #scope = new Scope();
  readonly #transport: Transport;
  readonly #rest: Rest;
  readonly #types: ResourceTypes;
  readonly #wake: WakeNotice;
  readonly #watches: SharedWatches;

  constructor(settings: KubeSettings, deps: ClientDeps) {
    const { clock } = deps;
    this.namespace = settings.facts.namespace;
    this.#transport = this.#scope.add(new Transport(settings, deps));
    this.#rest = new Rest(this.#transport, clock);
    this.#types = new ResourceTypes(this.#rest);
    this.#wake = this.#scope.add(new WakeNotice(clock));
    this.#watches = this.#scope.add(new SharedWatches({ rest: this.#rest, types: this.#types, wake: this.#wake }));
  }

  async version(options: CallOptions): Promise<ServerVersion> {
    const { gitVersion = '', platform = '' } = (await this.#rest.json('/version', options)) as Partial<ServerVersion>;
    return { gitVersion, platform };
  }

  async checkHealth(options: CallOptions): Promise<void> {
    const whole = { ...options, timeoutMs: options.timeoutMs ?? healthTimeoutMs };
    await this.#transport.ready(options.signal);
    await withDeadline(this.#rest.clock, 'health of the cluster', whole, async signal => {
      await this.#ask('/livez', 'cluster did not pass liveness check', signal);
      await this.#ask('/readyz', 'cluster not ready', signal);
    });
  }

  resourceType(apiVersion: string, kind: string, options: CallOptions): Promise<ResourceType> {
    return this.#types.find(apiVersion, kind, options);
  }

  forgetTypes(): void {
    this.#types.forget();
    this.#watches.retryNow();
  }

  async get(ref: ObjectRef, options: CallOptions): Promise<KubeObject> {
    return (await this.#rest.json(await this.#path(ref, options), options)) as KubeObject;
  }

  async list(apiVersion: string, kind: string, options: ListOptions): Promise<readonly KubeObject[]> {
    let objects: KubeObject[] = [];
    await readAll({ rest: this.#rest, types: this.#types }, { ...options, apiVersion, kind }, options, {
      onObject: object => objects.push(object),
      onRestart() {
        objects = [];
      },
    });
    return objects;
  }

  async create(object: KubeObject, options: WriteOptions): Promise<KubeObject> {
    const { apiVersion, kind, metadata } = object;
    const type = await this.#types.find(apiVersion, kind, options);
    const path = resourcePath(type, metadata.namespace || this.namespace) + writeQuery(options);
    return this.#write('POST', path, object, options);
  }

  async replace(object: KubeObject, options: WriteOptions): Promise<KubeObject> {
    const { apiVersion, kind, metadata } = object;
    const ref = { apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? '' };
    return this.#write('PUT', (await this.#path(ref, options)) + writeQuery(options), object, options);
  }

  async patch(ref: ObjectRef, patch: unknown, options: PatchOptions): Promise<KubeObject> {
    const force = options.type === 'apply' && options.force ? { force: true } : {};
    const path = (await this.#path(ref, options)) + writeQuery(options, force);
    return this.#write('PATCH', path, patch, options, patchContent[options.type]);
  }

  async delete(ref: ObjectRef, options: DeleteOptions): Promise<Deletion> {
    const body = {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: options.propagation ?? 'Background',
      ...(options.uid === undefined ? {} : { preconditions: { uid: options.uid } }),
      ...(options.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: options.gracePeriodSeconds }),
    };
    const answer = await this.#write('DELETE', await this.#path(ref, options), body, options);
    // A Status says that the object is gone, and which it was; an object that stays for a while comes itself.
    const details = answer['details'] as { readonly uid?: string } | undefined;
    const isGone = answer.kind === 'Status';
    return { isGone, uid: (isGone ? details?.uid : answer.metadata?.uid) ?? '' };
  }

  async canI(question: Parameters<KubeClient['canI']>[0], options: CallOptions): Promise<boolean> {
    const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview' };
    const body = { ...review, metadata: {}, spec: { resourceAttributes: question } };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const answer = (await this.#write('POST', path, body, options)) as unknown as {
      readonly status?: { readonly allowed?: boolean };
    };
    return answer.status?.allowed === true;
  }

  watch(place: WatchPlace, listener: WatchListener): Disposable {
    return this.#watches.add(place, listener);
  }

  logs(request: LogRequest, { signal }: { readonly signal: AbortSignal }): AsyncIterable<Uint8Array> {
    return readPodLog(request, { rest: this.#rest, wake: this.#wake, signal });
  }

  dial(request: ForwardRequest, { signal }: { readonly signal: AbortSignal }): Promise<PodStream> {
    return dialPod(request, { transport: this.#transport, clock: this.#rest.clock, wake: this.#wake, signal });
  }

  holdLine(pod: PodRef, options: CallOptions): Promise<PodLine> {
    return openPodLine(pod, { transport: this.#transport, clock: this.#rest.clock }, options);
  }

  exec(request: ExecRequest, { signal }: { readonly signal: AbortSignal }): Promise<{ readonly exitCode: number }> {
    return execInPod(request, { transport: this.#transport, clock: this.#rest.clock, wake: this.#wake, signal });
  }

  openTerminal(request: TerminalRequest, { signal }: { readonly signal: AbortSignal }): Promise<PodTerminal> {
    return openPodTerminal(request, { transport: this.#transport, clock: this.#rest.clock, wake: this.#wake, signal });
  }

  dispose(): void {
    this.#scope.dispose();
  }

  /** A server that does not let us ask is there all the same. */
  async #ask(path: string, words: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#rest.text(path, { signal, timeoutMs: 0 });
    } catch (error) {
      if (!(error instanceof KubeError) || error.code === 403 || error.code === 404) return;
      if (error.code < 500) throw error;
      throw new KubeError(`${words}: ${error.message}`, { code: error.code, reason: error.reason, cause: error });
    }
  }

  async #path(ref: ObjectRef, options: CallOptions): Promise<string> {
    const type = await this.#types.find(ref.apiVersion, ref.kind, options);
    return resourcePath(type, ref.namespace || this.namespace, ref.name);
  }

  async #write(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    options: CallOptions,
    contentType = 'application/json',
  ): Promise<KubeObject> {
    const headers = { 'Content-Type': contentType };
    return (await this.#rest.send({ method, path, headers, body: writeBody(body) }, options)) as KubeObject;
  }
}

function writeQuery(options: WriteOptions, more: Readonly<Record<string, boolean>> = {}): string {
  return queryOf({
    fieldManager: options.fieldManager ?? defaultManager,
    fieldValidation: options.fieldValidation ?? 'Ignore',
    dryRun: options.dryRun ? 'All' : undefined,
    ...more,
  });
}
