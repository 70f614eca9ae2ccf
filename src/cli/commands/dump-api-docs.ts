import path from 'node:path';
import { writeFileOver } from '../../adapters/disk/write-new.ts';
import { makeFolder } from '../../state/make-folder.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  usage: '[flags]',
  summary: 'Write the names of a Tiltfile, with parameters and types, for editors',
  flags: [{ name: 'dir', type: 'string', default: '.', help: 'Folder to write api/tiltfile.pyi to' }],
  async run({ flags, io }) {
    const { referencePage } = await import('../../tiltfile/reference.ts');
    const folder = path.resolve(io.cwd, flags.string('dir'), 'api');
    makeFolder(folder, 0o777);
    writeFileOver(path.join(folder, 'tiltfile.pyi'), referencePage());
    io.stdout.write('wrote api/tiltfile.pyi\n');
    return 0;
  },
};
