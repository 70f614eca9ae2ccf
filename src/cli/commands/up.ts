import { type Command, CommandFailed } from '../command.ts';
import { sessionFlags } from '../shared-flags.ts';
import { tiltfilePath } from '../tiltfile-request.ts';

const updateModes = ['auto', 'image', 'container', 'exec'];

export const command: Command = {
  usage: '[<tilt flags>] [-- <Tiltfile args>]',
  summary: 'Start what the Tiltfile names, watch its files, and show it on a screen',
  help: `Start what the Tiltfile names, watch its files, update what changed, and show everything on a full screen. Where stdout
is no terminal, or with --stream, the log is printed instead.

Arguments after -- go to the Tiltfile. Without config.parse they are the names of the resources to run:

  tilt up frontend backend`,
  flags: [
    ...sessionFlags,
    { name: 'disable-port-forwards', type: 'bool', help: 'Forward no ports' },
    { name: 'legacy', type: 'bool', help: 'The same as without: the screen' },
    { name: 'stream', type: 'bool', help: 'Print the log instead of opening the screen' },
    {
      name: 'update-mode',
      type: 'string',
      default: 'auto',
      help: 'How running containers are updated: auto, image, container or exec',
    },
  ],
  async run(run) {
    const { flags, io } = run;
    const mode = flags.string('update-mode');
    if (!updateModes.includes(mode))
      throw new CommandFailed(`unknown update mode "${mode}". Valid Values: [${updateModes.join(' ')}]`);
    if (io.stdout.isTTY && io.stdin.isTTY) {
      const { offerStarter } = await import('../starter-tiltfile.ts');
      if ((await offerStarter(io, tiltfilePath(run))) === 'leave') return 0;
    }
    if (!flags.bool('stream') && io.stdout.isTTY) {
      const { runScreen } = await import('../screen-run.ts');
      return runScreen(run);
    }
    const { earlyTiltfileWorker } = await import('../early-tiltfile-worker.ts');
    const startTiltfileWorker = earlyTiltfileWorker(io);
    const { runStream } = await import('../stream-run.ts');
    return runStream(run, 'up', startTiltfileWorker);
  },
};
