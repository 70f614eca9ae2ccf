// The real disk.
import fs from 'node:fs';
import type { Disk } from './port.ts';
import { readSpecial } from './read-special.ts';

/** Go's words for the errors that people meet. */
const goWords: Record<string, string> = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EISDIR: 'is a directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
  EMFILE: 'too many open files',
};

/** An error of a system call as `operation path: words`. */
export function goError(operation: string, path: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const words = goWords[code] ?? (error instanceof Error ? error.message : String(error));
  return Object.assign(new Error(`${operation} ${path}: ${words}`, { cause: error }), { code });
}

/** True for an error that says that something is not there. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}

export const nodeDisk: Disk = {
  readFile(path) {
    try {
      const fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
      try {
        const stats = fs.fstatSync(fd);
        if (stats.isFIFO() || stats.isCharacterDevice()) return readSpecial(fd, stats.isFIFO());
        return fs.readFileSync(fd);
      } finally {
        fs.closeSync(fd);
      }
    } catch (error) {
      // Opening a folder works; reading it does not.
      throw goError((error as NodeJS.ErrnoException).code === 'EISDIR' ? 'read' : 'open', path, error);
    }
  },
  stat(path) {
    let stats: fs.Stats | undefined;
    try {
      stats = fs.statSync(path, { throwIfNoEntry: false });
    } catch (error) {
      // Below a file there is nothing.
      if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') throw goError('stat', path, error);
    }
    return stats ? { isDirectory: stats.isDirectory(), isFile: stats.isFile() } : undefined;
  },
  state(path) {
    try {
      const { dev, ino, size, mtimeNs, ctimeNs } = fs.statSync(path, { bigint: true });
      return { id: `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`, changedMs: Number(ctimeNs / 1_000_000n) };
    } catch {
      return { id: 'missing', changedMs: 0 };
    }
  },
  list(path) {
    try {
      return fs
        .readdirSync(path, { withFileTypes: true })
        .map(entry => ({ name: entry.name, isDirectory: entry.isDirectory(), isFile: entry.isFile() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      throw goError('open', path, error);
    }
  },
  realPath(path) {
    try {
      return fs.realpathSync.native(path);
    } catch (error) {
      throw goError('lstat', path, error);
    }
  },
};
