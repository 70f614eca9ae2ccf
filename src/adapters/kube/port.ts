// A Kubernetes cluster as this program sees it: requests, watches, logs, tunnels. Objects are plain JSON; fields that
// nobody here knows stay as they are.
// Does not: know a Tiltfile or an API object of ours, decide what to apply, or retry a write by itself.
import type { Disposable } from '../../base/disposable.ts';

export interface KubeOwner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

export interface KubeMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly KubeOwner[];
  readonly finalizers?: readonly string[];
  readonly [field: string]: unknown;
}

/** An object of the cluster. Integers beyond 2^53 are bigints. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubeMeta;
  readonly [field: string]: unknown;
}

/** How the server serves a kind. */
export interface ResourceType {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** `deployments`. */
  readonly plural: string;
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
}

/** Names one object. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** '' or left out: the connection's namespace, for a namespaced kind. */
  readonly namespace?: string;
}

/** What the server, or the way to it, answered to a request that failed. */
export class KubeError extends Error {
  override name = 'KubeError';
  /** HTTP status; 0 when there was no answer at all. */
  readonly code: number;
  /** `NotFound`, `AlreadyExists`, `Conflict`, `Invalid`, `Forbidden`, `Expired` ...; '' when the server did not say. */
  readonly reason: string;
  /** From `Retry-After`. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, facts: { code: number; reason?: string; retryAfterMs?: number; cause?: unknown }) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.reason = facts.reason ?? '';
    this.retryAfterMs = facts.retryAfterMs;
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof KubeError && error.code === 404;
}

/** The server does not know the kind (Tilt's words: `no matches for kind "X" in version "g/v"`). */
export class NoKindMatchError extends KubeError {
  override name = 'NoKindMatchError';

