// What to build next, and why everything else waits (reference 4.3). The order of the steps is the rule.
//
// A hold is a reason not to start now. Steps 2 to 4 hold every candidate and end the search; the others hold some.
// Later holds do not replace earlier ones. A candidate without a hold that is not chosen waits for a free slot only.
import type { TriggerQueueEntry } from '../api/kinds-internal.ts';
import { mainTiltfile } from '../api/meta.ts';
import { pauseOfLoop } from './pending-changes.ts';
import {
  hasStartedFirstBuild,
  isAutoInit,
  isAutoOnChange,
  pendingSince,
  type ResourceState,
} from './resource-state.ts';

export type HoldReason =
  | 'tiltfile-reload'
  | 'waiting-for-local'
  | 'is-unparallelizable-local'
  | 'waiting-for-uncategorized'
  | 'building-component'
  | 'waiting-for-dep'
  | 'waiting-for-deploy'
  | 'reconciling'
  | 'waiting-for-cluster';

export interface Hold {
  readonly reason: HoldReason;
  /** What it waits for. */
  readonly on: readonly { readonly kind: 'UIResource' | 'Cluster' | 'ImageMap'; readonly name: string }[];
}

export interface BuildSnapshot {
  /** The resources that build or may want to, in the order of definition; others do no harm. */
  readonly resources: Iterable<ResourceState>;
  resource(name: string): ResourceState | undefined;
  /** Names of Tiltfile objects that will run again because something they read changed. */
  readonly pendingTiltfiles: readonly string[];
  readonly triggerQueue: readonly TriggerQueueEntry[];
  /** Name of a Cluster object -> connected and its architecture known. */
  readonly readyClusters: ReadonlySet<string>;
  /** Resources whose pending file changes a running live update takes care of. */
  readonly handledByLiveUpdate?: ReadonlySet<string>;
  /** Resources whose changes wait for a container that is about to appear. */
  readonly waitingForDeploy?: ReadonlySet<string>;
  /** Builds that may run at the same time. */
  readonly maxParallel: number;
  /** ms */
  readonly nowMs: number;
}

export interface BuildDecision {
  /** Start these, in this order. */
  readonly start: readonly string[];
  readonly holds: ReadonlyMap<string, Hold>;
  /** After so many ms something may start even if nothing happens. */
  readonly againInMs?: number;
}

const uncategorized = 'uncategorized';

interface Search {
  readonly snapshot: BuildSnapshot;
  /** Candidates without a hold that have not been chosen, in the order of definition. */
  open: ResourceState[];
  readonly holds: Map<string, Hold>;
  readonly building: ResourceState[];
  readonly queued: ReadonlyMap<string, number>;
  readonly againInMs: number | undefined;
}

/** Chooses builds until the slots are full or nothing may start. */
export function nextBuilds(snapshot: BuildSnapshot): BuildDecision {
  const search = beginSearch(snapshot);
  const start: string[] = [];
  while (search.building.length < snapshot.maxParallel) {
    const chosen = chooseOne(search);
    if (!chosen) break;
    start.push(chosen.name);
    search.building.push(chosen);
    search.open = search.open.filter(r => r !== chosen);
  }
  // With full slots the reasons of those that stay are still wanted on the screen.
  if (search.building.length >= snapshot.maxParallel) placeHolds(search);
  const { againInMs } = search;
  return { start, holds: search.holds, ...(againInMs === undefined ? {} : { againInMs }) };
}

function beginSearch(snapshot: BuildSnapshot): Search {
  const queued = new Map(snapshot.triggerQueue.map(entry => [entry.name, entry.reasons]));
  const open: ResourceState[] = [];
  const building: ResourceState[] = [];
  let againInMs: number | undefined;
  for (const resource of snapshot.resources) {
    if (resource.build.current) building.push(resource);
    const isQueued = queued.has(resource.name);
    if (!isCandidate(resource, isQueued)) continue;
    const pauseMs = isQueued || resource.build.current ? 0 : pauseOfLoop(resource.build, snapshot.nowMs);
    if (pauseMs > 0) againInMs = Math.min(againInMs ?? pauseMs, pauseMs);
    else open.push(resource);
  }
  return { snapshot, open, building, queued, holds: new Map(), againInMs };
}

/** Step 1: whether anything asks for a build of this resource at all. */
export function isCandidate(resource: ResourceState, isQueued: boolean): boolean {
  if (resource.enablement === 'Disabled' || resource.enablement === 'Error') return false;
  if (isQueued) return true;
  if (!hasStartedFirstBuild(resource.build) && isAutoInit(resource.triggerMode)) return true;
  return isAutoOnChange(resource.triggerMode) && pendingSince(resource.build) !== undefined;
}

