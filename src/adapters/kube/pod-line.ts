// A connection to the node of a pod that carries nothing: it shows that the way there stands, and is the first to know
// when it does not. It is the one that port-forwards of older clients go through (SPDY/3.1), left empty: no port of the
// pod is connected to before a stream is opened, and the node itself answers a ping.
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { type Deferred, makeDeferred, onAbort } from '../../base/abort.ts';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/disposable.ts';
import type { Auth } from './credentials.ts';
import { withDeadline } from './deadline.ts';
import { answerError, closedError, wayError } from './kube-errors.ts';
import { podPath } from './pod-logs.ts';
import { type CallOptions, KubeError, type PodLine, type PodRef } from './port.ts';
import { readText } from './rest.ts';
import type { SocketWay, Transport } from './transport.ts';

export interface PodLineDeps {
  readonly transport: Transport;
  readonly clock: Clock;
}

const pingMs = 2500;
/** One answer may lie unread while this process is busy. */
const mostUnanswered = 2;
const pingBytes = 12;
/** A control frame of version 3 and type 6, of which four bytes follow. */
const pingHead = [0x8003_0006, 4] as const;
const unauthorized = 401;

/** Resolves when the node has answered. Rejects with KubeError, or with the signal's reason. */
export function openPodLine(pod: PodRef, deps: PodLineDeps, options: CallOptions): Promise<PodLine> {
  return withDeadline(deps.clock, `connection to the node of pod ${pod.name}`, options, async signal => {
    const line = new Line(await upgraded(podPath(pod, 'portforward'), deps, signal), deps);
    const stopping = onAbort(signal, reason => line.fail(reason as Error));
    try {
      await line.answered;
      return line;
    } finally {
      stopping.dispose();
    }
  });
}

async function upgraded(path: string, { transport }: PodLineDeps, signal: AbortSignal): Promise<Duplex> {
  const way = await transport.socketWay(path, signal);
  try {
    return await upgrade(way, signal);
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== unauthorized) throw error;
    const fresh: Auth | undefined = await transport.renew(way.auth, signal);
    if (!fresh) throw error;
    return upgrade(await transport.socketWay(path, signal, fresh), signal);
  }
}

function upgrade({ url, agent, headers }: SocketWay, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    const made = request(url, {
      method: 'POST',
      agent,
      headers: {
        'User-Agent': 'tilt',
        ...(headers as http.OutgoingHttpHeaders),
        Connection: 'Upgrade',
        Upgrade: 'SPDY/3.1',
        'X-Stream-Protocol-Version': 'portforward.k8s.io',
      },
    });
    const stopping = onAbort(signal, reason => made.destroy(reason as Error));
    made.on('close', () => stopping.dispose());
    made.on('error', error => reject(signal.aborted ? signal.reason : wayError('connection to the node', error)));
    made.on('upgrade', (_response, socket) => {
      // The pool's limit for connections that say nothing is not for this one.
      socket.setTimeout(0);
      resolve(socket);
    });
    made.on('response', (response: IncomingMessage) => {
      readText(response, signal).then(text => reject(notUpgraded(response, text)), reject);
    });
    made.end();
  });
}

/** An answer that is good in itself is none to what was asked. */
function notUpgraded(response: IncomingMessage, text: string): KubeError {
  if ((response.statusCode ?? 0) >= 400) return answerError(response, text);
  return new KubeError('the server does not hold connections to nodes', { code: response.statusCode ?? 0 });
}

class Line implements PodLine {
  /** The node has answered once. */
  readonly answered: Promise<void>;
  readonly lost: Promise<KubeError>;
  readonly #socket: Duplex;
  readonly #scope = new Scope();
  readonly #answered: Deferred<void> = makeDeferred();
  readonly #lost: Deferred<KubeError> = makeDeferred();
  #asked = 0;
  /** Pings since the last answer. */
  #waiting = 0;

  constructor(socket: Duplex, { transport, clock }: PodLineDeps) {
    this.#socket = socket;
    this.answered = this.#answered.promise;
    this.lost = this.#lost.promise;
    this.answered.catch(() => {});
    socket.on('data', () => this.#take());
    socket.on('error', error => this.fail(wayError('the connection to the node broke off', error)));
    socket.on('close', () => this.fail(new KubeError('the node ended the connection', { code: 0 })));
    this.#scope.add(transport.onDispose(() => this.fail(closedError())));
    this.#scope.add(clock.every(pingMs, () => this.#look()));
    this.#ping();
  }

  dispose(): void {
    this.fail(closedError());
  }

  fail(error: Error): void {
    if (this.#scope.isDisposed) return;
    this.#scope.dispose();
    this.#answered.reject(error);
    this.#lost.resolve(error instanceof KubeError ? error : wayError('the connection to the node', error));
    this.#socket.destroy();
  }

  #look(): void {
    if (this.#waiting >= mostUnanswered)
      this.fail(new KubeError('the node does not answer', { code: 0, reason: 'Timeout' }));
    else this.#ping();
  }

  #ping(): void {
    this.#waiting++;
    const frame = Buffer.alloc(pingBytes);
    // Who asks first has the odd numbers.
    for (const [i, word] of [...pingHead, this.#asked * 2 + 1].entries()) frame.writeUInt32BE(word, i * 4);
    this.#asked++;
    this.#socket.write(frame);
  }

  /** Nothing but answers to pings comes; whatever it is shows that somebody is there. */
  #take(): void {
    this.#waiting = 0;
    this.#answered.resolve();
  }
}
