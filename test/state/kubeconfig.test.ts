import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { load } from 'js-yaml';
import { apiServerName, configFiles, portOfApiServer, readApiServers } from '../../src/state/api-servers.ts';
import { parseBlockYaml, writeBlockYaml } from '../../src/state/block-yaml.ts';
import { LockedError, withFileLock } from '../../src/state/file-lock.ts';
import { addApiServer, removeApiServer } from '../../src/state/kubeconfig.ts';
import { lockOptions, modeOf, tempDirectory } from './fixtures.ts';

const entry = (name: string, token = `token-${name}`) => ({
  name,
  server: 'https://127.0.0.1:40001',
  certificateAuthority: '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n',
  token,
});

test('names of API servers and their web ports', t => {
  t.is(apiServerName(10350), 'tilt-default');
  t.is(apiServerName(0), 'tilt-0');
  t.is(portOfApiServer('tilt-default'), 10350);
  t.is(portOfApiServer('tilt-10777'), 10777);
  t.is(portOfApiServer('minikube'), undefined);
});

test('TILT_CONFIG names a list of files in place of the state directory', t => {
  t.deepEqual(configFiles('/s', {}), ['/s/config']);
  t.deepEqual(configFiles('/s', { TILT_CONFIG: '/a::/b:/a' }), ['/a', '/b']);
});

test('an entry is added, replaced and removed; the file is readable by its user alone', async t => {
  const file = path.join(tempDirectory(t), 'config');
  await addApiServer([file], entry('tilt-default'), lockOptions());
  t.is(modeOf(file), '600');
  t.deepEqual(await readApiServers([file]), [entry('tilt-default')]);
  await addApiServer([file], entry('tilt-10777'), lockOptions());
  await addApiServer([file], entry('tilt-default', 'new'), lockOptions());
  t.deepEqual(
    (await readApiServers([file])).map(e => [e.name, e.token]),
    [
      ['tilt-10777', 'token-tilt-10777'],
      ['tilt-default', 'new'],
    ],
  );
  await removeApiServer([file], 'tilt-default', lockOptions(), 'other session');
  t.is((await readApiServers([file])).length, 2, 'an entry with another token stays');
  await removeApiServer([file], 'tilt-default', lockOptions(), 'new');
  await removeApiServer([file], 'tilt-10777', lockOptions());
  t.deepEqual(await readApiServers([file]), []);
  t.is(
    fs.readFileSync(file, 'utf8'),
    'apiVersion: v1\nclusters: null\ncontexts: null\ncurrent-context: ""\nkind: Config\nusers: null\n',
  );
  t.false(fs.existsSync(`${file}.lock`));
});

test('the socket of a session is an extension of its cluster; those of others are let be', async t => {
  const file = path.join(tempDirectory(t), 'config');
  const withSocket = { ...entry('tilt-1'), socketPath: '/run/x/tilt-1.sock' };
  await addApiServer([file], withSocket, lockOptions());
  await addApiServer([file], entry('tilt-2'), lockOptions());
  t.deepEqual(await readApiServers([file]), [withSocket, entry('tilt-2')]);
  for (const path of ['relative.sock', '7', 'null', '[]']) {
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/path: .*/, `path: ${path}`));
    t.deepEqual(await readApiServers([file]), [entry('tilt-1'), entry('tilt-2')], path);
  }
});

test('what others wrote into the file stays', async t => {
  const file = path.join(tempDirectory(t), 'config');
  fs.writeFileSync(
    file,
    'apiVersion: v1\nkind: Config\ncurrent-context: mine\nclusters:\n- name: mine\n  cluster: {server: "https://x", insecure-skip-tls-verify: true}\ncontexts:\n- context:\n    cluster: mine\n    namespace: n\n    user: mine\n  name: mine\nusers: []\npreferences: {}\n',
  );
  await addApiServer([file], entry('tilt-default'), lockOptions());
  const after = load(fs.readFileSync(file, 'utf8')) as Record<string, unknown[]>;
  t.is(after['current-context'] as unknown, 'mine');
  t.deepEqual(after['clusters']![0], {
    name: 'mine',
    cluster: { server: 'https://x', 'insecure-skip-tls-verify': true },
  });
  t.deepEqual(
    (await readApiServers([file])).map(e => e.name),
    ['mine', 'tilt-default'],
  );
});

