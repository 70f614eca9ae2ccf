// What there is to know of one resource beside its row: its last builds and why they ran, what it is made of, its pods,
// conditions and tunnels. Made of the client's objects when somebody looks.
// Does not: say anything in words for a screen (views/details.ts does), or keep anything.
import type { Client } from '../api/client.ts';
import { type BuildRecord, buildReason, type Manifest } from '../api/kinds-internal.ts';
import type { Container, Pod } from '../api/kinds-kubernetes.ts';
import type { UIResourceStatus } from '../api/kinds-session.ts';
import { mainTiltfile } from '../api/meta.ts';

export interface BuildFact {
  readonly startedMs: number;
  /** Absent while it runs. */
  readonly tookMs?: number | undefined;
  /** In words: `a change`, `you`. */
  readonly why: readonly string[];
  /** Changed files, absolute. */
  readonly files: readonly string[];
  /** '' for one that went well. */
  readonly error: string;
  readonly isCanceled: boolean;
}

export interface ContainerFact {
  readonly name: string;
  readonly state: string;
  readonly isReady: boolean;
  readonly restarts: number;
  readonly image: string;
}

export interface PodFact {
  readonly name: string;
  readonly namespace: string;
  readonly status: string;
  readonly createdMs: number | undefined;
  readonly isDeleting: boolean;
  readonly errors: readonly string[];
  readonly containers: readonly ContainerFact[];
}

export interface ForwardFact {
  readonly localPort: number;
  readonly containerPort: number;
  readonly error: string;
}

export interface ConditionFact {
  readonly type: string;
  readonly isTrue: boolean;
  readonly sinceMs: number | undefined;
  readonly why: string;
}

export interface ResourceFacts {
  readonly name: string;
  /** The running one first, then the newest. */
  readonly builds: readonly BuildFact[];
  /** Its commands as they were written. */
  readonly commands: readonly { readonly what: 'update' | 'serve'; readonly text: string; readonly dir: string }[];
  readonly pid: number | undefined;
  readonly dependsOn: readonly string[];
  readonly neededBy: readonly string[];
  readonly images: readonly string[];
  readonly objects: readonly string[];
  readonly pods: readonly PodFact[];
  readonly forwards: readonly ForwardFact[];
  readonly conditions: readonly ConditionFact[];
  readonly applyError: string;
  readonly hasTerminal: boolean;
}

export function makeFacts(client: Client, name: string): ResourceFacts {
  const manifest = client.get('Manifest', name);
  const status = client.get('UIResource', name)?.status ?? {};
  const target = manifest?.spec?.target;
  const pods = client.get('KubernetesDiscovery', name)?.status?.pods ?? [];
  return {
    name,
    builds: buildFacts(client, name, status),
    commands: commandFacts(manifest),
    pid: status.localResourceInfo?.pid,
    dependsOn: manifest?.spec?.resourceDeps ?? [],
    neededBy: client
      .list('Manifest')
      .filter(other => other.spec?.resourceDeps.includes(name))
      .map(other => other.metadata.name),
    images: manifest?.spec?.images ?? [],
    objects: target?.kind === 'k8s' ? target.displayNames : [],
    pods: pods.map(podFact),
    forwards: forwardFacts(client, pods),
    conditions: conditionFacts(status),
    applyError: client.get('KubernetesApply', name)?.status?.error ?? '',
    hasTerminal: target?.kind === 'local' && target.tty === true,
  };
}

function buildFacts(client: Client, name: string, status: UIResourceStatus): BuildFact[] {
  if (name === mainTiltfile) return tiltfileBuilds(client, status);
  const state = client.get('BuildState', name)?.status;
  if (!state) return (status.buildHistory ?? []).map(uiBuild);
  const records = [...(state.current ? [state.current] : []), ...state.history];
  return records.map(recordFact);
}

