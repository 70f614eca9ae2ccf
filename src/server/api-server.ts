// The API server: HTTPS on loopback for kubectl, the commands and other programs. Everything needs the bearer token.
// Does not: serve browsers (web-server.ts), or change anything but through the store.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import { StatusError } from '../api/status-error.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../store/port.ts';
import type { KeyAndCertificate } from './certificate.ts';
import { type Listener, limitPatience, listen, listenOnSocket } from './listener.ts';
import { readBody } from './rest/body.ts';
import {
  aggregatedDiscovery,
  aggregatedVersion,
  groupDocument,
  groupList,
  resourceList,
  versionDocument,
} from './rest/discovery.ts';
import { checkListOptions } from './rest/list-options.ts';
import { sendOpenApi } from './rest/openapi-paths.ts';
import { sendGet, sendList } from './rest/read-verbs.ts';
import { commonHeaders, readWishes, sendFailure, sendObject, sendText, type Wishes } from './rest/reply.ts';
import { forbidden, groupPath, isTrue, readResourceRequest } from './rest/request.ts';
import { sendWatch } from './rest/watch.ts';
import { runWrite } from './rest/write-verbs.ts';

export interface ApiServerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly certificate: KeyAndCertificate;
  /** Made by makeBearerToken. */
  readonly token: string;
  /** 0: a free one. */
  readonly port?: number;
  /** Where it also listens without TLS, for commands that are asked for again and again; the token is wanted all the same. */
  readonly socketPath?: string | undefined;
}

export interface ApiServer extends Listener {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  /** Where it listens without TLS; undefined where it was not asked to or cannot. */
  readonly socketPath: string | undefined;
  /** Answers one request of a caller whose right to ask has been checked elsewhere. */
  handle(request: http.IncomingMessage, response: http.ServerResponse, path: string): Promise<void>;
}

/** 64 random bytes as URL-safe base64, with padding as Tilt writes it (reference 1.3). */
export function makeBearerToken(): string {
  return randomBytes(64).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** Starts the server on 127.0.0.1, and on a socket where that is possible. Rejects with PortInUseError or ListenError. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { certificate, token, port = 0, socketPath } = options;
  const server = https.createServer({
    key: certificate.key,
    cert: certificate.certificate,
    // Callers show no certificate. Without a list of its own Node would read the 140 of everybody's, which takes 20 ms.
    ca: [],
    handshakeTimeout: handshakeTimeoutMs,
  });
  const handler = new ApiHandler(options);
  const isOurs = tokenCheck(token);
  const onRequest = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    const url = parseUrl(request);
    if (isOurs(request.headers.authorization)) void handler.handle(request, response, url);
    else sendFailure(response, forbidden(request.method ?? 'GET', url.pathname, url.searchParams));
  };
  limitPatience(server);
  server.on('request', onRequest);
  const listener = await listen(server, '127.0.0.1', port);
  const address = `127.0.0.1:${listener.port}`;
  handler.address = address;
  const local = socketPath === undefined ? undefined : await openSocket(socketPath, onRequest);
  return {
    port: listener.port,
    close: async () => {
      await Promise.all([listener.close(), local?.close()]);
    },
    url: `https://${address}`,
    socketPath: local && socketPath,
    handle: (request, response, path) => handler.handle(request, response, new URL(path, 'http://api')),
  };
}

/** Undefined where the file system has no sockets: everybody can do without it. */
async function openSocket(file: string, onRequest: http.RequestListener): Promise<Pick<Listener, 'close'> | undefined> {
  const server = http.createServer(onRequest);
  limitPatience(server);
  try {
    return await listenOnSocket(server, file);
  } catch {
    return undefined;
  }
}

function parseUrl(request: http.IncomingMessage): URL {
  try {
    return new URL(request.url ?? '/', 'http://api');
  } catch {
    return new URL('http://api/');
  }
}

/** Compares in a time that tells nothing of the token. */
function tokenCheck(token: string): (header: string | undefined) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const wanted = digest(token);
  return header => {
    const given = /^Bearer +(.*)$/i.exec(header ?? '')?.[1];
    return given !== undefined && timingSafeEqual(digest(given.trim()), wanted);
  };
}

