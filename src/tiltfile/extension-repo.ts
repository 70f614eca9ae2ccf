// A repository of extensions on this machine: where it lies, and which commands bring it here and up to date
// (reference 2.9, 3.8). The steps are a generator, so that a load that stands still and a controller that goes on take
// the same ones: each command is yielded, and its result is sent back.
// Does not: run a command, write a status, or decide when to try again.
import os from 'node:os';
import path from 'node:path';
import type { Disk } from '../adapters/disk/port.ts';
import { jsString } from '../starlark/index.ts';
import { baseDirectories } from '../state/state-directory.ts';
import type { HostCommand, HostCommandResult } from './host-calls.ts';

/** Spec of an ExtensionRepo. */
export interface RepoSpec {
  readonly url: string;
  readonly ref?: string;
  readonly loadHost?: string;
  readonly gitSubpath?: string;
}

/** Where a repository lies: a folder of the user's, which is never touched, or a checkout of ours. */
export type RepoPlace =
  | { readonly kind: 'own'; readonly folder: string }
  | { readonly kind: 'checkout'; readonly folder: string; readonly url: string; readonly ref: string }
  | { readonly kind: 'invalid'; readonly error: string };

export type Checkout = Extract<RepoPlace, { kind: 'checkout' }>;

/** Checkouts that this session has brought up to date, by checkoutKey: why each may be stale, '' when it is not. */
export type FetchedRepos = Map<string, string>;

export interface RepoOutcome {
  /** Why the repository cannot be used. */
  readonly error?: string;
  /** The error may pass: the network was asked. */
  readonly isDownloadError?: boolean;
  /** Why what is here may be old. */
  readonly staleReason?: string;
  /** Lines for the log: what git said of its failure. */
  readonly said?: string;
}

/** Commands to run one after the other; each result goes back in. */
export type RepoSteps<T> = Generator<HostCommand, T, HostCommandResult>;

/** Folder of all checkouts, shared by the sessions of a user. */
export function modulesFolder(env: Readonly<Record<string, string | undefined>>): string {
  const home = env['HOME'] ?? os.homedir();
  return path.join(baseDirectories({ env, home, cwd: home, platform: os.platform() }).data, 'tilt_modules');
}

/** Where the repository of a spec lies, in Tilt's words when it can lie nowhere. */
export function repoPlace(spec: RepoSpec, modules: string, disk: Disk): RepoPlace {
  const { url, ref = '' } = spec;
  if (url.startsWith('file://')) return ownPlace(url, ref, disk);
  const importPath = /^https?:\/\/(.*)$/.exec(url)?.[1];
  const invalid = (why: string): RepoPlace => ({ kind: 'invalid', error: `invalid: ${why}` });
  if (importPath === undefined) return invalid(`URL must start with 'https://': ${url}`);
  const folder = path.join(modules, path.normalize(`/${importPath}`)).replace(/\/$/, '');
  if (folder === modules) return invalid(`URL names no repository: ${url}`);
  return { kind: 'checkout', folder, url, ref };
}

function ownPlace(url: string, ref: string, disk: Disk): RepoPlace {
  const folder = url.slice('file://'.length);
  const invalid = (error: string): RepoPlace => ({ kind: 'invalid', error });
  if (ref !== '') return invalid('spec.ref not supported on file:// repos');
  if (!path.isAbsolute(folder)) return invalid(`file paths must be absolute. Url: ${url}`);
  let stat: ReturnType<Disk['stat']>;
  try {
    stat = disk.stat(folder);
  } catch (error) {
    return invalid(`loading: ${(error as Error).message}`);
  }
  if (!stat) return invalid(`loading: stat ${folder}: no such file or directory`);
  return stat.isDirectory ? { kind: 'own', folder } : invalid('loading: not a directory');
}

/** Names a checkout at a version among those that were fetched. */
export function checkoutKey({ folder, ref }: Checkout): string {
  return `${folder}@${ref}`;
}

/** Clones or updates the checkout once a session; a pinned version that is here is not asked for again. */
export function* bringHere(checkout: Checkout, disk: Disk, fetched: FetchedRepos): RepoSteps<RepoOutcome> {
  const key = checkoutKey(checkout);
  const isHere = disk.stat(path.join(checkout.folder, '.git')) !== undefined;
  const known = fetched.get(key);
  if (isHere && known !== undefined) return known === '' ? {} : { staleReason: known };
  const isPinned = checkout.ref !== '' && checkout.ref !== 'HEAD';
  const outcome = isHere
    ? yield* isPinned ? switchTo(checkout, disk) : update(checkout, disk)
    : yield* clone(checkout, disk);
  if (outcome.error === undefined) fetched.set(key, outcome.staleReason ?? '');
  return outcome;
}

/** The commit that is checked out, or why there is none. */
export function* headCommit(folder: string): RepoSteps<{ readonly commit: string } | { readonly error: string }> {
  const result = yield git(folder, ['rev-parse', 'HEAD']);
  const why = failure(result, ['rev-parse']);
  return why === undefined ? { commit: jsString(result.stdout).trim() } : { error: `determining head: ${why}` };
}

