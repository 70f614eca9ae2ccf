import path from 'node:path';
import { writeFileOver } from '../../adapters/disk/write-new.ts';
import type { Command, CommandRun } from '../command.ts';
import { commandPage } from '../command-pages.ts';

export const command: Command = {
  usage: '[flags]',
  summary: 'Write a page of Markdown for every command',
  flags: [{ name: 'dir', type: 'string', default: '.', help: 'Folder to write to' }],
  async run(run) {
    const { commands, flags, io } = run;
    const dir = path.resolve(io.cwd, flags.string('dir'));
    const shown = commands.filter(entry => !entry.hidden).map(entry => entry.path);
    for (const command of [[], ...shown]) {
      const { file, text } = commandPage(command, await helpOf(run, command));
      writeFileOver(path.join(dir, file), text);
    }
    return 0;
  },
};

/** What the help of a command prints. */
async function helpOf({ showHelp }: CommandRun, command: readonly string[]): Promise<string> {
  let text = '';
  const stream = {
    write(chunk: string) {
      text += chunk;
      return true;
    },
  };
  await showHelp(command, stream as unknown as NodeJS.WriteStream);
  return text;
}
