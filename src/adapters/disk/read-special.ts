// Reading what is no regular file while a Tiltfile is evaluated: pipes and devices. A read that blocks in the kernel could
// not be ended, not even by ending the thread; this one waits in small steps.
import fs from 'node:fs';

const stepMs = 20;
const pieceBytes = 64 * 1024;
const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

/**
 * Everything until the end, from a descriptor that was opened without blocking. A pipe that nobody writes to yet is
 * waited for, as a read that blocks would.
 */
export function readSpecial(fd: number, isPipe: boolean): Buffer {
  const pieces: Buffer[] = [];
  const piece = Buffer.allocUnsafe(pieceBytes);
  let mayBegin = isPipe;
  for (;;) {
    const size = readSome(fd, piece);
    if (size > 0) {
      pieces.push(Buffer.from(piece.subarray(0, size)));
      mayBegin = false;
    } else if (size === 0 && !mayBegin) return Buffer.concat(pieces);
    else Atomics.wait(nobodyWakes, 0, 0, stepMs);
  }
}

/** Bytes read; 0 at the end, -1 when there is nothing at the moment. */
function readSome(fd: number, piece: Buffer): number {
  try {
    return fs.readSync(fd, piece, 0, piece.length, null);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return -1;
    throw error;
  }
}
