// The screen as a whole: keys in, picture and requests out.
import test from 'ava';
import { drive, fillShop } from './driver.ts';

test('the list moves, and the log follows what is selected', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.settle();
  t.is(d.selected(), '(Tiltfile)');
  t.true(d.text().includes('Successfully loaded Tiltfile'));
  await d.press('j j j');
  t.is(d.selected(), 'api');
  t.true(d.text().includes('panic: runtime error'));
  t.false(d.text().includes('Successfully loaded'));
  await d.press('G');
  t.is(d.selected(), 'docs');
  await d.press('g');
  t.is(d.selected(), '(Tiltfile)');
});

test('n walks through what is wrong, also in closed groups and behind a filter', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.settle();
  await d.press('j h');
  t.true(d.text().includes('backend (3)'));
  await d.press('n');
  t.is(d.selected(), 'api');
  await d.press('n');
  t.is(d.selected(), 'lint');
  await d.press('n');
  t.is(d.selected(), 'api', 'it goes round');
  await d.press('N');
  t.is(d.selected(), 'lint');
  await d.press('/');
  await d.type('web');
  await d.press('enter n');
  t.is(d.selected(), 'lint', 'from a filter that hides it');
});

test('nothing wrong is said', async t => {
  const d = await drive(t);
  d.client.setResource('web', { updateStatus: 'ok', runtimeStatus: 'ok' });
  await d.press('n');
  t.true(d.rows().at(-1)!.includes('Nothing is wrong'));
  await d.settle(5000);
  await d.settle();
  t.false(d.text().includes('Nothing is wrong'), 'it goes away by itself');
});

test('filter: as it is typed, kept by enter, taken back by esc', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.press('/');
  await d.type('we');
  t.deepEqual(
    d.screen.model.list.rows.map(r => r.key),
    ['frontend/', 'frontend/web'],
  );
  t.true(d.rows().at(-1)!.includes('/we'));
  await d.press('esc');
  t.is(d.screen.model.list.filter, '');
  await d.press('/');
  await d.type('r q n');
  t.is(d.screen.model.list.filter, 'r q n', 'letters are text while text is typed');
  await d.press('ctrl-u');
  await d.type('label:jobs');
  await d.press('enter');
  t.true(d.rows()[1]!.includes('/label:jobs 2 of 9'));
  await d.press('esc');
  t.is(d.screen.model.list.filter, '');
});

test('a paste runs nothing', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.settle();
  d.terminal.input({ kind: 'paste', text: 'rqxD\nyes\n', truncated: false });
  await d.settle();
  t.deepEqual(d.client.calls, []);
  t.deepEqual(d.screen.model.dialogs, []);
  await d.press('/');
  d.terminal.input({ kind: 'paste', text: 'we\nb', truncated: false });
  await d.settle();
  t.is(d.screen.model.list.filter, 'we b');
});

test('actions: asked for, refused with a sentence, off with a reason', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.press('n r');
  t.deepEqual(d.client.calls, ['trigger api']);
  d.client.refuseWith = 'resource "api" does not exist';
  await d.press('r');
  t.true(d.rows().at(-1)!.includes('resource "api" does not exist'));
  await d.press('x s');
  t.true(d.rows().at(-1)!.includes('Stop the build: nothing is building'));
  await d.press('x d');
  t.is(d.client.calls.at(-1), 'disable api');
  await d.press('j x s');
  t.is(d.client.calls.at(-1), 'stop-build worker');
  await d.press('G r');
  t.true(d.rows().at(-1)!.includes('disabled: enable it first'));
  await d.press('x e');
  t.is(d.client.calls.at(-1), 'enable docs');
});

test('a group is acted on as a whole', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.press('j r');
  t.deepEqual(d.client.calls, ['trigger postgres', 'trigger api', 'trigger worker']);
});

