// The lines by which a rollout is followed in the log of its resource (reference 4.10, rollout lines).
import type { Pod, PodCondition } from '../api/kinds-kubernetes.ts';

export interface RolloutLine {
  readonly text: string;
  /** The line takes the place of the last one of that name. */
  readonly progressId?: string;
}

const indent = '     ';
const nameWidth = 16;

interface Stages {
  readonly scheduled: PodCondition | undefined;
  readonly initialized: PodCondition | undefined;
  readonly ready: PodCondition | undefined;
}

function stagesOf({ conditions = [] }: Pod): Stages {
  const of = (type: string): PodCondition | undefined => conditions.find(condition => condition.type === type);
  return { scheduled: of('PodScheduled'), initialized: of('Initialized'), ready: of('Ready') };
}

/** Equal for two looks at a pod that need no new lines. */
export function rolloutKey(pod: Pod): string {
  const { scheduled, initialized, ready } = stagesOf(pod);
  return JSON.stringify([pod.name, pod.createdAt, scheduled, initialized, ready]);
}

/**
 * What to print of a pod. `isNew`: nothing was printed of it yet; one that is older than the session is only named.
 */
export function rolloutLines(
  pod: Pod,
  options: { readonly isNew: boolean; readonly sessionStartMs: number },
): RolloutLine[] {
  const created = Date.parse(pod.createdAt);
  const lines: RolloutLine[] = [];
  if (options.isNew) {
    // The cluster's times are whole seconds: a pod of the second in which the session began is one of its own.
    if (Math.floor(options.sessionStartMs / 1000) * 1000 > created)
      return [{ text: `\nAttaching to existing pod (${pod.name}). Only new logs will be streamed.` }];
    lines.push({ text: `\nTracking new pod rollout (${pod.name}):` });
  }
  const { scheduled, initialized, ready } = stagesOf(pod);
  const stages: readonly (readonly [string, PodCondition | undefined, number])[] = [
    ['Scheduled', scheduled, created],
    ['Initialized', initialized, timeOf(scheduled)],
    ['Ready', ready, timeOf(initialized)],
  ];
  for (const [name, condition, sinceMs] of stages)
    lines.push({ text: stageLine(name, condition, sinceMs), progressId: name });
  return lines;
}

function timeOf(condition: PodCondition | undefined): number {
  return Date.parse(condition?.lastTransitionTime ?? '');
}

function stageLine(name: string, condition: PodCondition | undefined, sinceMs: number): string {
  const { status = '', reason = '', message = '' } = condition ?? {};
  const took = durationText(timeOf(condition) - sinceMs);
  if (status === 'True') return `${indent}┊ ${name.padEnd(nameWidth)}- ${took}`;
  // After its end a Job's pod is not ready any more, and when it was nobody knows.
  if (condition?.type === 'Ready' && reason === 'PodCompleted')
    return `${indent}┊ ${'Completed'.padEnd(nameWidth)}- ${took}`;
  if (status === '' || reason === '' || message === '') return `${indent}┊ ${name.padEnd(nameWidth)}- (…) Pending`;
  return `${indent}┃ ${`Not ${name}`.padEnd(nameWidth)}- (${reason}): ${message}`;
}

/** Conditions have whole seconds: what took none took less than one. '' when nobody knows. */
function durationText(tookMs: number): string {
  if (Number.isNaN(tookMs)) return '';
  if (tookMs === 0) return '<1s';
  const sign = tookMs < 0 ? '-' : '';
  let seconds = Math.abs(Math.round(tookMs / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  seconds %= 60;
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}s` : `${sign}${seconds}s`;
}

/** Names of containers that were restarted between two looks at a pod. */
export function restartedContainers(before: Pod, now: Pod): string[] {
  const compare = (old: Pod['containers'] = [], current: Pod['containers'] = []): string[] =>
    current.flatMap((container, i) => {
      const known = old[i];
      return known?.name === container.name && container.restarts > known.restarts ? [container.name] : [];
    });
  return [...compare(before.initContainers, now.initContainers), ...compare(before.containers, now.containers)];
}
