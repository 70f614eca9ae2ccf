// How trigger_mode and auto_init fold into one number (reference 2.7).
import type { TriggerMode } from '../api/kinds-internal.ts';

/** 0 auto, 1 manual, 2 manual and not at the start, 3 auto and not at the start (reference 2.7). */
export function triggerModeOf(mode: 'auto' | 'manual', autoInit: boolean): TriggerMode {
  if (mode === 'auto') return autoInit ? 0 : 3;
  return autoInit ? 1 : 2;
}
