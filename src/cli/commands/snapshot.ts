import type { Command } from '../command.ts';

export const command: Command = {
  usage: '',
  summary: 'Keep what a session shows in a file',
  flags: [],
  async run({ path, showHelp }) {
    await showHelp(path);
    return 0;
  },
};
