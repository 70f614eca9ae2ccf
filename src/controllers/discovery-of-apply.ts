// The KubernetesDiscovery that follows what a KubernetesApply put into the cluster (reference 3.12, 4.10).
import type { KubernetesApply, KubernetesDiscovery, KubernetesWatchRef } from '../api/kinds-kubernetes.ts';
import { annotations, apiVersion } from '../api/meta.ts';
import { objectsOfSpec } from '../build/kubernetes/deploy.ts';
import type { Store } from '../store/port.ts';
import type { AppliedObject } from './applied-objects.ts';
import { type ClusterConnections, defaultCluster } from './cluster-connections.ts';

interface FollowDeps {
  readonly store: Store;
  readonly connections: ClusterConnections;
}

/** Brings the KubernetesDiscovery of an apply to what it should be. A failed apply leaves it as it is. */
export function followApply(deps: FollowDeps, name: string, applied: readonly AppliedObject[]): void {
  const { store } = deps;
  const apply = store.get('KubernetesApply', name);
  if (apply?.status?.error) return;
  const existing = store.get('KubernetesDiscovery', name);
  const wanted = apply && discoveryOfApply(apply, applied, namespacesOf(deps, apply, applied));
  if (wanted) store.upsert('KubernetesDiscovery', wanted);
  else if (existing?.metadata.ownerReferences?.some(owner => owner.kind === 'KubernetesApply'))
    store.delete('KubernetesDiscovery', name);
}

/** Namespaces to look for pods in by their labels, also before anything was applied. */
function namespacesOf(
  { connections }: FollowDeps,
  { spec = {} }: KubernetesApply,
  applied: readonly AppliedObject[],
): readonly string[] {
  const bySelector = spec.kubernetesDiscoveryTemplateSpec?.extraSelectors?.length ?? 0;
  if (bySelector === 0 && spec.discoveryStrategy !== 'selectors-only') return [];
  const fallback = connections.get(spec.cluster || defaultCluster)?.client.namespace || 'default';
  let named: readonly { readonly namespace?: string }[] = applied.map(({ ref }) => ref);
  try {
    if (spec.yaml) named = objectsOfSpec(spec);
  } catch {
    // What is wrong with the YAML is what its apply fails of.
  }
  return [...new Set(named.map(({ namespace }) => namespace || fallback))];
}

/** Undefined: there is nothing to follow. `namespaces` are those of the objects that the spec's YAML names. */
function discoveryOfApply(
  apply: KubernetesApply,
  applied: readonly AppliedObject[],
  namespaces: readonly string[],
): KubernetesDiscovery | undefined {
  const spec = apply.spec ?? {};
  if (apply.status?.disableStatus?.state === 'Disabled') return undefined;
  const watches: KubernetesWatchRef[] = [];
  const seen = new Set<string>();
  if (spec.discoveryStrategy !== 'selectors-only') {
    for (const { ref, uid } of applied) {
      const namespace = ref.namespace || 'default';
      seen.add(namespace);
      watches.push({ ...(uid === '' ? {} : { uid }), namespace, name: ref.name });
    }
  }
  for (const namespace of namespaces) {
    if (!seen.has(namespace)) watches.push({ namespace });
    seen.add(namespace);
  }
  if (watches.length === 0) return undefined;
  const extraSelectors = spec.kubernetesDiscoveryTemplateSpec?.extraSelectors;
  const noted = apply.metadata.annotations ?? {};
  return {
    apiVersion,
    kind: 'KubernetesDiscovery',
    metadata: {
      name: apply.metadata.name,
      annotations: {
        [annotations.resource]: noted[annotations.resource] ?? '',
        [annotations.spanId]: noted[annotations.spanId] ?? '',
      },
      ownerReferences: [
        {
          apiVersion,
          kind: 'KubernetesApply',
          name: apply.metadata.name,
          uid: apply.metadata.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      ...(spec.cluster === undefined ? {} : { cluster: spec.cluster }),
      watches,
      ...(extraSelectors ? { extraSelectors } : {}),
      ...(spec.podLogStreamTemplateSpec ? { podLogStreamTemplateSpec: spec.podLogStreamTemplateSpec } : {}),
      ...(spec.portForwardTemplateSpec ? { portForwardTemplateSpec: spec.portForwardTemplateSpec } : {}),
    },
  };
}
