import { type Command, minArgs } from '../command.ts';
import { printFlags } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: 'NAME PATHS...',
  summary: 'Create a FileWatch: paths whose changes are recorded',
  help: 'Create a FileWatch in the running session. Paths are those of the current folder.',
  examples: '  tilt create filewatch src src web --ignore web/node_modules',
  flags: [
    ...connectFlags,
    ...printFlags,
    { name: 'ignore', type: 'strings', help: 'Patterns as in .dockerignore, from the current folder' },
  ],
  checkArgs: minArgs(2),
  async run(run) {
    const { createNamed, fileWatchSpec } = await import('../objects/create-kinds.ts');
    return tellingFailures(run.io, () => createNamed(run, 'FileWatch', run.positionals[0]!, fileWatchSpec(run)));
  },
};
