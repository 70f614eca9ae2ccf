// One request and its answer, over whichever of Node's clients the caller brings: commands that talk to the web server
// alone then never load TLS.
import type http from 'node:http';
import type https from 'node:https';
import { onAbort } from '../base/abort.ts';

export type Sender = typeof http.request | typeof https.request;

export interface SendOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** TLS and connection options of Node. */
  readonly connection?: https.RequestOptions;
}

/** Resolves with the head of the answer; its body is still to be read. Rejects when there is no connection. */
export function send(sender: Sender, url: string, options: SendOptions): Promise<http.IncomingMessage> {
  const { method = 'GET', headers = {}, body, signal, connection = {} } = options;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const request = sender(url, { ...connection, method, headers: { ...length, ...headers } }, response => {
      response.once('close', () => listening.dispose());
      resolve(response);
    });
    const listening = onAbort(signal, reason => {
      request.destroy();
      reject(reason);
    });
    request.on('error', error => {
      listening.dispose();
      reject(error);
    });
    request.end(body);
  });
}

/** The whole body as text. */
export async function readText(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** The body's lines as they come. Ends quietly when the server closes, also in the middle of a line. */
export async function* readLines(response: http.IncomingMessage): AsyncGenerator<string> {
  response.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of response) {
      const parts = (rest + (chunk as string)).split('\n');
      rest = parts.pop()!;
      yield* parts;
    }
    if (rest !== '') yield rest;
  } catch (error) {
    // A session that ends closes its connections at once.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ECONNRESET' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  } finally {
    response.destroy();
  }
}
