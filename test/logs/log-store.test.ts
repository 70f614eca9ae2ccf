import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { LogCursor, LogFilter, LogLine, LogPlace, LogSearch, LogText } from '../../src/api/client.ts';
import { neverAborted } from '../../src/base/abort.ts';
import { SlowExpressionError } from '../../src/base/limited-regex.ts';
import { type LogStore, type LogStoreOptions, makeLogStore } from '../../src/logs/index.ts';
import type { LogStoreTuning } from '../../src/logs/log-store.ts';

const small = { minMemoryBytes: 0 };

function folder(t: ExecutionContext): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-logs-'));
  t.teardown(() => fs.rmSync(made, { recursive: true, force: true }));
  return made;
}

function open(t: ExecutionContext, options: Partial<LogStoreOptions> = {}, tuning: LogStoreTuning = {}): LogStore {
  const store = makeLogStore(
    {
      directory: undefined,
      sessionName: 'session-2',
      isLiveSession: () => false,
      onDiskError: error => error && t.fail(error.message),
      ...options,
    },
    tuning,
  );
  t.teardown(() => store.dispose());
  return store;
}

async function all(cursor: LogCursor, batch = 7): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (;;) {
    const more = await cursor.next(batch);
    if (more.length === 0) return lines;
    lines.push(...more);
  }
}

async function texts(store: LogStore, filter: LogFilter = {}, place: LogPlace = { at: 'start' }): Promise<string[]> {
  return (await all(store.openCursor(filter, place))).map(line => line.text);
}

test('lines of several spans come out in order, with who wrote them', async t => {
  const store = open(t);
  store.span('build:1', 'web').write('Building\n', 'info', { buildEvent: 'init' });
  store.span('localserve:1', 'web').write('a\nb\r\n\n');
  store.span('', '').write('global\n', 'warn');
  const lines = await all(store.openCursor({}, { at: 'start' }));
  t.deepEqual(
    lines.map(l => [l.id, l.resource, l.source, l.level, l.text]),
    [
      [0, 'web', 'build', 'info', 'Building'],
      [1, 'web', 'runtime', 'info', 'a'],
      [2, 'web', 'runtime', 'info', 'b'],
      [3, 'web', 'runtime', 'info', ''],
      [4, '', 'runtime', 'warn', 'global'],
    ],
  );
  t.is(lines[0]!.buildEvent, 'init');
  t.true(lines[4]!.isAnchor);
});

test('pieces of a line belong together whatever came between; a cursor brings a grown line again', async t => {
  const store = open(t);
  const a = store.span('localserve:1', 'a');
  const b = store.span('localserve:2', 'b');
  const cursor = store.openCursor({}, { at: 'start' });
  a.write('one ');
  t.like(await cursor.next(10), [{ id: 0, text: 'one ', isPartial: true }]);
  b.write('other\n');
  a.write('two ');
  const grown = await cursor.next(10);
  t.deepEqual(
    grown.map(l => [l.id, l.text, l.isPartial]),
    [
      [1, 'other', undefined],
      [0, 'one two ', true],
    ],
  );
  a.write('three\nnext\n');
  const last = await cursor.next(10);
  t.deepEqual(
    last.map(l => [l.text, l.isPartial]),
    [
      ['one two three', undefined],
      ['next', undefined],
    ],
  );
  t.deepEqual(await texts(store), ['one two three', 'other', 'next']);
});

test('another level ends an unfinished line', async t => {
  const store = open(t);
  const span = store.span('build:1', 'a');
  span.write('begun');
  span.write('failed\n', 'error');
  t.deepEqual(await texts(store), ['begun', 'failed']);
  t.deepEqual(store.counts('build:1'), { warnings: 0, errors: 1 });
});

