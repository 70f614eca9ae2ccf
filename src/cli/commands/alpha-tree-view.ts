import type { UIResource } from '../../api/kinds-session.ts';
import { mainTiltfile } from '../../api/meta.ts';
import { apiClient } from '../api-connection.ts';
import type { Command } from '../command.ts';
import { saying, webClient } from '../connection.ts';
import { drawTree, type TreeStatus } from '../objects/resource-tree.ts';
import { connectFlags } from '../shared-flags.ts';

interface EngineDump {
  readonly ManifestTargets?: Readonly<
    Record<string, { readonly Manifest?: { readonly ResourceDependencies?: readonly string[] | null } }>
  >;
}

export const command: Command = {
  usage: '[flags]',
  summary: 'Draw resources as a tree of who waits for whom',
  flags: [
    ...connectFlags,
    { name: 'blockers', type: 'bool', help: 'Only what is not well, and what waits for that' },
    { name: 'dedupe', type: 'bool', help: 'Show a resource once, with what else it waits for' },
  ],
  async run(run) {
    const { flags, io } = run;
    const api = await saying(apiClient(run));
    const [{ items }, tiltfile, dump] = await Promise.all([
      saying(api.list('UIResource')),
      saying(api.get('Tiltfile', mainTiltfile)),
      saying(webClient(run).get('dump/engine')),
    ]);
    const { ManifestTargets: targets = {} } = JSON.parse(dump) as EngineDump;
    const resources = items
      .filter(item => item.metadata.name !== mainTiltfile)
      .map(item => {
        const { name } = item.metadata;
        const dependsOn = (Object.hasOwn(targets, name) && targets[name]!.Manifest?.ResourceDependencies) || [];
        return { name, status: statusOf(item), dependsOn };
      });
    const options = { blockersOnly: flags.bool('blockers'), dedupe: flags.bool('dedupe') };
    io.stdout.write(drawTree(tiltfile.spec?.path ?? '', resources, options));
    return 0;
  },
};

function statusOf({ status = {} }: UIResource): TreeStatus {
  const { updateStatus, runtimeStatus } = status;
  if (updateStatus === 'error') return 'build error';
  if (runtimeStatus === 'error') return 'runtime error';
  if (updateStatus === 'in_progress') return 'building';
  if (updateStatus === 'pending') return 'build pending';
  if (runtimeStatus === 'pending') return 'pending';
  if (runtimeStatus === 'ok' || updateStatus === 'ok') return 'ok';
  if (runtimeStatus === 'unknown') return 'unknown';
  return 'not started';
}
