// The engine of one session, without servers and screens: the store, the controllers and what they stand on,
// built in the order of their needs and stopped in reverse.
import path from 'node:path';
import { nodeDisk } from '../adapters/disk/node-disk.ts';
import type { ChildTerminal, Exec } from '../adapters/exec/port.ts';
import type { FileWatcher } from '../adapters/files/port.ts';
import type { ConnectKube, KubeConnection } from '../adapters/kube/port.ts';
import type { Net } from '../adapters/net/port.ts';
import { buildReason } from '../api/kinds-internal.ts';
import { formatTime, mainTiltfile } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import { buildLocal } from '../build/local-build.ts';
import { BuildController, type RunBuild } from '../controllers/build-controller.ts';
import { defaultCluster } from '../controllers/cluster-connections.ts';
import { CmdController } from '../controllers/cmd-controller.ts';
import { makeEnablementLog } from '../controllers/enablement-log.ts';
import { makeExtensionController } from '../controllers/extension-controller.ts';
import { ExtensionRepoController } from '../controllers/extension-repo-controller.ts';
import { makeFileWatchController } from '../controllers/file-watch-controller.ts';
import { makeLocalServerController } from '../controllers/local-server-controller.ts';
import { ResourceIndex, resourceOfServerCmd } from '../controllers/resource-index.ts';
import { Manager } from '../controllers/runtime/manager.ts';
import type { LogSink } from '../controllers/runtime/span-log.ts';
import { SessionController, sessionName } from '../controllers/session-controller.ts';
import { TiltfileController } from '../controllers/tiltfile-controller.ts';
import { updateCmdName } from '../controllers/tiltfile-objects.ts';
import { makeToggleButtonController } from '../controllers/toggle-button-controller.ts';
import { TriggerQueue } from '../controllers/trigger-queue.ts';
import { makeUIResourceController, uiResourceControllerName } from '../controllers/ui-resource-controller.ts';
import type { CiVerdict } from '../engine/session-targets.ts';
import type { Store } from '../store/port.ts';
import { makeStore } from '../store/store.ts';
import { type FetchedRepos, modulesFolder } from '../tiltfile/extension-repo.ts';
import { makeWorkerLoader } from '../tiltfile/load-in-worker.ts';
import {
  defaultSettings,
  type LoadRequest,
  type LoadTiltfile,
  type SecretValue,
  type TiltfileSettings,
} from '../tiltfile/result.ts';
import type { StartTiltfileWorker } from '../tiltfile/start-worker.ts';
import type { ClusterLedger } from './cluster-ledger.ts';
import { explainVerdict } from './explain-verdict.ts';
import { runHostCommand } from './host-commands.ts';
import { KubernetesSide } from './kubernetes.ts';
import { tiltfileErrorText } from './load-once.ts';
import { defaultReadinessTimeoutMs, makeSessionObjects } from './session-objects.ts';

export interface EngineOptions {
  readonly clock: Clock;
  readonly exec: Exec;
  readonly files: FileWatcher;
  readonly net: Net;
  readonly connectKube: ConnectKube;
  readonly ledger: ClusterLedger;
  /** Of this session alone, for files that children use; made when it is needed. */
  readonly folder: string;
  /** The live environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hasColor: boolean;
  readonly disablesPortForwards: boolean;
  readonly logs: LogSink;
  readonly exitCondition: 'manual' | 'ci';
  /** True: nothing is made before somebody creates it, no Tiltfile either. */
  readonly isBlank: boolean;
  /** Absolute. */
  readonly tiltfilePath: string;
  readonly tiltfileArgs: readonly string[];
  readonly request: Omit<LoadRequest, 'name' | 'path' | 'args'>;
  /** Folder that file names in the log are relative to. */
  readonly dir: string;
  readonly pid: number;
  readonly startedAtMs: number;
  /** `--timeout` of `tilt ci`, ms; the Tiltfile's own setting wins (reference 1.5). */
  readonly ciTimeoutMs: number;
  readonly childEnv: () => Record<string, string>;
  readonly startTiltfileWorker: StartTiltfileWorker;
  readonly logMark: () => number;
  readonly hideSecrets: (secrets: readonly SecretValue[], mark: number) => Promise<void>;
  readonly onDone: (verdict: CiVerdict) => void;
  /** Something of ours went wrong; for the log. */
  readonly onBug: (text: string) => void;
}

