import type { Command } from '../command.ts';

export const command: Command = {
  usage: '[command] [flags]',
  summary: 'Help about any command',
  flags: [],
  async run({ io, positionals, commands, showHelp }) {
    const isCommand = commands.some(entry => entry.path.join(' ') === positionals.join(' '));
    if (positionals.length === 0 || isCommand) {
      await showHelp(positionals);
      return 0;
    }
    io.stderr.write(`Unknown help topic [${positionals.map(word => `\`${word}\``).join(' ')}]\n`);
    await showHelp([], io.stderr);
    return 0;
  },
};
