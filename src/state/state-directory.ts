// Where sessions keep what outlives them: the state directory, shared with Tilt, and the XDG base directories
// (reference 1.2, design section 9). Environment and home are passed in; nothing here looks at the process.
// Does not: read or write what lies in these directories.
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from './make-folder.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Surroundings {
  readonly env: Environment;
  /** Home directory of the user; '' when there is none. */
  readonly home: string;
  /** What relative paths are relative to. */
  readonly cwd: string;
  readonly platform: 'linux' | 'darwin' | string;
  /** Numeric user id, for /run/user. */
  readonly uid?: number;
}

/** There is no place for the state: no home directory is known and no variable names one, or it cannot be written. */
export class NoStateDirectoryError extends Error {
  override name = 'NoStateDirectoryError';
}

/**
 * The state directory: TILT_DEV_DIR, WMDAEMON_HOME, WINDMILL_DIR, ~/.windmill if it exists, else ~/.tilt-dev. Absolute;
 * it is created (0755, as Tilt does) unless `create` is false. Throws NoStateDirectoryError.
 */
export function resolveStateDirectory({ env, home, cwd }: Surroundings, create = true): string {
  const named = env['TILT_DEV_DIR'] || env['WMDAEMON_HOME'] || env['WINDMILL_DIR'];
  const directory = named ? path.resolve(cwd, named) : inHome(home);
  if (create) prepare(directory);
  return directory;
}

function prepare(directory: string): void {
  try {
    makeFolder(directory, 0o755);
    fs.accessSync(directory, fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw new NoStateDirectoryError(
      `cannot use the state directory ${directory}: ${(error as Error).message} (TILT_DEV_DIR names another one)`,
    );
  }
}

function inHome(home: string): string {
  if (!home) throw new NoStateDirectoryError('cannot find the home directory: HOME is not set (or set TILT_DEV_DIR)');
  const legacy = path.join(home, '.windmill');
  return fs.existsSync(legacy) ? legacy : path.join(home, '.tilt-dev');
}

/** XDG base directories, each with the part `tilt-dev` that Tilt uses. */
export interface BaseDirectories {
  readonly data: string;
  readonly cache: string;
  readonly config: string;
  readonly state: string;
  /** XDG_RUNTIME_DIR or the system's own; the state directory where neither exists. */
  readonly runtime: string;
}

export function baseDirectories({ env, home, cwd, platform, uid }: Surroundings): BaseDirectories {
  const support = path.join(home, 'Library', 'Application Support');
  const isMac = platform === 'darwin';
  const from = (variable: string, fallback: string): string => {
    const value = env[variable];
    // The standard says that relative values are invalid.
    return path.join(value && path.isAbsolute(value) ? value : path.resolve(cwd, fallback), 'tilt-dev');
  };
  const state = from('XDG_STATE_HOME', isMac ? support : path.join(home, '.local', 'state'));
  return {
    data: from('XDG_DATA_HOME', isMac ? support : path.join(home, '.local', 'share')),
    cache: from('XDG_CACHE_HOME', isMac ? path.join(home, 'Library', 'Caches') : path.join(home, '.cache')),
    config: from('XDG_CONFIG_HOME', isMac ? support : path.join(home, '.config')),
    state,
    runtime: runtimeDirectory(env, isMac ? support : `/run/user/${uid ?? -1}`, state),
  };
}

function runtimeDirectory(env: Environment, system: string, state: string): string {
  const named = env['XDG_RUNTIME_DIR'];
  if (named && path.isAbsolute(named)) return path.join(named, 'tilt-dev');
  return fs.existsSync(system) ? path.join(system, 'tilt-dev') : state;
}
