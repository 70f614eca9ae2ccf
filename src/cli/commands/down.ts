import { runDown } from '../../app/down-run.ts';
import { loadOnce, tiltfileErrorText } from '../../app/load-once.ts';
import { makeAbortController } from '../../base/abort.ts';
import { systemClock } from '../../base/clock.ts';
import { formatGoDuration } from '../../base/go-duration.ts';
import type { TiltfileResult } from '../../tiltfile/result.ts';
import { type Command, CommandFailed, type CommandRun } from '../command.ts';
import { fileFlag, kubeFlags } from '../shared-flags.ts';
import { surroundingsOf } from '../surroundings.ts';
import { tiltfileRequest } from '../tiltfile-request.ts';

export const command: Command = {
  usage: '[<tilt flags>] [-- <Tiltfile args>]',
  summary: 'Delete what the Tiltfile deploys',
  help: `Evaluate the Tiltfile and delete what it deploys to Kubernetes and Docker Compose, and what earlier sessions of the
project deployed and left behind, wherever its YAML said; with --namespace, in that namespace only. Namespaces and volumes
are kept unless you say otherwise, and so is every object with the annotation "tilt.dev/down-policy: keep". Local processes
end with their session, so there is nothing of theirs to delete.`,
  flags: [
    fileFlag,
    ...kubeFlags,
    { name: 'delete-namespaces', type: 'bool', help: 'Delete namespaces too' },
    { name: 'delete-volumes', type: 'bool', help: 'Delete the volumes of Docker Compose projects too' },
    {
      name: 'wait',
      type: 'duration',
      default: '1m30s',
      help: 'How long to wait until what was deleted is gone, and, when given, its pods as well; 0s: not at all',
    },
  ],
  async run(run) {
    const { io, flags } = run;
    const say = (line: string): void => void io.stdout.write(`${line}\n`);
    const request = tiltfileRequest(run, 'down');
    const result = await load(run, request);
    const stopping = makeAbortController();
    const unsubscribe = io.onSignal('SIGINT', () => stopping.abort());
    try {
      await runDown(result, {
        tiltfilePath: request.path,
        ...request,
        isLimited: request.kubeNamespace !== '',
        deleteNamespaces: flags.bool('delete-namespaces'),
        waitMs: flags.durationMs('wait'),
        followsPods: flags.has('wait'),
        surroundings: surroundingsOf(io),
        say,
        signal: stopping.signal,
      });
    } catch (error) {
      if (stopping.signal.aborted) return 130;
      throw new CommandFailed((error as Error).message);
    } finally {
      unsubscribe();
    }
    return 0;
  },
};

async function load(run: CommandRun, request: ReturnType<typeof tiltfileRequest>): Promise<TiltfileResult> {
  const { io } = run;
  let saidWhere = false;
  const sayWhere = (): void => {
    if (!saidWhere) io.stdout.write(`Loading Tiltfile at: ${request.path}\n`);
    saidWhere = true;
  };
  const onLog = (text: string, level: string): void => {
    sayWhere();
    io.stdout.write(level === 'warn' ? `WARNING: ${text}` : text);
  };
  const beganMs = systemClock.monotonic();
  const result = await loadOnce({ request, env: io.env, onLog });
  if (!result.error?.isMissing) sayWhere();
  if (result.error) throw new CommandFailed(tiltfileErrorText(result.error));
  io.stdout.write(`Successfully loaded Tiltfile (${formatGoDuration(systemClock.monotonic() - beganMs)})\n`);
  return result;
}
