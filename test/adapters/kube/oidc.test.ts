// A login with OpenID Connect whose token has ended: a new one is fetched and kept where kubectl keeps it.
import fs from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { KubeError, makeConnectKube } from '../../../src/adapters/kube/index.ts';
import { withTokens } from '../../../src/adapters/kube/login-file.ts';
import { neverAborted } from '../../../src/base/abort.ts';
import { loadYamlLibrary } from '../../../src/domain/yaml/library.ts';
import { makeCertificate } from '../../../src/server/certificate.ts';
import { sendJson, sendStatus, tempFolder } from '../../support/scripted-kube.ts';

const free = { signal: neverAborted };
const inAnHour = (): number => Math.floor(Date.now() / 1000) + 3600;

/** A token that says when it ends, in seconds since 1970, signed by nobody. */
function idToken(endsAt: number, id: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ exp: endsAt, jti: id })}.x`;
}

async function listen(t: ExecutionContext, server: Server | https.Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
}

interface Given {
  /** What the provider answers to a refresh. */
  readonly answer?: (
    form: URLSearchParams,
    request: IncomingMessage,
  ) => { readonly code?: number; readonly body: object };
  readonly tokens?: Readonly<Record<string, string>>;
  readonly trusts?: boolean;
}

/** A provider, a cluster that takes its newest token alone, and a kubeconfig with a login that has ended. */
async function setUp(t: ExecutionContext, { answer, tokens = {}, trusts = true }: Given = {}) {
  const { certificate, key } = makeCertificate(Date.now());
  const fresh = idToken(inAnHour(), 'fresh');
  const old = idToken(1000, 'old');
  const world = { forms: [] as URLSearchParams[], accepts: fresh, seen: [] as (string | undefined)[] };
  const provider = https.createServer({ cert: certificate, key }, async (request, response) => {
    if (request.url === '/realm/.well-known/openid-configuration')
      return sendJson(response, { issuer, token_endpoint: `${issuer}/token` });
    const form = await bodyOf(request);
    world.forms.push(form);
    const { code = 200, body } = answer?.(form, request) ?? { body: { id_token: fresh, refresh_token: 'second' } };
    return sendJson(response, body, code);
  });
  const issuer = `https://127.0.0.1:${await listen(t, provider)}/realm`;
  const cluster = https.createServer({ cert: certificate, key }, (request, response) => {
    world.seen.push(request.headers.authorization);
    if (request.headers.authorization === `Bearer ${world.accepts}`) sendJson(response, { gitVersion: 'v1' });
    else sendStatus(response, 401, 'Unauthorized');
  });
  const server = `https://127.0.0.1:${await listen(t, cluster)}`;
  const file = path.join(tempFolder(t), 'config');
  const ca = trusts ? `\n        idp-certificate-authority-data: ${Buffer.from(certificate).toString('base64')}` : '';
  const all = { 'id-token': old, 'refresh-token': 'first', ...tokens };
  const lines = Object.entries(all).map(([name, value]) => `\n        ${name}: ${value}`);
  const text = `# mine, with a word about it
apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: c, user: jane}}]
clusters: [{name: c, cluster: {server: "${server}", insecure-skip-tls-verify: true}}]
users:
- name: jane
  user:
    auth-provider:
      name: oidc
      config: # from the provider
        client-id: kube
        client-secret: s3cret
        idp-issuer-url: ${issuer}${ca}${lines.join('')}
`;
  fs.writeFileSync(file, text, { mode: 0o600 });
  const connect = async () => {
    const env = { KUBECONFIG: file, HOME: '/nowhere' };
    const { client } = await makeConnectKube()({ context: '', namespace: '', env });
    t.teardown(() => client.dispose());
    return client;
  };
  return { ...world, world, fresh, old, file, text, issuer, connect };
}

