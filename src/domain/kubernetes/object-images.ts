// The images that a Kubernetes object names: in containers, image volumes, places that the Tiltfile points at, and
// environment variables (reference 2.5, image match locations).
import { type ImageRef, type ImageSelector, parseImageRef, selects } from '../images/image-ref.ts';
import { findPlaces, type JsonPath } from '../json/json-path.ts';
import { getKey, isMap, type Plain, type PlainMap } from '../yaml/plain.ts';
import { type Entity, partsOfType } from './entity.ts';
import { matchesSelector, type ObjectSelector } from './object-selector.ts';

/** A place in objects where the Tiltfile says that an image stands. */
export interface ImageLocator {
  readonly selector: ObjectSelector;
  readonly path: JsonPath;
  /** Set when the image stands in two fields of an object. */
  readonly object?: { readonly repoField: string; readonly tagField: string };
}

const textAt = (map: PlainMap, key: string): string => {
  const value = getKey(map, key);
  return typeof value === 'string' ? value : '';
};

/** Throws for a container whose image is no image. */
export function imagesOf(
  entity: Entity,
  locators: readonly ImageLocator[],
  inVariables: readonly ImageSelector[],
): ImageRef[] {
  const images: ImageRef[] = [];
  for (const container of partsOfType(entity, 'Container')) {
    const image = textAt(container, 'image');
    images.push(parsed(image, why => `parsing ${image}: ${why}`));
  }
  for (const volume of partsOfType(entity, 'ImageVolumeSource')) {
    const reference = textAt(volume, 'reference');
    if (reference !== '') images.push(parsed(reference, why => `parsing image volume reference ${reference}: ${why}`));
  }
  for (const locator of locators) images.push(...located(locator, entity));
  if (inVariables.length > 0) images.push(...inEnvironment(entity, inVariables));
  return images;
}

function parsed(text: string, problem: (why: string) => string): ImageRef {
  try {
    return parseImageRef(text);
  } catch (error) {
    throw new Error(problem((error as Error).message));
  }
}

function inEnvironment(entity: Entity, wanted: readonly ImageSelector[]): ImageRef[] {
  const images: ImageRef[] = [];
  for (const variable of partsOfType(entity, 'EnvVar')) {
    let ref: ImageRef;
    try {
      ref = parseImageRef(textAt(variable, 'value'));
    } catch {
      continue;
    }
    for (const selector of wanted) if (selects(selector, ref)) images.push(ref);
  }
  return images;
}

function located(locator: ImageLocator, entity: Entity): ImageRef[] {
  if (!matchesSelector(locator.selector, entity)) return [];
  const { path, object } = locator;
  let places: ReturnType<typeof findPlaces>;
  try {
    places = findPlaces(path, entity.object);
  } catch (error) {
    throw new Error(`Matching (json_path=${JSON.stringify(path.text)}): ${(error as Error).message}`);
  }
  return places.map(({ value }) => {
    if (object) return parseImageRef(joined(value, object, path.text));
    if (typeof value !== 'string') {
      throw new Error(
        `May only match strings (json_path=${JSON.stringify(path.text)})\nGot Type: ${goKind(value)}\nGot Value: ${goText(value)}`,
      );
    }
    return parsed(value, why => `error parsing image '${value}' at json path '${path.text}': ${why}`);
  });
}

function joined(value: Plain, fields: NonNullable<ImageLocator['object']>, path: string): string {
  if (!isMap(value)) {
    throw new Error(
      `May only match maps (json_path=${JSON.stringify(path)})\nGot Type: ${goKind(value)}\nGot Value: ${goText(value)}`,
    );
  }
  const tag = textAt(value, fields.tagField);
  const repo = textAt(value, fields.repoField);
  return tag === '' ? repo : `${repo}:${tag}`;
}

function goKind(value: Plain): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (isMap(value)) return 'map[string]interface {}';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return typeof value === 'bigint' || Number.isInteger(value) ? 'int64' : 'float64';
}

function goText(value: Plain): string {
  if (value === null) return '%!s(<nil>)';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isMap(value)) {
    const entries = Object.keys(value)
      .sort()
      .map(key => `${key}:${goText(value[key]!)}`);
    return `map[${entries.join(' ')}]`;
  }
  return typeof value === 'string' ? value : `%!s(${goKind(value)}=${value})`;
}
