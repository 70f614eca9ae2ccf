// What is wrong with a pod, read off its containers: a crash loop with its count, an image that does not come, a place that
// no node has.
import type { Container, Pod } from '../api/kinds-kubernetes.ts';
import { allContainers, isContainerInError, isUnschedulable } from '../engine/kubernetes-pods.ts';
import {
  crashLoopReasons,
  type Ending,
  endingWords,
  isImageWord,
  ordinal,
  startFailure,
  wordOf,
} from '../engine/pod-words.ts';
import type { PodWords } from './pod-state.ts';

/** How containers ended last; while one waits to be started again, the cluster's objects do not say. By `exitKey`. */
export type ContainerEndings = ReadonlyMap<string, Ending>;

export function exitKey({ uid }: Pod, { name }: Container): string {
  return `${uid}/${name}`;
}

/** Undefined for a pod that nothing is wrong with, as far as it says, or that is on its way out. */
export function podTrouble(pod: Pod, endings: ContainerEndings): PodWords | undefined {
  if (pod.deleting) return undefined;
  const broken = allContainers(pod).find(isBroken);
  if (broken) return containerTrouble(pod, broken, endings.get(exitKey(pod, broken)));
  if (!isUnschedulable(pod)) return undefined;
  const message = pod.conditions?.find(({ type }) => type === 'PodScheduled')?.message ?? '';
  return { role: 'crashed', word: wordOf('Unschedulable')!, reason: placeReason(message) };
}

/** Also what waits for a name that there is none of: it may come, but nobody is on the way. */
function isBroken(container: Container): boolean {
  return isContainerInError(container) || wordOf(container.state.waiting?.reason ?? '') !== undefined;
}

function containerTrouble(pod: Pod, container: Container, before: Ending | undefined): PodWords {
  const { state, restarts } = container;
  const waits = state.waiting?.reason ?? '';
  const ending = state.terminated ?? before;
  const isInit = pod.initContainers?.includes(container) === true;
  const where = isInit ? `init container ${container.name}` : '';
  const start = startFailure(pod, container, ending);
  if (start !== undefined) return broken('cannot start', [start, where]);
  if (isImageWord(waits)) return broken(wordOf(waits)!, [imageReason(pod, container), where]);
  if (waits !== '' && waits !== 'CrashLoopBackOff') return broken(wordOf(waits) ?? waits, [...pod.errors, where]);
  if (restarts === 0 && waits === '') return endedOnce(ending, [ending ? endingWords(ending) : '', where]);
  return broken('crash loop', [...crashLoopReasons(restarts, ending), where]);
}

/** A container that ended badly is believed to be well this time once it ran for so long. */
const settleMs = 10_000;

/** A container that ended badly and was started again a moment ago, and until when that counts. */
export function startedAgain(
  pod: Pod,
  endings: ContainerEndings,
  nowMs: number,
): { readonly words: PodWords; readonly untilMs: number } | undefined {
  for (const container of pod.containers) {
    const { restarts, state } = container;
    const ending = endings.get(exitKey(pod, container));
    const startedMs = Date.parse(state.running?.startedAt ?? '');
    if (restarts === 0 || !ending || ending.exitCode === 0 || !(nowMs < startedMs + settleMs)) continue;
    const reason = `after ${endingWords(ending)}, ${ordinal(restarts + 1)} time`;
    return {
      words: { role: 'starting', word: 'started again', reason },
      untilMs: Math.min(startedMs, nowMs) + settleMs,
    };
  }
  return undefined;
}

function endedOnce(ending: Ending | undefined, reasons: readonly string[]): PodWords {
  const word = (ending?.reason !== 'Error' && wordOf(ending?.reason ?? '')) || 'crashed';
  return broken(
    word,
    reasons.filter(reason => reason !== word),
  );
}

function broken(word: string, reasons: readonly string[]): PodWords {
  const reason = reasons.map(text => text.trim().split('\n')[0]!).filter(Boolean);
  return { role: 'crashed', word, reason: reason.join(', ') };
}

/** The last clause of a chain of errors is the cause: `connection refused`, `not found`. The image stands behind it. */
function imageReason(pod: Pod, { image }: Container): string {
  const message = pod.errors.find(error => error.includes(image)) ?? pod.errors[0] ?? '';
  const cause = message.split(': ').at(-1)!.trim();
  return [/^back-off pulling/i.test(cause) ? '' : cause, image].filter(Boolean).join(', ');
}

/** `0/1 nodes are available: 1 Too many pods. preemption: ...` is `1 Too many pods`. */
function placeReason(message: string): string {
  return message.replace(/^0\/\d+ nodes are available: /, '').replace(/\. .*$|\.$/s, '');
}
