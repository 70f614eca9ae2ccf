// ext://NAME: which extension is meant, where its repository is, and bringing that repository here (reference 2.9).
import os from 'node:os';
import path from 'node:path';
import { sanitizeName } from '../api/identifiers.ts';
import { type ApiObject, annotations, apiVersion } from '../api/meta.ts';
import { jsString, StarlarkError } from '../starlark/index.ts';
import { baseDirectories } from '../state/state-directory.ts';
import type { Evaluation } from './evaluation.ts';
import type { HostCommandResult } from './host-calls.ts';

const prefix = 'ext://';
const defaultRepo = 'default';
const publicUrl = 'https://github.com/tilt-dev/tilt-extensions';
const loader = 'tiltfile.loader';

interface RepoSpec {
  readonly url: string;
  readonly ref?: string;
  readonly loadHost?: string;
  readonly gitSubpath?: string;
}

interface ExtensionSpec {
  readonly repoName?: string;
  readonly repoPath?: string;
}

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
  return extensionFile(evaluation, folder, { extension, repoSpec });
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
    metadata: { name, annotations: { [annotations.managedBy]: loader } },
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
    metadata: { ...metadata, annotations: { ...metadata.annotations, [annotations.managedBy]: loader } },
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

function extensionFile(
  evaluation: Evaluation,
  folder: string,
  { extension, repoSpec }: { readonly extension: ApiObject; readonly repoSpec: RepoSpec },
): string {
  const { repoPath = '' } = extension.spec as ExtensionSpec;
  const file = path.join(folder, repoSpec.gitSubpath ?? '', repoPath, 'Tiltfile');
  const problem = (why: string): Error => new StarlarkError(`loading extension ${extension.metadata.name}: ${why}`);
  if (!file.startsWith(`${path.normalize(folder).replace(/\/$/, '')}/`))
    throw problem(`invalid repo path: ${repoPath}`);
  if (!evaluation.deps.disk.stat(file)?.isFile) throw problem(`no extension tiltfile found at ${file}`);
  return file;
}

/** The folder of the repository on this machine. */
function repoFolder(evaluation: Evaluation, name: string, spec: RepoSpec): string {
  if (spec.url.startsWith('file://')) return localFolder(evaluation, spec);
  const importPath = /^https?:\/\/(.*)$/.exec(spec.url)?.[1];
  if (importPath === undefined) throw new Error(`invalid: URL must start with 'https://': ${spec.url}`);
  const { env } = evaluation.deps;
  const home = env['HOME'] ?? os.homedir();
  const { data } = baseDirectories({ env, home, cwd: home, platform: os.platform() });
  const folder = path.join(data, 'tilt_modules', path.normalize(`/${importPath}`));
  return checkedOut(evaluation, { name, spec, folder });
}

function localFolder(evaluation: Evaluation, { url, ref }: RepoSpec): string {
  const folder = url.slice('file://'.length);
  if (ref) throw new Error('spec.ref not supported on file:// repos');
  if (!path.isAbsolute(folder)) throw new Error(`file paths must be absolute. Url: ${url}`);
  const stat = evaluation.deps.disk.stat(folder);
  if (!stat) throw new Error(`loading: stat ${folder}: no such file or directory`);
  if (!stat.isDirectory) throw new Error('loading: not a directory');
  return folder;
}

interface Checkout {
  readonly name: string;
  readonly spec: RepoSpec;
  readonly folder: string;
}

/** Clones or updates the repository, once a session; a pinned version that is here is not asked for again. */
function checkedOut(evaluation: Evaluation, checkout: Checkout): string {
  const { folder, name, spec } = checkout;
  const { fetchedRepos, disk } = evaluation.deps;
  const key = `${folder}@${spec.ref ?? ''}`;
  if (fetchedRepos.has(key)) return folder;
  const isPinned = spec.ref !== undefined && spec.ref !== '' && spec.ref !== 'HEAD';
  if (!disk.stat(folder)) {
    clone(evaluation, checkout);
    if (spec.ref) syncTo(evaluation, folder, spec.ref);
  } else if (!isPinned) {
    const stale = git(evaluation, folder, ['pull', '--ff-only']);
    if (stale !== undefined) evaluation.info(`extensionrepo ${name}: may be stale: ${stale}`);
  } else if (git(evaluation, folder, ['checkout', '--quiet', spec.ref]) !== undefined) {
    // The version is newer than the checkout.
    git(evaluation, folder, ['fetch', '--quiet', '--tags', 'origin']);
    syncTo(evaluation, folder, spec.ref);
  }
  fetchedRepos.add(key);
  return folder;
}

/** Hosts of public repositories: what they are asked by http they answer by https anyway. */
const publicHosts = /^http:\/\/(?=(?:github\.com|gitlab\.com|bitbucket\.org)\/)/;

/** The next run of the Tiltfile tries again. */
function clone(evaluation: Evaluation, { folder, spec }: Checkout): void {
  const url = spec.url.replace(publicHosts, 'https://');
  const result = runGit(evaluation, '/', ['clone', '--recurse-submodules', '--', url, folder]);
  const shown = `# cd .; git clone -- ${url} ${folder}`;
  throwIfFailed(evaluation, result, { shown, what: 'download error: waiting 5s before retrying. Original error' });
}

function syncTo(evaluation: Evaluation, folder: string, ref: string): void {
  const result = runGit(evaluation, folder, ['checkout', '--quiet', ref]);
  throwIfFailed(evaluation, result, { shown: `# cd ${folder}; git checkout ${ref}`, what: `sync to ref ${ref}` });
}

/** Tilt's words, with the cause below them; all that git said goes to the log. */
function throwIfFailed(
  evaluation: Evaluation,
  result: HostCommandResult,
  { shown, what }: { readonly shown: string; readonly what: string },
): void {
  if (result.startError === undefined && result.exitCode === 0) return;
  const said = jsString(result.stderr).trim();
  evaluation.info(`${shown}${said === '' ? '' : `\n${said}`}`);
  const cause = /^(?:fatal|error): .*$/m.exec(said)?.[0] ?? said.split('\n').at(-1)!;
  const why = result.startError ?? `exit status ${result.exitCode}`;
  throw new Error(`${what}: ${why}${cause === '' ? '' : `\ngit: ${cause}`}`);
}

/** Git never asks for a password here. */
function runGit(evaluation: Evaluation, dir: string, args: readonly string[]): HostCommandResult {
  return evaluation.deps.host.run({ args: ['git', ...args], dir, env: ['GIT_TERMINAL_PROMPT=0'] });
}

/** Why git failed, or undefined when it did not. */
function git(evaluation: Evaluation, dir: string, args: readonly string[]): string | undefined {
  const result = runGit(evaluation, dir, args);
  if (result.startError !== undefined) return result.startError;
  if (result.exitCode === 0) return undefined;
  return jsString(result.stderr).trim() || `git ${args[0]}: exit status ${result.exitCode}`;
}
