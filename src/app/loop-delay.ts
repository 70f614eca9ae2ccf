// How long the event loop was late, for benchmarks: TILT_LOOP_DELAY names the file that gets the numbers at the end.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Disposable } from '../base/disposable.ts';
import { writeFileAtomic } from '../state/atomic-file.ts';

const resolutionMs = 10;

/** Measures until disposed; undefined when nobody asked. */
export function measureLoopDelay(env: Readonly<Record<string, string | undefined>>): Disposable | undefined {
  const file = env['TILT_LOOP_DELAY'];
  if (!file) return undefined;
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return {
    dispose() {
      histogram.disable();
      // The histogram counts its own period too.
      const ms = (ns: number): number => Math.max(0, Math.round((ns / 1e6 - resolutionMs) * 10) / 10);
      writeFileAtomic(
        file,
        `${JSON.stringify({ p50Ms: ms(histogram.percentile(50)), p99Ms: ms(histogram.percentile(99)), maxMs: ms(histogram.max) })}\n`,
      );
    },
  };
}
