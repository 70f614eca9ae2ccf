import type { Command } from '../command.ts';
import { dryRunFlag, filenameFlags, printFlags } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '(-f FILENAME | TYPE NAME) [-p PATCH | --patch-file FILE]',
  summary: 'Change fields of objects',
  help: `Change fields of objects by a strategic, merge or JSON patch, written as JSON or YAML.`,
  examples: `  tilt patch cm web-disable -p '{"data":{"isDisabled":"true"}}'`,
  flags: [
    ...connectFlags,
    ...printFlags,
    ...filenameFlags(),
    dryRunFlag,
    { name: 'local', type: 'bool', help: 'Patch the objects of -f and print them; nothing is sent' },
    { name: 'patch', short: 'p', type: 'string', help: 'The patch' },
    { name: 'patch-file', type: 'string', help: 'A file with the patch' },
    { name: 'type', type: 'string', default: 'strategic', help: 'json, merge or strategic' },
  ],
  async run(run) {
    const { patchObjects } = await import('../objects/patch.ts');
    return tellingFailures(run.io, async () => patchObjects(run));
  },
};
