import type { Command } from '../command.ts';
import { saying, webClient } from '../connection.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '[flags]',
  summary: 'End a running session, also one that goes on without a screen',
  help: `End the running session: its processes get SIGTERM, and after 5 seconds SIGKILL. What is deployed stays. Returns when
the processes have ended.`,
  flags: connectFlags,
  async run(run) {
    await saying(webClient(run).exit('keep', line => void run.io.stdout.write(`${line}\n`)));
    return 0;
  },
};
