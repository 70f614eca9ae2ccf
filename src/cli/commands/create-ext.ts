import { type Command, minArgs } from '../command.ts';
import { printFlags } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: 'NAME [-- ARG...]',
  summary: 'Create an Extension: a Tiltfile of a repository, loaded into the session',
  help: 'Create an Extension in the running session; its Tiltfile is loaded.',
  examples: '  tilt create ext cancel\n  tilt create ext fwd --path=kubefwd -- --namespaces=default',
  flags: [
    ...connectFlags,
    ...printFlags,
    { name: 'path', type: 'string', help: 'Its folder in the repository; NAME when left out' },
    { name: 'repo', type: 'string', default: 'default', help: 'Name of the ExtensionRepo' },
  ],
  checkArgs: minArgs(1),
  async run(run) {
    const { createNamed, extensionSpec } = await import('../objects/create-kinds.ts');
    return tellingFailures(run.io, () => createNamed(run, 'Extension', run.positionals[0]!, extensionSpec(run)));
  },
};
