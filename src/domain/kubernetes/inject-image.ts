// Puts built images into objects: in containers, image volumes, places that the Tiltfile points at and environment
// variables (reference 4.9, mutations). Objects are changed in place.
import {
  familiarName,
  familiarString,
  type ImageRef,
  type ImageSelector,
  parseImageRef,
  selects,
} from '../images/image-ref.ts';
import { findPlaces, type Place } from '../json/json-path.ts';
import { getKey, isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';
import { type Entity, partsOfType } from './entity.ts';
import type { ImageLocator } from './object-images.ts';
import { matchesSelector } from './object-selector.ts';

/** What was built, and where it goes. */
export interface ImageInjection {
  readonly selector: ImageSelector;
  /** As the cluster pulls it. */
  readonly ref: ImageRef;
  readonly matchesInEnvVars: boolean;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

const pullPolicy = 'IfNotPresent';

/** Images that were built here are never fetched again: every container of the object takes what the node has. */
export function neverPullAgain(entity: Entity): void {
  for (const container of partsOfType(entity, 'Container')) setKey(container, 'imagePullPolicy', pullPolicy);
}

/** Pods of a StatefulSet start side by side: one that crashes must not hold up its repair. */
export function startPodsInParallel(entity: Entity): void {
  if (entity.kind !== 'StatefulSet' || entity.typeIndex === undefined) return;
  const spec = getKey(entity.object, 'spec');
  if (isMap(spec)) setKey(spec, 'podManagementPolicy', 'Parallel');
}

/** True when the image was found and replaced at least once. Throws for an image that is none, or a command without a container. */
export function injectImage(entity: Entity, image: ImageInjection, locators: readonly ImageLocator[]): boolean {
  const containers = inContainers(entity, image);
  const others = [
    inVolumes(entity, image),
    image.matchesInEnvVars && inVariables(entity, image),
    ...locators.map(locator => atLocator(entity, image, locator)),
  ].some(Boolean);
  const replaced = containers.length > 0 || others;
  if (replaced && (image.command || image.args)) overrideCommand(entity, image, containers);
  return replaced;
}

const textAt = (map: PlainMap, key: string): string => {
  const value = getKey(map, key);
  return typeof value === 'string' ? value : '';
};

function refOf(text: string): ImageRef | undefined {
  try {
    return parseImageRef(text);
  } catch {
    return undefined;
  }
}

function inContainers(entity: Entity, { selector, ref }: ImageInjection): PlainMap[] {
  const found = partsOfType(entity, 'Container').filter(part =>
    selects(selector, parseImageRef(textAt(part, 'image'))),
  );
  for (const container of found) {
    setKey(container, 'image', familiarString(ref));
    setKey(container, 'imagePullPolicy', pullPolicy);
  }
  return found;
}

function inVolumes(entity: Entity, { selector, ref }: ImageInjection): boolean {
  const found = partsOfType(entity, 'ImageVolumeSource').filter(part => {
    const text = textAt(part, 'reference');
    return text !== '' && selects(selector, parseImageRef(text));
  });
  for (const volume of found) {
    setKey(volume, 'reference', familiarString(ref));
    setKey(volume, 'pullPolicy', pullPolicy);
  }
  return found.length > 0;
}

function inVariables(entity: Entity, { selector, ref }: ImageInjection): boolean {
  const found = partsOfType(entity, 'EnvVar').filter(part => {
    const existing = refOf(textAt(part, 'value'));
    return existing !== undefined && selects(selector, existing);
  });
  for (const variable of found) setKey(variable, 'value', familiarString(ref));
  return found.length > 0;
}

function atLocator(entity: Entity, image: ImageInjection, locator: ImageLocator): boolean {
  if (!matchesSelector(locator.selector, entity)) return false;
  const inject = locator.object ? injectFields(image, locator.object) : injectText(image);
  let replaced = false;
  for (const place of findPlaces(locator.path, entity.object)) if (inject(place)) replaced = true;
  return replaced;
}

function injectText({ selector, ref }: ImageInjection): (place: Place) => boolean {
  return ({ value, holder, key }) => {
    const existing = typeof value === 'string' ? refOf(value) : undefined;
    if (!existing || !selects(selector, existing) || holder === undefined || key === undefined) return false;
    if (Array.isArray(holder)) holder[key as number] = familiarString(ref);
    else {
      setKey(holder, String(key), familiarString(ref));
      // A pull policy beside it is meant for this image.
      if (getKey(holder, 'imagePullPolicy') !== undefined) setKey(holder, 'imagePullPolicy', pullPolicy);
    }
    return true;
  };
}

function injectFields(
  { selector, ref }: ImageInjection,
  fields: NonNullable<ImageLocator['object']>,
): (place: Place) => boolean {
  return ({ value }: { readonly value: Plain }) => {
    if (!isMap(value)) return false;
    const tag = textAt(value, fields.tagField);
    const existing = refOf(tag === '' ? textAt(value, fields.repoField) : `${textAt(value, fields.repoField)}:${tag}`);
    if (!existing || !selects(selector, existing)) return false;
    setKey(value, fields.repoField, familiarName(ref));
    if (ref.tag !== undefined && ref.tag !== '') setKey(value, fields.tagField, ref.tag);
    return true;
  };
}

function overrideCommand(entity: Entity, image: ImageInjection, containers: readonly PlainMap[]): void {
  if (containers.length === 0) {
    throw new Error(
      `could not inject command [${(image.command ?? []).join(' ')}] into entity: ${entity.name}. No container found matching ref: ${familiarString(image.ref)}. Note: command overrides only supported on containers with images, not on CRDs`,
    );
  }
  for (const container of containers) {
    if (image.command) setKey(container, 'command', [...image.command]);
    if (image.args) setKey(container, 'args', [...image.args]);
  }
}
