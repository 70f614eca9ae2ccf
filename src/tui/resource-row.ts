// One resource as a person reads it: is it well, since when, and if not, why (the first rule of the screen).
// Does not: draw, or know groups, selection and colours.
import type { CmdStatus } from '../api/kinds-local.ts';
import type { UIResource, UIResourceStatus } from '../api/kinds-session.ts';
import { mainTiltfile } from '../api/meta.ts';
import type { Link } from '../api/shared-types.ts';
import { brokenPod, type PodInfo, partlyReady, readPodInfo, startingPod } from './pod-state.ts';
import {
  clusterReason,
  downForwards,
  type RowCluster,
  type RowPod,
  rowPod,
  troubleOf,
  unsettled,
  withTunnels,
} from './row-cluster.ts';
import type { RowState } from './row-state.ts';

export interface ResourceRow extends RowState {
  readonly name: string;
  /** Names of its groups; empty for none. */
  readonly labels: readonly string[];
  readonly order: number;
  readonly isTiltfile: boolean;
  /** What it is made of. */
  readonly kind: ResourceKind;
  readonly isBuilding: boolean;
  /** Its newest pod, where it has any. */
  readonly pod: PodInfo | undefined;
  readonly restarts: number;
  /** All its pods, as far as kubectl needs to know them. */
  readonly pods: readonly RowPod[];
  /** Ports of this machine that lead nowhere now. */
  readonly downPorts: readonly number[];
  /** Of its newest process here. */
  readonly pid: number | undefined;
  /** Its process has a terminal of its own. */
  readonly hasTerminal: boolean;
  /** Changed files that no update has taken up, by absolute path. */
  readonly changes: readonly string[];
  readonly endpoints: readonly Link[];
  /** 0 auto, 1 manual after the first build, 2 manual, 3 auto without the first build. */
  readonly triggerMode: number;
  /** Warnings of its current build and run. */
  readonly warnings: number;
  /** The error as it was reported, all lines; '' without one. */
  readonly errorText: string;
  /** What it waits for, by name. */
  readonly waitsOn: readonly string[];
  readonly lastUpdate?: LastUpdate | undefined;
}

export type ResourceKind = 'tiltfile' | 'local' | 'test' | 'kubernetes' | 'compose' | 'image';

export interface LastUpdate {
  readonly finishedMs: number;
  readonly tookMs: number;
  readonly hasFailed: boolean;
}

export interface RowInput {
  readonly resource: UIResource;
  /** Status of the newest process of the resource. */
  readonly process?: CmdStatus | undefined;
  /** A probe says when that process is ready. */
  readonly isProbed?: boolean | undefined;
  /** Changed files that wait. */
  readonly changes?: readonly string[] | undefined;
  readonly hasTerminal?: boolean | undefined;
  readonly warnings: number;
  readonly cluster?: RowCluster | undefined;
}

export function makeResourceRow(input: RowInput): ResourceRow {
  const { resource, warnings } = input;
  const status = resource.status ?? {};
  const name = resource.metadata.name;
  const isTiltfile = name === mainTiltfile;
  const pod = readPodInfo(status.k8sResourceInfo);
  const changes = input.changes ?? [];
  const state = withTunnels(withProbe(stateOf(status, { ...input, pod, isTiltfile }), input), input.cluster);
  const hasWarnings = warnings > 0 && (state.role === 'ok' || state.role === 'done');
  const note = warnings === 1 ? '1 warning' : `${warnings} warnings`;
  return {
    ...(hasWarnings ? { ...state, role: 'warn', reason: note } : state),
    name,
    labels: Object.keys(resource.metadata.labels ?? {}).sort(),
    order: status.order ?? 0,
    isTiltfile,
    kind: isTiltfile ? 'tiltfile' : kindOf(status),
    pod,
    restarts: pod?.restarts ?? 0,
    pods: (input.cluster?.pods ?? []).map(rowPod),
    downPorts: downForwards(input.cluster).map(forward => forward.localPort),
    pid: input.process?.running?.pid,
    hasTerminal: input.hasTerminal === true,
    changes,
    isBuilding: status.currentBuild !== undefined,
    endpoints: status.endpointLinks ?? [],
    triggerMode: status.triggerMode ?? 0,
    warnings,
    errorText: input.cluster?.error.trim() || errorText(status, { process: input.process, pod }),
    // Of a cluster the error is told.
    waitsOn: input.cluster?.error ? [] : (status.waiting?.on ?? []).map(ref => ref.name),
    lastUpdate: lastUpdate(status),
  };
}

