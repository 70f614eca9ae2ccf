// A load's result in the shape of `tilt alpha tiltfile-result` (reference 1.5): Go's names and Go's nulls.

import { Buffer } from 'node:buffer';
import type { Kind } from '../api/kinds.ts';
import type { CommandSpec, ComposeTarget, KubernetesTarget, LocalTarget } from '../api/kinds-internal.ts';
import type { ApiObject } from '../api/meta.ts';
import { kindInfo } from '../api/scheme.ts';
import type { Link } from '../api/shared-types.ts';
import { formatGoDuration } from '../base/go-duration.ts';
import type {
  ImageDefinition,
  LiveUpdateSpec,
  ResourceDefinition,
  SecretValue,
  TiltfileResult,
  TiltfileSettings,
} from './result.ts';
import { uncategorized } from './uncategorized.ts';

const nsPerMs = 1_000_000;

/** Flags that still exist by name; their values never change any more, but programs read them. */
const settledFlags = {
  bulk_disable_resources: false,
  disable_resources: true,
  events: true,
  facets: true,
  labels: true,
  live_update_v2: true,
  multiple_containers_per_pod: true,
  offline_snapshot_creation: true,
  update_history: false,
};

const noCommand = { Argv: null, Dir: '', Env: null, EchoOff: false };

export interface ResultShowing {
  /** When the Tiltfile was loaded: logs of pods are shown from then on. */
  readonly loadedAt: Date;
}

/** The whole result as plain JSON. */
export function resultJson(result: TiltfileResult, { loadedAt }: ResultShowing): Record<string, unknown> {
  const { settings } = result;
  const show: Shower = { links: linkShower(result), sinceTime: loadedAt.toISOString().replace(/\.\d+Z$/, 'Z') };
  const flags: Record<string, boolean> = {
    ...settledFlags,
    cluster_refresh: false,
    snapshots: true,
    ...settings.featureFlags,
  };
  return {
    Manifests: result.resources.map(resource => manifest(resource, show)),
    EnabledManifests: orNull(result.enabled),
    Tiltignore: tiltignore(settings),
    ConfigFiles: result.configFiles,
    FeatureFlags: sorted(Object.entries(flags)),
    TeamID: settings.teamId,
    TelemetrySettings: {
      Cmd: settings.telemetry ? serveCommand(settings.telemetry.command) : noCommand,
      Workdir: settings.telemetry?.workdir ?? '',
      Period: (settings.telemetry?.periodMs ?? 60_000) * nsPerMs,
    },
    Secrets: secrets(result.secrets),
    Error: null,
    DockerPruneSettings: {
      Enabled: settings.dockerPrune.enabled,
      MaxAge: settings.dockerPrune.maxAgeMs * nsPerMs,
      NumBuilds: settings.dockerPrune.numBuilds,
      Interval: settings.dockerPrune.intervalMs * nsPerMs,
      KeepRecent: settings.dockerPrune.keepRecent,
    },
    AnalyticsOpt: { '': 0, out: 1, in: 2 }[settings.analytics],
    VersionSettings: { CheckUpdates: settings.version.checkUpdates },
    UpdateSettings: { SuppressUnusedImageWarnings: orNull(settings.update.suppressUnusedImageWarnings) },
    WatchSettings: { Ignores: watchIgnores(settings) },
    DefaultRegistry: result.defaultRegistry ? registry(result.defaultRegistry) : null,
    ObjectSet: objectSet(result.objects),
    Hashes: { TiltfileSHA256: result.hashes.tiltfileSHA256, AllFilesSHA256: result.hashes.allFilesSHA256 },
    CISettings: {
      ...(settings.ci.k8sGracePeriodMs ? { k8sGracePeriod: formatGoDuration(settings.ci.k8sGracePeriodMs) } : {}),
      timeout: formatGoDuration(settings.ci.timeoutMs ?? 30 * 60_000),
      readinessTimeout: formatGoDuration(settings.ci.readinessTimeoutMs ?? 5 * 60_000),
    },
  };
}

