// Where a session keeps its things, who it is among the processes of the machine, and which others there are or were.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { bootId, isSameProcess, processIdentity, sweepSession, systemProcOptions } from '../adapters/exec/index.ts';
import { neverAborted } from '../base/abort.ts';
import { formatDiagnostic } from '../base/diagnostics.ts';
import { makeFolder, removeFolder } from '../state/make-folder.ts';
import type { ProcessCensus } from '../state/process-identity.ts';
import { projectPaths } from '../state/project-paths.ts';
import { readFileIfAny } from '../state/read-file.ts';
import { type ListedSession, listSessions, removeSession } from '../state/sessions.ts';
import {
  type BaseDirectories,
  baseDirectories,
  resolveStateDirectory,
  type Surroundings,
} from '../state/state-directory.ts';
import { readUserConfig, type UserConfig, userConfigFile } from '../state/user-config.ts';
import type { SessionSurroundings } from './session-options.ts';

export interface Standing {
  /** What the directories are found by. */
  readonly places: Surroundings;
  readonly stateDirectory: string;
  readonly directories: BaseDirectories;
  /** Where the project's logs are kept; exists. */
  readonly logDirectory: string;
  readonly config: UserConfig;
  /** What is wrong with the configuration, each as lines for people. */
  readonly problems: readonly string[];
  readonly census: ProcessCensus;
  readonly sessionId: string;
  /** For files of this session alone; made when it is needed, removed with the session. */
  readonly folder: string;
  /** Sessions that run or that died. */
  readonly known: readonly ListedSession[];
}

/** Finds and makes the directories. Rejects with NoStateDirectoryError. */
export async function findStanding(
  around: SessionSurroundings,
  tiltfilePath: string,
  startedAtMs: number,
): Promise<Standing> {
  const { env, home, cwd, platform, uid, pid } = around;
  const places = { env, home, cwd, platform, ...(uid === undefined ? {} : { uid }) };
  const stateDirectory = resolveStateDirectory(places);
  const directories = baseDirectories(places);
  const { config, diagnostics } = readUserConfig(userConfigFile(directories.config));
  const problems = diagnostics.map(diagnostic => formatDiagnostic(diagnostic, readFileIfAny));
  const proc = systemProcOptions();
  const own = (await processIdentity(pid, proc)) ?? { pid, startTime: String(startedAtMs), bootId: await bootId() };
  const census: ProcessCensus = { own, isAlive: identity => isSameProcess(identity, proc) };
  const known = await listSessions(stateDirectory, census);
  const sessionId = `${new Date(startedAtMs).toISOString().replace(/[-:.]/g, '')}-${randomUUID().slice(0, 8)}`;
  const { logs: logDirectory } = projectPaths(stateDirectory, tiltfilePath);
  // Before anything is watched: in a project that holds the state directory a new folder is a change.
  makeFolder(logDirectory, 0o700);
  const folder = sessionFolder(stateDirectory, sessionId);
  return { places, folder, stateDirectory, directories, logDirectory, config, problems, census, sessionId, known };
}

const sweepGraceMs = 5000;

function sessionFolder(stateDirectory: string, sessionId: string): string {
  return path.join(stateDirectory, 'sessions', sessionId);
}

/** Ends what sessions that died left running, found by their id in its environment (design, section 2). */
export async function sweepDeadSessions({ stateDirectory, known }: Standing): Promise<void> {
  const proc = systemProcOptions();
  for (const { record, isAlive } of known) {
    if (isAlive) continue;
    await sweepSession(record.sessionId, { ...proc, graceMs: sweepGraceMs, signal: neverAborted });
    await removeFolder(sessionFolder(stateDirectory, record.sessionId));
    removeSession(stateDirectory, record);
  }
}
