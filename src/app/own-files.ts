// Files that the program itself writes are no changes of the project, also where the project holds the state directory
// (a folder in HOME that is watched whole, TILT_DEV_DIR inside the project): each build would write the log, and each
// line of the log would start a build.
import type { FileWatcher } from '../adapters/files/port.ts';

/** What a session writes into the state directory, and nothing else of a folder that may be the person's as well. */
const patterns = [
  'projects/*/logs',
  'projects/*/ledger*',
  'projects/*/ui*',
  'sessions',
  'config',
  'config.*',
  'token*',
];

/** The same watcher, blind to what sessions write into the state directory. */
export function ignoringOwnFiles(files: FileWatcher, stateDirectory: string): FileWatcher {
  const own = { basePath: stateDirectory, patterns };
  return {
    watch: (request, handlers) => files.watch({ ...request, ignores: [...request.ignores, own] }, handlers),
    get watchCount() {
      return files.watchCount;
    },
    dispose: () => files.dispose(),
  };
}
