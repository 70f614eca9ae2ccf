// A node may stop telling a log that goes on (when it rotates the file, for one): after a silence it is asked what the
// newest line is.
import type { KubeClient, PodRef } from '../../adapters/kube/port.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import { LogResume } from './log-resume.ts';

const firstMs = 15_000;
const lastMs = 300_000;

export interface SilenceOptions {
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly pod: PodRef;
  readonly container: string;
  /** Time of the newest line that was read. */
  readonly newest: () => string;
}

export interface SilenceWatch extends Disposable {
  /** Something came. */
  heard(): void;
}

/** Calls `onDeaf` when there is a line that was not told. */
export function watchSilence(options: SilenceOptions, signal: AbortSignal, onDeaf: () => void): SilenceWatch {
  const { client, clock, pod, container, newest } = options;
  let waitMs = firstMs;
  let isOver = false;
  let hasHeard = false;
  let timer = clock.after(waitMs, look);

  function look(): void {
    if (hasHeard) waitMs = firstMs;
    else void ask();
    hasHeard = false;
    timer = clock.after(waitMs, look);
  }

  async function ask(): Promise<void> {
    waitMs = Math.min(lastMs, waitMs * 2);
    const before = newest();
    const probe = new LogResume(undefined, '');
    try {
      const request = { pod, container, follow: false, timestamps: true, tailLines: 1 };
      for await (const chunk of client.logs(request, { signal })) probe.take(chunk);
      probe.finish();
    } catch {
      // Whatever it is, the connection itself will tell.
      return;
    }
    if (!isOver && probe.newestTime > before && newest() === before) onDeaf();
  }

  return {
    heard() {
      hasHeard = true;
    },
    dispose() {
      isOver = true;
      timer.dispose();
    },
  };
}
