// Talks to a session's web server: `tilt trigger`, `args`, `logs`, `dump`, `snapshot`, and the log of an attached screen.
// Does not: read or write objects (api-client.ts).
import http from 'node:http';
import type { ExitChoice, LogLine } from '../api/client.ts';
import { fromLogRecord, type LogRecord } from '../api/log-wire.ts';
import { isCanceled } from '../base/abort.ts';
import { ClientError, dialText, NotRunningError, noConnection } from './errors.ts';
import type { WebAddress } from './find-session.ts';
import { readLines, readText, send } from './http-request.ts';
import { type LogQuery, toQueryString } from './log-query.ts';

export interface WebClient {
  /** `http://host:port` */
  readonly url: string;
  /** Rejects with the server's sentence: `(404): resource "x" does not exist`, `resource "x" is currently disabled`. */
  trigger(resource: string, reasons: number): Promise<void>;
  setTriggerMode(resources: readonly string[], mode: number): Promise<void>;
  setTiltfileArgs(args: readonly string[]): Promise<void>;
  /** The text of a GET under /api/, for example `view`, `snapshot/now`, `dump/engine`. */
  get(path: string): Promise<string>;
  /** One page of the log, and where the log ended when it was read. Not for a real Tilt, which has no pages. */
  logPage(query: LogQuery): Promise<{ readonly lines: readonly LogLine[]; readonly endId: number }>;
  /** Lines of the log, old ones first; with `follow` until the session ends or the signal aborts. */
  logs(query: LogQuery): AsyncGenerator<LogLine>;
  /** Ends the session; resolves when everything chosen is done, or the session is gone. */
  exit(choice: ExitChoice, onProgress: (line: string) => void): Promise<void>;
}

export interface WebClientOptions extends WebAddress {
  /** The user's web token; '' when there is none, which the server will say. */
  readonly token: string;
  readonly signal: AbortSignal;
}

/** A client for the web server at host:port. Connects with the first call. */
export function connectWeb({ host, port, token, signal }: WebClientOptions): WebClient {
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const caller = new Caller(url, token, signal);
  return {
    url,
    get: path => caller.get(path),
    trigger: (resource, reasons) => caller.change('trigger', { manifest_names: [resource], build_reason: reasons }),
    setTriggerMode: (resources, mode) =>
      caller.change('override/trigger_mode', { manifest_names: resources, trigger_mode: mode }),
    setTiltfileArgs: args => caller.change('set_tiltfile_args', args),
    logPage: query => caller.logPage(query),
    logs: query => caller.logs(query),
    exit: (choice, onProgress) => caller.exit(choice, onProgress),
  };
}

class Caller {
  #url: string;
  #token: string;
  #signal: AbortSignal;

  constructor(url: string, token: string, signal: AbortSignal) {
    this.#url = url;
    this.#token = token;
    this.#signal = signal;
  }

  async get(path: string): Promise<string> {
    const url = `${this.#url}/api/${path}`;
    const response = await this.#send('GET', url);
    const text = await readText(response);
    if (response.statusCode === 200) return text;
    throw new ClientError(`Request to ${url} failed with status "${statusText(response)}": ${text.trim()}`);
  }

  /** POSTs; an answer with a body is a refusal, whatever its code says. */
  async change(path: string, payload: unknown): Promise<void> {
    const response = await this.#send('POST', `${this.#url}/api/${path}`, JSON.stringify(payload));
    const text = (await readText(response)).trim();
    if (response.statusCode !== 200) throw new ClientError(`(${response.statusCode}): ${text}`);
    if (text !== '') throw new ClientError(text);
  }

  async #send(method: string, url: string, body?: string): Promise<http.IncomingMessage> {
    const headers = {
      'X-Tilt-Token': this.#token,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    try {
      return await send(http.request, url, {
        method,
        headers,
        signal: this.#signal,
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      if (isCanceled(error)) throw error;
      throw noConnection(url, method, error);
    }
  }

  async *logs(query: LogQuery): AsyncGenerator<LogLine> {
    const response = await this.#openLogs(query);
    if (response === undefined) {
      // The real Tilt knows no /api/logs and answers with its page; its web socket has the log.
      const { readViewLogs } = await import('./view-logs.ts');
      yield* readViewLogs(this.#url, await this.get('websocket_token'), query, this.#signal);
      return;
    }
    for await (const line of readLines(response)) {
      if (line === '' || this.#signal.aborted) continue;
      yield fromLogRecord(JSON.parse(line) as LogRecord);
    }
  }

  async logPage(query: LogQuery): Promise<{ lines: readonly LogLine[]; endId: number }> {
    const response = await this.#openLogs(query);
    if (!response) throw new ClientError(`${this.#url} has no pages of its log`);
    const lines: LogLine[] = [];
    for await (const line of readLines(response)) lines.push(fromLogRecord(JSON.parse(line) as LogRecord));
    return { lines, endId: Number(response.headers['tilt-log-end'] ?? 0) };
  }

  async exit(choice: ExitChoice, onProgress: (line: string) => void): Promise<void> {
    const response = await this.#send('POST', `${this.#url}/api/exit`, JSON.stringify({ choice }));
    if (response.statusCode !== 200) throw new ClientError((await readText(response)).trim());
    for await (const line of readLines(response)) {
      const { progress } = JSON.parse(line) as { progress?: string };
      if (progress !== undefined) onProgress(progress);
    }
  }

  /** The stream of lines, or undefined when the server has none. */
  async #openLogs(query: LogQuery): Promise<http.IncomingMessage | undefined> {
    const response = await this.#sendForLogs(`${this.#url}/api/logs?${toQueryString(query)}`);
    const type = response.headers['content-type'] ?? '';
    if (response.statusCode === 200 && type.includes('ndjson')) return response;
    const text = await readText(response);
    if (response.statusCode === 200 || response.statusCode === 404 || response.statusCode === 502) return undefined;
    if (response.statusCode === 403) throw new ClientError(`fetching websocket token: ${text.trim()}`);
    throw new ClientError(text.trim());
  }

  async #sendForLogs(url: string): Promise<http.IncomingMessage> {
    try {
      return await this.#send('GET', url);
    } catch (error) {
      if (!(error instanceof NotRunningError)) throw error;
      // The words of Tilt, whose first request is another one.
      const asked = `${this.#url}/api/websocket_token`;
      const reason = error.message.slice(error.message.lastIndexOf('": ') + 3);
      const dial = dialText(asked, 'GET', new Error(reason));
      throw new NotRunningError(`fetching websocket token: connecting to Tilt at ${asked}: ${dial}`);
    }
  }
}

function statusText({ statusCode, statusMessage }: http.IncomingMessage): string {
  return `${statusCode} ${statusMessage}`;
}
