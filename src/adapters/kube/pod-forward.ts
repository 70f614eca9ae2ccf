// A connection to a port of a pod, through the API server. One web socket each: the end of the stream is the end of the
// socket, and one that stalls holds up nobody else.
// The protocol has no way to say "nothing more from me" while the other side still talks: end() keeps the connection
// until the pod closes its side, so what it still has to say arrives.
import { sleep } from '../../base/clock.ts';
import { ChunkQueue } from './chunk-queue.ts';
import { podPath } from './pod-logs.ts';
import { openPodSocket, type PodSocket, type PodSocketDeps } from './pod-socket.ts';
import { type ForwardRequest, KubeError, type PodStream } from './port.ts';
import { queryOf } from './resource-path.ts';

const dataChannel = 0;
const errorChannel = 1;
/** Each channel begins with the port, two bytes. */
const preambleBytes = 2;

/** Resolves when the way stands. Rejects with KubeError, or with the signal's reason. */
export async function dialPod(request: ForwardRequest, deps: PodSocketDeps): Promise<PodStream> {
  const forward = new Forward();
  const path = podPath(request.pod, 'portforward') + queryOf({ ports: request.port });
  const socket = await openPodSocket(path, ['v4.channel.k8s.io'], deps, forward);
  forward.opened(socket);
  try {
    await forward.settled(request.settleMs ?? 0, deps);
  } catch (error) {
    forward.dispose();
    throw error;
  }
  return forward;
}

class Forward implements PodStream {
  readonly incoming: ChunkQueue;
  readonly #preambleLeft = [preambleBytes, preambleBytes];
  #socket: PodSocket | undefined;
  #hasEnded = false;
  #failure: Error | undefined;
  #onFailure: ((error: Error) => void) | undefined;

  constructor() {
    this.incoming = new ChunkQueue({ pause: () => this.#socket?.pause(), resume: () => this.#socket?.resume() });
  }

  opened(socket: PodSocket): void {
    this.#socket = socket;
  }

  /** Rejects when the pod says within this time that nobody listens on the port. */
  async settled(waitMs: number, { clock, signal }: PodSocketDeps): Promise<void> {
    if (waitMs <= 0) return;
    const failed = new Promise<never>((_resolve, reject) => {
      this.#onFailure = reject;
      if (this.#failure) reject(this.#failure);
    });
    await Promise.race([sleep(clock, waitMs, signal), failed]);
  }

  onMessage(channel: number, data: Buffer): void {
    if (channel !== dataChannel && channel !== errorChannel) return;
    const skipped = Math.min(this.#preambleLeft[channel]!, data.length);
    this.#preambleLeft[channel]! -= skipped;
    const rest = data.subarray(skipped);
    if (rest.length === 0) return;
    if (channel === dataChannel) this.incoming.push(rest);
    else this.#fail(new KubeError(rest.toString().trim(), { code: 0, reason: 'PortForward' }));
  }

  onClose(error: Error | undefined): void {
    if (error) this.#fail(error);
    else this.incoming.end();
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#hasEnded) throw new Error('bug: written to a stream after its end');
    if (this.#failure) throw this.#failure;
    await this.#socket!.send(dataChannel, chunk);
  }

  end(): void {
    this.#hasEnded = true;
  }

  dispose(): void {
    this.incoming.end();
    this.#socket?.dispose();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.incoming.end(error);
    this.#onFailure?.(error);
    this.#socket?.dispose();
  }
}
