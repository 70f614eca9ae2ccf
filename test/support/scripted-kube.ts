// An API server that says what the test tells it to say: for answers that a real one gives once in a blue moon.
import fs from 'node:fs';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import { type KubeConnection, makeConnectKube } from '../../src/adapters/kube/index.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { loadOrMakeCertificate } from '../../src/server/certificate.ts';

/** True when it answered. */
export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => unknown;

export interface ScriptedKube extends KubeConnection {
  /** `GET /api/v1/...?query`, in order, discovery left out. */
  readonly requests: string[];
  readonly server: http.Server;
  readonly url: string;
  /** Answers everything but discovery, from now on. */
  answer: Answer;
}

export interface ScriptOptions {
  readonly clock?: Clock;
  /** User of the kubeconfig, as JSON; nobody by default. Whoever is somebody is served over TLS. */
  readonly user?: object;
  /** No TLS, whoever it is. */
  readonly isPlain?: boolean;
  readonly cluster?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly onLogin?: (text: string) => void;
}

const coreTypes = {
  kind: 'APIResourceList',
  resources: [
    { name: 'pods', kind: 'Pod', namespaced: true, verbs: ['get', 'list', 'watch'] },
    { name: 'pods/log', kind: 'Pod', namespaced: true, verbs: ['get'] },
    { name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs: ['get', 'list', 'watch'] },
  ],
};

/** A folder of the test's own. */
export function tempFolder(t: ExecutionContext): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-kube-'));
  t.teardown(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function sendJson(response: ServerResponse, body: unknown, code = 200, headers: object = {}): void {
  response.writeHead(code, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A Status, as servers refuse with it. */
export function sendStatus(response: ServerResponse, code: number, reason: string, headers: object = {}): void {
  sendJson(response, { kind: 'Status', status: 'Failure', code, reason, message: `${reason} it is` }, code, headers);
}

/** A pod as far as a watch needs one. */
export function pod(name: string, version: number, uid = `uid-${name}`): object {
  return { metadata: { name, namespace: 'n', uid, resourceVersion: String(version) } };
}

export function podList(version: number, ...items: object[]): object {
  return { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: String(version) }, items };
}

/** Starts it and connects to it. */
export async function scriptKube(
  t: ExecutionContext,
  answer: Answer,
  options: ScriptOptions = {},
): Promise<ScriptedKube> {
  const requests: string[] = [];
  const script = { answer };
  const { user, cluster = {}, env = {}, clock = systemClock } = options;
  const isSecure = user !== undefined && !options.isPlain;
  const listener = (request: IncomingMessage, response: ServerResponse): unknown => {
    const url = new URL(request.url!, 'http://here');
    if (url.pathname === '/api/v1') return sendJson(response, coreTypes);
    requests.push(`${request.method} ${request.url}`);
    return script.answer(request, response, url);
  };
  const server = isSecure ? secureServer(t, listener) : http.createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `${isSecure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const file = path.join(tempFolder(t), 'config');
  const config = {
    'current-context': 'c',
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u', namespace: 'n' } }],
    clusters: [
      { name: 'c', cluster: { server: url, ...(isSecure ? { 'insecure-skip-tls-verify': true } : {}), ...cluster } },
    ],
    users: [{ name: 'u', user: user ?? {} }],
  };
  fs.writeFileSync(file, JSON.stringify(config));
  const connect = makeConnectKube({ clock });
  const connection = await connect({
    context: '',
    namespace: '',
    onLogin: options.onLogin,
    env: { PATH: process.env['PATH'], HOME: '/nowhere', KUBECONFIG: file, ...env },
  });
  t.teardown(async () => {
    connection.client.dispose();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  return Object.assign(script, connection, { requests, server, url });
}

function secureServer(t: ExecutionContext, listener: http.RequestListener): https.Server {
  const { key, certificate } = loadOrMakeCertificate(tempFolder(t), 'x', Date.now());
  return https.createServer({ key, cert: certificate }, listener);
}
