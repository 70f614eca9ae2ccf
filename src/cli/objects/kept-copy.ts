import path from 'node:path';
import { writeNewFile } from '../../adapters/disk/write-new.ts';
import { systemClock } from '../../base/clock.ts';
import type { CliIo } from '../command.ts';

/** Writes a text that would be lost into a new file among the temporary ones; its path. */
export function keepCopy(io: CliIo, text: string): string {
  const file = path.join(io.env['TMPDIR'] || '/tmp', `tilt-edit-${io.pid}-${systemClock.now()}.yaml`);
  writeNewFile(file, text, 0o600);
  return file;
}
