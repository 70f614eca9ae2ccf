// Data as YAML and back, against what the tools of Kubernetes write and read.
import test from 'ava';
import { loadYamlLibrary } from '../../../src/domain/yaml/library.ts';
import type { Plain } from '../../../src/domain/yaml/plain.ts';
import { readDocuments, readYaml } from '../../../src/domain/yaml/read-yaml.ts';
import { compareKeys } from '../../../src/domain/yaml/scalar-style.ts';
import { splitDocuments } from '../../../src/domain/yaml/split-documents.ts';
import { writeYaml } from '../../../src/domain/yaml/write-yaml.ts';

test.before(loadYamlLibrary);

const texts: readonly (readonly [text: string, yaml: string])[] = [
  ['', '""\n'],
  ['a', 'a\n'],
  ['y', '"y"\n'],
  ['no', '"no"\n'],
  ['1', '"1"\n'],
  ['1.5', '"1.5"\n'],
  ['null', '"null"\n'],
  ['~', '"~"\n'],
  ['a: b', "'a: b'\n"],
  ['a #b', "'a #b'\n"],
  ['#x', "'#x'\n"],
  ['- a', "'- a'\n"],
  ['-', "'-'\n"],
  ['-a', '-a\n'],
  ['?', "'?'\n"],
  ['? a', "'? a'\n"],
  [':', "':'\n"],
  ['a:', "'a:'\n"],
  ['a:b', 'a:b\n'],
  ['@x', "'@x'\n"],
  ['`x', "'`x'\n"],
  ['%x', "'%x'\n"],
  ['&x', "'&x'\n"],
  ['*x', "'*x'\n"],
  ['!x', "'!x'\n"],
  ['|', "'|'\n"],
  ['>', "'>'\n"],
  ['"q"', '\'"q"\'\n'],
  ["it's", "it's\n"],
  [' lead', "' lead'\n"],
  ['trail ', "'trail '\n"],
  ['multi\nline', '|-\n  multi\n  line\n'],
  ['multi\nline\n', '|\n  multi\n  line\n'],
  ['multi\n\n', '|+\n  multi\n\n'],
  ['\nlead', '|2-\n\n  lead\n'],
  [' x\ny', '|2-\n   x\n  y\n'],
  ['tab\tx', '"tab\\tx"\n'],
  ['tab\n\tx', '"tab\\n\\tx"\n'],
  ['\u00e9', '\u00e9\n'],
  ['\u2028', "'\u2028'\n"],
  ['a\u2028b', "'a\u2028  b'\n"],
  ['a\n\u2028b', '|-\n  a\n\u2028  b\n'],
  ['\ufeffa b', '"\\uFEFF\\x61\\x20\\x62"\n'],
  ['a\ufeffb', '"a\\uFEFFb"\n'],
  ['.1_0', '".1_0"\n'],
  ['._1', '._1\n'],
  ['1e400', '1e400\n'],
  ['2001-02-30', '2001-02-30\n'],
  ['2000-02-29', '"2000-02-29"\n'],
  [`a\n${'x'.repeat(90)} `, `"a\\n${'x'.repeat(90)} "\n`],
  ['\u0000', '"\\0"\n'],
  ['2020-01-01', '"2020-01-01"\n'],
  ['0x1f', '"0x1f"\n'],
  ['010', '"010"\n'],
  ['1e3', '"1e3"\n'],
  ['1_000', '"1_000"\n'],
  ['=', '=\n'],
  ['<<', '<<\n'],
  ['.inf', '".inf"\n'],
  ['0o7', '"0o7"\n'],
  ['12:30:45', '"12:30:45"\n'],
  ['[a', "'[a'\n"],
  ['a]', 'a]\n'],
  ['{', "'{'\n"],
  ['a, b', 'a, b\n'],
  ['a\r\nb', '"a\\r\\nb"\n'],
  ['true', '"true"\n'],
  ['yes: no', "'yes: no'\n"],
  ['...', "'...'\n"],
  ['---', "'---'\n"],
  ['--- a', "'--- a'\n"],
  ['trail \nx', '"trail \\nx"\n'],
  ['x\n y', '|-\n  x\n   y\n'],
  ['a\\b', 'a\\b\n'],
  ['ends:', "'ends:'\n"],
  ['0b1', '"0b1"\n'],
  ['+1', '"+1"\n'],
  ['1.', '"1."\n'],
  ['.5', '".5"\n'],
  ['-.5', '"-.5"\n'],
  ['.', '.\n'],
  ['1 2', '1 2\n'],
  ['=x', '=x\n'],
  ['\ud83d\ude00', '"\\U0001F600"\n'],
  ['a\n#b', '|-\n  a\n  #b\n'],
  ['# a\nb', '|-\n  # a\n  b\n'],
  ['a: b\n', '|\n  a: b\n'],
  ['key: [x]\n', '|\n  key: [x]\n'],
  ['0.1.2', '0.1.2\n'],
  ['1e', '1e\n'],
  ['e1', 'e1\n'],
  ['Y', '"Y"\n'],
  ['N', '"N"\n'],
  ['On', '"On"\n'],
  ['OFF', '"OFF"\n'],
  ['NULL', '"NULL"\n'],
  ['Null', '"Null"\n'],
  ['-1', '"-1"\n'],
  ['0', '"0"\n'],
  ['00', '"00"\n'],
  ['08', '"08"\n'],
  ['+', '+\n'],
  ['-0', '"-0"\n'],
  ['0xg', '0xg\n'],
  ['2020-01-01T00:00:00Z', '"2020-01-01T00:00:00Z"\n'],
  ['2020-1-1', '"2020-1-1"\n'],
  ['!!str x', "'!!str x'\n"],
  ['a "b"', 'a "b"\n'],
  ["'", "''''\n"],
  ['"', "'\"'\n"],
  ['a\tb', '"a\\tb"\n'],
  ['\t', '"\\t"\n'],
  ['\n', '|2+\n\n'],
  [' ', "' '\n"],
  ['\\', '\\\n'],
  [',', "','\n"],
  [', a', "', a'\n"],
  ['a ,b', 'a ,b\n'],
  ['x', 'x\n'],
];

