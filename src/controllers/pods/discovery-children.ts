// What a KubernetesDiscovery makes of its pods: a PodLogStream for each, and one PortForward (reference 3.14, 3.15).

import { sanitizeName } from '../../api/identifiers.ts';
import type { KubernetesDiscovery, Pod, PodLogStream, PortForward } from '../../api/kinds-kubernetes.ts';
import { annotations, apiVersion, type ObjectMeta } from '../../api/meta.ts';
import { forwardPod, populatedForwards } from '../../engine/forward-pod.ts';

function metaOf(discovery: KubernetesDiscovery, name: string, spanId: string): ObjectMeta {
  return {
    name: sanitizeName(name),
    annotations: {
      [annotations.resource]: discovery.metadata.annotations?.[annotations.resource] ?? '',
      [annotations.spanId]: spanId,
    },
    ownerReferences: [
      {
        apiVersion,
        kind: 'KubernetesDiscovery',
        name: discovery.metadata.name,
        uid: discovery.metadata.uid ?? '',
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  };
}

/** The span of a pod's log. */
export function podSpan(resource: string, pod: string): string {
  return `pod:${resource}:${pod}`;
}

export function logStreamOf(discovery: KubernetesDiscovery, pod: Pod): PodLogStream {
  const { podLogStreamTemplateSpec: template = {}, cluster } = discovery.spec!;
  const resource = discovery.metadata.annotations?.[annotations.resource] ?? '';
  const name = `${discovery.metadata.name}-${pod.namespace}-${pod.name}`;
  return {
    apiVersion,
    kind: 'PodLogStream',
    metadata: metaOf(discovery, name, podSpan(resource, pod.name)),
    spec: {
      ...(cluster === undefined ? {} : { cluster }),
      pod: pod.name,
      namespace: pod.namespace,
      ...(template.sinceTime ? { sinceTime: template.sinceTime } : {}),
      ...(template.ignoreContainers ? { ignoreContainers: template.ignoreContainers } : {}),
      ...(template.onlyContainers ? { onlyContainers: template.onlyContainers } : {}),
    },
  };
}

/** Undefined when nothing is to be forwarded, or there is no pod that can be reached. */
export function portForwardOf(discovery: KubernetesDiscovery): PortForward | undefined {
  const { portForwardTemplateSpec, cluster } = discovery.spec!;
  const forwards = portForwardTemplateSpec?.forwards ?? [];
  const pod = forwards.length === 0 ? undefined : forwardPod(discovery.status?.pods ?? []);
  if (!pod) return undefined;
  const spanId = discovery.metadata.annotations?.[annotations.spanId] ?? '';
  return {
    apiVersion,
    kind: 'PortForward',
    metadata: metaOf(discovery, `${discovery.metadata.name}-${pod.name}`, spanId),
    spec: {
      ...(cluster === undefined ? {} : { cluster }),
      podName: pod.name,
      namespace: pod.namespace,
      forwards: populatedForwards(forwards, pod),
    },
  };
}
