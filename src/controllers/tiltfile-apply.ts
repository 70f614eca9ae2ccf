// Brings the store in line with what a good Tiltfile run asks for: only what differs is written, what is gone is deleted.
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Kind } from '../api/kinds.ts';
import { type ApiObject, apiVersion, mainTiltfile, type OwnerReference } from '../api/meta.ts';
import { reasonsOfReload, withManifestChange } from '../engine/pending-changes.ts';
import type { Store } from '../store/port.ts';
import type { ResourceDefinition, TiltfileResult } from '../tiltfile/result.ts';
import type { AppliedResources, ResourceObjects } from './applied-resources.ts';
import { defaultCluster } from './cluster-connections.ts';
import type { DesiredObject } from './desired-object.ts';
import { globalIgnores } from './global-ignores.ts';
import { clusterSpec, type KubernetesSession, noKubernetesSession } from './kubernetes-objects.ts';
import { disableConfigMap } from './resource-index.ts';
import {
  configsFileWatch,
  configsWatchName,
  type DesiredInput,
  enablementConfigMap,
  extraObjects,
  ownedMeta,
} from './tiltfile-objects.ts';

/** Kinds that a Tiltfile may own. */
const ownedKinds: readonly Kind[] = [
  'Manifest',
  'UIResource',
  'ToggleButton',
  'UIButton',
  'Cmd',
  'FileWatch',
  'ConfigMap',
  'Extension',
  'ExtensionRepo',
  'KubernetesApply',
  'KubernetesDiscovery',
  'ImageMap',
  'DockerImage',
  'CmdImage',
  'LiveUpdate',
  'DockerComposeService',
];

export interface ApplyInput {
  readonly tiltfile: string;
  readonly tiltfilePath: string;
  readonly result: TiltfileResult;
  /** Its arguments changed, so the user's choices of enablement begin anew. */
  readonly hasChangedArgs: boolean;
  /** Files whose change caused the run, for the log of the builds that follow. */
  readonly changedFiles: readonly string[];
  readonly nowMs: number;
  /** What runs before this one have made. */
  readonly applied: AppliedResources;
  /** What the session gives its Kubernetes resources. */
  readonly kubernetes?: KubernetesSession | undefined;
}

export interface ApplyOutcome {
  /** Objects created, changed or deleted. */
  readonly written: number;
  /** Resources whose objects were made anew and hashed again; the others are as the run before left them. */
  readonly remade: readonly string[];
  /** Resources, and objects as `Kind name`, that another Tiltfile defines already; these were left out. */
  readonly conflicts: readonly string[];
}

/** The reference by which a Tiltfile owns its objects. */
export function ownerOf(store: Store, tiltfile: string): OwnerReference {
  const uid = store.get('Tiltfile', tiltfile)?.metadata.uid ?? '';
  return { apiVersion, kind: 'Tiltfile', name: tiltfile, uid, controller: true, blockOwnerDeletion: true };
}

/** What a Tiltfile hands down to its objects. */
function inheritance(store: Store, tiltfile: string): Pick<DesiredInput, 'tiltfile' | 'owner' | 'labels'> {
  return { tiltfile, owner: ownerOf(store, tiltfile), labels: store.get('Tiltfile', tiltfile)?.spec?.labels ?? {} };
}

/** Watches the files that a run read; also after a failed run, so that mending one of them runs it again. */
export function applyConfigFiles(store: Store, input: Pick<ApplyInput, 'tiltfile' | 'result'>): void {
  const { configFiles } = input.result;
  const ignores = globalIgnores(input.result);
  store.upsert('FileWatch', configsFileWatch(inheritance(store, input.tiltfile), configFiles, ignores));
}

/** Makes the Tiltfile's own row, and watches what every run of it reads, before the first one. */
export function applyFirst(store: Store, tiltfile: string, file: string): void {
  makeRow(store, tiltfile);
  watchFirst(store, tiltfile, file);
}

/** The same for what somebody deleted since. */
export function applyMissing(store: Store, tiltfile: string, file: string): void {
  if (!store.get('UIResource', tiltfile)) makeRow(store, tiltfile);
  if (!store.get('FileWatch', configsWatchName(tiltfile))) watchFirst(store, tiltfile, file);
}

