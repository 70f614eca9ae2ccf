// Writing small files that a person asked for.
import fs from 'node:fs';
import { goError } from './node-disk.ts';

/** Writes the text to a new file; throws when there is one already, or with Go's words. `mode`: who may do what with it. */
export function writeNewFile(file: string, text: string, mode = 0o666): void {
  try {
    fs.writeFileSync(file, text, { flag: 'wx', mode });
  } catch (error) {
    throw goError('open', file, error);
  }
}

/** Writes the text to a file, over what there was; throws with Go's words. */
export function writeFileOver(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    throw goError('open', file, error);
  }
}
