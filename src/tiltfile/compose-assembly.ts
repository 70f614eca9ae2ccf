// From Compose services to resources (reference 2.6).

import path from 'node:path';
import { writeYaml } from '../domain/yaml/write-yaml.ts';
import { AssemblyError } from './assembly-error.ts';
import { imageMapName } from './build-index.ts';
import type { ComposeProject, ComposeService } from './compose-state.ts';
import type { Evaluation } from './evaluation.ts';
import { imagesOfResource } from './image-assembly.ts';
import { deployedImages } from './kube-targets.ts';
import type { ResourceDefinition } from './result.ts';
import { triggerModeOf } from './trigger-modes.ts';

/** Number of services of all projects. */
export function serviceCount(evaluation: Evaluation): number {
  let count = 0;
  for (const project of evaluation.deployment.compose.values()) count += project.services.size;
  return count;
}

/** Finds the build of each service's image: one of the Tiltfile's, or Compose's own. */
export function linkServices(evaluation: Evaluation): void {
  const { deployment } = evaluation;
  if (serviceCount(evaluation) > 0 && deployment.registry)
    throw new AssemblyError('default_registry is not supported with docker compose');
  for (const project of deployment.compose.values())
    for (const service of project.services.values()) linkService(evaluation, service);
}

function linkService(evaluation: Evaluation, service: ComposeService): void {
  const { images } = evaluation.deployment;
  const ref = service.options.imageFromUser ?? service.imageFromConfig;
  const built = images.use(ref);
  if (built) {
    service.imageMapDeps.push(imageMapName(built.ref));
    return;
  }
  const { build } = service;
  if (!build || build.context === '') return;
  const context = path.isAbsolute(build.context) ? build.context : '';
  const dockerfile = build.dockerfile || 'Dockerfile';
  images.add({
    ref,
    imageMap: {},
    ignores: [],
    only: [],
    liveUpdate: undefined,
    tiltfilePath: '',
    build: {
      kind: 'compose',
      service: service.serviceName,
      context,
      dockerfilePath: path.isAbsolute(dockerfile) || context === '' ? dockerfile : path.join(context, dockerfile),
      mountedDirs: service.mountedDirs,
    },
  });
  const own = images.use(ref);
  if (own) service.imageMapDeps.push(imageMapName(own.ref));
}

/** A resource for each service, in alphabetical order within its project. */
export function composeDefinitions(evaluation: Evaluation): ResourceDefinition[] {
  return [...evaluation.deployment.compose.values()].flatMap(project =>
    [...project.services.values()].map(service => serviceDefinition(evaluation, project, service)),
  );
}

function serviceDefinition(
  evaluation: Evaluation,
  project: ComposeProject,
  service: ComposeService,
): ResourceDefinition {
  const { name, options } = service;
  const images = servicesImages(evaluation, service);
  if (images.some(image => image.imageMap.overrideCommand))
    throw new AssemblyError('docker_build/custom_build.entrypoint not supported for Docker Compose resources');
  const imageMaps = deployedImages(service.imageMapDeps, images);
  const mode = options.triggerMode ?? evaluation.defaultTriggerMode?.mode ?? 'auto';
  return {
    name,
    spec: {
      labels: options.labels,
      triggerMode: triggerModeOf(mode, options.autoInit ?? true),
      resourceDeps: options.resourceDeps,
      links: options.links,
      images: imageMaps,
      target: {
        kind: 'docker-compose',
        service: {
          service: service.serviceName,
          project: projectSpec(project),
          ...(imageMaps.length > 0 ? { imageMaps } : {}),
        },
      },
    },
    ...(images.length > 0 ? { images } : {}),
    compose: {
      serviceYaml: writeYaml(service.config),
      publishedPorts: service.publishedPorts,
      infersLinks: options.infersLinks ?? true,
    },
  };
}

function servicesImages(evaluation: Evaluation, service: ComposeService) {
  try {
    return imagesOfResource(evaluation, service.name, service.imageMapDeps);
  } catch (error) {
    throw new AssemblyError(`getting image build info for ${service.name}: ${(error as Error).message}`);
  }
}

function projectSpec(project: ComposeProject): Record<string, unknown> {
  return {
    configPaths: project.configPaths,
    projectPath: project.projectPath,
    name: project.name,
    ...(project.envFile === '' ? {} : { envFile: project.envFile }),
    ...(project.profiles.length > 0 ? { profiles: project.profiles } : {}),
    ...(project.wait ? { wait: true } : {}),
  };
}
