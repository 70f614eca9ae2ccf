// Letting a person edit a text in the editor of their choice, on the terminal that the program has.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface EditRequest {
  /** A command line for a shell: `vim`, `code --wait`. */
  readonly editor: string;
  readonly text: string;
  /** Ending of the file's name, for the editor's highlighting. */
  readonly suffix: string;
}

/** The edited text, or a sentence about why there is none. */
export async function editText({
  editor,
  text,
  suffix,
}: EditRequest): Promise<{ readonly text: string } | { readonly problem: string }> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-edit-'));
  const file = path.join(dir, `edit${suffix}`);
  try {
    fs.writeFileSync(file, text, { mode: 0o600 });
    const done = spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
    if (done.error) return { problem: `the editor ${editor} could not be started: ${done.error.message}` };
    if (done.status !== 0)
      return { problem: `the editor ${editor} ended with ${done.signal ?? `exit status ${done.status}`}` };
    return { text: fs.readFileSync(file, 'utf8') };
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}