/** Takes a checkout away. Folders that hold no repository of their own are left alone. */
export function* removeCheckout(folder: string, disk: Disk): RepoSteps<void> {
  if (disk.stat(path.join(folder, '.git'))) yield { args: ['rm', '-rf', '--', folder], dir: '/', env: [] };
}

/** Runs the steps where every command is waited for. */
export function runSteps<T>(steps: RepoSteps<T>, run: (command: HostCommand) => HostCommandResult): T {
  let next = steps.next();
  while (!next.done) next = steps.next(run(next.value));
  return next.value;
}

/** Git never asks for a password here. */
function git(dir: string, args: readonly string[]): HostCommand {
  return { args: ['git', ...args], dir, env: ['GIT_TERMINAL_PROMPT=0'] };
}

/** Why git failed, or undefined when it did not. */
function failure(result: HostCommandResult, args: readonly string[]): string | undefined {
  if (result.startError !== undefined) return result.startError;
  if (result.exitCode === 0) return undefined;
  return jsString(result.stderr).trim() || `git ${args[0]}: exit status ${result.exitCode}`;
}

/** Hosts of public repositories: what they are asked by http they answer by https anyway. */
const publicHosts = /^http:\/\/(?=(?:github\.com|gitlab\.com|bitbucket\.org)\/)/;

function* clone(checkout: Checkout, disk: Disk): RepoSteps<RepoOutcome> {
  const { folder, ref } = checkout;
  if (disk.stat(folder)) return { error: `${folder} exists but ${folder}/.git does not - stale checkout?` };
  const url = checkout.url.replace(publicHosts, 'https://');
  const result = yield git('/', ['clone', '--recurse-submodules', '--', url, folder]);
  const shown = `# cd .; git clone -- ${url} ${folder}`;
  const failed = told(result, { shown, what: 'download error: waiting 5s before retrying. Original error' });
  // Another session may have been faster.
  if (failed && !disk.stat(path.join(folder, '.git'))) return { ...failed, isDownloadError: true };
  return ref === '' ? {} : yield* syncTo(checkout, disk);
}

function* update({ folder }: Checkout, disk: Disk): RepoSteps<RepoOutcome> {
  const pull = ['pull', '--ff-only'];
  let stale = failure(yield git(folder, pull), pull);
  if (stale !== undefined && (yield git(folder, ['symbolic-ref', '--quiet', 'HEAD'])).exitCode !== 0) {
    // An earlier session pinned a version, so there is no branch to pull.
    const branch = jsString((yield git(folder, ['rev-parse', '--abbrev-ref', 'origin/HEAD'])).stdout).trim();
    const isBack = (yield git(folder, ['checkout', '--quiet', branch.replace(/^origin\//, '')])).exitCode === 0;
    if (isBack) stale = failure(yield git(folder, pull), pull);
  }
  yield* submodules(folder, disk);
  return stale === undefined ? {} : { staleReason: stale };
}

/** A pinned version in a checkout that is here: asked for only when it is not known here. */
function* switchTo(checkout: Checkout, disk: Disk): RepoSteps<RepoOutcome> {
  const { folder, ref } = checkout;
  if ((yield git(folder, ['checkout', '--quiet', ref])).exitCode === 0) {
    yield* submodules(folder, disk);
    return {};
  }
  yield git(folder, ['fetch', '--quiet', '--tags', 'origin']);
  return yield* syncTo(checkout, disk);
}

function* syncTo({ folder, ref }: Checkout, disk: Disk): RepoSteps<RepoOutcome> {
  const result = yield git(folder, ['checkout', '--quiet', ref]);
  const failed = told(result, { shown: `# cd ${folder}; git checkout ${ref}`, what: `sync to ref ${ref}` });
  if (!failed) yield* submodules(folder, disk);
  return failed ?? {};
}

function* submodules(folder: string, disk: Disk): RepoSteps<void> {
  if (disk.stat(path.join(folder, '.gitmodules')))
    yield git(folder, ['submodule', '--quiet', 'update', '--init', '--recursive']);
}

/** Tilt's words, with the cause below them; all that git said goes to the log. undefined when nothing failed. */
function told(
  result: HostCommandResult,
  { shown, what }: { readonly shown: string; readonly what: string },
): RepoOutcome | undefined {
  if (result.startError === undefined && result.exitCode === 0) return undefined;
  const said = jsString(result.stderr).trim();
  const cause = /^(?:fatal|error): .*$/m.exec(said)?.[0] ?? said.split('\n').at(-1)!;
  const why = result.startError ?? `exit status ${result.exitCode}`;
  return {
    error: `${what}: ${why}${cause === '' ? '' : `\ngit: ${cause}`}`,
    said: `${shown}${said === '' ? '' : `\n${said}`}`,
  };
}
