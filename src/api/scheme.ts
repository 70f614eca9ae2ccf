// The kinds and how they are served: one table that the store, the server, discovery and the commands read.
// Does not: hold objects, or know what a kind means to the engine.
import type { Kind } from './kinds.ts';

export interface KindInfo {
  readonly kind: Kind;
  /** Lower case, as in URLs: `uiresources`. For an unserved kind only error texts show it. */
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  /** False for what has neither spec nor status (ConfigMap). */
  readonly hasStatus: boolean;
  /** False for kinds that live in the store alone (design, section 2). */
  readonly isServed: boolean;
  /** What the kind is for, in one sentence; `explain` shows it. */
  readonly description: string;
}

function served(
  kind: Kind,
  plural: string,
  description: string,
  more: { readonly shortNames?: readonly string[]; readonly hasStatus?: boolean } = {},
): KindInfo {
  const { shortNames = [], hasStatus = true } = more;
  return { kind, plural, singular: kind.toLowerCase(), shortNames, hasStatus, isServed: true, description };
}

function unserved(kind: Kind, plural: string, description: string): KindInfo {
  return {
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: [],
    hasStatus: true,
    isServed: false,
    description,
  };
}

/** All kinds, the served ones first and by name (reference 3.1 to 3.20: plurals and short names). */
export const kindTable: readonly KindInfo[] = [
  served('Cluster', 'clusters', 'A Kubernetes cluster or a Docker daemon that this session deploys to.'),
  served('Cmd', 'cmds', 'A command on this machine that is started, probed, restarted and stopped.'),
  served('CmdImage', 'cmdimages', 'An image that a command of the user builds.'),
  served('ConfigMap', 'configmaps', 'Named strings, for example what is disabled and how toggles stand.', {
    shortNames: ['cm'],
    hasStatus: false,
  }),
  served('DockerComposeLogStream', 'dockercomposelogstreams', 'Follows the log of one Compose service.', {
    shortNames: ['dclog', 'dcls'],
  }),
  served('DockerComposeService', 'dockercomposeservices', 'One service of a Docker Compose project.', {
    shortNames: ['dc'],
  }),
  served('DockerImage', 'dockerimages', 'An image that is built from a Dockerfile.'),
  served('Extension', 'extensions', 'Tiltfile code from a repository of extensions.', { shortNames: ['ext'] }),
  served('ExtensionRepo', 'extensionrepos', 'A repository that extensions are loaded from.', {
    shortNames: ['repo', 'extrepo'],
  }),
  served('FileWatch', 'filewatches', 'Watches paths and records which files changed when.', { shortNames: ['fw'] }),
  served('ImageMap', 'imagemaps', 'Which built image takes the place of an image name when deploying.', {
    shortNames: ['im'],
  }),
  served('KubernetesApply', 'kubernetesapplys', 'YAML or a command that brings objects into a cluster.', {
    shortNames: ['ka', 'kapp'],
  }),
  served('KubernetesDiscovery', 'kubernetesdiscoveries', 'Finds and watches the pods that belong to a deployment.', {
    shortNames: ['kd', 'kdisco'],
  }),
  served('LiveUpdate', 'liveupdates', 'Copies changed files into running containers instead of building an image.'),
  served('PodLogStream', 'podlogstreams', 'Follows the logs of the containers of one pod.', { shortNames: ['pls'] }),
  served('PortForward', 'portforwards', 'Local ports that lead to ports of a pod.', { shortNames: ['pf'] }),
  served('Session', 'sessions', 'The running session: its targets, how they stand, and when it is done.'),
  served('Tiltfile', 'tiltfiles', 'A Tiltfile and how its last run ended.'),
  served('ToggleButton', 'togglebuttons', 'A button with two sides that writes a value into a ConfigMap.'),
  served('UIButton', 'uibuttons', 'A button that people press, with the inputs they give.'),
  served('UIResource', 'uiresources', 'A resource as screens show it: builds, status, links, what it waits for.'),
  served('UISession', 'uisessions', 'The session as screens show it: version, start time, fatal error.'),
  unserved('Manifest', 'manifests', 'What the Tiltfile wants of one resource.'),
  unserved('BuildState', 'buildstates', 'What was built of a resource and what waits to be.'),
  unserved('TriggerQueue', 'triggerqueues', 'Who asked for an update, in order.'),
];

export const servedKinds: readonly KindInfo[] = kindTable.filter(info => info.isServed);

const byKind = new Map(kindTable.map(info => [info.kind, info]));

/** The table's line of a kind. */
export function kindInfo(kind: Kind): KindInfo {
  return byKind.get(kind)!;
}

const byWord = new Map<string, KindInfo>();
for (const info of servedKinds) {
  for (const word of [info.plural, info.singular, ...info.shortNames]) byWord.set(word, info);
}

/**
 * The served kind that a person means by `word`: plural, singular, short name or kind, in any case, with or without
 * `.tilt.dev` or `.v1alpha1.tilt.dev` behind it.
 */
export function findKind(word: string): KindInfo | undefined {
  return byWord.get(word.toLowerCase().replace(/(\.v1alpha1)?\.tilt\.dev$/, ''));
}

const byPlural = new Map(servedKinds.map(info => [info.plural, info]));

/** The served kind with that plural, exactly as URLs spell it. */
export function kindOfPlural(plural: string): KindInfo | undefined {
  return byPlural.get(plural);
}
