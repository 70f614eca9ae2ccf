// Leaving: the prompt, what each key does there, Ctrl-C once, twice, three times, signals.
import test from 'ava';
import { lastLines } from '../../src/tui/last-lines.ts';
import { drive, fillShop } from './driver.ts';

const plan = {
  kubernetes: 9,
  compose: 3,
  localServers: ['web', 'storybook'],
  disable: ['deployment/api', 'deployment/web'],
  down: ['deployment/api', 'deployment/web', 'service/api'],
};

test('q asks and says what each choice touches; esc changes nothing', async t => {
  const d = await drive(t);
  d.client.plan = plan;
  await d.press('q');
  t.regex(d.text(), /Leave shop\?/);
  t.regex(d.text(), /9 on Kubernetes, 3 in Compose, 2 processes here/);
  t.regex(d.text(), /enter\s+Keep\s+pods and containers go on; the processes here stop: web,\W+storybook/);
  t.regex(d.text(), /D\s+Down\s+deletes 3 things/);
  await d.press('esc');
  t.deepEqual(d.screen.model.dialogs, []);
  t.deepEqual(d.client.calls, []);
});

test('enter keeps; the screen waits for the end', async t => {
  const d = await drive(t);
  await d.press('q enter');
  t.deepEqual(d.client.calls, ['exit keep']);
  t.regex(d.text(), /Leaving/);
  await d.press('r q x esc');
  t.deepEqual(d.client.calls, ['exit keep'], 'keys do nothing any more');
  d.client.finishExit();
  const end = await d.screen.ended;
  t.like(end, { how: 'left', choice: 'keep', progress: ['everything stopped'] });
});

test('while it waits it says for what', async t => {
  const d = await drive(t);
  d.client.plan = plan;
  const startTime = new Date(d.clock.now()).toISOString();
  d.client.setResource('bld', { order: 1, updateStatus: 'in_progress', currentBuild: { startTime } });
  await d.press('q enter');
  t.regex(d.text(), /waits for web, storybook, bld, killed after 5s/);
  d.client.tellExit('web stopped');
  await d.settle();
  t.regex(d.text(), /waits for storybook, bld/);
  d.client.setResource('bld', { order: 1, updateStatus: 'error' });
  d.client.tellExit('storybook stopped');
  await d.settle();
  t.notRegex(d.text(), /waits for/);
});

test('choices without anything to touch are off, and say so', async t => {
  const d = await drive(t);
  await d.press('q');
  await d.press('x');
  t.deepEqual(d.client.calls, []);
  t.true(d.rows().at(-1)!.includes('nothing of this session outlives it'));
  await d.press('D');
  t.deepEqual(
    d.screen.model.dialogs.map(dialog => dialog.kind),
    ['exit'],
  );
});

test('Down shows the list and wants the word', async t => {
  const d = await drive(t);
  d.client.plan = plan;
  await d.press('q');
  await d.press('D');
  t.regex(d.text(), /service\/api/);
  await d.press('enter');
  t.deepEqual(d.client.calls, []);
  await d.type('yes');
  await d.press('esc');
  t.deepEqual(d.client.calls, []);
  await d.press('D');
  await d.type('yes');
  await d.press('enter');
  t.deepEqual(d.client.calls, ['exit down']);
});

test('ctrl-c: closes or asks, then leaves with the default, then hurries, then gives up', async t => {
  const d = await drive(t);
  await d.press('?');
  await d.press('ctrl-c');
  t.deepEqual(d.screen.model.dialogs, [], 'closes what is open');
  t.deepEqual(d.client.calls, []);
  d.clock.advance(3000);
  await d.press('ctrl-c');
  t.deepEqual(
    d.screen.model.dialogs.map(dialog => dialog.kind),
    ['exit'],
  );
  t.deepEqual(d.client.calls, []);
  await d.press('ctrl-c');
  t.deepEqual(d.client.calls, ['exit keep']);
  await d.press('ctrl-c');
  t.is(d.hurried, 1);
  await d.press('ctrl-c');
  t.is((await d.screen.ended).how, 'abandoned');
});

