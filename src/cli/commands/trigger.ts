import { buildReason } from '../../api/kinds-internal.ts';
import { type Command, CommandFailed, exactArgs } from '../command.ts';
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
    try {
      await saying(webClient(run).trigger(name, buildReason.triggerCli));
    } catch (error) {
      if (!(error instanceof CommandFailed && error.message.startsWith('Could not connect'))) throw error;
      // Alone among its errors, and alone among commands, Tilt says this one without `Error: `.
      run.io.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    run.io.stdout.write(`Successfully triggered update for resource: ${JSON.stringify(name)}\n`);
    return 0;
  },
};
