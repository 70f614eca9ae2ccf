// The web server: plain HTTP on host:port (default localhost:10350) for browsers, for `tilt trigger`, `args`, `logs`,
// and for scripts. Endpoints, token, Origin and CSRF rules are Tilt's (reference 3.22); /api/logs and /api/exit are ours.
// Does not: serve the objects (api-server.ts), except UIButtons through /proxy.
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import os from 'node:os';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { StatusError } from '../api/status-error.ts';
import { makeAbortController } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { SlowExpressionError } from '../base/limited-regex.ts';
import type { ApiServer } from './api-server.ts';
import type { ServerBackend } from './backend.ts';
import { type Listener, limitPatience, listen } from './listener.ts';
import { readBody } from './rest/body.ts';
import {
  type Answer,
  chooseAnalytics,
  countAnalytics,
  overrideTriggerMode,
  readExitChoice,
  setTiltfileArgs,
  trigger,
} from './web/actions.ts';
import { Guard, type GuardOptions, type Refusal } from './web/guard.ts';
import { findInLogs, logSections } from './web/log-search.ts';
import { readLogQuery, sendLogs } from './web/log-stream.ts';
import { LogQueryError } from './web/log-words.ts';
import { type Page, plainPage } from './web/page.ts';
import { completeView, snapshotJson, viewJson } from './web/view.ts';
import { serveViewSocket } from './web/view-socket.ts';

export interface WebServerOptions extends Omit<GuardOptions, 'machineName'> {
  readonly backend: ServerBackend;
  readonly clock: Clock;
  /** Above 0; without a web server none is started. */
  readonly port: number;
  readonly apiServer: Pick<ApiServer, 'handle'>;
  /** Files of the page; the plain one when left out. */
  readonly page?: Page;
}

/** Starts the server. Rejects with PortInUseError or ListenError. */
export function startWebServer(options: WebServerOptions): Promise<Listener> {
  const server = http.createServer();
  limitPatience(server);
  const handler = new WebHandler(options);
  server.on('request', (request, response) => void handler.handle(request, response));
  server.on('upgrade', (request, socket, head) => void handler.upgrade(request, socket, head));
  // IPv4, as Tilt: two programs on one port, one for each family, would hide each other.
  return listen(server, options.host === 'localhost' ? '127.0.0.1' : options.host, options.port);
}

type Handler = (request: http.IncomingMessage, response: http.ServerResponse, url: URL) => Promise<void>;

const proxied = /^\/proxy(\/apis\/tilt\.dev\/\w+\/uibuttons(?:\/.*)?)$/;

class WebHandler {
  #options: WebServerOptions;
  #guard: Guard;
  /** Whoever shows it could read it, so has the token. New in every session. */
  #csrfToken = randomUUID();
  #routes: ReadonlyMap<string, Handler>;
  #sockets: Promise<WebSocketServer> | undefined;

