import type { Command } from '../command.ts';

export const command: Command = {
  usage: '',
  summary: 'Print what a session or this program knows, for reports',
  help: `Print what a session or this program knows, for reports and for other programs. The forms may change.`,
  flags: [],
  async run({ path, showHelp }) {
    await showHelp(path);
    return 0;
  },
};
