// Requests against a server that is busy, refuses credentials, packs its answers, hangs or breaks off.
import fs from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import { KubeError } from '../../../src/adapters/kube/index.ts';
import { Canceled, makeAbortController, neverAborted } from '../../../src/base/abort.ts';
import { ManualClock } from '../../../src/base/clock.ts';
import { loadOrMakeCertificate } from '../../../src/server/certificate.ts';
import { pod, podList, scriptKube, sendJson, sendStatus, tempFolder } from '../../support/scripted-kube.ts';
import { until } from '../../support/until.ts';

const free = { signal: neverAborted };
const onePod = { apiVersion: 'v1', kind: 'Pod', name: 'a' };

test('a busy server is asked again when it says so, but a write is sent once', async t => {
  let refusals = 2;
  const kube = await scriptKube(t, (_request, response) => {
    if (refusals-- > 0) sendStatus(response, 429, 'TooManyRequests', { 'Retry-After': '0' });
    else sendJson(response, pod('a', 1));
  });
  t.is((await kube.client.get(onePod, free)).metadata.name, 'a');
  t.is(kube.requests.length, 3);
  refusals = 1;
  const error = await t.throwsAsync(kube.client.delete(onePod, free), { instanceOf: KubeError });
  t.like(error, { code: 429, reason: 'TooManyRequests', retryAfterMs: 0, message: 'TooManyRequests it is' });
  t.is(kube.requests.length, 4);
});

test('a name that is none reaches no server: it would mean every object, or what is above', async t => {
  const kube = await scriptKube(t, (_request, response) => sendJson(response, {}));
  for (const name of ['', '.', '..', '../a', 'a/log', 'a%2f']) {
    const error = await t.throwsAsync(kube.client.delete({ ...onePod, name }, free), { instanceOf: KubeError }, name);
    t.like(error, { code: 422, reason: 'Invalid' });
  }
  await t.throwsAsync(kube.client.delete({ ...onePod, namespace: '..' }, free), { message: /invalid resource name/ });
  t.deepEqual(kube.requests, []);
});

test('a server that is busy for longer than there is time says so at once', async t => {
  const kube = await scriptKube(t, (_request, response) =>
    sendStatus(response, 503, 'ServiceUnavailable', { 'Retry-After': '60' }),
  );
  const error = await t.throwsAsync(kube.client.get(onePod, { ...free, timeoutMs: 1000 }), { instanceOf: KubeError });
  t.like(error, { code: 503, retryAfterMs: 60_000 });
});

test('answers that are no Status', async t => {
  const kube = await scriptKube(t, (_request, response) => response.writeHead(502).end('<h1>bad\n gateway</h1>'));
  await t.throwsAsync(kube.client.get(onePod, free), { instanceOf: KubeError, message: '<h1>bad gateway</h1>' });
  kube.answer = (_request, response) => response.writeHead(502).end('<html>\n<h1>bad gateway</h1></html>');
  await t.throwsAsync(kube.client.get(onePod, free), { message: 'the server answered 502 Bad Gateway' });
  kube.answer = (_request, response) => response.writeHead(504).end();
  await t.throwsAsync(kube.client.get(onePod, free), { message: 'the server answered 504 Gateway Timeout' });
});

test('nobody answers', async t => {
  const kube = await scriptKube(t, () => {});
  const { server, client, url } = kube;
  const giveUp = makeAbortController();
  const asked = client.get(onePod, giveUp);
  await until(t, () => kube.requests.length === 1);
  giveUp.abort(new Canceled('enough'));
  await t.throwsAsync(asked, { instanceOf: Canceled, message: 'enough' });
  const late = await t.throwsAsync(client.get(onePod, { ...free, timeoutMs: 20 }), { instanceOf: KubeError });
  t.like(late, { code: 0, message: `GET ${url}/api/v1/namespaces/n/pods/a: no answer within 0.02 s` });
  kube.answer = (_request, response) => {
    response.writeHead(200);
    response.write('{"meta');
    setImmediate(() => response.destroy());
  };
  const cut = await t.throwsAsync(client.get(onePod, free), { instanceOf: KubeError });
  t.like(cut, { code: 0 });
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  const refused = await t.throwsAsync(client.get(onePod, free), { instanceOf: KubeError });
  t.like(refused, { code: 0, message: `GET ${url}/api/v1/namespaces/n/pods/a: connection refused` });
});

