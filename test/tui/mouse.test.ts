// Clicks on what the screen shows: rows of dialogs, keys in the last line, the address, endpoints.
import test from 'ava';
import { type Driver, drive, fillShop } from './driver.ts';

const modifiers = { ctrl: false, alt: false, shift: false, super: false };

/** Clicks on a text where it stands first. */
async function click(d: Driver, text: string | RegExp, button: 'left' | 'right' = 'left'): Promise<void> {
  const rows = d.rows();
  const y = rows.findIndex(row => (typeof text === 'string' ? row.includes(text) : text.test(row)));
  const x = typeof text === 'string' ? rows[y]!.indexOf(text) : rows[y]!.search(text);
  for (const action of ['press', 'release'] as const)
    d.terminal.input({ kind: 'mouse', action, button, x, y, modifiers });
  await d.settle();
}

test('a menu is opened and used with the mouse alone', async t => {
  const d = await drive(t, { size: '120x30' });
  fillShop(d.client);
  await d.settle();
  await click(d, 'postgres', 'right');
  await click(d, 'Update now');
  t.deepEqual(d.client.calls, ['trigger postgres']);
  t.deepEqual(d.screen.model.dialogs, []);
});

test('the keys of the last line can be clicked, and what is found in the palette and the help', async t => {
  const d = await drive(t, { size: '120x30' });
  fillShop(d.client);
  await d.settle();
  await click(d, '? help');
  t.regex(d.text(), /Keys and commands/);
  await d.type('sort');
  await click(d, 'Sort: Tiltfile');
  t.regex(d.rows().at(-1)!, /Sorted by name/);
  await d.press(':');
  await d.type('post');
  await click(d, /postgres +/);
  t.is(d.selected(), 'postgres');
  await click(d, 'q leave');
  t.regex(d.text(), /Leave shop\?/);
});

test('the exit prompt takes clicks, but for what takes something away at once', async t => {
  const d = await drive(t, { size: '120x30' });
  d.client.plan = { kubernetes: 2, compose: 0, localServers: [], disable: ['deployment/a'], down: ['deployment/a'] };
  fillShop(d.client);
  await d.press('q');
  await click(d, 'Disable');
  t.deepEqual(d.client.calls, []);
  await click(d, '[ ]');
  t.regex(d.text(), /\[x\]/);
  await click(d, 'Down  ');
  t.regex(d.text(), /Type yes to delete them/);
  await d.press('esc');
  await click(d, 'Stay');
  t.deepEqual(d.screen.model.dialogs, []);
  await d.press('q');
  await click(d, 'Keep');
  t.deepEqual(d.client.calls, ['exit keep']);
});

test('a form is filled in with the mouse', async t => {
  const d = await drive(t, { size: '120x30' });
  fillShop(d.client);
  d.client.setObject('UIButton', 'seed', {
    spec: {
      location: { componentType: 'Resource', componentID: 'api' },
      text: 'Seed',
      requiresConfirmation: true,
      inputs: [
        { name: 'table', label: 'Table', text: {} },
        { name: 'wipe', label: 'Wipe', bool: {} },
        { name: 'size', label: 'Size', choice: { choices: ['small', 'large'] } },
      ],
    },
  });
  await d.settle();
  await d.press('n x 1');
  await click(d, 'Wipe');
  await click(d, 'Size');
  await click(d, 'Table');
  await d.type('users');
  await click(d, 'yes, do it');
  t.deepEqual(d.client.calls, ['click seed {"table":"users","wipe":true,"size":"large"}']);
});

test('a click on an endpoint opens it, two clicks on a row go into its log, the header leads to trouble', async t => {
  const d = await drive(t, { size: '160x30', capabilities: { remote: true } });
  fillShop(d.client);
  await d.settle();
  await click(d, ':8080');
  t.regex(d.text(), /ssh -N -L 8080:localhost:8080/);
  await d.press('esc');
  await click(d, '● postgres');
  t.is(d.screen.model.focus, 'list');
  d.clock.advance(1000);
  await click(d, '● postgres');
  t.is(d.screen.model.focus, 'list', 'too late for a double click');
  await click(d, '● postgres');
  t.is(d.screen.model.focus, 'log');
  await click(d, ' failed');
  t.is(d.selected(), 'api');
  await click(d, 'http://localhost:10350');
  t.regex(d.text(), /ssh -N -L 10350/);
});
