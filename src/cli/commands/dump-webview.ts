import { writeJson } from '../../domain/json/write-json.ts';
import type { Plain } from '../../domain/yaml/plain.ts';
import type { Command } from '../command.ts';
import { saying, webClient } from '../connection.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '[flags]',
  summary: 'Print what screens are told of a running session, its log included',
  flags: connectFlags,
  async run(run) {
    run.io.stdout.write(writeJson(JSON.parse(await saying(webClient(run).get('view'))) as Plain));
    return 0;
  },
};
