import { buildReason } from '../../api/kinds-internal.ts';
import { type Command, exactArgs } from '../command.ts';
import { saying, webClient } from '../connection.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '[RESOURCE_NAME] [flags]',
  summary: 'Update one resource now',
  help: `Ask the running session to update a resource. A manual resource with pending changes takes them up; any other is
built anew. The name "(Tiltfile)" runs the Tiltfile again.`,
  flags: connectFlags,
  checkArgs: exactArgs(1),
  async run(run) {
    const name = run.positionals[0]!;
    await saying(webClient(run).trigger(name, buildReason.triggerCli));
    run.io.stdout.write(`Successfully triggered update for resource: ${JSON.stringify(name)}\n`);
    return 0;
  },
};