test('characters cut between writes, invalid bytes, colours and a line of 1 MB', async t => {
  const store = open(t);
  const span = store.span('localserve:1', 'a');
  const euro = Buffer.from('x€😀y\n');
  for (const byte of euro) span.write(Buffer.of(byte));
  span.write(Buffer.from([0x61, 0xff, 0xfe, 0x62, 0x0a]));
  span.write('\x1b[31mred\x1b[0m\n');
  const long = 'ab€'.repeat(350_000);
  span.write(`${long}\n`);
  const lines = await texts(store);
  t.is(lines[0], 'x€😀y');
  t.is(lines[1], 'a\ufffd\ufffdb');
  t.is(lines[2], '\x1b[31mred\x1b[0m');
  t.true(lines[3] === long);
  t.is(lines.length, 4);
});

test('progress with carriage returns stays one line until it is long, and every byte is kept', async t => {
  const store = open(t);
  const span = store.span('localserve:1', 'a');
  for (let i = 0; i < 5000; i++) span.write(`\r${i}%`);
  span.write('\ndone\n');
  const lines = await texts(store);
  t.is(lines.at(-1), 'done');
  t.true(lines.length > 1 && lines.length < 20);
  t.true(lines.slice(0, -1).join('').startsWith('\r0%\r1%'));
  t.is(lines.slice(0, -1).join(''), Array.from({ length: 5000 }, (_, i) => `\r${i}%`).join(''));
});

test('filters: resource, source, level and time; build events pass source and level', async t => {
  const store = open(t);
  store.span('build:1', 'a').write('init\n', 'info', { buildEvent: 'init' });
  store.span('build:1', 'a').write('compiling\n');
  store.span('localserve:1', 'a').write('up\n');
  store.span('localserve:1', 'a').write('careful\n', 'warn');
  store.span('localserve:2', 'b').write('broken\n', 'error');
  t.deepEqual(await texts(store, { resources: ['b'] }), ['broken']);
  t.deepEqual(await texts(store, { source: 'runtime', resources: ['a'] }), ['init', 'up', 'careful']);
  t.deepEqual(await texts(store, { source: 'build' }), ['init', 'compiling']);
  t.deepEqual(await texts(store, { minLevel: 'warn' }), ['init', 'careful', 'broken']);
  t.deepEqual(await texts(store, { sinceMs: Date.now() + 10_000 }), []);
});

test('a cursor at the end sees the tail, then what comes, and goes back', async t => {
  const store = open(t);
  const span = store.span('localserve:1', 'a');
  for (let i = 0; i < 100; i++) span.write(`${i}\n`);
  const cursor = store.openCursor({}, { at: 'end', tail: 3 });
  t.deepEqual(
    (await cursor.next(10)).map(l => l.text),
    ['97', '98', '99'],
  );
  const more = new Promise<void>(resolve => cursor.onMore(resolve));
  span.write('100\n');
  await more;
  t.deepEqual(
    (await cursor.next(10)).map(l => l.text),
    ['100'],
  );
  t.deepEqual(
    (await cursor.previous(2)).map(l => l.text),
    ['99', '100'],
  );
  t.deepEqual(
    (await cursor.next(1)).map(l => l.text),
    ['99'],
  );
  t.deepEqual(await texts(store, {}, { at: { lineId: 98 } }), ['98', '99', '100']);
  t.deepEqual(await texts(store, {}, { at: 'end' }), []);
});

