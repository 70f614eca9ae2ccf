import type { Command } from '../command.ts';

export const command: Command = {
  usage: '[flags]',
  summary: 'Accepted for compatibility: does nothing',
  flags: [],
  async run() {
    return 0;
  },
};
