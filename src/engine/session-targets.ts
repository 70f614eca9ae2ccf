// What `tilt ci` waits for and when it ends (reference 3.16, 4.13).
import type { SessionTarget, TargetState } from '../api/kinds-session.ts';
import { formatMicroTime, mainTiltfile } from '../api/meta.ts';
import { formatGoDuration } from '../base/go-duration.ts';
import type { Hold } from './build-queue.ts';
import { nextBuildReason } from './build-reason.ts';
import { hasStartedFirstBuild, isAutoInit, type ResourceState } from './resource-state.ts';

/** The local server of a resource, as its Cmd reports it. Times in ms. */
export interface ServerState {
  readonly pid: number;
  readonly ready: boolean;
  readonly startedAtMs?: number;
  readonly finishedAtMs?: number;
  readonly lastReadyMs?: number;
  readonly isTerminated: boolean;
}

export interface TargetInput {
  /** Reason bits of the resource's place in the trigger queue, 0 for none. */
  readonly queued: number;
  readonly hold: Hold | undefined;
  readonly server: ServerState | undefined;
  /** What the Kubernetes or Compose room says of a deployed resource. */
  readonly runtimeTarget: SessionTarget | undefined;
}

/** The target of the main Tiltfile; it is always there. */
export function tiltfileTarget(state: TargetState): SessionTarget {
  return { name: 'tiltfile:update', type: 'job', resources: [mainTiltfile], state };
}

/** The targets of one resource: its update, and its server or what is deployed of it. */
export function resourceTargets(resource: ResourceState, input: TargetInput): SessionTarget[] {
  const targets: SessionTarget[] = [];
  if (resource.hasUpdate) targets.push(updateTarget(resource, input));
  if (resource.kind !== 'local') {
    if (input.runtimeTarget) targets.push(input.runtimeTarget);
  } else if (resource.hasRuntime) {
    targets.push(serveTarget(resource, input));
  }
  return targets;
}

function time(ms: number | undefined): { readonly startTime?: string } {
  return ms === undefined ? {} : { startTime: formatMicroTime(ms) };
}

function waiting(input: TargetInput): TargetState {
  return { waiting: { waitReason: input.hold?.reason ?? 'unknown' } };
}

function updateTarget(resource: ResourceState, input: TargetInput): SessionTarget {
  const base = { name: `${resource.name}:update`, type: 'job' as const, resources: [resource.name] };
  if (resource.enablement === 'Disabled') return { ...base, state: { disabled: {} } };
  const { current, history } = resource.build;
  const last = history[0];
  if (nextBuildReason(resource, input.queued) !== 0) return { ...base, state: waiting(input) };
  if (current) return { ...base, state: { active: { startTime: formatMicroTime(current.startedAtMs), ready: false } } };
  if (!last) return { ...base, state: {} };
  const terminated = {
    ...time(last.startedAtMs),
    finishTime: formatMicroTime(last.finishedAtMs ?? last.startedAtMs),
    ...(last.error === undefined ? {} : { error: last.error }),
  };
  return { ...base, state: { terminated } };
}

function serveTarget(resource: ResourceState, input: TargetInput): SessionTarget {
  const base = { name: `${resource.name}:serve`, type: 'server' as const, resources: [resource.name] };
  if (resource.enablement === 'Disabled') return { ...base, state: { disabled: {} } };
  const { server } = input;
  if (server?.isTerminated) {
    // Any end of a server is an error, exit code 0 included.
    const terminated = {
      ...time(server.startedAtMs),
      ...(server.finishedAtMs === undefined ? {} : { finishTime: formatMicroTime(server.finishedAtMs) }),
      error: `Process ${server.pid} exited with non-zero status`,
    };
    return { ...base, state: { terminated } };
  }
  if (server && server.pid !== 0) {
    const active = {
      startTime: formatMicroTime(server.startedAtMs ?? 0),
      ready: server.ready,
      ...(server.lastReadyMs === undefined ? {} : { lastReadyTime: formatMicroTime(server.lastReadyMs) }),
    };
    return { ...base, state: { active } };
  }
  return { ...base, state: isWanted(resource) ? waiting(input) : {} };
}

/** False for what was never asked to run: it neither waits nor has failed. */
export function isWanted({ triggerMode, build }: ResourceState): boolean {
  return isAutoInit(triggerMode) || hasStartedFirstBuild(build);
}

/** What the process of a server does at this moment; a busy one runs, or would if the machine had time for it. */
export type ProcessLook = 'gone' | 'busy' | 'resting';

export interface CiRules {
  /** ms; undefined or 0: none. */
  readonly timeoutMs?: number;
  readonly readinessTimeoutMs?: number;
  /** Start of the session, ms. */
  readonly startedAtMs: number;
  /** An enabled Kubernetes resource exists and its cluster has an error. */
  readonly clusterFailed: boolean;
  /** Looks at the process of a local server. */
  readonly look: (target: SessionTarget) => ProcessLook;
  /** For how long what runs in pods has been ready without a break, in ms. */
  readonly readyForMs?: (target: SessionTarget) => number;
  /** What is known of why a target does not become ready; '' when nothing is. */
  readonly whyNotReady?: (target: SessionTarget) => string;
}

export interface CiVerdict {
  readonly done: boolean;
  /** Set when it failed. */
  readonly error?: string;
  /** Look again after this many ms at the latest. */
  readonly recheckAfterMs?: number;
}