test('what left memory is read from disk, whole and in order; files are for the user alone', async t => {
  const directory = folder(t);
  const store = open(t, { directory, maxMemoryBytes: 300_000 }, { ...small, maxFileBytes: 500_000 });
  const spans = [0, 1, 2].map(i => store.span(`localserve:${i}`, `r${i}`));
  const expected: string[] = [];
  for (let i = 0; i < 40_000; i++) {
    const text = `line ${i} ${'x'.repeat(i % 90)}`;
    expected.push(text);
    spans[i % 3]!.write(text.slice(0, 6));
    spans[i % 3]!.write(`${text.slice(6)}\n`);
    if (i % 1000 === 0) await store.flush();
  }
  await store.flush();
  t.deepEqual(await texts(store), expected);
  t.deepEqual(
    await texts(store, { resources: ['r1'] }),
    expected.filter((_, i) => i % 3 === 1),
  );
  const own = path.join(directory, 'session-2');
  t.is(fs.statSync(own).mode & 0o777, 0o700);
  for (const name of fs.readdirSync(own)) t.is(fs.statSync(path.join(own, name)).mode & 0o777, 0o600);
  t.true(fs.readdirSync(own).filter(name => name.endsWith('.log')).length > 2);
  const onDisk = fs
    .readdirSync(own)
    .filter(name => name.endsWith('.log'))
    .sort()
    .map(name => fs.readFileSync(path.join(own, name), 'utf8'))
    .join('');
  t.is(
    onDisk.length,
    expected.reduce((sum, text) => sum + text.length + 1, 0),
  );
  const back = store.openCursor({}, { at: 'end' });
  t.deepEqual(
    (await back.previous(20_000)).map(l => l.text),
    expected.slice(-20_000),
  );
});

test('a reader at its own pace keeps up with a writer', async t => {
  const store = open(t, { directory: folder(t), maxMemoryBytes: 600_000 }, { ...small, maxFileBytes: 300_000 });
  const span = store.span('localserve:1', 'a');
  const cursor = store.openCursor({}, { at: 'end' });
  let next = 0;
  let written = 0;
  while (next < 30_000) {
    for (let i = 0; i < 500 && written < 30_000; i++) span.write(`row ${written++}\n`);
    for (const line of await cursor.next(333)) {
      if (line.text !== `row ${next}`) throw new Error(`${line.text} where row ${next} belongs`);
      next++;
    }
  }
  t.is(next, 30_000);
});

test('over its size the oldest finished session goes first, then the oldest lines, with a counted mark', async t => {
  const directory = folder(t);
  for (const name of ['session-0', 'session-1', 'live-1']) {
    fs.mkdirSync(path.join(directory, name));
    fs.writeFileSync(path.join(directory, name, '000001.log'), Buffer.alloc(400_000));
  }
  const store = open(
    t,
    { directory, maxMemoryBytes: 600_000, maxDiskBytes: 2_000_000, isLiveSession: name => name.startsWith('live') },
    { ...small, maxFileBytes: 300_000 },
  );
  const span = store.span('localserve:1', 'a');
  let written = 0;
  const write = async (lines: number): Promise<void> => {
    for (let i = 0; i < lines; i++) span.write(`${String(written++).padStart(99)}\n`);
    await store.flush();
  };
  await write(10_000);
  t.deepEqual(fs.readdirSync(directory).sort(), ['live-1', 'session-1', 'session-2']);
  t.is((await texts(store)).length, 10_000);
  for (let i = 0; i < 10; i++) await write(3000);
  t.deepEqual(fs.readdirSync(directory).sort(), ['live-1', 'session-2']);
  const [mark, ...lines] = await all(store.openCursor({}, { at: 'start' }), 1000);
  const cut = 40_000 - lines.length;
  t.true(cut > 0);
  t.regex(
    mark!.text,
    new RegExp(`^\\[${cut} lines \\(\\d+\\.\\d MB\\) are not kept: the logs reached log_max_bytes\\]$`),
  );
  t.is(lines[0]!.text.trim(), String(cut));
  t.is(lines.at(-1)!.text.trim(), '39999');
});

