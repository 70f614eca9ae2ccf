// Rules of live updates that need to see the whole: what is synced must be watched, and each step must be used.
import path from 'node:path';
import { AssemblyError } from './assembly-error.ts';
import type { Evaluation } from './evaluation.ts';
import type { ImageDefinition, ResourceDefinition } from './result.ts';

/** Throws for a path of a deployed image's live update that nothing watches. */
export function checkLiveUpdates(resources: readonly ResourceDefinition[]): void {
  for (const resource of resources) {
    const deployed = new Set(resource.spec.images);
    for (const image of resource.images ?? [])
      if (image.liveUpdate && deployed.has(image.name)) checkPaths(image, resource.images!);
  }
}

function checkPaths(image: ImageDefinition, all: readonly ImageDefinition[]): void {
  const watched = watchedPaths(image, all);
  const { spec } = image.liveUpdate!;
  const shown = `([${watched.join(' ')}])`;
  const check = (what: string, file: string): void => {
    const absolute = path.isAbsolute(file) ? file : path.join(spec.basePath, file);
    if (!watched.some(parent => isChild(parent, absolute)))
      throw new AssemblyError(`${what} '${absolute}' is not a child of any watched filepaths ${shown}`);
  };
  for (const { localPath } of spec.syncs ?? []) check('sync step source', localPath);
  for (const file of spec.stopPaths ?? []) check('fall_back_on paths', file);
}

/** Paths of the image and of all that it is built from, an image's dependencies before itself. */
function watchedPaths(image: ImageDefinition, all: readonly ImageDefinition[]): string[] {
  const paths: string[] = [];
  const seen = new Set<string>();
  const visit = (current: ImageDefinition): void => {
    if (seen.has(current.name)) return;
    seen.add(current.name);
    for (const dep of current.imageMaps) {
      const found = all.find(other => other.name === dep);
      if (found) visit(found);
    }
    paths.push(...localPaths(current));
  };
  visit(image);
  return paths;
}

function localPaths({ build }: ImageDefinition): string[] {
  return build.kind === 'custom' ? [...new Set(build.deps)].sort() : [build.context];
}

function isChild(parent: string, file: string): boolean {
  const relative = path.relative(parent, file);
  return relative === '' || (relative !== '..' && !relative.startsWith('../') && !path.isAbsolute(relative));
}

/** Throws when a step was made and used nowhere. */
export function checkAllStepsUsed(evaluation: Evaluation): void {
  const unused = [...evaluation.deployment.unusedSteps.values()];
  if (unused.length === 0) return;
  const lines = unused.map(({ at, shown, type }) => `${at}: value '${shown}' of type '${type}'`);
  throw new AssemblyError(
    `found ${unused.length} live_update steps that were created but not used in a live_update:\n${lines.join('\n\t')}`,
  );
}