test('texts', t => {
  for (const [text, yaml] of texts) t.is(writeYaml(text), yaml, JSON.stringify(text));
});

const structures: readonly (readonly [data: Plain, yaml: string])[] = [
  [{ b: 1, a: [1, { x: [], y: {} }], c: null }, 'a:\n- 1\n- x: []\n  "y": {}\nb: 1\nc: null\n'],
  [{ i: { z: { q: [[1, 2], [3]] } } }, 'i:\n  z:\n    q:\n    - - 1\n      - 2\n    - - 3\n'],
  [{ l: ['a\nb\n', { k: 'a\nb' }] }, 'l:\n- |\n  a\n  b\n- k: |-\n    a\n    b\n'],
  [[[], {}], '- []\n- {}\n'],
  [
    [1, 1.5, 1e21, 1e20, 1e-7, 123456789.123, 100000.5],
    '- 1\n- 1.5\n- 1e+21\n- 1e+20\n- 1e-07\n- 1.23456789123e+08\n- 100000.5\n',
  ],
  [9223372036854775807n, '9223372036854775807\n'],
  [{ 'x\ny': 1, 'a: b': 2 }, "'a: b': 2\n? |-\n  x\n  y\n: 1\n"],
  [{ 'a\nb': ['x', { c: 1, d: [2] }] }, '? |-\n  a\n  b\n: - x\n  - c: 1\n    d:\n    - 2\n'],
  [[{ 'a\nb': { c: ['x'] } }], '- ? |-\n    a\n    b\n  : c:\n    - x\n'],
  [{ ['k'.repeat(129)]: [[1]] }, `? ${'k'.repeat(129)}\n: - - 1\n`],
  [
    { k: 'word '.repeat(20).trim() },
    'k: word word word word word word word word word word word word word word word word\n  word word word word\n',
  ],
];

test('U+0085 becomes the line end that it is to readers of quoted text', t => {
  t.is(writeYaml({ k: 'a \x85 b\x85\x85c' }), 'k: |-\n  a b\n  c\n');
});

test('structures', t => {
  for (const [data, yaml] of structures) t.is(writeYaml(data), yaml);
});

