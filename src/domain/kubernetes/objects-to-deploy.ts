// From the YAML of a KubernetesApply to the objects that are sent to the cluster: labelled, with the built images in
// their places (reference 4.9, mutations, in that order).
import type { ImageSelector } from '../images/image-ref.ts';
import { parseImageRef } from '../images/image-ref.ts';
import { parseJsonPath } from '../json/json-path.ts';
import type { Entity } from './entity.ts';
import { type ImageInjection, injectImage, neverPullAgain, startPodsInParallel } from './inject-image.ts';
import { labelAsManaged } from './managed-label.ts';
import type { ImageLocator } from './object-images.ts';
import type { ObjectSelector } from './object-selector.ts';
import { labelPodTemplates } from './pod-template-hash.ts';
import { readEntities } from './read-entities.ts';

/** An image of the deploy as its ImageMap says. */
export interface DeployedImage {
  /** Name of the ImageMap, for words about it. */
  readonly name: string;
  /** What names it in YAML. */
  readonly selector: string;
  readonly matchExact: boolean;
  readonly matchInEnvVars: boolean;
  /** As the cluster pulls it; '' when nothing was built yet. */
  readonly imageFromCluster: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

/** Entry of `spec.imageLocators`. */
export interface LocatorSpec {
  readonly objectSelector: Partial<ObjectSelector>;
  readonly path: string;
  readonly object?: { readonly repoField: string; readonly tagField: string };
}

/** Throws with a sentence for YAML that is none, an image that is not in it, or one that was not built. */
export function objectsToDeploy(
  yaml: string,
  images: readonly DeployedImage[],
  locatorSpecs: readonly LocatorSpec[] = [],
): Entity[] {
  const entities = readEntities(yaml);
  const locators = locatorSpecs.map(readLocator);
  const injections = images.map(injectionOf);
  const found = new Set<DeployedImage>();
  for (const entity of entities) {
    labelAsManaged(entity);
    if (images.length > 0) {
      neverPullAgain(entity);
      startPodsInParallel(entity);
    }
    injections.forEach((injection, i) => {
      if (injectImage(entity, injection, locators)) found.add(images[i]!);
    });
    labelPodTemplates(entity);
  }
  const missing = images.find(image => !found.has(image));
  if (missing) throw new Error(`Docker image missing from yaml: ${missing.name}`);
  return entities;
}

function readLocator({ objectSelector, path, object }: LocatorSpec): ImageLocator {
  const selector = {
    apiVersionRegexp: '',
    kindRegexp: '',
    nameRegexp: '',
    namespaceRegexp: '',
    ...objectSelector,
  };
  return { selector, path: parseJsonPath(path), ...(object ? { object } : {}) };
}

function injectionOf(image: DeployedImage): ImageInjection {
  if (image.imageFromCluster === '') throw new Error(`the image ${image.name} has not been built yet`);
  const selector: ImageSelector = { ref: parseImageRef(image.selector), isExact: image.matchExact };
  return {
    selector,
    ref: parseImageRef(image.imageFromCluster),
    matchesInEnvVars: image.matchInEnvVars,
    ...(image.command ? { command: image.command } : {}),
    ...(image.args ? { args: image.args } : {}),
  };
}