test('time that the machine slept does not count', async t => {
  const clock = new ManualClock();
  const slept = Object.create(clock) as ManualClock;
  let jumpMs = 0;
  slept.monotonic = () => clock.monotonic() + jumpMs;
  slept.after = clock.after.bind(clock);
  slept.every = clock.every.bind(clock);
  slept.now = clock.now.bind(clock);
  const kube = await scriptKube(t, () => {}, { clock: slept });
  const asked = kube.client.version({ ...free, timeoutMs: 1000 });
  await until(t, () => kube.requests.length === 1);
  jumpMs = 3_600_000;
  clock.advance(1000);
  kube.answer = (_request, response) => sendJson(response, {});
  clock.advance(900);
  t.is(
    await Promise.race([asked.catch(() => 'failed'), new Promise(resolve => setImmediate(resolve, 'waits'))]),
    'waits',
  );
  clock.advance(200);
  await t.throwsAsync(asked, { message: /no answer within 1 s$/ });
});

test('pages of a list are put together; a list that expires is asked for in one piece', async t => {
  let expires = false;
  const kube = await scriptKube(t, (_request, response, { searchParams }) => {
    const from = searchParams.get('continue');
    if (from === null && !searchParams.has('limit')) sendJson(response, podList(9, pod('a', 1), pod('c', 8)));
    else if (from === null)
      sendJson(response, { ...podList(5, pod('a', 1)), metadata: { resourceVersion: '5', continue: 'next' } });
    else if (expires) sendStatus(response, 410, 'Expired');
    else sendJson(response, podList(5, pod('b', 2)));
  });
  const names = async (): Promise<string[]> =>
    (await kube.client.list('v1', 'Pod', { ...free, namespace: 'n' })).map(object => object.metadata.name);
  t.deepEqual(await names(), ['a', 'b']);
  expires = true;
  t.deepEqual(await names(), ['a', 'c']);
});

test('TLS: only who the authority vouches for, by the name that the kubeconfig says', async t => {
  const { key, certificate } = loadOrMakeCertificate(tempFolder(t), 'x', Date.now());
  const server = https.createServer({ key, cert: certificate }, (_request, response) =>
    sendJson(response, { gitVersion: 'v1' }),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ca = Buffer.from(certificate).toString('base64');
  const ask = async (cluster: object): Promise<string> => {
    const { client } = await scriptKube(t, () => {}, { cluster: { server: url, ...cluster } });
    return client.version(free).then(
      ({ gitVersion }) => gitVersion,
      (error: Error) => error.message,
    );
  };
  t.is(await ask({ 'certificate-authority-data': ca }), 'v1');
  t.is(await ask({ 'insecure-skip-tls-verify': true }), 'v1');
  t.is(await ask({}), `GET ${url}/version: certificate signed by unknown authority`);
  t.is(await ask({ 'certificate-authority-data': ca, 'tls-server-name': 'localhost' }), 'v1');
  t.regex(await ask({ 'certificate-authority-data': ca, 'tls-server-name': 'other' }), /does not match certificate/);
  t.regex(await ask({ 'certificate-authority': '/nowhere/ca.pem' }), /^certificate-authority: ENOENT/);
});

test('after dispose there are no answers', async t => {
  const kube = await scriptKube(t, () => {});
  const asked = kube.client.get(onePod, free);
  await until(t, () => kube.requests.length === 1);
  kube.client.dispose();
  await t.throwsAsync(asked, { instanceOf: KubeError, message: 'the connection to the cluster was closed' });
  await t.throwsAsync(kube.client.get(onePod, free), { message: 'the connection to the cluster was closed' });
  t.is(kube.requests.length, 1);
});

test('packed answers', async t => {
  const kube = await scriptKube(t, (_request, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(JSON.stringify(podList(1, pod('a', 1)))));
  });
  t.is((await kube.client.list('v1', 'Pod', free)).length, 1);
});

/** A program that prints other credentials each time, counting in a file. */
function loginProgram(folder: string): string {
  const file = path.join(folder, 'login');
  const print = `{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t$n"}}`;
  fs.writeFileSync(
    file,
    `#!/bin/sh\ncd "$(dirname "$0")"\necho x >> count\necho "$KUBERNETES_EXEC_INFO" > info\nn=$(wc -l < count | tr -d ' ')\ncat <<END\n${print}\nEND\n`,
    { mode: 0o755 },
  );
  return file;
}

test('a login takes the time that a person needs; the time of a request begins afterwards', async t => {
  const folder = tempFolder(t);
  const command = path.join(folder, 'login');
  const print = '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t1"}}';
  const wait = `echo x >> '${folder}/begun'; while [ ! -f '${folder}/done' ]; do sleep 0.02; done`;
  fs.writeFileSync(command, `#!/bin/sh\n${wait}\necho '${print}'\n`, { mode: 0o755 });
  const clock = new ManualClock();
  const kube = await scriptKube(t, (_request, response) => sendJson(response, pod('a', 1)), {
    clock,
    user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command } },
  });
  const health = kube.client.checkHealth({ ...free, timeoutMs: 1000 });
  const got = kube.client.get(onePod, { ...free, timeoutMs: 1000 });
  await until(t, () => fs.existsSync(path.join(folder, 'begun')));
  clock.advance(60_000);
  fs.writeFileSync(path.join(folder, 'done'), '');
  t.is((await got).metadata.name, 'a');
  await t.notThrowsAsync(health);
  t.is(fs.readFileSync(path.join(folder, 'begun'), 'utf8'), 'x\n');
});

