// The way to one server: TLS, kept-alive connections, proxies, credentials and their renewal. Speaks HTTP, not Kubernetes.
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { onAbort } from '../../base/abort.ts';
import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';
import { getKey } from '../../domain/yaml/plain.ts';
import { type Auth, Credentials, type CredentialsDeps } from './credentials.ts';
import { closedError, credentialsError, wayError } from './kube-errors.ts';
import type { KubeSettings } from './kube-settings.ts';
import { type Environment, textOf } from './kubeconfig-files.ts';
import { pem } from './pem.ts';
import { findProxy } from './proxy.ts';
import { makeProxyAgent } from './proxy-agent.ts';

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With the query; the server's own prefix is put before it. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the request, its answer included. */
  readonly signal: AbortSignal;
}

/** What a web socket needs to take the same way. */
export interface SocketWay {
  readonly url: string;
  readonly agent: http.Agent;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly auth: Auth;
}

/** A connection on which nothing comes for this long is asked whether the other end is there. */
const keepAliveProbeMs = 15_000;
const idleSocketMs = 30_000;

export class Transport implements Disposable {
  readonly server: URL;
  readonly #place: http.RequestOptions;
  /** The server's own path, which stands before every path of the API. */
  readonly #prefix: string;
  readonly #settings: KubeSettings;
  readonly #env: Environment;
  readonly #credentials: Credentials;
  #agent: { readonly agent: http.Agent; readonly auth: Auth } | undefined;
  readonly #agents = new Set<http.Agent>();
  readonly #closing = new Emitter<void>();
  #isDisposed = false;

  constructor(settings: KubeSettings, deps: CredentialsDeps) {
    this.#settings = settings;
    this.#env = deps.env;
    this.#credentials = new Credentials(settings, deps);
    this.server = new URL(settings.facts.server);
    // Taken apart once: it would be for each request.
    const { protocol, hostname, port, auth } = urlToHttpOptions(this.server);
    this.#place = { protocol, hostname, port, auth };
    this.#prefix = this.server.pathname.replace(/\/$/, '');
  }

  /**
   * The answer, whatever its status; its body is the caller's to read. Credentials that the server does not take are
   * renewed once. Rejects with KubeError when there is no answer, or with the signal's reason.
   */
  async send(call: HttpCall): Promise<IncomingMessage> {
    const auth = await this.#auth(call.signal);
    const response = await this.#attempt(call, auth);
    if (response.statusCode !== 401) return response;
    const fresh = await this.renew(auth, call.signal);
    if (!fresh) return response;
    response.resume();
    return this.#attempt(call, fresh);
  }

  /** Resolves when there are credentials: a plugin may ask a person to log in, which takes its time. Rejects like send. */
  async ready(signal: AbortSignal): Promise<void> {
    await this.#auth(signal);
  }

  /** For a web socket to `path`. Rejects like send. */
  async socketWay(path: string, signal: AbortSignal, fresh?: Auth): Promise<SocketWay> {
    const auth = fresh ?? (await this.#auth(signal));
    const agent = await this.#agentFor(auth);
    return { url: `${this.server.href.replace(/\/$/, '')}${path}`, agent, headers: auth.headers, auth };
  }

  /** Other credentials than those that were refused; undefined when there are none. */
  renew(refused: Auth, signal: AbortSignal): Promise<Auth | undefined> {
    return this.#credentials.renew(refused, signal).catch(error => this.#throw(credentialsError(error), signal));
  }

  /** Connections that nobody uses may be dead without knowing: after a sleep none is trusted. */
  dropIdle(): void {
    for (const agent of this.#agents)
      for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  }

  /** For connections that the agent has given away. */
  onDispose(listener: () => void): Disposable {
    return this.#closing.on(listener);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#closing.emit();
    this.#credentials.dispose();
    for (const agent of this.#agents) agent.destroy();
  }

  #auth(signal: AbortSignal): Promise<Auth> {
    signal.throwIfAborted();
    if (this.#isDisposed) return Promise.reject(closedError());
    return this.#credentials.current(signal).catch(error => this.#throw(credentialsError(error), signal));
  }

  #throw(error: Error, signal: AbortSignal): never {
    signal.throwIfAborted();
    throw error;
  }

  async #attempt(call: HttpCall, auth: Auth): Promise<IncomingMessage> {
    const agent = await this.#agentFor(auth);
    call.signal.throwIfAborted();
    try {
      return await this.#once(call, auth, agent);
    } catch (error) {
      // The server may close an idle connection at the moment that we use it; asking again does no harm.
      if (this.#isDisposed) throw closedError();
      if (!(error instanceof StaleConnection) || call.method !== 'GET') throw unwrapped(error);
      return await this.#once(call, auth, agent).catch(again => {
        throw unwrapped(again);
      });
    }
  }