function makeRow(store: Store, tiltfile: string): void {
  const metadata = ownedMeta(inheritance(store, tiltfile), { name: tiltfile });
  store.upsert('UIResource', { apiVersion, kind: 'UIResource', metadata, spec: {} });
}

function watchFirst(store: Store, tiltfile: string, file: string): void {
  const paths = [file, path.join(path.dirname(file), '.tiltignore')];
  store.upsert('FileWatch', configsFileWatch(inheritance(store, tiltfile), paths, []));
}

/** Deletes everything that a Tiltfile made, when it is gone itself. */
export function applyRemoval(store: Store, tiltfile: string, applied: AppliedResources): void {
  const successors = applied.forget(tiltfile);
  deleteOwned(store, { tiltfile, applied, keep: new Set() });
  handOver(store, successors);
}

/** Applies a good result. Orphans are deleted last, so nothing that is wanted is ever missing in between. */
export function applyResult(store: Store, input: ApplyInput): ApplyOutcome {
  const before = store.version;
  const conflicts = input.result.resources.map(r => r.name).filter(name => isOthers(store, name, input.tiltfile));
  const result = conflicts.length === 0 ? input.result : withoutResources(input.result, new Set(conflicts));
  const wanted: DesiredInput = {
    ...inheritance(store, input.tiltfile),
    tiltfilePath: input.tiltfilePath,
    result,
    kubernetes: input.kubernetes ?? noKubernetesSession,
  };
  const firstOrder = input.tiltfile === mainTiltfile ? 2 : nextOrder(store, input.tiltfile);
  const enabled = new Set(result.enabled);
  for (const { name } of result.resources) {
    if (input.hasChangedArgs || !store.get('ConfigMap', disableConfigMap(name))) {
      store.upsert('ConfigMap', enablementConfigMap(wanted, name, !enabled.has(name)));
    }
  }
  applyCluster(store, wanted);
  const { desired, remade } = applyResources(store, input, { wanted, firstOrder });
  const extras = applyExtras(store, wanted, input.applied);
  deleteOrphans(store, input, [...desired, ...extras.desired], result);
  handOver(store, extras.successors);
  return { written: store.version - before, remade, conflicts: [...conflicts, ...extras.conflicts] };
}

/** The cluster that resources deploy to. It stays for the session: others may use it, and it costs nothing. */
function applyCluster(store: Store, wanted: DesiredInput): void {
  const spec = clusterSpec(wanted.result, wanted.kubernetes);
  const existing = store.get('Cluster', defaultCluster);
  if (!spec || (existing && isOfOther(existing, wanted.tiltfile))) return;
  const metadata = ownedMeta(wanted, { name: defaultCluster });
  store.upsert('Cluster', { apiVersion, kind: 'Cluster', metadata, spec });
}

/** Writes what differs; resources that are as the run before left them are not even compared. */
function applyResources(
  store: Store,
  input: ApplyInput,
  { wanted, firstOrder }: { readonly wanted: DesiredInput; readonly firstOrder: number },
): { readonly desired: DesiredObject[]; readonly remade: string[] } {
  const made = new Map<ResourceDefinition, { readonly order: number } & ResourceObjects>();
  const remade: string[] = [];
  for (const [i, definition] of wanted.result.resources.entries()) {
    const order = firstOrder + i;
    const { objects, isNew } = input.applied.objectsOf(wanted, definition, order);
    made.set(definition, { order, objects, isNew });
    if (isNew) remade.push(definition.name);
    for (const item of objects) {
      const { name } = item.object.metadata;
      if (!isNew && input.applied.isInPlace(store, item.kind, name)) continue;
      if (item.kind === 'Manifest') markChange(store, item, input);
      input.applied.wrote(item.kind, name, store.upsert(item.kind, item.object as never));
    }
  }
  input.applied.keep(wanted, made);
  return { desired: [...made.values()].flatMap(({ objects }) => objects), remade };
}

interface Extras {
  readonly desired: readonly DesiredObject[];
  readonly conflicts: readonly string[];
  /** What this Tiltfile dropped and another one still names. */
  readonly successors: readonly DesiredObject[];
}

