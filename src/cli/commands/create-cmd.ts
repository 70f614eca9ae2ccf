import { type Command, minArgs } from '../command.ts';
import { printFlags } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: 'NAME COMMAND [ARG...]',
  summary: 'Create a Cmd: a command that the session runs',
  help: 'Create a Cmd in the running session. Flags of tilt stand before NAME: what follows belongs to the command.',
  examples: '  tilt create cmd hello echo hello',
  flags: [
    ...connectFlags,
    ...printFlags,
    { name: 'env', short: 'e', type: 'stringArray', help: 'A variable of its environment, NAME=VALUE' },
    { name: 'filewatch', type: 'strings', help: 'Run it again when this FileWatch sees a change' },
    { name: 'workdir', short: 'w', type: 'string', help: 'Its folder; the current one when left out' },
  ],
  checkArgs: minArgs(2),
  interspersed: false,
  async run(run) {
    const { createNamed, cmdSpec } = await import('../objects/create-kinds.ts');
    return tellingFailures(run.io, () => createNamed(run, 'Cmd', run.positionals[0]!, cmdSpec(run)));
  },
};
