// What clients ask first: which kinds there are, and what this server is.
import { apiVersion, group } from '../../api/meta.ts';
import { type KindInfo, servedKinds } from '../../api/scheme.ts';
import { buildDate, version } from '../../base/version.ts';

const objectVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const;
const statusVerbs = ['get', 'patch', 'update'] as const;
const groupVersion = { groupVersion: apiVersion, version: 'v1alpha1' } as const;
const versions = { versions: [groupVersion], preferredVersion: groupVersion } as const;

/** `/apis` */
export function groupList(address: string): unknown {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
  const groups = [{ name: group, ...versions, serverAddressByClientCIDRs }];
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

/** `/apis/tilt.dev` */
export function groupDocument(): unknown {
  return { kind: 'APIGroup', apiVersion: 'v1', name: group, ...versions };
}

/** `/apis/tilt.dev/v1alpha1` */
export function resourceList(): unknown {
  const resources = servedKinds.flatMap(({ kind, plural, singular, shortNames, hasStatus }) => {
    const names = shortNames.length > 0 ? { shortNames } : {};
    const main = { name: plural, singularName: singular, namespaced: false, kind, verbs: objectVerbs, ...names };
    const status = { name: `${plural}/status`, singularName: '', namespaced: false, kind, verbs: statusVerbs };
    return hasStatus ? [main, status] : [main];
  });
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion, resources };
}

const aggregatedType = /application\/json;\s*g=apidiscovery\.k8s\.io;\s*v=(v2(?:beta1)?);\s*as=APIGroupDiscoveryList/;

/** The version of aggregated discovery that the caller prefers to the plain one, or undefined. */
export function aggregatedVersion(accept: string | undefined): string | undefined {
  return aggregatedType.exec(accept ?? '')?.[1];
}

/** `/apis`, aggregated: everything in one document. */
export function aggregatedDiscovery(discoveryVersion: string): {
  readonly contentType: string;
  readonly value: unknown;
} {
  const resources = servedKinds.map(aggregatedResource);
  const items = [{ metadata: { name: group }, versions: [{ version: 'v1alpha1', resources, freshness: 'Current' }] }];
  return {
    contentType: `application/json;g=apidiscovery.k8s.io;v=${discoveryVersion};as=APIGroupDiscoveryList`,
    value: {
      kind: 'APIGroupDiscoveryList',
      apiVersion: `apidiscovery.k8s.io/${discoveryVersion}`,
      metadata: {},
      items,
    },
  };
}

function aggregatedResource({ kind, plural, singular, shortNames, hasStatus }: KindInfo): unknown {
  const responseKind = { group, version: 'v1alpha1', kind };
  return {
    resource: plural,
    responseKind,
    scope: 'Cluster',
    singularResource: singular,
    verbs: objectVerbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(hasStatus ? { subresources: [{ subresource: 'status', responseKind, verbs: statusVerbs }] } : {}),
  };
}

/** `/version`. The first numbers are those of the Kubernetes API that is spoken; clients compare them with their own. */
export function versionDocument(platform: string): unknown {
  return {
    major: '1',
    minor: '36',
    gitVersion: `v1.36.0+tilt.${version}`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: `${buildDate}T00:00:00Z`,
    goVersion: '',
    compiler: '',
    platform,
  };
}
