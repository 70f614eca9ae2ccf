// Says in a resource's log that it was switched off or on (reference 4.14).
import { type ResourceIndex, resourceOfConfigMap } from './resource-index.ts';
import type { Controller } from './runtime/controller.ts';
import type { LogSink } from './runtime/span-log.ts';

export function makeEnablementLog(deps: { readonly index: ResourceIndex; readonly logs: LogSink }): Controller {
  const known = new Map<string, 'Enabled' | 'Disabled'>();
  return {
    name: 'enablement-log',
    watches: { ConfigMap: resourceOfConfigMap },
    reconcile(resource) {
      const state = deps.index.get(resource)?.enablement;
      if (state !== 'Enabled' && state !== 'Disabled') return undefined;
      const before = known.get(resource);
      known.set(resource, state);
      if (before === undefined || before === state) return undefined;
      const word = state === 'Enabled' ? 'enabled' : 'disabled';
      const other = state === 'Enabled' ? 'disable' : 'enable';
      deps.logs
        .span(`enablement:${resource}`, resource)
        .write(`Resource "${resource}" ${word}. To ${other} it: tilt ${other} ${JSON.stringify(resource)}\n`);
      return undefined;
    },
  };
}