test('ctrl-c in the question closes it, as in every dialog; only two within two seconds leave', async t => {
  const d = await drive(t);
  d.client.plan = plan;
  const open = (): string[] => d.screen.model.dialogs.map(dialog => dialog.kind);
  await d.press('q');
  await d.press('ctrl-c');
  t.deepEqual(open(), []);
  t.true(d.rows().at(-1)!.includes('ctrl-c twice leaves'));
  d.clock.advance(2600);
  await d.press('ctrl-c');
  t.deepEqual(open(), ['exit']);
  d.clock.advance(2600);
  await d.press('ctrl-c');
  t.deepEqual(open(), []);
  d.clock.advance(2600);
  await d.press('q');
  await d.press('D');
  await d.press('ctrl-c');
  t.deepEqual(open(), ['exit'], 'out of the last question first');
  t.deepEqual(d.client.calls, []);
  d.clock.advance(1900);
  await d.press('ctrl-c');
  t.deepEqual(d.client.calls, ['exit keep']);
});

test('ctrl-c while typing ends the typing', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.press('/');
  await d.type('we');
  await d.press('ctrl-c');
  t.deepEqual(d.screen.model.dialogs, []);
  await d.press('ctrl-c');
  t.deepEqual(d.client.calls, ['exit keep'], 'a second one within two seconds leaves');
});

test('an end from outside asks nothing', async t => {
  const d = await drive(t);
  d.screen.end();
  d.screen.end();
  await d.settle();
  t.deepEqual(d.client.calls, ['exit keep']);
});

test('ctrl-z and ctrl-l reach the terminal whatever is open', async t => {
  const d = await drive(t);
  await d.press('q ctrl-z');
  t.deepEqual(d.terminal.calls, ['stopJob']);
});

test('the last lines name what had failed, and are at most ten', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.settle();
  const lines = lastLines({
    project: 'shop',
    startedAtMs: 0,
    nowMs: 720_000,
    resources: d.screen.model.resources,
    progress: ['a stopped', 'b stopped', 'c stopped', 'd stopped'],
    logDirectory: '/home/ann/.tilt-dev/logs',
    again: 'tilt up',
  });
  t.deepEqual(lines, [
    'shop: left after 12m',
    '  c stopped',
    '  d stopped',
    '  and 2 more stopped',
    '  api crashed: exit 2',
    '  lint failed: exit 1',
    '  log    /home/ann/.tilt-dev/logs',
    '  again  tilt up',
  ]);
  t.true(lines.length <= 10);
});

test('a snapshot is saved with whatever is chosen, when it is wished for', async t => {
  const d = await drive(t);
  d.client.setResource('web', { order: 1, updateStatus: 'ok' });
  await d.press('q');
  t.regex(d.text(), /s +\[ \] +and save a snapshot/);
  await d.press('s');
  t.regex(d.text(), /\[x\] +and save a snapshot/);
  await d.press('s s enter');
  t.deepEqual(d.client.calls, ['exit keep with a snapshot']);
});

test('what goes on in a cluster is counted, and Disable and Down say when they are not for here', async t => {
  const d = await drive(t, { size: '100x28' });
  d.client.setResource('web', { order: 1, updateStatus: 'ok' });
  d.client.plan = { kubernetes: 2, compose: 0, localServers: ['here'], disable: [], down: [] };
  await d.press('q');
  t.regex(d.text(), /2 on Kubernetes, 1 process here/);
  t.regex(d.text(), /pods and containers go on; the process here stops: here/);
  t.regex(d.text(), /Down +not from here: tilt down deletes what goes on/);
  await d.press('D');
  t.regex(d.rows().at(-1)!, /Down: not from here/);
});

test('what could not be taken away is known to whoever opened the screen', async t => {
  const d = await drive(t);
  d.client.plan = plan;
  await d.press('q');
  await d.press('x');
  d.client.tellExit('→ Deployment/api');
  d.client.failExit(new Error('Deployment/api: connection refused'));
  const end = await d.screen.ended;
  t.like(end, { how: 'left', choice: 'disable', failure: 'Deployment/api: connection refused' });
});

test('after Down the last lines say what goes and what is left, not what had failed before', async t => {
  const progress = ['→ Deployment/api', 'Deleted, but not gone yet:', '  Deployment/api  (held by example.dev/x)'];
  const lines = lastLines({
    project: 'shop',
    startedAtMs: 0,
    nowMs: 60_000,
    resources: [],
    progress: [...Array.from({ length: 20 }, (_, i) => `pod ${i} stopped`), ...progress],
    hasTakenAway: true,
    logDirectory: '/l',
    again: 'tilt up',
  });
  t.true(lines.length <= 10);
  t.deepEqual(
    lines.slice(4, 7),
    progress.map(line => `  ${line}`),
  );
});
