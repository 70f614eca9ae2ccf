// The objects that a Tiltfile's Kubernetes resources ask for: the Cluster they deploy to, and what each applies
// (reference 3.1, 3.11).

import type { KubernetesTarget } from '../api/kinds-internal.ts';
import type { ClusterSpec, KubernetesApplySpec } from '../api/kinds-kubernetes.ts';
import { annotations } from '../api/meta.ts';
import type { DisableSource, IgnoreDef } from '../api/shared-types.ts';
import type { ResourceDefinition, TiltfileResult } from '../tiltfile/result.ts';
import type { MakeObject } from './desired-object.ts';
import { disableConfigMap, disableKey } from './resource-index.ts';

/** What a session gives its Kubernetes resources. */
export interface KubernetesSession {
  /** `--context` and `--namespace`, '' when not given. */
  readonly context: string;
  readonly namespace: string;
  /** RFC 3339: logs of pods count from here. */
  readonly sinceTime: string;
  readonly disablesPortForwards: boolean;
}

export const noKubernetesSession: KubernetesSession = {
  context: '',
  namespace: '',
  sinceTime: '1970-01-01T00:00:00Z',
  disablesPortForwards: false,
};

/** Spec of the Cluster object `default`; undefined when nothing is deployed to a cluster. */
export function clusterSpec(result: TiltfileResult, session: KubernetesSession): ClusterSpec | undefined {
  if (!result.resources.some(({ spec }) => spec.target.kind === 'k8s')) return undefined;
  const { context, namespace } = session;
  const { defaultRegistry } = result;
  return {
    connection: {
      kubernetes: { ...(context === '' ? {} : { context }), ...(namespace === '' ? {} : { namespace }) },
    },
    ...(defaultRegistry ? { defaultRegistry } : {}),
  };
}

/** What a resource applies, and the watch over the files of its deploy. */
export function kubernetesObjects(
  make: MakeObject,
  { name, watch }: ResourceDefinition,
  { target, session, watchIgnores }: KubernetesObjectsInput,
): ReturnType<MakeObject>[] {
  const disableSource: DisableSource = { configMap: { name: disableConfigMap(name), key: disableKey } };
  const objects = [
    make(
      'KubernetesApply',
      {
        name,
        annotations: {
          [annotations.resource]: name,
          [annotations.managedBy]: 'buildcontrol',
          [annotations.spanId]: `kubernetesapply:${name}`,
        },
      },
      { spec: applySpec(target.apply, disableSource, session) },
    ),
  ];
  if (watch && watch.deps.length > 0) {
    const ignores = [...watch.ignores, ...watchIgnores];
    const id = `k8s:${name}`;
    const spec = { watchedPaths: watch.deps, ...(ignores.length > 0 ? { ignores } : {}), disableSource };
    const noted = { [annotations.resource]: name, [annotations.targetId]: id };
    objects.push(make('FileWatch', { name: id, annotations: noted }, { spec }));
  }
  return objects;
}

export interface KubernetesObjectsInput {
  readonly target: KubernetesTarget;
  readonly session: KubernetesSession;
  /** Ignores for every file watch. */
  readonly watchIgnores: readonly IgnoreDef[];
}

function applySpec(
  apply: KubernetesApplySpec,
  disableSource: DisableSource,
  session: KubernetesSession,
): KubernetesApplySpec {
  const { portForwardTemplateSpec, podLogStreamTemplateSpec, ...rest } = apply;
  return {
    ...rest,
    ...(portForwardTemplateSpec && !session.disablesPortForwards ? { portForwardTemplateSpec } : {}),
    podLogStreamTemplateSpec: { ...podLogStreamTemplateSpec, sinceTime: session.sinceTime },
    disableSource,
  };
}