test('what a program says that waits for a login is told while it waits; what a quick one says is not', async t => {
  const folder = tempFolder(t);
  const apiVersion = 'client.authentication.k8s.io/v1';
  const print = JSON.stringify({ kind: 'ExecCredential', apiVersion, status: { token: 't1' } });
  const told: string[] = [];
  const connect = (script: string): ReturnType<typeof scriptKube> =>
    scriptKube(t, (_request, response) => sendJson(response, pod('a', 1)), {
      user: { exec: { apiVersion, command: 'sh', args: ['-c', `${script}; echo '${print}'`] } },
      onLogin: text => told.push(text),
    });
  const quick = await connect('echo all is well >&2');
  await quick.client.get(onePod, free);
  t.deepEqual(told, []);
  const wait = `while [ ! -f '${folder}/done' ]; do sleep 0.02; done`;
  const slow = await connect(`echo go to http://login >&2; printf 'and en' >&2; ${wait}; echo 'ter CODE' >&2`);
  const got = slow.client.get(onePod, free);
  await until(t, () => told.length > 0);
  t.deepEqual(told, ['go to http://login\n']);
  fs.writeFileSync(path.join(folder, 'done'), '');
  await got;
  t.deepEqual(told, ['go to http://login\n', 'and enter CODE\n']);
});

test('credentials of a program are kept until the server refuses them', async t => {
  const folder = tempFolder(t);
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: loginProgram(folder),
    provideClusterInfo: true,
  };
  let good = 't1';
  const kube = await scriptKube(
    t,
    (request, response) => {
      if (request.headers.authorization === `Bearer ${good}`) sendJson(response, pod('a', 1));
      else sendStatus(response, 401, 'Unauthorized');
    },
    { user: { exec } },
  );
  await Promise.all([kube.client.get(onePod, free), kube.client.get(onePod, free), kube.client.get(onePod, free)]);
  const runs = (): number => fs.readFileSync(path.join(folder, 'count'), 'utf8').trim().split('\n').length;
  t.is(runs(), 1);
  const info = JSON.parse(fs.readFileSync(path.join(folder, 'info'), 'utf8'));
  t.like(info, { kind: 'ExecCredential', spec: { interactive: false, cluster: { server: kube.url } } });
  good = 't2';
  await Promise.all([kube.client.get(onePod, free), kube.client.delete(onePod, free), kube.client.get(onePod, free)]);
  t.is(runs(), 2, 'renewed once for all');
  good = 'none';
  const error = await t.throwsAsync(kube.client.get(onePod, free), { instanceOf: KubeError });
  t.like(error, { code: 401, reason: 'Unauthorized' });
  t.regex(error!.message, /^the server has asked for the client to provide credentials/);
});

test('credentials that live a short time are used nearly to their end; many requests wait for one program', async t => {
  const folder = tempFolder(t);
  const apiVersion = 'client.authentication.k8s.io/v1';
  const clock = new ManualClock();
  const status = { token: 't', expirationTimestamp: new Date(clock.now() + 10_000).toISOString() };
  const print = JSON.stringify({ kind: 'ExecCredential', apiVersion, status });
  const script = `echo x >> '${folder}/count'; echo '${print}'`;
  const kube = await scriptKube(t, (_request, response) => sendJson(response, pod('a', 1)), {
    clock,
    user: { exec: { apiVersion, command: 'sh', args: ['-c', script] } },
  });
  const ask = (): Promise<unknown> => Promise.all([1, 2, 3].map(() => kube.client.get(onePod, free)));
  const runs = (): number => fs.readFileSync(path.join(folder, 'count'), 'utf8').length / 2;
  await ask();
  t.is(runs(), 1);
  clock.advance(8900);
  await ask();
  t.is(runs(), 1, 'good for another second');
  clock.advance(200);
  await ask();
  t.is(runs(), 2, 'asked for once before the end');
});

