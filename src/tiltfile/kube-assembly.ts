// From Kubernetes objects to resources: workloads, what belongs to them, what k8s_resource says (reference 2.5).
import { familiarString, fullString, type ImageRef, type ImageSelector } from '../domain/images/image-ref.ts';
import {
  type Entity,
  fullName,
  groupOf,
  namespaceOf,
  partsOfType,
  potentialNames,
  uniqueNames,
} from '../domain/kubernetes/entity.ts';
import { type ImageLocator, imagesOf } from '../domain/kubernetes/object-images.ts';
import { fragmentSelector, matchesSelector } from '../domain/kubernetes/object-selector.ts';
import { getKey, isMap, type PlainMap } from '../domain/yaml/plain.ts';
import {
  callFunction,
  NoSuchAttrError,
  StarlarkObject,
  starlarkString,
  Thread,
  type Value,
} from '../starlark/index.ts';
import { AssemblyError } from './assembly-error.ts';
import { imageMapName } from './build-index.ts';
import type { DeploymentState, KubernetesOptions, KubernetesResource } from './deployment-state.ts';
import type { Evaluation } from './evaluation.ts';
import { goTypeName } from './go-types.ts';

/** Puts every object into a resource, or leaves it in `unresourced`. */
export function assembleKubernetes(evaluation: Evaluation): void {
  const { deployment } = evaluation;
  assembleWorkloads(evaluation);
  assemblePodSpecs(evaluation);
  applyOptions(evaluation);
  for (const resource of deployment.kubernetes) linkResource(deployment, resource);
}

/** Makes a resource; throws when its name is taken. */
export function makeKubernetesResource(evaluation: Evaluation, name: string): KubernetesResource {
  evaluation.checkNameIsFree(name);
  const resource: KubernetesResource = {
    name,
    entities: [],
    imageRefs: new Map(),
    portForwards: [],
    extraPodSelectors: [],
    podReadiness: '',
    discoveryStrategy: '',
    imageMapDeps: [],
    triggerMode: undefined,
    autoInit: true,
    resourceDeps: [],
    isManuallyGrouped: false,
    links: [],
    labels: {},
    customDeploy: undefined,
  };
  evaluation.deployment.kubernetes.push(resource);
  evaluation.deployment.kubernetesByName.set(name, resource);
  return resource;
}

/** The resource needs the image; one that is not required may come from elsewhere. */
export function addImageDep(resource: KubernetesResource, ref: ImageRef, isRequired: boolean): void {
  const key = fullString(ref);
  const known = resource.imageRefs.get(key);
  if (known) known.isRequired ||= isRequired;
  else resource.imageRefs.set(key, { ref, isRequired });
}

export function allLocators(deployment: DeploymentState): ImageLocator[] {
  return deployment.kinds.flatMap(info => info.locators);
}

function assembleWorkloads(evaluation: Evaluation): void {
  const { deployment } = evaluation;
  const locators = allLocators(deployment);
  const inVariables: ImageSelector[] = deployment.images.builds.filter(image => image.imageMap.matchInEnvVars);
  const found = new Map<Entity, ImageRef[]>();
  const workloads: Entity[] = [];
  for (const entity of deployment.unresourced) {
    const isKnown = deployment.kinds.some(info => matchesSelector(info.selector, entity));
    const images = isKnown
      ? []
      : wrapped(`finding images in ${entity.name}`, () => imagesOf(entity, locators, inVariables));
    if (images.length > 0) found.set(entity, images);
    if (isKnown || images.length > 0) workloads.push(entity);
  }
  const taken = new Set(workloads);
  deployment.unresourced = deployment.unresourced.filter(entity => !taken.has(entity));
  const names = resourceNames(evaluation, workloads);
  const add = (resource: KubernetesResource, entity: Entity): void => {
    resource.entities.push(entity);
    const images =
      found.get(entity) ??
      wrapped(`finding image in ${entity.kind}/${entity.name}`, () => imagesOf(entity, locators, inVariables));
    for (const ref of images) addImageDep(resource, ref, false);
  };
  const services = new ServiceFinder(deployment);
  workloads.forEach((workload, i) => {
    const resource = wrapped(`error making resource for workload ${objectId(workload)}`, () =>
      makeKubernetesResource(evaluation, names[i]!),
    );
    add(resource, workload);
    for (const entity of services.take(workload)) add(resource, entity);
  });
}

function wrapped<T>(what: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    // The message says it all; a traceback of the cause would hide where it came up.
    throw new AssemblyError(`${what}: ${(error as Error).message}`);
  }
}

