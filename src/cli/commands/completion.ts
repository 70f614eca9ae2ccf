import type { Command } from '../command.ts';

export const command: Command = {
  usage: '',
  summary: 'Print a shell completion script',
  help: `Print the completion script for a shell. For example, for bash:

  source <(tilt completion bash)`,
  flags: [],
  async run({ path, showHelp }) {
    await showHelp(path);
    return 0;
  },
};
