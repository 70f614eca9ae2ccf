// How long a watch waits before it tries again.
import { isUnreachable } from './kube-errors.ts';
import type { KubeError } from './port.ts';

export interface WatchFailure {
  readonly error: KubeError;
  /** How many there were in a row, this one included. */
  readonly count: number;
  /** Since the first of them. */
  readonly failingForMs: number;
  /** 0 to 1. */
  readonly random: number;
}

const firstMs = 500;
/** A server that restarts is away for seconds; who asks every three is back in time. */
const mostAtFirstMs = 3000;
const atFirstMs = 60_000;
const mostMs = 30_000;
const firstRefusalMs = 2000;
const mostForLoginMs = 5000;
const mostAskedForMs = 60_000;

/** In ms, with jitter: many watches lose one server at the same moment. */
export function watchDelayMs({ error, count, failingForMs, random }: WatchFailure): number {
  const jitter = 0.75 + random / 2;
  const asked = Math.min(error.retryAfterMs ?? 0, mostAskedForMs);
  return Math.max(asked, plainDelayMs(error, count, failingForMs) * jitter);
}

function plainDelayMs(error: KubeError, count: number, failingForMs: number): number {
  const isAway = isUnreachable(error) || error.code === 429 || error.code >= 500;
  if (!isAway) {
    // Somebody logs in again; a right that is missing stays missing.
    const isLogin = error.code === 401 && failingForMs < atFirstMs;
    return Math.min(isLogin ? mostForLoginMs : mostMs, firstRefusalMs * 2 ** (count - 1));
  }
  if (failingForMs < atFirstMs) return Math.min(mostAtFirstMs, firstMs * 2 ** (count - 1));
  return Math.min(mostMs, mostAtFirstMs * (failingForMs / atFirstMs));
}
