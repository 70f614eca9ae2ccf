// Extension and ExtensionRepo objects: what they become, and what goes with them (reference 2.9, 3.8). Repositories are real
// folders and real clones on this disk; Tiltfiles are answered by the test.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { nodeDisk } from '../../src/adapters/disk/node-disk.ts';
import type { Kind, Kinds } from '../../src/api/kinds.ts';
import { annotations, apiVersion, mainTiltfile } from '../../src/api/meta.ts';
import { makeExtensionController } from '../../src/controllers/extension-controller.ts';
import { ExtensionRepoController } from '../../src/controllers/extension-repo-controller.ts';
import { areExtensionsSettling } from '../../src/controllers/extensions-settling.ts';
import type { FetchedRepos } from '../../src/tiltfile/extension-repo.ts';
import type { HostCommand } from '../../src/tiltfile/host-calls.ts';
import { local, makeEngine, result, settle } from './engine-fixture.ts';

type ObjectOf<K extends Kind> = Kinds[K];

function object<K extends Kind>(kind: K, name: string, spec: object, notes?: Record<string, string>): ObjectOf<K> {
  const metadata = { name, ...(notes ? { annotations: notes } : {}) };
  return { apiVersion, kind, metadata, spec } as unknown as ObjectOf<K>;
}

