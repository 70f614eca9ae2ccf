// Whether an object is disabled, from the ConfigMaps that its disableSource names (reference 3.0).
import type { ConfigMap } from '../api/kinds-local.ts';
import type { DisableSource, DisableState } from '../api/shared-types.ts';

export interface Disablement {
  readonly state: DisableState;
  /** Anything but Enabled counts as disabled. */
  readonly disabled: boolean;
  readonly reason: string;
}

type GetConfigMap = (name: string) => ConfigMap | undefined;

/** Words that strconv.ParseBool takes. */
const words: Record<string, boolean> = {
  '1': true,
  t: true,
  T: true,
  true: true,
  TRUE: true,
  True: true,
  '0': false,
  f: false,
  F: false,
  false: false,
  FALSE: false,
  False: false,
};

/** The state of `source`; without a source the object is enabled. */
export function disablement(source: DisableSource | undefined, getConfigMap: GetConfigMap): Disablement {
  if (source?.configMap) return fromOne(source.configMap, getConfigMap);
  const every = source?.everyConfigMap;
  if (!every || every.length === 0) {
    return { state: 'Enabled', disabled: false, reason: 'object does not specify a DisableSource' };
  }
  // Disabled only if all of them are.
  const all = every.map(one => fromOne(one, getConfigMap));
  return all.find(d => d.state === 'Enabled') ?? all.find(d => d.state !== 'Disabled') ?? all[0]!;
}

function fromOne(source: { readonly name: string; readonly key: string }, getConfigMap: GetConfigMap): Disablement {
  const map = getConfigMap(source.name);
  if (!map) return { state: 'Pending', disabled: true, reason: `ConfigMap "${source.name}" not found` };
  const text = map.data?.[source.key];
  if (text === undefined) {
    return { state: 'Error', disabled: true, reason: `ConfigMap "${source.name}" has no key "${source.key}"` };
  }
  const value = Object.hasOwn(words, text) ? words[text] : undefined;
  if (value === undefined) {
    return {
      state: 'Error',
      disabled: true,
      reason: `error parsing value of ${source.name}/${source.key} as a bool: "${text}"`,
    };
  }
  const reason = `ConfigMap/key "${source.name}"/"${source.key}" is ${value}`;
  return value ? { state: 'Disabled', disabled: true, reason } : { state: 'Enabled', disabled: false, reason };
}
