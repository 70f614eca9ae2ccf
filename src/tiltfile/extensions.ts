// ext://NAME: which extension is meant, where its repository is, and bringing that repository here (reference 2.9).
import { sanitizeName } from '../api/identifiers.ts';
import { type ApiObject, annotations, apiVersion } from '../api/meta.ts';
import { StarlarkError } from '../starlark/index.ts';
import type { Evaluation } from './evaluation.ts';
import { type ExtensionSpec, extensionFile, loaderManager } from './extension-file.ts';
import { bringHere, checkoutKey, modulesFolder, type RepoSpec, repoPlace, runSteps } from './extension-repo.ts';

const prefix = 'ext://';
const defaultRepo = 'default';
const publicUrl = 'https://github.com/tilt-dev/tilt-extensions';

/** The Tiltfile of an `ext://` name; undefined for any other name. Throws when there is none. */
export function resolveExtension(evaluation: Evaluation, name: string): string | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const extension = ensureExtension(evaluation, name.slice(prefix.length));
  const spec = extension.spec as ExtensionSpec;
  const repo = ensureRepo(evaluation, spec.repoName ?? '');
  const { name: repoName } = repo.metadata;
  const repoSpec = repo.spec as RepoSpec;
  let folder: string;
  try {
    folder = repoFolder(evaluation, repoName, repoSpec);
  } catch (error) {
    throw new StarlarkError(`loading extension repo ${repoName}: ${(error as Error).message}`);
  }
  const found = extensionFile(folder, { repoSpec, repoPath: spec.repoPath ?? '', disk: evaluation.deps.disk });
  if ('error' in found) throw new StarlarkError(`loading extension ${extension.metadata.name}: ${found.error}`);
  return found.file;
}

function find(evaluation: Evaluation, kind: string, name: string): ApiObject | undefined {
  return evaluation.objects.find(object => object.kind === kind && object.metadata.name === name);
}

/** The registered extension of that name, else one that is made here: of a repo's host, or of the default repo. */
function ensureExtension(evaluation: Evaluation, module: string): ApiObject {
  const name = sanitizeName(module);
  const known = find(evaluation, 'Extension', name);
  if (known) return markLoaded(evaluation, known);
  const [host = '', ...rest] = module.split('/');
  const repo = evaluation.objects.find(
    object => object.kind === 'ExtensionRepo' && rest.length > 0 && (object.spec as RepoSpec).loadHost === host,
  );
  const spec = repo
    ? { repoName: repo.metadata.name, repoPath: rest.join('/') }
    : { repoName: defaultRepo, repoPath: module };
  const extension: ApiObject = {
    apiVersion,
    kind: 'Extension',
    metadata: { name, annotations: { [annotations.managedBy]: loaderManager } },
    spec,
  };
  evaluation.objects.push(extension);
  return extension;
}

/** The loader's own: such an extension does not run as a Tiltfile of its own. */
function markLoaded(evaluation: Evaluation, extension: ApiObject): ApiObject {
  const { metadata } = extension;
  const marked = {
    ...extension,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [annotations.managedBy]: loaderManager } },
  };
  evaluation.objects[evaluation.objects.indexOf(extension)] = marked;
  return marked;
}

function ensureRepo(evaluation: Evaluation, name: string): ApiObject {
  const known = find(evaluation, 'ExtensionRepo', name);
  if (known) return known;
  const repo: ApiObject = { apiVersion, kind: 'ExtensionRepo', metadata: { name }, spec: { url: publicUrl } };
  evaluation.objects.push(repo);
  return repo;
}

/** The folder of the repository on this machine. */
function repoFolder(evaluation: Evaluation, name: string, spec: RepoSpec): string {
  const { disk, env, fetchedRepos, host } = evaluation.deps;
  const place = repoPlace(spec, modulesFolder(env), disk);
  if (place.kind === 'invalid') throw new Error(place.error);
  if (place.kind === 'own') return place.folder;
  const wasFetched = fetchedRepos.has(checkoutKey(place));
  const outcome = runSteps(bringHere(place, disk, fetchedRepos), command => host.run(command));
  if (outcome.said !== undefined) evaluation.info(outcome.said);
  if (outcome.error !== undefined) throw new Error(outcome.error);
  if (outcome.staleReason !== undefined && !wasFetched)
    evaluation.info(`extensionrepo ${name}: may be stale: ${outcome.staleReason}`);
  return place.folder;
}