test('what is written reads back', t => {
  // Below a key: on its own, a text that begins with a space or a line end is read differently by different readers.
  for (const [text] of texts) t.deepEqual(readYaml(writeYaml({ k: text })), { k: text });
  for (const [data] of structures) t.deepEqual(readYaml(writeYaml(data)), data);
});

const documents: readonly (readonly [yaml: string, data: Plain])[] = [
  ['y', true],
  ['Yes', true],
  ['yEs', 'yEs'],
  ['off', false],
  ['n', false],
  ['TRUE', true],
  ['~', null],
  ['', null],
  ['0x1F', 31],
  ['0o17', 15],
  ['010', 8],
  ['08', 8],
  ['0b101', 5],
  ['1_000', 1000],
  ['0x_1', 1],
  ['1__0', 10],
  ['1.', 1],
  ['.5', 0.5],
  ['1e3', 1000],
  ['+1', 1],
  ['12e03', 12000],
  ['1e-7', 1e-7],
  ['1e20', 1e20],
  ['1:30', '1:30'],
  ['12:30:45', '12:30:45'],
  ['2020-01-01', '2020-01-01'],
  ['=', '='],
  ['!!str 1', '1'],
  ['!!int "3"', 3],
  ['!!float 3', 3],
  ['!!binary aGk=', 'hi'],
  ['!custom x', 'x'],
  ["'y'", 'y'],
  ['9223372036854775807', 9223372036854775807n],
  ['-9223372036854775808', -9223372036854775808n],
  ['a: 1\na: 2', { a: 2 }],
  ['1: a', { 1: 'a' }],
  ['1.5: a', { '1.5': 'a' }],
  ['y: a', { true: 'a' }],
  ['<<: {x: 1}\nz: 2', { x: 1, z: 2 }],
  ['a: &x {k: 1}\nb:\n  <<: *x\n  k: 2', { a: { k: 1 }, b: { k: 2 } }],
  ['a: &x {k: 1}\nb:\n  k: 2\n  <<: [*x, {k: 5, z: 1}]', { a: { k: 1 }, b: { k: 1, z: 1 } }],
  ['{a: 1, b}', { a: 1, b: null }],
];

for (const [yaml, data] of documents) test(`reads ${JSON.stringify(yaml)}`, t => t.deepEqual(readYaml(yaml), data));

test('readers of YAML 1.2 take yes and on for text', t => {
  t.deepEqual(readYaml('y: [on, No, true, 010]', { isCore: true }), { y: ['on', 'No', true, 8] });
});

test('a key may have any name', t => {
  const data = readYaml('__proto__: {a: 1}') as object;
  t.deepEqual(Object.keys(data), ['__proto__']);
  t.is(Object.getPrototypeOf(data), Object.prototype);
});

test('copies behind an alias are copies', t => {
  const data = readYaml('a: &x {k: 1}\nb: *x') as Record<string, { k: number }>;
  data['a']!.k = 2;
  t.is(data['b']!.k, 1);
});

const broken: readonly (readonly [yaml: string, message: RegExp])[] = [
  ['a: b: c', /^yaml: mapping values are not allowed in this context$/],
  ['a:\n\tb: 1', /^yaml: line 2: found character that cannot start any token$/],
  ['a: [1', /^yaml: .*did not find expected ',' or '\]'$/],
  ['a: *x', /^yaml: unknown anchor 'x' referenced$/],
  ['a: &x [*x]', /^yaml: anchor 'x' value contains itself$/],
  ['foo: {{ a }}', /^yaml: invalid map key: map\[interface \{\}\]interface \{\}\{"a":interface \{\}\(nil\)\}$/],
  ['~: a', /^unsupported map key of type: %!s\(<nil>\), key: <nil>, value: "a"$/],
  ['a: .inf', /^json: unsupported value: \+Inf$/],
  ['a: !!int x', /^yaml: cannot decode !!str `x` as a !!int$/],
];

for (const [yaml, message] of broken)
  test(`refuses ${JSON.stringify(yaml)}`, t => void t.throws(() => readYaml(yaml), { message }));

