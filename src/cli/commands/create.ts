import type { Command } from '../command.ts';
import { dryRunFlag, filenameFlags, printFlags, selectorFlag, validateFlag } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '-f FILENAME',
  summary: 'Create objects from files',
  help: `Create objects from files or the standard input; or one from words, with a command below.`,
  examples: `  tilt create -f objects.yaml
  tilt create cmd hello echo hello`,
  flags: [
    ...connectFlags,
    ...printFlags,
    ...filenameFlags(),
    dryRunFlag,
    { name: 'edit', type: 'bool', help: 'Open the objects in an editor first' },
    { name: 'save-config', type: 'bool', help: 'Keep what was given in an annotation, for a later apply' },
    selectorFlag,
    validateFlag,
    { name: 'windows-line-endings', type: 'bool', help: 'Lines in the editor end as on Windows' },
  ],
  async run(run) {
    const { createObjects } = await import('../objects/create.ts');
    return tellingFailures(run.io, async () => createObjects(run));
  },
};
