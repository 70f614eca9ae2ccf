// Searching, filtering, marking and copying in the log pane.
import test from 'ava';
import type { LogLine } from '../../src/api/client.ts';
import { makeDeferred } from '../../src/base/abort.ts';
import { SlowExpressionError } from '../../src/base/limited-regex.ts';
import { type Driver, drive } from './driver.ts';

async function withLog(t: Parameters<typeof drive>[0], lines = 500): Promise<Driver> {
  const d = await drive(t, { size: '80x24' });
  d.client.setResource('web', { order: 1, updateStatus: 'ok', runtimeStatus: 'ok' });
  const texts = Array.from({ length: lines }, (_, i) => `row ${i} ${i % 100 === 7 ? 'needle' : 'straw'}`);
  d.client.log('web', ...texts);
  await d.settle();
  await d.press('enter');
  return d;
}

const title = (d: Driver): string => d.rows().find(row => row.includes('follow') || row.includes('paused'))!;

test('a search jumps to the nearest line above, counts, and goes both ways and round', async t => {
  const d = await withLog(t);
  await d.press('/');
  await d.type('needle');
  t.regex(d.rows().at(-1)!, /^ ?\/needle.*5 of 5/);
  t.true(d.text().includes('row 407 needle'));
  t.regex(title(d), /needle 5 of 5.*paused/);
  await d.press('enter N');
  t.true(d.text().includes('row 307 needle'));
  t.regex(title(d), /4 of 5/);
  await d.press('n n');
  t.true(d.text().includes('row 7 needle'));
  t.regex(d.rows().at(-1)!, /From the beginning again/);
  d.client.log('web', 'one more needle');
  await d.settle(2000);
  t.regex(title(d), /1 of 6/);
  const at = d.rows().findIndex(row => row.includes('row 7 needle'));
  const x = d.rows()[at]!.indexOf('needle');
  t.true(d.terminal.grid.cellAt(x, at).style.inverse);
  await d.press('esc');
  t.is(d.screen.model.log.search, undefined);
  await d.press('G');
  t.true(title(d).includes('follow'));
});

test('esc brings back where the log was; a line that is far away is fetched', async t => {
  const d = await withLog(t, 5000);
  await d.press('/');
  await d.type('row 7 ');
  t.true(d.text().includes('row 7 needle'));
  await d.press('esc');
  t.true(title(d).includes('follow'));
  t.true(d.text().includes('row 4999'));
  await d.press('/');
  await d.type('nowhere');
  t.regex(d.rows().at(-1)!, /no line/);
  await d.press('ctrl-u');
  await d.type('re:(');
  t.regex(d.rows().at(-1)!, /re: /);
  await d.press('esc');
  t.true(title(d).includes('follow'));
});

test('filters hide lines, in words and by keys, and say what is shown', async t => {
  const d = await withLog(t);
  await d.press('&');
  await d.type('needle !307');
  await d.press('enter');
  t.regex(title(d), /& needle !307/);
  t.true(d.text().includes('row 407'));
  t.false(d.text().includes('row 307'));
  t.false(d.text().includes('straw'));
  await d.press('backspace');
  t.true(d.text().includes('row 499 straw'));
  d.client.log('web', { text: 'it burns', level: 'error', isAnchor: true });
  await d.press('L L');
  t.regex(title(d), /& level:error/);
  t.true(d.text().includes('it burns'));
  d.client.log('web', 'ERROR boom', '{"level":"error"}', 'no errors');
  await d.settle();
  t.true(d.text().includes('ERROR boom') && d.text().includes('{"level":"error"}'), 'what has the mark passes');
  t.false(d.text().includes('no errors'));
  t.false(d.text().includes('straw'));
  await d.press('L');
  await d.press('2');
  t.regex(d.text(), /No line passes & source:build/);
  await d.press('1');
  t.true(d.text().includes('straw'));
  await d.press('&');
  await d.type('zzz');
  await d.press('esc');
  t.is(d.screen.model.log.view.text, '');
});

test('a paused log stays where it was when its filter changes', async t => {
  const d = await withLog(t);
  await d.press('g');
  await d.press('&');
  await d.type('!row 1');
  await d.press('enter');
  t.regex(title(d), /paused/);
  await d.press('esc');
  t.true(d.text().includes('row 0 '));
});

