// A web socket to a pod in which several streams share one connection: the first byte of each message says which
// (`*.channel.k8s.io`).
// Does not: know what the streams mean.
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { makeDeferred, onAbort } from '../../base/abort.ts';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, Scope } from '../../base/disposable.ts';
import type { Auth } from './credentials.ts';
import { answerError, closedError, wayError } from './kube-errors.ts';
import { KubeError } from './port.ts';
import { readText } from './rest.ts';
import type { SocketWay, Transport } from './transport.ts';
import type { WakeNotice } from './wake-notice.ts';

export interface PodSocketDeps {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly wake: WakeNotice;
  readonly signal: AbortSignal;
}

export interface PodSocketHandlers {
  onMessage(channel: number, data: Buffer): void;
  /** Once. With an error when the way failed; nothing comes after it. */
  onClose(error: Error | undefined): void;
}

const openTimeoutMs = 15_000;
const pingMs = 15_000;
/** After a sleep the other end has this long to show that it is there. */
const wakeAnswerMs = 5000;
const closeMs = 1000;

/** Opens; nothing arrives before `handlers` can take it. Rejects with KubeError or the signal's reason. */
export async function openPodSocket(
  path: string,
  protocols: readonly string[],
  deps: PodSocketDeps,
  handlers: PodSocketHandlers,
): Promise<PodSocket> {
  const way = await deps.transport.socketWay(path, deps.signal);
  try {
    return await open(way, protocols, deps, handlers);
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 401) throw error;
    const fresh: Auth | undefined = await deps.transport.renew(way.auth, deps.signal);
    if (!fresh) throw error;
    return open(await deps.transport.socketWay(path, deps.signal, fresh), protocols, deps, handlers);
  }
}

async function open(
  { url, agent, headers }: SocketWay,
  protocols: readonly string[],
  deps: PodSocketDeps,
  handlers: PodSocketHandlers,
): Promise<PodSocket> {
  const { WebSocket } = await import('ws');
  const { signal } = deps;
  signal.throwIfAborted();
  const socket = new WebSocket(url.replace(/^http/, 'ws'), [...protocols], {
    agent,
    headers: { 'User-Agent': 'tilt', ...(headers as Record<string, string>) },
    handshakeTimeout: openTimeoutMs,
    perMessageDeflate: false,
  });
  const pod = new PodSocket(socket, deps, handlers);
  const opened = makeDeferred<PodSocket>();
  const listening = onAbort(signal, reason => {
    opened.reject(reason);
    socket.terminate();
  });
  socket.once('open', () => opened.resolve(pod));
  socket.on('error', error => opened.reject(wayError(`connection to ${new URL(url).pathname}`, error)));
  socket.once('unexpected-response', (request, response: IncomingMessage) => {
    void refusal(response, signal).then(error => {
      opened.reject(error);
      request.destroy();
    });
  });
  return opened.promise.finally(() => listening.dispose());
}

async function refusal(response: IncomingMessage, signal: AbortSignal): Promise<unknown> {
  return readText(response, signal).then(
    text => answerError(response, text),
    error => error,
  );
}

export class PodSocket implements Disposable {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #scope = new Scope();
  #isClosed = false;
  /** The other end has answered a ping: from then on silence means that it is gone. */
  #answers = false;
  #hasHeard = true;
  #isPaused = false;
  #problem: Error | undefined;

  constructor(socket: WebSocket, { transport, clock, wake, signal }: PodSocketDeps, handlers: PodSocketHandlers) {
    this.#socket = socket;
    this.#clock = clock;
    socket.on('open', () => {
      this.#scope.add(onAbort(signal, reason => this.#fail(reason as Error)));
      this.#scope.add(transport.onDispose(() => this.#fail(closedError())));
      this.#scope.add(clock.every(pingMs, () => this.#ping()));
      this.#scope.add(wake.onWake(() => this.#pingAfterSleep()));
      this.#ping();
    });
    socket.on('pong', () => {
      this.#answers = true;
      this.#hasHeard = true;
    });
    socket.on('message', data => {
      this.#hasHeard = true;
      const bytes = data as Buffer;
      if (bytes.length > 0) handlers.onMessage(bytes[0]!, bytes.subarray(1));
    });
    socket.on('error', error => {
      this.#problem ??= wayError('the connection broke off', error);
    });
    socket.on('close', (code, reason) => {
      this.#isClosed = true;
      this.#scope.dispose();
      handlers.onClose(this.#problem ?? closeProblem(code, reason.toString()));
    });
  }

  /** The protocol that the server chose. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Resolves when the bytes are on their way: who waits for it sends no faster than the connection takes. */
  send(channel: number, chunk: Uint8Array): Promise<void> {
    const message = Buffer.allocUnsafe(chunk.length + 1);
    message[0] = channel;
    message.set(chunk, 1);
    return new Promise((resolve, reject) => {
      this.#socket.send(message, error => {
        if (error) reject(this.#problem ?? wayError('the connection is closed', error));
        else resolve();
      });
    });
  }

  pause(): void {
    this.#isPaused = true;
    if (!this.#isClosed) this.#socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#hasHeard = true;
    if (!this.#isClosed) this.#socket.resume();
  }

  /** Says good-bye; who does not answer is left. */
  dispose(): void {
    if (this.#isClosed) return;
    this.#socket.resume();
    this.#socket.close(1000);
    const timer = this.#clock.after(closeMs, () => this.#socket.terminate());
    this.#scope.add(timer);
  }

  #fail(problem: Error): void {
    this.#problem ??= problem;
    this.#socket.terminate();
  }

  #ping(): void {
    if (this.#isPaused || this.#isClosed) return;
    if (this.#answers && !this.#hasHeard) {
      this.#fail(gone());
      return;
    }
    this.#hasHeard = false;
    this.#socket.ping();
  }

  #pingAfterSleep(): void {
    if (this.#isPaused || this.#isClosed || !this.#answers) return;
    this.#hasHeard = false;
    this.#socket.ping();
    const timer = this.#clock.after(wakeAnswerMs, () => {
      if (!this.#hasHeard && !this.#isPaused) this.#fail(gone());
    });
    this.#scope.add(timer);
  }
}

function gone(): KubeError {
  return new KubeError('the connection is dead: the other end does not answer', { code: 0, reason: 'Timeout' });
}

/** 1000 and no code are an end in order; 1006 is a connection that broke off. */
function closeProblem(code: number, reason: string): KubeError | undefined {
  if (code === 1000 || code === 1005) return undefined;
  return new KubeError(reason || 'the connection broke off', { code: 0 });
}