  constructor(options: WebServerOptions) {
    this.#options = options;
    this.#guard = new Guard({ ...options, machineName: os.hostname() });
    const { backend } = options;
    this.#routes = new Map<string, Handler>([
      ['/api/view', (_request, response) => this.#view(response)],
      [
        '/api/dump/engine',
        async (_request, response) => sendJson(response, backend.dumpEngine(), 'text/plain; charset=utf-8'),
      ],
      ['/api/websocket_token', async (_request, response) => sendPlain(response, 200, this.#csrfToken, 'text/plain')],
      ['/api/logs', (_request, response, url) => this.#logs(response, url)],
      ['/api/logs/counts', async (_request, response) => sendJson(response, logCounts(backend), 'application/json')],
      ['/api/logs/find', (_request, response, url) => this.#find(response, url)],
      [
        '/api/logs/sections',
        async (_request, response, url) =>
          sendJson(response, logSections(backend.logs, url.searchParams), 'application/json'),
      ],
      ['/api/trigger', this.#action(body => trigger(backend, body))],
      ['/api/override/trigger_mode', this.#action(body => overrideTriggerMode(backend, body))],
      ['/api/set_tiltfile_args', this.#action(body => setTiltfileArgs(backend, body))],
      ['/api/analytics', this.#action(countAnalytics)],
      ['/api/analytics_opt', this.#action(chooseAnalytics)],
      ['/api/exit', (request, response) => this.#exit(request, response)],
    ]);
  }

  /** Answers one request; never rejects. */
  async handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    response.on('error', () => {});
    try {
      await this.#route(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else this.#sendError(response, error);
    }
  }

  #sendError(response: http.ServerResponse, error: unknown): void {
    if (error instanceof LogQueryError || error instanceof SlowExpressionError) sendError(response, 400, error.message);
    else if (error instanceof StatusError) {
      // The rest of a body that was too large is not read, so the connection cannot be used again.
      response.setHeader('Connection', 'close');
      sendError(response, error.code, error.message);
    } else if (error instanceof SyntaxError) sendError(response, 400, error.message);
    else sendError(response, 500, `internal error: ${error instanceof Error ? error.message : String(error)}`);
  }

  async #route(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const refusal = this.#guard.checkOrigin(request);
    if (refusal) return refuse(response, refusal);
    const url = new URL(request.url ?? '/', 'http://web');
    const path = url.pathname;
    if (path.startsWith('/proxy')) return this.#proxy(request, response, url);
    if (path === '/ws/view')
      return sendError(response, 400, 'Bad Request\nError upgrading websocket: this is no websocket request');
    // As in Tilt, a GET of the arguments is a page.
    const isPage = path === '/api/set_tiltfile_args' && request.method !== 'POST';
    const handler = isPage ? undefined : (this.#routes.get(path) ?? this.#snapshotRoute(path));
    if (!handler) return this.#page(response, path);
    const missing = this.#guard.checkToken(request);
    if (missing) return refuse(response, missing);
    await handler(request, response, url);
  }

  #snapshotRoute(path: string): Handler | undefined {
    return /^\/api\/snapshot\/[^/]+$/.test(path) ? (_request, response) => this.#snapshot(response) : undefined;
  }

  #action(run: (body: Buffer) => Answer | Promise<Answer>): Handler {
    return async (request, response) => {
      if (request.method !== 'POST') return sendError(response, 400, 'must be POST request');
      const { code, text } = await run(await readBody(request));
      if (code !== 200) sendError(response, code, text);
      else sendPlain(response, 200, text, 'text/plain; charset=utf-8');
    };
  }

  async #view(response: http.ServerResponse): Promise<void> {
    await sendSlices(response, viewJson(completeView(this.#options.backend)));
    response.end('\n');
  }

  async #snapshot(response: http.ServerResponse): Promise<void> {
    const { backend, clock } = this.#options;
    await sendSlices(response, snapshotJson(completeView(backend), clock.now()));
    response.end();
  }

  async #logs(response: http.ServerResponse, url: URL): Promise<void> {
    const { backend, clock } = this.#options;
    await sendLogs(response, backend.logs, readLogQuery(url.searchParams, clock.now()));
  }

  async #find(response: http.ServerResponse, url: URL): Promise<void> {
    const { backend, clock } = this.#options;
    const leaving = makeAbortController();
    response.once('close', () => leaving.abort());
    const at = { nowMs: clock.now(), signal: leaving.signal };
    sendJson(response, await findInLogs(backend.logs, url.searchParams, at), 'application/json');
  }

  async #exit(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { exit } = this.#options.backend;
    if (!exit) return sendError(response, 404, 'this session cannot be ended from outside');
    if (request.method !== 'POST') return sendJson(response, await exit.plan(), 'application/json');
    const choice = await readExitChoice(await readBody(request));
    if (typeof choice !== 'string') return sendError(response, choice.code, choice.text);
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
    await exit.run(choice, line => response.write(`${JSON.stringify({ progress: line })}\n`));
    response.end(`${JSON.stringify({ done: true })}\n`);
  }

  async #proxy(request: http.IncomingMessage, response: http.ServerResponse, url: URL): Promise<void> {
    const missing = this.#guard.checkToken(request);
    if (missing) return refuse(response, missing);
    const path = proxied.exec(url.pathname)?.[1];
    if (path === undefined) return sendError(response, 403, 'Forbidden');
    await this.#options.apiServer.handle(request, response, path + url.search);
  }

  #page(response: http.ServerResponse, path: string): void {
    const page = this.#options.page ?? plainPage;
    const isFile = /^\/(static\/.*|favicon\.ico|manifest\.json)$/.test(path);
    const file = page(isFile ? path : '/');
    if (!file || path.startsWith('/debug')) {
      sendError(response, 404, '404 page not found');
      return;
    }
    const body = Buffer.from(file.body as Uint8Array);
    response.writeHead(200, {
      'Content-Type': file.contentType,
      'Content-Length': body.length,
      'Cache-Control': isFile ? 'public, max-age=31536000' : 'no-store, max-age=0',
      'X-Content-Type-Options': 'nosniff',
      ...(isFile ? {} : { 'Set-Cookie': this.#guard.cookie, 'X-Frame-Options': 'DENY' }),
    });
    response.end(body);
  }

  /** Opens a web socket on /ws/view for who shows the CSRF token; never rejects. */
  async upgrade(request: http.IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const url = new URL(request.url ?? '/', 'http://web');
    const refusal = this.#guard.checkOrigin(request) ?? this.#checkCsrf(url);
    if (refusal) {
      socket.end(
        `HTTP/1.1 ${refusal.code} ${http.STATUS_CODES[refusal.code]}\r\nConnection: close\r\n\r\n${refusal.text}\n`,
      );
      return;
    }
    const sockets = await this.#socketServer();
    const { backend, clock } = this.#options;
    sockets.handleUpgrade(request, socket, head, webSocket => void serveViewSocket(webSocket, backend, clock));
  }

  #checkCsrf(url: URL): Refusal | undefined {
    if (url.pathname !== '/ws/view') return { code: 404, text: '404 page not found' };
    if (url.searchParams.get('csrf') === this.#csrfToken) return undefined;
    return {
      code: 403,
      text: 'Error upgrading websocket: websocket: request origin not allowed by Upgrader.CheckOrigin',
    };
  }

  /** The library is loaded with the first socket: most sessions never see one. */
  #socketServer(): Promise<WebSocketServer> {
    this.#sockets ??= import('ws').then(
      ({ WebSocketServer }) => new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 64 * 1024 }),
    );
    return this.#sockets;
  }
}

