// One run of a Tiltfile: what it has defined so far, what it has read, and what it may ask of the world.
// Builtins get it from the thread. Does not: evaluate, or turn definitions into resources (assembly does).
import path from 'node:path';
import { isFolder } from '../adapters/disk/is-folder.ts';
import type { Disk } from '../adapters/disk/port.ts';
import type { CommandSpec } from '../api/kinds-internal.ts';
import { type ApiObject, mainTiltfile } from '../api/meta.ts';
import type { IgnoreDef, Link, Probe } from '../api/shared-types.ts';
import { StarlarkError, type Thread, type Value } from '../starlark/index.ts';
import type { BuiltinTiming } from './builtin-timings.ts';
import type { ConfigDefinitions } from './config-definitions.ts';
import type { DeploymentState } from './deployment-state.ts';
import type { FetchedRepos } from './extension-repo.ts';
import type { HostCalls } from './host-calls.ts';
import type { KubeSetup } from './kube-setup.ts';
import {
  defaultSettings,
  type LoadRequest,
  type SecretValue,
  type TiltfileLogLevel,
  type TiltfileSettings,
} from './result.ts';

/** A local_resource as it was called. */
export interface LocalResourceCall {
  readonly name: string;
  readonly updateCmd?: CommandSpec;
  readonly serveCmd?: CommandSpec;
  readonly deps: readonly string[];
  readonly ignores: readonly string[];
  /** Folder of the file that was running: patterns are anchored there. */
  readonly dir: string;
  /** undefined: the Tiltfile's default. */
  readonly triggerMode: 'auto' | 'manual' | undefined;
  readonly autoInit: boolean;
  readonly resourceDeps: readonly string[];
  readonly allowParallel: boolean;
  readonly links: readonly Link[];
  readonly labels: Readonly<Record<string, string>>;
  readonly readinessProbe?: Probe;
  readonly isTest: boolean;
  readonly tty: boolean;
}

/** The same while it is being made. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Thrown by exit(): the Tiltfile is done, and well. */
export class StopExecution extends StarlarkError {
  override name = 'StopExecution';
}

export interface EvaluationDeps {
  readonly request: LoadRequest;
  readonly disk: Disk;
  readonly host: HostCalls;
  /** The live environment of the process: os.environ reads and writes it. */
  readonly env: Record<string, string | undefined>;
  /** The cluster that is spoken to; undefined when the Tiltfile does not ask. */
  readonly kube: KubeSetup | undefined;
  readonly log: (text: string, level: TiltfileLogLevel) => void;
  /** Repositories of extensions that this session has brought up to date; a load adds to them. */
  readonly fetchedRepos: FetchedRepos;
  /** Writes a file into a temporary folder and gives its path. */
  readonly temporaryFile: (name: string, text: string) => string;
}

export class Evaluation {
  readonly deps: EvaluationDeps;
  readonly localResources: LocalResourceCall[] = [];
  readonly objects: ApiObject[] = [];
  readonly secrets: SecretValue[] = [];
  readonly settings: Writable<TiltfileSettings> = { ...defaultSettings };
  readonly watchIgnores: IgnoreDef[] = [];
  readonly configFiles = new Set<string>();
  /** By path: the state of each file when it was read first, from `Disk.state`. */
  readonly readStates = new Map<string, string>();
  /** Text of every file that was executed, by absolute path, in order. */
  readonly executed = new Map<string, Buffer>();
  readonly config: ConfigDefinitions;
  /** Set by the first call of trigger_mode(), with the position of that call. */
  defaultTriggerMode: { readonly mode: 'auto' | 'manual'; readonly at: string } | undefined;
  /** URLs of links that were given as `host/path`. */
  readonly linksWithoutHost = new Set<string>();
  /** The function of exit_settings(callback=f) that counts now. */
  exitCallback: Value | undefined;
  warningCount = 0;
  readonly timings: BuiltinTiming[] = [];
  /** Named with allow_k8s_contexts. */
  readonly allowedContexts = new Set<string>();
  readonly #executing: { readonly file: string; readonly dir: string }[] = [];
  #deployment: DeploymentState | undefined;
  readonly #localNames = new Set<string>();
  readonly #said = new Set<string>();

  constructor(deps: EvaluationDeps, config: ConfigDefinitions) {
    this.deps = deps;
    this.config = config;
  }

  /** The file that is being executed; a function keeps resolving against the file that called it (reference 2.1). */
  get currentFile(): string {
    return this.#executing.at(-1)?.file ?? this.deps.request.path;
  }

