// What is typed to look through the log, and what it comes to.
import test from 'ava';
import { joinArgs, splitArgs } from '../../src/base/split-args.ts';
import { isErrorLine } from '../../src/logs/error-lines.ts';
import { makeRangeFinder } from '../../src/tui/log-match.ts';
import { parseLogView, parseSearch, toggleRegex, viewField, withField } from '../../src/tui/log-query.ts';

const now = new Date(2026, 0, 5, 10, 30, 0).getTime();

test('filters: words, levels, sources, times', t => {
  const cases: [string, object][] = [
    ['', {}],
    ['panic', { words: [{ pattern: 'panic', isCaseSensitive: false }] }],
    [
      'Panic !re:^GET',
      {
        words: [
          { pattern: 'Panic', isCaseSensitive: true },
          { pattern: '^GET', isCaseSensitive: true, isRegex: true, isInverse: true },
        ],
      },
    ],
    ['level:w source:b', { minLevel: 'warn', withErrorWords: true, source: 'build' }],
    ['since:5m', { sinceMs: now - 300_000 }],
    ['since:10:00', { sinceMs: now - 1_800_000 }],
    ['since:11:00:30', { sinceMs: now + 1_830_000 - 86_400_000 }],
    ['! re:', {}],
  ];
  for (const [text, filter] of cases) {
    const view = parseLogView(text, now);
    t.deepEqual(view.filter, filter as never, text);
    t.is(view.problem, undefined, text);
  }
  t.is(parseLogView('level:loud', now).problem, 'level: debug verbose info warn error');
  t.is(parseLogView('source:x', now).problem, 'source: build runtime');
  t.regex(parseLogView('since:soon', now).problem!, /^since: 30s/);
  t.regex(parseLogView('re:(', now).problem!, /^re: /);
});

test('searches: capital letters make them exact, re: an expression', t => {
  t.deepEqual(parseSearch('ab').query, { pattern: 'ab', isCaseSensitive: false });
  t.deepEqual(parseSearch('aB').query, { pattern: 'aB', isCaseSensitive: true });
  t.deepEqual(parseSearch('re:\\S+ok').query, { pattern: '\\S+ok', isCaseSensitive: false, isRegex: true });
  t.regex(parseSearch('re:[').problem!, /^re: /);
  t.is(toggleRegex('a'), 're:a');
  t.is(toggleRegex('re:a'), 'a');
});

test('one field of a filter is changed, the rest stays', t => {
  t.is(withField('web level:warn', 'level', 'error'), 'web level:error');
  t.is(withField('web level:warn', 'level', undefined), 'web');
  t.is(viewField('level:warn since:1m', 'since'), '1m');
});

test('places of a text in a line', t => {
  t.deepEqual(makeRangeFinder({ pattern: 'a.b' })('A.B axb a.b'), [
    [0, 3],
    [8, 11],
  ]);
  t.deepEqual(makeRangeFinder({ pattern: 'x*', isRegex: true })('axx'), [[1, 3]]);
  t.deepEqual(makeRangeFinder({ pattern: '(', isRegex: true })('('), []);
});

test('lines that tell of an error', t => {
  const line = (text: string) => ({ text, level: 'info' }) as never;
  for (const text of [
    'ERROR no',
    'x: error: no such file',
    'panic: nil',
    'Traceback (most recent',
    'TypeError: x',
    '{"level":"error"}',
    'level=fatal',
    '\x1b[31mERROR\x1b[0m no',
    '\x1b[1;31mpanic:\x1b[m nil',
  ])
    t.true(isErrorLine(line(text)), text);
  for (const text of ['0 errors', 'no error', 'Running cmd: echo "panic: x"', 'terror', 'mirror: ok'])
    t.false(isErrorLine(line(text)), text);
  t.true(isErrorLine({ text: 'x', level: 'error' } as never));
});

test('words of a command line, both ways', t => {
  t.deepEqual(splitArgs(`a 'b c' "d \\" e" f\\ g ''`), ['a', 'b c', 'd " e', 'f g', '']);
  t.throws(() => splitArgs("'a"), { message: "a ' has no end" });
  for (const args of [['a', 'b c', "it's", ''], []]) t.deepEqual(splitArgs(joinArgs(args)), args);
});
