// Templates of `-o jsonpath`, as kubectl carries them out.
import test from 'ava';
import { parseJsonPathTemplate, relaxedPath } from '../../src/domain/json/json-path-template.ts';
import type { Plain } from '../../src/domain/yaml/plain.ts';

const list: Plain = {
  kind: 'List',
  items: [
    { metadata: { name: 'web', labels: { 'app.kubernetes.io/name': 'w' } }, spec: { args: ['a', '<b>'], n: 12345678 } },
    { metadata: { name: 'api' }, spec: { args: [], on: true, none: null } },
  ],
};

const rows: readonly [template: string, text: string][] = [
  ['{.kind}', 'List'],
  ['{$.kind}', 'List'],
  ['kind={.kind};', 'kind=List;'],
  ['{.items[*].metadata.name}', 'web api'],
  ['{range .items[*]}{.metadata.name}{"\\t"}{.spec.args}{"\\n"}{end}', 'web\t["a","\\u003cb\\u003e"]\napi\t[]\n'],
  ['{.items[0].spec.args[1]}', '<b>'],
  ['{.items[-1].metadata.name}', 'api'],
  ['{.items[0:1].metadata.name}', 'web'],
  ['{.items[?(@.metadata.name=="api")].spec.on}', 'true'],
  ['{.items[?(@.spec.on)].metadata.name}', 'api'],
  ["{.items[0].metadata.labels['app\\.kubernetes\\.io/name']}", 'w'],
  ['{.items[0].metadata.labels.app\\.kubernetes\\.io/name}', 'w'],
  ["{.items[0].metadata['name','labels']}", 'web {"app.kubernetes.io/name":"w"}'],
  ['{..name}', 'web api'],
  ['{.items[0].spec.n}', '12345678'],
  ['{.items[1].spec.none}', 'null'],
  ['{.nope}|{.items[*].nope.x}|', '||'],
  ['{range .nope[*]}a{end}b', 'b'],
  ['{range .items[0].spec.args[*]}<{@}>{end}', '<a><<b>>'],
  ["{'a\\nb'}", 'a\nb'],
];

for (const [template, text] of rows) {
  test(template, t => {
    t.is(parseJsonPathTemplate(template).print(list, { allowMissing: true }), text);
  });
}

test('as JSON, each path gives a list of its results', t => {
  const print = (template: string): string =>
    parseJsonPathTemplate(template).print(list, { allowMissing: true, asJson: true });
  t.is(print('{.items[*].metadata.name}'), '[\n    "web",\n    "api"\n]\n');
  t.is(print('{.nope}'), '[]\n');
});

const mistakes: readonly [template: string, message: string][] = [
  ['{.a', 'unclosed action'],
  ['{.a[}', 'unterminated array'],
  ['{range .items[*]}', 'unterminated range'],
  ['{end}', 'not in range, nothing to end'],
  ['{.a["x"]}', 'invalid array index "x"'],
  ['{foo}', 'unrecognized identifier foo'],
];

for (const [template, message] of mistakes) {
  test(`refused: ${template}`, t => {
    t.throws(() => parseJsonPathTemplate(template), { message });
  });
}

test('what is not there is an error unless it may be missing; an index never may', t => {
  const print = (template: string, allowMissing: boolean) => () =>
    parseJsonPathTemplate(template).print(list, { allowMissing });
  t.throws(print('{.nope}', false), { message: 'nope is not found' });
  t.throws(print('{.items[5]}', true), { message: 'array index out of bounds: index 5, length 2' });
  t.throws(print('{.items[0:9]}', true), { message: 'array index out of bounds: index 8, length 2' });
});

test('a path alone may leave out braces and the first dot', t => {
  t.deepEqual(['a.b', '.a.b', '{a.b}', '{.a.b}'].map(relaxedPath), ['{.a.b}', '{.a.b}', '{.a.b}', '{.a.b}']);
  t.throws(() => relaxedPath('{.a}{.b}'), { message: /unexpected path string/ });
});
