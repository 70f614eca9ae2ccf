import test from 'ava';
import { findPlaces, parseJsonPath } from '../../src/domain/json/json-path.ts';
import { parseJson } from '../../src/domain/json/parse-json.ts';

const data = {
  a: {
    b: [
      { n: 'x', i: 1 },
      { n: 'y', i: 2 },
    ],
    'k.l': 'dot',
  },
  s: 'top',
};

const paths: readonly (readonly [path: string, found: unknown[]])[] = [
  ['{.s}', ['top']],
  ['{$.a.b[0].n}', ['x']],
  ['{.a.b[*].n}', ['x', 'y']],
  ['{.a.b[-1:].n}', ['y']],
  ["{.a['k.l']}", ['dot']],
  ['{.a.k\\.l}', ['dot']],
  ['{.a.b[?(@.i==2)].n}', ['y']],
  ['{.a.b[?(@.n=="x")].i}', [1]],
  ['{.a.b[0,1].n}', ['x', 'y']],
];

for (const [path, found] of paths)
  test(`path ${path}`, t =>
    t.deepEqual(
      findPlaces(parseJsonPath(path), data).map(place => place.value),
      found as never,
    ));

test('a place can be written to', t => {
  const copy = structuredClone(data);
  const [place] = findPlaces(parseJsonPath('{.a.b[1].n}'), copy);
  (place!.holder as Record<string, unknown>)[place!.key!] = 'z';
  t.is(copy.a.b[1]!.n, 'z');
});

test('what is wrong with a path', t => {
  t.throws(() => parseJsonPath('{.a'), { message: 'unclosed action' });
  t.throws(() => findPlaces(parseJsonPath('{.nope}'), data), { message: 'nope is not found' });
  t.throws(() => findPlaces(parseJsonPath('{.a.b[9]}'), data), { message: /out of bounds/ });
});

const badJson: readonly (readonly [text: string, message: string])[] = [
  ['{"a": }', "invalid character '}' looking for beginning of value"],
  ['{bad', "invalid character 'b' looking for beginning of object key string"],
  ['[1', 'unexpected EOF'],
  ['', 'EOF'],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['[1 2]', "invalid character '2' after array element"],
  ['nul', 'unexpected EOF'],
  ['1 2', "invalid character '2' after top-level value"],
];

for (const [text, message] of badJson)
  test(`JSON ${JSON.stringify(text)}`, t => void t.throws(() => parseJson(text), { message }));