/** Whether `tilt ci` is done, and how (reference 4.13). Times in ms since 1970. */
export function ciVerdict(targets: readonly SessionTarget[], rules: CiRules, nowMs: number): CiVerdict {
  if (rules.clusterFailed) return { done: true, error: 'cluster connection failed' };
  const waitingFor: string[] = [];
  const notReady: string[] = [];
  const retrying: string[] = [];
  for (const { name, state } of targets) {
    if (state.terminated?.error) {
      if (state.terminated.graceStatus === 'Tolerated') retrying.push(name);
      else if (state.terminated.graceStatus === 'Exceeded')
        return { done: true, error: `exceeded grace period: ${state.terminated.error}` };
      else return { done: true, error: state.terminated.error };
    } else if (state.waiting) {
      waitingFor.push(`${name} ${state.waiting.waitReason}`);
    } else if (state.active && !state.active.ready) {
      notReady.push(name);
    }
  }
  // The Tiltfile is always a target; one more must exist, or this is the moment before the first resource.
  if (waitingFor.length + notReady.length + retrying.length === 0 && targets.length > 1) {
    const recheckAfterMs = unsettledMs(targets, rules, nowMs);
    return recheckAfterMs > 0 ? { done: false, recheckAfterMs } : { done: true };
  }
  const readiness = readinessVerdict(targets, rules, nowMs);
  if (readiness.done) return readiness;
  const timeoutMs = rules.timeoutMs ?? 0;
  if (timeoutMs <= 0) return readiness;
  const remainingMs = rules.startedAtMs + timeoutMs - nowMs;
  if (remainingMs < 0) {
    const summary = summarize({ waiting: waitingFor, 'not ready': notReady, retrying });
    return { done: true, error: `Timeout after ${formatGoDuration(timeoutMs)}: ${summary}${causes(targets, rules)}` };
  }
  return {
    done: false,
    recheckAfterMs: Math.min(remainingMs + 1, readiness.recheckAfterMs ?? Number.POSITIVE_INFINITY),
  };
}

/** How long a server must have run before it counts: one that ends at once was never up. */
const serverSettleMs = 250;
/** A container that ends at once is called ready until its node looks again, which it does every second. */
const podSettleMs = 1200;
/** On a busy machine that time may pass before the server has done anything; but some are at work all the time. */
const busySettleMs = 5000;
/** A process that is gone without our having been told, or one at work, is looked at again after this time. */
const lookAgainMs = 20;

/** How long to wait before ready servers count as up; 0 when all do. */
function unsettledMs(targets: readonly SessionTarget[], rules: CiRules, nowMs: number): number {
  const waitsMs = targets.map(target => {
    const { active } = target.state;
    if (target.type !== 'server' || !active) return 0;
    if (!target.name.endsWith(':serve')) return Math.max(0, podSettleMs - (rules.readyForMs?.(target) ?? podSettleMs));
    const ageMs = nowMs - (Date.parse(active.startTime) || 0);
    if (ageMs < serverSettleMs) return serverSettleMs - ageMs;
    const look = rules.look(target);
    return look === 'gone' || (look === 'busy' && ageMs < busySettleMs) ? lookAgainMs : 0;
  });
  return Math.max(0, ...waitsMs);
}

/** Servers must become ready in time; jobs may take as long as they like. */
function readinessVerdict(targets: readonly SessionTarget[], rules: CiRules, nowMs: number): CiVerdict {
  const timeoutMs = rules.readinessTimeoutMs ?? 0;
  if (timeoutMs <= 0) return { done: false };
  let leastMs = Number.POSITIVE_INFINITY;
  for (const target of targets) {
    const { active } = target.state;
    if (!active || active.ready || target.type === 'job') continue;
    const sinceMs = Date.parse(active.lastReadyTime ?? active.startTime);
    if (Number.isNaN(sinceMs) || sinceMs === 0) continue;
    const remainingMs = sinceMs + timeoutMs - nowMs;
    if (remainingMs < 0) {
      const why = rules.whyNotReady?.(target) ?? '';
      const said = `Readiness timeout after ${formatGoDuration(timeoutMs)}: target ${target.name} not ready`;
      return { done: true, error: why === '' ? said : `${said} (${why})` };
    }
    leastMs = Math.min(leastMs, remainingMs + 1);
  }
  return leastMs === Number.POSITIVE_INFINITY ? { done: false } : { done: false, recheckAfterMs: leastMs };
}

/** So many causes are named; who has more looks at the log. */
const mostCauses = 3;

/** What is known of why targets are not there, behind a list of them. */
function causes(targets: readonly SessionTarget[], { whyNotReady }: CiRules): string {
  const known = new Map<string, string>();
  for (const target of targets) {
    const { active, waiting: isWaiting } = target.state;
    const why = isWaiting || (active && !active.ready) ? (whyNotReady?.(target) ?? '') : '';
    if (why !== '') known.set(target.resources[0] ?? target.name, why);
  }
  const named = [...known].slice(0, mostCauses).map(([name, why]) => `${name}: ${why}`);
  const others = known.size > mostCauses ? [`and ${known.size - mostCauses} more`] : [];
  return [...named, ...others].map(text => `; ${text}`).join('');
}

function summarize(categories: Record<string, readonly string[]>): string {
  return Object.entries(categories)
    .filter(([, items]) => items.length > 0)
    .map(([name, items]) => `${items.length} resources ${name} (${items.join(',')})`)
    .join(', ');
}
