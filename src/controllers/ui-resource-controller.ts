// UIResource.status: how each resource is doing, for every screen and program (reference 3.20).
import type { BuildRecord, DeployTarget, ManifestSpec } from '../api/kinds-internal.ts';
import type { ForwardStatus } from '../api/kinds-kubernetes.ts';
import type { UIBuildTerminated, UIResourceStatus } from '../api/kinds-session.ts';
import { formatMicroTime, formatTime, mainTiltfile } from '../api/meta.ts';
import type { Link } from '../api/shared-types.ts';
import type { Clock } from '../base/clock.ts';
import type { Hold } from '../engine/build-queue.ts';
import { forwardLinks } from '../engine/forward-links.ts';
import { withKnownPorts } from '../engine/forward-ports.ts';
import { allContainersReady, mostRecentPod, restartsOf } from '../engine/kubernetes-pods.ts';
import { pendingSince, type ResourceState } from '../engine/resource-state.ts';
import { conditions, runtimeStatus, updateStatus } from '../engine/resource-status.ts';
import type { Store } from '../store/port.ts';
import type { KubernetesRuntimes } from './kubernetes-runtimes.ts';
import {
  disableConfigMap,
  disableKey,
  type ResourceIndex,
  resourceOfConfigMap,
  resourceOfServerCmd,
} from './resource-index.ts';
import { type Controller, sameName } from './runtime/controller.ts';
import type { TriggerQueue } from './trigger-queue.ts';

export interface UIResourceDeps {
  readonly store: Store;
  readonly index: ResourceIndex;
  readonly queue: TriggerQueue;
  readonly clock: Clock;
  readonly hold: (name: string) => Hold | undefined;
  /** What resources have in clusters. */
  readonly kubernetes?: KubernetesRuntimes;
  /** Addresses that a cluster publishes for a resource. */
  readonly serviceLinks?: (name: string) => readonly Link[];
}

export const uiResourceControllerName = 'ui-resource';

export function makeUIResourceController(deps: UIResourceDeps): Controller {
  const { store } = deps;
  let queued: ReadonlySet<string> = new Set();
  let tiltfileCount = 0;

  /** Resources whose place in the queue came or went since the last look. */
  function queueChanges(): Iterable<string> {
    const now = new Set(deps.queue.entries.map(entry => entry.name));
    const changed = [...now].filter(name => !queued.has(name)).concat([...queued].filter(name => !now.has(name)));
    queued = now;
    return changed;
  }

  /** All resources, when a Tiltfile came or went: Tiltfiles stand before them in the list. */
  function orderChanges(): Iterable<string> {
    const count = store.list('Tiltfile').length;
    if (count === tiltfileCount) return [];
    tiltfileCount = count;
    return store.list('Manifest').map(({ metadata }) => metadata.name);
  }

  function reconcile(name: string): undefined {
    const object = store.get('UIResource', name);
    if (!object) return undefined;
    const status = name === mainTiltfile ? undefined : resourceStatus(deps, name, object.status);
    if (status) store.setStatus('UIResource', name, status);
    return undefined;
  }

  return {
    name: uiResourceControllerName,
    watches: {
      UIResource: name => [name],
      Manifest: name => [name],
      BuildState: name => [name],
      ConfigMap: resourceOfConfigMap,
      Cmd: resourceOfServerCmd,
      KubernetesApply: sameName,
      KubernetesDiscovery: sameName,
      PortForward: name => store.get('PortForward', name)?.metadata.ownerReferences?.map(owner => owner.name) ?? [],
      TriggerQueue: queueChanges,
      Tiltfile: orderChanges,
    },
    reconcile,
  };
}

function resourceStatus(
  deps: UIResourceDeps,
  name: string,
  before: UIResourceStatus | undefined,
): UIResourceStatus | undefined {
  const state = deps.index.get(name);
  const spec = deps.store.get('Manifest', name)?.spec;
  if (!state || !spec) return undefined;
  const isQueued = deps.queue.has(name);
  const update = updateStatus(state, isQueued);
  const runtime = runtimeStatus(state, isQueued);
  const pendingMs = pendingSince(state.build);
  const { build } = state;
  return {
    ...(build.lastSuccessMs === undefined ? {} : { lastDeployTime: formatMicroTime(build.lastSuccessMs) }),
    ...(spec.triggerMode === 0 ? {} : { triggerMode: spec.triggerMode }),
    ...(build.history.length === 0 ? {} : { buildHistory: build.history.map(buildTerminated) }),
    ...(build.current
      ? { currentBuild: { startTime: formatMicroTime(build.current.startedAtMs), spanID: build.current.spanId } }
      : {}),
    ...(pendingMs === undefined ? {} : { pendingBuildSince: formatMicroTime(pendingMs), hasPendingChanges: true }),
    ...endpoints(deps, name, spec),
    ...localInfo(deps, state, spec.target.kind === 'local' && spec.target.isTest),
    ...kubernetesInfo(deps, state, spec.target),
    runtimeStatus: runtime,
    updateStatus: update,
    specs: specs(state),
    ...(isQueued ? { queued: true } : {}),
    order: spec.order + Math.max(0, deps.store.list('Tiltfile').length - 1),
    disableStatus: disableStatus(state),
    ...waiting(deps.hold(name)),
    conditions: conditions(
      { update, runtime, disabled: state.enablement, trouble: deps.kubernetes?.trouble(name) ?? '' },
      before?.conditions,
      formatMicroTime(deps.clock.now()),
    ),
  };
}

