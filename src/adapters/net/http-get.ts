// A GET as the kubelet's probes do it: certificates are not checked, redirects are followed on the same host only, and
// nobody reads more of an answer than a person would.
import http from 'node:http';
import https from 'node:https';
import { makeAbortController, onAbort } from '../../base/abort.ts';
import { systemClock } from '../../base/clock.ts';
import type { HttpAnswer, HttpRequest } from './port.ts';

const maxBodyBytes = 10 * 1024;
const maxRedirects = 10;

/** Rejects with an Error in plain words, or with the signal's reason. */
export async function httpGet(request: HttpRequest, options: { readonly signal: AbortSignal }): Promise<HttpAnswer> {
  const timeout = makeAbortController();
  const timer = systemClock.after(request.timeoutMs, () => {
    timeout.abort(new Error(`GET ${request.url}: no answer within ${request.timeoutMs / 1000} s`));
  });
  const listening = onAbort(options.signal, reason => timeout.abort(reason));
  try {
    return await follow(request, timeout.signal);
  } catch (error) {
    // What ended it is the reason; the socket's own words come second.
    timeout.signal.throwIfAborted();
    throw new Error(`GET ${request.url}: ${wordsOf(error)}`, { cause: error });
  } finally {
    timer.dispose();
    listening.dispose();
  }
}

async function follow(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  let url = new URL(request.url);
  for (let count = 0; ; count++) {
    const { status, location, body } = await getOnce(url, request.headers, signal);
    const answer = { status, body, isOk: status >= 200 && status < 400 };
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return answer;
    const next = new URL(location, url);
    if (next.hostname !== url.hostname) return { ...answer, redirectedTo: next.href };
    if (count >= maxRedirects) throw new Error(`stopped after ${maxRedirects} redirects`);
    url = next;
  }
}

interface OneAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

function getOnce(url: URL, headers: HttpRequest['headers'], signal: AbortSignal): Promise<OneAnswer> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return Promise.reject(new Error(`unsupported protocol scheme ${JSON.stringify(url.protocol.slice(0, -1))}`));
  }
  return new Promise((resolve, reject) => {
    const sent: Record<string, string[]> = {};
    for (const { name, value } of headers) sent[name] = [...(sent[name] ?? []), value];
    const names = new Set(Object.keys(sent).map(name => name.toLowerCase()));
    if (!names.has('user-agent')) sent['User-Agent'] = ['kube-probe/tilt'];
    if (!names.has('accept')) sent['Accept'] = ['*/*'];
    const options = { headers: sent, signal, agent: false, rejectUnauthorized: false };
    const made = url.protocol === 'https:' ? https.request(url, options) : http.request(url, options);
    made.on('error', reject);
    made.on('response', response => {
      const parts: Buffer[] = [];
      let size = 0;
      const finish = (): void => {
        const body = Buffer.concat(parts).subarray(0, maxBodyBytes).toString();
        resolve({ status: response.statusCode ?? 0, location: response.headers.location, body });
      };
      response.on('data', (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size < maxBodyBytes) return;
        finish();
        response.destroy();
      });
      response.on('end', finish);
      response.on('error', reject);
    });
    made.end();
  });
}

/** Node tries several addresses of a name and then says only AggregateError. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return wordsOf(error.errors[0]);
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Record<string, string> = {
    ECONNREFUSED: 'connection refused',
    ECONNRESET: 'connection reset by peer',
    ENOTFOUND: 'no such host',
    EHOSTUNREACH: 'no route to host',
    ETIMEDOUT: 'connection timed out',
  };
  return (code && words[code]) || message;
}
