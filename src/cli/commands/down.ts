import { loadOnce, tiltfileErrorText } from '../../app/load-once.ts';
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
      io.stderr.write(level === 'warn' ? `WARNING: ${text}` : text);
    };
    const result = await loadOnce({ request: tiltfileRequest(run, 'down'), env: io.env, onLog });
    if (result.error) throw new CommandFailed(tiltfileErrorText(result.error));
    return 0;
  },
};
