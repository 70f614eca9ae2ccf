// Which events of a cluster people are told, and how (reference 4.10, events).
import { isBackOffWords } from './pod-words.ts';

/** What is read of an Event of the core group. */
export interface KubeEvent {
  readonly metadata: { readonly uid?: string; readonly creationTimestamp?: string };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject: {
    readonly apiVersion?: string;
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
  };
}

const toldReasons: ReadonlySet<string> = new Set(['Pulling', 'Pulled']);

/** Warnings, and that an image is pulled; nothing from before the session (whole seconds). */
export function isLoggedEvent({ metadata, type, reason = '' }: KubeEvent, sessionStartMs: number): boolean {
  const createdMs = Date.parse(metadata.creationTimestamp ?? '');
  if (!(createdMs >= Math.floor(sessionStartMs / 1000) * 1000)) return false;
  return type !== 'Normal' || toldReasons.has(reason);
}

/** What a warning says, in one line; undefined for what is none. The cluster notes when it has seen many of a kind. */
export function warningOf({ type, message = '' }: KubeEvent): string | undefined {
  if (type !== 'Warning') return undefined;
  const said = message.replace('(combined from similar events): ', '').trim().split('\n', 1)[0]!;
  // That it starts again later says its pod; it would hide what the cluster warned of before.
  return said === '' || isBackOffWords(said) ? undefined : said;
}

/** True for a warning for which the kubelet ends a container. */
export function isDeadlyProbe(warning: string): boolean {
  return /^(Liveness|Startup) probe (failed|errored)/.test(warning);
}

/** True when something that brings pods could not make one. */
export function isRefusedPod({ reason = '' }: KubeEvent): boolean {
  return reason === 'FailedCreate';
}

/** `[event: pod ns/name] message`. */
export function eventLine({ involvedObject, message = '' }: KubeEvent): string {
  const { kind = '', name = '', namespace = '' } = involvedObject;
  const place = namespace === '' || namespace === 'default' ? name : `${namespace}/${name}`;
  return `[event: ${kind.toLowerCase()} ${place}] ${message.trim()}`;
}
