// Parts of the log as files that people asked for: without colours, one line a line, batch by batch.
import { mkdtemp, open, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LogCursor, LogLine } from '../api/client.ts';

const batchLines = 2000;

/** Writes all lines of a cursor into a file that must not exist yet; resolves to their number. Rejects with a sentence. */
export async function saveLines(cursor: LogCursor, file: string, format: (line: LogLine) => string): Promise<number> {
  const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === 'EEXIST' ? `${file} exists already` : `${file} cannot be written: ${error.message}`);
  });
  let count = 0;
  try {
    for (;;) {
      const lines = await cursor.next(batchLines);
      if (lines.length === 0) return count;
      count += lines.length;
      await handle.writeFile(`${lines.map(format).join('\n')}\n`);
    }
  } catch (error) {
    throw new Error(`${file} was not written to its end: ${(error as Error).message}`);
  } finally {
    cursor.dispose();
    await handle.close();
  }
}

/** Keeps a text in a file that only its owner reads; resolves to its name. */
export async function keepInTemporaryFile(text: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'tilt-copy-')), 'copied.txt');
  await writeFile(file, `${text}\n`, { mode: 0o600 });
  return file;
}
