import { type Command, minArgs } from '../command.ts';
import { printFlags } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: 'NAME URL',
  summary: 'Create an ExtensionRepo: where extensions come from',
  help: 'Create an ExtensionRepo in the running session.',
  examples: '  tilt create repo mine file:///home/me/extensions',
  flags: [...connectFlags, ...printFlags, { name: 'ref', type: 'string', help: 'Branch, tag or commit' }],
  checkArgs: minArgs(2),
  async run(run) {
    const { createNamed, repoSpec } = await import('../objects/create-kinds.ts');
    return tellingFailures(run.io, () => createNamed(run, 'ExtensionRepo', run.positionals[0]!, repoSpec(run)));
  },
};
