// Requests to the API and their answers, lists included. A read that the server is too busy for is asked again when the
// server says so; a write is sent once.
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Clock, sleep } from '../../base/clock.ts';
import { Slice } from '../../base/turn.ts';
import { defaultTimeoutMs, withDeadline } from './deadline.ts';
import { parseBody } from './json-body.ts';
import { answerError, wayError } from './kube-errors.ts';
import { ListSplitter } from './list-splitter.ts';
import type { CallOptions, KubeError, KubeObject } from './port.ts';
import { isLoopback } from './proxy.ts';
import type { HttpCall, Transport } from './transport.ts';

/** Of a server that is too busy and does not say how long. */
const busyMs = 1000;
const errorBodyBytes = 64 * 1024;

export interface ListPage {
  readonly resourceVersion: string;
  /** Where the next page begins; '' after the last one. */
  readonly next: string;
}

export class Rest {
  readonly transport: Transport;
  readonly clock: Clock;

  constructor(transport: Transport, clock: Clock) {
    this.transport = transport;
    this.clock = clock;
  }

  /** GET of one JSON document. */
  json(path: string, options: CallOptions): Promise<unknown> {
    return this.#read(path, {}, options, async (response, signal) => parseBody(await readText(response, signal)));
  }

  /** GET of a text. */
  text(path: string, options: CallOptions): Promise<string> {
    return this.#read(path, {}, options, readText);
  }

  /** GET of a list: each item on its own, then where it stands. Gives way to other work in between. */
  page(
    path: string,
    options: CallOptions & { readonly accept?: string },
    onItem: (item: Partial<KubeObject>) => void,
  ): Promise<ListPage> {
    const headers = options.accept === undefined ? {} : { Accept: options.accept };
    return this.#read(path, headers, options, (response, signal) => readPage(response, signal, onItem));
  }

  /** A request with a body that changes something. Gives what the server answers. */
  send(call: Omit<HttpCall, 'signal'>, options: CallOptions): Promise<unknown> {
    return this.#inTime(this.#what(call.method, call.path), options, async signal => {
      const response = await this.transport.send({ ...call, signal });
      const text = await readText(response, signal, isGood(response) ? undefined : errorBodyBytes);
      if (!isGood(response)) throw answerError(response, text);
      return parseBody(text);
    });
  }

  async #read<T>(
    path: string,
    headers: Readonly<Record<string, string>>,
    options: CallOptions,
    take: (response: IncomingMessage, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#inTime(this.#what('GET', path), options, async signal => {
      for (;;) {
        const response = await this.transport.send({ method: 'GET', path, headers: this.#accept(headers), signal });
        if (isGood(response)) return take(response, signal);
        const error = answerError(response, await readText(response, signal, errorBodyBytes));
        if (!isBusy(error)) throw error;
        await this.#waitOrThrow(error, options, signal);
      }
    });
  }

  /** The time of a request begins when there are credentials to send. */
  async #inTime<T>(what: string, options: CallOptions, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    await this.transport.ready(options.signal);
    return withDeadline(this.clock, what, options, run);
  }

  /** Waits for as long as the server said; throws what it said when that is beyond the request's time. */
  #waitOrThrow(error: KubeError, options: CallOptions, signal: AbortSignal): Promise<void> {
    const waitMs = error.retryAfterMs ?? busyMs;
    const { timeoutMs = defaultTimeoutMs } = options;
    if (timeoutMs > 0 && waitMs > timeoutMs) throw error;
    return sleep(this.clock, waitMs, signal);
  }

  /** Packing costs a server on this machine more time than the bytes do. */
  #accept(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return isLoopback(this.transport.server.hostname) ? headers : { ...headers, 'Accept-Encoding': 'gzip' };
  }

  #what(method: string, path: string): string {
    return `${method} ${this.transport.server.origin}${path.replace(/\?.*/, '')}`;
  }
}

export function isGood(response: IncomingMessage): boolean {
  const { statusCode = 0 } = response;
  return statusCode >= 200 && statusCode < 300;
}

function isBusy({ code, retryAfterMs }: KubeError): boolean {
  return code === 429 || (code >= 500 && retryAfterMs !== undefined);
}

/** The whole answer as text, or its first `maxBytes`. Rejects with KubeError when it breaks off. */
export async function readText(response: IncomingMessage, signal: AbortSignal, maxBytes = Infinity): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(response, signal)) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= maxBytes) break;
  }
  return Buffer.concat(parts).toString();
}

/** The bytes of an answer, unpacked. An early end of the loop ends the request. */
export async function* chunksOf(response: IncomingMessage, signal: AbortSignal): AsyncGenerator<Buffer> {
  const isPacked = response.headers['content-encoding'] === 'gzip';
  const stream: Readable = isPacked ? response.pipe(createGunzip()) : response;
  if (isPacked) response.on('error', error => stream.destroy(error));
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    signal.throwIfAborted();
    throw wayError('the connection broke off', error);
  } finally {
    if (!response.complete) response.destroy();
  }
}

async function readPage(
  response: IncomingMessage,
  signal: AbortSignal,
  onItem: (item: Partial<KubeObject>) => void,
): Promise<ListPage> {
  const splitter = new ListSplitter();
  const slice = new Slice();
  for await (const chunk of chunksOf(response, signal)) {
    const texts = splitter.push(chunk);
    await slice.giveWay();
    for (const text of texts) {
      onItem(parseBody(text) as Partial<KubeObject>);
      await slice.giveWay();
      signal.throwIfAborted();
    }
  }
  const { metadata } = parseBody(splitter.finish()) as {
    readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
  };
  return { resourceVersion: metadata?.resourceVersion ?? '', next: metadata?.continue ?? '' };
}