test('keys walk through errors, builds and runs', async t => {
  const d = await withLog(t, 100);
  d.client.log('web', { text: '', buildEvent: 'init', source: 'build', spanId: 'build:1', isSpanStart: true });
  d.client.log('web', { text: 'Initial Build', buildEvent: 'init', source: 'build', spanId: 'build:1' });
  d.client.log('web', ...Array.from({ length: 60 }, (_, i) => `more ${i}`));
  d.client.log('web', 'panic: it is over', ...Array.from({ length: 60 }, (_, i) => `rest ${i}`));
  await d.settle();
  await d.press('[');
  t.true(d.text().includes('panic: it is over'));
  await d.press('[');
  t.regex(d.rows().at(-1)!, /No error before this/);
  await d.press('{');
  t.regex(d.text(), /┄┄ Initial Build ┄┄/);
  await d.press('{');
  t.regex(d.rows().at(-1)!, /No build or run begins before/);
  await d.press('g ]');
  t.true(d.text().includes('panic: it is over'));
});

test('lines are marked with keys and copied as they were logged', async t => {
  const d = await withLog(t, 10);
  d.client.log('web', 'with\ttab \x1b[31mred\x1b[0m 表示');
  await d.settle();
  await d.press('v k y');
  const [, base64 = ''] = /\x1b\]52;c;([A-Za-z0-9+/=]*)\x07/.exec(d.terminal.sent) ?? [];
  t.is(Buffer.from(base64, 'base64').toString(), 'row 9 straw\nwith\ttab red 表示');
  t.regex(d.rows().at(-1)!, /2 lines copied to the terminal's clipboard/);
  t.is(d.screen.model.log.selection, undefined);
  await d.press('v esc');
  t.is(d.screen.model.log.selection, undefined);
  t.is(d.screen.model.focus, 'log');
});

test('the mouse marks characters and copies when it lets go; a click only pauses as long as it is down', async t => {
  const d = await withLog(t, 10);
  const y = d.rows().findIndex(row => row.includes('row 3 straw'));
  const x = d.rows()[y]!.indexOf('row 3');
  const modifiers = { ctrl: false, alt: false, shift: false, super: false };
  const mouse = async (action: 'press' | 'drag' | 'release', column: number, row: number): Promise<void> => {
    d.terminal.input({ kind: 'mouse', action, button: 'left', x: column, y: row, modifiers });
    await d.settle();
  };
  await mouse('press', x + 4, y);
  t.regex(title(d), /paused/);
  await mouse('release', x + 4, y);
  t.regex(title(d), /follow/);
  t.is(d.terminal.sent.includes(']52;'), false);
  await mouse('press', x + 4, y);
  await mouse('drag', x + 4, y + 1);
  await mouse('release', x + 4, y + 1);
  const [, base64 = ''] = /\x1b\]52;c;([A-Za-z0-9+/=]*)\x07/.exec(d.terminal.sent) ?? [];
  t.is(Buffer.from(base64, 'base64').toString(), '3 straw\nrow 4');
});

test('two presses mean the word', async t => {
  const d = await withLog(t, 3);
  d.client.log('web', 'see https://example.dev/a?b=1 (表示 too)');
  await d.settle();
  const modifiers = { ctrl: false, alt: false, shift: false, super: false };
  const click = async (text: string, times: number): Promise<string> => {
    const y = d.rows().findIndex(row => row.includes('see https'));
    const before = d.terminal.sent.length;
    for (let i = 0; i < times; i++) {
      for (const action of ['press', 'release'] as const)
        d.terminal.input({ kind: 'mouse', action, button: 'left', x: d.rows()[y]!.indexOf(text) + 1, y, modifiers });
    }
    await d.settle();
    const [, base64 = ''] = /\x1b\]52;c;([A-Za-z0-9+/=]*)\x07/.exec(d.terminal.sent.slice(before)) ?? [];
    return Buffer.from(base64, 'base64').toString();
  };
  t.is(await click('example', 1), '');
  await d.settle(1000);
  t.is(await click('example', 2), 'https://example.dev/a?b=1');
  await d.settle(1000);
  t.is(await click('表', 2), '表示');
});

test('what is too long for a clipboard goes to a file and says so; all of the log likewise', async t => {
  const d = await withLog(t, 2000);
  await d.press('Y');
  t.regex(d.rows().at(-1)!, /all 2000 lines copied/);
  d.client.log('web', 'x'.repeat(90_000));
  await d.settle();
  await d.press('Y');
  t.regex(d.rows().at(-1)!, /too much for a clipboard: save it/);
  await d.press('G v y');
  t.regex(d.rows().at(-1)!, /1 line: too much for a clipboard, they are in \/tmp\/copied.txt/);
});

test('the log is saved where the person says', async t => {
  const d = await withLog(t, 10);
  await d.press('S');
  t.regex(d.rows().at(-1)!, /save to web-\d{8}-\d{6}\.log/);
  await d.press('ctrl-u');
  await d.type('out.log');
  await d.press('enter');
  t.deepEqual(d.hosted, ['save out.log {"minLevel":"info","resources":["web"]}']);
  t.regex(d.rows().at(-1)!, /3 lines are in out.log/);
});

