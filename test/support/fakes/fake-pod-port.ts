// A server in a pod, as seen through tunnels. The test says whether it answers, and how.
import { type ForwardRequest, KubeError, type PodStream } from '../../../src/adapters/kube/port.ts';
import { type Deferred, makeDeferred } from '../../../src/base/abort.ts';

/** One tunnel, from the side of the pod. */
export class FakeTunnel implements PodStream {
  readonly request: ForwardRequest;
  heard = '';
  /** The client said no more. */
  hasEnded = false;
  isDisposed = false;
  readonly #said: Uint8Array[] = [];
  #end: { readonly error?: Error } | undefined;
  #news: Deferred<void> = makeDeferred();

  constructor(request: ForwardRequest) {
    this.request = request;
  }

  get incoming(): AsyncIterable<Uint8Array> {
    return this.#read();
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#end) throw this.#end.error ?? new Error('the tunnel is over');
    this.heard += Buffer.from(chunk).toString();
  }

  end(): void {
    this.hasEnded = true;
  }

  dispose(): void {
    this.isDisposed = true;
    this.close();
  }

  /** The pod says something. */
  say(text: string): void {
    this.#said.push(Buffer.from(text));
    this.#tell();
  }

  /** The pod ends the connection, or the way to it breaks off. */
  close(error?: Error): void {
    this.#end ??= error ? { error } : {};
    this.#tell();
  }

  #tell(): void {
    this.#news.resolve();
    this.#news = makeDeferred();
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#said.shift();
      if (chunk) yield chunk;
      else if (this.#end?.error) throw this.#end.error;
      else if (this.#end) return;
      else await this.#news.promise;
    }
  }
}

export function refusal(port: number): KubeError {
  return new KubeError(`error forwarding port ${port} to pod x: connect: connection refused`, {
    code: 0,
    reason: 'PortForward',
  });
}

export class FakePodPort {
  /** Every tunnel that was opened, in order. */
  readonly tunnels: FakeTunnel[] = [];
  /** Why nobody gets a tunnel; `refused`: one gets it and is told that nobody listens. `silent`: it never opens. */
  problem: KubeError | 'refused' | 'silent' | undefined;

  readonly dial = async (request: ForwardRequest, options?: { readonly signal: AbortSignal }): Promise<PodStream> => {
    await new Promise(resolve => setImmediate(resolve));
    options?.signal.throwIfAborted();
    if (this.problem === 'silent')
      await new Promise((_resolve, reject) =>
        options?.signal.addEventListener('abort', () => reject(options.signal.reason)),
      );
    if (this.problem instanceof KubeError) throw this.problem;
    const tunnel = new FakeTunnel(request);
    this.tunnels.push(tunnel);
    if (this.problem === 'refused') tunnel.close(refusal(request.port));
    return tunnel;
  };
}
