// The KubernetesDiscovery that follows what a KubernetesApply put into the cluster (reference 3.12, 4.10).
import type { KubernetesApply, KubernetesDiscovery, KubernetesWatchRef } from '../api/kinds-kubernetes.ts';
import { annotations, apiVersion } from '../api/meta.ts';
import type { AppliedObject } from './applied-objects.ts';

/** Undefined: there is nothing to follow. `namespaces` are those of the objects that the spec's YAML names. */
export function discoveryOfApply(
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