/** A session with extension controllers; its folder holds `ext/one/Tiltfile` and `modules`. */
function makeSession(t: ExecutionContext) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-ext-')));
  fs.mkdirSync(path.join(folder, 'ext/one'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'ext/one/Tiltfile'), '');
  const fetched: FetchedRepos = new Map();
  const commands: string[] = [];
  const env = { HOME: folder, PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' };
  const run = async ({ args, dir }: HostCommand) => {
    commands.push(args.slice(0, 2).join(' '));
    const done = spawnSync(args[0]!, args.slice(1), { cwd: dir, env, encoding: 'latin1' });
    return { exitCode: done.status ?? 1, stdout: done.stdout, stderr: done.stderr };
  };
  const modules = path.join(folder, 'modules');
  const engine = makeEngine(({ store, clock, logs }) => [
    new ExtensionRepoController({ store, clock, logs, fetched, run, disk: nodeDisk, modules: () => modules }),
    makeExtensionController({ store, logs, disk: nodeDisk }),
  ]);
  t.teardown(async () => {
    await engine.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const { store } = engine;
  return {
    ...engine,
    folder,
    modules,
    commands,
    fetched,
    names: (kind: Kind) =>
      store
        .list(kind)
        .map(o => o.metadata.name)
        .sort(),
    status: (kind: 'Extension' | 'ExtensionRepo', name: string) => store.get(kind, name)?.status,
    /** What the Tiltfile of that name, whose run goes on, gives. */
    async finish(name: string, given: Parameters<typeof engine.load>[0]) {
      engine.loads
        .filter(load => load.name === name)
        .at(-1)!
        .finish(given);
      await settle();
    },
    repo: () => object('ExtensionRepo', 'r', { url: `file://${folder}/ext` }),
    /** A bare repository with the tags v1 and v2, known as https://example.com/me/ext. */
    makeRemote() {
      const git = (...args: string[]): void =>
        void execFileSync('git', args, { cwd: `${folder}/ext`, env, stdio: 'ignore' });
      fs.writeFileSync(
        `${folder}/.gitconfig`,
        `[user]\n\tname = me\n\temail = me@example.com\n[safe]\n\tdirectory = *\n[url "file://${folder}/bare.git"]\n\tinsteadOf = https://example.com/me/ext\n`,
      );
      git('init', '--quiet');
      for (const version of ['v1', 'v2']) {
        fs.writeFileSync(`${folder}/ext/one/Tiltfile`, `# ${version}\n`);
        git('add', '.');
        git('commit', '-m', version);
        git('tag', version);
      }
      git('clone', '--quiet', '--bare', '.', `${folder}/bare.git`);
    },
  };
}

/** Waits for what real commands bring about. */
async function until(isTrue: () => boolean, what: string): Promise<void> {
  const endMs = Date.now() + 20_000;
  while (!isTrue()) {
    if (Date.now() > endMs) throw new Error(`${what} did not come`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  await settle();
}

const one = (args?: readonly string[]) =>
  object('Extension', 'one', { repoName: 'r', repoPath: 'one', ...(args ? { args } : {}) });

test('an extension becomes a Tiltfile with its arguments, label and owner', async t => {
  const { load, repo, store, status, folder, loads } = makeSession(t);
  await load(result([local('a')], { objects: [repo(), one(['--who=me'])] }));
  const file = path.join(folder, 'ext/one/Tiltfile');
  t.deepEqual(status('Extension', 'one'), { path: file });
  t.like(status('ExtensionRepo', 'r'), { path: path.join(folder, 'ext'), error: undefined });
  const tiltfile = store.get('Tiltfile', 'one')!;
  t.deepEqual(tiltfile.spec, {
    path: file,
    labels: { 'extension.one': 'extension.one' },
    args: ['--who=me'],
    restartOn: { fileWatches: ['configs:one'] },
  });
  t.like(tiltfile.metadata.ownerReferences?.[0], { kind: 'Extension', name: 'one', controller: true });
  t.deepEqual(
    loads.map(({ name, path: at, args }) => [name, at, args]),
    [
      [mainTiltfile, '/p/Tiltfile', []],
      ['one', file, ['--who=me']],
    ],
  );
});

test("what its Tiltfile defines has the Tiltfile's label, row and watch, and counts beside the main one's", async t => {
  const session = makeSession(t);
  const { store, folder } = session;
  await session.load(result([local('a')], { objects: [session.repo(), one()] }));
  t.true(areExtensionsSettling(store));
  const configFiles = [path.join(folder, 'ext/one/Tiltfile')];
  await session.finish('one', result([local('b', { spec: { labels: { mine: 'mine' } } })], { configFiles }));
  t.false(areExtensionsSettling(store));
  const group = { 'extension.one': 'extension.one' };
  t.deepEqual(store.get('UIResource', 'b')?.metadata.labels, { ...group, mine: 'mine' });
  for (const [kind, name] of [
    ['UIResource', 'one'],
    ['FileWatch', 'configs:one'],
    ['ConfigMap', 'b-disable'],
    ['Cmd', 'b:update'],
  ] as const) {
    const { metadata } = store.get(kind, name)!;
    t.deepEqual([metadata.labels, metadata.ownerReferences?.[0]?.name], [group, 'one'], name);
  }
  t.is(store.get('ConfigMap', 'b-disable')?.metadata.annotations?.[annotations.resource], 'one');
  t.deepEqual(
    [mainTiltfile, 'one', 'a', 'b'].map(name => store.get('UIResource', name)?.status?.order),
    [1, 2, 3, 4],
  );
  t.deepEqual(
    session.builds.map(build => build.name),
    ['a', 'b'],
  );
});

test('each has failures and files of its own', async t => {
  const session = makeSession(t);
  const { store, folder, loads } = session;
  await session.load(result([local('a')], { objects: [session.repo(), one()] }));
  await session.finish('one', result([local('b')]));
  await session.change('configs:one', path.join(folder, 'ext/one/Tiltfile'));
  t.deepEqual(
    loads.map(load => load.name),
    [mainTiltfile, 'one', 'one'],
  );
  await session.finish('one', result([], { error: { message: 'broken', diagnostics: [] } }));
  t.is(store.get('Tiltfile', 'one')?.status?.terminated?.error, 'broken');
  t.is(store.get('Tiltfile', mainTiltfile)?.status?.terminated?.error, undefined);
  t.is(store.get('UIResource', 'one')?.status?.updateStatus, 'error');
  t.truthy(store.get('Manifest', 'b'));
});

test('an extension that goes takes all that it made along, whoever made it', async t => {
  const session = makeSession(t);
  const { store, load, change, finish, names } = session;
  const extcm = object('ConfigMap', 'extcm', {});
  await load(result([local('a')], { objects: [session.repo(), one()] }));
  store.create('Extension', object('Extension', 'mine', { repoName: 'r', repoPath: 'one' }));
  await settle();
  await finish('one', result([local('b')], { objects: [extcm] }));
  await finish('mine', result([local('c')]));
  t.deepEqual(names('Manifest'), ['a', 'b', 'c']);
  await change(`configs:${mainTiltfile}`, '/p/Tiltfile');
  await load(result([local('a')], { objects: [session.repo()] }));
  t.deepEqual(
    [names('Tiltfile'), names('Manifest')],
    [
      [mainTiltfile, 'mine'],
      ['a', 'c'],
    ],
  );
  t.deepEqual(names('ConfigMap'), ['a-disable', 'c-disable', 'tilt-trigger-queue']);
  store.delete('Extension', 'mine');
  await settle();
  t.deepEqual([names('Tiltfile'), names('UIResource')], [[mainTiltfile], [mainTiltfile, 'a']]);
  t.deepEqual(names('FileWatch'), [`configs:${mainTiltfile}`]);
});

test('an extension that goes while it is loaded leaves nothing', async t => {
  const session = makeSession(t);
  await session.load(result([local('a')], { objects: [session.repo(), one()] }));
  const run = session.loads.at(-1)!;
  session.store.delete('Extension', 'one');
  await settle();
  t.true(run.signal.aborted);
  t.deepEqual(
    [session.names('UIResource'), session.names('FileWatch')],
    [[mainTiltfile, 'a'], [`configs:${mainTiltfile}`]],
  );
});

test('rows move up when a Tiltfile before them goes', async t => {
  const session = makeSession(t);
  const two = object('Extension', 'two', { repoName: 'r', repoPath: 'one' });
  await session.load(result([local('a')], { objects: [session.repo(), one(), two] }));
  await session.finish('one', result([]));
  await session.finish('two', result([]));
  const orders = (): unknown[] => ['two', 'a'].map(name => session.store.get('UIResource', name)?.status?.order);
  t.deepEqual(orders(), [3, 4]);
  session.store.delete('Extension', 'one');
  await settle();
  t.deepEqual(orders(), [2, 3]);
});

test('what a Tiltfile loads for its functions does not run', async t => {
  const session = makeSession(t);
  const loaded = object(
    'Extension',
    'one',
    { repoName: 'r', repoPath: 'one' },
    { [annotations.managedBy]: 'tiltfile.loader' },
  );
  await session.load(result([local('a')], { objects: [session.repo(), loaded] }));
  t.deepEqual(session.names('Tiltfile'), [mainTiltfile]);
  t.truthy((session.status('Extension', 'one') as { path?: string }).path);
  t.false(areExtensionsSettling(session.store));
});

test('what cannot be found is said in the status and in the log', async t => {
  const session = makeSession(t);
  const { store, status, log, folder, clock } = session;
  const objects = [
    session.repo(),
    object('ExtensionRepo', 'no', { url: `file://${folder}/zz` }),
    object('Extension', 'escape', { repoName: 'r', repoPath: '../x' }),
    object('Extension', 'late', { repoName: 'r', repoPath: 'late' }),
    object('Extension', 'nowhere', { repoName: 'no', repoPath: 'x' }),
    object('Extension', 'unknown', { repoName: 'zz', repoPath: 'x' }),
    object('Extension', 'a', { repoName: 'r', repoPath: 'one' }),
  ];
  await session.load(result([local('a')], { objects }));
  const error = (kind: 'Extension' | 'ExtensionRepo', name: string) => (status(kind, name) as { error?: string }).error;
  t.is(error('Extension', 'escape'), 'invalid repo path: ../x');
  t.is(error('Extension', 'late'), `no extension tiltfile found at ${folder}/ext/late/Tiltfile`);
  t.is(error('ExtensionRepo', 'no'), `loading: stat ${folder}/zz: no such file or directory`);
  t.is(error('Extension', 'nowhere'), 'extension repo not loaded: no');
  t.is(error('Extension', 'unknown'), 'extension repo not found: zz');
  t.is(error('Extension', 'a'), 'Extension "a" has the same name as a resource. Rename one of them');
  t.true(log.includes('|error|extension escape: invalid repo path: ../x'));
  t.false(log.some(line => line.includes('nowhere') || line.includes('unknown')));
  fs.mkdirSync(`${folder}/ext/late`);
  fs.writeFileSync(`${folder}/ext/late/Tiltfile`, '');
  clock.advance(2000);
  await settle();
  t.deepEqual(status('Extension', 'late'), { path: `${folder}/ext/late/Tiltfile` });
  t.truthy(store.get('Tiltfile', 'late'));
});

test('two Tiltfiles may name the same object, not another one of its name; a resource belongs to the first', async t => {
  const session = makeSession(t);
  const { store, log } = session;
  const same = object('ExtensionRepo', 'shared', { url: 'file:///tmp' });
  await session.load(result([local('a')], { objects: [session.repo(), one(), same] }));
  const other = object('ExtensionRepo', 'r', { url: 'file:///' });
  await session.finish('one', result([local('a'), local('b')], { objects: [same, other] }));
  const said = log.filter(line => line.includes('two tiltfiles'));
  t.deepEqual(said, [
    'one|error|Resource defined in two tiltfiles: a',
    'one|error|Resource defined in two tiltfiles: ExtensionRepo r',
  ]);
  t.is(store.get('Manifest', 'a')?.spec?.tiltfile, mainTiltfile);
  // The other Tiltfile still names what this one drops.
  await session.change(`configs:${mainTiltfile}`, '/p/Tiltfile');
  await session.load(result([local('a')], { objects: [session.repo(), one()] }));
  t.is(store.get('ExtensionRepo', 'shared')?.metadata.ownerReferences?.[0]?.name, 'one');
});

test('a resource with the name of an extension is an error of the Tiltfile', async t => {
  const session = makeSession(t);
  await session.load(result([local('a')], { objects: [session.repo(), one()] }));
  await session.finish('one', result([local('one')]));
  t.is(
    session.store.get('Tiltfile', 'one')?.status?.terminated?.error,
    'A resource cannot be named "one": an extension has this name',
  );
});

test('a Tiltfile object may be run again and stopped by buttons, and again by watches of others', async t => {
  const session = makeSession(t);
  const { store, clock, loads } = session;
  await session.load(result([local('a')]));
  const location = { componentID: 'a', componentType: 'Resource' };
  for (const name of ['go', 'halt']) store.create('UIButton', object('UIButton', name, { location, text: name }));
  const spec = {
    path: '/p/more/Tiltfile',
    restartOn: { uiButtons: ['go'], fileWatches: ['other'] },
    stopOn: { uiButtons: ['halt'] },
  };
  store.create('FileWatch', object('FileWatch', 'other', { watchedPaths: ['/p/x'] }));
  store.create('Tiltfile', object('Tiltfile', 'more', spec));
  await settle();
  await session.finish('more', result([]));
  const click = async (name: string): Promise<void> => {
    clock.advance(10);
    const lastClickedAt = `${new Date(clock.now()).toISOString().slice(0, 23)}000Z`;
    store.setStatus('UIButton', name, { lastClickedAt });
    await settle();
  };
  await click('go');
  t.is(loads.length, 3);
  await click('halt');
  t.true(loads[2]!.signal.aborted);
  await session.change('other', '/p/x');
  t.is(loads.length, 4);
  t.true(session.log.includes('more|info|1 File Changed: [x]'));
});

test('a repository is cloned once, at its version, and tells its commit', async t => {
  const session = makeSession(t);
  session.makeRemote();
  const repo = (ref: string) => object('ExtensionRepo', 'g', { url: 'https://example.com/me/ext', ref });
  const checkout = path.join(session.modules, 'example.com/me/ext');
  const read = (): string => fs.readFileSync(path.join(checkout, 'one/Tiltfile'), 'utf8');
  const status = () => session.status('ExtensionRepo', 'g') as Record<string, string> | undefined;
  session.store.create('ExtensionRepo', repo('v1'));
  await until(() => status()?.['path'] !== undefined, 'the clone');
  t.is(read(), '# v1\n');
  t.regex(status()!['checkoutRef']!, /^[0-9a-f]{40}$/);
  t.truthy(status()!['lastFetchedAt']);
  const first = status()!['checkoutRef'];
  session.store.upsert('ExtensionRepo', repo('v2'));
  await until(() => status()?.['checkoutRef'] !== first, 'the other version');
  t.is(read(), '# v2\n');
  t.is(session.commands.filter(command => command === 'git clone').length, 1);
  session.store.delete('ExtensionRepo', 'g');
  await until(() => !fs.existsSync(checkout), 'the end of the checkout');
});

test('a checkout stays as long as another repository object names it; a folder of the user stays always', async t => {
  const session = makeSession(t);
  session.makeRemote();
  const { store } = session;
  const url = 'https://example.com/me/ext';
  const checkout = path.join(session.modules, 'example.com/me/ext');
  for (const name of ['g', 'h']) store.create('ExtensionRepo', object('ExtensionRepo', name, { url }));
  store.create('ExtensionRepo', session.repo());
  const isThere = (name: string) => (session.status('ExtensionRepo', name) as { path?: string } | undefined)?.path;
  await until(() => ['g', 'h', 'r'].every(isThere), 'the clone');
  store.delete('ExtensionRepo', 'g');
  store.delete('ExtensionRepo', 'r');
  await settle();
  t.true(fs.existsSync(checkout));
  t.true(fs.existsSync(path.join(session.folder, 'ext/one/Tiltfile')));
  store.upsert('ExtensionRepo', object('ExtensionRepo', 'h', { url: 'https://example.com/other' }));
  await until(() => !fs.existsSync(checkout), 'the end of the checkout');
});

test('a download that fails is tried again after 5 s, then after twice that', async t => {
  const session = makeSession(t);
  const { store, clock, commands } = session;
  store.create('ExtensionRepo', object('ExtensionRepo', 'off', { url: 'https://127.0.0.1:1/x' }));
  const error = () => (session.status('ExtensionRepo', 'off') as { error?: string } | undefined)?.error ?? '';
  await until(() => error() !== '', 'the failure');
  t.regex(error(), /^download error: waiting 5s before retrying\. Original error: exit status 128\ngit: fatal: /);
  clock.advance(4999);
  await settle();
  t.is(commands.length, 1);
  clock.advance(1);
  await until(() => error().includes('waiting 10s'), 'the second failure');
  t.is(commands.length, 2);
  // A new address is asked at once.
  store.upsert('ExtensionRepo', object('ExtensionRepo', 'off', { url: 'https://127.0.0.1:1/y' }));
  await until(() => commands.length === 3 && error().includes('waiting 5s'), 'the other address');
});

test('an address that names no repository never reaches the folder of all checkouts', async t => {
  const session = makeSession(t);
  fs.mkdirSync(path.join(session.modules, 'keep/.git'), { recursive: true });
  session.store.create('ExtensionRepo', object('ExtensionRepo', 'x', { url: 'https://a/../..' }));
  await until(() => session.status('ExtensionRepo', 'x') !== undefined, 'the status');
  t.deepEqual(session.status('ExtensionRepo', 'x'), { error: 'invalid: URL names no repository: https://a/../..' });
  session.store.delete('ExtensionRepo', 'x');
  await settle();
  t.true(fs.existsSync(path.join(session.modules, 'keep/.git')));
  t.deepEqual(session.commands, []);
});
