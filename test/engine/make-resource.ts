// Resources for tables: one line each, everything else has its usual value.
import type { BuildRecord } from '../../src/api/kinds-internal.ts';
import type { ResourceState } from '../../src/engine/resource-state.ts';

export type Given = Partial<Omit<ResourceState, 'build'>> & {
  readonly name: string;
  readonly build?: Partial<ResourceState['build']>;
};

/** An enabled local resource with an update that was never built, unless told otherwise. */
export function makeResource(given: Given, order = 1): ResourceState {
  const { build, ...rest } = given;
  return {
    order,
    kind: 'local',
    triggerMode: 0,
    resourceDeps: [],
    enablement: 'Enabled',
    allowParallel: false,
    hasUpdate: true,
    hasRuntime: false,
    images: [],
    runtime: 'unknown',
    ...rest,
    build: { history: [], pendingFiles: {}, hasEverBeenReady: false, ...build },
  };
}

export function record(given: Partial<BuildRecord> = {}): BuildRecord {
  return { spanId: 'build:1', startedAtMs: 1000, finishedAtMs: 2000, reasons: 8, files: [], ...given };
}

/** A build that went well. */
export const built = { history: [record()], hasEverBeenReady: true };
/** A build that runs. */
export const building = { current: record({ startedAtMs: 5000 }) };
