// From builds of images to the images of resources: which builds need which, what is ignored, in which order to build
// (reference 2.4).
import path from 'node:path';
import { sanitizeName } from '../api/identifiers.ts';
import type { IgnoreDef } from '../api/shared-types.ts';
import { dockerfileImages } from '../domain/images/dockerfile-images.ts';
import { familiarName, familiarString } from '../domain/images/image-ref.ts';
import { similarNames } from '../domain/images/similar-names.ts';
import { AssemblyError } from './assembly-error.ts';
import { imageMapName } from './build-index.ts';
import type { Evaluation } from './evaluation.ts';
import { ignorePatterns } from './ignore-patterns.ts';
import type { ComposeBuild, CustomBuild, DockerBuild, ImageBuild } from './image-build.ts';
import { repositoryIgnores } from './repository-ignores.ts';
import type { ImageBuildDefinition, ImageDefinition, LiveUpdateSpec } from './result.ts';

/** Finds the builds that each build starts from, and counts them as used. */
export function linkImages(evaluation: Evaluation): void {
  const { images } = evaluation.deployment;
  for (const image of images.builds) {
    const { build } = image;
    if (build.kind === 'docker') {
      for (const ref of dockerfileImages(build.dockerfile, build.args)) {
        const base = images.use(ref);
        if (base) image.imageMapDeps.push(imageMapName(base.ref));
      }
    }
    if (build.kind !== 'custom') continue;
    for (const ref of build.imageDeps) {
      const dep = images.use(ref);
      if (!dep) {
        throw new AssemblyError(
          `image ${JSON.stringify(familiarString(image.ref))}: image dep ${JSON.stringify(familiarString(ref))} not found`,
        );
      }
      image.imageMapDeps.push(imageMapName(dep.ref));
    }
  }
}

/** Warns of the first image that nothing uses (reference 2.4, unused image). */
export function warnOfUnusedImages(evaluation: Evaluation, serviceCount: number): void {
  const { deployment, settings } = evaluation;
  const quiet = settings.update.suppressUnusedImageWarnings;
  const unused = deployment.images.builds.find(
    image => !image.isMatched && !quiet.includes('*') && !quiet.includes(familiarString(image.ref)),
  );
  if (!unused) return;
  const hasResources = deployment.kubernetes.length > 0;
  const hasRest = deployment.unresourced.length > 0;
  if (serviceCount === 0 && !hasResources && !hasRest) {
    evaluation.warn(
      'We could not find any deployment instructions, e.g. `k8s_yaml` or `docker_compose`.\nSkipping all image builds until we know how to deploy them.',
    );
    return;
  }
  if (!hasResources && hasRest) {
    evaluation.warn(
      'No Kubernetes configs with images found.\nIf you are using CRDs, add k8s_kind() to tell Tilt how to find images.\nhttps://docs.tilt.dev/api.html#api.k8s_kind',
    );
    return;
  }
  evaluation.warn(
    unusedWarning(unused, deployment.images.askedNames, serviceCount > 0 ? 'Docker Compose' : 'Kubernetes'),
  );
}

function unusedWarning(image: ImageBuild, asked: readonly string[], configType: string): string {
  const similar = similarNames(familiarName(image.ref), asked, 3);
  const hint = similar.length > 0 ? `Did you mean…\n${similar.map(name => `    - ${name}\n`).join('')}` : '';
  const ref = familiarString(image.ref);
  return `Image not used in any ${configType} config:\n    ✕ ${ref}\n${hint}Skipping this image build\nIf this is deliberate, suppress this warning with: update_settings(suppress_unused_image_warnings=[${JSON.stringify(ref)}])`;
}

/** The images that a resource needs, dependencies first. Throws for images that need each other. */
export function imagesOfResource(
  evaluation: Evaluation,
  resource: string,
  mapNames: readonly string[],
): ImageDefinition[] {
  const found: ImageDefinition[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string): void => {
    const image = evaluation.deployment.images.byMapName(name);
    if (!image) throw new AssemblyError(`Internal error: no image builder found for id ${name}`);
    if (state.get(name) === 'done') return;
    if (state.get(name) === 'open') throw new AssemblyError(`Image dependency cycle: ${fullSelector(image)}`);
    state.set(name, 'open');
    for (const dep of image.imageMapDeps) visit(dep);
    found.push(imageDefinition(evaluation, resource, image));
    state.set(name, 'done');
  };
  for (const name of mapNames) visit(name);
  return found;
}

function fullSelector({ ref }: ImageBuild): string {
  return `${ref.name}${ref.tag === '' ? '' : `:${ref.tag}`}${ref.digest === '' ? '' : `@${ref.digest}`}`;
}

function imageDefinition(evaluation: Evaluation, resource: string, image: ImageBuild): ImageDefinition {
  const name = imageMapName(image.ref);
  const objectName = sanitizeName(`${resource}:${name}`);
  const contextIgnores = contextIgnoresOf(evaluation, image);
  const { build, liveUpdate } = image;
  return {
    name,
    objectName,
    imageMap: {
      selector: familiarString(image.ref),
      ...(image.isExact ? { matchExact: true } : {}),
      ...image.imageMap,
    },
    build: buildDefinition(build, contextIgnores),
    imageMaps: [...new Set(image.imageMapDeps)],
    ...(liveUpdate ? { liveUpdate: { name: objectName, spec: liveUpdate } } : {}),
    isLiveUpdateOnly: isLiveUpdateOnly(build, liveUpdate),
    ignores: [...contextIgnores, ...watchIgnores(build)],
  };
}

