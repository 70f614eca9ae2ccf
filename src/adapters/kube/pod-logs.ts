// The log of one container, as bytes.
import type { IncomingMessage } from 'node:http';
import { makeAbortController, onAbort } from '../../base/abort.ts';
import { Scope } from '../../base/disposable.ts';
import { defaultTimeoutMs, withDeadline } from './deadline.ts';
import { answerError } from './kube-errors.ts';
import { KubeError, type LogRequest, type PodRef } from './port.ts';
import { queryOf } from './resource-path.ts';
import { chunksOf, isGood, type Rest, readText } from './rest.ts';
import type { WakeNotice } from './wake-notice.ts';

export interface LogDeps {
  readonly rest: Rest;
  readonly wake: WakeNotice;
  readonly signal: AbortSignal;
}

/** Path below a pod. */
export function podPath({ namespace, name }: PodRef, subresource: string): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/${subresource}`;
}

/** Begins with the first `next()`. Rejects with KubeError; after a sleep too, for nobody knows what was missed. */
export async function* readPodLog(request: LogRequest, { rest, wake, signal }: LogDeps): AsyncGenerator<Uint8Array> {
  const scope = new Scope();
  const own = makeAbortController();
  scope.add(onAbort(signal, reason => own.abort(reason)));
  const slept = new KubeError('the log broke off while the machine slept', { code: 0, reason: 'Slept' });
  scope.add(wake.onWake(() => own.abort(slept)));
  try {
    const response = await open(request, rest, own.signal);
    if (!isGood(response)) throw answerError(response, await readText(response, own.signal));
    yield* chunksOf(response, own.signal);
  } finally {
    own.abort(new KubeError('the log is not read any more', { code: 0 }));
    scope.dispose();
  }
}

/** A log that is followed may say nothing for hours, and its answer begins with its first byte: no time limit there. */
function open(request: LogRequest, rest: Rest, signal: AbortSignal): Promise<IncomingMessage> {
  const { pod, container, follow, previous, sinceTime, tailLines, timestamps } = request;
  const parameters = { container, follow, previous, sinceTime, tailLines, timestamps };
  const path = podPath(pod, 'log') + queryOf(parameters);
  const limit = { signal, timeoutMs: follow ? 0 : defaultTimeoutMs };
  return withDeadline(rest.clock, `log of ${pod.namespace}/${pod.name}`, limit, async limited => {
    const whole = makeAbortController();
    const starting = onAbort(limited, reason => whole.abort(reason));
    onAbort(signal, reason => whole.abort(reason));
    const response = await rest.transport.send({ method: 'GET', path, signal: whole.signal });
    starting.dispose();
    return response;
  });
}
