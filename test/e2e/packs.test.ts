// Commands that have a pack give the same from the pack as from the modules, whatever became of the pack.
import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { neverAborted } from '../../src/base/abort.ts';
import { systemClock } from '../../src/base/clock.ts';
import { addApiServer } from '../../src/state/kubeconfig.ts';
import { startServers } from '../server/fixtures.ts';

const pack = 'packs/tiltfile-result';

/** A copy of dist/ that the test may harm, beside a Tiltfile. */
function makeCopy(t: ExecutionContext, tiltfile: string) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-pack-')));
  t.teardown(() => fs.rmSync(folder, { recursive: true, force: true }));
  const dist = path.join(folder, 'dist');
  fs.cpSync('dist', dist, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  fs.writeFileSync(path.join(folder, 'Tiltfile'), tiltfile);
  fs.writeFileSync(path.join(folder, 'Dockerfile'), 'FROM scratch\n');
  return {
    dist,
    run(...args: string[]) {
      const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: path.join(folder, 'none') };
      const words = [path.join(dist, 'tilt.js'), 'alpha', 'tiltfile-result', ...args];
      const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8' });
      // The moment of the load is another with every run.
      return { status, stdout: stdout.replace(/"sinceTime": ".*?"/g, '"sinceTime": ""'), stderr };
    },
  };
}

const tiltfiles: Record<string, string> = {
  'local resources': "local_resource('a', 'echo größe', deps=['x'])\nlocal_resource('b', 'true', resource_deps=['a'])",
  deployments: `k8s_yaml(blob("""
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: img}]}
"""))
docker_build('img', '.')`,
  'many resources': Array.from(
    { length: 500 },
    (_, i) => `local_resource('r${i}', 'echo ${i}', deps=['src/${i}'])`,
  ).join('\n'),
  'a mistake': "local_resource('a', cmdd='x')",
  'an undefined name': 'print(zzz)',
};

for (const [what, text] of Object.entries(tiltfiles)) {
  test(`${what}: the same with and without the pack`, t => {
    const copy = makeCopy(t, text);
    const packed = copy.run();
    fs.rmSync(path.join(copy.dist, 'packs'), { recursive: true });
    t.deepEqual(packed, copy.run());
    t.is(packed.status, what.startsWith('a') ? 5 : 0, packed.stderr);
  });
}