/** A build by the command `:` is none: the image only ever takes live updates. */
function isLiveUpdateOnly(build: ImageBuild['build'], liveUpdate: LiveUpdateSpec | undefined): boolean {
  if (build.kind !== 'custom' || build.command.args.join('\0') !== 'sh\0-c\0:') return false;
  return (liveUpdate?.syncs?.length ?? 0) > 0 || (liveUpdate?.execs?.length ?? 0) > 0;
}

function buildDefinition(
  build: DockerBuild | CustomBuild | ComposeBuild,
  contextIgnores: readonly IgnoreDef[],
): ImageBuildDefinition {
  switch (build.kind) {
    case 'docker':
      return { kind: 'docker', context: build.context, spec: dockerImageSpec(build, contextIgnores) };
    case 'custom':
      return { kind: 'custom', deps: build.deps, spec: cmdImageSpec(build) };
    case 'compose':
      return { kind: 'compose', service: build.service, context: build.context };
  }
}

function filled(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isFilled = (value: unknown): boolean =>
    value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isFilled(value)));
}

function dockerImageSpec(build: DockerBuild, contextIgnores: readonly IgnoreDef[]): Record<string, unknown> {
  return filled({
    dockerfileContents: build.dockerfile,
    context: build.context,
    args: build.args,
    target: build.target,
    sshAgentConfigs: build.ssh,
    secrets: build.secrets,
    network: build.network,
    cacheFrom: build.cacheFrom,
    pull: build.pull,
    platform: build.platform,
    extraTags: build.extraTags,
    contextIgnores,
    extraHosts: build.extraHosts,
  });
}

function cmdImageSpec(build: CustomBuild): Record<string, unknown> {
  const outputMode = build.skipsLocalDocker ? 'remote' : build.disablePush ? 'local-docker-and-remote' : 'local-docker';
  return filled({
    args: build.command.args,
    dir: build.command.dir,
    env: build.command.env,
    outputTag: build.tag,
    outputsImageRefTo: build.outputsImageRefTo,
    outputMode,
  });
}

/** What the build context leaves out: the Tiltfile, repositories' folders, then patterns (reference 2.4). */
function contextIgnoresOf(evaluation: Evaluation, image: ImageBuild): IgnoreDef[] {
  const { build } = image;
  const paths =
    build.kind === 'custom'
      ? ['', ...build.deps]
      : [build.dockerfilePath, ...(build.context === '' ? [] : [build.context])];
  return [
    ...(image.tiltfilePath === '' ? [] : [{ basePath: image.tiltfilePath }]),
    ...repositoryIgnores(evaluation.deps.disk, paths),
    ...patternIgnores(evaluation, image),
  ];
}

function patternIgnores(evaluation: Evaluation, image: ImageBuild): IgnoreDef[] {
  const { build } = image;
  const folders = build.kind === 'custom' ? build.deps : [build.context];
  const dockerfile = build.kind === 'custom' ? '' : build.dockerfilePath;
  const only = image.only.length > 0 ? ['**', ...image.only.map(file => `!${file}`)] : [];
  const found: IgnoreDef[] = [];
  for (const basePath of new Set(folders)) {
    if (basePath === '' || !evaluation.deps.disk.stat(basePath)?.isDirectory) continue;
    if (image.ignores.length > 0) found.push({ basePath, patterns: image.ignores });
    if (only.length > 0) found.push({ basePath, patterns: only });
    const patterns = dockerignorePatterns(evaluation, basePath, dockerfile, familiarString(image.ref));
    if (patterns) found.push({ basePath, patterns });
  }
  return found;
}

/** Patterns of `<Dockerfile>.dockerignore`, or of the folder's own; undefined when there is neither. */
function dockerignorePatterns(
  evaluation: Evaluation,
  folder: string,
  dockerfile: string,
  ref: string,
): string[] | undefined {
  const { disk } = evaluation.deps;
  const own = `${dockerfile}.dockerignore`;
  const file = dockerfile !== '' && disk.stat(own) ? own : path.join(folder, '.dockerignore');
  evaluation.recordRead(file);
  if (!disk.stat(file)) return undefined;
  try {
    return ignorePatterns(disk.readFile(file).toString('utf8'));
  } catch (error) {
    throw new AssemblyError(`reading dockerignore for ${ref}: ${(error as Error).message}`);
  }
}

/** The Tiltfile watches the Dockerfile; what Compose mounts shows in the container without a build. */
function watchIgnores(build: ImageBuild['build']): IgnoreDef[] {
  if (build.kind === 'custom') return [];
  const mounted = build.kind === 'compose' ? build.mountedDirs.map(basePath => ({ basePath })) : [];
  return [...(build.dockerfilePath === '' ? [] : [{ basePath: build.dockerfilePath }]), ...mounted];
}
