// Expressions that take for ever do not take us with them.
import test from 'ava';
import { LimitedRegex, powerOf, SlowExpressionError } from '../../src/base/limited-regex.ts';
import { TimeLimitError, withTimeLimit } from '../../src/base/time-limit.ts';

const endless = `${'a'.repeat(60)}!`;

test('work within its limit is done, and its errors are its own', t => {
  let done = 0;
  withTimeLimit(10_000, () => {
    done++;
  });
  t.is(done, 1);
  t.throws(() => withTimeLimit(10_000, () => JSON.parse('{')), { instanceOf: SyntaxError });
});

test('a loop and an expression without an end are ended', t => {
  t.throws(
    () =>
      withTimeLimit(20, () => {
        for (;;);
      }),
    { instanceOf: TimeLimitError },
  );
  t.throws(() => withTimeLimit(20, () => /^(a+)+$/.test(endless)), { instanceOf: TimeLimitError });
  t.notThrows(() => withTimeLimit(10_000, () => withTimeLimit(10_000, () => {})), 'limits within each other');
});

test('a line that takes too long is passed over; after some the expression is given up', t => {
  const regex = new LimitedRegex(/^(a+)+$/u, 3);
  t.true(regex.test('aaa'));
  t.false(regex.test(endless));
  t.false(regex.test(endless));
  t.true(regex.test('aaaa'), 'other lines are still found');
  const error = t.throws(() => regex.test(endless), { instanceOf: SlowExpressionError });
  t.regex(error?.message ?? '', /^this expression takes more than 5 ms for a line/);
});

test('matches are given one by one', t => {
  const found: number[][] = [];
  new LimitedRegex(/a+/g).each('aa b a a', (from, to) => {
    found.push([from, to]);
    return found.length < 2;
  });
  t.deepEqual(found, [
    [0, 2],
    [5, 6],
  ]);
});

const powers: readonly (readonly [source: string, power: number])[] = [
  ['error', 1],
  ['foo|bar', 1],
  ['foo.*bar', 2],
  ['(GET|POST) /\\w+', 2],
  ['a.*b.*c', 3],
  ['\\d{1,3}ms', 2],
  ['[*+(]', 1],
  ['(?:abc)+', 2],
  ['(a+)+', Number.POSITIVE_INFINITY],
  ['(?:\\w+\\.)*com', Number.POSITIVE_INFINITY],
  ['(a|aa)+$', Number.POSITIVE_INFINITY],
  ['(a?){30}a{30}', Number.POSITIVE_INFINITY],
  ['(.*)\\1', Number.POSITIVE_INFINITY],
];

for (const [source, power] of powers) {
  test(`how long /${source}/ may take`, t => {
    t.is(powerOf(source), power);
  });
}
