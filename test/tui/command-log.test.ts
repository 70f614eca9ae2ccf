// The commands that ran, and what kubectl would have done in their place.
import test from 'ava';
import type { LogLine } from '../../src/api/client.ts';
import { makeDeferred } from '../../src/base/abort.ts';
import { commandAnnouncement } from '../../src/logs/command-index.ts';
import { applicable, commandsIn, commandTitle } from '../../src/tui/command-log.ts';
import { update } from '../../src/tui/update.ts';
import { drive } from './driver.ts';

const timeMs = Date.UTC(2026, 0, 1, 10, 2, 29);
let nextId = 0;
const line = (spanId: string, resource: string, text: string): LogLine => ({
  id: nextId++,
  timeMs,
  resource,
  spanId,
  level: 'info',
  isAnchor: false,
  source: 'build',
  text,
});

test('commands of several resources at a time, and the kubectl equivalents of what went through the API', t => {
  const lines = [
    line('build:1', 'web', '     Running cmd: make web'),
    line('build:2', 'api', '     Objects applied to cluster:'),
    line('build:3', 'db', 'Deleting kubernetes objects:'),
    line('build:2', 'api', '       → api:deployment'),
    line('build:3', 'db', '→ StatefulSet/db'),
    line('build:3', 'db', '→ CustomResourceDefinition/a.b'),
    line('build:2', 'api', '       → api:service:shop'),
    line('tiltfile:1', '(Tiltfile)', 'local: cat x'),
    line('build:2', 'api', '     Running cmd: true'),
    line('build:2', 'api', '→ of something else'),
  ];
  for (const { text } of lines) t.regex(text, commandAnnouncement, text);
  t.notRegex('said → x', commandAnnouncement);
  const places = {
    context: 'kind-x',
    namespaceOf: (_: string, { name }: { name: string }) => (name === 'db' ? 'shop' : ''),
    yamlOf: () => '',
  };
  t.deepEqual(
    commandsIn(lines, places).map(({ resource, text }) => `${resource}: ${text}`),
    [
      'web: make web',
      'api: kubectl --context kind-x apply -f -  # deployment/api service/api',
      'db: kubectl --context kind-x --namespace shop delete statefulset/db',
      'db: kubectl --context kind-x delete customresourcedefinition/a.b',
      '(Tiltfile): cat x',
      'api: true',
    ],
  );
  t.regex(commandTitle({ timeMs, resource: 'web', text: 'a\nb' }), /^\d\d:02:29 {2}web {2}a b$/);
});

test('an apply is copied with its YAML, as kubectl takes it; the list names the objects', t => {
  const lines = [
    line('build:9', 'api', '     Objects applied to cluster:'),
    line('build:9', 'api', '       → api:deployment'),
  ];
  const yaml = `
apiVersion: apps/v1
kind: Deployment
metadata:
  creationTimestamp: "2026-01-01T10:00:00Z"
  generation: 3
  managedFields:
  - apiVersion: apps/v1
    fieldsV1:
      f:a: {}
  name: api
  resourceVersion: "12"
  uid: u
spec:
  replicas: 1
status:
  conditions:
  - type: Ready
  replicas: 1
`.trimStart();
  const [command] = commandsIn(lines, { context: 'kind-x', namespaceOf: () => '', yamlOf: () => yaml });
  const clean = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replicas: 1\n';
  t.is(applicable(yaml), clean);
  t.is(command!.text, `kubectl --context kind-x apply -f - <<'EOF'\n${clean}EOF`);
  t.regex(commandTitle(command!), /api {2}kubectl apply -f - {2}# deployment\/api$/);
});

test('! lists the commands, the newest selected, and enter copies it', async t => {
  const d = await drive(t, { size: '100x24' });
  d.client.setResource('web', { order: 1, updateStatus: 'ok', runtimeStatus: 'ok' });
  await d.press('!');
  t.regex(d.rows().at(-1)!, /No command ran yet/);
  d.client.log('web', 'Running cmd: make one', 'something', 'Running cmd: make two');
  await d.settle();
  await d.press('!');
  t.regex(d.text(), /Commands that ran: enter copies one/);
  t.regex(d.text(), /web {2}make one[\s\S]*web {2}make two/);
  await d.press('enter');
  t.regex(d.rows().at(-1)!, /make two copied/);
});

test('a list of commands that comes late opens over nothing, and says so', async t => {
  const d = await drive(t, { size: '100x24' });
  d.client.setResource('web', { order: 1, updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.log('web', 'Running cmd: make one');
  const { commandLines } = d.client;
  for (const keys of ['esc', '/', 'j', ':']) {
    const slow = makeDeferred<void>();
    Object.assign(d.client, {
      commandLines: async (most: number, options: { signal: AbortSignal }) => {
        await slow.promise;
        return commandLines(most, options);
      },
    });
    await d.press(`! ${keys}`);
    const { dialogs } = d.screen.model;
    slow.resolve();
    await d.settle();
    t.is(d.screen.model.dialogs, dialogs, `after ${keys}`);
    t.regex(d.screen.model.toast?.text ?? '', /Came late and was not opened: Commands that ran/);
    await d.press('esc esc');
  }
});

test('a diff that comes late opens over nothing', async t => {
  const { model } = (await drive(t)).screen;
  const text = { kind: 'text', title: 'Deployment web: diff', lines: ['a'], askedAt: model.inputs } as const;
  t.is(update(model, text, 0).model.dialogs.length, 1);
  const { model: late } = update({ ...model, inputs: model.inputs + 1 }, text, 0);
  t.is(late.dialogs.length, 0);
  t.regex(late.toast!.text, /Deployment web: diff/);
});
