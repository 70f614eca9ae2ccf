// When a row of probe results counts (reference 4.7, Kubernetes' readiness probes): a run of equal results as long as
// its threshold changes the status; the first status is reached the same way from "unknown".

import type { Probe } from '../api/shared-types.ts';

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

/** What keeps a probe from ever being asked, or undefined. A command with such a probe is not started (Tilt's words). */
export function probeProblem(probe: Probe | undefined): string | undefined {
  const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
  if (port === undefined || (port > 0 && port <= 65_535)) return undefined;
  return `Invalid readiness probe: port number out of range: ${port}`;
}

/** The state after one more result. */
export function afterProbe(state: ProbeState, result: ProbeResult, thresholds: ProbeThresholds): ProbeState {
  const run = state.last === result ? state.run + 1 : 1;
  const needed = result === 'failure' ? thresholds.failure : thresholds.success;
  const status = run >= needed ? result : state.status;
  return { status, last: result, run };
}
