// Why a build runs: bits for programs, words for people (reference 4.3).
import { type BuildStateStatus, buildReason } from '../api/kinds-internal.ts';
import { hasStartedFirstBuild, isAutoInit, isAutoOnChange, type ResourceState } from './resource-state.ts';

/** Every bit of a trigger by a person or program. */
const triggerBits =
  buildReason.triggerWeb | buildReason.triggerCli | buildReason.triggerHud | buildReason.triggerUnknown;

/** The bits of the build that `resource` would have if it started now; `queued` are the bits of its trigger, 0 for none. */
export function nextBuildReason(resource: Pick<ResourceState, 'build' | 'triggerMode'>, queued: number): number {
  const { build, triggerMode } = resource;
  let bits = queued | (build.pendingReasons ?? 0);
  if (hasAny(build.pendingFiles)) bits |= buildReason.changedFiles;
  if (build.pendingDepsSinceMs !== undefined) bits |= buildReason.changedDeps;
  if (build.pendingManifestSinceMs !== undefined) bits |= buildReason.config;
  if (!hasStartedFirstBuild(build) && isAutoInit(triggerMode)) bits |= buildReason.init;
  return bits;
}

function hasAny(record: BuildStateStatus['pendingFiles']): boolean {
  for (const _ in record) return true;
  return false;
}

/** Somebody asked for the build. */
export function isTriggered(reasons: number): boolean {
  return (reasons & triggerBits) !== 0;
}

/**
 * Somebody asked for the build, and not only because files wait for it: it is made from scratch, and what is deployed goes
 * first (reference 4.4, 4.9 forced update).
 */
export function isForced(reasons: number, triggerMode: ResourceState['triggerMode']): boolean {
  if (!isTriggered(reasons)) return false;
  return isAutoOnChange(triggerMode) || (reasons & ~triggerBits) !== buildReason.changedFiles;
}

const maxShownFiles = 5;

/**
 * The line that opens a build's log: `Initial Build`, `2 Files Changed: [a b]`, `CLI Trigger` ...
 * `files` are absolute; they are shown relative to `dir` where that is shorter. Several reasons are joined by ' | '.
 */
export function buildReasonLine(reasons: number, files: readonly string[], dir: string): string {
  const parts: string[] = [];
  if (reasons & buildReason.init) parts.push('Initial Build');
  if (files.length > 0 && reasons & (buildReason.changedFiles | buildReason.config)) {
    const shown = files.slice(0, maxShownFiles).map(file => shortPath(file, dir));
    if (files.length > maxShownFiles) shown.push('...');
    parts.push(`${files.length} File${files.length === 1 ? '' : 's'} Changed: [${shown.join(' ')}]`);
  } else if (reasons & buildReason.config) {
    parts.push('Config Changed');
  }
  if (reasons & buildReason.changedDeps) parts.push('Dependency Updated');
  if (reasons & buildReason.tiltfileArgs) parts.push('Tilt Args');
  if (reasons & buildReason.triggerWeb) parts.push('Web Trigger');
  if (reasons & buildReason.triggerCli) parts.push('CLI Trigger');
  if (reasons & buildReason.triggerHud) parts.push('HUD Trigger');
  if (reasons & buildReason.triggerUnknown) parts.push('Unknown Trigger');
  // A first build says only that: what changed before it is not news.
  if (reasons & buildReason.init) return 'Initial Build';
  return parts.length > 0 ? parts.join(' | ') : 'Unknown Trigger';
}

function shortPath(file: string, dir: string): string {
  const prefix = dir.endsWith('/') ? dir : `${dir}/`;
  return file.startsWith(prefix) ? file.slice(prefix.length) : file;
}
