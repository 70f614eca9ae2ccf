import type { Command } from '../command.ts';
import { showHelp } from '../help.ts';

export const command: Command = {
  usage: '',
  summary: 'Print a shell completion script',
  help: `Print the completion script for a shell. For example, for bash:

  source <(tilt completion bash)`,
  flags: [],
  async run({ io, path }) {
    await showHelp(io, path);
    return 0;
  },
};
