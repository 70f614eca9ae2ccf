import type { Command } from '../command.ts';
import { findEntry } from '../command-table.ts';
import { showHelp } from '../help.ts';

export const command: Command = {
  usage: '[command] [flags]',
  summary: 'Help about any command',
  flags: [],
  async run({ io, positionals }) {
    if (positionals.length === 0 || findEntry(positionals)) {
      await showHelp(io, positionals);
      return 0;
    }
    io.stderr.write(`Unknown help topic [${positionals.map(word => `\`${word}\``).join(' ')}]\n`);
    await showHelp({ ...io, stdout: io.stderr }, []);
    return 0;
  },
};
