import type { Command } from '../command.ts';

export const command: Command = {
  usage: '',
  summary: 'Commands whose form may still change',
  flags: [],
  async run({ path, showHelp }) {
    await showHelp(path);
    return 0;
  },
};
