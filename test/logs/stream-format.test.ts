import test from 'ava';
import type { LogLine } from '../../src/api/client.ts';
import { neverAborted } from '../../src/base/abort.ts';
import { JsonFormatter, linePrefix, makeLogStore, printLogs, StreamFormatter } from '../../src/logs/index.ts';

function line(more: Partial<LogLine>): LogLine {
  return {
    id: 1,
    timeMs: 0,
    resource: 'web',
    spanId: 's',
    level: 'info',
    isAnchor: false,
    source: 'runtime',
    text: '',
    ...more,
  };
}

test('prefixes are 13 wide', t => {
  t.is(linePrefix('web'), '          web │ ');
  t.is(linePrefix('exactly-13-ch'), 'exactly-13-ch │ ');
  t.is(linePrefix('fourteen-chars'), 'fourteen-cha… │ ');
  t.is(linePrefix('ünïcödé-näme'), 'ünïcödé-… │ ');
  t.is(linePrefix('(Tiltfile)'), '');
  t.is(linePrefix(''), '');
});

const formats: [string, Partial<LogLine>[], string][] = [
  ['plain', [{ text: 'a' }], '          web │ a\n'],
  ['error anchor', [{ text: 'a', level: 'error', isAnchor: true }], '          web │ ERROR: a\n'],
  ['warning anchor', [{ text: 'a', level: 'warn', isAnchor: true }], '          web │ WARNING: a\n'],
  ['later warning line', [{ text: 'a', level: 'warn' }], '          web │ a\n'],
  ['init', [{ text: 'a', buildEvent: 'init' }], '          web │ \n          web │ a\n'],
  ['global', [{ text: 'a', resource: '' }], 'a\n'],
  [
    'a line that grows',
    [{ text: 'a', isPartial: true }, { text: 'ab', isPartial: true }, { text: 'abc' }],
    '          web │ abc\n',
  ],
  [
    'a line that another interrupts',
    [{ text: 'ab', isPartial: true }, { id: 2, spanId: 't', resource: 'x', text: 'other' }, { text: 'abcd' }],
    '          web │ ab\n            x │ other\n          web │ cd\n',
  ],
  [
    'an interrupted line that only gets its newline',
    [{ text: 'ab', isPartial: true }, { id: 2, spanId: 't', resource: 'x', text: 'other' }, { text: 'ab' }],
    '          web │ ab\n            x │ other\n',
  ],
  [
    'progress whose last \\r was the first half of \\r\\n',
    [{ text: '1%\r', isPartial: true }, { text: '1%\r2%\r', isPartial: true }, { text: '1%\r2%' }],
    '          web │ 1%\r2%\r\n',
  ],
  [
    'the same, interrupted',
    [{ text: '1%\r', isPartial: true }, { id: 2, spanId: 't', resource: 'x', text: 'other' }, { text: '1%' }],
    '          web │ 1%\r\n            x │ other\n',
  ],
  [
    'a line whose beginning was redacted',
    [{ text: 'sec', isPartial: true }, { text: '[redacted]' }],
    '          web │ sec\n          web │ [redacted]\n',
  ],
  ['unfinished at the end', [{ text: 'a', isPartial: true }], '          web │ a\n'],
];
for (const [name, lines, expected] of formats) {
  test(`format: ${name}`, t => {
    const formatter = new StreamFormatter({ hasPrefix: true });
    t.is(formatter.format(lines.map(line)) + formatter.end(), expected);
  });
}

test('one resource needs no prefix', t => {
  const formatter = new StreamFormatter({ hasPrefix: false });
  t.is(formatter.format([line({ text: 'a', buildEvent: 'init' }), line({ id: 2, text: 'b' })]), '\na\nb\n');
});

test('progress is printed after 5, 10, 20 seconds, and when it must be', t => {
  const formatter = new StreamFormatter({ hasPrefix: false });
  const printed: number[] = [];
  for (let second = 0; second <= 60; second++) {
    if (formatter.format([line({ id: second, timeMs: second * 1000, progressId: 'p', text: 'x' })]))
      printed.push(second);
  }
  t.deepEqual(printed, [0, 6, 17, 38]);
  t.is(formatter.format([line({ timeMs: 60_001, progressId: 'p', text: 'done', progressMustPrint: true })]), 'done\n');
  t.is(formatter.format([line({ timeMs: 60_001, progressId: 'q', text: 'other' })]), 'other\n');
});

test('JSON has all keys in order and waits for the end of a line', t => {
  const formatter = new JsonFormatter();
  t.is(formatter.format([line({ text: 'ab', isPartial: true })]), '');
  const out = formatter.format([line({ text: 'ab <c>', source: 'build', spanId: 'build:1' })]);
  t.regex(out, /^\{"time":"[^"]+","resource":"web","level":"info","message":"ab \\u003cc\\u003e","spanID":"build:1",/);
  t.deepEqual(Object.keys(JSON.parse(out)), [
    'time',
    'resource',
    'level',
    'message',
    'spanID',
    'progressID',
    'buildEvent',
    'source',
  ]);
  formatter.format([line({ id: 5, text: 'last', isPartial: true })]);
  t.is((JSON.parse(formatter.end()) as { message: string }).message, 'last');
});

function open() {
  return makeLogStore({
    directory: undefined,
    sessionName: 's',
    isLiveSession: () => false,
    onDiskError: () => {},
    maxMemoryBytes: 64 << 20,
  });
}

test('a slow reader gets every line, one write at a time', async t => {
  const store = open();
  const span = store.span('localserve:1', 'a');
  let out = '';
  let inFlight = 0;
  let most = 0;
  const controller = new AbortController();
  const printing = printLogs({
    cursor: store.openCursor({}, { at: 'start' }),
    formatter: new StreamFormatter({ hasPrefix: false }),
    write: (text, done) => {
      most = Math.max(most, ++inFlight);
      setTimeout(() => {
        out += text;
        inFlight--;
        done();
      }, 3);
    },
    follow: true,
    signal: controller.signal,
  });
  for (let i = 0; i < 50_000; i++) {
    span.write(`${i}\n`);
    if (i % 5000 === 0) await new Promise(resolve => setTimeout(resolve, 1));
  }
  controller.abort();
  t.is(await printing, 'done');
  t.is(most, 1);
  t.is(out, Array.from({ length: 50_000 }, (_, i) => `${i}\n`).join(''));
  await store.dispose();
});

test('a reader that goes away ends the printing quietly', async t => {
  const store = open();
  store.span('localserve:1', 'a').write('x\n');
  const result = await printLogs({
    cursor: store.openCursor({}, { at: 'start' }),
    formatter: new StreamFormatter({ hasPrefix: true }),
    write: (_text, done) => done(Object.assign(new Error('broken pipe'), { code: 'EPIPE' })),
    follow: true,
    signal: neverAborted,
  });
  t.is(result, 'closed');
  await store.dispose();
});