test('JSON in full, and as logged again', async t => {
  const d = await withLog(t, 3);
  d.client.log('web', 'GET {"path":"/a","ok":true}', 'no {json} here');
  await d.settle();
  await d.press('P');
  t.regex(d.text(), /GET\n.*\{\n.*"path": "\/a",\n.*"ok": true\n.*\}\n.*no \{json\} here/);
  await d.press('P');
  t.true(d.text().includes('GET {"path":"/a","ok":true}'));
});

test('an expression that takes too long is told beside the search, and marks nothing', async t => {
  const d = await withLog(t);
  const { findLogs } = d.client;
  Object.assign(d.client, { findLogs: () => Promise.reject(new SlowExpressionError('it takes too long')) });
  await d.press('/');
  await d.type('re:needle');
  t.regex(d.rows().at(-1)!, /it takes too long/);
  await d.press('enter N');
  t.true(d.text().includes('it takes too long'));
  Object.assign(d.client, { findLogs });
  await d.press('esc /');
  await d.type('re:needle');
  t.regex(d.rows().at(-1)!, /5 of 5/);
});

test('a filter that takes too long is told, and everything else that is asked for still filters', async t => {
  const d = await withLog(t);
  const { openLogs } = d.client;
  const slow: typeof openLogs = (filter, place) => {
    const cursor = openLogs(filter, place);
    if (!filter.words) return cursor;
    const fail = () => Promise.reject(new SlowExpressionError('it takes too long'));
    return Object.assign(cursor, { next: fail, previous: fail });
  };
  Object.assign(d.client, { openLogs: slow });
  await d.press('&');
  await d.type('re:needle');
  await d.settle(500);
  t.true(d.text().includes('it takes too long'));
  t.true(d.text().includes('row 499 straw'), d.text());
  Object.assign(d.client, { openLogs });
  await d.type(' source:runtime');
  await d.settle(500);
  t.true(d.text().includes('row 407 needle'));
  t.false(d.text().includes('straw'));
});

test('letters that no line has leave the log where it was, whatever the first of them found', async t => {
  const d = await withLog(t);
  await d.press('/');
  await d.type('n');
  t.regex(title(d), /paused/);
  await d.type('ope');
  t.regex(title(d), /no line.*follow/);
  t.true(d.text().includes('row 499'));
});

test('within tmux its own command takes the copy, which needs no setting of tmux', async t => {
  const d = await drive(t, { size: '100x24', capabilities: { multiplexer: 'tmux' } });
  d.client.setResource('web', { order: 1, updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.log('web', 'one', 'two');
  await d.settle();
  await d.press('enter y');
  await d.settle();
  t.true(d.hosted.includes('capture tmux load-buffer -w - < one'), d.hosted.join('\n'));
  t.regex(d.rows().at(-1)!, /2 lines copied to tmux, which hands it on/);
  t.false(d.terminal.sent.includes(']52;'));
});

test('a filter says how many lines pass, and that none does where marks of builds are left', async t => {
  const d = await withLog(t, 500);
  const build = { buildEvent: 'init', source: 'build' } as const;
  d.client.log('web', { text: '', ...build }, { text: 'Update 7', ...build });
  await d.settle();
  await d.press('&');
  await d.type('needle');
  t.regex(d.rows().at(-1)!, /& needle.*5 lines/);
  await d.press('enter');
  t.regex(title(d), /& needle {2}5 lines/);
  d.client.log('web', 'a late needle');
  await d.settle();
  t.regex(title(d), /& needle {2}6 lines/);
  await d.press('&');
  await d.type('nowhere');
  t.regex(d.rows().at(-1)!, /no line/);
  await d.press('enter');
  t.regex(d.text(), /No line passes & needle nowhere/);
  await d.press('backspace L L');
  t.regex(d.text(), /Update 7[\s\S]*No line passes & level:error/);
  await d.press('backspace &');
  await d.type('row');
  t.regex(d.rows().at(-1)!, /400\+ lines/);
});

test('while a filter looks through a long log the pane says so', async t => {
  const d = await withLog(t, 20);
  const { openLogs } = d.client;
  const slow = () => {
    const looking = makeDeferred<readonly LogLine[]>();
    return { next: () => looking.promise, dispose: () => looking.resolve([]) };
  };
  Object.assign(d.client, {
    openLogs: (...given: Parameters<typeof openLogs>) =>
      given[0].words ? { ...openLogs(...given), ...slow() } : openLogs(...given),
  });
  await d.press('&');
  await d.type('needle');
  t.regex(d.text(), /Looking for lines that pass & needle/);
  await d.press('esc');
  t.true(d.text().includes('row 19'));
});
