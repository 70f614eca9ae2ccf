// What running a Tiltfile gives: everything the rest of the program wants to know of it, as plain JSON-safe data.
// It crosses a thread as one JSON string.
import type { CommandSpec, ManifestSpec } from '../api/kinds-internal.ts';
import type { ApiObject } from '../api/meta.ts';
import type { IgnoreDef } from '../api/shared-types.ts';
import type { Diagnostic } from '../base/diagnostics.ts';
import type { Disposable } from '../base/disposable.ts';

/** Spec of an ImageMap. */
export interface ImageMapSpec {
  readonly selector: string;
  readonly matchExact?: boolean;
  readonly matchInEnvVars?: boolean;
  readonly overrideCommand?: { readonly command: readonly string[] };
  readonly overrideArgs?: { readonly args: readonly string[] };
}

/** Spec of a LiveUpdate, without what the session adds; paths are relative to basePath. */
export interface LiveUpdateSpec {
  readonly basePath: string;
  readonly initialSync?: Record<string, never>;
  readonly stopPaths?: readonly string[];
  readonly syncs?: readonly { readonly localPath: string; readonly containerPath: string }[];
  readonly execs?: readonly {
    readonly args: readonly string[];
    readonly triggerPaths?: readonly string[];
    readonly echoOff?: boolean;
  }[];
  readonly restart?: 'always';
  readonly selector?: Readonly<Record<string, unknown>>;
}

export type ImageBuildDefinition =
  /** Spec of a DockerImage, without ref and cluster. */
  | { readonly kind: 'docker'; readonly spec: Readonly<Record<string, unknown>>; readonly context: string }
  /** Spec of a CmdImage, without ref and cluster. */
  | { readonly kind: 'custom'; readonly spec: Readonly<Record<string, unknown>>; readonly deps: readonly string[] }
  | { readonly kind: 'compose'; readonly service: string; readonly context: string };

/** One image of a resource. */
export interface ImageDefinition {
  /** Name of its ImageMap. */
  readonly name: string;
  /** Name of its DockerImage or CmdImage. */
  readonly objectName: string;
  readonly imageMap: ImageMapSpec;
  readonly build: ImageBuildDefinition;
  /** Names of ImageMaps that must be built first. */
  readonly imageMaps: readonly string[];
  readonly liveUpdate?: { readonly name: string; readonly spec: LiveUpdateSpec };
  /** Nothing is built: the image only takes live updates. */
  readonly isLiveUpdateOnly: boolean;
  readonly ignores: readonly IgnoreDef[];
}

/** One resource as the Tiltfile defines it; order is its place in the list. */
export interface ResourceDefinition {
  readonly name: string;
  readonly spec: Omit<ManifestSpec, 'tiltfile' | 'order' | 'buildHash'>;
  /** What `spec.images` names, in the order of building. */
  readonly images?: readonly ImageDefinition[];
  /** Of a k8s_custom_deploy: paths whose change deploys again. */
  readonly watch?: { readonly deps: readonly string[]; readonly ignores: readonly IgnoreDef[] };
  /** Of a Compose service: the service as the project defines it, as YAML, and ports it publishes. */
  readonly compose?: {
    readonly serviceYaml: string;
    readonly publishedPorts: readonly number[];
    readonly infersLinks: boolean;
  };
}

/** A value that must not be shown (reference 2.8). `value` is the clear text. */
export interface SecretValue {
  readonly name: string;
  readonly key: string;
  /** Short values are here too; the log does not look for them. */
  readonly value: string;
  /** The bytes, when they are no text. */
  readonly base64?: string;
}

export interface UpdateSettings {
  readonly maxParallelUpdates: number;
  readonly k8sUpsertTimeoutMs: number;
  /** '*' stands for all. */
  readonly suppressUnusedImageWarnings: readonly string[];
  readonly k8sServerSideApply: 'true' | 'false' | 'auto';
}

/** Milliseconds; 0 is off, left out is not set by the Tiltfile. */
export interface CiSettings {
  readonly timeoutMs?: number;
  readonly readinessTimeoutMs?: number;
  readonly k8sGracePeriodMs?: number;
}

export interface VersionSettings {
  readonly checkUpdates: boolean;
  readonly constraint: string;
}

export interface DockerPruneSettings {
  readonly enabled: boolean;
  readonly maxAgeMs: number;
  readonly numBuilds: number;
  readonly intervalMs: number;
  readonly keepRecent: number;
}

export interface ExitSettings {
  readonly down?: boolean;
  readonly disable?: boolean;
  readonly deleteNamespaces?: boolean;
  readonly hasCallback?: boolean;
  /** true: a default name; a text: the file's name, with at most one %s for the time. */
  readonly snapshot?: boolean | string;
}

