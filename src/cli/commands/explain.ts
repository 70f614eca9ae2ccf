import { type Command, exactArgs } from '../command.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: 'TYPE[.FIELD]',
  summary: 'Say what a type or a field is for',
  help: 'Say what a type or a field is for and what it holds. Needs no running session.',
  examples: `  tilt explain cmd
  tilt explain cmd.spec.readinessProbe --recursive`,
  flags: [
    ...connectFlags,
    { name: 'api-version', type: 'string', help: 'Accepted for compatibility: there is one version' },
    { name: 'recursive', type: 'bool', help: 'Show the fields inside of fields too, without their descriptions' },
  ],
  checkArgs: exactArgs(1),
  async run({ io, flags, positionals }) {
    const { explain } = await import('../objects/explain.ts');
    return tellingFailures(io, async () => {
      io.stdout.write(`${explain(positionals[0]!, flags.bool('recursive'))}\n`);
      return 0;
    });
  },
};
