// What `apply` sends: only what differs, what was taken away as null, and nothing of what others added.
import test from 'ava';
import { applyMergePatch } from '../../../src/domain/merge/merge-patch.ts';
import { threeWayMergePatch } from '../../../src/domain/merge/three-way.ts';

const rows: readonly [what: string, original: unknown, modified: unknown, current: unknown, patch: unknown][] = [
  ['nothing changed', { a: 1 }, { a: 1 }, { a: 1, other: 2 }, {}],
  ['a new value', { a: 1 }, { a: 2 }, { a: 1, other: 2 }, { a: 2 }],
  ['somebody else changed it', { a: 1 }, { a: 1 }, { a: 5 }, { a: 1 }],
  ['taken away', { a: 1, b: 1 }, { a: 1 }, { a: 1, b: 1 }, { b: null }],
  ['taken away, and gone already', { a: 1, b: 1 }, { a: 1 }, { a: 1 }, {}],
  ['added by others', undefined, { a: 1 }, { a: 1, b: 2 }, {}],
  ['inside', { m: { x: 1, y: 1 } }, { m: { x: 2 } }, { m: { x: 1, y: 1, z: 1 } }, { m: { x: 2, y: null } }],
  ['a list is one value', { l: [1, 2] }, { l: [1] }, { l: [1, 2] }, { l: [1] }],
  ['an object in place of a value', {}, { m: { x: 1 } }, { m: 'text' }, { m: { x: 1 } }],
  ['null removes what is there', {}, { a: null }, { a: 1 }, { a: null }],
  ['null of what is not there', {}, { a: null }, {}, {}],
];

for (const [what, original, modified, current, patch] of rows) {
  test(what, t => {
    t.deepEqual(threeWayMergePatch(original, modified, current), patch as Record<string, unknown>);
  });
}

test('keys like __proto__ are data', t => {
  const modified = JSON.parse('{"__proto__": {"x": 1}}') as unknown;
  const patch = threeWayMergePatch({}, modified, {});
  t.is(JSON.stringify(patch), '{"__proto__":{"x":1}}');
  t.is(JSON.stringify(applyMergePatch({}, patch)), '{"__proto__":{"x":1}}');
});