/** Objects with a pod template that name no image of ours: each is a resource of its own name. */
function assemblePodSpecs(evaluation: Evaluation): void {
  const { deployment } = evaluation;
  const withPods = deployment.unresourced.filter(entity => podTemplates(entity).length > 0);
  const taken = new Set(withPods);
  deployment.unresourced = deployment.unresourced.filter(entity => !taken.has(entity));
  const services = new ServiceFinder(deployment);
  for (const entity of withPods) {
    const resource = deployment.kubernetesByName.get(entity.name) ?? makeKubernetesResource(evaluation, entity.name);
    resource.entities.push(entity, ...services.take(entity));
  }
}

function podTemplates(entity: Entity): PlainMap[] {
  return partsOfType(entity, 'PodTemplateSpec');
}

function stringsAt(map: PlainMap, key: string): Readonly<Record<string, unknown>> {
  const value = getKey(map, key);
  return isMap(value) ? value : {};
}

/** Services that lead to a workload's pods. */
class ServiceFinder {
  readonly #deployment: DeploymentState;
  readonly #selectors = new Map<Entity, readonly [string, unknown][]>();

  constructor(deployment: DeploymentState) {
    this.#deployment = deployment;
    for (const entity of deployment.unresourced) {
      const spec = partsOfType(entity, 'ServiceSpec')[0];
      const selector = spec ? Object.entries(stringsAt(spec, 'selector')) : [];
      if (selector.length > 0) this.#selectors.set(entity, selector);
    }
  }

  /** Takes those of the workload out of what belongs to nobody. */
  take(workload: Entity): Entity[] {
    if (this.#selectors.size === 0) return [];
    const found: Entity[] = [];
    for (const template of podTemplates(workload)) {
      const labels = stringsAt(stringsAt(template, 'metadata') as PlainMap, 'labels');
      for (const [service, selector] of this.#selectors) {
        const isNear =
          service.namespace === '' || service.namespace === 'default' || namespaceOf(service) === namespaceOf(workload);
        if (!isNear || !selector.every(([key, value]) => labels[key] === value)) continue;
        found.push(service);
        this.#selectors.delete(service);
      }
    }
    const taken = new Set(found);
    if (found.length > 0)
      this.#deployment.unresourced = this.#deployment.unresourced.filter(entity => !taken.has(entity));
    return found;
  }
}

/** What workload_to_resource_function gets. */
class ObjectId extends StarlarkObject {
  readonly typeName = 'K8sObjectID';
  readonly #parts: Readonly<Record<string, string>>;

  constructor(entity: Entity) {
    super();
    this.#parts = { name: entity.name, kind: entity.kind, namespace: namespaceOf(entity), group: groupOf(entity) };
  }

