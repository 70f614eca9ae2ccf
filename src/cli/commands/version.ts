import { versionLine } from '../../base/version.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  usage: '[flags]',
  summary: 'Print the version',
  flags: [],
  async run({ io }) {
    io.print(`${versionLine()}\n`);
    return 0;
  },
};