function lastUpdate(status: UIResourceStatus): LastUpdate | undefined {
  const last = status.buildHistory?.[0];
  if (!last) return undefined;
  const finishedMs = Date.parse(last.finishTime);
  return { finishedMs, tookMs: finishedMs - Date.parse(last.startTime), hasFailed: Boolean(last.error) };
}

function kindOf({ specs = [], localResourceInfo }: UIResourceStatus): ResourceKind {
  const types = specs.map(spec => spec.type);
  if (types.includes('k8s')) return 'kubernetes';
  if (types.includes('docker-compose')) return 'compose';
  if (types.length > 0 && types.every(type => type === 'image')) return 'image';
  return localResourceInfo?.isTest ? 'test' : 'local';
}

interface StateInput extends RowInput {
  readonly pod: PodInfo | undefined;
  readonly isTiltfile: boolean;
}

function stateOf(status: UIResourceStatus, input: StateInput): RowState {
  const { process, pod, isTiltfile } = input;
  if (status.disableStatus?.state === 'Disabled') return { role: 'disabled', word: 'disabled', reason: '' };
  if (status.currentBuild)
    return {
      role: 'building',
      word: isTiltfile ? 'loading' : 'building',
      reason: '',
      ...since(status.currentBuild.startTime),
    };
  const last = status.buildHistory?.[0];
  if (status.updateStatus === 'pending') return waitingState(status, input.cluster);
  if (status.updateStatus === 'error')
    return { role: 'error', word: 'failed', reason: shortReason(last?.error ?? ''), ...since(last?.finishTime) };
  if (status.runtimeStatus === 'error')
    return pod ? brokenState(status, pod, input.cluster) : crashState(status, process);
  if (status.hasPendingChanges)
    return { role: 'stale', word: 'changed', reason: changeWords(input.changes), ...since(status.pendingBuildSince) };
  if (status.runtimeStatus === 'pending' || status.runtimeStatus === 'unknown')
    return pod
      ? { ...(troubleOf(pod, input.cluster) ?? startingPod(pod)), ...sinceMs(pod.createdMs) }
      : { role: 'starting', word: 'starting', reason: '', ...since(process?.running?.startedAt) };
  if (status.runtimeStatus === 'ok') return wellState(status, input);
  if (status.updateStatus === 'ok')
    return { role: 'done', word: isTiltfile ? 'loaded' : 'done', reason: '', ...since(last?.finishTime) };
  // Its run was stopped; what the one before gave is in use.
  if (status.updateStatus === 'none' && isTiltfile && last)
    return { role: 'manual', word: 'stopped', reason: 'the run before it counts', ...since(last.finishTime) };
  if (status.updateStatus === 'none')
    return { role: 'manual', word: isManual(status) ? 'manual' : 'not started', reason: '' };
  return { role: 'manual', word: 'idle', reason: '' };
}

/** What waits, by name where it is one file. */
function changeWords(changes: readonly string[] = []): string {
  if (changes.length === 0) return 'r to run';
  return changes.length === 1 ? changes[0]!.slice(changes[0]!.lastIndexOf('/') + 1) : `${changes.length} files`;
}

/** A job has done what it was for; everything else is there. */
function wellState(status: UIResourceStatus, { pod, cluster }: StateInput): RowState {
  const again = pod && unsettled(pod, cluster);
  if (again) return { ...again.words, ...since(readySince(status)) };
  const partly = pod && partlyReady(pod);
  if (partly) return { ...partly, ...since(readySince(status)) };
  const isDone = cluster?.isJob || pod?.podStatus === 'Completed';
  return { role: isDone ? 'done' : 'ok', word: isDone ? 'done' : 'ready', reason: '', ...since(readySince(status)) };
}

function brokenState(status: UIResourceStatus, pod: PodInfo, cluster: RowCluster | undefined): RowState {
  const at = condition(status, 'Ready')?.lastTransitionTime;
  return { ...(troubleOf(pod, cluster) ?? brokenPod(pod)), ...(at === undefined ? sinceMs(pod.createdMs) : since(at)) };
}

function sinceMs(timeMs: number | undefined): { readonly sinceMs?: number } {
  return timeMs === undefined ? {} : { sinceMs: timeMs };
}

