// Waiting for something to come true, with a deadline.
import type { ExecutionContext } from 'ava';

const deadlineMs = 20_000;
const lookMs = 5;

/** Resolves when `isTrue` gives true; fails the test, with the words, when that takes too long. */
export async function until(
  t: ExecutionContext,
  isTrue: () => boolean | Promise<boolean>,
  what: string = isTrue.toString(),
): Promise<void> {
  t.timeout(2 * deadlineMs);
  const endMs = performance.now() + deadlineMs;
  while (!(await isTrue())) {
    if (performance.now() > endMs) throw new Error(`waited ${deadlineMs / 1000} s in vain: ${what}`);
    await new Promise(resolve => setTimeout(resolve, lookMs));
  }
}