test('the endpoint is a link', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.press('n o');
  t.true(d.rows().at(-1)!.includes('http://localhost:8080/'));
  const x = d.rows().at(-1)!.indexOf('http');
  t.is(d.terminal.grid.cellAt(x, 23).style.link, 'http://localhost:8080/');
});

test('details say why it waits', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.press('/');
  await d.type('e2e');
  await d.press('enter d');
  t.regex(d.text(), /e2e: waits for api/);
  t.regex(d.text(), /waits for\s+✖ api\s+crashed: exit 2/);
  await d.press('esc');
  t.deepEqual(d.screen.model.dialogs, []);
});

test('help finds a command and runs it', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.press('?');
  await d.type('next prob');
  t.regex(d.text(), /Next problem/);
  await d.press('enter');
  t.is(d.selected(), 'api');
  await d.press('?');
  t.regex(d.text(), /x s\s+Stop the build\s+off: nothing is building/);
  await d.press('esc');
  await d.press('? esc');
  t.deepEqual(d.screen.model.dialogs, []);
});

test('a filter that is taken back brings back the row that was looked at; / works in the log too', async t => {
  const d = await drive(t, {});
  fillShop(d.client);
  await d.settle();
  await d.press('j j j j');
  const before = d.selected();
  await d.press('/');
  await d.type('zzz');
  t.regex(d.text(), /Nothing matches/);
  await d.press('esc');
  t.is(d.selected(), before);
  await d.press('/');
  await d.type('z');
  await d.press('backspace');
  t.is(d.selected(), before, 'the slip of a finger too');
  await d.press('esc enter /');
  await d.type('rx');
  t.deepEqual(d.client.calls, [], 'letters behind / are no commands');
  t.regex(d.text(), /\/rx/);
});

test('in the filter the cursor moves', async t => {
  const d = await drive(t, {});
  fillShop(d.client);
  await d.press('/');
  await d.type('ac');
  await d.press('left');
  await d.type('b');
  t.regex(d.rows().at(-1)!, /^ ?\/abc/);
});

test('in the help, the sign that stands before the field may be typed first', async t => {
  const d = await drive(t, {});
  fillShop(d.client);
  await d.press('?');
  await d.type('/wrap');
  t.notRegex(d.text(), /no command has these words/);
  t.regex(d.text(), /wrap/i);
});

test('the last line and the help show the keys of the live keymap', async t => {
  const d = await drive(t, { keymap: { everywhere: { trigger: ['ctrl-t'], 'next-problem': ['] e'] } } });
  fillShop(d.client);
  await d.settle();
  t.true(d.rows().at(-1)!.includes('ctrl-t reload'));
  await d.press(']');
  t.true(d.rows().at(-1)!.includes('] …'));
  await d.press('e');
  t.is(d.selected(), 'api');
});

