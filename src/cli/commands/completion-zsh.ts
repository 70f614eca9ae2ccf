import type { Command } from '../command.ts';
import { completionScript } from '../completion.ts';

export const command: Command = {
  usage: '[flags]',
  summary: 'Print the completion script for zsh',
  flags: [{ name: 'no-descriptions', type: 'bool', help: 'Leave descriptions out' }],
  async run({ io, flags, commands }) {
    io.stdout.write(await completionScript('zsh', commands, !flags.bool('no-descriptions')));
    return 0;
  },
};
