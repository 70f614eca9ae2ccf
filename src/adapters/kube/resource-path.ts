// Paths of the Kubernetes API.
import { KubeError, type ResourceType } from './port.ts';

/** The group of `apps/v1`; '' for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** `/api/v1` or `/apis/GROUP/VERSION`. */
export function groupVersionPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** `apps/v1`. */
export function apiVersionOf({ group, version }: Pick<ResourceType, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/**
 * A collection, in one namespace or (undefined, or a kind that has none) in all; with `name` an object of it. Throws
 * KubeError where the name is none.
 */
export function resourcePath(type: ResourceType, namespace: string | undefined, name?: string): string {
  const inside = type.isNamespaced && namespace ? `/namespaces/${segment(namespace)}` : '';
  const object = name === undefined ? '' : `/${segment(name)}`;
  return `${groupVersionPath(apiVersionOf(type))}${inside}/${type.plural}${object}`;
}

/** A name that would make another path never reaches a server: of '' it takes the whole collection, of '..' what is above. */
function segment(name: string): string {
  if (name === '') throw new KubeError('resource name may not be empty', { code: 422, reason: 'Invalid' });
  if (name === '.' || name === '..' || /[/%]/.test(name)) {
    throw new KubeError(`invalid resource name ${JSON.stringify(name)}`, { code: 422, reason: 'Invalid' });
  }
  return encodeURIComponent(name);
}

/** `?a=1&b=2` of what is not undefined; '' when nothing is left. A list gives its key several times. */
export function queryOf(
  parameters: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) query.append(key, String(item));
  }
  return query.size === 0 ? '' : `?${query}`;
}
