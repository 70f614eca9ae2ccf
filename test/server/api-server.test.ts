import tls from 'node:tls';
import test from 'ava';
import { secondKeys } from '../../src/server/rest/second-keys.ts';
import { ask, askApi, LineReader, type Running, startServers, until } from './fixtures.ts';

const group = '/apis/tilt.dev/v1alpha1';
const cmd = (name: string, more: Record<string, unknown> = {}) => ({
  metadata: { name, ...(more['metadata'] as object) },
  spec: { args: ['true'], ...(more['spec'] as object) },
});

function watch(running: Running, path: string, headers: Record<string, string> = {}): LineReader {
  const auth = { Authorization: `Bearer ${running.token}`, ...headers };
  return new LineReader(running.api.url + path, auth, running.certificate.certificate);
}

const seen = (line: string) => {
  const { type, object } = JSON.parse(line);
  return `${type} ${object.metadata?.name ?? object.reason}`;
};

test('nobody gets anything without the token', async t => {
  const running = await startServers(t);
  const anonymous = (path: string, headers = {}) =>
    ask(running.api.url + path, { headers }, running.certificate.certificate);
  const list = await anonymous(`${group}/cmds`);
  t.is(list.code, 403);
  t.is(
    list.json.message,
    'cmds.tilt.dev is forbidden: User "system:anonymous" cannot list resource "cmds" in API group "tilt.dev" at the cluster scope: Everything is forbidden.',
  );
  t.is(
    (await anonymous(`${group}/cmds/x/status`)).json.message,
    'cmds.tilt.dev "x" is forbidden: User "system:anonymous" cannot get resource "cmds/status" in API group "tilt.dev" at the cluster scope: Everything is forbidden.',
  );
  for (const path of ['/healthz', '/apis', '/nope', '//', '/%'])
    t.regex((await anonymous(path)).json.message, /^forbidden: User "system:anonymous" cannot get path /, path);
  for (const auth of ['Bearer', 'Bearer x', `Basic ${running.token}`, running.token, `Bearer ${running.token}x`]) {
    const answer = await anonymous('/apis', { Authorization: auth });
    t.is(answer.code, 403, auth);
    t.false(answer.text.includes(running.token.slice(0, 40)));
  }
});

