import type { Command } from '../command.ts';
import { fieldSelectorFlag, getPrintFlags, selectorFlag } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: 'TYPE [NAME | -l label]',
  summary: 'Show objects of the running session',
  help: `Show objects of the running session: a table, or what -o asks for. 'tilt api-resources' lists the types.`,
  examples: `  tilt get uiresources
  tilt get uiresource web -o yaml
  tilt get kapp web -o jsonpath={.spec.yaml}
  tilt get uiresources -w`,
  flags: [
    ...connectFlags,
    ...getPrintFlags,
    selectorFlag,
    fieldSelectorFlag,
    { name: 'ignore-not-found', type: 'bool', help: 'An object that is not there is no failure' },
    { name: 'watch', short: 'w', type: 'bool', help: 'Go on and show what changes' },
    { name: 'watch-only', type: 'bool', help: 'Show what changes only, not what there is' },
  ],
  async run(run) {
    const { getObjects } = await import('../objects/get.ts');
    return tellingFailures(run.io, () => getObjects(run));
  },
};
