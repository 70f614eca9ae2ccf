// The controllers of a session on a real store, with a Tiltfile that the test writes as data and processes that obey it.

import type { LocalTarget } from '../../src/api/kinds-internal.ts';
import { apiVersion, mainTiltfile } from '../../src/api/meta.ts';
import { makeDeferred } from '../../src/base/abort.ts';
import { ManualClock } from '../../src/base/clock.ts';
import { BuildController } from '../../src/controllers/build-controller.ts';
import { ResourceIndex } from '../../src/controllers/resource-index.ts';
import type { Controller } from '../../src/controllers/runtime/controller.ts';
import { Manager } from '../../src/controllers/runtime/manager.ts';
import type { LogSink } from '../../src/controllers/runtime/span-log.ts';
import { TiltfileController } from '../../src/controllers/tiltfile-controller.ts';
import { makeToggleButtonController } from '../../src/controllers/toggle-button-controller.ts';
import { TriggerQueue } from '../../src/controllers/trigger-queue.ts';
import { makeUIResourceController, uiResourceControllerName } from '../../src/controllers/ui-resource-controller.ts';
import type { Store } from '../../src/store/port.ts';
import { makeStore } from '../../src/store/store.ts';
import type { LoadOptions, ResourceDefinition, TiltfileResult } from '../../src/tiltfile/result.ts';
import { defaultSettings } from '../../src/tiltfile/result.ts';

/** A local resource with an update, as the Tiltfile would give it. */
export function local(
  name: string,
  given: { readonly target?: Partial<LocalTarget>; readonly spec?: Partial<ResourceDefinition['spec']> } = {},
): ResourceDefinition {
  return {
    name,
    spec: {
      labels: {},
      triggerMode: 0,
      resourceDeps: [],
      links: [],
      images: [],
      ...given.spec,
      target: {
        kind: 'local',
        updateCmd: { args: ['sh', '-c', name], dir: '/p', env: [] },
        allowParallel: true,
        deps: [],
        ignores: [],
        isTest: false,
        ...given.target,
      },
    },
  };
}

export function result(resources: readonly ResourceDefinition[], more: Partial<TiltfileResult> = {}): TiltfileResult {
  return {
    resources,
    enabled: resources.map(r => r.name),
    configFiles: ['/p/Tiltfile'],
    readStates: {},
    executedFiles: ['/p/Tiltfile'],
    settings: defaultSettings,
    secrets: [],
    objects: [],
    warningCount: 0,
    hashes: { tiltfileSHA256: '', allFilesSHA256: '' },
    ...more,
  };
}

interface Load {
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  readonly onExitCallback: LoadOptions['onExitCallback'] | undefined;
  readonly onLog: LoadOptions['onLog'];
  finish(result: TiltfileResult): void;
  fail(error: Error): void;
}

interface Build {
  readonly name: string;
  readonly reasons: number;
  readonly files: readonly string[];
  readonly signal: AbortSignal;
  finish(error?: string): void;
}

/** Lets everything that was asked for happen. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 6; i++) await new Promise(resolve => setImmediate(resolve));
}

export function makeEngine(
  more: (parts: {
    readonly store: Store;
    readonly clock: ManualClock;
    readonly logs: LogSink;
  }) => Controller[] = () => [],
) {
  const clock = new ManualClock();
  const store = makeStore({ clock });
  const index = new ResourceIndex(store);
  const queue = new TriggerQueue(store);
  const log: string[] = [];
  const logs: LogSink = {
    span: (spanId, resource) => ({
      spanId,
      write: (chunk, level = 'info') => void log.push(`${resource}|${level}|${String(chunk).trimEnd()}`),
    }),
  };
  const loads: Load[] = [];
  const builds: Build[] = [];
  const manager = new Manager({
    store,
    clock,
    onError: (_controller, _key, error) => {
      throw error;
    },
  });
  const buildController = new BuildController({
    store,
    index,
    queue,
    clock,
    logs,
    runBuild: (manifest, { reasons, files, signal }) => {
      const done = makeDeferred<{ error?: string }>();
      signal.addEventListener('abort', () => done.reject(signal.reason));
      builds.push({
        name: manifest.metadata.name,
        reasons,
        files,
        signal,
        finish: error => done.resolve(error === undefined ? {} : { error }),
      });
      return done.promise;
    },
    pendingTiltfiles: () => tiltfiles.pending(),
    maxParallel: () => 3,
    dir: '/p',
    onHoldsChanged: names => {
      for (const name of names) manager.enqueue(uiResourceControllerName, name);
    },
  });
  const tiltfiles: TiltfileController = new TiltfileController({
    // Files without an own state are always others than those that were read.
    fileStates: { state: () => ({ id: 'other', changedMs: 0 }) },
    store,
    queue,
    clock,
    logs,
    load: (request, { signal, onExitCallback, onLog }) => {
      const done = makeDeferred<TiltfileResult>();
      signal.addEventListener('abort', () => done.reject(signal.reason));
      loads.push({
        name: request.name,
        path: request.path,
        args: request.args,
        signal,
        onExitCallback,
        onLog,
        finish: done.resolve,
        fail: done.reject,
      });
      return done.promise;
    },
    request: {
      subcommand: 'up',
      argv: [],
      executable: '',
      kubeContext: '',
      kubeNamespace: '',
      webHost: 'localhost',
      webPort: 0,
    },
    dir: '/p',
    errorText: error => error.message,
    logMark: () => 0,
    hideSecrets: async () => {},
    onSettings: () => {},
    onPendingChanged: () => buildController.recheck(),
  });
  const reconciled: string[] = [];
  const counted = (controller: Controller): Controller => ({
    ...controller,
    reconcile: key => {
      reconciled.push(`${controller.name} ${key}`);
      return controller.reconcile(key);
    },
  });
  manager.add(counted(makeToggleButtonController(store)));
  manager.add(
    counted(makeUIResourceController({ store, index, queue, clock, hold: name => buildController.hold(name) })),
  );
  for (const controller of more({ store, clock, logs })) manager.add(controller);
  store.create('Tiltfile', {
    apiVersion,
    kind: 'Tiltfile',
    metadata: { name: mainTiltfile },
    spec: { path: '/p/Tiltfile' },
  });
  store.create('UIResource', { apiVersion, kind: 'UIResource', metadata: { name: mainTiltfile }, spec: {} });
  manager.start();
  buildController.start();
  tiltfiles.start();
  return {
    clock,
    store,
    queue,
    log,
    loads,
    builds,
    /** Controller and key of every reconcile, in order. */
    reconciled,
    manager,
    tiltfiles,
    /** The newest Tiltfile run gives this. */
    async load(given: TiltfileResult): Promise<void> {
      loads.at(-1)!.finish(given);
      await settle();
    },
    /** A watch saw these files change. */
    async change(watch: string, ...files: string[]): Promise<void> {
      clock.advance(10);
      const time = `${new Date(clock.now()).toISOString().slice(0, 23)}000Z`;
      const object = store.get('FileWatch', watch)!;
      store.setStatus('FileWatch', watch, {
        ...object.status,
        lastEventTime: time,
        fileEvents: [...(object.status?.fileEvents ?? []), { time, seenFiles: files }],
      });
      await settle();
    },
    async dispose(): Promise<void> {
      manager.dispose();
      await tiltfiles.stop();
      await buildController.stop();
    },
  };
}