/** Warnings and errors in each resource's current build and run, where there are any. */
function logCounts({ store, logs }: ServerBackend): Readonly<Record<string, unknown>> {
  const counts = store
    .list('UIResource')
    .map(({ metadata }) => [metadata.name, logs.resourceCounts(metadata.name)] as const);
  return Object.fromEntries(counts.filter(([, { warnings, errors }]) => warnings + errors > 0));
}

function refuse(response: http.ServerResponse, { code, text }: Refusal): void {
  sendError(response, code, text);
}

function sendError(response: http.ServerResponse, code: number, text: string): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  sendPlain(response, code, `${text}\n`, 'text/plain; charset=utf-8');
}

function sendPlain(response: http.ServerResponse, code: number, text: string, contentType: string): void {
  const body = Buffer.from(text);
  response.writeHead(code, { 'Content-Type': contentType, 'Content-Length': body.length });
  response.end(body);
}

function sendJson(response: http.ServerResponse, value: unknown, contentType: string): void {
  sendPlain(response, 200, `${JSON.stringify(value)}\n`, contentType);
}

/** Sends JSON in slices and gives everybody else a turn between two. */
async function sendSlices(response: http.ServerResponse, slices: Iterable<string>): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  for (const slice of slices) {
    response.write(slice);
    await new Promise(resolve => setImmediate(resolve));
  }
}
