import { type Command, CommandFailed } from '../command.ts';
import { filenameFlags } from '../objects/flag-groups.ts';
import { serverFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '-f FILE',
  summary: 'Run a session without a Tiltfile, with objects from files',
  help: `Start a session without a Tiltfile, create the objects of the files in it, in their order, and print the log until Ctrl-C.
A file that cannot be read, an unknown field or an object that the session refuses ends it at once.`,
  examples: '  tilt alpha updog -f objects.yaml',
  flags: [...serverFlags, ...filenameFlags().filter(flag => flag.name === 'filename')],
  async run(run) {
    if (run.flags.list('filename').length === 0) throw new CommandFailed('Expected source files with -f');
    const { runBlankSession } = await import('../objects/blank-session.ts');
    return runBlankSession(run);
  },
};
