import test from 'ava';
import { ManualClock } from '../../src/base/clock.ts';
import { FrameScheduler } from '../../src/terminal/frame-scheduler.ts';
import { throttle } from '../../src/terminal/throttle.ts';

function makeScheduler() {
  const clock = new ManualClock(1000);
  const frames: number[] = [];
  const pending: (() => void)[] = [];
  let content = 'x';
  const scheduler = new FrameScheduler({
    clock,
    framesPerSecond: 25,
    render: () => content,
    write: (_frame, done) => {
      frames.push(clock.monotonic() - 1000);
      pending.push(done);
    },
  });
  return { clock, frames, scheduler, take: () => pending.shift()?.(), setContent: (text: string) => (content = text) };
}

test('frames keep the rate, key frames come after 8 ms', t => {
  const { clock, frames, scheduler, take } = makeScheduler();
  scheduler.request(false);
  clock.advance(0);
  take();
  scheduler.request(false);
  scheduler.request(false);
  clock.advance(39);
  t.deepEqual(frames, [0]);
  clock.advance(1);
  t.deepEqual(frames, [0, 40]);
  take();
  scheduler.request(false);
  scheduler.request(true);
  clock.advance(8);
  t.deepEqual(frames, [0, 40, 48]);
  take();
  clock.advance(1000);
  t.deepEqual(frames, [0, 40, 48], 'the waiting normal frame was part of the key frame');
});

test('one frame in flight: what comes meanwhile is one frame after it', t => {
  const { clock, frames, scheduler, take } = makeScheduler();
  scheduler.request(false);
  clock.advance(0);
  for (let n = 0; n < 100; n++) {
    scheduler.request(n % 2 === 0);
    clock.advance(10);
  }
  t.deepEqual(frames, [0]);
  t.is(scheduler.waitingMs, 1000);
  take();
  clock.advance(0);
  t.deepEqual(frames, [0, 1000]);
  t.is(scheduler.lastFrameMs, 1000);
  take();
  clock.advance(1000);
  t.is(frames.length, 2);
});

test('an empty frame is not written and does not wait for anything', t => {
  const { clock, frames, scheduler, setContent } = makeScheduler();
  setContent('');
  scheduler.request(false);
  clock.advance(100);
  t.deepEqual(frames, []);
  t.false(scheduler.isInFlight);
  setContent('y');
  scheduler.request(true);
  clock.advance(0);
  t.is(frames.length, 1);
});

test('paused it draws nothing and remembers', t => {
  const { clock, frames, scheduler } = makeScheduler();
  scheduler.request(false);
  scheduler.pause();
  clock.advance(1000);
  t.deepEqual(frames, []);
  scheduler.resume();
  clock.advance(0);
  t.is(frames.length, 1);
  scheduler.dispose();
  t.is(clock.pending, 0);
});

test('throttle: first at once, last always, never more often', t => {
  const clock = new ManualClock(0);
  const runs: number[] = [];
  const throttled = throttle(clock, 33, () => runs.push(clock.monotonic()));
  for (let n = 0; n < 10; n++) {
    throttled.request();
    clock.advance(10);
  }
  clock.advance(1000);
  t.deepEqual(runs, [0, 33, 66, 99]);
  throttled.request();
  t.is(runs.length, 5);
  throttled.request();
  throttled.dispose();
  clock.advance(100);
  t.is(runs.length, 5);
});
