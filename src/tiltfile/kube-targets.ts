// From assembled Kubernetes resources to what a session runs (reference 2.5, 3.11).
import { sanitizeName } from '../api/identifiers.ts';
import type { CommandSpec, KubernetesTarget } from '../api/kinds-internal.ts';
import { contentProblems } from '../api/validation.ts';
import { formatGoDuration } from '../base/go-duration.ts';
import { applyOrder } from '../domain/kubernetes/apply-order.ts';
import { type Entity, namespaceOf } from '../domain/kubernetes/entity.ts';
import type { ImageLocator } from '../domain/kubernetes/object-images.ts';
import { matchesSelector } from '../domain/kubernetes/object-selector.ts';
import { writeEntities } from '../domain/kubernetes/write-entities.ts';
import { AssemblyError } from './assembly-error.ts';
import type { KubernetesResource, PodReadiness } from './deployment-state.ts';
import type { Evaluation } from './evaluation.ts';
import { imagesOfResource } from './image-assembly.ts';
import { allLocators } from './kube-assembly.ts';
import { repositoryIgnores } from './repository-ignores.ts';
import type { ImageDefinition, ResourceDefinition } from './result.ts';
import { triggerModeOf } from './trigger-modes.ts';

/** Sidecars whose logs nobody asked for. */
const ignoredContainers = ['istio-init', 'istio-proxy', 'linkerd-proxy', 'linkerd-init'];

/** A resource as a session runs it. */
export function kubernetesDefinition(evaluation: Evaluation, resource: KubernetesResource): ResourceDefinition {
  const { name } = resource;
  const images = naming(`getting image build info for ${name}`, () =>
    imagesOfResource(evaluation, name, resource.imageMapDeps),
  );
  const target = naming(`creating K8s deploy target for ${name}`, () => targetOf(evaluation, resource, images));
  const deps = [...new Set(resource.customDeploy?.deps ?? [])].sort();
  return {
    name,
    spec: {
      labels: resource.labels,
      triggerMode: triggerModeOf(
        resource.triggerMode ?? evaluation.defaultTriggerMode?.mode ?? 'auto',
        resource.autoInit,
      ),
      resourceDeps: resource.resourceDeps,
      links: resource.links,
      images: deployedImages(resource.imageMapDeps, images),
      target,
    },
    ...(images.length > 0 ? { images } : {}),
    ...(resource.customDeploy
      ? {
          watch: {
            deps,
            ignores: [...resource.customDeploy.ignores, ...repositoryIgnores(evaluation.deps.disk, deps)],
          },
        }
      : {}),
  };
}

function naming<T>(what: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw new AssemblyError(`${what}: ${(error as Error).message}`, { cause: error });
  }
}

/** Images that the deployment names itself; those that only take live updates are never built. */
export function deployedImages(mapNames: readonly string[], images: readonly ImageDefinition[]): string[] {
  const notBuilt = new Set(images.filter(image => image.isLiveUpdateOnly).map(image => image.name));
  return [...new Set(mapNames)].filter(name => !notBuilt.has(name));
}

function targetOf(
  evaluation: Evaluation,
  resource: KubernetesResource,
  images: readonly ImageDefinition[],
): KubernetesTarget {
  const { update } = evaluation.settings;
  const entities = applyOrder(resource.entities);
  const imageMaps = deployedImages(resource.imageMapDeps, images);
  const apply = {
    cluster: 'default',
    timeout: formatGoDuration(update.k8sUpsertTimeoutMs),
    ...(imageMaps.length > 0 ? { imageMaps } : {}),
    ...(resource.portForwards.length > 0
      ? { portForwardTemplateSpec: { forwards: forwardsOf(evaluation, resource) } }
      : {}),
    ...(resource.discoveryStrategy === '' ? {} : { discoveryStrategy: resource.discoveryStrategy }),
    ...(resource.extraPodSelectors.length > 0
      ? {
          kubernetesDiscoveryTemplateSpec: {
            extraSelectors: resource.extraPodSelectors.map(matchLabels => ({ matchLabels })),
          },
        }
      : {}),
    podLogStreamTemplateSpec: { ignoreContainers: ignoredContainers },
    ...(update.k8sServerSideApply === 'true' ? { serverSideApply: true } : {}),
    ...(resource.customDeploy ? customApply(resource) : yamlApply(evaluation, entities)),
  };
  const problems = contentProblems('KubernetesApply', { spec: apply });
  if (problems.length > 0)
    throw new AssemblyError(problems.map(({ field, message }) => `${field}: ${message}`).join(', '));
  return {
    kind: 'k8s',
    apply,
    podReadiness: readinessOf(evaluation, resource),
    displayNames: displayNames(entities),
    hasLiveUpdate: images.some(image => image.liveUpdate !== undefined),
  };
}

function forwardsOf(evaluation: Evaluation, resource: KubernetesResource): Record<string, unknown>[] {
  return resource.portForwards.map(({ localPort, containerPort, host, name, path }) => ({
    localPort,
    containerPort,
    host: host || evaluation.deps.request.webHost,
    ...(name === '' ? {} : { name }),
    ...(path === '' ? {} : { path }),
  }));
}

function customApply(resource: KubernetesResource): Record<string, unknown> {
  const { applyCmd, deleteCmd } = resource.customDeploy!;
  const written = (command: CommandSpec): object => ({ ...command, env: command.env?.length ? command.env : null });
  return {
    applyCmd: written(applyCmd),
    deleteCmd: written(deleteCmd),
    restartOn: { fileWatches: [sanitizeName(`${resource.name}:apply`)] },
  };
}

function yamlApply(evaluation: Evaluation, entities: readonly Entity[]): Record<string, unknown> {
  const locators = allLocators(evaluation.deployment).filter(locator =>
    entities.some(entity => matchesSelector(locator.selector, entity)),
  );
  return {
    yaml: writeEntities(entities),
    ...(locators.length > 0 ? { imageLocators: locators.map(locatorSpec) } : {}),
  };
}

function locatorSpec({ selector, path, object }: ImageLocator): Record<string, unknown> {
  const objectSelector = Object.fromEntries(Object.entries(selector).filter(([, source]) => source !== ''));
  return { objectSelector, path: path.text, ...(object ? { object } : {}) };
}

/** What was said, else what its kinds say, else nothing to wait for when it is a group of plain objects. */
function readinessOf(evaluation: Evaluation, resource: KubernetesResource): Exclude<PodReadiness, ''> {
  if (resource.podReadiness !== '') return resource.podReadiness;
  const modes = new Set(
    evaluation.deployment.kinds
      .filter(info => resource.entities.some(entity => matchesSelector(info.selector, entity)))
      .map(info => info.podReadiness),
  );
  for (const mode of ['wait', 'ignore', 'succeeded'] as const) if (modes.has(mode)) return mode;
  const isPlain = resource.extraPodSelectors.length === 0 && resource.imageMapDeps.length === 0;
  return resource.isManuallyGrouped && isPlain ? 'ignore' : 'wait';
}

/** `web:deployment`, as the screen lists what a resource consists of. */
function displayNames(entities: readonly Entity[]): string[] {
  const counts = new Map<string, number>();
  const short = entities.map(({ name, kind }) => `${name}:${kind}`.toLowerCase());
  for (const name of short) counts.set(name, (counts.get(name) ?? 0) + 1);
  return short.map((name, i) => (counts.get(name) === 1 ? name : `${name}:${namespaceOf(entities[i]!)}`.toLowerCase()));
}
