// Follows the rollout of each resource's newest pod in the resource's log (reference 4.10, rollout lines).
import { mostRecentPod } from '../../engine/kubernetes-pods.ts';
import { rolloutKey, rolloutLines } from '../../engine/pod-rollout.ts';
import type { KubernetesRuntimes } from '../kubernetes-runtimes.ts';
import { type Controller, sameName } from '../runtime/controller.ts';
import type { LogSink } from '../runtime/span-log.ts';

export interface PodRolloutDeps {
  readonly runtimes: KubernetesRuntimes;
  readonly logs: LogSink;
  readonly sessionStartMs: number;
}

/** A controller that writes nothing but lines. */
export function makePodRolloutLog({ runtimes, logs, sessionStartMs }: PodRolloutDeps): Controller {
  /** What was told last, by resource; and the uids of pods of which something was: a StatefulSet's names come again. */
  const told = new Map<string, { readonly key: string; readonly pods: Set<string> }>();
  return {
    name: 'pod-rollout',
    watches: { KubernetesDiscovery: sameName, KubernetesApply: sameName },
    reconcile(name) {
      const pod = mostRecentPod(runtimes.get(name)?.pods ?? []);
      if (!pod) return undefined;
      const before = told.get(name) ?? { key: '', pods: new Set<string>() };
      const key = rolloutKey(pod);
      if (key === before.key) return undefined;
      const isNew = !before.pods.has(pod.uid);
      told.set(name, { key, pods: before.pods.add(pod.uid) });
      const log = logs.span(`monitor:${name}:${pod.name}`, name);
      for (const { text, progressId } of rolloutLines(pod, { isNew, sessionStartMs }))
        log.write(`${text}\n`, 'info', progressId === undefined ? {} : { progressId });
      return undefined;
    },
  };
}
