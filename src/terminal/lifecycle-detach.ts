// Letting go of a terminal that has hung up or belongs to another job, so that the program can go on without one.
import fs from 'node:fs';

/**
 * Closes stdin, stdout and stderr and opens /dev/null in their places at once: a descriptor 0 to 2 that is free would be
 * taken by the next file, and Node aborts at exit when it can't set the modes of a terminal that is gone.
 */
export function detachFromTerminal(): void {
  for (const stream of [process.stdin, process.stdout, process.stderr]) {
    stream.removeAllListeners('error');
    stream.on('error', () => {});
  }
  process.stdin.removeAllListeners('data');
  process.stdin.destroy();
  for (const stream of [process.stdout, process.stderr]) closeHandle(stream);
  for (const fd of [0, 1, 2]) replaceWithNull(fd);
}

/** Node gives stdout and stderr a destroy() that does nothing; the handle underneath holds the terminal open. */
function closeHandle(stream: NodeJS.WriteStream): void {
  const { _handle: handle } = stream as unknown as { _handle?: { close?(): void } | null };
  try {
    handle?.close?.();
  } catch {
    // Closed already, which is what was wanted.
  }
  stream.write = swallow as typeof stream.write;
}

/** Takes what is written and calls back, as a stream to /dev/null would. */
function swallow(_chunk: unknown, encoding?: unknown, done?: unknown): boolean {
  const callback = typeof encoding === 'function' ? encoding : done;
  if (typeof callback === 'function') queueMicrotask(() => callback());
  return true;
}

function replaceWithNull(fd: number): void {
  try {
    fs.closeSync(fd);
  } catch {
    // Closed with its stream.
  }
  const got = fs.openSync('/dev/null', 'r+');
  if (got !== fd && got > 2) fs.closeSync(got);
}