test('without TLS no credentials are sent and no program is asked for them, only whom to act for', async t => {
  const apiVersion = 'client.authentication.k8s.io/v1';
  const users = [
    { token: 'secret' },
    { tokenFile: '/nowhere/token' },
    { username: 'jane', password: 'secret' },
    { exec: { apiVersion, command: 'no-such-program' } },
    { 'auth-provider': { name: 'oidc', config: { 'id-token': idToken(4_000_000_000) } } },
  ];
  for (const user of users) {
    const seen: unknown[] = [];
    const kube = await scriptKube(
      t,
      ({ headers }, response) => {
        seen.push([headers.authorization, headers['impersonate-user']]);
        sendJson(response, pod('a', 1));
      },
      { user: { ...user, as: 'bob' }, isPlain: true },
    );
    await kube.client.get(onePod, free);
    t.deepEqual(seen, [[undefined, 'bob']]);
  }
});

test('a program that cannot give credentials is named with its reason', async t => {
  const folder = tempFolder(t);
  const apiVersion = 'client.authentication.k8s.io/v1';
  const fails = async (exec: object): Promise<string> => {
    const kube = await scriptKube(t, () => {}, { user: { exec: { apiVersion, ...exec } } });
    const error = await t.throwsAsync(kube.client.version(free), { instanceOf: KubeError });
    t.is(kube.requests.length, 0);
    return error!.message;
  };
  t.is(
    await fails({ command: 'no-such-program', installHint: 'Install it.' }),
    'getting credentials: exec: executable no-such-program not found\n\nInstall it.',
  );
  t.is(
    await fails({ command: 'sh', args: ['-c', 'echo login first >&2; exit 3'] }),
    'getting credentials: exec: executable sh failed with exit code 3: login first',
  );
  t.regex(await fails({ command: 'echo', args: ['hello'] }), /exec: echo did not print an ExecCredential$/);
  t.regex(await fails({ command: 'echo', interactiveMode: 'Always' }), /wants to ask at a terminal/);
  const old = '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"t"}}';
  t.regex(await fails({ command: 'echo', args: [old] }), /is configured to use \S+v1, and returned \S+v1beta1$/);
  t.truthy(folder);
});

test('a token in a file is read again when the server refuses it', async t => {
  const tokenFile = path.join(tempFolder(t), 'token');
  fs.writeFileSync(tokenFile, 'old\n');
  const seen: (string | undefined)[] = [];
  const kube = await scriptKube(
    t,
    (request, response) => {
      seen.push(request.headers.authorization);
      if (request.headers.authorization === 'Bearer new') sendJson(response, {});
      else sendStatus(response, 401, 'Unauthorized');
    },
    { user: { tokenFile, as: 'jane', 'as-groups': ['a', 'b'] } },
  );
  await t.throwsAsync(kube.client.version(free), { instanceOf: KubeError });
  fs.writeFileSync(tokenFile, 'new\n');
  await kube.client.version(free);
  t.deepEqual(seen, ['Bearer old', 'Bearer old', 'Bearer old', 'Bearer new']);
});

/** A token that says when it ends, in seconds since 1970, signed by nobody. */
function idToken(endsAt: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ exp: endsAt })}.x`;
}

test('an OpenID Connect token is used while it is good; other providers are programs today', async t => {
  const seen: (string | undefined)[] = [];
  const connectAs = (name: string, config: object) =>
    scriptKube(
      t,
      (request, response) => {
        seen.push(request.headers.authorization);
        sendJson(response, {});
      },
      { user: { 'auth-provider': { name, config } } },
    );
  const good = idToken(4_000_000_000);
  await (await connectAs('oidc', { 'id-token': good })).client.version(free);
  t.deepEqual(seen, [`Bearer ${good}`]);
  const old = await connectAs('oidc', { 'id-token': idToken(1000) });
  await t.throwsAsync(old.client.version(free), { message: /^getting credentials: oidc: the id-token has expired/ });
  const gone = await connectAs('gcp', {});
  await t.throwsAsync(gone.client.version(free), {
    message: 'no Auth Provider found for name "gcp": use the credential plugin gke-gcloud-auth-plugin instead',
  });
});

test('health in words', async t => {
  const bad = { path: '' };
  const kube = await scriptKube(t, (_request, response, { pathname }) => {
    response.writeHead(pathname === bad.path ? 500 : 200).end(pathname === bad.path ? '[-]etcd failed' : 'ok');
  });
  await kube.client.checkHealth(free);
  bad.path = '/readyz';
  await t.throwsAsync(kube.client.checkHealth(free), { message: 'cluster not ready: [-]etcd failed' });
  bad.path = '/livez';
  await t.throwsAsync(kube.client.checkHealth(free), {
    message: 'cluster did not pass liveness check: [-]etcd failed',
  });
  kube.answer = (_request, response) => sendStatus(response, 403, 'Forbidden');
  await t.notThrowsAsync(kube.client.checkHealth(free), 'who may not ask has an answer all the same');
});