test('scrolling pauses, counts what comes, and follows again', async t => {
  const d = await drive(t, { size: '120x28' });
  d.client.setResource('web', { updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.log('web', ...Array.from({ length: 100 }, (_, i) => `row ${i}`));
  await d.settle();
  await d.press('enter');
  t.true(d.text().includes('row 99'));
  await d.press('ctrl-u');
  t.false(d.text().includes('row 99'));
  const before = d.rows().slice(3, 24);
  d.client.log('web', 'row 100', { text: 'row 101', level: 'error' });
  await d.settle();
  t.deepEqual(d.rows().slice(3, 24), before, 'the log does not move under a reading eye');
  t.true(d.text().includes('paused  +2 new, 1 ✖   G to follow'));
  await d.press('G');
  t.true(d.text().includes('row 101'));
  t.true(d.text().includes('follow ▸'));
  await d.press('k j');
  t.is(d.screen.model.log.position, undefined, 'scrolling down to the end follows again');
});

test('the beginning of a long log is read from the store, and the end again', async t => {
  const d = await drive(t, { size: '120x28' });
  d.client.setResource('web', { updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.log('web', ...Array.from({ length: 5000 }, (_, i) => `row ${i}`));
  await d.settle();
  t.true(d.screen.model.log.window.length <= 1000, 'not all of it is held');
  await d.press('enter g');
  t.true(d.text().includes('row 0'));
  for (let i = 0; i < 300; i++) await d.press('pagedown');
  t.true(d.text().includes('row 4999'), 'every page on the way was fetched');
  t.is(d.screen.model.log.position, undefined);
  for (let i = 0; i < 120; i++) await d.press('pageup');
  t.false(d.text().includes('row 4999'));
  const texts = d.screen.model.log.window.lines.map(line => line.text);
  const from = Number(/\d+/.exec(texts[0]!)![0]);
  t.deepEqual(
    texts,
    Array.from({ length: texts.length }, (_, i) => `row ${from + i}`),
    'no line is missing',
  );
});

test('a log that runs ahead is followed by jumps, and what came between is found by scrolling', async t => {
  const d = await drive(t, { size: '120x28' });
  d.client.setResource('web', { updateStatus: 'ok', runtimeStatus: 'ok' });
  await d.settle();
  d.client.log('web', ...Array.from({ length: 10_000 }, (_, i) => `row ${i}`));
  await d.settle(200);
  t.true(d.text().includes('row 9999'));
  t.true(d.screen.model.log.window.length <= 2000);
  await d.press('enter');
  for (let i = 0; i < 80; i++) await d.press('pageup');
  const texts = d.screen.model.log.window.lines.map(line => line.text);
  const from = Number(/\d+/.exec(texts[0]!)![0]);
  t.true(from < 8500);
  t.deepEqual(
    texts,
    Array.from({ length: texts.length }, (_, i) => `row ${from + i}`),
  );
});

test('an unfinished line grows in place', async t => {
  const d = await drive(t);
  d.client.setResource('web', { updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.log('web', { id: 1, text: 'loading 10%', isPartial: true });
  await d.settle();
  t.true(d.text().includes('loading 10%'));
  d.client.log('web', { id: 1, text: 'loading 90%', isPartial: true }, 'next');
  await d.settle();
  t.false(d.text().includes('10%'));
  t.true(d.text().includes('loading 90%'));
});

test('all logs carry names; its own log comes back with enter', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.press('0');
  t.regex(d.text(), /All resources/);
  t.regex(d.text(), /api\s+panic: runtime/);
  t.regex(d.text(), /web\s+compiled/);
  await d.press('n');
  t.false(d.text().includes('compiled'));
});

test('the mouse selects, focuses and scrolls', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.settle();
  const y = d.rows().findIndex(row => row.includes('lint'));
  const mouse = (event: object) =>
    d.terminal.input({ kind: 'mouse', action: 'press', button: 'left', modifiers: {}, ...event } as never);
  mouse({ x: 10, y });
  await d.settle();
  t.is(d.selected(), 'lint');
  mouse({ x: 80, y: 10 });
  await d.settle();
  t.is(d.screen.model.focus, 'log');
  const group = d.rows().findIndex(row => row.includes('backend'));
  mouse({ x: 3, y: group });
  await d.settle();
  t.true(d.text().includes('backend (3)'));
});

test('the mouse moves the border between list and log, and a click on its title follows again', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.settle();
  const mouse = async (action: string, x: number, y: number): Promise<void> => {
    d.terminal.input({ kind: 'mouse', action, button: 'left', modifiers: {}, x, y } as never);
    await d.settle();
  };
  const border = (): number => d.rows()[8]!.indexOf('│');
  const [first, focus] = [border(), d.screen.model.focus];
  await mouse('press', first, 8);
  await mouse('drag', 70, 5);
  t.is(border(), 70);
  await mouse('drag', 61, 0);
  t.is(border(), 61, 'above the panes as well');
  await mouse('drag', 2, 5);
  t.is(border(), 28, 'the list keeps what it needs');
  await mouse('drag', 55, 5);
  await mouse('release', 55, 0);
  await mouse('drag', 70, 5);
  t.is(border(), 55, 'let go');
  t.is(d.screen.model.focus, focus);
  d.terminal.resizeTo({ columns: 80, rows: 24 });
  await d.settle();
  const rule = (): number => d.rows().findIndex(row => row.includes('follow'));
  const at = rule();
  await mouse('press', 30, at);
  await mouse('drag', 30, at - 2);
  await mouse('release', 30, at - 2);
  t.is(rule(), at - 2);
});

test('resizing keeps selection and place', async t => {
  const d = await drive(t, { size: '120x28' });
  fillShop(d.client);
  await d.press('n');
  for (const [columns, rows] of [
    [40, 10],
    [1, 1],
    [300, 80],
    [80, 24],
  ] as const) {
    d.terminal.resizeTo({ columns, rows });
    await d.settle();
    t.is(d.selected(), 'api');
  }
  t.true(d.text().includes('panic'));
});

test('rows that come above the selected one do not move it on the screen', async t => {
  const d = await drive(t);
  const fill = (from: number): void => {
    for (let i = from; i < 60; i++) d.client.setResource(`res-${i}`, { order: i, updateStatus: 'ok' });
  };
  fill(30);
  await d.settle();
  await d.press('G k k k k');
  const name = d.selected();
  const place = d.rows().findIndex(row => row.includes(` ${name} `));
  fill(20);
  await d.settle();
  t.is(d.selected(), name);
  t.is(
    d.rows().findIndex(row => row.includes(` ${name} `)),
    place,
  );
});

test('a resource that goes leaves the selection near', async t => {
  const d = await drive(t);
  fillShop(d.client);
  await d.press('n');
  d.client.removeResource('api');
  await d.settle();
  t.not(d.selected(), '');
  t.false(d.text().includes('crashed'));
});

test('time alone asks for frames only when something it shows changes', async t => {
  const d = await drive(t);
  d.client.setResource('web', {
    updateStatus: 'ok',
    runtimeStatus: 'ok',
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: new Date(d.clock.now() - 90_000).toISOString() }],
  });
  await d.settle();
  d.clock.advance(20_000);
  t.false(d.terminal.flush(), '1m stays 1m');
  d.clock.advance(20_000);
  t.true(d.terminal.flush());
  t.true(d.text().includes('2m'));
});

test('going to the beginning of a paused log keeps the count of what was not seen', async t => {
  const d = await drive(t, { size: '120x24' });
  d.client.setResource('web', { order: 1, updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.log('web', ...Array.from({ length: 9000 }, (_, i) => `line ${i}`));
  await d.settle();
  await d.press('enter k');
  d.client.log('web', ...Array.from({ length: 12 }, (_, i) => `more ${i}`));
  await d.settle(400);
  t.regex(d.text(), /paused {2}\+12 new/);
  await d.press('g');
  await d.settle(400);
  t.true(d.text().includes('line 0'));
  t.regex(d.text(), /paused {2}\+12 new/);
  await d.press('G');
  await d.settle(400);
  t.regex(d.text(), /follow/);
});

test('what a key does to a large group is asked first, and its number is said before', async t => {
  const d = await drive(t);
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const status = { order: n, updateStatus: 'ok', runtimeStatus: 'ok' } as const;
    d.client.setResource(`s${n}`, status, [n < 6 ? 'many' : 'one']);
  }
  await d.settle();
  await d.press('g');
  t.is(d.selected(), '[many]');
  t.regex(d.rows().at(-1)!, /r rebuild all 5/);
  await d.press('r');
  t.deepEqual(d.client.calls, []);
  t.true(d.rows().at(-1)!.includes('Update now: all 5 of many. Once more to do it'));
  await d.press('j g r');
  t.deepEqual(d.client.calls, [], 'going away is a no');
  await d.press('r');
  t.is(d.client.calls.length, 5);
  await d.press('r');
  t.is(d.client.calls.length, 5, 'every time');
  await d.press('x');
  t.regex(d.text(), /Disable: 5 resources/);
  await d.press('d');
  t.is(d.client.calls.length, 5);
  d.clock.advance(10_000);
  await d.press('x d');
  t.is(d.client.calls.length, 5, 'too late for a yes');
  await d.press('x d');
  t.is(d.client.calls.at(-1), 'disable s1 s2 s3 s4 s5');
});

test('a server that is not ready yet says what its probe answers', async t => {
  const d = await drive(t, { size: '100x24' });
  d.client.setResource('web', { order: 1, updateStatus: 'ok', runtimeStatus: 'pending' });
  const startedAt = new Date(d.clock.now() - 34_000).toISOString();
  const spec = { args: ['x'], readinessProbe: { exec: { command: ['true'] } } };
  d.client.setProcess('web', { running: { pid: 7, startedAt }, ready: false }, 1, spec);
  d.client.log('web', 'listening', '[readiness probe: failure] no answer from :3000', 'more');
  await d.settle();
  t.regex(d.rows()[2]!, /web\s+starting: probe not ok\s+34s/);
  await d.press('d');
  t.regex(d.text(), /state\W+starting: probe not ok/);
  t.regex(d.text(), /probe\s+failure: no answer from :3000/);
  d.client.setResource('web', { order: 1, updateStatus: 'ok', runtimeStatus: 'ok' });
  await d.settle();
  t.notRegex(d.text(), /failure: no answer/);
});

test('several endpoints are chosen from, and the details have every address in full', async t => {
  const d = await drive(t);
  const long = `http://localhost:3000/${'path/'.repeat(30)}end`;
  const endpointLinks = [{ url: long, name: 'the app' }, { url: 'http://localhost:3001/' }];
  d.client.setResource('web', { order: 1, updateStatus: 'ok', runtimeStatus: 'ok', endpointLinks });
  await d.press('o');
  t.regex(d.text(), /1 {2}the app {2}http:\/\/localhost:3000/);
  await d.press('2');
  t.regex(d.rows().at(-1)!, /http:\/\/localhost:3001\//);
  await d.press('d');
  t.regex(d.text(), /endpoint\s+the app/);
  const letters = d.text().replace(/[^a-z0-9:/]/g, '');
  t.true(letters.includes('path/end'));
  t.true(letters.includes('http://localhost:3001/'));
});

test('a paused log is where it was when the reader comes back', async t => {
  const d = await drive(t);
  for (const [i, name] of ['web', 'api'].entries())
    d.client.setResource(name, { order: i + 1, updateStatus: 'ok', runtimeStatus: 'ok' });
  d.client.log('web', ...Array.from({ length: 100 }, (_, i) => `line ${i}.`));
  d.client.log('api', 'api is here');
  await d.settle();
  await d.press('enter g');
  await d.press('j j j');
  const top = () => /line \d+\./.exec(d.text())?.[0];
  t.is(top(), 'line 3.');
  await d.press('h j');
  t.true(d.text().includes('api is here'));
  d.client.log('web', 'one more', 'and another');
  await d.settle(400);
  await d.press('k');
  await d.settle(400);
  t.is(top(), 'line 3.');
  t.regex(d.text(), /paused {2}\+2 new/);
  await d.press('0 0');
  await d.settle(400);
  t.is(top(), 'line 3.');
  await d.press('enter G');
  await d.settle(400);
  t.true(d.text().includes('and another'));
  t.regex(d.text(), /follow/);
  await d.press('h j k');
  await d.settle(400);
  t.true(d.text().includes('and another'), 'who follows, follows');
});

test('what is wrong with the session itself stays in the header as long as it is', async t => {
  const d = await drive(t, {});
  fillShop(d.client);
  await d.settle();
  d.screen.alarm('log not on disk');
  await d.settle(60_000);
  t.regex(d.rows()[0]!, /log not on disk/);
  d.screen.alarm(undefined);
  await d.settle();
  t.notRegex(d.rows()[0]!, /log not on disk/);
});
