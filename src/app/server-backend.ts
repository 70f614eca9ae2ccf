// What the servers need of the running session.
import type { ResourceState } from '../engine/resource-state.ts';
import type { LogStore } from '../logs/port.ts';
import type { ServerBackend } from '../server/backend.ts';
import type { EngineSession } from './engine-session.ts';

export interface BackendInput {
  readonly engine: EngineSession;
  readonly logs: LogStore;
  readonly startedAtMs: number;
  readonly exit?: ServerBackend['exit'];
}

/** The engine as the servers see it. */
export function makeServerBackend({ engine, logs, startedAtMs, exit }: BackendInput): ServerBackend {
  return {
    store: engine.store,
    logs,
    startedAtMs,
    trigger: (resource, reasons) => engine.trigger(resource, reasons),
    setTriggerMode(resources, mode) {
      const unknown = engine.setTriggerMode(resources, mode);
      return unknown === undefined ? {} : { unknown };
    },
    setTiltfileArgs: async args => engine.setTiltfileArgs(args),
    dumpEngine: () => dump(engine),
    ...(exit ? { exit } : {}),
  };
}

/** What the engine decides on, by resource; what others read of Tilt's dump stands under the same keys. */
function dump(engine: EngineSession): unknown {
  const states = [...engine.index.all()].sort((a, b) => a.order - b.order);
  return {
    ManifestDefinitionOrder: states.map(state => state.name),
    ManifestTargets: Object.fromEntries(states.map(state => [state.name, { Manifest: manifestOf(state) }])),
    TriggerQueue: engine.queue.entries.map(entry => entry.name),
    resources: Object.fromEntries(states.map(state => [state.name, state])),
    triggerQueue: engine.queue.entries,
    settings: { ...engine.settings, teamId: undefined },
  };
}

function manifestOf({ name, resourceDeps, triggerMode }: ResourceState): Record<string, unknown> {
  return { Name: name, ResourceDependencies: resourceDeps.length > 0 ? resourceDeps : null, TriggerMode: triggerMode };
}
