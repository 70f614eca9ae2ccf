import { writeJson } from '../../domain/json/write-json.ts';
import type { Plain } from '../../domain/yaml/plain.ts';
import type { Command } from '../command.ts';
import { saying, webClient } from '../connection.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '[flags]',
  summary: 'Print what the engine of a running session decides on',
  flags: connectFlags,
  async run(run) {
    const text = await saying(webClient(run).get('dump/engine'));
    run.io.stdout.write(writeJson(JSON.parse(text) as Plain));
    return 0;
  },
};