export interface TiltfileSettings {
  readonly update: UpdateSettings;
  readonly ci: CiSettings;
  readonly version: VersionSettings;
  readonly dockerPrune: DockerPruneSettings;
  readonly exit: ExitSettings;
  /** Ignores for every file watch: `.tiltignore`, which comes first, and watch_settings. */
  readonly watchIgnores: readonly IgnoreDef[];
  /** What `.tiltignore` says; undefined when there is nothing in it. */
  readonly tiltignore?: IgnoreDef;
  readonly featureFlags: Readonly<Record<string, boolean>>;
  readonly teamId: string;
  readonly scrubSecrets: boolean;
  /** Contexts that may be deployed to beside those for development. */
  readonly allowedContexts: readonly string[];
  /** What experimental_telemetry_cmd said; it is never run. */
  readonly telemetry?: { readonly command: CommandSpec; readonly workdir: string; readonly periodMs?: number };
  /** What analytics_settings said; nothing is ever sent. */
  readonly analytics: '' | 'in' | 'out';
}

export const defaultSettings: TiltfileSettings = {
  update: {
    maxParallelUpdates: 3,
    k8sUpsertTimeoutMs: 30_000,
    suppressUnusedImageWarnings: [],
    k8sServerSideApply: 'auto',
  },
  ci: {},
  version: { checkUpdates: true, constraint: '' },
  dockerPrune: { enabled: true, maxAgeMs: 6 * 3_600_000, numBuilds: 0, intervalMs: 3_600_000, keepRecent: 2 },
  exit: {},
  watchIgnores: [],
  featureFlags: {},
  teamId: '',
  scrubSecrets: true,
  allowedContexts: [],
  analytics: '',
};

export interface TiltfileError {
  /** In Tilt's words: a traceback, or `file:line:col: text`. */
  readonly message: string;
  /** The same with the place apart, for the source line, the caret and hints. */
  readonly diagnostics: readonly Diagnostic[];
  /** There is no such file, so nothing was loaded. */
  readonly isMissing?: true;
}

export interface TiltfileResult {
  /** In the order of definition. */
  readonly resources: readonly ResourceDefinition[];
  /** Names of the resources that run. */
  readonly enabled: readonly string[];
  /** Absolute paths; a change of any runs the Tiltfile again. Complete also when it failed. */
  readonly configFiles: readonly string[];
  /** By path: what each file was when it was read (`Disk.state`). Files that are only watched are not among them. */
  readonly readStates: Readonly<Record<string, string>>;
  /** Paths of the Tiltfile and of what it loaded. */
  readonly executedFiles: readonly string[];
  readonly settings: TiltfileSettings;
  readonly secrets: readonly SecretValue[];
  /** Objects made with v1alpha1.*, in order. */
  readonly objects: readonly ApiObject[];
  readonly warningCount: number;
  /** URLs of links whose Tiltfile gave neither scheme nor leading slash. */
  readonly linksWithoutHost?: readonly string[];
  readonly error?: TiltfileError;
  /** Calls of builtins, when they were asked for. */
  readonly timings?: readonly { readonly call: string; readonly durationMs: number }[];
  /** Where built images are pushed instead of where their names say. */
  readonly defaultRegistry?: {
    readonly host: string;
    readonly hostFromContainerRuntime: string;
    readonly singleName: string;
  };
  readonly hashes: { readonly tiltfileSHA256: string; readonly allFilesSHA256: string };
}

/** What a load is told. */
export interface LoadRequest {
  /** Name of the Tiltfile object: `(Tiltfile)` for the main one. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
  /** `up`, `ci`, `down`, `alpha tiltfile-result` ...: config.tilt_subcommand. */
  readonly subcommand: string;
  /** sys.argv and sys.executable. */
  readonly argv: readonly string[];
  readonly executable: string;
  /** --context and --namespace, '' when not given. */
  readonly kubeContext: string;
  readonly kubeNamespace: string;
  /** Where the web port listens, for children's TILT_HOST and TILT_PORT and for default hosts of port-forwards. */
  readonly webHost: string;
  readonly webPort: number;
  /** Record how long each call of a builtin takes. */
  readonly wantsTimings?: boolean;
}

export type TiltfileLogLevel = 'debug' | 'verbose' | 'info' | 'warn' | 'error';

/**
 * The function of exit_settings(callback=f), kept in the thread of its load until it is disposed. Its effect is the exit's
 * business; here it is only kept and can be called.
 */
export interface ExitCallback extends Disposable {
  /** Calls it; gives the error that it failed with. Rejects with Canceled when the signal aborts, and for a bug. */
  run(options: Pick<LoadOptions, 'onLog' | 'signal'>): Promise<TiltfileError | undefined>;
}

export interface LoadOptions {
  /** Text as it comes, newline included; a warning or error without its prefix. */
  readonly onLog: (text: string, level: TiltfileLogLevel) => void;
  readonly signal: AbortSignal;
  /**
   * Gets the exit callback of a load that went well and named one, before the load settles; who takes it disposes it.
   * Without this a callback is not kept.
   */
  readonly onExitCallback?: (callback: ExitCallback) => void;
}

/** Runs a Tiltfile. Errors of the Tiltfile are in the result; it rejects only with Canceled or for a bug. */
export type LoadTiltfile = (request: LoadRequest, options: LoadOptions) => Promise<TiltfileResult>;