test('documents are told apart by lines', t => {
  t.deepEqual(splitDocuments('---\na\n--- # c\n---\nb'), ['---\na\n', '---\nb\n']);
  t.throws(() => splitDocuments('--- x: 1\n'), { message: 'invalid Yaml document separator: x: 1' });
});

const streams: readonly (readonly [stream: string, outcome: string])[] = [
  [
    'a: 1\n---\nb: [1, 2]\n---\nc: |\n  text\n   more\n---\n- d\n',
    '[{"a":1},{"b":[1,2]},{"c":"text\\n more\\n"},["d"]]',
  ],
  ['---\na: &x 1\nb: *x\n---\na: &x 2\nb: *x\n', '[{"a":1,"b":1},{"a":2,"b":2}]'],
  ['# only a comment\n---\na: 1\n---\n# another\n---\nb: 2\n---\n', '[{"a":1},{"b":2}]'],
  ['a: 1\n...\nb: 2\n---\n# nothing\n', '[{"a":1}]'],
  ['%YAML 1.1\n---\na: 1\n', 'yaml: line 1: did not find expected <document start>'],
  ['a: 1\n---\nb: *x\n---\nc: 1\n', "yaml: unknown anchor 'x' referenced"],
  ['a: &x 1\n---\nb: *x\n', "yaml: unknown anchor 'x' referenced"],
  ['a: "text\n---\nb: more"\n', 'yaml: line 2: found unexpected end of stream'],
  ['a: [1,\n---\n2]\n', 'yaml: line 1: did not find expected node content'],
  ['a: {b: "\n  c"}\n---\nd: "e\nf"\n', '[{"a":{"b":" c"}},{"d":"e f"}]'],
  ['a: 1\n --- \n---\nb: 2\n', '[{"a":"1 ---"},{"b":2}]'],
  ['a: 010\n--- # c\nb: yes\n---\nc: ~\n---\n\n---\n? d\n: e\n', '[{"a":8},{"b":true},{"c":null},{"d":"e"}]'],
  ['\ufeffa: 1\n---\nb: 2\n', '[{"a":1},{"b":2}]'],
  ['a: 1\r\n---\r\nb: 2\r\n', '[{"a":1},{"b":2}]'],
  ['a:\tb\n---\n\tc: d\n', 'yaml: found character that cannot start any token'],
  ['---\na: 1\n---\nb: }\n', 'yaml: did not find expected node content'],
  ['---\n---\na: }\n', 'yaml: did not find expected node content'],
  ['---\na: |\n  x', '[{"a":"x\\n"}]'],
  ['---\n\n\na: }', 'yaml: line 3: did not find expected node content'],
  ['a: }\n--- x\n', 'invalid Yaml document separator: x'],
  ['--- x\na: }\n', 'invalid Yaml document separator: x'],
  ['a: 1\n---\n--- # c\n---\nb: 1', '[{"a":1},{"b":1}]'],
  ['--- \n...\n', '[]'],
  ["a: 'x", 'yaml: line 2: found unexpected end of stream'],
  ['a: x\n---\nb\nc: 1\n', 'yaml: line 2: mapping values are not allowed in this context'],
  ['%YAML 1.1\n---\na: 1\n', 'yaml: line 1: did not find expected <document start>'],
  ['a: 1\n...\n---\n}\n', 'yaml: did not find expected node content'],
  ['a: 1\n---\n\ufeffb: 1\n', '[{"a":1},{"b":1}]'],
  ['\ufeff---\na: 1\n---\n', '[{"a":1}]'],
];

test('of a stream all documents are read, or the first that is broken is told', t => {
  const outcome = (stream: string): string => {
    try {
      return JSON.stringify(readDocuments(splitDocuments(stream)));
    } catch (error) {
      return (error as Error).message;
    }
  };
  for (const [stream, expected] of streams) t.is(outcome(stream), expected, JSON.stringify(stream));
});

test('keys sort naturally', t => {
  t.true(compareKeys('\u{1f600}', '\ufffd') > 0);
  const keys = ['10', '9', 'a10', 'a9', 'A', '_', 'a-b', 'a.b'];
  t.deepEqual([...keys].sort(compareKeys), ['_', '9', '10', 'A', 'a-b', 'a.b', 'a9', 'a10']);
});
