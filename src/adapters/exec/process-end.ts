// The ends of processes that are ours.
import type { ChildProcess } from 'node:child_process';

/** Resolves when the child is over; at once for one that never began. */
export function childEnded(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) resolve();
    else child.once('exit', () => resolve());
  });
}

/** Ends whatever is left of a process group. */
export function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // nobody is left in the group
  }
}
