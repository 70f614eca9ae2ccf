import test from 'ava';
import { goRegex } from '../../src/domain/go-regex.ts';

const found: readonly (readonly [source: string, text: string, isFound: boolean])[] = [
  ['(?i)web', 'my-WEB', true],
  ['^web$', 'web\n', false],
  ['(?m)^b$', 'a\nb\nc', true],
  ['a.b', 'a\nb', false],
  ['(?s)a.b', 'a\nb', true],
  ['(?s:a.)b', 'a\nb', true],
  ['\\Aweb\\z', 'web', true],
  ['\\Qa.b\\E+', 'a.bbb', true],
  ['\\Qa.b\\E', 'axb', false],
  ['[[:alpha:]]\\d', 'x1', true],
  ['[^[:digit:]]', '12', false],
  ['[^\\W_]', '_-', false],
  ['[\\D]', '5', false],
  ['[]a]', ']', true],
  ['[a-]', '-', true],
  ['\\pL\\PL', 'é1', true],
  ['\\p{Greek}', 'λ', true],
  ['(?P<year>\\d{4})-(?<month>\\d\\d)', '2026-11', true],
  ['\\x41\\x{1F600}\\101', 'A😀A', true],
  ['a{,2}', 'a{,2}', true],
  ['x*?y', 'xxy', true],
  ['', 'anything', true],
  ['a||b', 'c', true],
];

for (const [source, text, isFound] of found)
  test(`${JSON.stringify(source)} in ${JSON.stringify(text)}`, t => t.is(goRegex(source).test(text), isFound));

const refused: readonly (readonly [source: string, problem: string])[] = [
  ['(', 'missing closing ): `(`'],
  ['a)', 'unexpected ): `a)`'],
  ['*', 'missing argument to repetition operator: `*`'],
  ['a**', 'invalid nested repetition operator: `**`'],
  ['[z-a]', 'invalid character class range: `z-a`'],
  ['[a', 'missing closing ]: `[a`'],
  ['x{2,1}', 'invalid repeat count: `{2,1}`'],
  ['x{1001}', 'invalid repeat count: `{1001}`'],
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['\\1', 'invalid escape sequence: `\\1`'],
  ['\\y', 'invalid escape sequence: `\\y`'],
  ['[[:nope:]]', 'invalid character class range: `[:nope:]`'],
  ['\\p{Nope}', 'invalid character class range: `\\p{Nope}`'],
  ['a\\', 'trailing backslash at end of expression: ``'],
];

for (const [source, problem] of refused)
  test(`refused: ${source}`, t => {
    t.throws(() => goRegex(source), { message: problem });
  });
