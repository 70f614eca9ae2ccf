// Extension objects: each becomes a Tiltfile object of its name, which is loaded like the main one, unless a Tiltfile
// loaded it for its functions (reference 2.9, 3.8).
import { isDeepStrictEqual } from 'node:util';
import type { Disk } from '../adapters/disk/port.ts';
import { sanitizeLabel, sanitizeName } from '../api/identifiers.ts';
import type { Kinds } from '../api/kinds.ts';
import type { Tiltfile } from '../api/kinds-session.ts';
import { annotations, apiVersion } from '../api/meta.ts';
import type { Store } from '../store/port.ts';
import { type ExtensionSpec, extensionFile } from '../tiltfile/extension-file.ts';
import type { RepoSpec } from '../tiltfile/extension-repo.ts';
import type { Controller, ReconcileResult } from './runtime/controller.ts';
import type { LogSink } from './runtime/span-log.ts';

export interface ExtensionDeps {
  readonly store: Store;
  readonly disk: Disk;
  readonly logs: LogSink;
}

type Extension = Kinds['Extension'];

interface ExtensionStatus {
  readonly path?: string;
  readonly error?: string;
}

/** How often a missing Tiltfile is looked for: nothing watches a repository. */
const lookAgainMs = 2000;
/** These pass by themselves when the repository comes. */
const isPassing = /^extension repo not (?:loaded|found)/;

export function makeExtensionController(deps: ExtensionDeps): Controller {
  const { store } = deps;

  function extensionsOf(repo: string): string[] {
    const isOf = ({ spec }: Extension): boolean => (spec as ExtensionSpec | undefined)?.repoName === repo;
    return store
      .list('Extension')
      .filter(isOf)
      .map(({ metadata }) => metadata.name);
  }

  function reconcile(name: string): ReconcileResult | undefined {
    const extension = store.get('Extension', name);
    const isGone = !extension || extension.metadata.deletionTimestamp !== undefined;
    const status = isGone ? {} : statusOf(deps, extension);
    if (!isGone) tell(deps, extension, status);
    syncTiltfile(store, name, isGone ? undefined : tiltfileOf(extension, status));
    return status.error?.startsWith('no extension tiltfile') ? { requeueAfterMs: lookAgainMs } : undefined;
  }

  return {
    name: 'extension',
    // A resource that has an extension's name, or had it, matters to that extension.
    watches: { Extension: name => [name], ExtensionRepo: extensionsOf, Manifest: name => [name] },
    reconcile,
  };
}

function statusOf({ store, disk }: ExtensionDeps, extension: Extension): ExtensionStatus {
  const { repoName = '', repoPath = '' } = extension.spec as ExtensionSpec;
  const { name } = extension.metadata;
  const repo = store.get('ExtensionRepo', repoName);
  if (!repo) return { error: `extension repo not found: ${repoName}` };
  const folder = (repo.status as { readonly path?: string } | undefined)?.path;
  if (!folder) return { error: `extension repo not loaded: ${repoName}` };
  const found = extensionFile(folder, { repoSpec: repo.spec as unknown as RepoSpec, repoPath, disk });
  if ('error' in found) return found;
  // Both would be one row of the list; Tilt ends its session here.
  const resource = isLoaded(extension) ? undefined : store.get('Manifest', name);
  if (resource)
    return { error: `Extension ${JSON.stringify(name)} has the same name as a resource. Rename one of them` };
  return { path: found.file };
}

function tell({ store, logs }: ExtensionDeps, extension: Extension, status: ExtensionStatus): void {
  const { name } = extension.metadata;
  const before = extension.status as ExtensionStatus | undefined;
  if (before && isDeepStrictEqual(before, status)) return;
  store.setStatus('Extension', name, { ...status });
  const { error } = status;
  if (error !== undefined && error !== before?.error && !isPassing.test(error))
    logs.span('extension', '').write(`extension ${name}: ${error}\n`, 'error');
}

/** A Tiltfile took it for its functions. */
function isLoaded({ metadata }: Extension): boolean {
  return Boolean(metadata.annotations?.[annotations.managedBy]);
}

/** The Tiltfile that an extension runs as; undefined for none. */
function tiltfileOf(extension: Extension, status: ExtensionStatus): Tiltfile | undefined {
  const { name, uid = '' } = extension.metadata;
  if (isLoaded(extension) || status.path === undefined) return undefined;
  const { args = [] } = extension.spec as ExtensionSpec;
  const label = sanitizeLabel(`extension.${name}`);
  const owner = { apiVersion, kind: 'Extension', name, uid, controller: true, blockOwnerDeletion: true };
  return {
    apiVersion,
    kind: 'Tiltfile',
    metadata: { name, annotations: { [annotations.resource]: name }, ownerReferences: [owner] },
    spec: {
      path: status.path,
      labels: { [label]: label },
      ...(args.length > 0 ? { args } : {}),
      restartOn: { fileWatches: [sanitizeName(`configs:${name}`)] },
    },
  };
}

/** Makes, changes or deletes the Tiltfile that this extension owns. */
function syncTiltfile(store: Store, name: string, wanted: Tiltfile | undefined): void {
  const existing = store.get('Tiltfile', name);
  const isOurs =
    existing?.metadata.ownerReferences?.some(ref => ref.kind === 'Extension' && ref.name === name) ?? false;
  if (existing && !isOurs) return;
  if (wanted) store.upsert('Tiltfile', wanted);
  else if (existing) store.delete('Tiltfile', name);
}