  override repr(): string {
    return starlarkString(Object.values(this.#parts).join(':').toLowerCase());
  }

  override attrNames(): readonly string[] {
    return ['name', 'kind', 'namespace', 'group'];
  }

  override attr(name: string): Value | undefined {
    const part = Object.hasOwn(this.#parts, name) ? this.#parts[name] : undefined;
    if (part === undefined) throw new NoSuchAttrError(`tiltfile.k8sObjectID has no attribute '${name}'`);
    return starlarkString(part);
  }
}

function objectId(entity: Entity): string {
  return [entity.name, entity.kind, namespaceOf(entity), groupOf(entity)].join(':').toLowerCase();
}

function resourceNames(evaluation: Evaluation, workloads: readonly Entity[]): string[] {
  const chosen = evaluation.deployment.workloadFunction;
  if (!chosen) return uniqueNames(workloads);
  const chosenNames = wrapped(`${chosen.at}: error applying workload_to_resource_function`, () => {
    const names = new Map<string, Entity>();
    for (const workload of workloads) {
      const name = wrapped(`error determining resource name for '${objectId(workload)}'`, () =>
        nameFrom(evaluation, chosen.fn, workload),
      );
      const other = names.get(name);
      if (other)
        throw new AssemblyError(
          `both '${objectId(workload)}' and '${objectId(other)}' mapped to resource name '${name}'`,
        );
      names.set(name, workload);
    }
    return [...names.keys()];
  });
  if (chosenNames.includes(''))
    throw new AssemblyError('[validate] manifest missing name: workload_to_resource_function gave an empty one');
  return chosenNames;
}

function nameFrom(
  evaluation: Evaluation,
  fn: NonNullable<DeploymentState['workloadFunction']>['fn'],
  workload: Entity,
): string {
  const thread = new Thread();
  thread.print = message => evaluation.info(message);
  const name = callFunction(thread, fn, [new ObjectId(workload)]);
  if (typeof name !== 'string')
    throw new AssemblyError(`${fn.name}: invalid return value. wanted: string. got: ${goTypeName(name)}`);
  return name;
}

function applyOptions(evaluation: Evaluation): void {
  const { deployment } = evaluation;
  if (deployment.options.length === 0) return;
  const all = [
    ...[...deployment.kubernetesByName.values()].flatMap(resource => resource.entities),
    ...deployment.unresourced,
  ];
  const fragments = new Map<string, Entity[]>();
  for (const entity of all) {
    for (const name of potentialNames(entity)) {
      const list = fragments.get(name);
      if (list) list.push(entity);
      else fragments.set(name, [entity]);
    }
  }
  for (const options of deployment.options) {
    if (options.isManuallyGrouped) {
      const made = wrappedNothing(() => makeKubernetesResource(evaluation, options.newName));
      made.isManuallyGrouped = true;
    }
    const resource = deployment.kubernetesByName.get(options.workload);
    if (!resource) {
      const known = [...deployment.kubernetesByName.keys()].join(', ');
      throw new AssemblyError(
        `${options.at}: k8s_resource specified unknown resource ${JSON.stringify(options.workload)}. known k8s resources: ${known}`,
      );
    }
    mergeOptions(resource, options);
    rename(evaluation, resource, options);
    takeObjects(deployment, resource, { options, fragments, all });
  }
}

function wrappedNothing<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw new AssemblyError((error as Error).message);
  }
}

/** Later calls add to lists and beat single values. */
function mergeOptions(resource: KubernetesResource, options: KubernetesOptions): void {
  resource.extraPodSelectors.push(...options.extraPodSelectors);
  if (options.podReadiness !== '') resource.podReadiness = options.podReadiness;
  if (options.discoveryStrategy !== '') resource.discoveryStrategy = options.discoveryStrategy;
  resource.portForwards.push(...options.portForwards);
  resource.triggerMode = options.triggerMode ?? resource.triggerMode;
  resource.autoInit = options.autoInit ?? resource.autoInit;
  resource.resourceDeps.push(...options.resourceDeps);
  resource.links.push(...options.links);
  Object.assign(resource.labels, options.labels);
}

function rename(evaluation: Evaluation, resource: KubernetesResource, { newName, at }: KubernetesOptions): void {
  if (newName === '' || newName === resource.name) return;
  const { kubernetesByName } = evaluation.deployment;
  wrapped(
    `${at}: k8s_resource specified to rename ${JSON.stringify(resource.name)} to ${JSON.stringify(newName)}`,
    () => evaluation.checkNameIsFree(newName),
  );
  kubernetesByName.delete(resource.name);
  resource.name = newName;
  kubernetesByName.set(newName, resource);
}

interface ObjectSearch {
  readonly options: KubernetesOptions;
  readonly fragments: ReadonlyMap<string, readonly Entity[]>;
  readonly all: readonly Entity[];
}

function takeObjects(deployment: DeploymentState, resource: KubernetesResource, search: ObjectSearch): void {
  const { options, fragments, all } = search;
  const selectors = options.objects.map(fragment =>
    wrapped(`Error making selector from string ${JSON.stringify(fragment)}`, () => fragmentSelector(fragment)),
  );
  options.objects.forEach((fragment, i) => {
    const shown = JSON.stringify(fragment);
    const matching = fragments.get(fragment.toLowerCase()) ?? [];
    if (matching.length === 0) {
      throw new AssemblyError(
        `No object identified by the fragment ${shown} could be found. Possible objects are: ${quotedNames(all)}`,
      );
    }
    if (matching.length > 1) {
      throw new AssemblyError(
        `${shown} is not a unique fragment. Objects that match ${shown} are ${quotedNames(matching)}`,
      );
    }
    const entity = deployment.unresourced.find(candidate => matchesSelector(selectors[i]!, candidate));
    if (!entity) {
      throw new AssemblyError(
        `No object identified by the fragment ${shown} could be found in remaining YAML. Valid remaining fragments are: ${quotedNames(deployment.unresourced)}`,
      );
    }
    resource.entities.push(entity);
    deployment.unresourced = deployment.unresourced.filter(candidate => candidate !== entity);
  });
}

function quotedNames(entities: readonly Entity[]): string {
  return entities.map(entity => JSON.stringify(fullName(entity))).join(', ');
}

function linkResource(deployment: DeploymentState, resource: KubernetesResource): void {
  const name = JSON.stringify(resource.name);
  if (resource.entities.length === 0 && !resource.customDeploy) {
    throw new AssemblyError(
      `resource ${name}: could not associate any k8s_yaml() or k8s_custom_deploy() with this resource`,
    );
  }
  for (const { ref, isRequired } of resource.imageRefs.values()) {
    const build = deployment.images.use(ref);
    if (build) resource.imageMapDeps.push(imageMapName(build.ref));
    else if (isRequired)
      throw new AssemblyError(`resource ${name}: image build ${JSON.stringify(familiarString(ref))} not found`);
  }
}