test('discovery, version and health', async t => {
  const running = await startServers(t);
  t.deepEqual((await askApi(running, '/apis/tilt.dev')).json.preferredVersion, {
    groupVersion: 'tilt.dev/v1alpha1',
    version: 'v1alpha1',
  });
  const { resources } = (await askApi(running, group)).json;
  t.is(resources.length, 22 + 21);
  t.deepEqual(resources.find((r: { name: string }) => r.name === 'kubernetesapplys').shortNames, ['ka', 'kapp']);
  const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
  const aggregated = await askApi(running, '/apis', { headers: { Accept: accept } });
  t.is(aggregated.headers['content-type'], 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');
  t.is(aggregated.json.items[0].versions[0].resources.length, 22);
  t.is((await askApi(running, '/version')).json.minor, '36');
  for (const path of ['/healthz', '/livez', '/readyz', '/livez/ping']) t.is((await askApi(running, path)).text, 'ok');
  t.regex((await askApi(running, '/readyz?verbose')).text, /\[\+\]ping ok\nreadyz check passed\n/);
  for (const path of ['/', '/api', '/api/v1', '/debug/pprof', '/nope'])
    t.is((await askApi(running, path)).code, 404, path);
  t.is((await askApi(running, '/apis/apps/v1')).json.reason, 'NotFound');
});

test('create, get, list, update, delete', async t => {
  const running = await startServers(t);
  const made = await askApi(running, `${group}/cmds`, {
    method: 'POST',
    body: { ...cmd('a'), status: { ready: true } },
  });
  t.is(made.code, 201);
  t.is(made.json.status, undefined);
  t.like(made.json, { apiVersion: 'tilt.dev/v1alpha1', kind: 'Cmd', spec: { args: ['true'] } });
  t.deepEqual((await askApi(running, `${group}/cmds/a`)).json, made.json);
  const list = (await askApi(running, `${group}/cmds`)).json;
  t.like(list, { kind: 'CmdList', apiVersion: 'tilt.dev/v1alpha1', metadata: { resourceVersion: '2' } });
  t.deepEqual(list.items, [made.json]);
  const changed = { ...made.json, spec: { args: ['x'] } };
  const updated = await askApi(running, `${group}/cmds/a`, { method: 'PUT', body: changed });
  t.is(updated.code, 200);
  t.is(updated.json.metadata.generation, 2);
  t.is(
    (await askApi(running, `${group}/cmds/a`, { method: 'PUT', body: changed })).code,
    409,
    'the version is old now',
  );
  const deleted = await askApi(running, `${group}/cmds/a`, { method: 'DELETE' });
  t.is(deleted.json.metadata.name, 'a');
  t.is((await askApi(running, `${group}/cmds/a`)).json.message, 'cmds.tilt.dev "a" not found');
});

test('the status is written through its own path alone', async t => {
  const running = await startServers(t);
  const made = (await askApi(running, `${group}/cmds`, { method: 'POST', body: cmd('a') })).json;
  const both = { ...made, spec: { args: ['changed'] }, status: { ready: true } };
  const status = (await askApi(running, `${group}/cmds/a/status`, { method: 'PUT', body: both })).json;
  t.deepEqual([status.spec, status.status], [{ args: ['true'] }, { ready: true }]);
  const patch = { method: 'PATCH', headers: { 'Content-Type': 'application/merge-patch+json' } };
  const main = (
    await askApi(running, `${group}/cmds/a`, { ...patch, body: { spec: { dir: '/x' }, status: { ready: false } } })
  ).json;
  t.deepEqual([main.spec.dir, main.status.ready], ['/x', true]);
  t.is((await askApi(running, `${group}/configmaps/a/status`)).code, 404, 'a ConfigMap has no status');
});

for (const [what, method, path, body, code, message] of [
  ['unknown kind', 'GET', '/frobs', undefined, 404, 'the server could not find the requested resource'],
  ['unserved kind', 'GET', '/manifests', undefined, 404, 'the server could not find the requested resource'],
  ['method', 'PUT', '/cmds', {}, 405, 'the server does not allow this method on the requested resource'],
  ['duplicate', 'POST', '/cmds', cmd('there'), 409, 'cmds.tilt.dev "there" already exists'],
  [
    'bad name',
    'POST',
    '/cmds',
    cmd('a/b'),
    422,
    `Cmd.tilt.dev "a/b" is invalid: metadata.name: Invalid value: "a/b": may not contain '/'`,
  ],
  [
    'generateName',
    'POST',
    '/cmds',
    { metadata: { generateName: 'x' } },
    500,
    'Internal error occurred: metadata.name was not generated',
  ],
  [
    'validation',
    'POST',
    '/filewatches',
    { metadata: { name: 'f' } },
    422,
    'FileWatch.tilt.dev "f" is invalid: spec.watchedPaths: Required value: cannot be an empty list',
  ],
  [
    'strict',
    'POST',
    '/cmds?fieldValidation=Strict',
    cmd('b', { spec: { argsx: 1 } }),
    400,
    'Cmd in version "v1alpha1" cannot be handled as a Cmd: strict decoding error: unknown field "spec.argsx"',
  ],
  [
    'wrong type',
    'POST',
    '/cmds',
    cmd('b', { spec: { args: 'x' } }),
    400,
    'Cmd in version "v1alpha1" cannot be handled as a Cmd: json: cannot unmarshal string into Go struct field CmdSpec.spec.args of type []string',
  ],
  [
    'cut JSON',
    'POST',
    '/cmds',
    '{"metadata":{"name":"b3"},"spec":{"args":',
    400,
    'the object provided is unrecognized (must be of type Cmd): couldn\'t get version/kind; json parse error: unexpected end of JSON input ({"metadata":{"name":"b3"},"spe ...)',
  ],
  [
    'empty body',
    'POST',
    '/cmds',
    '',
    400,
    "the object provided is unrecognized (must be of type Cmd): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)",
  ],
  [
    'no version',
    'PUT',
    '/cmds/there',
    cmd('there'),
    409,
    'Operation cannot be fulfilled on cmds.tilt.dev "there": the object has been modified; please apply your changes to the latest version and try again',
  ],
  [
    'other name',
    'PUT',
    '/cmds/there',
    cmd('other'),
    400,
    'the name of the object (other) does not match the name on the URL (there)',
  ],
  [
    'update of nothing',
    'PUT',
    '/cmds/nope',
    cmd('nope', { metadata: { resourceVersion: '1' } }),
    404,
    'cmds.tilt.dev "nope" not found',
  ],
  [
    'label selector',
    'GET',
    '/cmds?labelSelector=a%3D%3D%3Db',
    undefined,
    400,
    "unable to parse requirement: found '=', expected: identifier",
  ],
  [
    'field selector',
    'GET',
    '/cmds?fieldSelector=spec.x%3D1',
    undefined,
    400,
    '"spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ],
  [
    'precondition',
    'DELETE',
    '/cmds/there',
    { preconditions: { uid: 'x' } },
    409,
    /Precondition failed: UID in precondition: x/,
  ],
  [
    'dry run',
    'POST',
    '/cmds?dryRun=Some',
    cmd('c'),
    422,
    'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
  ],
  ['watch version', 'GET', '/cmds?watch=1&resourceVersion=x', undefined, 400, /must be a number/],
] as const) {
  test(`refused with its code and words: ${what}`, async t => {
    const running = await startServers(t);
    running.store.create('Cmd', { apiVersion: '', kind: 'Cmd', ...cmd('there') });
    const answer = await askApi(running, group + path, { method, ...(body === undefined ? {} : { body }) });
    t.is(answer.code, code);
    t.like(answer.json, { kind: 'Status', status: 'Failure', code });
    if (typeof message === 'string') t.is(answer.json.message, message);
    else t.regex(answer.json.message, message);
  });
}

test('unknown fields are warned of, dropped, and ignored on demand', async t => {
  const running = await startServers(t);
  const body = cmd('a', { spec: { argsx: 1 } });
  const warned = await askApi(running, `${group}/cmds`, { method: 'POST', body });
  t.is(warned.headers['warning'], '299 - "unknown field \\"spec.argsx\\""');
  t.deepEqual(warned.json.spec, { args: ['true'] });
  const ignored = await askApi(running, `${group}/cmds?fieldValidation=Ignore`, {
    method: 'POST',
    body: cmd('b', { spec: { x: 1 } }),
  });
  t.is(ignored.headers['warning'], undefined);
});

test('patches: JSON, merge, strategic; what does not fit; a version in the patch', async t => {
  const running = await startServers(t);
  const made = (
    await askApi(running, `${group}/cmds`, { method: 'POST', body: cmd('a', { metadata: { finalizers: ['x/y'] } }) })
  ).json;
  const patch = (type: string, body: unknown, path = 'a') =>
    askApi(running, `${group}/cmds/${path}`, {
      method: 'PATCH',
      headers: { 'Content-Type': `application/${type}` },
      body,
    });
  t.deepEqual((await patch('json-patch+json', [{ op: 'add', path: '/spec/args/-', value: 'b' }])).json.spec.args, [
    'true',
    'b',
  ]);
  t.is((await patch('merge-patch+json', { spec: { dir: '/d' } })).json.spec.dir, '/d');
  const strategic = { metadata: { finalizers: ['z/z'] }, spec: { args: ['c'] } };
  const merged = (await patch('strategic-merge-patch+json', strategic)).json;
  t.deepEqual([merged.metadata.finalizers, merged.spec.args], [['x/y', 'z/z'], ['c']]);
  t.is((await patch('json-patch+json', [{ op: 'test', path: '/spec/dir', value: '/no' }])).code, 422);
  t.is((await patch('json-patch+json', '{}')).code, 422);
  t.is((await patch('merge-patch+json', '{"a')).code, 400);
  t.is((await patch('merge-patch+json', [])).code, 400);
  t.is((await patch('frob', {})).code, 415);
  t.is((await patch('merge-patch+json', {}, 'nope')).code, 404);
  t.is((await patch('merge-patch+json', { metadata: { name: 'other' } })).code, 400);
  t.is((await patch('merge-patch+json', { metadata: { resourceVersion: made.metadata.resourceVersion } })).code, 409);
  t.is((await patch('merge-patch+json', { spec: { args: null } })).json.spec.args, undefined);
});

test('a dry run says what would be and changes nothing', async t => {
  const running = await startServers(t);
  const made = await askApi(running, `${group}/cmds?dryRun=All`, { method: 'POST', body: cmd('a') });
  t.is(made.code, 201);
  t.is((await askApi(running, `${group}/cmds/a`)).code, 404);
  await askApi(running, `${group}/cmds`, { method: 'POST', body: cmd('a') });
  const { version } = running.store;
  await askApi(running, `${group}/cmds/a?dryRun=All`, { method: 'DELETE' });
  t.is(running.store.version, version);
});

test('field managers are remembered for callers from outside', async t => {
  const running = await startServers(t);
  const body = { metadata: { name: 'm', labels: { a: '1' } }, data: { x: '1' } };
  const headers = { 'User-Agent': 'kubectl/v1.32 (linux)' };
  const made = (await askApi(running, `${group}/configmaps`, { method: 'POST', body, headers })).json;
  t.deepEqual(made.metadata.managedFields, [
    {
      manager: 'kubectl',
      operation: 'Update',
      apiVersion: 'tilt.dev/v1alpha1',
      time: made.metadata.creationTimestamp,
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { '.': {}, 'f:x': {} }, 'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } } },
    },
  ]);
  const patch = { method: 'PATCH', headers: { 'Content-Type': 'application/merge-patch+json' } };
  const taken = (
    await askApi(running, `${group}/configmaps/m?fieldManager=other`, { ...patch, body: { data: { x: '2' } } })
  ).json;
  t.deepEqual(
    taken.metadata.managedFields.map((e: { manager: string; fieldsV1: unknown }) => [e.manager, e.fieldsV1]),
    [
      ['kubectl', { 'f:data': { '.': {} }, 'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } } }],
      ['other', { 'f:data': { 'f:x': {} } }],
    ],
  );
});

test('tables: columns, rows, partial objects', async t => {
  const running = await startServers(t);
  running.store.create('Cmd', { apiVersion: '', kind: 'Cmd', ...cmd('a') });
  const headers = { Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
  const table = (await askApi(running, `${group}/cmds`, { headers })).json;
  t.like(table, { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: { resourceVersion: '2' } });
  t.deepEqual(
    table.columnDefinitions.filter((c: { priority: number }) => c.priority === 0).map((c: { name: string }) => c.name),
    ['Name', 'Created At'],
  );
  t.is(table.rows[0].cells[0], 'a');
  t.is(table.rows[0].object.kind, 'PartialObjectMetadata');
  const one = (await askApi(running, `${group}/cmds/a?includeObject=Object`, { headers })).json;
  t.is(one.rows[0].object.kind, 'Cmd');
  t.is((await askApi(running, `${group}/cmds`, { headers: { Accept: 'application/xml' } })).code, 406);
  const yaml = await askApi(running, `${group}/cmds/a`, { headers: { Accept: 'application/yaml' } });
  t.regex(yaml.text, /^apiVersion: tilt.dev\/v1alpha1\nkind: Cmd\nmetadata:\n {2}creationTimestamp: /);
});

test('selectors choose what is listed and what is deleted', async t => {
  const running = await startServers(t);
  for (const name of ['a', 'b', 'c'])
    running.store.create('Cmd', { apiVersion: '', kind: 'Cmd', ...cmd(name, { metadata: { labels: { n: name } } }) });
  const names = async (query: string) =>
    (await askApi(running, `${group}/cmds?${query}`)).json.items.map(
      (i: { metadata: { name: string } }) => i.metadata.name,
    );
  t.deepEqual(await names('labelSelector=n%20in%20(a,c)'), ['a', 'c']);
  t.deepEqual(await names('fieldSelector=metadata.name%3Db'), ['b']);
  const gone = (await askApi(running, `${group}/cmds?labelSelector=n!%3Db`, { method: 'DELETE' })).json;
  t.is(gone.items.length, 2);
  t.deepEqual(await names(''), ['b']);
});

test('a watch sends what there is, then every change, and ends on time', async t => {
  const running = await startServers(t);
  const { store } = running;
  store.create('Cmd', { apiVersion: '', kind: 'Cmd', ...cmd('a') });
  const reader = watch(running, `${group}/cmds?watch=true&timeoutSeconds=600`);
  t.is(seen(await reader.next()), 'ADDED a');
  for (let i = 0; i < 50; i++) store.setStatus('Cmd', 'a', { waiting: { reason: String(i) } });
  store.delete('Cmd', 'a');
  const reasons: string[] = [];
  for (let i = 0; i < 50; i++) reasons.push(JSON.parse(await reader.next()).object.status.waiting.reason);
  t.deepEqual(
    reasons,
    Array.from({ length: 50 }, (_, i) => String(i)),
  );
  t.is(seen(await reader.next()), 'DELETED a');
  reader.close();
  const short = watch(running, `${group}/watch/cmds?timeoutSeconds=1`);
  await until(() => short.isEnded);
  t.pass();
});

test('a watch goes on from a version, and says Expired when that is forgotten', async t => {
  const running = await startServers(t);
  const { store } = running;
  store.create('Cmd', { apiVersion: '', kind: 'Cmd', ...cmd('a') });
  store.setStatus('Cmd', 'a', { ready: true });
  const reader = watch(running, `${group}/cmds?watch=1&resourceVersion=2`);
  t.is(seen(await reader.next()), 'MODIFIED a');
  reader.close();
  for (let i = 0; i < 10_001; i++) store.setStatus('Cmd', 'a', { waiting: { reason: String(i) } });
  const late = watch(running, `${group}/cmds?watch=1&resourceVersion=2`);
  const { type, object } = JSON.parse(await late.next());
  t.is(type, 'ERROR');
  t.like(object, { kind: 'Status', reason: 'Expired', code: 410 });
  await until(() => late.isEnded);
});

test('with a selector objects come when they begin to match and go when they cease to', async t => {
  const running = await startServers(t);
  const { store } = running;
  const put = (labels: Record<string, string>) =>
    store.upsert('Cmd', { apiVersion: '', kind: 'Cmd', ...cmd('a', { metadata: { labels } }) });
  put({ x: 'no' });
  const reader = watch(running, `${group}/cmds?watch=1&labelSelector=x%3Dyes`);
  const other = watch(running, `${group}/cmds?watch=1`);
  t.is(seen(await other.next()), 'ADDED a');
  put({ x: 'yes' });
  t.is(seen(await reader.next()), 'ADDED a');
  put({ x: 'yes', y: '1' });
  t.is(seen(await reader.next()), 'MODIFIED a');
  put({ x: 'no' });
  t.is(seen(await reader.next()), 'DELETED a');
  reader.close();
  other.close();
});

test('a watch list marks where the present ends', async t => {
  const running = await startServers(t);
  running.store.create('Cmd', { apiVersion: '', kind: 'Cmd', ...cmd('a') });
  const query = 'watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
  const reader = watch(running, `${group}/cmds?${query}`);
  t.is(seen(await reader.next()), 'ADDED a');
  const { type, object } = JSON.parse(await reader.next());
  t.is(type, 'BOOKMARK');
  t.deepEqual(object.metadata, { resourceVersion: '2', annotations: { 'k8s.io/initial-events-end': 'true' } });
  reader.close();
});

test('50 watchers get 1,000 updates each, in order, and leave nothing behind', async t => {
  // A machine that is busy otherwise takes longer; what is asserted is that nothing is lost.
  t.timeout(300_000);
  const running = await startServers(t);
  const { store } = running;
  store.create('Cmd', { apiVersion: '', kind: 'Cmd', ...cmd('a') });
  const readers = Array.from({ length: 50 }, () => watch(running, `${group}/cmds?watch=1`));
  await Promise.all(readers.map(reader => reader.next()));
  for (let i = 0; i < 1_000; i++) store.setStatus('Cmd', 'a', { waiting: { reason: String(i) } });
  for (const reader of readers)
    for (let i = 0; i < 1_000; i++) {
      const line = await reader.next();
      if (!line.includes(`"reason":"${i}"`)) t.fail(`expected update ${i}, got ${line}`);
    }
  for (const reader of readers) {
    t.false(reader.isEnded);
    reader.close();
  }
});

test('the Tiltfile that a session stands on stays', async t => {
  const running = await startServers(t);
  const { store } = running;
  const remove = (at: string) => askApi(running, `${group}/${at}`, { method: 'DELETE' });
  const tiltfile = (name: string) => ({ apiVersion: '', kind: 'Tiltfile', metadata: { name }, spec: { path: '/x' } });
  for (const name of ['(Tiltfile)', 'ext']) store.create('Tiltfile', tiltfile(name));
  t.is((await remove('tiltfiles/(Tiltfile)')).code, 200, 'without a session it is an object like others');
  store.create('Tiltfile', tiltfile('(Tiltfile)'));
  store.create('Session', {
    apiVersion: '',
    kind: 'Session',
    metadata: { name: 'Tiltfile' },
    spec: { tiltfilePath: '/x', exitCondition: 'manual' },
  });
  const refused = await remove('tiltfiles/(Tiltfile)');
  t.is(refused.code, 403);
  t.is(
    refused.json.message,
    'tiltfiles.tilt.dev "(Tiltfile)" is forbidden: the session stands on it; "tilt stop" ends the session',
  );
  t.is((await remove('tiltfiles')).code, 200);
  t.deepEqual(
    store.list('Tiltfile').map(({ metadata }) => metadata.name),
    ['(Tiltfile)'],
  );
});

test('bodies over 20 MiB, deep nesting and strange keys do no harm', async t => {
  const running = await startServers(t);
  const big = await askApi(running, `${group}/cmds`, {
    method: 'POST',
    body: Buffer.alloc(20 * 2 ** 20 + 1, 32),
  }).catch(
    // The server may close while the client still sends.
    (error: NodeJS.ErrnoException) => ({
      code: error.code === 'EPIPE' || error.code === 'ECONNRESET' ? 413 : 0,
      json: {},
    }),
  );
  t.is(big.code, 413);
  const depth = 200_000;
  const nested = `{"metadata":{"name":"n"},"spec":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
  t.is(
    (await askApi(running, `${group}/cmds`, { method: 'POST', body: nested })).code,
    201,
    'an unknown field is not even looked into',
  );
  const patch = { method: 'PATCH', headers: { 'Content-Type': 'application/merge-patch+json' } };
  t.is((await askApi(running, `${group}/cmds/n`, { ...patch, body: nested })).code, 400);
  const evil =
    '{"metadata":{"name":"p","labels":{"constructor":"x"}},"__proto__":{"y":1},"constructor":{"prototype":{"z":1}}}';
  t.is((await askApi(running, `${group}/cmds`, { method: 'POST', body: evil })).code, 201);
  t.is(({} as Record<string, unknown>)['y'], undefined);
  t.is((await askApi(running, '/healthz')).text, 'ok');
});

test('metadata is held to the rules of Kubernetes', async t => {
  const running = await startServers(t);
  const create = (metadata: object) =>
    askApi(running, `${group}/configmaps`, {
      method: 'POST',
      body: JSON.stringify({ metadata: { name: 'm', ...metadata } }),
    });
  const owner = { apiVersion: 'v1', kind: 'x', name: 'x', uid: '1', controller: true };
  for (const [metadata, field, message] of [
    [{ labels: { 'a b': 'x' } }, 'metadata.labels', /^Invalid value: "a b": name part must consist/],
    [{ labels: { a: 'x y' } }, 'metadata.labels', /^Invalid value: "x y": a valid label must be an empty string or/],
    [{ labels: { a: 'x'.repeat(64) } }, 'metadata.labels', /must be no more than 63 bytes$/],
    [{ labels: { 'A_/b': 'x' } }, 'metadata.labels', /prefix part a lowercase RFC 1123 subdomain/],
    [{ annotations: { 'a/b/c': '' } }, 'metadata.annotations', /^Invalid value: "a\/b\/c": a valid label key must/],
    [
      { annotations: { a: 'x'.repeat(300_000) } },
      'metadata.annotations',
      /^Too long: may not be more than 262144 bytes$/,
    ],
    [{ finalizers: [''] }, 'metadata.finalizers', /^Invalid value: "": name part must be non-empty$/],
    [{ ownerReferences: [{ kind: 'x' }] }, 'metadata.ownerReferences.apiVersion', /version must not be empty$/],
    [{ ownerReferences: [owner, owner] }, 'metadata.ownerReferences', /Only one reference can have Controller set/],
  ] as const) {
    const refused = await create(metadata);
    t.is(refused.code, 422, field);
    t.is(refused.json.details.causes[0].field, field);
    t.regex(refused.json.details.causes[0].message, message);
  }
  const fine = {
    labels: { 'ex.com/A_b.c-d': '', x: 'Y_z.1-2' },
    annotations: { 'ex.com/a': 'any \n text' },
    finalizers: ['x', 'a/b'],
  };
  t.is((await create(fine)).code, 201);
  const patch = { method: 'PATCH', headers: { 'Content-Type': 'application/merge-patch+json' } };
  const patched = await askApi(running, `${group}/configmaps/m`, {
    ...patch,
    body: { metadata: { labels: { '': 'x' } } },
  });
  t.is(patched.code, 422);
});

test('YAML that unfolds without end is refused', async t => {
  const running = await startServers(t);
  const create = (body: string) =>
    askApi(running, `${group}/cmds`, { method: 'POST', headers: { 'Content-Type': 'application/yaml' }, body });
  const levels = Array.from({ length: 9 }, (_, i) => `k${i + 1}: &k${i + 1} [${`*k${i},`.repeat(10)}]\n`).join('');
  const bomb = await create(`metadata: {name: a}\nk0: &k0 [x]\n${levels}`);
  t.is(bomb.code, 400);
  t.regex(bomb.json.message, /document contains excessive aliasing/);
  const long = await create(`metadata: {name: a}\nspec: {args: [&a "${'x'.repeat(300_000)}"${',*a'.repeat(90)}]}\n`);
  t.is(long.code, 413);
  t.is((await create('metadata: {name: a}\nspec: {dir: &d /x, env: [*d, *d]}\n')).code, 201);
  // As Kubernetes reads it: a bare yes is no text.
  t.is((await create('metadata: {name: b}\nspec: {dir: yes}\n')).code, 400);
});

test('names that a terminal would obey are escaped in messages', async t => {
  const running = await startServers(t);
  const answer = await askApi(running, `${group}/cmds/a%1b%5b31m%0a%22`);
  t.is(answer.json.message, 'cmds.tilt.dev "a\\x1b[31m\\n\\"" not found');
});

test('what the types promise is there, and server-side apply owns only what it was given', async t => {
  const running = await startServers(t);
  const create = (plural: string, body: object) => askApi(running, `${group}/${plural}`, { method: 'POST', body });
  t.deepEqual((await create('tiltfiles', { metadata: { name: 'a' } })).json.spec, { path: '' });
  t.deepEqual((await create('cmds', { metadata: { name: 'a' } })).json.spec, {});
  const toggle = await create('togglebuttons', {
    metadata: { name: 'a' },
    spec: { stateSource: { configMap: { offValue: 'x' } } },
  });
  t.deepEqual(toggle.json.spec, {
    location: { componentID: '', componentType: '' },
    on: { text: '' },
    off: { text: '' },
    defaultOn: false,
    stateSource: { configMap: { name: '', key: '', offValue: 'x' } },
  });
  const applied = await askApi(running, `${group}/tiltfiles/b?fieldManager=me`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/apply-patch+yaml' },
    body: 'apiVersion: tilt.dev/v1alpha1\nkind: Tiltfile\nspec: {args: [x]}\n',
  });
  t.deepEqual(applied.json.spec, { args: ['x'], path: '' });
  t.deepEqual(applied.json.metadata.managedFields[0].fieldsV1, { 'f:spec': { 'f:args': {} } });
});

test('a key that comes twice is told of with its path', async t => {
  const running = await startServers(t);
  const body =
    '{"metadata":{"name":"a"},"spec":{"env":["x,{"],"env":[ ],"readinessProbe":{"exec":{"command":["a"]},"exec" :{}},"dir":"\\"a\\":"}}';
  const create = (query: string) => askApi(running, `${group}/cmds?${query}`, { method: 'POST', body });
  const twice = 'duplicate field "spec.env", duplicate field "spec.readinessProbe.exec"';
  const refused = await create('fieldValidation=Strict');
  t.is(refused.json.message, `Cmd in version "v1alpha1" cannot be handled as a Cmd: strict decoding error: ${twice}`);
  const made = await create('');
  t.is(made.code, 201);
  t.is(
    made.headers['warning'],
    '299 - "duplicate field \\"spec.env\\"", 299 - "duplicate field \\"spec.readinessProbe.exec\\""',
  );
  t.deepEqual(secondKeys('{"a":[{"b":1},{"b":1,"b":2,"c":{"d":[],"d":0}}],"a":{}}'), ['a[1].b', 'a[1].c.d', 'a']);
});

test('options of lists and watches are checked', async t => {
  const running = await startServers(t);
  for (const [query, code, message] of [
    ['limit=abc', 400, 'strconv.ParseInt: parsing "abc": invalid syntax'],
    ['watch=1&timeoutSeconds=1e9', 400, 'strconv.ParseInt: parsing "1e9": invalid syntax'],
    ['resourceVersionMatch=X&resourceVersion=1', 422, /Unsupported value: "X"/],
    ['resourceVersionMatch=Exact', 422, /forbidden unless resourceVersion is provided$/],
  ] as const) {
    const answer = await askApi(running, `${group}/cmds?${query}`);
    t.is(answer.code, code, query);
    if (typeof message === 'string') t.is(answer.json.message, message);
    else t.regex(answer.json.message, message);
  }
});

test('options of writes are checked', async t => {
  const running = await startServers(t);
  await askApi(running, `${group}/cmds`, { method: 'POST', body: cmd('a') });
  const merge = { method: 'PATCH', headers: { 'Content-Type': 'application/merge-patch+json' }, body: '{}' };
  const apply = { method: 'PATCH', headers: { 'Content-Type': 'application/apply-patch+yaml' } };
  const remove = (body: string) => ({ method: 'DELETE', body });
  for (const [query, request, code, message] of [
    ['force=true', merge, 422, /force: Forbidden: may not be specified for non-apply patch/],
    [`fieldManager=${'x'.repeat(129)}`, merge, 422, /fieldManager: Too long: may not be more than 128 bytes/],
    [
      'fieldValidation=x',
      merge,
      422,
      /fieldValidation: Unsupported value: "x": supported values: "", "Ignore", "Strict"/,
    ],
    ['', remove('{"preconditions":"x"}'), 400, /preconditions is no object/],
    ['', remove('{"preconditions":{"uid":7}}'), 400, /preconditions.uid is no text/],
    ['', remove('{"propagationPolicy":"x"}'), 422, /DeleteOptions.*propagationPolicy: Unsupported value: "x"/],
    ['fieldManager=x', { ...apply, body: 'spec: {}' }, 400, /^invalid object type: \/, Kind=$/],
    [
      'fieldManager=x',
      { ...apply, body: 'apiVersion: tilt.dev/v1alpha1\nkind: Cmd\nspec: {argz: []}' },
      400,
      /^failed to create typed patch object \(\/a; tilt.dev\/v1alpha1, Kind=Cmd\): .spec.argz: field not declared in schema$/,
    ],
  ] as const) {
    const answer = await askApi(running, `${group}/cmds/a?${query}`, request);
    t.is(answer.code, code, query);
    t.regex(answer.json.message, message);
  }
  t.is((await askApi(running, `${group}/cmds/a`)).code, 200);
});

test('closing ends every connection at once', async t => {
  const running = await startServers(t);
  const reader = watch(running, `${group}/cmds?watch=1`);
  running.store.create('Cmd', { apiVersion: '', kind: 'Cmd', ...cmd('a') });
  await reader.next();
  await running.api.close();
  await until(() => reader.isEnded);
  await t.throwsAsync(askApi(running, '/healthz'));
});

test('OpenAPI documents of both versions hold together', async t => {
  const running = await startServers(t);
  const index = (await askApi(running, '/openapi/v3')).json;
  const { serverRelativeURL } = index.paths['apis/tilt.dev/v1alpha1'];
  const v3 = await askApi(running, serverRelativeURL);
  const v2 = await askApi(running, '/openapi/v2');
  const documents = [
    [v3.json.components.schemas, '#/components/schemas/', v3],
    [v2.json.definitions, '#/definitions/', v2],
  ] as const;
  for (const [schemas, prefix, { text, headers }] of documents) {
    for (const [, target] of text.matchAll(/"\$ref":"([^"]+)"/g))
      t.true(target!.startsWith(prefix) && target!.slice(prefix.length) in schemas, target);
    const kinds = Object.values(schemas as Record<string, { 'x-kubernetes-group-version-kind'?: { kind: string }[] }>)
      .flatMap(schema => schema['x-kubernetes-group-version-kind'] ?? [])
      .map(gvk => gvk.kind);
    t.is(kinds.filter(kind => !kind.endsWith('List')).length, 22);
    const again = { headers: { 'If-None-Match': headers.etag! } };
    t.is((await askApi(running, prefix === '#/definitions/' ? '/openapi/v2' : serverRelativeURL, again)).code, 304);
  }
  const binary = { headers: { Accept: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf' } };
  t.is((await askApi(running, '/openapi/v2', binary)).code, 406);
  t.is((await askApi(running, '/openapi/v3/api/v1')).code, 404);
});

test('server-side apply creates, changes, and says who is in the way', async t => {
  const running = await startServers(t);
  const apply = (spec: unknown, query: string) =>
    askApi(running, `${group}/cmds/a?${query}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/apply-patch+yaml' },
      body: `apiVersion: tilt.dev/v1alpha1\nkind: Cmd\nmetadata:\n  name: a\nspec: ${JSON.stringify(spec)}\n`,
    });
  const made = await apply({ args: ['x'] }, 'fieldManager=me');
  t.is(made.code, 201);
  t.like(made.json.metadata.managedFields[0], {
    manager: 'me',
    operation: 'Apply',
    fieldsV1: { 'f:spec': { 'f:args': {} } },
  });
  const same = await apply({ args: ['x'] }, 'fieldManager=me');
  t.is(same.json.metadata.resourceVersion, made.json.metadata.resourceVersion);
  const refused = await apply({ args: ['y'] }, 'fieldManager=you');
  t.is(refused.json.message, 'Apply failed with 1 conflict: conflict with "me" using tilt.dev/v1alpha1: .spec.args');
  t.deepEqual((await apply({ args: ['y'] }, 'fieldManager=you&force=true')).json.spec, { args: ['y'] });
  t.is(
    (await apply({ args: ['y'] }, '')).json.message,
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  );
});

test('a watcher that does not read is cut off before it costs memory; the others go on', async t => {
  const running = await startServers(t);
  const { store, api, token, certificate } = running;
  store.create('ConfigMap', { apiVersion: '', kind: 'ConfigMap', metadata: { name: 'm' }, data: {} });
  const lazy = tls.connect({ host: '127.0.0.1', port: api.port, ca: certificate.certificate, servername: '' });
  t.teardown(() => lazy.destroy());
  let isCut = false;
  lazy.on('error', () => {});
  lazy.on('close', () => {
    isCut = true;
  });
  lazy.write(`GET ${group}/configmaps?watch=1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await new Promise(resolve => lazy.once('data', resolve));
  lazy.pause();
  const reader = watch(running, `${group}/configmaps?watch=1`);
  await reader.next();
  const text = 'x'.repeat(2 ** 20);
  for (let i = 0; i < 48; i++) {
    store.upsert('ConfigMap', {
      apiVersion: '',
      kind: 'ConfigMap',
      metadata: { name: 'm' },
      data: { text, i: String(i) },
    });
    t.is(JSON.parse(await reader.next()).object.data.i, String(i));
  }
  lazy.resume();
  await until(() => isCut);
  reader.close();
});