test('a token that has ended is refreshed, and both new ones are kept in the file, which stays as it is otherwise', async t => {
  const { connect, world, fresh, old, file, text } = await setUp(t);
  const client = await connect();
  await Promise.all([client.version(free), client.version(free)]);
  t.deepEqual(world.seen, [`Bearer ${fresh}`, `Bearer ${fresh}`]);
  t.is(world.forms.length, 1);
  t.deepEqual(Object.fromEntries(world.forms[0]!), { grant_type: 'refresh_token', refresh_token: 'first' });
  t.is(
    fs.readFileSync(file, 'utf8'),
    text.replace(old, fresh).replace('refresh-token: first', 'refresh-token: second'),
  );
  t.is(fs.statSync(file).mode & 0o777, 0o600);
  t.deepEqual(fs.readdirSync(path.dirname(file)), ['config']);
  await (await connect()).version(free);
  t.is(world.forms.length, 1, 'who comes next finds it in the file');
});

test('a refresh token that the provider leaves as it is stays; a token that the server refuses is refreshed too', async t => {
  const second = idToken(inAnHour(), 'second');
  const given = [idToken(inAnHour(), 'first'), second];
  const { connect, world, file } = await setUp(t, { answer: () => ({ body: { id_token: given.shift() } }) });
  world.accepts = given[0]!;
  const client = await connect();
  await client.version(free);
  world.accepts = second;
  await client.version(free);
  t.deepEqual(
    world.forms.map(form => form.get('refresh_token')),
    ['first', 'first'],
  );
  t.regex(fs.readFileSync(file, 'utf8'), /refresh-token: first\n/);
  t.true(fs.readFileSync(file, 'utf8').includes(second));
});

test('what somebody else has refreshed meanwhile is taken from the file', async t => {
  const { connect, world, file, text, old } = await setUp(t);
  const client = await connect();
  const theirs = idToken(inAnHour(), 'theirs');
  fs.writeFileSync(file, text.replace(old, theirs));
  world.accepts = theirs;
  await client.version(free);
  t.is(world.forms.length, 0);
});

test('a provider that wants to be told in the form who asks is told so', async t => {
  const fresh = idToken(inAnHour(), 'form');
  const { connect, world } = await setUp(t, {
    answer: (form, request) =>
      request.headers.authorization
        ? { code: 401, body: { error: 'invalid_client' } }
        : { body: { id_token: form.get('client_secret') === 's3cret' ? fresh : '' } },
  });
  world.accepts = fresh;
  await (await connect()).version(free);
  t.is(world.forms.length, 2);
});

test('a login without an id-token gets one', async t => {
  const { connect, fresh, file } = await setUp(t, { tokens: { 'id-token': '""' } });
  await (await connect()).version(free);
  t.true(fs.readFileSync(file, 'utf8').includes(fresh));
});

test('what goes wrong is said', async t => {
  const fails = async (given: Given): Promise<string> => {
    const client = await (await setUp(t, given)).connect();
    return (await t.throwsAsync(client.version(free), { instanceOf: KubeError }))!.message;
  };
  const answer = () => ({ code: 400, body: { error: 'invalid_grant', error_description: 'Token is not active' } });
  t.is(
    await fails({ answer }),
    'getting credentials: oidc: failed to refresh the token: Token is not active; log in again',
  );
  t.regex(await fails({ trusts: false }), /^getting credentials: oidc: https:\S+: (self-signed|unable to verify)/);
  t.regex(await fails({ answer: () => ({ body: {} }) }), /the provider gave no id-token/);
  t.is(
    await fails({ tokens: { 'refresh-token': '""' } }),
    'getting credentials: oidc: the id-token has expired and cannot be refreshed; log in again',
  );
});

test('tokens that do not stand in the text as they are, are written as kubectl writes them', async t => {
  await loadYamlLibrary();
  const before = { idToken: 'old', refreshToken: '' };
  const after = { idToken: 'new', refreshToken: 'r' };
  const config = (tokens: string): string =>
    `users:\n- name: jane\n  user:\n    auth-provider:\n      config:\n${tokens}      name: oidc\n`;
  t.is(
    withTokens(config('        id-token: "o\\u006cd"\n'), 'jane', { before, after }),
    config('        id-token: new\n        refresh-token: r\n'),
  );
  t.throws(() => withTokens('users: []\n', 'jane', { before, after }), { message: /has no such login any more/ });
});
