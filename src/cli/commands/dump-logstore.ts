import { writeJson } from '../../domain/json/write-json.ts';
import type { Plain } from '../../domain/yaml/plain.ts';
import type { Command } from '../command.ts';
import { saying, webClient } from '../connection.ts';
import { dumpLog } from '../objects/dumped-log.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '[flags]',
  summary: 'Print the log of a running session in its parts',
  flags: connectFlags,
  async run(run) {
    const view = JSON.parse(await saying(webClient(run).get('view'))) as { logList?: Parameters<typeof dumpLog>[0] };
    run.io.stdout.write(writeJson(dumpLog(view.logList ?? {}) as Plain));
    return 0;
  },
};
