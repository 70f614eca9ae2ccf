// Marks, stars, orders and what is hidden in the list; pods in words.
import test from 'ava';
import { readPodInfo, startingPod } from '../../src/tui/pod-state.ts';
import { makeResourceRow } from '../../src/tui/resource-row.ts';
import { drive, fillShop } from './driver.ts';

test('marked resources are acted on together, large numbers are asked for twice, esc takes the marks away', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.press('j j space space');
  t.regex(d.rows()[1]!, /2 marked/);
  await d.press('r');
  t.deepEqual(d.client.calls, ['trigger postgres', 'trigger api']);
  await d.press('x');
  t.regex(d.text(), /2 marked/);
  t.regex(d.text(), /Disable: 2 resources/);
  await d.press('esc esc');
  t.notRegex(d.rows()[1]!, /marked/);
  await d.press('M x d');
  t.regex(d.rows().at(-1)!, /all 7 marked. Once more/);
  t.is(d.client.calls.length, 2);
  await d.press('x d');
  t.regex(d.client.calls.at(-1)!, /^disable postgres api worker web lint e2e seed$/);
});

test('the log is that of all marked ones', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.press('n space j j space');
  t.regex(d.text(), /2 marked +follow/);
  t.true(d.text().includes('panic'));
  t.true(d.text().includes('compiled in 312 ms'));
  await d.press('esc');
  t.notRegex(d.text(), /2 marked/);
});

test('a range is marked from the last mark on; a group is marked as a whole', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.press('j j space j j j v');
  t.deepEqual([...d.screen.model.list.marked], ['postgres', 'api', 'worker', 'web']);
  await d.press('esc g j space');
  t.deepEqual([...d.screen.model.list.marked].sort(), ['api', 'postgres', 'worker']);
  d.client.removeResource('api');
  await d.settle();
  t.regex(d.rows()[1]!, /2 marked/);
});

test('a star gives a place in a group above, and a word to filter by', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.press('n *');
  t.is(d.selected(), 'api');
  t.deepEqual(
    d.screen.model.list.rows.slice(0, 3).map(row => row.key),
    ['(Tiltfile)', 'with a star/', 'with a star/api'],
  );
  await d.press('/');
  await d.type('is:starred');
  await d.press('enter');
  t.regex(d.rows()[1]!, /1 of 9/);
  await d.press('esc *');
  t.false(d.screen.model.list.rows.some(row => row.key.startsWith('with a star')));
});

test('orders: as defined, by name, by state, by change; disabled ones can be hidden', async t => {
  const d = await drive(t, { size: '120x28' });
  for (const [i, name] of ['b', 'a', 'c'].entries())
    d.client.setResource(name, { order: i + 1, updateStatus: name === 'c' ? 'error' : 'ok' });
  d.client.setResource('off', { order: 9, disableStatus: { state: 'Disabled' } });
  await d.settle();
  const names = () => d.screen.model.list.rows.map(row => row.key).join(' ');
  t.is(names(), 'b a c off');
  await d.press('S');
  t.is(names(), 'a b c off');
  await d.press('S');
  t.is(names(), 'c b a off');
  t.regex(d.rows()[1]!, /by state/);
  await d.press('S S H');
  t.is(names(), 'b a c');
  t.regex(d.rows()[1]!, /1 disabled hidden/);
  await d.press('/');
  await d.type('off');
  t.is(names(), 'off', 'a filter finds them all the same');
});

test('groups close and open together; the border moves', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.press('-');
  t.true(d.screen.model.list.rows.every(row => row.kind === 'group' || row.resource.isTiltfile));
  await d.press('=');
  t.is(d.screen.model.list.rows.length, 13);
  const divider = (): number => d.rows()[5]!.indexOf('│');
  const before = divider();
  await d.press(') )');
  t.is(divider(), before + 8);
  await d.press('( ( (');
  t.is(divider(), before - 4);
});

test('the trigger mode is changed, and whether it runs at the start stays', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.press('n m');
  t.is(d.client.calls.at(-1), 'mode api 1');
  await d.press('/');
  await d.type('seed');
  await d.press('enter m');
  t.is(d.client.calls.at(-1), 'mode seed 3');
  await d.press('esc g m');
  t.regex(d.rows().at(-1)!, /a change of the Tiltfile always runs it/);
});

test('with ctrl a click marks, the right button opens the menu', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.settle();
  const y = d.rows().findIndex(row => row.includes('postgres'));
  const modifiers = { ctrl: true, alt: false, shift: false, super: false };
  d.terminal.input({ kind: 'mouse', action: 'press', button: 'left', x: 8, y, modifiers });
  await d.settle();
  t.deepEqual([...d.screen.model.list.marked], ['postgres']);
  d.terminal.input({ kind: 'mouse', action: 'press', button: 'right', x: 8, y, modifiers });
  await d.settle();
  t.is(d.screen.model.dialogs.at(-1)?.kind, 'menu');
});

const pods: [string, object, string][] = [
  ['crash loop', { podName: 'a-1', podStatus: 'CrashLoopBackOff', podRestarts: 3 }, 'crashed crash loop: 3 restarts'],
  [
    'image',
    { podName: 'a-1', podStatus: 'ImagePullBackOff', podStatusMessage: 'not found\nmore' },
    'crashed no image: not found',
  ],
  [
    'a message that counts itself',
    { podName: 'a-1', podStatus: 'Error', podRestarts: 2, podStatusMessage: 'container main: exit 3, 2 restarts' },
    'crashed crashed: exit 3, 2 restarts',
  ],
  ['unknown', { podName: 'a-1', podStatus: 'Odd' }, 'crashed not ready: Odd'],
];

for (const [what, info, text] of pods) {
  test(`pod: ${what}`, t => {
    const row = makeResourceRow({
      resource: {
        apiVersion: 'v',
        kind: 'UIResource',
        metadata: { name: 'a' },
        status: {
          updateStatus: 'ok',
          runtimeStatus: 'error',
          k8sResourceInfo: info as never,
          specs: [{ id: 'k8s:a', type: 'k8s' }],
        },
      },
      warnings: 0,
    });
    t.is(`${row.role} ${row.word}: ${row.reason}`, text);
    t.is(row.kind, 'kubernetes');
  });
}

test('pods on their way say how far they are', t => {
  const reason = (info: Record<string, unknown>): string => startingPod(readPodInfo(info)!).reason;
  t.is(reason({}), 'no pod yet');
  t.is(reason({ podName: 'a', podStatus: 'Init:1/3' }), 'init container 2 of 3');
  t.is(reason({ podName: 'a', podStatus: 'ContainerCreating' }), 'containers are made');
  t.is(reason({ podName: 'a', podStatus: 'Running' }), 'not ready yet');
  t.is(reason({ podName: 'a', podStatus: 'ErrImageNeverPull' }), 'no image');
});

test('changes that wait are named', t => {
  const make = (changes: readonly string[]) =>
    makeResourceRow({
      resource: {
        apiVersion: 'v',
        kind: 'UIResource',
        metadata: { name: 'a' },
        status: { updateStatus: 'ok', runtimeStatus: 'ok', hasPendingChanges: true, triggerMode: 1 },
      },
      warnings: 0,
      changes,
    }).reason;
  t.is(make(['/a/b.ts']), 'b.ts');
  t.is(make(['/a/b.ts', '/c']), '2 files');
});