  #once(call: HttpCall, auth: Auth, agent: http.Agent): Promise<IncomingMessage> {
    const what = `${call.method} ${this.server.origin}${call.path.replace(/\?.*/, '')}`;
    return new Promise((resolve, reject) => {
      const { request } = this.server.protocol === 'https:' ? https : http;
      const made = request({
        ...this.#place,
        path: `${this.#prefix}${call.path}`,
        method: call.method,
        agent,
        headers: headersOf(call, auth),
      });
      const listening = onAbort(call.signal, reason => made.destroy(reason instanceof Error ? reason : undefined));
      made.on('socket', socket => socket.setKeepAlive(true, keepAliveProbeMs));
      made.on('error', error => {
        if (call.signal.aborted) reject(call.signal.reason);
        else if (made.reusedSocket && isReset(error)) reject(new StaleConnection(wayError(what, error)));
        else reject(wayError(what, error));
      });
      let answer: IncomingMessage | undefined;
      made.on('response', response => {
        answer = response;
        response.on('close', () => listening.dispose());
        resolve(response);
      });
      made.on('close', () => {
        if (!answer) listening.dispose();
      });
      made.end(call.body);
    });
  }

  /** Certificates belong to a connection, so other certificates get connections of their own. */
  async #agentFor(auth: Auth): Promise<http.Agent> {
    const held = this.#agent;
    if (held && (held.auth === auth || hasSameCertificate(held.auth, auth))) return held.agent;
    const agent = await this.#makeAgent(auth).catch(error => {
      throw credentialsError(error);
    });
    if (this.#isDisposed) agent.destroy();
    this.#agents.add(agent);
    this.#agent = { agent, auth };
    return agent;
  }

  async #makeAgent({ certificate, key }: Auth): Promise<http.Agent> {
    const { cluster } = this.#settings;
    const ca = await pem(cluster, 'certificate-authority');
    const servername = textOf(cluster, 'tls-server-name');
    const options: https.AgentOptions = {
      keepAlive: true,
      timeout: idleSocketMs,
      maxFreeSockets: 32,
      ...(ca ? { ca } : {}),
      ...(certificate && key ? { cert: certificate, key } : {}),
      ...(servername ? { servername } : {}),
      ...(getKey(cluster, 'insecure-skip-tls-verify') === true ? { rejectUnauthorized: false } : {}),
    };
    const isSecure = this.server.protocol === 'https:';
    const proxy = findProxy(this.server, cluster, this.#env);
    if (proxy) return makeProxyAgent(proxy, isSecure, options);
    return isSecure ? new https.Agent(options) : new http.Agent(options);
  }
}

class StaleConnection extends Error {
  readonly words: Error;

  constructor(words: Error) {
    super('stale connection');
    this.words = words;
  }
}

function unwrapped(error: unknown): unknown {
  return error instanceof StaleConnection ? error.words : error;
}

function isReset(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNRESET' || error.code === 'EPIPE';
}

function headersOf(call: HttpCall, auth: Auth): http.OutgoingHttpHeaders {
  const length = call.body === undefined ? {} : { 'Content-Length': Buffer.byteLength(call.body) };
  const ours: http.OutgoingHttpHeaders = {
    'User-Agent': 'tilt',
    Accept: 'application/json',
    ...call.headers,
    ...length,
  };
  for (const [name, value] of Object.entries(auth.headers)) ours[name] = typeof value === 'string' ? value : [...value];
  return ours;
}

function hasSameCertificate(a: Auth, b: Auth): boolean {
  const isSame = (x: string | Buffer | undefined, y: string | Buffer | undefined): boolean =>
    x === y || (x !== undefined && y !== undefined && Buffer.from(x).equals(Buffer.from(y)));
  return isSame(a.certificate, b.certificate) && isSame(a.key, b.key);
}
