// Reading small files that may not be there. Apart from writing them: a command that only reads starts without what writing needs.
import fs from 'node:fs';

/** The file's text, or undefined when there is none. */
export function readFileIfAny(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The file's JSON, or undefined when it is missing or no JSON (a crash of the writer's machine, a stranger's file). */
export function readJsonIfAny(file: string): unknown {
  const text = readFileIfAny(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
