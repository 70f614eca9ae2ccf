import { type Command, CommandFailed } from '../command.ts';
import { UsageError } from '../flags.ts';

const choices = ['default', 'in', 'out', 'opt-in', 'opt-out'];

export const command: Command = {
  usage: '[in | out | default]',
  summary: 'Accepted for compatibility: there is nothing to opt in to or out of',
  flags: [],
  async run({ io, positionals }) {
    const [choice] = positionals;
    if (choice === undefined)
      throw new UsageError('no choice given; pass it as first arg: tilt analytics opt <in|out|default>');
    if (!choices.includes(choice)) throw new CommandFailed(`unknown analytics opt: "${choice}"`);
    io.stdout.write('Nothing is ever sent home, so this choice changes nothing.\n');
    return 0;
  },
};
