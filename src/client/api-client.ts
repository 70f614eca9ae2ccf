// Reads and writes a session's objects as any outsider would: bearer token, REST verbs, watch; over HTTPS, or over the socket of a
// session that has one.
// Does not: hold a copy of anything, or retry.

import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { Kind, Kinds } from '../api/kinds.ts';
import { kindInfo } from '../api/scheme.ts';
import { isCanceled } from '../base/abort.ts';
import { version } from '../base/version.ts';
import type { ApiServerEntry } from '../state/api-servers.ts';
import { fromStatus, NotRunningError } from './errors.ts';
import { readLines, readText, type Sender, type SendOptions, send } from './http-request.ts';

export interface Selection {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface ApiWatchEvent<K extends Kind> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: Kinds[K];
}

export interface ApiList<K extends Kind> {
  readonly items: readonly Kinds[K][];
  /** Where a watch goes on. */
  readonly resourceVersion: string;
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

export interface ApiAnswer {
  readonly code: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface ApiRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Every call rejects with the server's StatusError, or with NotRunningError when nobody answers. */
export interface ApiClient {
  readonly entry: ApiServerEntry;
  get<K extends Kind>(kind: K, name: string): Promise<Kinds[K]>;
  list<K extends Kind>(kind: K, selection?: Selection): Promise<ApiList<K>>;
  create<K extends Kind>(kind: K, object: Kinds[K]): Promise<Kinds[K]>;
  update<K extends Kind>(kind: K, object: Kinds[K]): Promise<Kinds[K]>;
  updateStatus<K extends Kind>(kind: K, object: Kinds[K]): Promise<Kinds[K]>;
  patch<K extends Kind>(kind: K, name: string, patch: unknown, type?: PatchType): Promise<Kinds[K]>;
  delete<K extends Kind>(kind: K, name: string): Promise<Kinds[K]>;
  /** Changes as they happen; first what there is, unless `resourceVersion` says where to go on. Ends with the session. */
  watch<K extends Kind>(
    kind: K,
    options?: Selection & { readonly resourceVersion?: string },
  ): AsyncGenerator<ApiWatchEvent<K>>;
  /** Lines of an answer that goes on (a watch), as they come; rejects with a refusal. */
  lines(path: string, request?: ApiRequest): AsyncGenerator<string>;
  /** Any request: for tables, discovery, and whatever has no method here. Resolves with refusals too. */
  request(path: string, request?: ApiRequest): Promise<ApiAnswer>;
}

const patchTypes: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

const json = { 'Content-Type': 'application/json' } as const;
const userAgent = `tilt/${version}`;

/** A client for the API server of an entry. Connects with the first call, and keeps the connection for the next. */
export function connectApi(entry: ApiServerEntry, { signal }: { readonly signal: AbortSignal }): ApiClient {
  const caller = new Caller(entry, signal);
  const call = async <K extends Kind>(path: string, request: ApiRequest): Promise<Kinds[K]> =>
    (await caller.json(path, request)) as Kinds[K];
  const put = <K extends Kind>(kind: K, object: Kinds[K], suffix = ''): Promise<Kinds[K]> =>
    call(pathOf(kind, object.metadata.name) + suffix, { method: 'PUT', headers: json, body: JSON.stringify(object) });
  return {
    entry,
    get: (kind, name) => call(pathOf(kind, name), {}),
    list: (kind, selection) => list(caller, kind, selection),
    create: (kind, object) => call(pathOf(kind), { method: 'POST', headers: json, body: JSON.stringify(object) }),
    update: (kind, object) => put(kind, object),
    updateStatus: (kind, object) => put(kind, object, '/status'),
    patch: (kind, name, patch, type = 'merge') => {
      const query = type === 'apply' ? '?fieldManager=tilt-cli' : '';
      const headers = { 'Content-Type': patchTypes[type] };
      return call(pathOf(kind, name) + query, { method: 'PATCH', headers, body: JSON.stringify(patch) });
    },
    delete: (kind, name) => call(pathOf(kind, name), { method: 'DELETE' }),
    watch: (kind, options) => watch(caller, kind, options),
    lines: (path, request) => caller.lines(path, request),
    request: (path, request) => caller.answer(path, request),
  };
}

function pathOf(kind: Kind, name?: string): string {
  const collection = `/apis/tilt.dev/v1alpha1/${kindInfo(kind).plural}`;
  return name === undefined ? collection : `${collection}/${encodeURIComponent(name)}`;
}

function queryOf(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given as [string, string][])}`;
}

async function list<K extends Kind>(caller: Caller, kind: K, selection: Selection = {}): Promise<ApiList<K>> {
  const { labelSelector, fieldSelector } = selection;
  const body = await caller.json(pathOf(kind) + queryOf({ labelSelector, fieldSelector }), {});
  const { items, metadata } = body as { items: readonly Kinds[K][] | null; metadata: { resourceVersion: string } };
  return { items: items ?? [], resourceVersion: metadata.resourceVersion };
}

async function* watch<K extends Kind>(
  caller: Caller,
  kind: K,
  { labelSelector, fieldSelector, resourceVersion }: Selection & { readonly resourceVersion?: string } = {},
): AsyncGenerator<ApiWatchEvent<K>> {
  const query = queryOf({ watch: '1', labelSelector, fieldSelector, resourceVersion });
  for await (const line of caller.lines(pathOf(kind) + query)) {
    const event = JSON.parse(line) as { type: string; object: Kinds[K] };
    if (event.type === 'ERROR') throw fromStatus(500, event.object);
    yield event as ApiWatchEvent<K>;
  }
}

async function refusal(response: IncomingMessage): Promise<Error> {
  return fromStatus(response.statusCode ?? 0, parse(await readText(response)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How requests go: over the session's socket, or over TLS. Idle connections do not hold the process. */
interface Way {
  readonly sender: Sender;
  readonly connection: RequestOptions;
}

class Caller {
  #entry: ApiServerEntry;
  #signal: AbortSignal;
  #way: Promise<Way>;

  constructor(entry: ApiServerEntry, signal: AbortSignal) {
    this.#entry = entry;
    this.#signal = signal;
    this.#way = Promise.resolve(entry.socketPath === undefined ? this.#overTls() : this.#overSocket(entry.socketPath));
  }

  #overSocket(socketPath: string): Way {
    return { sender: http.request, connection: { socketPath, agent: new http.Agent({ keepAlive: true }) } };
  }

  /** TLS is loaded when it is needed: it costs more than a command's request over the socket. */
  async #overTls(): Promise<Way> {
    const { default: https } = await import('node:https');
    const agent = new https.Agent({ keepAlive: true, ca: this.#entry.certificateAuthority });
    return { sender: https.request, connection: { agent } };
  }

  async json(path: string, request: ApiRequest): Promise<unknown> {
    const { code, text } = await this.answer(path, request);
    const body = parse(text);
    if (code < 200 || code > 299) throw fromStatus(code, body);
    return body;
  }

  async answer(path: string, request: ApiRequest = {}): Promise<ApiAnswer> {
    const response = await this.send(path, request);
    return { code: response.statusCode ?? 0, headers: response.headers, text: await readText(response) };
  }

  async *lines(path: string, request: ApiRequest = {}): AsyncGenerator<string> {
    const response = await this.send(path, request);
    if (response.statusCode !== 200) throw await refusal(response);
    yield* readLines(response);
  }

  async send(path: string, { method = 'GET', headers = {}, body }: ApiRequest): Promise<IncomingMessage> {
    const { server, token } = this.#entry;
    const all = { Authorization: `Bearer ${token}`, 'User-Agent': userAgent, Accept: 'application/json', ...headers };
    const options = { method, headers: all, signal: this.#signal, ...(body === undefined ? {} : { body }) };
    try {
      return await this.#sendOn(await this.#way, server + path, options);
    } catch (error) {
      if (isCanceled(error)) throw error;
      throw unreachable(server, error);
    }
  }

  /** A socket that nobody listens on was left by a session that was killed, and the port may be another's by now. */
  async #sendOn(way: Way, url: string, options: Omit<SendOptions, 'connection'>): Promise<IncomingMessage> {
    const { sender, connection } = way;
    if (!connection.socketPath) return send(sender, url, { ...options, connection });
    try {
      return await send(sender, url.replace(/^https:/, 'http:'), { ...options, connection });
    } catch (error) {
      const { syscall } = error as NodeJS.ErrnoException;
      if (syscall !== 'connect') throw error;
      this.#way = this.#overTls();
      return this.#sendOn(await this.#way, url, options);
    }
  }
}

/** The words of kubectl. */
function unreachable(server: string, error: unknown): NotRunningError {
  const { host } = new URL(server);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED')
    return new NotRunningError(
      `The connection to the server ${host} was refused - did you specify the right host or port?`,
    );
  return new NotRunningError(`Unable to connect to the server: ${message}`);
}