/** One finished build as the API shows it. */
export function buildTerminated(record: BuildRecord): UIBuildTerminated {
  return {
    ...(record.error === undefined ? {} : { error: record.error }),
    ...(record.warnings ? { warnings: record.warnings } : {}),
    startTime: formatMicroTime(record.startedAtMs),
    finishTime: formatMicroTime(record.finishedAtMs ?? record.startedAtMs),
    spanID: record.spanId,
  };
}

/** What the Tiltfile says, then what is forwarded, or, where nothing is, what the cluster publishes. */
function endpoints(
  { store, serviceLinks }: UIResourceDeps,
  name: string,
  { links, target }: ManifestSpec,
): Pick<UIResourceStatus, 'endpointLinks'> {
  const forwards = store.get('KubernetesApply', name)?.spec?.portForwardTemplateSpec?.forwards ?? [];
  const published = target.kind === 'k8s' && forwards.length === 0 ? (serviceLinks?.(name) ?? []) : [];
  const known = withKnownPorts(forwards, forwardStatuses(store, name));
  const all = [...links, ...(target.kind === 'k8s' ? forwardLinks(known) : []), ...published];
  return all.length === 0 ? {} : { endpointLinks: all };
}

/** What is forwarded for a resource at this moment. */
function forwardStatuses(store: Store, name: string): readonly ForwardStatus[] {
  const pods = store.get('KubernetesDiscovery', name)?.status?.pods ?? [];
  return pods.flatMap(pod => store.get('PortForward', `${name}-${pod.name}`)?.status?.forwardStatuses ?? []);
}

/** What of the resource is in its cluster (reference 3.20). */
function kubernetesInfo(
  { kubernetes }: UIResourceDeps,
  { name, build }: ResourceState,
  target: DeployTarget,
): Pick<UIResourceStatus, 'k8sResourceInfo'> {
  const runtime = target.kind === 'k8s' ? kubernetes?.get(name) : undefined;
  if (!runtime || target.kind !== 'k8s') return {};
  const pod = mostRecentPod(runtime.pods);
  const displayNames = kubernetes!.displayNames(name);
  const explanation = kubernetes!.explanation(name);
  const message = explanation === '' ? {} : { podStatusMessage: explanation };
  if (!pod) return { k8sResourceInfo: { displayNames, podCreationTime: null, podUpdateStartTime: null, ...message } };
  const updated = [build.current, ...build.history].find(
    record => record && record.startedAtMs > Date.parse(pod.createdAt),
  );
  return {
    k8sResourceInfo: {
      podName: pod.name,
      podCreationTime: pod.createdAt,
      podUpdateStartTime: updated ? formatTime(updated.startedAtMs) : null,
      podStatus: pod.status,
      ...message,
      ...(allContainersReady(pod) ? { allContainersReady: true } : {}),
      ...(restartsOf(pod) > 0 ? { podRestarts: restartsOf(pod) } : {}),
      displayNames,
      spanID: `pod:${name}:${pod.name}`,
    },
  };
}

function localInfo(
  deps: UIResourceDeps,
  state: ResourceState,
  isTest: boolean,
): Pick<UIResourceStatus, 'localResourceInfo'> {
  if (state.kind !== 'local') return {};
  const server = deps.index.server(state.name)?.status;
  const pid = server?.running?.pid ?? server?.terminated?.pid;
  return { localResourceInfo: { ...(pid ? { pid } : {}), ...(isTest ? { isTest } : {}) } };
}

function specs(state: ResourceState): NonNullable<UIResourceStatus['specs']> {
  const images = state.images.map(image => ({ id: `image:${image}`, type: 'image' as const }));
  return [...images, { id: `${state.kind}:${state.name}`, type: state.kind }];
}

function disableStatus(state: ResourceState): NonNullable<UIResourceStatus['disableStatus']> {
  const isDisabled = state.enablement === 'Disabled';
  return {
    enabledCount: state.enablement === 'Enabled' ? 1 : 0,
    disabledCount: isDisabled ? 1 : 0,
    sources: [{ configMap: { name: disableConfigMap(state.name), key: disableKey } }],
    state: state.enablement,
  };
}

function waiting(hold: Hold | undefined): Pick<UIResourceStatus, 'waiting'> {
  // A live update that takes care of the change is not waiting (reference 4.3).
  if (!hold || hold.reason === 'reconciling') return {};
  const on = hold.on.map(ref => ({ group: 'tilt.dev', apiVersion: 'v1alpha1', kind: ref.kind, name: ref.name }));
  return { waiting: { reason: hold.reason, ...(on.length > 0 ? { on } : {}) } };
}
