// Starting a session makes many short-lived objects; the room for such ones grows with them and stays, a third of all
// memory. V8 gives it back only when it is told that memory is short. That takes some ten milliseconds, so it is told in
// a quiet moment.
// Does not: make anything smaller that is used.
import { performance } from 'node:perf_hooks';
import { getHeapSpaceStatistics } from 'node:v8';
import type { Clock } from '../base/clock.ts';
import { type Disposable, toDisposable } from '../base/disposable.ts';

/** Until it was told once, and from then on; the room grows again with every load of a large Tiltfile. */
const firstLooksMs = 5000;
const laterLooksMs = 30_000;
/** Part of the time that the loop may be busy for a moment to be a quiet one. */
const quietShare = 0.05;
const worthBytes = 8 * 2 ** 20;
/** Told once, so much time must pass before the next time. */
const leastGapMs = 120_000;

/** Looks now and then until disposed. `isIdle`: nobody is at the keys. */
export function giveBackMemory(clock: Clock, isIdle: () => boolean): Disposable {
  let last = performance.eventLoopUtilization();
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let timer = clock.after(firstLooksMs, look);
  function look(): void {
    timer = clock.after(Number.isFinite(toldAtMs) ? laterLooksMs : firstLooksMs, look);
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    if (utilization > quietShare || !isIdle() || clock.monotonic() - toldAtMs < leastGapMs) return;
    if (youngBytes() < worthBytes) return;
    toldAtMs = clock.monotonic();
    void tellV8();
  }
  return toDisposable(() => timer.dispose());
}

/** Room for short-lived objects. */
function youngBytes(): number {
  return getHeapSpaceStatistics().find(space => space.space_name === 'new_space')?.physical_space_size ?? 0;
}

/** The inspector's way of collecting garbage is the one that gives the room back; nothing listens on a port. */
async function tellV8(): Promise<void> {
  try {
    const { Session } = await import('node:inspector');
    const session = new Session();
    session.connect();
    // Within the answer the inspector still holds what ending the session would wait for, for ever.
    session.post('HeapProfiler.collectGarbage', () => setImmediate(() => session.disconnect()));
  } catch {
    // A Node without an inspector keeps its room.
  }
}
