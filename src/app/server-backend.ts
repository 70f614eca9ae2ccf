// What the servers need of the running session.
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

/** What the engine decides on, by resource. */
function dump(engine: EngineSession): unknown {
  const resources = [...engine.index.all()].map(state => [state.name, state] as const);
  return {
    resources: Object.fromEntries(resources),
    triggerQueue: engine.queue.entries,
    settings: { ...engine.settings, teamId: undefined },
  };
}
