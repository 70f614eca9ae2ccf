// What an apply no longer wants, and what another one has.
import test from 'ava';
import { type AppliedObject, AppliedObjects } from '../../src/controllers/applied-objects.ts';

const object = (name: string, more: Partial<AppliedObject> = {}): AppliedObject => ({
  ref: { apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'n' },
  uid: name,
  isKept: false,
  podTemplateHashes: [],
  ...more,
});
const never = () => false;
const names = (objects: readonly AppliedObject[]): string[] => objects.map(({ ref }) => ref.name);

test('applied-objects › what left the newest apply dangles, last applied first, once', t => {
  const objects = new AppliedObjects();
  objects.set('a', [object('x'), object('y'), object('z')]);
  objects.set('a', [object('y')]);
  t.deepEqual(names(objects.of('a')), ['y']);
  t.deepEqual(names(objects.takeDangling('a', never)), ['z', 'x']);
  t.deepEqual(objects.takeDangling('a', never), []);
});

test('applied-objects › what another apply has, or will have, stays', t => {
  const objects = new AppliedObjects();
  objects.set('a', [object('x'), object('y'), object('z')]);
  objects.set('b', [object('x')]);
  objects.set('a', []);
  t.deepEqual(names(objects.takeDangling('a', ({ ref }) => ref.name === 'y')), ['z']);
});

test('applied-objects › what is to be kept stays; another version of the API is the same object', t => {
  const objects = new AppliedObjects();
  const old = object('w', { ref: { apiVersion: 'apps/v1beta1', kind: 'Deployment', name: 'w', namespace: 'n' } });
  const now = object('w', { ref: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'w', namespace: 'n' } });
  objects.set('a', [object('k', { isKept: true }), old]);
  objects.set('a', [now]);
  t.deepEqual(objects.takeDangling('a', never), []);
  objects.forget('a');
  t.false(objects.knows('a'));
});

test('applied-objects › who else has an object', t => {
  const objects = new AppliedObjects();
  objects.set('a', [object('x'), object('y')]);
  objects.set('b', [object('x')]);
  objects.set('c', [object('x')]);
  t.deepEqual(objects.othersWith('a', object('x')), ['b', 'c']);
  t.deepEqual(objects.othersWith('a', object('y')), []);
  objects.set('a', []);
  t.deepEqual(objects.othersWith('a', object('x')), ['b', 'c']);
});

test('applied-objects › what one makes anew, the others that have it have as it is now', t => {
  const objects = new AppliedObjects();
  objects.set('a', [object('x', { isKept: true }), object('y')]);
  objects.set('b', [object('x')]);
  t.deepEqual(objects.share('b'), []);
  objects.set('b', []);
  objects.set('b', [object('x', { uid: 'new', podTemplateHashes: ['h'] })]);
  t.deepEqual(objects.share('b'), ['a']);
  t.deepEqual(objects.of('a'), [object('x', { uid: 'new', podTemplateHashes: ['h'], isKept: true }), object('y')]);
  t.deepEqual(objects.share('b'), []);
});
