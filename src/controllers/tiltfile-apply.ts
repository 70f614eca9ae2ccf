// Brings the store in line with what a good Tiltfile run asks for: only what differs is written, what is gone is deleted.
import path from 'node:path';
import type { Kind } from '../api/kinds.ts';
import { apiVersion, mainTiltfile, type OwnerReference } from '../api/meta.ts';
import { reasonsOfReload, withManifestChange } from '../engine/pending-changes.ts';
import type { Store } from '../store/port.ts';
import type { TiltfileResult } from '../tiltfile/result.ts';
import { disableConfigMap } from './resource-index.ts';
import { configsFileWatch, type DesiredObject, desiredObjects, enablementConfigMap } from './tiltfile-objects.ts';

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
}

export interface ApplyOutcome {
  /** Objects created, changed or deleted. */
  readonly written: number;
  /** Resource names that another Tiltfile defines already; these were left out. */
  readonly conflicts: readonly string[];
}

/** The reference by which a Tiltfile owns its objects. */
export function ownerOf(store: Store, tiltfile: string): OwnerReference {
  const uid = store.get('Tiltfile', tiltfile)?.metadata.uid ?? '';
  return { apiVersion, kind: 'Tiltfile', name: tiltfile, uid, controller: true, blockOwnerDeletion: true };
}

/** Watches the files that a run read; also after a failed run, so that mending one of them runs it again. */
export function applyConfigFiles(store: Store, input: Pick<ApplyInput, 'tiltfile' | 'result'>): void {
  const owner = ownerOf(store, input.tiltfile);
  store.upsert('FileWatch', configsFileWatch({ tiltfile: input.tiltfile, owner }, input.result.configFiles, []));
}

/** Watches what every run of the Tiltfile reads, before the first one. */
export function watchFirstFiles(store: Store, tiltfile: string, file: string): void {
  const owner = ownerOf(store, tiltfile);
  const paths = [file, path.join(path.dirname(file), '.tiltignore')];
  store.upsert('FileWatch', configsFileWatch({ tiltfile, owner }, paths, []));
}

/** Applies a good result. Orphans are deleted last, so nothing that is wanted is ever missing in between. */
export function applyResult(store: Store, input: ApplyInput): ApplyOutcome {
  const before = store.version;
  const owner = ownerOf(store, input.tiltfile);
  const conflicts = input.result.resources.map(r => r.name).filter(name => isOthers(store, name, input.tiltfile));
  const result = conflicts.length === 0 ? input.result : withoutResources(input.result, new Set(conflicts));
  const desired = desiredObjects({
    tiltfile: input.tiltfile,
    tiltfilePath: input.tiltfilePath,
    owner,
    result,
    firstOrder: input.tiltfile === mainTiltfile ? 2 : nextOrder(store, input.tiltfile),
  });
  const enabled = new Set(result.enabled);
  for (const { name } of result.resources) {
    if (input.hasChangedArgs || !store.get('ConfigMap', disableConfigMap(name))) {
      store.upsert('ConfigMap', enablementConfigMap({ owner }, name, !enabled.has(name)));
    }
  }
  for (const item of desired) {
    if (item.kind === 'Manifest') markChange(store, item, input);
    store.upsert(item.kind, item.object as never);
  }
  deleteOrphans(store, input.tiltfile, desired, result);
  return { written: store.version - before, conflicts };
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
  tiltfile: string,
  desired: readonly DesiredObject[],
  result: TiltfileResult,
): void {
  const wanted = new Set(desired.map(item => `${item.kind} ${item.object.metadata.name}`));
  for (const { name } of result.resources) wanted.add(`ConfigMap ${disableConfigMap(name)}`);
  wanted.add(`FileWatch configs:${tiltfile}`);
  wanted.add(`UIButton ${tiltfile}-stopbuild`);
  wanted.add(`UIResource ${tiltfile}`);
  for (const kind of ownedKinds) {
    for (const object of [...store.list(kind)]) {
      const { name, ownerReferences } = object.metadata;
      const isOwn = ownerReferences?.some(ref => ref.controller && ref.kind === 'Tiltfile' && ref.name === tiltfile);
      if (isOwn && !wanted.has(`${kind} ${name}`)) store.delete(kind, name);
    }
  }
}
