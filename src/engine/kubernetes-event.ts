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
export function warningOf({ type, reason = '', message = '' }: KubeEvent): string | undefined {
  if (type !== 'Warning') return undefined;
  if (volumeReasons.has(reason)) return volumeWords(message);
  const said = message.replace('(combined from similar events): ', '').trim().split('\n', 1)[0]!;
  // That it starts again later says its pod; it would hide what the cluster warned of before.
  return said === '' || isBackOffWords(said) ? undefined : said;
}

const volumeReasons: ReadonlySet<string> = new Set(['FailedMount', 'FailedAttachVolume']);
const lateVolume = 'does not come in time';

/** `volume data: secret "x" not found`, of what a kubelet says of a volume that a pod waits for. */
function volumeWords(message: string): string {
  const said = message.replace('(combined from similar events): ', '').trim();
  const timedOut = /unmounted volumes=\[([^\]]*)\].*timed out/.exec(said);
  if (timedOut) return `volume ${timedOut[1]!.replaceAll(' ', ', ')}: ${lateVolume}`;
  const [, volume, why = ''] = /^\w+\.\w+ failed for volume "([^"]*)" : ([\s\S]*)$/.exec(said) ?? [];
  if (volume === undefined) return said.split('\n', 1)[0]!;
  // A program that mounts says what is wrong after what was run.
  const output = /^Output: (.+)$/m.exec(why)?.[1];
  return `volume ${volume}: ${output ?? why.split('\n', 1)[0]!}`;
}

/** True for a warning about a volume, for which a pod waits before any of its containers begins. */
export function isVolumeWarning(warning: string): boolean {
  return /^volume [^:]+: /.test(warning);
}

/** True for one that gives no reason: what was said before tells more. */
export function isVagueWarning(warning: string): boolean {
  return isVolumeWarning(warning) && warning.endsWith(`: ${lateVolume}`);
}

/** Secrets for pulling images that are not there; '' when it tells of none. */
export function missingPullSecrets({ reason = '', message = '' }: KubeEvent): string {
  if (reason !== 'FailedToRetrieveImagePullSecret') return '';
  return /image pull secrets \(([^)]+)\)/.exec(message)?.[1] ?? '';
}

const claimReasons: ReadonlySet<string> = new Set(['ProvisioningFailed', 'FailedBinding', 'ExternalProvisioning']);

/** Why a volume claim is not bound; undefined when the event does not tell. Some of these are no warnings. */
export function unboundClaimWords({ reason = '', message = '', involvedObject }: KubeEvent): string | undefined {
  if (involvedObject.kind !== 'PersistentVolumeClaim' || !claimReasons.has(reason)) return undefined;
  return message.trim().split('\n', 1)[0]!;
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
