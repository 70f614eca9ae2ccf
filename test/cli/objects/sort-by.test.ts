import test from 'ava';
import type { AnyObject } from '../../../src/cli/objects/object-client.ts';
import { sortByField } from '../../../src/cli/objects/sort-by.ts';

const object = (name: string, order?: number): AnyObject => ({
  metadata: { name },
  ...(order === undefined ? {} : { status: { order } }),
});
const sorted = (items: readonly AnyObject[], path: string): readonly string[] =>
  sortByField(items, path, item => item).map(item => item.metadata.name);

test('numbers by value, text with its numbers by value, what has none first', t => {
  const items = [object('web-10', 2), object('web-2', 10), object('api')];
  t.deepEqual(sorted(items, '.metadata.name'), ['api', 'web-2', 'web-10']);
  t.deepEqual(sorted(items, '{.status.order}'), ['api', 'web-10', 'web-2']);
  t.deepEqual(sorted(items, 'nope'), ['web-10', 'web-2', 'api']);
});

test('a path that cannot be read', t => {
  t.throws(() => sorted([object('a')], '{.a}{.b}'), { message: /^error: unexpected path string/ });
});