/** Objects made with v1alpha1.*: the Tiltfile that made one first has it; another may name the same, not something else. */
function applyExtras(store: Store, wanted: DesiredInput, applied: AppliedResources): Extras {
  const all = extraObjects(wanted);
  const successors = applied.keepExtras(wanted.tiltfile, all);
  const desired: DesiredObject[] = [];
  const conflicts: string[] = [];
  for (const item of all) {
    const { name } = item.object.metadata;
    const existing = store.get(item.kind, name);
    if (existing && isOfOther(existing, wanted.tiltfile)) {
      if (!isDeepStrictEqual(contentOf(existing), contentOf(item.object))) conflicts.push(`${item.kind} ${name}`);
      continue;
    }
    store.upsert(item.kind, item.object as never);
    desired.push(item);
  }
  return { desired, conflicts, successors };
}

/** True when another Tiltfile owns it. */
function isOfOther({ metadata }: ApiObject, tiltfile: string): boolean {
  return metadata.ownerReferences?.some(ref => ref.kind === 'Tiltfile' && ref.name !== tiltfile) ?? false;
}

function contentOf({ spec, data }: ApiObject & { readonly data?: unknown }): unknown {
  return [spec ?? {}, data];
}

/** Gives what one Tiltfile dropped to the other that still names it. */
function handOver(store: Store, successors: readonly DesiredObject[]): void {
  for (const item of successors)
    if (!store.get(item.kind, item.object.metadata.name)) store.upsert(item.kind, item.object as never);
}

function isOthers(store: Store, resource: string, tiltfile: string): boolean {
  const manifest = store.get('Manifest', resource);
  return manifest !== undefined && manifest.spec!.tiltfile !== tiltfile;
}

function withoutResources(result: TiltfileResult, names: ReadonlySet<string>): TiltfileResult {
  return { ...result, resources: result.resources.filter(r => !names.has(r.name)) };
}

/** Resources of other Tiltfiles come after all that is there. */
function nextOrder(store: Store, tiltfile: string): number {
  let highest = 1;
  for (const manifest of store.list('Manifest')) {
    if (manifest.spec!.tiltfile !== tiltfile) highest = Math.max(highest, manifest.spec!.order);
  }
  return highest + 1;
}

/** A definition that needs a new build marks the build state (reference 4.5). */
function markChange(store: Store, item: Extract<DesiredObject, { kind: 'Manifest' }>, input: ApplyInput): void {
  const { name } = item.object.metadata;
  const old = store.get('Manifest', name);
  const state = store.get('BuildState', name)?.status;
  if (!old || !state || old.spec!.buildHash === item.object.spec!.buildHash) return;
  const change = {
    atMs: input.nowMs,
    reasons: reasonsOfReload(input.hasChangedArgs),
    configFiles: input.changedFiles,
  };
  store.setStatus('BuildState', name, withManifestChange(state, change));
}

function deleteOrphans(
  store: Store,
  { tiltfile, applied }: Pick<ApplyInput, 'tiltfile' | 'applied'>,
  desired: readonly DesiredObject[],
  result: TiltfileResult,
): void {
  const wanted = new Set(desired.map(item => `${item.kind} ${item.object.metadata.name}`));
  for (const { name } of result.resources) wanted.add(`ConfigMap ${disableConfigMap(name)}`);
  wanted.add(`FileWatch ${configsWatchName(tiltfile)}`);
  wanted.add(`UIButton ${tiltfile}-stopbuild`);
  wanted.add(`UIResource ${tiltfile}`);
  deleteOwned(store, { tiltfile, applied, keep: wanted });
}

interface Deletion extends Pick<ApplyInput, 'tiltfile' | 'applied'> {
  /** Kind and name of what stays. */
  readonly keep: ReadonlySet<string>;
}

function deleteOwned(store: Store, { tiltfile, applied, keep }: Deletion): void {
  for (const kind of ownedKinds) {
    for (const object of [...store.list(kind)]) {
      const { name, ownerReferences } = object.metadata;
      const isOwn = ownerReferences?.some(ref => ref.controller && ref.kind === 'Tiltfile' && ref.name === tiltfile);
      if (!isOwn || keep.has(`${kind} ${name}`)) continue;
      store.delete(kind, name);
      applied.removed(kind, name);
    }
  }
}