  constructor(apiVersion: string, kind: string) {
    super(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`, {
      code: 404,
      reason: 'NoKindMatch',
    });
  }
}

export interface CallOptions {
  readonly signal: AbortSignal;
  /** Of this request alone; default 30 s. 0: none. */
  readonly timeoutMs?: number;
}

export interface ListOptions extends CallOptions {
  /** Left out: every namespace. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Only metadata (PartialObjectMetadata), for kinds whose content nobody reads. */
  readonly metadataOnly?: boolean;
}

export interface WriteOptions extends CallOptions {
  /** Default `tilt`. */
  readonly fieldManager?: string;
  readonly dryRun?: boolean;
  /** `fieldValidation` of the server: what happens to unknown and double fields. Default `Ignore`. */
  readonly fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

export interface PatchOptions extends WriteOptions {
  readonly type: PatchType;
  /** Takes over fields of others; for `apply` alone. */
  readonly force?: boolean;
}

export interface DeleteOptions extends CallOptions {
  /** Default `Background`. */
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
  /** Deletes that very object, never a later one of its name. */
  readonly uid?: string;
  readonly gracePeriodSeconds?: number;
}

/** What the server says of a deletion that it took. */
export interface Deletion {
  /** Of the object; '' when the server did not say. */
  readonly uid: string;
  /** False while finalizers or a grace period keep the object. */
  readonly isGone: boolean;
}

/** Where a watch looks. Two watches over the same place share one connection. */
export interface WatchPlace {
  readonly apiVersion: string;
  readonly kind: string;
  /** Left out: every namespace. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly metadataOnly?: boolean;
}

/** Level, not edge: the same object may come twice; what is in the cluster when the watch begins comes as `onObject` too. */
export interface WatchListener {
  onObject(object: KubeObject): void;
  /** With the last known state. Comes also for what vanished while the watch was away. */
  onDeleted(object: KubeObject): void;
  /** Everything that existed has been told; again after each time the watch had to list anew. */
  onSynced?(): void;
  /**
   * The watch stands still (`problem`) or goes on (undefined). A missing right, a missing kind, a server that is away.
   * It is tried again with backoff either way.
   */
  onProblem?(problem: KubeError | undefined): void;
}

export interface PodRef {
  readonly namespace: string;
  readonly name: string;
}

export interface LogRequest {
  readonly pod: PodRef;
  readonly container: string;
  readonly follow: boolean;
  /** The instance before the current one. */
  readonly previous?: boolean;
  /** RFC 3339, from that second on (inclusive). */
  readonly sinceTime?: string;
  readonly tailLines?: number;
  /** Every line begins with its time, RFC 3339 with nanoseconds, and a space. */
  readonly timestamps?: boolean;
}

export interface ForwardRequest {
  readonly pod: PodRef;
  /** Port inside the pod. */
  readonly port: number;
  /**
   * Waits this long for the pod to say that nobody listens there, before the dial counts as done. A pod says nothing
   * when somebody does. Default 0: such a refusal rejects `incoming` and writes instead.
   */
  readonly settleMs?: number;
}

export interface ExecRequest {
  readonly pod: PodRef;
  readonly container: string;
  readonly command: readonly string[];
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly onStdout: (chunk: Uint8Array) => void;
  readonly onStderr: (chunk: Uint8Array) => void;
}

export interface TerminalRequest {
  readonly pod: PodRef;
  readonly container: string;
  /** Left out: the container's own process, which must have a terminal (`tty` and `stdin` of its container). */
  readonly command?: readonly string[];
}

/** A terminal in a pod. */
export interface PodTerminal extends Disposable {
  /** Types a text or keys. */
  write(input: string): void;
  resize(size: { readonly columns: number; readonly rows: number }): void;
  /** What the process writes, from its first byte on; for one listener. A piece is good until the call returns. */
  onOutput(listener: (chunk: Uint8Array) => void): Disposable;
  /** It has written something. */
  readonly hasOutput: boolean;
  /** Rejects with KubeError when the command could not run or the way broke off. */
  readonly ended: Promise<{ readonly exitCode: number }>;
}

export interface ServerVersion {
  /** `v1.34.1`. */
  readonly gitVersion: string;
  readonly platform: string;
}

/** One connection. Everything waits at most as long as its signal and its timeout say. */
export interface KubeClient extends Disposable {
  /** Namespace of objects that name none. */
  readonly namespace: string;

  version(options: CallOptions): Promise<ServerVersion>;
  /** `/livez` and `/readyz`; rejects with a sentence when one says no. */
  checkHealth(options: CallOptions): Promise<void>;

  /** How the server serves a kind; asks anew when it does not know it (a CRD may have come). Throws NoKindMatchError. */
  resourceType(apiVersion: string, kind: string, options: CallOptions): Promise<ResourceType>;
  /** Forgets what the server serves; called after a CRD was applied. */
  forgetTypes(): void;

  get(ref: ObjectRef, options: CallOptions): Promise<KubeObject>;
  list(apiVersion: string, kind: string, options: ListOptions): Promise<readonly KubeObject[]>;
  create(object: KubeObject, options: WriteOptions): Promise<KubeObject>;
  /** PUT; with a resourceVersion only over that version. */
  replace(object: KubeObject, options: WriteOptions): Promise<KubeObject>;
  patch(ref: ObjectRef, patch: unknown, options: PatchOptions): Promise<KubeObject>;
  /** Resolves when the server has taken it, which is not yet when the object is gone. */
  delete(ref: ObjectRef, options: DeleteOptions): Promise<Deletion>;
  /** What the caller may do, for words about a missing right. */
  canI(
    question: {
      readonly verb: string;
      readonly group: string;
      readonly resource: string;
      readonly namespace?: string;
      readonly subresource?: string;
    },
    options: CallOptions,
  ): Promise<boolean>;

  /** List and watch, for as long as it is not disposed; listed again after "too old", tried again with backoff after faults. */
  watch(place: WatchPlace, listener: WatchListener): Disposable;

  /** Bytes of one container's log; ends when the container's log ends, or the connection does. Rejects with KubeError. */
  logs(request: LogRequest, options: { readonly signal: AbortSignal }): AsyncIterable<Uint8Array>;
  /** A stream to a port of a pod, one connection each. Rejects with KubeError when the pod does not answer there. */
  dial(request: ForwardRequest, options: { readonly signal: AbortSignal }): Promise<PodStream>;
  /**
   * A connection to the pod's node that carries nothing and connects to nothing in the pod. Resolves when the node has
   * answered. Rejects with KubeError: of a code from 400 to 499 when such a connection is not to be had.
   */
  holdLine(pod: PodRef, options: CallOptions): Promise<PodLine>;
  /** Runs a command in a container and waits for its end. */
  exec(request: ExecRequest, options: { readonly signal: AbortSignal }): Promise<{ readonly exitCode: number }>;
  /** Opens a terminal in a container. Disposing it leaves it, whatever runs there. Rejects with KubeError. */
  openTerminal(request: TerminalRequest, options: { readonly signal: AbortSignal }): Promise<PodTerminal>;
}

/** Both directions of a forwarded connection. */
export interface PodStream extends Disposable {
  write(chunk: Uint8Array): Promise<void>;
  /** Nothing more will be written. */
  end(): void;
  /** Ends when the other side closes; rejects with KubeError when the pod or the way to it fails. */
  readonly incoming: AsyncIterable<Uint8Array>;
}

/** Shows that the way to a pod's node stands. */
export interface PodLine extends Disposable {
  /** Resolves when the way broke off, or the node has not answered for some seconds. */
  readonly lost: Promise<KubeError>;
}

/** What to connect to: options of the command line over the kubeconfig files over the service account of a pod. */
export interface ConnectRequest {
  /** '' : the current context. */
  readonly context: string;
  /** '' : the context's, else `default`. */
  readonly namespace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what a program that gives credentials says while it waits for somebody to log in; whole lines, with their ends. */
  readonly onLogin?: ((text: string) => void) | undefined;
}

/** Facts about a connection, for Cluster.status and the guard. */
export interface KubeFacts {
  /** `in-cluster` for the service account of a pod. */
  readonly context: string;
  readonly cluster: string;
  readonly namespace: string;
  /** `kind`, `k3d`, `minikube`, `docker-desktop` ..., `gke`, `eks`, `unknown` (reference 2.5). */
  readonly product: string;
  readonly server: string;
}

export interface KubeConnection {
  readonly facts: KubeFacts;
  readonly client: KubeClient;
  /**
   * The text of a kubeconfig (YAML) that holds this connection alone: one context, files it refers to as absolute paths,
   * the namespace applied. For child processes, so that a later `use-context` redirects nobody.
   */
  readonly frozenKubeconfig: string;
}

/**
 * Reads the settings and makes a client; nobody is spoken to yet. Rejects with an Error whose message says what is
 * wrong with which file (`Kubernetes context not set in [FILES]` when there is none).
 */
export type ConnectKube = (request: ConnectRequest) => Promise<KubeConnection>;
