// Files that hold text for other programs as long as this one runs.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A function that writes a file into a folder of its own, made at the first one (0700), and gives its path. */
export function makeTemporaryFiles(tmpDir: string | undefined): (name: string, text: string) => string {
  let folder: string | undefined;
  return (name, text) => {
    folder ??= fs.mkdtempSync(path.join(tmpDir || os.tmpdir(), 'tilt-tiltfile-'));
    const file = path.join(folder, name);
    fs.writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
}
