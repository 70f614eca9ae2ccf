// Screens that are too small for everything: what matters stays, and what is hidden is said.
import test from 'ava';
import { layoutOf } from '../../src/tui/model.ts';
import { update } from '../../src/tui/update.ts';
import { wrapText } from '../../src/tui/views/box.ts';
import { drive, fillShop } from './driver.ts';

test('the menu keeps its selected row in sight', async t => {
  const d = await drive(t, { size: '40x6' });
  fillShop(d.client);
  await d.press('j x');
  t.regex(d.text(), /Update now/);
  t.regex(d.text(), /\+3 /, 'how many there are below');
  for (let i = 0; i < 5; i++) await d.press('down');
  t.regex(d.text(), /Open its endpoint/);
});

test('details wrap, and break words that are longer than a row', async t => {
  const d = await drive(t, { size: '40x16' });
  fillShop(d.client);
  d.client.setResource('lint', {
    order: 6,
    updateStatus: 'error',
    runtimeStatus: 'not_applicable',
    buildHistory: [
      { error: `${'x'.repeat(60)}END`, startTime: '2026-01-01T00:00:00Z', finishTime: '2026-01-01T00:00:01Z' },
    ],
  });
  await d.settle();
  await d.press('n n d');
  t.regex(d.text(), /since \d\d:\d\d:\d\d/);
  t.regex(d.text(), /xEND/);
  t.regex(d.text(), /update it/);
  t.deepEqual(wrapText('ab cdefgh i', 3), ['ab', 'cde', 'fgh', 'i']);
});

test('the question before leaving shows every choice in ten rows', async t => {
  const d = await drive(t, { size: '40x10' });
  d.client.plan = { kubernetes: 0, compose: 0, localServers: ['web', 'tty'], disable: [], down: [] };
  await d.press('q');
  for (const word of ['Keep', 'Disable', 'Down', 'Stay']) t.true(d.text().includes(word), word);
});

test('the question before leaving uses the rows there are, and says where a sentence goes on', async t => {
  const d = await drive(t, { size: '40x10' });
  d.client.plan = {
    kubernetes: 0,
    compose: 0,
    localServers: ['frontend', 'backend', 'worker', 'db'],
    disable: [],
    down: [],
  };
  await d.press('q');
  t.regex(d.text(), /Keep +the processes.*\n.*here/);
  t.regex(d.text(), /Down .*…/);
});

test('a count of rows below never stands beside half an age', async t => {
  const d = await drive(t, { size: '80x12' });
  for (let i = 0; i < 30; i++)
    d.client.setResource(`r${i}`, {
      order: i + 2,
      updateStatus: 'ok',
      runtimeStatus: 'not_applicable',
      buildHistory: [{ startTime: '2025-12-31T23:59:40Z', finishTime: '2025-12-31T23:59:42Z' }],
    });
  await d.settle();
  const row = d.rows().find(line => /\+\d+ *│/.test(line) || /\+\d+\s*$/.test(line));
  t.truthy(row, d.text());
  t.notRegex(row!, /\d[a-z]? +\+\d/);
});

test('at 20x5 every choice is a name, and reached by scrolling', async t => {
  const d = await drive(t, { size: '20x5' });
  d.client.plan = { kubernetes: 3, compose: 0, localServers: ['web'], disable: ['a', 'b'], down: ['a', 'b'] };
  await d.press('q');
  t.regex(d.text(), /enter Keep.*\n.*x +Disable.*\n.*D +Down/);
  t.regex(d.text(), /\+2/);
  await d.press('j j j');
  t.regex(d.text(), /D +Down.*\n.*s +\[ \] snap.*\n.*esc +Stay/);
  await d.press('k k');
  t.regex(d.text(), /enter Keep/, 'one step back is enough after pressing beyond the end');
  await d.press('D');
  await d.type('yes');
  t.regex(d.text(), /Type yes/);
  await d.press('enter');
  t.deepEqual(d.client.calls, ['exit down']);
});

test('details scroll, by keys and by the wheel, and close by a click beside them', async t => {
  const d = await drive(t, { size: '80x12' });
  const error = Array.from({ length: 30 }, (_, i) => `error line ${i}`).join('\n');
  const times = { startTime: '2026-01-01T00:00:00Z', finishTime: '2026-01-01T00:00:00.012Z' };
  d.client.setResource('lint', { order: 2, updateStatus: 'error', buildHistory: [{ error, ...times }] });
  d.client.log('lint', 'first', '\x1b[31mthe last line\x1b[0m');
  await d.settle();
  await d.press('d');
  t.regex(d.text(), /error line 0\n?/);
  t.regex(d.text(), /\+\d+ ─╯/);
  await d.press('G');
  t.regex(d.text(), /error line 29/);
  t.regex(d.text(), /the last line/);
  t.regex(d.text(), /failed, 12 ms/);
  await d.press('g');
  t.regex(d.text(), /error line 0/);
  await d.press('pagedown');
  t.notRegex(d.text(), /error line 0 /);
  const modifiers = { ctrl: false, alt: false, shift: false, super: false };
  d.terminal.input({ kind: 'mouse', action: 'press', button: 'left', x: 0, y: 0, modifiers });
  await d.settle();
  t.deepEqual(d.screen.model.dialogs, []);
});