test('of several files the first with an entry wins, and removal looks into all', async t => {
  const directory = tempDirectory(t);
  const [a, b] = [path.join(directory, 'a'), path.join(directory, 'b')];
  await addApiServer([b], entry('tilt-1', 'b'), lockOptions());
  t.deepEqual((await readApiServers([a, b]))[0]?.token, 'b');
  await addApiServer([a, b], entry('tilt-2'), lockOptions());
  t.false(fs.existsSync(a), 'new entries go to the first file that exists');
  await removeApiServer([a, b], 'tilt-1', lockOptions());
  t.deepEqual(
    (await readApiServers([a, b])).map(e => e.name),
    ['tilt-2'],
  );
});

test('twenty sessions that start at once all find their place, also beside the empty lock of Tilt', async t => {
  const file = path.join(tempDirectory(t), 'config');
  fs.writeFileSync(`${file}.lock`, '');
  const names = Array.from({ length: 20 }, (_, i) => `tilt-${20_000 + i}`);
  await Promise.all(names.map(name => addApiServer([file], entry(name), lockOptions([1], 60_000))));
  t.deepEqual(
    (await readApiServers([file])).map(e => e.name),
    names,
  );
  t.deepEqual(fs.readdirSync(path.dirname(file)), ['config']);
});

test('a lock of a living process is waited for, one of a dead process is taken over', async t => {
  const lock = path.join(tempDirectory(t), 'config.lock');
  const held = (pid: number) => JSON.stringify({ pid, startTime: 's', bootId: 'boot', nonce: 'n' });
  fs.writeFileSync(lock, held(7));
  await t.throwsAsync(
    withFileLock(lock, lockOptions([1, 7], 50), () => {}),
    { instanceOf: LockedError, message: /held by process 7/ },
  );
  t.is(fs.readFileSync(lock, 'utf8'), held(7), 'nobody touches a lock that is held');
  t.is(await withFileLock(lock, lockOptions([1], 50), () => modeOf(lock)), '600');
  t.deepEqual(fs.readdirSync(path.dirname(lock)), []);
});

test('a lock is given back when the work fails', async t => {
  const lock = path.join(tempDirectory(t), 'x.lock');
  await t.throwsAsync(
    withFileLock(lock, lockOptions(), () => Promise.reject(new Error('broken'))),
    { message: 'broken' },
  );
  t.false(fs.existsSync(lock));
});

for (const text of [
  'a: 1\nb: "x: y"\nc: \'it\'\'s\'\nd: null\ne:\nf: true\ng: {}\nh: []\ni: ""\n',
  '# comment\n---\nlist:\n- a\n- b: 1\n  c:\n    d: x\n-\n  e: f\nother:\n  - 1\n  - -2\n',
  '- - a\n  - b\n- c\n',
  'url: https://127.0.0.1:4000\n"quoted key": "\\u00e9\\n"\nspaced:   x y z  \n',
]) {
  test(`block YAML reads as the library reads it: ${JSON.stringify(text.slice(0, 30))}`, t => {
    t.deepEqual(parseBlockYaml(text)?.value, load(text));
  });
}

for (const text of [
  'a: &x 1\nb: *x\n',
  'a: |\n  text\n',
  'a: {b: c}\n',
  'a: b # c\n',
  'a: b\n c: d\n',
  'a:\n\t- b\n',
  'x: "\\x41"\n',
])
  test(`other YAML is left to the library: ${JSON.stringify(text)}`, t => {
    t.is(parseBlockYaml(text), undefined);
  });

test('what is written reads back the same, in both readers', t => {
  const value = {
    a: ['x', { b: 1, c: [] }, ['n', ['m']], {}],
    'k: e': 'yes',
    n: {
      deep: { deeper: 'null' },
      empty: '',
      number: '0123',
      time: '12:30',
      colon: 'a: b',
      hash: 'a #b',
      line: 'a\nb',
    },
    token: 'h81IeppZJzCvo2DlJHRJwxkV-_==',
    z: null,
  };
  const text = writeBlockYaml(value);
  t.deepEqual(load(text), value);
  t.deepEqual(parseBlockYaml(text)?.value, value);
});
