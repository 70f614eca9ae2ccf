import test from 'ava';
import { makeCoalescer } from '../../../src/adapters/files/coalesce.ts';
import { ManualClock } from '../../../src/base/clock.ts';

function open() {
  const clock = new ManualClock();
  const start = clock.monotonic();
  const bursts: [number, number][] = [];
  const coalescer = makeCoalescer({ clock, onBurst: paths => bursts.push([clock.monotonic() - start, paths.length]) });
  return { clock, bursts, coalescer };
}

test('a single save ends 12 ms after its last event', t => {
  const { clock, bursts, coalescer } = open();
  coalescer.add(['/a']);
  clock.advance(10);
  coalescer.add(['/a', '/b']);
  clock.advance(11);
  t.deepEqual(bursts, []);
  clock.advance(1);
  t.deepEqual(bursts, [[22, 2]]);
  clock.advance(1000);
  t.is(bursts.length, 1);
});

test('more than 20 files wait for 60 ms of quiet', t => {
  const { clock, bursts, coalescer } = open();
  for (let i = 0; i < 21; i++) {
    coalescer.add([`/${i}`]);
    clock.advance(5);
  }
  coalescer.add(['/x']);
  clock.advance(59);
  t.deepEqual(bursts, []);
  clock.advance(1);
  t.deepEqual(bursts, [[165, 22]]);
});

test('a burst that never pauses is cut after 10 s', t => {
  const { clock, bursts, coalescer } = open();
  for (let i = 0; i < 2500; i++) {
    coalescer.add(['/a']);
    clock.advance(5);
  }
  t.is(bursts.length, 1);
  t.is(bursts[0]![0], 10_000);
});

test('disposing forgets', t => {
  const { clock, bursts, coalescer } = open();
  coalescer.add(['/a']);
  coalescer.dispose();
  clock.advance(100);
  t.deepEqual(bursts, []);
  t.is(clock.pending, 0);
});
