// Writing to a terminal without ever waiting for it.
//
// Node writes to a TTY synchronously: a slow link stops every timer and a frozen one stops the program. The handle is
// therefore switched to non-blocking; where Node no longer offers that, writes go through the thread pool.
// Does not: decide what or when to write.
import fs from 'node:fs';
import { systemClock } from '../base/clock.ts';

/** The part of `process.stdout` that is used. `_handle` is Node's own and is only used after looking whether it is there. */
export interface OutputStream {
  readonly fd?: number;
  write(chunk: string, done: (error?: Error | null) => void): boolean;
  readonly _handle?: { setBlocking?(blocking: boolean): number } | null;
}

export interface TtyOutput {
  /** Writes and calls `done` once the kernel has taken everything or the terminal is gone. */
  write(text: string, done: () => void): void;
  /** Back to writes that wait, for whoever writes after the screen. */
  release(): void;
  readonly mode: 'non-blocking' | 'thread-pool';
}

/** Makes the writer for a TTY stream. `write` is the stream's own method, taken before anyone redirects it. */
export function makeTtyOutput(stream: OutputStream): TtyOutput {
  const handle = stream._handle;
  const write = stream.write.bind(stream);
  if (handle && typeof handle.setBlocking === 'function' && handle.setBlocking(false) === 0) {
    return {
      mode: 'non-blocking',
      write: (text, done) => void write(text, () => done()),
      release: () => void handle.setBlocking?.(true),
    };
  }
  const fd = stream.fd ?? 1;
  return { mode: 'thread-pool', write: (text, done) => writeInPool(fd, Buffer.from(text), 0, done), release: () => {} };
}

function writeInPool(fd: number, bytes: Buffer, from: number, done: () => void): void {
  fs.write(fd, bytes, from, bytes.length - from, null, (error, written) => {
    if (error && error.code !== 'EAGAIN') return done();
    const next = from + (error ? 0 : written);
    if (next >= bytes.length) return done();
    // A full terminal that does not block: look again shortly.
    if (error) systemClock.after(10, () => writeInPool(fd, bytes, next, done));
    else writeInPool(fd, bytes, next, done);
  });
}

/**
 * Writes synchronously to a descriptor that may be non-blocking and full, for at most `limitMs`. For the last words of a
 * program. Returns true when everything was taken.
 */
export function writeNow(fd: number, text: string, limitMs: number): boolean {
  const bytes = Buffer.from(text);
  const endMs = Date.now() + limitMs;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(fd, bytes, at);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'EAGAIN' || Date.now() >= endMs) return false;
      // Nothing else runs any more: sleep a little instead of spinning.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
  return true;
}
