// JSON with large numbers, lists cut into items, lines out of chunks.
import test from 'ava';
import { parseBody, writeBody } from '../../../src/adapters/kube/json-body.ts';
import { LineSplitter } from '../../../src/adapters/kube/line-splitter.ts';
import { ListSplitter } from '../../../src/adapters/kube/list-splitter.ts';

test('integers beyond 2^53 stay what they are, in both directions', t => {
  const text = '{"a":9007199254740993,"b":[1,-18446744073709551616],"c":1.5,"d":"1234567890123456","e":1e3}';
  const value = parseBody(text);
  t.deepEqual(value, {
    a: 9007199254740993n,
    b: [1, -18446744073709551616n],
    c: 1.5,
    d: '1234567890123456',
    e: 1000,
  });
  t.is(writeBody(value), text.replace('1e3', '1000'));
  t.deepEqual(parseBody('{"a":1234567890123456}'), { a: 1234567890123456 });
  t.is(writeBody({ a: undefined, b: 1n, c: [undefined, { d: undefined }] }), '{"b":1,"c":[null,{}]}');
  t.throws(() => parseBody('{"a":'), { instanceOf: SyntaxError });
});

const items = [
  { metadata: { name: 'a' }, text: 'quote " brace } bracket ] backslash \\ umlaut ä', list: [{ items: [1] }, []] },
  {},
  { items: [{ items: 'x' }] },
];

test('a list comes apart the same, wherever the chunks end', t => {
  const texts = [
    JSON.stringify({ kind: 'PodList', metadata: { resourceVersion: '7', items: ['no'] }, items }),
    JSON.stringify({ items, metadata: { resourceVersion: '7' } }, undefined, 2),
  ];
  for (const text of texts) {
    const bytes = Buffer.from(text);
    for (const size of [1, 2, 3, 7, 64, bytes.length]) {
      const splitter = new ListSplitter();
      const found: string[] = [];
      for (let at = 0; at < bytes.length; at += size) found.push(...splitter.push(bytes.subarray(at, at + size)));
      t.deepEqual(
        found.map(item => JSON.parse(item)),
        items,
      );
      const around = JSON.parse(splitter.finish());
      t.like(around, { metadata: { resourceVersion: '7' } });
      t.deepEqual(around.items, []);
    }
  }
});

test('a list without items', t => {
  for (const text of [
    '{"metadata":{"resourceVersion":"3"},"items":null}',
    '{"items":[],"metadata":{"continue":"x"}}',
  ]) {
    const splitter = new ListSplitter();
    t.deepEqual(splitter.push(Buffer.from(text)), []);
    t.deepEqual(JSON.parse(splitter.finish()), JSON.parse(text));
  }
});

test('lines come whole, wherever the chunks end', t => {
  const bytes = Buffer.from('{"a":"ä"}\n\n{"b":1}\nrest');
  for (const size of [1, 2, 5, 100]) {
    const splitter = new LineSplitter();
    const found: string[] = [];
    for (let at = 0; at < bytes.length; at += size) found.push(...splitter.push(bytes.subarray(at, at + size)));
    t.deepEqual(found, ['{"a":"ä"}', '{"b":1}']);
    t.deepEqual(splitter.push(Buffer.from('\n')), ['rest']);
  }
});