/** The result as the text that is printed: as Go writes JSON, with `<`, `>` and `&` escaped. */
export function resultText(result: TiltfileResult, showing: ResultShowing): string {
  return JSON.stringify(resultJson(result, showing), null, 2).replace(
    /[<>&\u2028\u2029]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Objects by kind and name. */
function objectSet(objects: readonly ApiObject[]): Record<string, Record<string, unknown>> {
  const sets: Record<string, Record<string, unknown>> = {};
  for (const { apiVersion: _version, kind, metadata, ...content } of objects) {
    const key = `tilt.dev/v1alpha1, Resource=${kindInfo(kind as Kind).plural}`;
    sets[key] = { ...sets[key], [metadata.name]: { metadata: { ...metadata, creationTimestamp: null }, ...content } };
  }
  return sorted(Object.entries(sets).map(([key, set]) => [key, sorted(Object.entries(set))] as const));
}

/** Maps are written with their keys sorted. */
function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length > 0 ? list : null;
}

function tiltignore({ tiltignore: ignore }: TiltfileSettings): Record<string, unknown> {
  if (!ignore) return { LocalPath: '', Source: '', Patterns: null };
  return { LocalPath: ignore.basePath, Source: `${ignore.basePath}/.tiltignore`, Patterns: ignore.patterns };
}

function watchIgnores(settings: TiltfileSettings): readonly Record<string, unknown>[] | null {
  const own = settings.watchIgnores.filter(ignore => ignore !== settings.tiltignore);
  return orNull(
    own.map(({ basePath, patterns }) => ({ LocalPath: basePath, Source: 'watch_settings()', Patterns: patterns })),
  );
}

function secrets(values: readonly SecretValue[]): Record<string, unknown> {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const entries = values.map(({ name, key, value, base64: bytes = base64(value) }): [string, unknown] => [
    value,
    {
      Name: name,
      Key: key,
      Value: bytes,
      ValueEncoded: base64(bytes),
      Replacement: base64(`[redacted secret ${name}:${key}]`),
    },
  ]);
  return sorted(entries);
}

function registry({ host, hostFromContainerRuntime, singleName }: NonNullable<TiltfileResult['defaultRegistry']>) {
  return {
    host,
    ...(hostFromContainerRuntime === '' ? {} : { hostFromContainerRuntime }),
    ...(singleName === '' ? {} : { singleName }),
  };
}

function manifest(resource: ResourceDefinition, show: Shower): Record<string, unknown> {
  const { name, spec } = resource;
  const images = (resource.images ?? []).map(image => imageTarget(image));
  return {
    Name: name,
    ImageTargets: hasImageList(resource) ? images : null,
    DeployTarget: deployTarget(resource, show),
    TriggerMode: spec.triggerMode,
    ResourceDependencies: orNull(spec.resourceDeps),
    SourceTiltfile: '',
    Labels: sorted(Object.entries(spec.labels)),
  };
}

/** Local resources and the objects that belong to no resource have no list of images, not even an empty one. */
function hasImageList({ name, spec }: ResourceDefinition): boolean {
  return spec.target.kind !== 'local' && !(spec.target.kind === 'k8s' && name === uncategorized);
}

function deployTarget(resource: ResourceDefinition, show: Shower): Record<string, unknown> {
  const { name, spec } = resource;
  if (spec.target.kind === 'local') return localTarget(name, spec.target, show.links(spec.links));
  if (spec.target.kind === 'k8s') return kubernetesTarget(resource, spec.target, show);
  return composeTarget(resource, spec.target, show.links);
}

/** What parts of the result need to know of the whole. */
interface Shower {
  readonly links: ShowLinks;
  /** RFC 3339, whole seconds. */
  readonly sinceTime: string;
}

type ShownLinks = readonly Record<string, unknown>[] | null;
type ShowLinks = (links: readonly Link[]) => ShownLinks;

function linkShower({ linksWithoutHost = [] }: TiltfileResult): ShowLinks {
  const hostless = new Set(linksWithoutHost);
  return links =>
    orNull(links.map(({ url, name = '' }) => ({ URL: goUrl(url, { hasHost: !hostless.has(url) }), Name: name })));
}

/** Fields of an apply in the order in which Tilt writes them. */
const applyOrder = [
  'yaml',
  'imageMaps',
  'imageLocators',
  'timeout',
  'kubernetesDiscoveryTemplateSpec',
  'portForwardTemplateSpec',
  'podLogStreamTemplateSpec',
  'discoveryStrategy',
  'disableSource',
  'applyCmd',
  'restartOn',
  'deleteCmd',
  'cluster',
  'serverSideApply',
] as const satisfies readonly (keyof KubernetesTarget['apply'])[];

function kubernetesTarget(
  resource: ResourceDefinition,
  { apply, podReadiness }: KubernetesTarget,
  { links, sinceTime }: Shower,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {
    ...apply,
    podLogStreamTemplateSpec: { sinceTime, ...apply.podLogStreamTemplateSpec },
  };
  for (const key of ['applyCmd', 'deleteCmd'] as const) {
    const command = apply[key];
    if (command) shown[key] = { ...command, env: orNull(command.env ?? []) };
  }
  return {
    ...Object.fromEntries(applyOrder.filter(key => key in shown).map(key => [key, shown[key]])),
    Name: resource.name,
    PodReadinessMode: podReadiness,
    Links: links(resource.spec.links),
    FileWatchIgnores: orNull(resource.watch?.ignores ?? []),
  };
}

function composeTarget(resource: ResourceDefinition, target: ComposeTarget, show: ShowLinks): Record<string, unknown> {
  return {
    Spec: target.service,
    Name: resource.name,
    ServiceYAML: resource.compose?.serviceYaml ?? '',
    Links: show(resource.spec.links),
  };
}

function imageTarget(image: ImageDefinition): Record<string, unknown> {
  const { build, liveUpdate } = image;
  return {
    ...image.imageMap,
    LiveUpdateName: liveUpdate?.name ?? '',
    LiveUpdateSpec: liveUpdateSpec(liveUpdate?.spec),
    LiveUpdateReconciler: liveUpdate !== undefined,
    DockerImageName: build.kind === 'docker' ? image.objectName : '',
    CmdImageName: build.kind === 'custom' ? image.objectName : '',
    BuildDetails: buildDetails(image),
    IsLiveUpdateOnly: image.isLiveUpdateOnly,
    FileWatchIgnores: orNull(image.ignores),
  };
}

function liveUpdateSpec(spec: LiveUpdateSpec | undefined): Record<string, unknown> {
  const { basePath, selector = {}, stopPaths, syncs, execs, ...rest } = spec ?? { basePath: '' };
  return {
    basePath,
    selector,
    ...(stopPaths ? { stopPaths } : {}),
    ...(syncs ? { syncs } : {}),
    ...(execs ? { execs: execs.map(execStep) } : {}),
    ...rest,
  };
}

type ExecStep = NonNullable<LiveUpdateSpec['execs']>[number];

function execStep({ args, triggerPaths = [], echoOff = false }: ExecStep): Record<string, unknown> {
  return { args, triggerPaths: orNull(triggerPaths), echoOff };
}

function buildDetails({ build, imageMaps }: ImageDefinition): Record<string, unknown> {
  const maps = imageMaps.length > 0 ? { imageMaps } : {};
  if (build.kind === 'docker') return { ref: '', ...build.spec, ...maps };
  if (build.kind === 'custom') return { ref: '', ...build.spec, ...maps, Deps: orNull(build.deps) };
  return { Service: build.service, Context: build.context };
}

function localTarget(name: string, target: LocalTarget, links: ShownLinks): Record<string, unknown> {
  return {
    UpdateCmdSpec: target.updateCmd ? commandSpec(target.updateCmd) : null,
    Name: name,
    ServeCmd: target.serveCmd ? serveCommand(target.serveCmd) : noCommand,
    Links: links,
    Deps: orNull(target.deps),
    FileWatchIgnores: orNull(target.ignores),
    AllowParallel: target.allowParallel,
    ReadinessProbe: target.readinessProbe ?? null,
    ServeCmdDisableSource: null,
  };
}

function commandSpec({ args, dir, env }: CommandSpec): Record<string, unknown> {
  return { args, dir, ...(env.length > 0 ? { env } : {}) };
}

function serveCommand({ args, dir, env }: CommandSpec): Record<string, unknown> {
  return { Argv: args, Dir: dir, Env: orNull(env), EchoOff: false };
}

/** A URL as Go's net/url takes it apart. Without a host, all in front of the query is the path. */
function goUrl(text: string, { hasHost }: { readonly hasHost: boolean }): Record<string, unknown> {
  const [, scheme = '', rest = ''] = /^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$/s.exec(text) ?? [];
  const [beforeFragment = '', fragment = ''] = splitOnce(rest, '#');
  const [beforeQuery = '', query = ''] = splitOnce(beforeFragment, '?');
  const hasAuthority = beforeQuery.startsWith('//');
  const isOpaque = !beforeQuery.startsWith('/') && beforeQuery !== '';
  const authority = hasAuthority && hasHost ? beforeQuery.slice(2).split('/')[0]! : '';
  const path = hasAuthority ? beforeQuery.slice(2 + authority.length) : isOpaque ? '' : beforeQuery;
  const [user, host] = authority.includes('@')
    ? [authority.slice(0, authority.lastIndexOf('@')), authority.slice(authority.lastIndexOf('@') + 1)]
    : [undefined, authority];
  const decoded = decode(path);
  return {
    Scheme: scheme.toLowerCase(),
    Opaque: isOpaque ? beforeQuery : '',
    User: user === undefined ? null : {},
    Host: host,
    Path: decoded,
    Fragment: decode(fragment),
    RawQuery: query,
    RawPath: encodeURI(decoded) === path ? '' : path,
    RawFragment: '',
    ForceQuery: beforeFragment.endsWith('?'),
    OmitHost: false,
  };
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
