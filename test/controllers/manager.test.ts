// What runs controllers: everybody in order, and never for long without giving way.
import test from 'ava';
import { apiVersion } from '../../src/api/meta.ts';
import { ManualClock } from '../../src/base/clock.ts';
import type { Controller } from '../../src/controllers/runtime/controller.ts';
import { Manager } from '../../src/controllers/runtime/manager.ts';
import { makeStore } from '../../src/store/store.ts';

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Two controllers that look at ConfigMaps, each look taking so long. */
function setUp(stepMs: number) {
  const clock = new ManualClock();
  const store = makeStore({ clock });
  const seen: string[] = [];
  const manager = new Manager({ store, clock, onError: (_controller, _key, error) => seen.push(String(error)) });
  const controller = (name: string): Controller => ({
    name,
    watches: { ConfigMap: key => [key] },
    reconcile: key => {
      seen.push(`${name} ${key}`);
      clock.advance(stepMs);
      return undefined;
    },
  });
  manager.add(controller('first'));
  manager.add(controller('second'));
  manager.start();
  const make = (name: string): void =>
    void store.create('ConfigMap', { apiVersion, kind: 'ConfigMap', metadata: { name }, data: {} });
  return { manager, make, seen };
}

test('what is quickly done is done in one turn, one controller after the other', async t => {
  const { manager, make, seen } = setUp(0);
  for (const name of ['a', 'b', 'c']) make(name);
  await turn();
  t.deepEqual(seen, ['first a', 'first b', 'first c', 'second a', 'second b', 'second c']);
  manager.dispose();
});

test('work that takes long gives way, goes on where it stopped, and leaves nobody out', async t => {
  const { manager, make, seen } = setUp(5);
  for (const name of ['a', 'b', 'c']) make(name);
  await turn();
  t.deepEqual(seen, ['first a', 'first b']);
  // What comes meanwhile for the first one does not keep the second one waiting for ever.
  make('d');
  for (let i = 0; i < 12; i++) {
    await turn();
    if (i < 4) make(`more-${i}`);
  }
  const looks = (name: string) => seen.filter(line => line.startsWith(name)).map(line => line.split(' ')[1]);
  t.deepEqual(looks('first').sort(), looks('second').sort());
  t.is(looks('first').length, 8);
  t.true(seen.indexOf('second a') < seen.indexOf('first more-2'), seen.join(', '));
  manager.dispose();
});

test('nothing is looked at after the end', async t => {
  const { manager, make, seen } = setUp(5);
  for (const name of ['a', 'b', 'c']) make(name);
  await turn();
  manager.dispose();
  const { length } = seen;
  await turn();
  await turn();
  t.is(seen.length, length);
});