  get currentDir(): string {
    return this.#executing.at(-1)?.dir ?? path.dirname(this.deps.request.path);
  }

  /** Runs `body` as the execution of `file`. */
  executing<T>(file: string, body: () => T): T {
    this.#executing.push({ file, dir: path.dirname(file) });
    try {
      return body();
    } finally {
      this.#executing.pop();
    }
  }

  /** A path of the Tiltfile as an absolute one. */
  absolute(given: string): string {
    const dir = this.currentDir;
    // Most paths need no more than the folder before them.
    if (given !== '' && dir !== '/' && !needsResolving.test(given)) return `${dir}/${given}`;
    return path.resolve(dir, given);
  }

  /** The Tiltfile runs again when this file changes or appears; folders are not watched for being named. */
  recordRead(file: string): void {
    if (this.readStates.has(file) || isFolder(this.deps.disk, file)) return;
    this.configFiles.add(file);
    this.readStates.set(file, this.deps.disk.state(file).id);
  }

  /** The Tiltfile runs again when this file, or anything in this folder, changes. */
  recordTree(fileOrFolder: string): void {
    this.configFiles.add(fileOrFolder);
  }

  /** One line of the log, without its line end. */
  info(text: string): void {
    this.deps.log(`${text}\n`, 'info');
  }

  /** A line that is said once, however often it would be true. */
  sayOnce(text: string): void {
    if (this.#said.has(text)) return;
    this.#said.add(text);
    this.info(text);
  }

  warn(text: string): void {
    this.warningCount++;
    this.deps.log(`${text}\n`, 'warn');
  }

  /** Path of a file that holds a text as long as the Tiltfile's result is used. Made once for equal names. */
  temporaryFile(name: string, text: string): string {
    const file = this.deps.temporaryFile(name, text);
    this.deployment.temporaryFiles.set(file, text);
    return file;
  }

  /** What was said about images, clusters and Compose; a bug for a Tiltfile whose text names none of it. */
  get deployment(): DeploymentState {
    if (!this.#deployment) throw new Error('bug: builtins of deployments run without their state');
    return this.#deployment;
  }

  /** undefined for a Tiltfile whose text names no deployment. */
  get deploymentIfAny(): DeploymentState | undefined {
    return this.#deployment;
  }

  set deployment(state: DeploymentState) {
    this.#deployment = state;
  }

  /** Throws when a resource has that name. */
  checkNameIsFree(name: string): void {
    const kind = this.#kindNamed(name);
    if (kind !== undefined) throw new Error(`${kind} named ${JSON.stringify(name)} already exists`);
  }

  #kindNamed(name: string): string | undefined {
    if (this.#localNames.has(name)) return 'local_resource';
    if (!this.#deployment) return undefined;
    if (this.#deployment.kubernetesByName.has(name)) return 'k8s_resource';
    for (const project of this.#deployment.compose.values()) if (project.services.has(name)) return 'dc_resource';
    return undefined;
  }

  addLocalResource(call: LocalResourceCall): void {
    this.#localNames.add(call.name);
    this.localResources.push(call);
  }

  /** Throws in a context that is not allowed: what follows might touch production. */
  checkContextIsAllowed(builtinName: string): void {
    if (this.isContextAllowed) return;
    const { context } = this.deps.kube!;
    throw new Error(
      `Refusing to run '${builtinName}' because ${context} might be a production kube context.\nIf you're sure you want to continue add:\n\tallow_k8s_contexts('${context}')\nbefore this function call in your Tiltfile. Otherwise, switch k8s contexts and restart Tilt.`,
    );
  }

  /** Only the main Tiltfile is checked (reference 2.5, context guard). */
  get isContextAllowed(): boolean {
    const { kube, request } = this.deps;
    if (!kube || kube.isSafe || request.name !== mainTiltfile) return true;
    return this.allowedContexts.has(kube.context);
  }
}

/** Absolute, or with an empty part, `.` or `..` in it. */
const needsResolving = /^\/|\/\/|\/$|(?:^|\/)\.{1,2}(?:\/|$)/;

const local = 'tiltfile';

/** Ties a thread to its evaluation. */
export function setEvaluation(thread: Thread, evaluation: Evaluation): void {
  thread.locals.set(local, evaluation);
}

/** The evaluation that a builtin runs in. */
export function evaluationOf(thread: Thread): Evaluation {
  return thread.locals.get(local) as Evaluation;
}