/** One pass of steps 2 to 14. Holds found on the way stay placed. */
function chooseOne(search: Search): ResourceState | undefined {
  if (!placeHolds(search)) return undefined;
  const eligible = search.open.filter(r => !search.holds.has(r.name));
  const unbuilt = eligible.filter(r => !hasStartedFirstBuild(r.build) && isAutoInit(r.triggerMode));
  if (unbuilt.length > 0) return firstUnbuilt(unbuilt);
  holdWhere(search, r => search.snapshot.handledByLiveUpdate?.has(r.name), 'reconciling');
  for (const entry of search.snapshot.triggerQueue) {
    const resource = search.open.find(r => r.name === entry.name);
    if (resource && !search.holds.has(resource.name)) return resource;
  }
  holdWhere(search, r => search.snapshot.waitingForDeploy?.has(r.name), 'waiting-for-deploy');
  return earliestPending(search.open.filter(r => !search.holds.has(r.name)));
}

/** Steps 2 to 9. False when everything is held and the search ends. */
function placeHolds(search: Search): boolean {
  const { snapshot, open, building } = search;
  if (snapshot.pendingTiltfiles.length > 0) return holdAll(search, 'tiltfile-reload', snapshot.pendingTiltfiles);
  const unknown = open.filter(r => r.enablement !== 'Enabled');
  if (unknown.length > 0) return holdAll(search, 'tiltfile-reload', [mainTiltfile]);
  const alone = building.find(r => r.kind === 'local' && !r.allowParallel);
  if (alone) return holdAll(search, 'waiting-for-local', [alone.name]);
  if (building.length > 0) {
    // Tilt names nobody here; what it depends on is the cause that a person looks for, and it outlasts this one.
    const missing = (r: ResourceState): Hold['on'] =>
      unmetDependencies(snapshot, r).map(name => ({ kind: 'UIResource', name }));
    holdWhere(search, r => r.kind === 'local' && !r.allowParallel, 'is-unparallelizable-local', missing);
  }
  if (building.some(r => r.name === uncategorized)) {
    holdWhere(
      search,
      r => r.kind === 'k8s',
      'waiting-for-uncategorized',
      () => [{ kind: 'UIResource', name: uncategorized }],
    );
  }
  holdBuildingComponents(search);
  for (const resource of open) {
    const missing = unmetDependencies(snapshot, resource);
    if (missing.length > 0)
      place(
        search,
        resource,
        'waiting-for-dep',
        missing.map(name => ({ kind: 'UIResource', name })),
      );
  }
  holdWhere(
    search,
    r => r.cluster !== undefined && !snapshot.readyClusters.has(r.cluster),
    'waiting-for-cluster',
    r => [{ kind: 'Cluster', name: r.cluster! }],
  );
  return true;
}

function holdAll(search: Search, reason: HoldReason, names: readonly string[]): false {
  const on = names.map(name => ({ kind: 'UIResource' as const, name }));
  for (const resource of search.open) search.holds.set(resource.name, { reason, on });
  return false;
}

function place(search: Search, resource: ResourceState, reason: HoldReason, on: Hold['on'] = []): void {
  if (!search.holds.has(resource.name)) search.holds.set(resource.name, { reason, on });
}

function holdWhere(
  search: Search,
  test: (resource: ResourceState) => boolean | undefined,
  reason: HoldReason,
  on: (resource: ResourceState) => Hold['on'] = () => [],
): void {
  for (const resource of search.open) if (test(resource)) place(search, resource, reason, on(resource));
}

/** Step 7: itself, or an image that it shares, is being built. */
function holdBuildingComponents(search: Search): void {
  if (search.building.length === 0) return;
  const names = new Set(search.building.map(r => r.name));
  const images = new Set(search.building.flatMap(r => r.images));
  for (const resource of search.open) {
    const shared = resource.images.filter(image => images.has(image));
    if (names.has(resource.name) || shared.length > 0) {
      place(
        search,
        resource,
        'building-component',
        shared.map(name => ({ kind: 'ImageMap', name })),
      );
    }
  }
}

/**
 * Step 8: dependencies that have never been ready or succeeded. They matter for the first build only; one that
 * does not exist is no reason to wait (the Tiltfile warned about it).
 */
export function unmetDependencies(
  snapshot: Pick<BuildSnapshot, 'resource'>,
  resource: ResourceState,
): readonly string[] {
  if (resource.resourceDeps.length === 0 || hasStartedFirstBuild(resource.build)) return [];
  return resource.resourceDeps.filter(name => {
    const dependency = snapshot.resource(name);
    return dependency !== undefined && !dependency.build.hasEverBeenReady;
  });
}

/** Step 10: locals first (they write files that others use), then uncategorized, then what needs no image. */
function firstUnbuilt(unbuilt: readonly ResourceState[]): ResourceState {
  return (
    unbuilt.find(r => r.kind === 'local') ??
    unbuilt.find(r => r.name === uncategorized) ??
    unbuilt.find(r => r.kind === 'k8s' && r.images.length === 0) ??
    unbuilt[0]!
  );
}

/** Step 14: ties go by the order of definition. */
function earliestPending(resources: readonly ResourceState[]): ResourceState | undefined {
  let best: ResourceState | undefined;
  let bestSince = Number.POSITIVE_INFINITY;
  for (const resource of resources) {
    if (!isAutoOnChange(resource.triggerMode)) continue;
    const since = pendingSince(resource.build);
    if (since !== undefined && since < bestSince) {
      best = resource;
      bestSince = since;
    }
  }
  return best;
}
