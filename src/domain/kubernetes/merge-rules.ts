// How lists, and objects of one-of-many, in Kubernetes' own types merge (their patchMergeKey and patchStrategy, as its API documents them). Lists of
// other types, those of custom resources among them, are replaced as a whole.
import type { ListStrategy } from '../merge/strategic-merge.ts';
import type { MergeRules } from '../merge/three-way-strategic.ts';
import { structType, type TypeExpr } from './types.ts';

/** By the name of the type that has the list, and the field. */
const strategies: Readonly<Record<string, ListStrategy>> = {
  'ObjectMeta.finalizers': 'set',
  'ObjectMeta.ownerReferences': { mergeKey: 'uid' },
  'PodSpec.containers': { mergeKey: 'name' },
  'PodSpec.initContainers': { mergeKey: 'name' },
  'PodSpec.ephemeralContainers': { mergeKey: 'name' },
  'PodSpec.volumes': { mergeKey: 'name' },
  'PodSpec.imagePullSecrets': { mergeKey: 'name' },
  'PodSpec.hostAliases': { mergeKey: 'ip' },
  'PodSpec.topologySpreadConstraints': { mergeKey: 'topologyKey' },
  'PodSpec.schedulingGates': { mergeKey: 'name' },
  'PodSpec.resourceClaims': { mergeKey: 'name' },
  'Container.env': { mergeKey: 'name' },
  'Container.ports': { mergeKey: 'containerPort' },
  'Container.volumeMounts': { mergeKey: 'mountPath' },
  'Container.volumeDevices': { mergeKey: 'devicePath' },
  'EphemeralContainer.env': { mergeKey: 'name' },
  'EphemeralContainer.ports': { mergeKey: 'containerPort' },
  'EphemeralContainer.volumeMounts': { mergeKey: 'mountPath' },
  'EphemeralContainer.volumeDevices': { mergeKey: 'devicePath' },
  'EphemeralContainerCommon.env': { mergeKey: 'name' },
  'ServiceSpec.ports': { mergeKey: 'port' },
  'ServiceAccount.secrets': { mergeKey: 'name' },
  'ServiceAccount.imagePullSecrets': { mergeKey: 'name' },
  'NodeSpec.podCIDRs': 'set',
  'MutatingWebhookConfiguration.webhooks': { mergeKey: 'name' },
  'ValidatingWebhookConfiguration.webhooks': { mergeKey: 'name' },
};

/**
 * The last two are beyond the API's documents: the server fills in what only a rolling update has, and refuses it beside
 * any other way. kubectl needs a `rollingUpdate: null` for that, which no typed object can hold.
 */
const retained = new Set([
  'DeploymentSpec.strategy',
  'PodSpec.volumes',
  'PodSpec.resourceClaims',
  'StatefulSetSpec.updateStrategy',
  'DaemonSetSpec.updateStrategy',
]);

/** Rules for an object of the type at that place of the table; undefined: an object without a type. */
export function mergeRules(typeIndex: number | undefined): MergeRules {
  if (typeIndex === undefined) return { lists: () => 'replace', retainsKeys: () => false };
  return {
    lists: path => strategies[fieldAt(typeIndex, path)] ?? 'replace',
    retainsKeys: path => retained.has(fieldAt(typeIndex, path)),
  };
}

/** `PodSpec.volumes` for the path of such a field; '' where no field of a type is. */
function fieldAt(typeIndex: number, path: readonly string[]): string {
  let type: TypeExpr = { is: 'struct', index: typeIndex };
  let holder = '';
  for (const name of path) {
    type = element(type);
    if (type.is === 'map') {
      type = type.of;
      holder = '';
      continue;
    }
    if (type.is !== 'struct') return '';
    const struct = structType(type.index);
    const field = struct.fields.get(name)?.type;
    if (!field) return '';
    holder = struct.name;
    type = field;
  }
  return holder === '' ? '' : `${holder}.${path.at(-1)}`;
}

/** What a list or a pointer holds. */
function element(type: TypeExpr): TypeExpr {
  return type.is === 'list' || type.is === 'pointer' ? element(type.of) : type;
}
