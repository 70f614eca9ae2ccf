// Whole small files, written so that a reader sees the old text or the new one and never half of either.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from './make-folder.ts';

/**
 * Writes `text` beside `file` and renames it over. The directory is made with 0700 when it is missing. With `durable`
 * the text is on the disk before the name changes.
 */
export function writeFileAtomic(file: string, text: string, { mode = 0o600, durable = false } = {}): void {
  makeFolder(path.dirname(file), 0o700);
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const fd = fs.openSync(temporary, 'wx', mode);
    try {
      fs.writeFileSync(fd, text);
      if (durable) fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}