/** A kubeconfig file is named or in its usual place, or this is a pod. */
function hasKubeconfig(env: EngineOptions['env']): boolean {
  const usual = path.join(env['HOME'] ?? '', '.kube', 'config');
  return Boolean(env['KUBECONFIG'] || env['KUBERNETES_SERVICE_HOST']) || nodeDisk.stat(usual) !== undefined;
}

function bugText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What a request to update a resource comes to. */
export type TriggerOutcome = 'triggered' | 'unknown' | 'disabled';

export class EngineSession {
  readonly store: Store;
  readonly index: ResourceIndex;
  readonly queue: TriggerQueue;
  #options: EngineOptions;
  #manager: Manager;
  #builds: BuildController;
  #tiltfiles: TiltfileController;
  #cmds: CmdController;
  #session: SessionController;
  #kubernetes: KubernetesSide;
  #settings: TiltfileSettings = defaultSettings;
  /** What children get. Reading the live environment is slow, and only a Tiltfile run changes it. */
  #childEnv: Record<string, string> | undefined;
  #stopping: Promise<void> | undefined;
  readonly #fetchedRepos: FetchedRepos = new Map();
  readonly #repos: ExtensionRepoController;

  constructor(options: EngineOptions) {
    this.#options = options;
    const { clock, logs } = options;
    const childEnv = (): Record<string, string> => {
      this.#childEnv ??= this.#childEnvironment();
      return { ...this.#childEnv };
    };
    // What a stranger's object does to one of our readers must not end the session.
    const store = makeStore({ clock, onError: error => options.onBug(bugText(error)) });
    this.store = store;
    this.#kubernetes = new KubernetesSide({
      ...options,
      store,
      connect: options.connectKube,
      request: { context: options.request.kubeContext, namespace: options.request.kubeNamespace },
      hasKubeconfig: () => hasKubeconfig(options.env),
      childEnv,
      allowedContexts: () => this.#settings.allowedContexts,
      sessionStartMs: options.startedAtMs,
      readsLogsToTheEnd: options.exitCondition === 'ci',
      livesOn: options.exitCondition !== 'ci',
      enqueue: (controller, key) => this.#manager.enqueue(controller, key),
      onLinksChanged: resource => this.#manager.enqueue(uiResourceControllerName, resource),
    });
    this.index = new ResourceIndex(store, this.#kubernetes.runtimes);
    this.queue = new TriggerQueue(store);
    this.#manager = new Manager({
      store,
      clock,
      onError: (controller, key, error) => options.onBug(`${controller} ${key}: ${bugText(error)}`),
    });
    this.#cmds = new CmdController({
      ...options,
      childEnv,
      store,
      onGone: (cmd, resource) => {
        this.#manager.enqueue('cmd', cmd);
        const owner = resource ?? resourceOfServerCmd(cmd)[0];
        if (owner !== undefined) this.#manager.enqueue('local-server', owner);
      },
    });
    this.#builds = new BuildController({
      store,
      index: this.index,
      queue: this.queue,
      clock,
      logs,
      runBuild: this.#runBuild,
      pendingTiltfiles: () => this.#tiltfiles.pending(),
      maxParallel: () => this.#settings.update.maxParallelUpdates,
      dir: options.dir,
      onHoldsChanged: names => this.#holdsChanged(names),
    });
    this.#tiltfiles = new TiltfileController({
      fileStates: nodeDisk,
      ...options,
      store,
      queue: this.queue,
      load: this.#load(),
      errorText: tiltfileErrorText,
      onSettings: settings => this.#takeSettings(settings),
      onPendingChanged: () => this.#builds.recheck(),
      kubernetes: {
        context: options.request.kubeContext,
        namespace: options.request.kubeNamespace,
        sinceTime: formatTime(options.startedAtMs),
        disablesPortForwards: options.disablesPortForwards,
      },
    });
    this.#session = new SessionController({
      store,
      index: this.index,
      queue: this.queue,
      clock,
      holds: () => this.#builds.holds,
      pid: options.pid,
      startedAtMs: options.startedAtMs,
      ciRules: () => ({
        timeoutMs: this.#settings.ci.timeoutMs ?? options.ciTimeoutMs,
        readinessTimeoutMs: this.#settings.ci.readinessTimeoutMs ?? defaultReadinessTimeoutMs,
        k8sGracePeriodMs: this.#settings.ci.k8sGracePeriodMs ?? 0,
      }),
      kubernetes: this.#kubernetes.runtimes,
      onDone: verdict => options.onDone(explainVerdict(verdict, store.list('Cluster'))),
      lookAt: pid => options.exec.look(pid),
    });
    this.#repos = new ExtensionRepoController({
      store,
      clock,
      logs,
      disk: nodeDisk,
      modules: () => modulesFolder(childEnv()),
      fetched: this.#fetchedRepos,
      run: (command, signal) => runHostCommand({ exec: options.exec, childEnv }, command, { signal, onLog: () => {} }),
    });
    this.#addControllers();
  }

  /** To the cluster that resources deploy to; undefined while there is none. */
  get connection(): KubeConnection | undefined {
    return this.#kubernetes.clusters.get(defaultCluster);
  }

  get settings(): TiltfileSettings {
    return this.#settings;
  }

  /** Makes the session's own objects and begins: the first Tiltfile run starts here, unless the session is blank. */
  start(): void {
    if (!this.#options.isBlank) makeSessionObjects(this.store, this.#options);
    this.#manager.start();
    this.#session.start();
    this.#builds.start();
    this.#tiltfiles.start();
  }

  /** Asks for an update of a resource, or for a run of the Tiltfile. */
  trigger(name: string, reasons: number): TriggerOutcome {
    if (!this.store.get('Tiltfile', name)) {
      const state = this.index.get(name);
      if (!state) return 'unknown';
      if (state.enablement === 'Disabled') return 'disabled';
    }
    this.queue.add(name, reasons || buildReason.triggerUnknown);
    return 'triggered';
  }

  /** Gives the main Tiltfile new arguments; it runs again if they differ. */
  setTiltfileArgs(args: readonly string[]): void {
    const tiltfile = this.store.get('Tiltfile', mainTiltfile);
    if (!tiltfile) return;
    this.store.update('Tiltfile', { ...tiltfile, spec: { ...tiltfile.spec!, args } });
  }

  /** The first name that is no resource, or undefined. Nothing changes when there is one. */
  setTriggerMode(names: readonly string[], mode: number): string | undefined {
    const unknown = names.find(name => !this.store.get('Manifest', name));
    if (unknown !== undefined) return unknown;
    for (const name of names) {
      const manifest = this.store.get('Manifest', name)!;
      this.store.update('Manifest', { ...manifest, spec: { ...manifest.spec!, triggerMode: mode as 0 | 1 | 2 | 3 } });
    }
    return undefined;
  }

  /** The terminal of a resource's server that runs now, where it has one. */
  terminalOf(resource: string): ChildTerminal | undefined {
    const server = this.index.server(resource);
    return server && this.#cmds.terminalOf(server.metadata.name);
  }

  /** A newer version exists; screens show it. */
  suggestVersion(newer: string): void {
    const status = this.store.get('UISession', sessionName)?.status;
    if (status) this.store.setStatus('UISession', sessionName, { ...status, suggestedTiltVersion: newer });
  }

  /** Ends builds, the Tiltfile run and every process. `graceMs` is from SIGTERM to SIGKILL; calling again may shorten it. */
  stop(graceMs: number): Promise<void> {
    if (this.#stopping) {
      void this.#options.exec.stopAll({ graceMs });
      return this.#stopping;
    }
    this.#stopping = this.#stopAll(graceMs);
    return this.#stopping;
  }

  async #stopAll(graceMs: number): Promise<void> {
    this.#session.dispose();
    this.#repos.dispose();
    const ending = [this.#tiltfiles.stop(), this.#cmds.stop(graceMs), this.#builds.stop()];
    await Promise.all(ending);
    this.#manager.dispose();
    await this.#kubernetes.stop();
    await this.#options.exec.stopAll({ graceMs });
  }

  #addControllers(): void {
    const { store } = this;
    const { logs, clock, files } = this.#options;
    this.#manager.add(this.#cmds);
    this.#manager.add(this.#repos);
    this.#manager.add(makeExtensionController({ store, logs, disk: nodeDisk }));
    this.#manager.add(
      makeFileWatchController({
        store,
        clock,
        files,
        changesCountFromMs: watch => this.#tiltfiles.runBeganMs(watch),
        onProblem: (text, resource) => logs.span(`filewatch:${resource}`, resource).write(`${text}\n`, 'error'),
      }),
    );
    this.#manager.add(makeToggleButtonController(store));
    this.#manager.add(
      makeLocalServerController({
        store,
        index: this.index,
        logs,
        isQueued: name => this.queue.has(name),
        isRunning: cmd => this.#cmds.isRunning(cmd),
      }),
    );
    for (const controller of this.#kubernetes.controllers()) this.#manager.add(controller);
    this.#manager.add(makeEnablementLog({ index: this.index, logs }));
    this.#manager.add(
      makeUIResourceController({
        store,
        index: this.index,
        queue: this.queue,
        clock,
        hold: name => this.#builds.hold(name),
        kubernetes: this.#kubernetes.runtimes,
        serviceLinks: name => this.#kubernetes.serviceLinks(name),
      }),
    );
  }

  #runBuild: RunBuild = (manifest, build) => {
    const { target } = manifest.spec!;
    const { name } = manifest.metadata;
    if (target.kind === 'docker-compose')
      return Promise.resolve({ error: 'this version runs no Docker Compose services yet' });
    if (manifest.spec!.images.length > 0)
      return Promise.resolve({ error: `this version builds no images yet: ${manifest.spec!.images.join(', ')}` });
    if (target.kind === 'k8s') return this.#kubernetes.build(manifest, build);
    return buildLocal(
      {
        runUpdate: (resource, options) => this.#cmds.runOnce(updateCmdName(resource), options),
        settle: () => new Promise(resolve => setImmediate(resolve)),
      },
      { resource: name, target, signal: build.signal },
    );
  };

  #load(): LoadTiltfile {
    const { exec, startTiltfileWorker } = this.#options;
    const childEnv = (): Record<string, string> => this.#childEnvironment();
    const load = makeWorkerLoader({
      fetchedRepos: this.#fetchedRepos,
      startWorker: startTiltfileWorker,
      run: async (command, options) => {
        await this.#kubernetes.freeze();
        return runHostCommand({ exec, childEnv }, command, options);
      },
    });
    return async (request, options) => {
      const frozen = this.#kubernetes.freeze();
      // What a run changes of the environment reaches the commands that follow it.
      this.#childEnv = undefined;
      try {
        return await load(request, options);
      } finally {
        await frozen;
        this.#childEnv = undefined;
      }
    };
  }

  #childEnvironment(): Record<string, string> {
    const { kubeconfig } = this.#kubernetes;
    return { ...this.#options.childEnv(), ...(kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }) };
  }

  #takeSettings(settings: TiltfileSettings): void {
    this.#settings = settings;
    const { store } = this;
    const session = store.get('UISession', sessionName);
    if (!session) return;
    const flags = { snapshots: true, cluster_refresh: false, ...settings.featureFlags };
    store.setStatus('UISession', sessionName, {
      ...session.status!,
      featureFlags: Object.entries(flags)
        .sort()
        .map(([name, value]) => ({ name, value })),
      versionSettings: { checkUpdates: settings.version.checkUpdates },
    });
  }

  #holdsChanged(names: readonly string[]): void {
    for (const name of names) this.#manager.enqueue(uiResourceControllerName, name);
    this.#session.holdsChanged(names);
  }
}
