// The room for short-lived objects is given back in a quiet moment, once; nothing hangs.
import { getHeapSpaceStatistics } from 'node:v8';
import test from 'ava';
import { giveBackMemory } from '../../src/app/give-back-memory.ts';
import { ManualClock } from '../../src/base/clock.ts';

const youngMb = (): number =>
  getHeapSpaceStatistics().find(space => space.space_name === 'new_space')!.physical_space_size / 2 ** 20;

/** Makes many objects that live for a while: the room for young ones grows with those that stay. */
function growRoom(): void {
  let kept: object[] = [];
  for (let i = 0; i < 3_000_000 && youngMb() < 12; i++) {
    kept.push({ i, text: [i] });
    if (kept.length > 100_000) kept = [];
  }
}

test.serial('a quiet moment gives room back; somebody at the keys is not held up', async t => {
  growRoom();
  const before = youngMb();
  t.true(before >= 8, `${before} MB`);
  const clock = new ManualClock();
  let isIdle = false;
  const giving = giveBackMemory(clock, () => isIdle);
  t.teardown(() => giving.dispose());
  // The time until now was a busy one; each look is about the time since the one before.
  clock.advance(5000);
  await new Promise(resolve => setTimeout(resolve, 200));
  clock.advance(5000);
  t.true(youngMb() >= 8, 'not while somebody is at the keys');
  isIdle = true;
  for (const end = Date.now() + 20_000; youngMb() >= 8 && Date.now() < end; ) {
    await new Promise(resolve => setTimeout(resolve, 200));
    clock.advance(5000);
  }
  t.true(youngMb() < 8, `${youngMb()} MB of ${before}`);
});