test('files that somebody removes are written again, as far as they can be read; a mark stands for the rest', async t => {
  const directory = folder(t);
  const store = open(t, { directory, maxMemoryBytes: 300_000 }, { ...small, maxFileBytes: 300_000 });
  const span = store.span('localserve:1', 'a');
  for (let i = 0; i < 20_000; i++) {
    span.write(`line ${i} ${'x'.repeat(60)}\n`);
    if (i % 1000 === 0) await store.flush();
  }
  await store.flush();
  fs.rmSync(directory, { recursive: true });
  span.write('after\n');
  await store.flush();
  const lines = await texts(store);
  t.regex(lines[0]!, /^\[\d+ lines \(.*\) are not kept: somebody removed their files\]$/);
  const kept = lines.slice(1, -1);
  t.is(lines.at(-1), 'after');
  t.true(kept.length > 1000, `${kept.length} lines`);
  t.true(kept.length < 20_000);
  t.deepEqual(
    kept.map(line => Number(line.split(' ')[1])),
    kept.map((_, i) => 20_000 - kept.length + i),
  );
  const own = path.join(directory, 'session-2');
  const onDisk = fs
    .readdirSync(own)
    .filter(name => name.endsWith('.log'))
    .map(name => fs.readFileSync(path.join(own, name), 'utf8'))
    .join('');
  t.true(onDisk.includes('after\n') && onDisk.includes(`${kept[0]}\n`));
  for (let i = 0; i < 20_000; i++) {
    span.write(`more ${i} ${'x'.repeat(60)}\n`);
    if (i % 1000 === 0) await store.flush();
  }
  await store.flush();
  t.is((await texts(store)).filter(line => line.startsWith('more ')).length, 20_000);
});

test('without a disk the newest lines stay, with a mark for the rest; one error, and recovery', async t => {
  const directory = folder(t);
  fs.writeFileSync(path.join(directory, 'session-2'), 'a file stands in the way');
  const errors: (string | undefined)[] = [];
  const store = open(
    t,
    { directory, maxMemoryBytes: 400_000, onDiskError: error => errors.push(error?.message) },
    small,
  );
  const span = store.span('localserve:1', 'a');
  for (let i = 0; i < 20; i++) {
    for (let j = 0; j < 1000; j++) span.write(`${String(i * 1000 + j).padStart(99)}\n`);
    await store.flush();
  }
  t.is(errors.length, 1);
  const lines = await texts(store);
  t.regex(lines[0]!, /^\[\d+ lines \(.*\) are not kept: the disk took no more\]$/);
  t.is(lines.at(-1)!.trim(), '19999');
  const kept = lines.length - 1;
  t.true(kept > 1000 && kept < 6000);
  fs.unlinkSync(path.join(directory, 'session-2'));
  // One that was under way fails still.
  await store.flush();
  await store.flush();
  t.deepEqual(errors.slice(1), [undefined]);
  t.is((await texts(store)).length, kept + 1);
});

test('secrets vanish from what was written and from what comes, also across writes, in memory and on disk', async t => {
  const directory = folder(t);
  const store = open(t, { directory, maxMemoryBytes: 600_000 }, { ...small, maxFileBytes: 300_000 });
  const span = store.span('localserve:1', 'a');
  const other = store.span('localserve:2', 'b');
  span.write('before the mark hunter2secret\n');
  const mark = store.checkpoint;
  for (let i = 0; i < 9000; i++) span.write(`filler ${'.'.repeat(60)} ${i}\n`);
  span.write('plain hunter2secret, coded aHVudGVyMnNlY3JldA==\nbegun hunter2');
  for (let i = 0; i < 9000; i++) other.write(`filler ${'.'.repeat(60)} ${i}\n`);
  span.write('secret end\n');
  await store.flush();
  await store.addSecrets(
    [
      { name: 'db', key: 'password', value: 'hunter2secret' },
      { name: 'x', key: 'y', value: 'abcd' },
    ],
    mark,
  );
  span.write('later hunter2secret abcd\nhun');
  span.write('ter2secret\nmulti hunter2sec');
  other.write('between\n');
  span.write('ret done\n');
  await store.flush();
  const lines = (await texts(store)).filter(text => !text.startsWith('filler'));
  t.deepEqual(lines, [
    'before the mark hunter2secret',
    'plain [redacted secret db:password], coded [redacted secret db:password]',
    'begun [redacted secret db:password] end',
    'later [redacted secret db:password] abcd',
    '[redacted secret db:password]',
    'multi [redacted secret db:password] done',
    'between',
  ]);
  const own = path.join(directory, 'session-2');
  const onDisk = fs
    .readdirSync(own)
    .map(name => fs.readFileSync(path.join(own, name), 'latin1'))
    .join('');
  t.is(onDisk.split('hunter2secret').length, 2);
  t.false(onDisk.includes('aHVudGVyMnNlY3JldA=='));
  t.true(onDisk.includes('ret done'.slice(3)));
  t.is(store.redact('x hunter2secret'), 'x [redacted secret db:password]');
});

