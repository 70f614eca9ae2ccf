// What an apply is made from besides its own spec, and what it has to be looked at again for.
import type { ImageMap, KubernetesApplySpec } from '../api/kinds-kubernetes.ts';
import type { DeployedImage } from '../domain/kubernetes/objects-to-deploy.ts';
import type { Store } from '../store/port.ts';
import { defaultCluster } from './cluster-connections.ts';
import { type Named, restartersOf, switchesOf } from './runtime/dependents.ts';

/** The objects whose changes matter to an apply. */
export function dependenciesOf({ cluster, disableSource, imageMaps = [], restartOn }: KubernetesApplySpec): Named[] {
  return [
    { kind: 'Cluster', name: cluster || defaultCluster },
    ...switchesOf(disableSource),
    ...imageMaps.map(name => ({ kind: 'ImageMap' as const, name })),
    ...restartersOf(restartOn),
  ];
}

/** The images that an apply puts into its objects, as far as there is something known of them. */
export function imagesOf(store: Store, { imageMaps = [] }: KubernetesApplySpec): DeployedImage[] {
  return imageMaps.flatMap(name => {
    const map = store.get('ImageMap', name);
    return map?.spec ? [deployedImage(name, map)] : [];
  });
}

function deployedImage(name: string, { spec, status }: ImageMap): DeployedImage {
  return {
    name,
    selector: spec!.selector,
    matchExact: spec!.matchExact ?? false,
    matchInEnvVars: spec!.matchInEnvVars ?? false,
    imageFromCluster: status?.imageFromCluster ?? '',
    ...(spec!.overrideCommand ? { command: spec!.overrideCommand.command } : {}),
    ...(spec!.overrideArgs ? { args: spec!.overrideArgs.args } : {}),
  };
}
