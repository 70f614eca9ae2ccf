// How a resource is doing, in the words of UIResource.status (reference 3.20).
import type { RuntimeStatus, UIResourceCondition, UpdateStatus } from '../api/kinds-session.ts';
import type { DisableState } from '../api/shared-types.ts';
import {
  hasStartedFirstBuild,
  isAutoInit,
  isAutoOnChange,
  pendingSince,
  type ResourceState,
} from './resource-state.ts';

/** The update status before the rules for resources without an update command. */
function plainUpdateStatus(resource: ResourceState, isQueued: boolean): UpdateStatus {
  const { build, triggerMode } = resource;
  if (build.current) return 'in_progress';
  if (isQueued) return 'pending';
  if (isAutoOnChange(triggerMode) && pendingSince(build) !== undefined) return 'pending';
  if (isAutoInit(triggerMode) && !hasStartedFirstBuild(build)) return 'pending';
  const last = build.history[0];
  // Stopped on purpose is not failed.
  if (last?.canceled) return 'none';
  if (last?.error !== undefined) return 'error';
  return last ? 'ok' : 'none';
}

/**
 * The update status. A local resource that has only a serve_cmd is `pending` until its formal update is done
 * and `not_applicable` afterwards. Disabled: none.
 */
export function updateStatus(resource: ResourceState, isQueued: boolean): UpdateStatus {
  if (resource.enablement === 'Disabled') return 'none';
  return updateStatusIfEnabled(resource, isQueued);
}

/** The same, for deciding about the server before its enablement is looked at. */
export function updateStatusIfEnabled(resource: ResourceState, isQueued: boolean): UpdateStatus {
  const status = plainUpdateStatus(resource, isQueued);
  if (resource.hasUpdate) return status;
  if (status === 'in_progress') return 'pending';
  return status === 'ok' ? 'not_applicable' : status;
}

/** The runtime status: what runs, corrected by whether it was ever asked to run. Disabled: none. */
export function runtimeStatus(resource: ResourceState, isQueued: boolean): RuntimeStatus {
  if (resource.enablement === 'Disabled') return 'none';
  if (!resource.hasRuntime) return 'not_applicable';
  if (resource.runtime !== 'pending' && resource.runtime !== 'unknown') return resource.runtime;
  const update = plainUpdateStatus(resource, isQueued);
  if (update === 'none') return 'none';
  if (update === 'pending' || update === 'in_progress') return 'pending';
  return resource.runtime;
}

interface Statuses {
  readonly update: UpdateStatus;
  readonly runtime: RuntimeStatus;
  readonly disabled: DisableState;
  /** Why it is not ready, in one line; '' when nobody knows. */
  readonly trouble?: string;
}

/** `UpToDate` and `Ready`, with lastTransitionTime taken from `before` where the status did not change. */
export function conditions(
  statuses: Statuses,
  before: readonly UIResourceCondition[] | undefined,
  nowText: string,
): UIResourceCondition[] {
  return [upToDate(statuses), ready(statuses)].map(condition => {
    const old = before?.find(c => c.type === condition.type);
    const since = old?.status === condition.status && old.lastTransitionTime ? old.lastTransitionTime : nowText;
    return { ...condition, lastTransitionTime: since };
  });
}

function upToDate({ update, disabled }: Statuses): UIResourceCondition {
  if (update === 'ok' || update === 'not_applicable') return { type: 'UpToDate', status: 'True' };
  let reason = 'Unknown';
  if (disabled === 'Disabled') reason = 'Disabled';
  else if (update === 'error') reason = 'UpdateError';
  else if (update === 'pending') reason = 'UpdatePending';
  return { type: 'UpToDate', status: 'False', reason };
}

function ready({ update, runtime, disabled, trouble }: Statuses): UIResourceCondition {
  if (runtime === 'ok' || (runtime === 'not_applicable' && update === 'ok')) return { type: 'Ready', status: 'True' };
  let reason = 'Unknown';
  if (disabled === 'Disabled') reason = 'Disabled';
  else if (runtime === 'error') reason = 'RuntimeError';
  else if (update === 'error') reason = 'UpdateError';
  else if (update === 'ok' && runtime === 'pending') reason = 'RuntimePending';
  else if (update === 'pending') reason = 'UpdatePending';
  const isAboutRuntime = reason === 'RuntimeError' || reason === 'RuntimePending';
  // Beyond Tilt, which leaves the message empty.
  return { type: 'Ready', status: 'False', reason, ...(isAboutRuntime && trouble ? { message: trouble } : {}) };
}
