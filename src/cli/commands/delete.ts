import type { Command } from '../command.ts';
import { cascadeFlag, dryRunFlag, fieldSelectorFlag, filenameFlags, selectorFlag } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '([-f FILENAME] | TYPE [(NAME | -l label | --all)])',
  summary: 'Delete objects',
  help: `Delete objects by name, label or file, and wait until they are gone.`,
  examples: `  tilt delete cmd hello
  tilt delete -f objects.yaml`,
  flags: [
    ...connectFlags,
    ...filenameFlags(),
    { name: 'all', type: 'bool', help: 'All objects of the type' },
    { name: 'all-namespaces', short: 'A', type: 'bool', help: 'Accepted for compatibility: there are no namespaces' },
    cascadeFlag,
    dryRunFlag,
    fieldSelectorFlag,
    { name: 'force', type: 'bool', help: 'Without a grace period' },
    { name: 'grace-period', type: 'int', default: -1, help: 'Seconds that an object gets; below 0: its own' },
    { name: 'ignore-not-found', type: 'bool', help: 'An object that is not there is no failure' },
    { name: 'interactive', short: 'i', type: 'bool', help: 'Ask first' },
    { name: 'now', type: 'bool', help: 'With a grace period of a second' },
    { name: 'output', short: 'o', type: 'string', help: 'name: print only names' },
    { name: 'raw', type: 'string', help: 'Send DELETE to this path of the server' },
    selectorFlag,
    { name: 'timeout', type: 'duration', default: '0s', help: 'How long to wait; 0: as long as it takes' },
    { name: 'wait', type: 'bool', default: true, help: 'Wait until the objects are gone' },
  ],
  async run(run) {
    const { deleteObjects } = await import('../objects/delete.ts');
    return tellingFailures(run.io, async () => deleteObjects(run));
  },
};
