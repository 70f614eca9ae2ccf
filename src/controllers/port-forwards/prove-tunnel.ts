// Shows that a port of a pod answers.
// A node connects to the port as soon as a tunnel is opened, before any byte of ours, and says at once when nobody
// listens. So one connection that says nothing shows the whole way: the server of the cluster, the node, the pod, the
// port. There is no gentler way that shows the last part: a tunnel to another port reaches the pod only. A server is asked
// once when its pod comes and again when something hints that it may be gone, never by the clock: some write a line about
// each connection that says nothing. The connection is not lost: the first client may have it.
import type { ForwardRequest, KubeClient } from '../../adapters/kube/port.ts';
import { KubeError } from '../../adapters/kube/port.ts';
import { makeAbortController, onAbort } from '../../base/abort.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { FirstStream } from './first-stream.ts';
import { settleMs } from './forward-rules.ts';

export interface ProofDeps {
  readonly client: Pick<KubeClient, 'dial'>;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * The stream that shows it; it may have ended in order, which shows it too. Rejects with KubeError when nobody answers
 * there, with the signal's reason when aborted.
 */
export async function proveTunnel(request: ForwardRequest, deps: ProofDeps): Promise<FirstStream> {
  const { client, clock, timeoutMs, signal } = deps;
  const own = makeAbortController();
  const stopping = onAbort(signal, reason => own.abort(reason));
  const timer = clock.after(timeoutMs, () =>
    own.abort(new KubeError(`the pod does not answer within ${timeoutMs / 1000} s`, { code: 0, reason: 'Timeout' })),
  );
  try {
    const beganMs = clock.monotonic();
    const stream = await client.dial(request, { signal: own.signal });
    const first = new FirstStream(stream, clock);
    try {
      const settling = makeAbortController();
      const waitMs = settleMs(clock.monotonic() - beganMs);
      const stopped = onAbort(own.signal, reason => settling.abort(reason));
      // A server that speaks first, or that ends the connection, is one that is there.
      await Promise.race([first.answered, sleep(clock, waitMs, settling.signal)]).finally(() => {
        stopped.dispose();
        settling.abort();
      });
      return first;
    } catch (error) {
      first.dispose();
      throw error;
    }
  } finally {
    timer.dispose();
    stopping.dispose();
  }
}
