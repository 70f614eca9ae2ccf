import type { Command } from '../command.ts';
import { earlyTiltfileWorker } from '../early-tiltfile-worker.ts';
import { sessionFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '[<tilt flags>] [-- <Tiltfile args>]',
  summary: 'Run until everything is up or something failed, without a screen',
  help: `Start what the Tiltfile names and wait: until every update has succeeded and every server is ready (exit code 0), or
until something failed (exit code 1). Arguments after -- go to the Tiltfile; without config.parse they are the names of
the resources to run.`,
  flags: [
    ...sessionFlags,
    {
      name: 'timeout',
      type: 'duration',
      default: '30m0s',
      help: 'How long the run may take; a ci_settings(timeout=) of the Tiltfile wins',
    },
  ],
  async run(run) {
    const startTiltfileWorker = earlyTiltfileWorker(run.io);
    const { runStream } = await import('../stream-run.ts');
    return runStream(run, 'ci', startTiltfileWorker);
  },
};