test('the list for the web view carries pieces, spans and checkpoints, and the newest bytes only', t => {
  const store = open(t);
  t.deepEqual(store.toLogList(0), { spans: {}, segments: [], fromCheckpoint: -1, toCheckpoint: -1 });
  store.span('build:1', 'web').write('one\ntw', 'warn', { progressId: 'p', progressMustPrint: true });
  const list = store.toLogList(0);
  t.deepEqual(list.spans, { 'build:1': { manifestName: 'web' } });
  t.like(list, { fromCheckpoint: 0, toCheckpoint: 2 });
  t.like(list.segments[0], {
    spanId: 'build:1',
    text: 'one\n',
    level: 'WARN',
    anchor: true,
    fields: { progressID: 'p', progressMustPrint: '1' },
  });
  t.is(list.segments[1]!.text, 'tw');
  t.is(store.toLogList(2).fromCheckpoint, -1);
  for (let i = 0; i < 30_000; i++) store.span('localserve:1', 'web').write(`${'z'.repeat(99)}\n`);
  const newest = store.toLogList(0);
  t.is(newest.segments.length, 20_000);
  t.is(newest.toCheckpoint, 30_002);
  t.is(newest.fromCheckpoint, 10_002);
  t.is(store.toLogList(30_000).segments.length, 2);
});

test('search finds literals and expressions in memory and on disk, without colours, both ways', async t => {
  const store = open(t, { directory: folder(t), maxMemoryBytes: 600_000 }, { ...small, maxFileBytes: 300_000 });
  const span = store.span('localserve:1', 'a');
  for (let i = 0; i < 20_000; i++) span.write(`row ${i} ${i % 5000 === 7 ? 'Needle' : 'straw'} ${'.'.repeat(30)}\n`);
  span.write('\x1b[1mNee\x1b[0mdle in colour\n');
  span.write('a piece with nee');
  span.write('dle\n');
  await store.flush();
  const find = async (query: object) => {
    const result = await store.search({ pattern: '', filter: {}, maxHits: 100, ...query }, { signal: neverAborted });
    return result.hits.map(hit => hit.text.slice(0, 9).trim());
  };
  t.deepEqual(
    await find({ pattern: 'needle', direction: 'forward' }),
    ['row 7 Nee', 'row 5007', 'row 10007', 'row 15007', '\x1b[1mNee\x1b[0', 'a piece w'].map(s => s.slice(0, 9).trim()),
  );
  t.deepEqual(
    await find({ pattern: 'Needle', isCaseSensitive: true, maxHits: 2 }),
    ['\x1b[1mNee\x1b[', 'row 15007'].map(s => s.slice(0, 9)),
  );
  t.deepEqual(await find({ pattern: '^row 1?5007\\b', isRegex: true }), ['row 15007', 'row 5007']);
  const first = await store.search({ pattern: 'straw', filter: {}, maxHits: 1 }, { signal: neverAborted });
  t.false(first.isComplete);
  const next = await store.search(
    { pattern: 'straw', filter: {}, maxHits: 1, from: { lineId: first.hits[0]!.id } },
    { signal: neverAborted },
  );
  t.is(next.hits[0]!.id, first.hits[0]!.id - 1);
  await t.throwsAsync(store.search({ pattern: '(', isRegex: true, filter: {}, maxHits: 1 }, { signal: neverAborted }), {
    instanceOf: SyntaxError,
  });
});

