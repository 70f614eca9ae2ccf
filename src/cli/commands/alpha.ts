import type { Command } from '../command.ts';
import { showHelp } from '../help.ts';

export const command: Command = {
  usage: '',
  summary: 'Commands whose form may still change',
  flags: [],
  async run({ io, path }) {
    await showHelp(io, path);
    return 0;
  },
};
