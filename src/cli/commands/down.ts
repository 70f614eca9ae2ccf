import { loadOnce, tiltfileErrorText } from '../../app/load-once.ts';
import { systemClock } from '../../base/clock.ts';
import { formatGoDuration } from '../../base/go-duration.ts';
import { type Command, CommandFailed } from '../command.ts';
import { fileFlag, kubeFlags } from '../shared-flags.ts';
import { tiltfileRequest } from '../tiltfile-request.ts';

export const command: Command = {
  usage: '[<tilt flags>] [-- <Tiltfile args>]',
  summary: 'Delete what the Tiltfile deploys',
  help: `Evaluate the Tiltfile and delete what it deploys to Kubernetes and Docker Compose. Namespaces and volumes are
kept unless you say otherwise. Local processes end with their session, so there is nothing of theirs to delete.`,
  flags: [
    fileFlag,
    ...kubeFlags,
    { name: 'delete-namespaces', type: 'bool', help: 'Delete namespaces too' },
    { name: 'delete-volumes', type: 'bool', help: 'Delete the volumes of Docker Compose projects too' },
  ],
  async run(run) {
    const { io } = run;
    const onLog = (text: string, level: string): void => {
      io.stdout.write(level === 'warn' ? `WARNING: ${text}` : text);
    };
    const request = tiltfileRequest(run, 'down');
    const beganMs = systemClock.monotonic();
    io.stdout.write(`Loading Tiltfile at: ${request.path}\n`);
    const result = await loadOnce({ request, env: io.env, onLog });
    if (result.error) throw new CommandFailed(tiltfileErrorText(result.error));
    io.stdout.write(`Successfully loaded Tiltfile (${formatGoDuration(systemClock.monotonic() - beganMs)})\n`);
    return 0;
  },
};
