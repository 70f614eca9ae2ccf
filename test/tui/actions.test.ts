// What is done from the screen: the palette, buttons with forms, shells, the editor, addresses, arguments.
import test from 'ava';
import { editorCommand } from '../../src/terminal/editor-command.ts';
import { clusterObjects } from '../../src/tui/cluster-objects.ts';
import { findFilePlaces } from '../../src/tui/file-places.ts';
import { fuzzyScore } from '../../src/tui/fuzzy.ts';
import { podUsage } from '../../src/tui/pod-metrics.ts';
import { shownYaml } from '../../src/tui/shown-yaml.ts';
import { type Driver, drive, fillShop } from './driver.ts';

const last = (d: { rows(): string[] }): string => d.rows().at(-1)!;

test('the palette finds actions and resources by a few letters and runs them', async t => {
  const d = await drive(t, { size: '100x30' });
  fillShop(d.client);
  await d.press(':');
  t.regex(d.text(), /Go to, or do/);
  await d.type('post');
  await d.press('enter');
  t.is(d.selected(), 'postgres');
  await d.press(':');
  await d.type('nxpr');
  t.regex(d.text(), /Next problem +Move {2}n/);
  await d.press('enter');
  t.is(d.selected(), 'api');
  await d.press(':');
  await d.type('stop the bu');
  t.regex(d.text(), /Stop the build +off: nothing is building/);
  await d.press('enter');
  t.regex(last(d), /Stop the build: nothing is building/);
  await d.press(':');
  await d.type('open http://localhost:3000');
  await d.press('enter');
  t.regex(last(d), /http:\/\/localhost:3000\//);
  await d.press(':');
  await d.type('zzzqqq');
  t.regex(d.text(), /nothing has these letters/);
  d.terminal.input({ kind: 'paste', text: 'x\ny', truncated: false });
  await d.settle();
  t.regex(d.text(), /zzzqqqx y/);
  await d.press('esc');
  t.deepEqual(d.screen.model.dialogs, []);
});

test('fuzzy: beginnings of words and letters together count', t => {
  const best = (query: string, ...texts: string[]): string | undefined =>
    texts
      .map(text => [text, fuzzyScore(query, text)] as const)
      .filter(([, score]) => score !== undefined)
      .sort((a, b) => b[1]! - a[1]!)[0]?.[0];
  t.is(best('np', 'Next problem', 'Open its endpoint'), 'Next problem');
  t.is(best('api', 'capital idea', 'api', 'a.p.i.'), 'api');
  t.is(best('log all', 'Log of all resources', 'Save the log'), 'Log of all resources');
  t.is(best('xyz', 'abc'), undefined);
});

const location = (id: string, type = 'Resource') => ({ componentID: id, componentType: type });

test('buttons stand in the menu; what they ask is filled in, and confirmed with a key of its own', async t => {
  const d = await drive(t, { size: '100x30' });
  fillShop(d.client);
  d.client.setObject('UIButton', 'reset', { spec: { location: location('api'), text: 'Reset' } });
  d.client.setObject('UIButton', 'migrate', {
    spec: {
      location: location('api'),
      text: 'Migrate',
      requiresConfirmation: true,
      inputs: [
        { name: 'to', label: 'Version', text: { defaultValue: '4', placeholder: 'newest' } },
        { name: 'dry', bool: { defaultValue: true, trueString: 'only look' } },
        { name: 'db', choice: { choices: ['main', 'copy'] } },
        { name: 'secret', hidden: { value: 'x' } },
      ],
    },
  });
  d.client.setObject('UIButton', 'off', {
    spec: { location: location('nav', 'Global'), text: 'Nothing', disabled: true },
  });
  await d.settle();
  await d.press('n x');
  t.regex(d.text(), /Migrate \.\.\./);
  t.regex(d.text(), /Nothing \(session\) +off: it is switched off/);
  await d.press('up up enter');
  t.is(d.client.calls.at(-1), 'click reset');
  t.regex(last(d), /Reset: pressed/);
  await d.press('x');
  t.regex(d.text(), /1 +Migrate[\s\S]*2 +Reset[\s\S]*3 +Nothing/);
  await d.press('3');
  t.regex(last(d), /Nothing: it is switched off/);
  await d.press('x 1');
  t.regex(d.text(), /api: Migrate/);
  await d.press('2');
  await d.press('tab space tab right');
  t.regex(d.text(), /Version +42/);
  t.regex(d.text(), /dry +no/);
  t.regex(d.text(), /< copy >/);
  await d.press('enter');
  t.is(d.client.calls.at(-1), 'click reset', 'enter alone is no yes');
  t.regex(last(d), /ctrl-y does it/);
  await d.press('ctrl-y');
  t.is(d.client.calls.at(-1), 'click migrate {"to":"42","dry":false,"db":"copy"}');
  t.deepEqual(d.screen.model.dialogs, []);
});

test('details tell builds and why they ran, commands, pods and conditions', async t => {
  const d = await drive(t, { size: '120x40' });
  fillShop(d.client);
  const now = d.clock.now();
  d.client.setObject('Manifest', 'api', {
    spec: {
      tiltfile: '(Tiltfile)',
      order: 3,
      labels: {},
      triggerMode: 0,
      resourceDeps: ['postgres'],
      links: [],
      target: {
        kind: 'local',
        updateCmd: { args: ['sh', '-c', 'make api'], dir: '/home/ann/shop/api', env: [] },
        allowParallel: false,
        deps: [],
        ignores: [],
        isTest: false,
      },
      images: [],
      buildHash: '',
    },
  });
  d.client.setObject('BuildState', 'api', {
    status: {
      history: [
        {
          spanId: 'build:2',
          startedAtMs: now - 60_000,
          finishedAtMs: now - 58_800,
          reasons: 1,
          files: ['/home/ann/shop/src/a.go'],
        },
        {
          spanId: 'build:1',
          startedAtMs: now - 90_000,
          finishedAtMs: now - 80_000,
          reasons: 8,
          files: [],
          error: 'exit 1',
        },
      ],
      pendingFiles: { '/home/ann/shop/src/b.go': now },
      hasEverBeenReady: true,
    },
  });
  d.client.setObject('KubernetesDiscovery', 'api', {
    spec: { watches: [] },
    status: {
      pods: [
        {
          uid: 'u',
          name: 'api-7f9c',
          namespace: 'shop',
          createdAt: new Date(now - 120_000).toISOString(),
          phase: 'Running',
          deleting: false,
          status: 'CrashLoopBackOff',
          errors: ['it fell'],
          containers: [
            {
              name: 'main',
              id: 'c',
              ready: false,
              image: 'api:dev',
              restarts: 3,
              ports: [],
              state: { waiting: { reason: 'CrashLoopBackOff' }, running: null, terminated: null },
            },
          ],
        },
      ],
    },
  });
  await d.settle();
  await d.press('n d');
  const text = d.text();
  t.regex(text, /changed +src\/b\.go/);
  t.regex(text, /builds +✔ \d\d:\d\d:\d\d {2}1\.2s {2}because of src\/a\.go/);
  t.regex(text, /✖ \d\d:\d\d:\d\d {2}failed, 10\.0s {2}because of the start/);
  t.regex(text, /update +make api/);
  t.regex(text, /folder +api/);
  t.regex(text, /pod +api-7f9c {2}CrashLoopBackOff {2}2m/);
  t.regex(text, /main {2}CrashLoopBackOff, 3 restarts {2}api:dev/);
  t.regex(text, /it fell/);
  t.regex(text, /depends on +postgres/);
  await d.press('J');
  t.notRegex(d.text(), /api-7f9c/, 'the facts are those of the resource that is shown');
});

test('a shell opens in a container; elsewhere the key says why not', async t => {
  const d = await drive(t, { size: '120x30' });
  fillShop(d.client);
  await d.press('n s');
  t.regex(last(d), /A shell in its container: it runs here, not in a container/);
  await d.press('a');
  t.regex(last(d), /no terminal: local_resource\(tty=True\)/);
  const container = (name: string, isRunning: boolean) => ({
    name,
    id: 'c',
    ready: true,
    image: 'i',
    restarts: 0,
    ports: [],
    state: { waiting: null, running: isRunning ? { startedAt: '' } : null, terminated: null },
  });
  const pod = {
    uid: 'u',
    name: 'k-1',
    namespace: 'ns',
    createdAt: '',
    phase: 'Running',
    deleting: false,
    status: 'Running',
    errors: [],
  };
  d.client.setResource('k', {
    order: 20,
    updateStatus: 'ok',
    runtimeStatus: 'ok',
    specs: [{ id: 'k8s:k', type: 'k8s' }],
  });
  d.client.setObject('Cluster', 'default', {
    status: { connection: { kubernetes: { context: 'kind-x', namespace: 'ns', cluster: 'kind-x' } } },
  });
  await d.settle();
  await d.press('G s');
  t.regex(last(d), /it has no pod/);
  d.client.setObject('KubernetesDiscovery', 'k', {
    spec: { watches: [] },
    status: { pods: [{ ...pod, containers: [container('main', true), container('side', false)] }] },
  });
  await d.settle();
  await d.press('s');
  t.regex(d.text(), /2 {2}k-1 {2}side {2}off: it does not run/);
  await d.press('2');
  t.deepEqual(d.hosted, []);
  await d.press('1');
  t.deepEqual(d.hosted, [
    'open ns/k-1 main: sh -c command -v bash >/dev/null 2>&1 && exec bash || exec sh',
    'attach k-1 main: a shell, ctrl-] comes back',
  ]);
  t.deepEqual(d.terminal.calls, ['suspend', 'resume']);
});

test('the file that a line names opens in the editor', async t => {
  const d = await drive(t, { size: '120x30' });
  fillShop(d.client);
  await d.press('n');
  await d.press('e');
  t.deepEqual(d.hosted, ['edit /src/cmd/api/db.go:42']);
  t.deepEqual(d.terminal.calls, ['suspend', 'resume']);
  d.client.setResource('quiet', { order: 30, updateStatus: 'ok' });
  await d.settle();
  await d.press('G e');
  t.regex(last(d), /no line in sight names a file/);
});

test('places in files', t => {
  const places = (text: string): string =>
    findFilePlaces(text)
      .map(({ file, line, column }) => [file, line, ...(column ? [column] : [])].join(':'))
      .join(' ');
  t.is(places('src/main.ts:3:7: error: unused'), 'src/main.ts:3:7');
  t.is(places('\tmain.connect(0x1) /src/cmd/api/db.go:42 +0x1d'), '/src/cmd/api/db.go:42');
  t.is(places('  File "/app/x.py", line 5, in <module>'), '/app/x.py:5');
  t.is(places('app.ts(12,5): error TS2304'), 'app.ts:12:5');
  t.is(places('/home/ann/shop/Tiltfile:8:1: got end of file'), '/home/ann/shop/Tiltfile:8:1');
  t.is(places('at http://localhost:8080/a.js:3:1 10:02:33 10.0.0.1:80 example.com:443'), '');
});

test('editors are told the line in their own way', t => {
  const place = { file: '/a b.ts', line: 3, column: 7 };
  t.deepEqual(editorCommand('vi', place), ['vi', '+3', '/a b.ts']);
  t.deepEqual(editorCommand('vim', place), ['vim', '+call cursor(3,7)', '/a b.ts']);
  t.deepEqual(editorCommand('nvim', { file: 'x', line: 1 }), ['nvim', '+1', 'x']);
  t.deepEqual(editorCommand('nano', place), ['nano', '+3,7', '/a b.ts']);
  t.deepEqual(editorCommand('emacsclient -t', place), ['emacsclient', '-t', '+3:7', '/a b.ts']);
  t.deepEqual(editorCommand("'/opt/my ed' -x", place), ['/opt/my ed', '-x', '+3', '/a b.ts']);
  t.deepEqual(editorCommand('/usr/bin/code --wait', place), ['/usr/bin/code', '--wait', '--goto', '/a b.ts:3:7']);
  t.deepEqual(editorCommand('hx', { file: 'x', line: 1 }), ['hx', 'x:1']);
  t.deepEqual(editorCommand('idea', place), ['idea', '--line', '3', '/a b.ts']);
});

test('over SSH an address comes with the way to it', async t => {
  const d = await drive(t, { size: '120x30', capabilities: { remote: true } });
  fillShop(d.client);
  await d.press('b');
  t.regex(d.text(), /http:\/\/localhost:10350\//);
  t.regex(d.text(), /ssh -N -L 10350:localhost:10350 ann@example/);
  await d.press('y');
  t.true(d.terminal.sent.includes(Buffer.from('ssh -N -L 10350:localhost:10350 ann@example').toString('base64')));
  await d.press('n o');
  t.regex(d.text(), /ssh -N -L 8080:localhost:8080/);
  await d.press('esc');
  t.deepEqual(d.screen.model.dialogs, []);
});

test('arguments of the Tiltfile are edited as a shell would have them', async t => {
  const d = await drive(t, { size: '120x30' });
  d.client.setObject('Tiltfile', '(Tiltfile)', { spec: { path: '/x', args: ['web', 'a b'] } });
  await d.settle();
  await d.press('A');
  t.regex(last(d), /Tiltfile args web 'a b'/);
  await d.type(' --fast');
  await d.press('enter');
  t.is(d.client.calls.at(-1), 'args web a b --fast');
  await d.press('A');
  await d.type(" 'x");
  await d.press('enter');
  t.regex(last(d), /a ' has no end/);
});

test('the terminal of a local process is joined, and left again', async t => {
  const d = await drive(t, { size: '120x30' });
  d.client.setResource('repl', { order: 1, updateStatus: 'ok', runtimeStatus: 'ok' });
  const target = { kind: 'local', allowParallel: true, deps: [], ignores: [], isTest: false, tty: true } as const;
  const spec = { tiltfile: '', order: 1, labels: {}, triggerMode: 0, resourceDeps: [], links: [], images: [] } as const;
  d.client.setObject('Manifest', 'repl', { spec: { ...spec, target, buildHash: '' } });
  await d.settle();
  await d.press('a');
  t.regex(last(d), /its process does not run/);
  d.client.setProcess('repl', { running: { pid: 7, startedAt: '2026-01-01T00:00:00Z' } });
  await d.settle();
  await d.press('a');
  t.deepEqual(d.hosted, ['attach repl: this is its terminal, ctrl-] comes back']);
  t.deepEqual(d.terminal.calls, ['suspend', 'resume']);
});

test('CPU and memory are a column while they are wanted', async t => {
  const d = await drive(t, { size: '120x30' });
  d.client.setResource('web', { order: 1, updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.setProcess('web', { running: { pid: 7, startedAt: '2026-01-01T00:00:00Z' } });
  await d.settle();
  await d.press('u');
  await d.settle(4000);
  await d.settle(4000);
  t.regex(d.text(), /web +ready +\d+% +84M/);
  await d.press('u');
  t.notRegex(d.text(), /84M/);
});

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  creationTimestamp: "2026-01-01T00:00:00Z"
  name: "api" # it
  namespace: shop
  labels:
    name: wrong
spec:
  name: also wrong
`;

test('objects in a cluster: which they are', t => {
  const service = 'kind: Service\nmetadata:\n    name: front\n';
  const get = () => ({ status: { resultYAML: `${deployment}---\n${service}---\n# nothing\n` } });
  t.deepEqual(
    clusterObjects({ get: get as never }, 'api').map(({ kind, name, namespace }) => [kind, name, namespace]),
    [
      ['Deployment', 'api', 'shop'],
      ['Service', 'front', ''],
    ],
  );
});

test('objects of a resource are read as applied, with their events and against the live ones', async t => {
  const d = await drive(t, { size: '120x30' });
  d.client.setResource('api', { order: 1, updateStatus: 'ok', specs: [{ id: 'k8s:api', type: 'k8s' }] });
  const kubernetes = { context: 'kind-x', namespace: 'shop', cluster: 'kind-x', configPath: '/cfg' };
  d.client.setObject('Cluster', 'default', { status: { connection: { kubernetes } } });
  await d.settle();
  await d.press('O');
  t.regex(last(d), /api has nothing in its cluster yet/);
  d.client.setObject('KubernetesApply', 'api', { spec: {}, status: { resultYAML: deployment } });
  await d.settle();
  await d.press('O');
  t.regex(d.text(), /1 {2}Deployment api: as applied/);
  await d.press('1');
  t.regex(d.text(), /creationTimestamp/);
  await d.press('y');
  t.true(d.terminal.sent.includes(Buffer.from(deployment.trimEnd()).toString('base64')));
  await d.press('esc O 2');
  t.regex(
    d.hosted.at(-1)!,
    /^capture kubectl --kubeconfig \/cfg --context kind-x get events --namespace shop --field-selector involvedObject.kind=Deployment,involvedObject.name=api /,
  );
  await d.press('esc O 3');
  t.is(
    d.hosted.at(-1),
    'capture kubectl --kubeconfig /cfg --context kind-x diff --namespace shop -f - < apiVersion: apps/v1',
  );
  t.regex(d.text(), /\+ new: 1/);
  await d.press('esc');
  t.deepEqual(d.screen.model.dialogs, []);
});

const podResource = (d: Driver): void => {
  const container = { name: 'main', id: 'c', ready: true, image: 'i', restarts: 0, ports: [] };
  const state = { waiting: null, running: { startedAt: '' }, terminated: null };
  const pod = { uid: 'u', name: 'k-1', namespace: 'ns', createdAt: '', phase: 'Running', deleting: false, errors: [] };
  d.client.setResource('k', { order: 20, updateStatus: 'ok', specs: [{ id: 'k8s:k', type: 'k8s' }] });
  d.client.setObject('KubernetesDiscovery', 'k', {
    spec: { watches: [] },
    status: { pods: [{ ...pod, status: 'Running', containers: [{ ...container, state }] }] },
  });
};

test('how a shell in a container ends is news only when it was not its person who ended it', async t => {
  const ends: Record<string, RegExp> = {
    '0': /The shell in k-1 main has ended/,
    '3': /The shell in k-1 main has ended/,
    '137': /k-1 main: the shell was killed/,
  };
  for (const [code, words] of Object.entries(ends)) {
    const d = await drive(t, { size: '120x30', containerEnds: Promise.resolve({ exitCode: Number(code) }) });
    podResource(d);
    await d.settle();
    await d.press('G s');
    t.regex(last(d), words);
    await d.press('a');
    t.regex(last(d), new RegExp(`k-1 main has ended with ${code}`));
  }
});

test('a container without a shell: says so, with the command that gives it one', async t => {
  const gone = Promise.reject(new Error('OCI runtime exec failed: exec: "sh": executable file not found in $PATH'));
  gone.catch(() => {});
  const d = await drive(t, { size: '120x30', containerEnds: gone });
  podResource(d);
  await d.settle();
  await d.press('G s');
  t.regex(d.text(), /No shell there/);
  t.regex(d.text(), /kubectl --namespace ns debug -it k-1 --target=main --image=busybox/);
  await d.press('y');
  t.true(d.terminal.sent.includes(']52;'));
});

test('the YAML of a Secret has its keys and no value, wherever they stand', t => {
  const yaml = `apiVersion: v1
data:
  a: aHVudGVy
  "b: c": |
    bGluZTE=

    bGluZTI=
kind: Secret
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"data":{"a":"aHVudGVy"}}
    mine: shown
  name: hush
stringData: {d: hunter}
type: Opaque`;
  const shown = `apiVersion: v1
data:
  a: '***'
  "b: c": '***'
kind: Secret
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '***'
    mine: shown
  name: hush
stringData: '***'
type: Opaque`;
  t.is(shownYaml({ kind: 'Secret', yaml }), shown);
  t.is(shownYaml({ kind: 'ConfigMap', yaml }), yaml);
});

test('what the metrics say of a pod is the sum of its containers', t => {
  const containers = [
    { usage: { cpu: '12500000n', memory: '84Mi' } },
    { usage: { cpu: '250m', memory: '1024Ki' } },
    { usage: { cpu: '1', memory: '1e3' } },
    {},
  ];
  const { cpuPercent, residentBytes } = podUsage({ metadata: { name: 'p' }, containers });
  t.is(Math.round(cpuPercent * 100) / 100, 126.25);
  t.is(residentBytes, 85 * 2 ** 20 + 1000);
});

test('CPU and memory of pods: from the metrics of the cluster; without them it says so, once', async t => {
  const usage = { cpuPercent: 12, residentBytes: 50 * 2 ** 20 };
  const d = await drive(t, { size: '120x30', podUsage: new Map([['ns/k-1', usage]]) });
  podResource(d);
  await d.settle();
  await d.press('u');
  await d.settle(4000);
  await d.settle(4000);
  t.deepEqual(d.hosted, ['metrics of ns']);
  t.regex(d.text(), / k .* 12% +50M/);
  const without = await drive(t, { size: '120x30' });
  podResource(without);
  await without.settle();
  await without.press('u');
  await without.settle(4000);
  t.regex(last(without), /CPU and memory of pods: the cluster has no metrics-server/);
  t.regex(without.text(), / k .*no metrics/);
});

test('how the command of a button ended is told', async t => {
  const d = await drive(t, { size: '100x30' });
  fillShop(d.client);
  d.client.setObject('UIButton', 'reset', { spec: { location: location('api'), text: 'Reset' } });
  const spec = { startOn: { startAfter: '', uiButtons: ['reset'] } };
  const ended = (pid: number, exitCode: number) => ({
    spec,
    status: { terminated: { pid, exitCode, startedAt: `${pid}` } },
  });
  d.client.setObject('Cmd', 'reset-cmd', ended(1, 1));
  await d.settle();
  await d.press('n x 1');
  t.regex(last(d), /Reset: pressed/);
  d.client.setObject('Cmd', 'reset-cmd', { spec, status: { running: { pid: 2, startedAt: '2' } } });
  await d.settle();
  t.regex(last(d), /Reset: pressed/);
  d.client.setObject('Cmd', 'reset-cmd', ended(2, 5));
  await d.settle();
  t.regex(last(d), /Reset failed: exit 5/);
  await d.press('x 1');
  d.client.setObject('Cmd', 'reset-cmd', ended(3, 0));
  await d.settle();
  t.regex(last(d), /Reset: done/);
});
