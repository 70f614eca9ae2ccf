// When a row of probe results counts (reference 4.7, Kubernetes' readiness probes): a run of equal results as long as
// its threshold changes the status; the first status is reached the same way from "unknown".

export type ProbeResult = 'success' | 'failure' | 'warning';

export interface ProbeThresholds {
  readonly success: number;
  readonly failure: number;
}

export interface ProbeState {
  readonly status: ProbeResult | 'unknown';
  readonly last?: ProbeResult;
  /** How often `last` came in a row. */
  readonly run: number;
}

export const unknownProbe: ProbeState = { status: 'unknown', run: 0 };

/** The state after one more result. */
export function afterProbe(state: ProbeState, result: ProbeResult, thresholds: ProbeThresholds): ProbeState {
  const run = state.last === result ? state.run + 1 : 1;
  const needed = result === 'failure' ? thresholds.failure : thresholds.success;
  const status = run >= needed ? result : state.status;
  return { status, last: result, run };
}
