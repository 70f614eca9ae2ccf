// Writing a file that was not there.
import fs from 'node:fs';
import { goError } from './node-disk.ts';

/** Writes the text to a new file; throws when there is one already, or with Go's words. */
export function writeNewFile(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw goError('open', file, error);
  }
}