function recordFact(record: BuildRecord): BuildFact {
  const { startedAtMs, finishedAtMs, error = '', canceled = false } = record;
  return {
    startedMs: startedAtMs,
    tookMs: finishedAtMs === undefined ? undefined : finishedAtMs - startedAtMs,
    why: reasonWords(record.reasons),
    files: record.files,
    error: canceled ? '' : error,
    isCanceled: canceled,
  };
}

function uiBuild(build: NonNullable<UIResourceStatus['buildHistory']>[number]): BuildFact {
  const startedMs = Date.parse(build.startTime);
  const tookMs = Date.parse(build.finishTime) - startedMs;
  return { startedMs, tookMs, why: [], files: [], error: build.error ?? '', isCanceled: false };
}

function tiltfileBuilds(client: Client, status: UIResourceStatus): BuildFact[] {
  const reasons = client.get('Tiltfile', mainTiltfile)?.status?.terminated?.reasons ?? [];
  return (status.buildHistory ?? []).map((build, i) => ({ ...uiBuild(build), why: i === 0 ? reasons : [] }));
}

const words: readonly (readonly [bit: number, word: string])[] = [
  [buildReason.init, 'the start'],
  [buildReason.changedFiles, 'changed files'],
  [buildReason.config, 'a change of its definition'],
  [buildReason.changedDeps, 'a dependency'],
  [buildReason.crash, 'a crash'],
  [buildReason.tiltfileArgs, 'other arguments'],
  [buildReason.triggerHud, 'you'],
  [buildReason.triggerWeb, 'the web page'],
  [buildReason.triggerCli, 'tilt trigger'],
  [buildReason.triggerUnknown, 'a program'],
];

function reasonWords(reasons: number): string[] {
  return words.flatMap(([bit, word]) => ((reasons & bit) === 0 ? [] : [word]));
}

function commandFacts(manifest: Manifest | undefined): ResourceFacts['commands'] {
  const target = manifest?.spec?.target;
  if (target?.kind !== 'local') return [];
  const commands = [['update', target.updateCmd] as const, ['serve', target.serveCmd] as const];
  return commands.flatMap(([what, command]) => {
    if (!command) return [];
    const [shell, flag, script] = command.args;
    const isScript = command.args.length === 3 && shell === 'sh' && flag === '-c' && script !== undefined;
    return [{ what, text: isScript ? script : command.args.join(' '), dir: command.dir }];
  });
}

function podFact(pod: Pod): PodFact {
  const createdMs = Date.parse(pod.createdAt);
  return {
    name: pod.name,
    namespace: pod.namespace,
    status: pod.status || pod.phase,
    createdMs: Number.isNaN(createdMs) ? undefined : createdMs,
    isDeleting: pod.deleting,
    errors: pod.errors,
    containers: pod.containers.map(containerFact),
  };
}

function containerFact({ name, state, ready, restarts, image }: Container): ContainerFact {
  const { waiting, running, terminated } = state;
  const text = terminated
    ? `${terminated.reason ?? 'ended'} (exit ${terminated.exitCode})`
    : (waiting?.reason ?? (running ? 'runs' : 'unknown'));
  return { name, state: text, isReady: ready, restarts, image };
}

function forwardFacts(client: Client, pods: readonly Pod[]): ForwardFact[] {
  const names = new Set(pods.map(pod => pod.name));
  return client
    .list('PortForward')
    .filter(forward => names.has(forward.spec?.podName ?? ''))
    .flatMap(forward => forward.status?.forwardStatuses ?? [])
    .map(({ localPort, containerPort, error = '' }) => ({ localPort, containerPort, error }));
}

function conditionFacts({ conditions = [] }: UIResourceStatus): ConditionFact[] {
  return conditions.map(({ type, status, lastTransitionTime, reason, message }) => {
    const sinceMs = Date.parse(lastTransitionTime ?? '');
    return {
      type,
      isTrue: status === 'True',
      sinceMs: Number.isNaN(sinceMs) ? undefined : sinceMs,
      why: message || reason || '',
    };
  });
}
