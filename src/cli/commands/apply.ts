import type { Command } from '../command.ts';
import {
  cascadeFlag,
  dryRunFlag,
  fieldManagerFlag,
  filenameFlags,
  printFlags,
  selectorFlag,
  validateFlag,
} from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '(-f FILENAME | -k DIRECTORY)',
  summary: 'Make objects be as files say',
  help: `Make objects be as files say: those that are not there are created, the others changed.`,
  examples: `  tilt apply -f objects.yaml`,
  flags: [
    ...connectFlags,
    ...printFlags,
    ...filenameFlags(),
    { name: 'all', type: 'bool', help: 'With --prune: all objects of the allowed kinds' },
    cascadeFlag,
    dryRunFlag,
    fieldManagerFlag('kubectl-client-side-apply'),
    { name: 'force', type: 'bool', help: 'Delete and create anew what cannot be changed' },
    { name: 'force-conflicts', type: 'bool', help: 'With --server-side: take fields over from others' },
    { name: 'grace-period', type: 'int', default: -1, help: 'Accepted for compatibility: objects go at once' },
    { name: 'openapi-patch', type: 'bool', default: true, help: 'Accepted for compatibility' },
    { name: 'overwrite', type: 'bool', default: true, help: 'Accepted for compatibility' },
    { name: 'prune', type: 'bool', help: 'Delete what was applied earlier and is in no file any more' },
    {
      name: 'prune-allowlist',
      type: 'stringArray',
      help: 'Kinds that --prune may delete: tilt.dev/v1alpha1/ConfigMap',
    },
    selectorFlag,
    { name: 'server-side', type: 'bool', help: 'Let the server merge, with an owner for every field' },
    { name: 'subresource', type: 'string', help: 'Write this part: status' },
    { name: 'timeout', type: 'duration', default: '0s', help: 'Accepted for compatibility' },
    validateFlag,
    { name: 'wait', type: 'bool', help: 'Accepted for compatibility: objects are gone when the command ends' },
  ],
  async run(run) {
    const { applyObjects } = await import('../objects/apply.ts');
    return tellingFailures(run.io, async () => applyObjects(run));
  },
};