test('all lines with a text are found by id, and a filter of words reads only those', async t => {
  const store = open(t, { directory: folder(t), maxMemoryBytes: 600_000 }, { ...small, maxFileBytes: 300_000 });
  const span = store.span('localserve:1', 'a');
  const other = store.span('localserve:2', 'b');
  for (let i = 0; i < 20_000; i++) {
    span.write(`row ${i} ${i % 5000 === 7 ? '\x1b[31mNee\x1b[0mdle' : 'straw'} ${'.'.repeat(30)}\n`);
    if (i % 1000 === 0) other.write('needle of b\n');
  }
  span.write('in pieces: nee');
  other.write('between\n');
  span.write('dle\n');
  await store.flush();
  const options = { signal: neverAborted };
  const found = async (text: LogText, more: Partial<LogSearch> = {}) => {
    const { ids, ...rest } = await store.find({ text, filter: {}, maxIds: 1000, ...more }, options);
    t.deepEqual(
      [...ids].sort((a, b) => a - b),
      [...ids],
    );
    return { count: ids.length, ids, ...rest };
  };
  t.like(await found({ pattern: 'needle' }), { count: 25, isCut: false });
  t.is((await found({ pattern: 'NEEDLE' })).count, 25);
  t.is((await found({ pattern: 'needle', isCaseSensitive: true })).count, 21);
  t.is((await found({ pattern: '^row 5?007 n', isRegex: true })).count, 1);
  t.is((await found({ pattern: 'needle' }, { filter: { resources: ['a'] } })).count, 5);
  const all = await found({ pattern: 'needle' });
  t.is((await found({ pattern: 'needle' }, { afterId: all.ids[20]! })).count, 4);
  t.like(await found({ pattern: 'needle' }, { maxIds: 3 }), { ids: all.ids.slice(-3), isCut: true });
  span.write('one more needle\n');
  t.is((await found({ pattern: 'needle' }, { afterId: all.throughId })).count, 1);
  span.write('all is lost\n', 'error');
  t.is((await found({ pattern: 'panic' }, { orLevel: 'error' })).count, 1);
  const words = [{ pattern: 'needle' }, { pattern: 'of b', isInverse: true }];
  const cursor = store.openCursor({ words }, { at: 'end', tail: 3 });
  const texts = (await cursor.next(10)).map(line =>
    line.text
      .replace(/\x1b\[\d+m/g, '')
      .slice(0, 12)
      .trim(),
  );
  t.deepEqual(texts, ['row 15007 Ne', 'in pieces: n', 'one more nee']);
  t.is((await store.openCursor({ words }, { at: 'start' }).next(100)).length, 6);
  t.is((await store.openCursor({ minLevel: 'error' }, { at: 'start' }).next(100)).length, 1);
});

test('colours in the middle of a word do not hide it, whatever follows whatever', async t => {
  const store = open(t, { directory: folder(t), maxMemoryBytes: 600_000 }, { ...small, maxFileBytes: 300_000 });
  const span = store.span('localserve:1', 'a');
  const breaks = ['\x1b[31m', '\x1b[0m\x1b[1;32m', '\x1b]8;;http://x\x07', '\x1b(B'];
  let count = 0;
  for (let i = 0; i < 20_000; i++) {
    const at = i % 7;
    const isHit = i % 49 === 0;
    if (isHit) count++;
    const word = isHit ? 'Needle' : 'noodle';
    span.write(`\x1b[2m${i}\x1b[0m ${word.slice(0, at)}${breaks[i % 4]}${word.slice(at)} ${'.'.repeat(40)}\n`);
  }
  await store.flush();
  for (const text of [
    { pattern: 'needle' },
    { pattern: 'Needle', isCaseSensitive: true },
    { pattern: 'ne+dle', isRegex: true },
  ])
    t.is((await store.find({ text, filter: {}, maxIds: 1000 }, { signal: neverAborted })).ids.length, count);
  t.is(
    (await store.find({ text: { pattern: '[31m' }, filter: {}, maxIds: 10 }, { signal: neverAborted })).ids.length,
    0,
  );
});

test('a text is found in the same lines as an expression of it, whatever sequences stand where', async t => {
  const store = open(t, { directory: folder(t), maxMemoryBytes: 600_000 }, { ...small, maxFileBytes: 300_000 });
  const span = store.span('localserve:1', 'a');
  const parts = [
    'a',
    'b',
    'B',
    'm',
    '1',
    'é',
    '\x1b[31m',
    '\x1b[',
    '\x1b',
    '\x1b]0;ab\x07',
    '\x1b]ab\x1b\\',
    '\x1bPab\x1b\\',
    '\x1b(B',
  ];
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  for (let i = 0; i < 5000; i++)
    span.write(`${Array.from({ length: random(12) }, () => parts[random(parts.length)]).join('')}\n`);
  await store.flush();
  const ids = async (text: LogText): Promise<readonly number[]> =>
    (await store.find({ text, filter: {}, maxIds: 10_000 }, { signal: neverAborted })).ids;
  for (const pattern of ['ab', 'aB', '1m', 'bab', 'éa', 'mm'])
    for (const isCaseSensitive of [true, false]) {
      const found = await ids({ pattern, isCaseSensitive });
      t.deepEqual(found, await ids({ pattern, isCaseSensitive, isRegex: true }), pattern);
      t.true(found.length > 0, pattern);
    }
});

test('an expression that takes for ever is given up, in a search and in a filter', async t => {
  const store = open(t);
  const span = store.span('localserve:1', 'a');
  span.write('aaa\n');
  for (let i = 0; i < 10; i++) span.write(`${'a'.repeat(60)}!\n`);
  const text = { pattern: '^(a+)+$', isRegex: true };
  const options = { signal: neverAborted };
  const error = { instanceOf: SlowExpressionError, message: /takes more than \d+ ms for a line/ };
  await t.throwsAsync(store.find({ text, filter: {}, maxIds: 10 }, options), error);
  await t.throwsAsync(store.search({ ...text, filter: {}, maxHits: 10 }, options), error);
  await t.throwsAsync(store.openCursor({ words: [text] }, { at: 'start' }).next(10), error);
  const fine = { pattern: '^(a+)$', isRegex: true };
  t.is((await store.find({ text: fine, filter: {}, maxIds: 10 }, options)).ids.length, 1);
});

test('counts follow the current build and run of a resource', t => {
  const store = open(t);
  store.span('build:1', 'a').write('w\n', 'warn');
  store.span('cmd:a:update', 'a').write('e\nmore\n', 'error');
  store.span('localserve:1', 'a').write('e\n', 'error');
  t.deepEqual(store.resourceCounts('a'), { warnings: 1, errors: 2 });
  store.span('build:2', 'a').write('fine\n');
  t.deepEqual(store.resourceCounts('a'), { warnings: 0, errors: 1 });
  store.span('localserve:2', 'a').write('fine\n');
  t.deepEqual(store.resourceCounts('a'), { warnings: 0, errors: 0 });
  t.deepEqual(store.resourceCounts('b'), { warnings: 0, errors: 0 });
});

test('lines that announce commands are known without a search, whatever was logged around them', async t => {
  const store = open(t);
  const build = store.span('build:1', 'web');
  const server = store.span('localserve:1', 'web');
  server.write('Running cmd: serve\n');
  for (let i = 0; i < 2000; i++) server.write(`line ${i}\nRunning cmd: in the middle\n`);
  build.write('     Running cmd: make web\n');
  build.write('\n\x1b[34m     Running cmd: \x1b[0mmake it\n');
  build.write('Objects applied to cluster:\n');
  build.write('Objects applied to cluster: 7\n');
  build.write('       → api:deployment\n');
  server.write('half a line ');
  server.write('kubectl: is not at its beginning\n');
  server.write('kubectl: apply\n');
  const texts: string[] = [];
  for (const lineId of store.commandIds(100)) {
    const cursor = store.openCursor({}, { at: { lineId } });
    const [line] = await cursor.next(1);
    cursor.dispose();
    t.is(line!.id, lineId);
    texts.push(line!.text.replaceAll(/\x1b\[\d*m/g, '').trim());
  }
  const wanted = ['serve', 'make web', 'make it'].map(command => `Running cmd: ${command}`);
  t.deepEqual(texts, [...wanted, 'Objects applied to cluster:', '→ api:deployment', 'kubectl: apply']);
  t.deepEqual(store.commandIds(2), store.commandIds(100).slice(-2));
  for (let i = 0; i < 6000; i++) server.write('docker: x\n');
  t.true(store.commandIds(10_000).length <= 5000);
});

test('a filter by level takes errors by their words where that is asked for, in memory and on disk', async t => {
  const store = open(t, { directory: folder(t), maxMemoryBytes: 600_000 }, { ...small, maxFileBytes: 300_000 });
  const span = store.span('localserve:1', 'a');
  for (let i = 0; i < 20_000; i++) {
    const text = i % 5000 === 7 ? `ERROR ${i}` : i % 5000 === 8 ? `{"level":"error","n":${i}}` : `0 errors ${i}`;
    span.write(`${text} ${'.'.repeat(40)}\n`);
  }
  span.write('\x1b[31mERR');
  span.write('OR\x1b[0m in pieces\n');
  span.write('half of ');
  span.write('nothing\n');
  span.write('ERROR in detail\n', 'debug');
  span.write('deprecated\n', 'warn');
  span.write('by level\n', 'error');
  await store.flush();
  const heads = async (filter: LogFilter, place: LogPlace = { at: 'start' }): Promise<string[]> =>
    (await texts(store, filter, place)).map(text => text.split(' .')[0]!);
  const early = [7, 5007, 10_007, 15_007].flatMap(i => [`ERROR ${i}`, `{"level":"error","n":${i + 1}}`]);
  const pieces = '\x1b[31mERROR\x1b[0m in pieces';
  t.deepEqual(await heads({ minLevel: 'error', withErrorWords: true }), [...early, pieces, 'by level']);
  t.deepEqual(await heads({ minLevel: 'warn', withErrorWords: true }), [...early, pieces, 'deprecated', 'by level']);
  t.deepEqual(await heads({ minLevel: 'error' }), ['by level']);
  const words = [{ pattern: 'boom', isInverse: true }, { pattern: 'ERROR' }];
  const place = { at: 'end', tail: 2 } as const;
  t.deepEqual(await heads({ minLevel: 'error', withErrorWords: true, words }, place), [early.at(-1)!, pieces]);
  const filter = { minLevel: 'error', withErrorWords: true } as const;
  const found = await store.find({ text: { pattern: 'n' }, filter, maxIds: 100 }, { signal: neverAborted });
  t.is(found.ids.length, 5);
  const live = store.openCursor(filter, { at: 'end' });
  span.write('one more line\nERROR now\n');
  t.deepEqual(
    (await all(live)).map(({ text }) => text),
    ['ERROR now'],
  );
  await store.addSecrets([{ name: 's', value: 'secretsecret', key: 'k' } as never], 0);
  span.write('FATAL end\n');
  t.deepEqual(
    (await all(live)).map(({ text }) => text),
    ['FATAL end'],
  );
});
