// At most one call in a period: the first at once, the last always.
import type { Clock } from '../base/clock.ts';
import { type Disposable, toDisposable } from '../base/disposable.ts';

export interface Throttled extends Disposable {
  /** Asks for a run, now or at the end of the period. */
  request(): void;
}

/** Runs `run` at most every `periodMs`, on the leading and on the trailing edge. */
export function throttle(clock: Clock, periodMs: number, run: () => void): Throttled {
  let timer: Disposable | undefined;
  let wanted = false;
  function onTimer(): void {
    timer = undefined;
    if (wanted) start();
  }
  function start(): void {
    wanted = false;
    timer = clock.after(periodMs, onTimer);
    run();
  }
  const stop = toDisposable(() => {
    wanted = false;
    timer?.dispose();
  });
  return {
    request() {
      if (timer) wanted = true;
      else start();
    },
    dispose: stop.dispose,
  };
}
