import { writeFile } from 'node:fs/promises';

/** Writes a text that comes in slices, in place of what the file held. Rejects with an ErrnoException. */
export function writeSlices(file: string, slices: Iterable<string>): Promise<void> {
  return writeFile(file, slices, { mode: 0o644 });
}