test('version: the same with and without the pack', t => {
  const copy = makeCopy(t, '');
  const lines = [['version'], ['version', '--help'], ['version', 'x'], ['version', '--nope']];
  const ask = (words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(copy.dist, 'tilt.js'), ...words], {
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const packed = lines.map(ask);
  t.regex(packed[0]!.stdout, /^v\d+\.\d+\.\d+, built \d{4}-\d\d-\d\d\n$/);
  fs.rmSync(path.join(copy.dist, 'packs'), { recursive: true });
  t.deepEqual(packed, lines.map(ask));
});

test('flags, help and mistakes in them are the same', t => {
  const copy = makeCopy(t, "print('x')\nlocal_resource('a', 'echo')");
  const lines = [['--help'], ['--nope'], ['-f', 'missing'], ['--', 'zz']];
  const packed = lines.map(words => copy.run(...words));
  fs.rmSync(path.join(copy.dist, 'packs'), { recursive: true });
  t.deepEqual(
    packed,
    lines.map(words => copy.run(...words)),
  );
});

test("code of another V8, or harmed code, is not used; the pack's text is", t => {
  const copy = makeCopy(t, tiltfiles['deployments']!);
  const wanted = copy.run();
  const folder = path.join(copy.dist, pack);
  const files = fs.readdirSync(folder).filter(file => file.endsWith('.code'));
  t.is(files.length, 2);
  for (const file of files) {
    const code = fs.readFileSync(path.join(folder, file));
    // The first words are a number of the format, V8's version and its flags.
    code.fill(7, 4, 12);
    fs.writeFileSync(path.join(folder, file), code);
  }
  t.deepEqual(copy.run(), wanted);
  for (const file of files) fs.truncateSync(path.join(folder, file), 100);
  t.deepEqual(copy.run(), wanted);
  for (const file of files) fs.rmSync(path.join(folder, file));
  t.deepEqual(copy.run(), wanted);
});

/** Runs `tilt get` of the copy against a session of this process, over the socket or over TLS. */
async function makeGet(t: ExecutionContext, hasSocket: boolean) {
  const copy = makeCopy(t, '');
  const folder = path.dirname(copy.dist);
  const state = path.join(folder, 'state');
  const running = await startServers(t, hasSocket ? { socketPath: path.join(folder, 'api.sock') } : {});
  for (const [i, name] of ['one', 'two', 'größe'].entries())
    running.store.create('ConfigMap', {
      apiVersion: 'tilt.dev/v1alpha1',
      kind: 'ConfigMap',
      metadata: { name: name === 'größe' ? 'three' : name, labels: { n: String(i) } },
      data: { text: name },
    });
  const entry = {
    name: 'tilt-default',
    server: hasSocket ? 'https://127.0.0.1:1' : running.api.url,
    certificateAuthority: running.certificate.certificate,
    token: running.token,
    ...(running.api.socketPath === undefined ? {} : { socketPath: running.api.socketPath }),
  };
  const census = { own: { pid: 1, startTime: '', bootId: '' }, isAlive: async () => true };
  await addApiServer([path.join(state, 'config')], entry, { census, clock: systemClock, signal: neverAborted });
  const env = { PATH: process.env['PATH'], HOME: folder, TILT_DEV_DIR: state };
  const run = (words: readonly string[]): Promise<unknown> =>
    new Promise(resolve => {
      const args = [path.join(copy.dist, 'tilt.js'), 'get', ...words];
      execFile(process.execPath, args, { cwd: folder, env, encoding: 'utf8' }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
  return { copy, run };
}

const getLines = [
  ['cm'],
  ['cm', '-o', 'wide', '--show-labels', '-L', 'n'],
  ['cm,uiresources', '--sort-by', '.data.text'],
  ['cm', 'three', '-o', 'yaml'],
  ['cm', '-o', 'json'],
  ['cm', '-o', 'kyaml'],
  ['cm', '-o', 'name', '-l', 'n=1'],
  ['cm/one', 'cm/two', '-o', 'jsonpath={.items[*].data.text}'],
  ['cm', 'one', '-o', 'go-template={{.data.text}}'],
  ['cm', '-o', 'custom-columns=N:.metadata.name'],
  ['cm', '-o', 'jsonpath-file=missing'],
  ['cm', 'nope'],
  ['nope'],
  [],
  ['cm', '--nope'],
  ['cm', '-o', 'nope'],
  ['cm', '-l', 'a=b=c'],
  ['--help'],
  ['cm', '--port', '7'],
];

for (const hasSocket of [true, false])
  test(`get gives the same with and without its pack, over ${hasSocket ? 'a socket' : 'TLS'}`, async t => {
    const { copy, run } = await makeGet(t, hasSocket);
    const all = async (): Promise<unknown[]> => {
      const answers = [];
      for (const words of getLines) answers.push(await run(words));
      return answers;
    };
    const packed = await all();
    t.like(packed[7], { code: 0, stdout: 'one two' });
    t.like(packed[6], { code: 0, stdout: 'configmap.tilt.dev/two\n' });
    fs.rmSync(path.join(copy.dist, 'packs'), { recursive: true });
    t.deepEqual(packed, await all());
  });

const deployed = `k8s_yaml(blob("""
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: c, image: img}]}}}
---
apiVersion: v1
kind: Namespace
metadata: {name: größe}
"""))
k8s_custom_deploy('own', apply_cmd='true', delete_cmd='echo the own way', deps=[])
`;

test('down gives the same with and without its pack', async t => {
  const copy = makeCopy(t, deployed);
  const folder = path.dirname(copy.dist);
  const kubeconfig = path.join(folder, 'kubeconfig');
  const { startSampleCluster } = await import(path.resolve('scripts/sample-cluster.mjs'));
  const cluster = await startSampleCluster(kubeconfig);
  t.teardown(() => cluster.close());
  const env = { PATH: process.env['PATH'], HOME: folder, TILT_DEV_DIR: folder, KUBECONFIG: kubeconfig };
  const run = (...words: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
    new Promise(resolve => {
      const args = [path.join(copy.dist, 'tilt.js'), 'down', ...words];
      execFile(process.execPath, args, { cwd: folder, env, encoding: 'utf8' }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout: stdout.replace(/\([\d.]+m?s\)/, '(TIME)'), stderr }),
      );
    });
  const lines = [[], ['--delete-namespaces'], ['--context', 'nope'], ['-f', 'missing'], ['--nope'], ['--help']];
  const all = async () => {
    const answers = [];
    for (const words of lines) answers.push(await run(...words));
    return answers;
  };
  const packed = await all();
  t.is(packed[0]!.code, 0, packed[0]!.stderr);
  t.regex(packed[0]!.stdout, /→ Deployment\/web[\s\S]*the own way/);
  t.is(packed[2]!.code, 1);
  fs.rmSync(path.join(copy.dist, 'packs'), { recursive: true });
  t.deepEqual(packed, await all());
});

const worked = `local_resource('a', cmd='echo größe', env={'X': 'y'})
local_resource('b', cmd='echo b', resource_deps=['a'])
local_resource('s', serve_cmd='echo up; exec sleep 1000', readiness_probe=probe(exec=exec_action(['true'])))
`;

test('ci gives the same with and without its pack, its thread too', t => {
  const copy = makeCopy(t, worked);
  const folder = path.dirname(copy.dist);
  fs.writeFileSync(path.join(folder, 'broken'), 'local_resource(1)\n');
  const env = { PATH: process.env['PATH'], HOME: folder, TILT_DEV_DIR: path.join(folder, 'state') };
  const run = (...words: string[]) => {
    const args = [path.join(copy.dist, 'tilt.js'), ...words, '--port', '0'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
    return {
      status,
      stdout: stdout
        .replace(/[\d.]+m?s\b/g, 'TIME')
        .split('\n')
        .sort(),
      stderr,
    };
  };
  const lines = [
    ['ci'],
    ['ci', 'a'],
    ['ci', '-f', 'broken'],
    ['ci', '-f', 'missing'],
    ['up', '--nope'],
    ['up', '--help'],
  ];
  const all = () => lines.map(words => run(...words));
  const packed = all();
  t.deepEqual(
    packed.map(({ status }) => status),
    [0, 0, 1, 1, 1, 0],
  );
  t.regex(packed[0]!.stdout.join('\n'), / a │ größe/);
  fs.rmSync(path.join(copy.dist, 'packs', 'tiltfile-worker'), { recursive: true });
  t.deepEqual(all(), packed);
  fs.rmSync(path.join(copy.dist, 'packs'), { recursive: true });
  t.deepEqual(all(), packed);
});
