// What leaving with Disable or Down does once the session has ended: the Tiltfile says what was deployed, as for `tilt down`,
// and the ledger what of it was made by us.

import type { TakeAwayRequest } from '../app/session-options.ts';
import { systemClock } from '../base/clock.ts';
import { formatGoDuration } from '../base/go-duration.ts';
import { CommandFailed, type CommandRun } from './command.ts';
import { surroundingsOf } from './surroundings.ts';
import { tiltfileRequest } from './tiltfile-request.ts';

/** How long to wait until what was deleted is gone. */
const waitMs = 60_000;

/** Rejects with a sentence about what could not be deleted. */
export async function takeAway(
  run: CommandRun,
  { what, tiltfileArgs, cluster, shown, say, signal }: TakeAwayRequest,
): Promise<void> {
  const [{ runDown }, { loadOnce, tiltfileErrorText }] = await Promise.all([
    import('../app/down-run.ts'),
    import('../app/load-once.ts'),
  ]);
  const given = tiltfileRequest(run, 'down');
  const request = {
    ...given,
    args: tiltfileArgs,
    ...(cluster ? { kubeContext: cluster.context, kubeNamespace: cluster.namespace } : {}),
  };
  const beganMs = systemClock.monotonic();
  const result = await loadOnce({ request, env: run.io.env, onLog: () => {} });
  if (result.error)
    throw new CommandFailed(`${tiltfileErrorText(result.error)}\nNothing was deleted: \`tilt down\` does.`);
  say(`what the Tiltfile deploys: read in ${formatGoDuration(systemClock.monotonic() - beganMs)}`);
  try {
    await runDown(result, {
      tiltfilePath: request.path,
      ...request,
      isLimited: given.kubeNamespace !== '',
      deleteNamespaces: false,
      onlyWorkloads: what === 'workloads',
      onlyMade: true,
      shown,
      waitMs,
      surroundings: surroundingsOf(run.io),
      say,
      signal,
    });
  } catch (error) {
    const why = signal.aborted ? 'Nobody waited until all was deleted.' : (error as Error).message;
    throw new CommandFailed(`${why}\n\`tilt down\` deletes what is left.`);
  }
}
