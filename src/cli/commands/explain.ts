import type { Command } from '../command.ts';
import { type ObjectFailure, tellingFailures, wrongUse } from '../objects/words.ts';
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
  async run({ io, flags, positionals }) {
    const { explain } = await import('../objects/explain.ts');
    return tellingFailures(io, async () => {
      const [words] = positionals;
      if (words === undefined) throw noType();
      if (positionals.length > 1) throw wrongUse('We accept only this format: explain RESOURCE');
      explain(words, flags.bool('recursive'), text => io.stdout.write(text));
      return 0;
    });
  },
};

function noType(): ObjectFailure {
  return wrongUse(
    'You must specify the type of resource to explain. Use "tilt api-resources" for a complete list of supported resources.',
  );
}