/** What runs and is not ready yet waits for its probe. */
function withProbe(state: RowState, { process: server, isProbed }: RowInput): RowState {
  const isWaiting = state.role === 'starting' && isProbed && server?.running && !server.ready;
  return isWaiting ? { ...state, reason: 'probe not ok' } : state;
}

function isManual(status: UIResourceStatus): boolean {
  return status.triggerMode === 1 || status.triggerMode === 2;
}

/** Hold reasons (reference 4.3) in words; `on` names what is waited for. */
function waitingState(status: UIResourceStatus, cluster: RowCluster | undefined): RowState {
  const base = { role: 'pending', reason: '', ...since(status.pendingBuildSince) } as const;
  const waiting = status.waiting;
  const on = (waiting?.on ?? []).map(ref => ref.name);
  const names = on.length > 2 ? `${on[0]} and ${on.length - 1} more` : on.join(' and ');
  switch (waiting?.reason) {
    case 'waiting-for-dep':
    case 'waiting-for-deploy':
      return { ...base, word: `waits for ${names || 'others'}` };
    case 'tiltfile-reload':
      return { ...base, word: 'waits for the Tiltfile' };
    case 'waiting-for-local':
    case 'is-unparallelizable-local':
      return { ...base, word: names ? `waits for ${names}` : 'waits its turn' };
    case 'waiting-for-uncategorized':
      return { ...base, word: names ? `waits for ${names}` : 'waits for the cluster' };
    case 'waiting-for-cluster':
      return { ...base, word: 'waits for the cluster', reason: clusterReason(cluster?.error ?? '') };
    case 'building-component':
      return { ...base, word: names ? `waits for image ${names}` : 'waits for an image' };
    default:
      return { ...base, word: 'queued' };
  }
}

function crashState(status: UIResourceStatus, process: CmdStatus | undefined): RowState {
  const ended = process?.terminated;
  const at = ended?.finishedAt ?? condition(status, 'Ready')?.lastTransitionTime;
  if (!ended)
    return { role: 'crashed', word: 'not ready', reason: shortReason(process?.waiting?.reason ?? ''), ...since(at) };
  return { role: 'crashed', word: 'crashed', reason: exitReason(ended), ...since(at) };
}

function exitReason(ended: NonNullable<CmdStatus['terminated']>): string {
  return shortReason(ended.reason ?? `exit ${ended.exitCode}`);
}

function condition(status: UIResourceStatus, type: 'Ready' | 'UpToDate') {
  return status.conditions?.find(c => c.type === type);
}

function readySince(status: UIResourceStatus): string | undefined {
  const ready = condition(status, 'Ready');
  return ready?.status === 'True' ? ready.lastTransitionTime : undefined;
}

function since(time: string | undefined): { readonly sinceMs?: number } {
  const sinceMs = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(sinceMs) ? {} : { sinceMs };
}

/**
 * The line of an error that tells, without what the row says anyway: `Command "make" failed: exit status 2` is `exit 2`. A
 * traceback is where it happened and what: `Tiltfile:2:29: unknown conversion`.
 */
export function shortReason(error: string): string {
  const lines = error.trim().split('\n');
  const first = (tracebackReason(lines) ?? lines[0] ?? '').replace(/^\S*\/(?=[^/\s:]+:\d+:\d+: )/, '');
  const failed = /^Command ".*" failed: (.*)$/.exec(first);
  return (failed?.[1] ?? first).replace(/^exit status (\d+)$/, 'exit $1');
}

function tracebackReason(lines: readonly string[]): string | undefined {
  if (!lines[0]?.startsWith('Traceback ')) return undefined;
  const message = lines.find(line => /^Error\b.*: ./.test(line))?.replace(/^Error: /, '');
  const frame = lines.findLast(line => /^\s+\S.*:\d+:\d+: in /.test(line));
  const place = frame === undefined ? '' : frame.trim().replace(/: in .*$/, ': ');
  return message && `${place}${message}`;
}

function errorText(
  status: UIResourceStatus,
  { process, pod }: { readonly process: CmdStatus | undefined; readonly pod: PodInfo | undefined },
): string {
  if (status.updateStatus === 'error') return status.buildHistory?.[0]?.error?.trim() ?? '';
  if (status.runtimeStatus === 'error' && pod) return pod.podStatusMessage.trim();
  const ended = process?.terminated;
  if (status.runtimeStatus !== 'error' || !ended) return '';
  return ended.pid === 0 && ended.reason
    ? `${ended.reason} (exit ${ended.exitCode})`
    : `the process ended: ${exitReason(ended)}`;
}
