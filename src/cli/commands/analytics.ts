import type { Command } from '../command.ts';

export const command: Command = {
  usage: '',
  summary: 'Accepted for compatibility: nothing is ever sent home',
  flags: [],
  async run({ io }) {
    io.stdout.write('Nothing is ever sent home: there are no analytics to show.\n');
    return 0;
  },
};
