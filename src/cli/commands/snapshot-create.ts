import path from 'node:path';
import { writeFileOver } from '../../adapters/disk/write-new.ts';
import { type Command, maxArgs } from '../command.ts';
import { saying, webClient } from '../connection.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '[FILE]',
  summary: 'Write what a running session shows, its log included, to a file or the standard output',
  flags: connectFlags,
  checkArgs: maxArgs(1),
  async run(run) {
    const { io, positionals } = run;
    const text = await saying(webClient(run).get('snapshot/local'));
    const [file] = positionals;
    if (file === undefined) io.stdout.write(text);
    else writeFileOver(path.resolve(io.cwd, file), text);
    return 0;
  },
};
