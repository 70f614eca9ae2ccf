import test from 'ava';
import { applyJsonPatch, PatchError, type PatchOperation } from '../../../src/domain/merge/json-patch.ts';
import { applyMergePatch } from '../../../src/domain/merge/merge-patch.ts';
import { applyStrategicMerge, type ListStrategies } from '../../../src/domain/merge/strategic-merge.ts';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) frozen(item);
  return Object.freeze(value);
}

const jsonPatchCases: readonly (readonly [unknown, PatchOperation[], unknown])[] = [
  [{ a: 1 }, [{ op: 'add', path: '/b', value: 2 }], { a: 1, b: 2 }],
  [{ a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
  [{ a: [1] }, [{ op: 'add', path: '/a/-', value: null }], { a: [1, null] }],
  [{ a: { b: 1, c: 2 } }, [{ op: 'remove', path: '/a/b' }], { a: { c: 2 } }],
  [{ a: [1, 2] }, [{ op: 'remove', path: '/a/0' }], { a: [2] }],
  [{ 'a/b': { '~': 1 } }, [{ op: 'replace', path: '/a~1b/~0', value: 2 }], { 'a/b': { '~': 2 } }],
  [{ a: 1, b: {} }, [{ op: 'move', from: '/a', path: '/b/a' }], { b: { a: 1 } }],
  [{ a: [1, 2, 3] }, [{ op: 'move', from: '/a/0', path: '/a/2' }], { a: [2, 3, 1] }],
  [{ a: { x: 1 } }, [{ op: 'copy', from: '/a', path: '/b' }], { a: { x: 1 }, b: { x: 1 } }],
  [{ a: { x: 1, y: 2 } }, [{ op: 'test', path: '/a', value: { y: 2, x: 1 } }], { a: { x: 1, y: 2 } }],
  [{ a: 1 }, [{ op: 'replace', path: '', value: [] }], []],
];
for (const [document, patch, wanted] of jsonPatchCases)
  test(`JSON patch ${JSON.stringify(patch)}`, t => t.deepEqual(applyJsonPatch(frozen(document), patch), wanted));

for (const [document, patch, message] of [
  [{ a: 1 }, [{ op: 'remove', path: '/b' }], /nothing at \/b/],
  [{ a: 1 }, [{ op: 'replace', path: '/b', value: 1 }], /nothing at/],
  [{ a: [1] }, [{ op: 'add', path: '/a/2', value: 1 }], /no place "2" in a list of 1/],
  [{ a: [1] }, [{ op: 'remove', path: '/a/01' }], /no place "01"/],
  [{ a: 1 }, [{ op: 'add', path: '/a/b', value: 1 }], /nothing at/],
  [{ a: 1 }, [{ op: 'test', path: '/a', value: 2 }], /testing value \/a failed/],
  [{ a: { b: 1 } }, [{ op: 'move', from: '/a', path: '/a/b/c' }], /into itself/],
  [{}, [{ op: 'add', path: 'a', value: 1 }], /not a JSON pointer/],
  [{}, [{ op: 'add', path: '/a' }], /has no value/],
  [{}, [{ op: 'frob', path: '/a' }], /unexpected kind: frob/],
  [{}, { op: 'add' }, /is a list/],
] as const)
  test(`JSON patch that does not fit: ${JSON.stringify(patch)}`, t => {
    t.throws(() => applyJsonPatch(document, patch as unknown as PatchOperation[]), { instanceOf: PatchError, message });
  });

// The table of RFC 7386.
for (const [target, patch, wanted] of [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
] as const)
  test(`merge patch ${JSON.stringify(target)} + ${JSON.stringify(patch)}`, t =>
    t.deepEqual(applyMergePatch(frozen(target), patch), wanted));

test('a key __proto__ is data in every kind of patch', t => {
  const evil = JSON.parse('{"__proto__":{"x":1}}');
  const results = [
    applyMergePatch({}, evil),
    applyJsonPatch({}, [{ op: 'add', path: '/__proto__', value: { x: 1 } }]),
    applyStrategicMerge({}, evil, () => 'replace'),
  ];
  for (const result of results) {
    t.is(Object.getPrototypeOf(result), Object.prototype);
    t.true(Object.hasOwn(result as object, '__proto__'));
  }
  t.is(({} as Record<string, unknown>)['x'], undefined);
});

const strategies: ListStrategies = path => {
  const name = path.at(-1);
  if (name === 'containers' || name === 'env') return { mergeKey: 'name' };
  return name === 'finalizers' ? 'set' : 'replace';
};

for (const [what, original, patch, wanted] of [
  ['plain lists are replaced', { args: ['a'] }, { args: ['b'] }, { args: ['b'] }],
  [
    'items merge by their key, new ones follow',
    { containers: [{ name: 'a', image: '1', env: [{ name: 'X', value: '1' }] }] },
    { containers: [{ name: 'b' }, { name: 'a', image: '2', env: [{ name: 'Y' }] }] },
    { containers: [{ name: 'a', image: '2', env: [{ name: 'X', value: '1' }, { name: 'Y' }] }, { name: 'b' }] },
  ],
  [
    'an item is deleted by its key',
    { containers: [{ name: 'a' }, { name: 'b' }] },
    { containers: [{ name: 'a', $patch: 'delete' }] },
    { containers: [{ name: 'b' }] },
  ],
  [
    'a list is replaced on demand',
    { containers: [{ name: 'a' }] },
    { containers: [{ name: 'b' }, { $patch: 'replace' }] },
    { containers: [{ name: 'b' }] },
  ],
  ['an object is replaced on demand', { m: { a: 1, b: 2 } }, { m: { $patch: 'replace', c: 3 } }, { m: { c: 3 } }],
  ['an object is deleted on demand', { m: { a: 1 }, n: 1 }, { m: { $patch: 'delete' } }, { n: 1 }],
  ['sets are joined', { finalizers: ['a'] }, { finalizers: ['b', 'a'] }, { finalizers: ['a', 'b'] }],
  [
    'values leave a set',
    { finalizers: ['a', 'b'] },
    { '$deleteFromPrimitiveList/finalizers': ['a'] },
    { finalizers: ['b'] },
  ],
  [
    'an order is kept',
    { containers: [{ name: 'a' }, { name: 'b' }] },
    { '$setElementOrder/containers': [{ name: 'c' }, { name: 'b' }, { name: 'a' }], containers: [{ name: 'c' }] },
    { containers: [{ name: 'c' }, { name: 'b' }, { name: 'a' }] },
  ],
  ['only named keys stay', { a: 1, b: 2, c: 3 }, { $retainKeys: ['a', 'd'], d: 4 }, { a: 1, d: 4 }],
  ['null removes', { a: 1, b: { c: 1 } }, { a: null, b: { c: null } }, { b: {} }],
] as const)
  test(`strategic merge: ${what}`, t => {
    t.deepEqual(applyStrategicMerge(frozen(original), patch, strategies), wanted);
  });

test('a strategic patch without the merge key is refused', t => {
  t.throws(() => applyStrategicMerge({ containers: [] }, { containers: [{ image: 'x' }] }, strategies), {
    instanceOf: PatchError,
    message: /merge key name/,
  });
  t.throws(() => applyStrategicMerge({}, { $patch: 'frob' }, strategies), { message: /unknown \$patch/ });
});
