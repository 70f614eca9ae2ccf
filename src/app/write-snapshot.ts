// `--output-snapshot-on-exit`: the session as it was when its end began, in a file that `tilt snapshot view` reads.
import path from 'node:path';
import { writeSlices } from '../adapters/disk/write-slices.ts';
import type { ServerBackend } from '../server/backend.ts';
import { completeView, snapshotJson } from '../server/web/view.ts';

/**
 * Takes the view now and resolves when it is in the file, which is replaced. A relative path counts from `dir`.
 * Rejects with a sentence that names the file.
 */
export async function writeSnapshot(
  file: string,
  at: { readonly dir: string; readonly backend: ServerBackend; readonly nowMs: number },
): Promise<void> {
  const slices = snapshotJson(completeView(at.backend), at.nowMs);
  try {
    await writeSlices(path.resolve(at.dir, file), slices);
  } catch (error) {
    throw new Error(`the snapshot was not written: ${(error as Error).message}`, { cause: error });
  }
}
