// Lines of several pods of a resource can be told apart; those of one pod look as ever.
import test from 'ava';
import { podColumns, podMark, podOf } from '../../src/tui/log-pods.ts';
import { LogWindow } from '../../src/tui/log-window.ts';
import { drive } from './driver.ts';

const spanOf = (pod: string): string => `pod:web:${pod}`;

test('the pod of a line, and its mark', t => {
  t.is(podOf({ spanId: 'pod:web:web-7d4-x2x4z', resource: 'web' }), 'web-7d4-x2x4z');
  t.is(podOf({ spanId: 'pod:a:b:a-b-0:main:2:error', resource: 'a:b' }), 'a-b-0');
  t.is(podOf({ spanId: 'cmd:web', resource: 'web' }), undefined);
  t.is(podMark('web-7d4-x2x4z'), 'x2x4z');
  t.is(podMark('db-0'), '0');
});

test('pods after each other are not mixed, pods in turns are, and stay so', t => {
  let id = 100;
  const line = (pod: string) => ({ id: id++, spanId: spanOf(pod), resource: 'web', text: 'x' }) as never;
  const window = new LogWindow();
  window.append([line('web-a'), line('web-a'), line('web-bbb')], false);
  t.is(podColumns(window), 0);
  window.prepend([{ id: 5, spanId: spanOf('web-0ld'), resource: 'web', text: 'x' } as never]);
  t.is(podColumns(window), 0);
  window.append([line('web-a')], false);
  t.is(podColumns(window), 4);
  window.append([line('web-a')], false);
  t.is(podColumns(window), 4);
});

test('two replicas: their lines are marked, and copied without the mark', async t => {
  const d = await drive(t, { size: '80x24' });
  d.client.setResource('web', { order: 1, updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.log('web', { text: 'one', spanId: spanOf('web-7d4-x2x4z') });
  await d.settle();
  t.regex(d.text(), /\d\d:\d\d:\d\d one/);
  d.client.log(
    'web',
    { text: 'two', spanId: spanOf('web-7d4-q9k8p') },
    { text: 'three', spanId: spanOf('web-7d4-x2x4z') },
  );
  await d.settle();
  t.regex(d.text(), /:\d\d x2x4z one[\s\S]*:\d\d q9k8p two[\s\S]*:\d\d x2x4z three/);
  await d.press('enter v y');
  t.true(d.terminal.sent.includes(`;${Buffer.from('three').toString('base64')}`));
});
