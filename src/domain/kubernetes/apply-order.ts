// In which order objects reach a cluster, and which of them may go side by side (reference 4.9).
import { type Entity, groupOf, namespaceOf } from './entity.ts';

/** Kinds that are applied first, in this order; all others follow in the order of the files. */
const firstKinds = `Namespace ResourceQuota StorageClass CustomResourceDefinition MutatingWebhookConfiguration
  ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding ClusterRoleBinding PersistentVolume
  PersistentVolumeClaim ConfigMap Secret Service LimitRange PriorityClass Deployment StatefulSet CronJob
  PodDisruptionBudget`.split(/\s+/);
const rankOfKind = new Map(firstKinds.map((kind, i) => [kind, i - firstKinds.length]));

function rank({ kind }: Entity): number {
  return rankOfKind.get(kind) ?? 0;
}

/** Objects in the order in which they are applied. */
export function applyOrder(entities: readonly Entity[]): Entity[] {
  return [...entities].sort((a, b) => rank(a) - rank(b));
}

/** The other way round, for deleting. */
export function deleteOrder(entities: readonly Entity[]): Entity[] {
  return applyOrder(entities).reverse();
}

/** Identity of an object in a cluster; the version of its API is no part of it. */
export function addressOf(entity: Entity): string {
  return [groupOf(entity), entity.kind, namespaceOf(entity), entity.name].join('/');
}

/** Runs of objects that may be applied at the same time: one rank, no object twice. The order stays. */
export function parallelBatches(entities: readonly Entity[]): Entity[][] {
  const batches: Entity[][] = [];
  let current: Entity[] = [];
  let seen = new Set<string>();
  for (const entity of entities) {
    const address = addressOf(entity);
    if (current.length > 0 && (rank(current[0]!) !== rank(entity) || seen.has(address))) {
      batches.push(current);
      current = [];
      seen = new Set();
    }
    current.push(entity);
    seen.add(address);
  }
  if (current.length > 0) batches.push(current);
  return batches;
}
