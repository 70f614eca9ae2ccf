// What stands around the panes and outlives the run: header, title, bell, settings while it runs, what is remembered.
import test from 'ava';
import { tunnelLine } from '../../src/cli/screen-host.ts';
import { bell } from '../../src/terminal/osc.ts';
import { readSavedView } from '../../src/tui/saved-view.ts';
import { drive, fillShop } from './driver.ts';

test('the header names the cluster, a newer version, and a cluster that is lost', async t => {
  const d = await drive(t, { size: '160x30' });
  fillShop(d.client);
  const kubernetes = { context: 'kind-dev', namespace: 'default', cluster: 'kind-dev' };
  d.client.setObject('Cluster', 'default', { status: { connection: { kubernetes } } });
  d.client.setObject('UISession', 'Tiltfile', {
    status: {
      suggestedTiltVersion: '0.99.0',
      needsAnalyticsNudge: false,
      runningTiltBuild: { version: '0.37.10' },
      versionSettings: { checkUpdates: true },
      tiltStartTime: '',
      tiltfileKey: '',
    },
  });
  await d.settle();
  t.regex(d.rows()[0]!, /shop {2}kind-dev ▸ default {2}http:\/\/localhost:10350\/ {2}0\.99\.0 is out/);
  d.client.setObject('Cluster', 'default', { status: { error: 'refused', connection: { kubernetes } } });
  await d.settle();
  t.regex(d.rows()[0]!, /kind-dev cannot be reached/);
});

test('one bell when something turns red, none again until all was well', async t => {
  const d = await drive(t);
  const bells = (): number => d.terminal.sent.split('').filter(char => char === bell).length;
  const titleBells = bells();
  d.client.setResource('web', { order: 1, updateStatus: 'ok' });
  await d.settle();
  t.is(bells(), titleBells);
  d.client.setResource('web', { order: 1, updateStatus: 'error' });
  d.client.setResource('api', { order: 2, updateStatus: 'error' });
  await d.settle();
  t.is(bells(), titleBells + 1);
  d.client.setResource('web', { order: 1, updateStatus: 'ok' });
  await d.settle();
  d.client.setResource('web', { order: 1, updateStatus: 'error' });
  await d.settle();
  t.is(bells(), titleBells + 1, 'api is still red');
  t.true(d.terminal.sent.includes('tilt: shop (2 failed)'));
  d.client.setResource('web', { order: 1, updateStatus: 'ok' });
  d.client.setResource('api', { order: 2, updateStatus: 'ok' });
  await d.settle();
  d.terminal.input({ kind: 'focus', focused: false });
  d.client.setResource('api', { order: 2, updateStatus: 'error' });
  await d.settle();
  t.is(bells(), titleBells + 2);
  t.true(d.terminal.sent.includes('\x1b]9;shop: api failed'), 'a message where nobody looks');
});

test('what is remembered comes back, and odd files do no harm', async t => {
  const d = await drive(t, { size: '120x30' });
  fillShop(d.client);
  await d.press('n * ) S');
  await d.press('w');
  await d.settle(1000);
  const saved = d.views.at(-1)!;
  t.like(saved, { starred: ['api'], sort: 'name', split: 1, wrap: false, times: true, filter: '' });
  const again = await drive(t, { size: '120x30', savedView: saved });
  fillShop(again.client);
  await again.settle();
  t.deepEqual(again.views, [], 'nothing changed, nothing is written');
  t.is(again.screen.model.list.rows[1]!.key, 'with a star/');
  t.is(again.screen.model.list.sort, 'name');
  for (const odd of [undefined, null, 7, [], { starred: 'x', sort: 'y', split: 99, collapsed: [1, 'a'], filter: {} }]) {
    const read = readSavedView(odd);
    t.true(read.split <= 60);
    t.is(read.sort, 'order');
    t.is(read.filter, '');
  }
});

test('a theme is chosen from the palette for this run', async t => {
  const d = await drive(t, { size: '100x30' });
  fillShop(d.client);
  await d.press(':');
  await d.type('theme nord');
  await d.press('enter');
  for (let i = 0; i < 50 && d.screen.model.theme.name !== 'nord'; i++) await d.settle();
  t.is(d.screen.model.theme.name, 'nord');
  t.regex(d.rows().at(-1)!, /Theme nord, for this run/);
});

test('the way through SSH, from what SSH tells', t => {
  t.is(tunnelLine({}, 80), undefined);
  t.is(
    tunnelLine({ SSH_CONNECTION: '10.0.0.9 50000 10.0.0.5 22', USER: 'ann' }, 8080),
    'ssh -N -L 8080:localhost:8080 ann@10.0.0.5',
  );
  t.is(tunnelLine({ SSH_CONNECTION: 'a 1 b 2222' }, 1), 'ssh -N -L 1:localhost:1 -p 2222 b');
});

test('a slow link is marked, and what turns turns slower on it', async t => {
  const d = await drive(t, { size: '120x30' });
  fillShop(d.client);
  await d.settle();
  d.terminal.takeFor(400);
  await d.settle(600);
  t.regex(d.rows()[0]!, /slow link/);
  const phase = d.screen.model.spinnerPhase;
  await d.settle(900);
  t.true(d.screen.model.spinnerPhase - phase <= 1);
  d.terminal.takeFor(5);
  await d.settle(1200);
  t.notRegex(d.rows()[0]!, /slow link/);
});

test('a theme is shown while it is selected in the palette, and gone with it', async t => {
  const d = await drive(t, { size: '120x30' });
  fillShop(d.client);
  await d.settle();
  const before = d.screen.model.theme.name;
  const shows = async (name: string): Promise<void> => {
    for (let i = 0; i < 50 && d.screen.model.theme.name !== name; i++) await d.settle();
    t.is(d.screen.model.theme.name, name);
  };
  await d.press(':');
  await d.type('theme nord');
  await shows('nord');
  await d.press('esc');
  t.is(d.screen.model.theme.name, before);
  await d.press(':');
  await d.type('theme dracula');
  await shows('dracula');
  await d.press('ctrl-u');
  t.is(d.screen.model.theme.name, before, 'another row is selected');
});
