// The label by which objects that this program deploys are known (reference 4.9, mutations).
import { getKey, isMap, type PlainMap, setKey } from '../yaml/plain.ts';
import { type Entity, partsOfType } from './entity.ts';

export const managedByLabel = { key: 'app.kubernetes.io/managed-by', value: 'tilt' } as const;

/** The map under a key; made when there is none. */
function mapAt(holder: PlainMap, key: string): PlainMap {
  const value = getKey(holder, key);
  if (isMap(value)) return value;
  const made: PlainMap = {};
  setKey(holder, key, made);
  return made;
}

/**
 * Labels the object and every template in it, in place. Volume claim templates stay as they are (they cannot be changed
 * once they exist), and selectors name the label only where they named it before.
 */
export function labelAsManaged(entity: Entity): void {
  const { key, value } = managedByLabel;
  const metas = partsOfType(entity, 'ObjectMeta', 'PersistentVolumeClaim');
  if (metas.length === 0) metas.push(mapAt(entity.object, 'metadata'));
  for (const meta of metas) mapAt(meta, 'labels')[key] = value;
  inferOldSelector(entity);
  const selectors = partsOfType(entity, 'LabelSelector', 'PersistentVolumeClaim').map(part =>
    getKey(part, 'matchLabels'),
  );
  const services = partsOfType(entity, 'ServiceSpec').map(part => getKey(part, 'selector'));
  for (const labels of [...selectors, ...services])
    if (isMap(labels) && Object.hasOwn(labels, key)) labels[key] = value;
}

const oldGroups = /^(apps\/v1beta[12]|extensions\/v1beta1)$/;

/** Old kinds select by all labels of their template when they say nothing: then the new label must not be among them. */
function inferOldSelector({ apiVersion, object }: Entity): void {
  if (!oldGroups.test(apiVersion)) return;
  const spec = getKey(object, 'spec');
  const template = isMap(spec) ? getKey(spec, 'template') : undefined;
  if (!isMap(spec) || !isMap(template)) return;
  const selector = getKey(spec, 'selector');
  if (isMap(selector) && Object.keys(selector).length > 0) return;
  const meta = getKey(template, 'metadata');
  const labels = isMap(meta) ? getKey(meta, 'labels') : undefined;
  const { [managedByLabel.key]: _, ...own } = isMap(labels) ? labels : {};
  setKey(spec, 'selector', { matchLabels: own });
}