/** A caller that connects and says nothing holds no socket for longer. */
const handshakeTimeoutMs = 10_000;

const healthPaths: ReadonlySet<string> = new Set(['healthz', 'livez', 'readyz']);

class ApiHandler {
  address = '';
  #options: ApiServerOptions;

  constructor(options: ApiServerOptions) {
    this.#options = options;
  }

  /** Never rejects: what goes wrong is the answer. */
  async handle(request: http.IncomingMessage, response: http.ServerResponse, url: URL): Promise<void> {
    // A reader that leaves early is not an error.
    response.on('error', () => {});
    try {
      await this.#route(request, response, url);
    } catch (error) {
      sendFailure(response, error, /^(curl|Wget)/.test(request.headers['user-agent'] ?? ''));
    }
  }

  async #route(request: http.IncomingMessage, response: http.ServerResponse, url: URL): Promise<void> {
    const path = url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : url.pathname;
    if (path.startsWith(`${groupPath}/`)) return this.#resource(request, response, url, path);
    const document = this.#document(request, path);
    if (document) {
      const wishes = aggregatedVersion(request.headers.accept)
        ? ({ format: 'json', isPretty: false, isTable: false } as const)
        : readWishes(request, url.searchParams);
      return sendDocument(response, document, wishes);
    }
    const [, first = '', check] = path.split('/');
    if (healthPaths.has(first)) return sendHealth(response, first, check, isTrue(url.searchParams.get('verbose')));
    if (path.startsWith('/openapi/')) return sendOpenApi(request, response, path);
    if (path === '/metrics') return sendText(response, 200, this.#metrics());
    if (path.startsWith('/apis/'))
      throw new StatusError('NotFound', 'the server could not find the requested resource');
    sendText(response, 404, '404 page not found\n');
  }

  #document(request: http.IncomingMessage, path: string): { value: unknown; contentType?: string } | undefined {
    switch (path) {
      case '/apis': {
        const aggregated = aggregatedVersion(request.headers.accept);
        return aggregated ? aggregatedDiscovery(aggregated) : { value: groupList(this.address) };
      }
      case '/apis/tilt.dev':
        return { value: groupDocument() };
      case groupPath:
        return { value: resourceList() };
      case '/version':
        return { value: versionDocument(`${os.platform()}/${os.arch() === 'x64' ? 'amd64' : os.arch()}`) };
      default:
        return undefined;
    }
  }

  async #resource(request: http.IncomingMessage, response: http.ServerResponse, url: URL, path: string): Promise<void> {
    const { store, clock } = this.#options;
    const asked = readResourceRequest(request.method ?? 'GET', path, url.searchParams);
    const wishes = readWishes(request, url.searchParams);
    if (asked.verb === 'watch' || asked.verb === 'list') checkListOptions(asked.query);
    if (asked.verb === 'watch') return sendWatch(response, { store, clock }, asked, wishes);
    if (asked.verb === 'get') return sendGet(response, store, asked, wishes);
    if (asked.verb === 'list') return sendList(response, store, asked, wishes);
    const body = await readBody(request);
    const reply = await runWrite(store, { ...asked, headers: request.headers, body, nowMs: clock.now() });
    sendObject(response, reply, wishes);
  }

  #metrics(): string {
    const { store } = this.#options;
    return `# HELP tilt_resource_version Newest version given to any object.\n# TYPE tilt_resource_version counter\ntilt_resource_version ${store.version}\n`;
  }
}

function sendDocument(
  response: http.ServerResponse,
  document: { value: unknown; contentType?: string },
  wishes: Wishes,
): void {
  if (!document.contentType) {
    sendObject(response, { code: 200, value: document.value }, wishes);
    return;
  }
  const body = Buffer.from(JSON.stringify(document.value));
  response.writeHead(200, {
    ...commonHeaders,
    'Content-Type': document.contentType,
    'Content-Length': body.length,
    Vary: 'Accept',
  });
  response.end(body);
}

function sendHealth(response: http.ServerResponse, name: string, check: string | undefined, isVerbose: boolean): void {
  if (check !== undefined && check !== 'ping') sendText(response, 404, '404 page not found\n');
  else sendText(response, 200, isVerbose && check === undefined ? `[+]ping ok\n${name} check passed\n` : 'ok');
}