test('Down asks its question on a small screen, too', async t => {
  const d = await drive(t, { size: '40x8' });
  const down = Array.from({ length: 9 }, (_, i) => `service/${i}`);
  d.client.plan = { kubernetes: 9, compose: 0, localServers: [], disable: down, down };
  await d.press('q');
  await d.press('D');
  await d.type('ye');
  t.regex(d.text(), /Type yes to delete them: ye/);
});

test('a filter is never hidden, and of a long one the end is seen', async t => {
  const d = await drive(t, { size: '40x10' });
  fillShop(d.client);
  await d.press('/');
  await d.type('web');
  await d.press('enter');
  t.regex(d.rows()[0]!, /\/web/);
  await d.press('/');
  d.terminal.input({ kind: 'paste', text: `${'long '.repeat(2000)}end`, truncated: false });
  await d.settle();
  t.regex(d.rows().at(-1)!, /long end/);
});

test('a long search in the help stays inside of its box', async t => {
  const d = await drive(t, { size: '40x10' });
  await d.press('?');
  await d.type(`${'a'.repeat(50)}xyz`);
  t.regex(d.rows()[1]!, /xyz +│/);
});

test('a jump to the newest lines that was on its way does not move who reads', async t => {
  const d = await drive(t);
  d.client.setResource('web', { updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.log('web', ...Array.from({ length: 100 }, (_, i) => `row ${i}`));
  await d.settle();
  await d.press('K');
  const { model, clock } = { model: d.screen.model, clock: d.clock };
  t.not(model.log.position, undefined);
  const [line] = model.log.window.lines.slice(-1);
  const late = { ...line!, id: line!.id + 5000, text: 'far away' };
  const { generation } = model.log;
  const message = { kind: 'log-lines', generation, lines: [late], isFresh: true, isStart: false, from: 'end' } as const;
  const next = update(model, message, clock.now()).model;
  t.deepEqual(next.log.position, model.log.position);
  t.is(next.log.window.lines.at(-1)!.text, 'row 99', 'no line between is skipped');
  t.true(next.log.window.hasLater);
  t.is(next.log.newLines, 1);
});

test('what is stopped by leaving did not crash', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.settle();
  await d.press('q enter');
  d.client.setResource('web', { order: 5, updateStatus: 'not_applicable', runtimeStatus: 'error' }, ['frontend']);
  d.client.setProcess('web', { terminated: { pid: 78, exitCode: 143, finishedAt: '2026-01-01T00:00:00Z' } });
  await d.settle();
  const row = d.screen.model.resources.find(other => other.name === 'web');
  t.like(row, { role: 'disabled', word: 'stopped' });
  const api = d.screen.model.resources.find(other => other.name === 'api');
  t.is(api?.role, 'crashed', 'what had crashed before still has');
  t.regex(d.rows()[0]!, /1 –$/, 'docs alone is disabled');
});

test('a progress display shows its newest state, however long it has run', async t => {
  const d = await drive(t);
  d.client.setResource('web', { updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.log('web', Array.from({ length: 2000 }, (_, i) => `progress ${i}\r`).join(''));
  await d.settle();
  t.regex(d.text(), /progress 1999/);
  t.notRegex(d.text(), /progress 1[ p]|more characters/);
});

test('where the reason of a failure does not fit, its beginning says more than the word failed', async t => {
  const d = await drive(t, { size: '60x15' });
  d.client.setResource('(Tiltfile)', {
    updateStatus: 'error',
    buildHistory: [
      {
        error: `/a/Tiltfile:2:29: ${'name is not defined '.repeat(5)}`,
        startTime: '2026-01-01T00:00:00Z',
        finishTime: '2026-01-01T00:00:01Z',
      },
    ],
  });
  await d.settle();
  t.regex(d.rows()[2]!, /✖ \(Tiltfile\) +Tiltfile:2:29: name/);
});

test('the border moves from where it is seen; keys that have no effect say why', async t => {
  const d = await drive(t, { size: '110x24' });
  fillShop(d.client);
  await d.settle();
  const width = (): number => layoutOf(d.screen.model).list.width;
  for (let i = 0; i < 30; i++) await d.press(')');
  const most = width();
  await d.press('(');
  t.true(width() !== most, 'the first step back is seen');
  for (let i = 0; i < 30; i++) await d.press('(');
  t.regex(d.rows().at(-1)!, /needs the room that is left to it/);
  const least = width();
  await d.press(')');
  t.true(width() !== least);
  await d.press('z )');
  t.regex(d.rows().at(-1)!, /no border to move/);
});

test('a log of few columns keeps short names, and says why it shows no times', async t => {
  const d = await drive(t, { size: '39x12' });
  fillShop(d.client);
  await d.settle();
  await d.press('enter 0');
  t.regex(d.text(), /web {5}compiled/);
  await d.press('T');
  t.regex(d.screen.model.toast!.text, /Times need 48 columns, the log has 39/);
});
