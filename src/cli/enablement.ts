// Switching resources on and off: one field in each resource's ConfigMap (reference 1.5, 3.4).

import type { ConfigMap } from '../api/kinds-local.ts';
import type { UIResource } from '../api/kinds-session.ts';
import { apiVersion, mainTiltfile } from '../api/meta.ts';
import { isNotFound } from '../api/status-error.ts';
import { apiClient } from './api-connection.ts';
import { CommandFailed, type CommandRun } from './command.ts';
import { saying } from './connection.ts';

/** Carries out `enable` or `disable` with its flags; silent when it went well. */
export async function changeEnablement(run: CommandRun, isDisabled: boolean, hasOnly: boolean): Promise<number> {
  const { flags, positionals } = run;
  const all = flags.bool('all');
  const labels = flags.list('labels');
  const only = hasOnly && flags.bool('only');
  const api = await saying(apiClient(run));
  if (positionals.length === 0 && !all && labels.length === 0)
    throw new CommandFailed('must specify at least one resource');
  if (all && positionals.length > 0) throw new CommandFailed('cannot use --all with resource names');
  if (all && only) throw new CommandFailed('cannot use --all with --only');
  const { items } = await saying(api.list('UIResource'));
  const resources = new Map(items.map(item => [item.metadata.name, item]));
  for (const name of positionals) {
    const found = resources.get(name);
    if (!found) throw new CommandFailed(`no such resource "${name}"`);
    if (sourcesOf(found).length === 0) throw new CommandFailed(`${name} cannot be enabled or disabled`);
  }
  const chosen = (resource: UIResource): boolean =>
    all ||
    positionals.includes(resource.metadata.name) ||
    labels.some(label => resource.metadata.labels?.[label] !== undefined);
  for (const resource of items) {
    if (resource.metadata.name === mainTiltfile) continue;
    if (chosen(resource)) await write(resource, isDisabled);
    else if (only) await write(resource, true);
  }
  return 0;

  async function write(resource: UIResource, value: boolean): Promise<void> {
    for (const { configMap } of sourcesOf(resource)) {
      if (!configMap) continue;
      const data = { [configMap.key]: String(value) };
      try {
        await api.patch('ConfigMap', configMap.name, { data }, 'merge');
      } catch (error) {
        if (!isNotFound(error)) return saying(Promise.reject(error));
        // Somebody deleted it.
        await saying(api.create('ConfigMap', switchOf(resource, configMap.name, data)));
      }
    }
  }
}

/** The ConfigMap as the Tiltfile makes it, so that the next run takes it for its own. */
function switchOf({ metadata }: UIResource, name: string, data: Readonly<Record<string, string>>): ConfigMap {
  const { ownerReferences = [] } = metadata;
  const annotations = { 'tilt.dev/resource': metadata.name };
  return { apiVersion, kind: 'ConfigMap', metadata: { name, annotations, ownerReferences }, data };
}

function sourcesOf(
  resource: UIResource,
): readonly { readonly configMap?: { readonly name: string; readonly key: string } }[] {
  return resource.status?.disableStatus?.sources ?? [];
}
