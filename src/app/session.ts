// One whole session: state on disk, log, processes, engine, servers. Started in the order of their needs, stopped in
// reverse. The screen, or the stream, stands on what this gives.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import {
  bootId,
  isSameProcess,
  makeExec,
  processIdentity,
  sweepSession,
  systemProcOptions,
} from '../adapters/exec/index.ts';
import { makeFileWatcher } from '../adapters/files/index.ts';
import { makeNet } from '../adapters/net/index.ts';
import type { Client, SessionInfo } from '../api/client.ts';
import { Canceled, makeAbortController, makeDeferred, neverAborted } from '../base/abort.ts';
import { sleep, systemClock } from '../base/clock.ts';
import { type Disposable, Scope } from '../base/disposable.ts';
import { versionLine } from '../base/version.ts';
import type { CiVerdict } from '../engine/session-targets.ts';
import { makeLogStore } from '../logs/index.ts';
import type { LogStore } from '../logs/port.ts';
import { makeBearerToken, startApiServer } from '../server/api-server.ts';
import { loadOrMakeCertificate } from '../server/certificate.ts';
import type { Listener } from '../server/listener.ts';
import { startWebServer } from '../server/web-server.ts';
import { addApiServer, apiServerName, configFiles, fileForEntries, removeApiServer } from '../state/kubeconfig.ts';
import { makeFolder } from '../state/make-folder.ts';
import { keepPresence } from '../state/presence.ts';
import type { ProcessCensus } from '../state/process-identity.ts';
import { listSessions, removeSession, type SessionRecord, sessionFile, writeSession } from '../state/sessions.ts';
import { baseDirectories, projectPaths, resolveStateDirectory } from '../state/state-directory.ts';
import { readUserConfig, userConfigFile } from '../state/user-config.ts';
import { readOrMakeWebToken, webTokenFile } from '../state/web-token.ts';
import type { StartTiltfileWorker } from '../tiltfile/start-worker.ts';
import { childEnvironment } from './child-environment.ts';
import { EngineSession } from './engine-session.ts';
import { exitPlan, makeLocalClient } from './local-client.ts';
import { measureLoopDelay } from './loop-delay.ts';
import { ignoringOwnFiles } from './own-files.ts';
import { makeServerBackend } from './server-backend.ts';
import { checkForUpdates } from './update-check.ts';
import { writeSnapshot } from './write-snapshot.ts';

/** From SIGTERM to SIGKILL for processes when the session ends (design, section 2). */
export const exitGraceMs = 5000;

export interface SessionOptions {
  readonly subcommand: 'up' | 'ci';
  /** Absolute. */
  readonly tiltfilePath: string;
  readonly tiltfileArgs: readonly string[];
  readonly host: string;
  /** 0: no web server. */
  readonly port: number;
  readonly kubeContext: string;
  readonly kubeNamespace: string;
  readonly ciTimeoutMs: number;
  readonly hasColor: boolean;
  /** Where a snapshot goes when the session ends; empty for none. */
  readonly snapshotFile: string;
  readonly startTiltfileWorker: StartTiltfileWorker;
  readonly surroundings: {
    readonly env: Record<string, string | undefined>;
    readonly home: string;
    readonly cwd: string;
    readonly platform: string;
    readonly uid: number | undefined;
    readonly pid: number;
    readonly argv: readonly string[];
    /** Absolute path of the program. */
    readonly executable: string;
  };
  /** `tilt ci` is done. */
  readonly onDone: (verdict: CiVerdict) => void;
  /** Somebody asked, over the API, that the session end. */
  readonly onExitRequest: () => void;
}

export interface RunningSession {
  readonly client: Client;
  readonly logs: LogStore;
  readonly webUrl: string;
  /** Where this project's logs are kept. */
  readonly logDirectory: string;
  /** The configuration directory of the person. */
  readonly configDirectory: string;
  /** The session goes on without a screen; other commands are told. */
  markDetached(): Promise<void>;
  /** Ends everything. Calling again with a shorter grace hurries it. Resolves when nothing is left. */
  stop(graceMs: number): Promise<void>;
}

const answerTimeMs = 50;

/** Starts a session. Rejects with PortInUseError, ListenError or NoStateDirectoryError before anything runs. */
export async function startSession(options: SessionOptions): Promise<RunningSession> {
  const { surroundings: around } = options;
  const clock = systemClock;
  const startedAtMs = clock.now();
  const loopDelay = measureLoopDelay(around.env);
  const places = {
    env: around.env,
    home: around.home,
    cwd: around.cwd,
    platform: around.platform,
    ...(around.uid === undefined ? {} : { uid: around.uid }),
  };
  const stateDirectory = resolveStateDirectory(places);
  const project = projectPaths(stateDirectory, options.tiltfilePath);
  const directories = baseDirectories(places);
  const { config } = readUserConfig(userConfigFile(directories.config));
  const proc = systemProcOptions();
  const own = (await processIdentity(around.pid, proc)) ?? {
    pid: around.pid,
    startTime: String(startedAtMs),
    bootId: await bootId(),
  };
  const census: ProcessCensus = { own, isAlive: identity => isSameProcess(identity, proc) };
  const known = await listSessions(stateDirectory, census);
  const liveIds = new Set(known.filter(s => s.isAlive).map(s => s.record.sessionId));
  const sessionId = `${new Date(startedAtMs).toISOString().replace(/[-:.]/g, '')}-${randomUUID().slice(0, 8)}`;

  // Before anything is watched: in a project that holds the state directory a new folder is a change.
  makeFolder(project.logs, 0o700);
  const logs = makeLogStore({
    directory: project.logs,
    sessionName: sessionId,
    isLiveSession: name => name === sessionId || liveIds.has(name),
    maxDiskBytes: config.log_max_bytes,
    onDiskError: error => {
      const text = error
        ? `the log cannot be written to disk: ${error.message}. Lines are kept in memory until it works again.`
        : 'the log is written to disk again';
      queueMicrotask(() => logs.span('session', '').write(`${text}\n`, error ? 'error' : 'info'));
    },
  });
  const exec = makeExec({ sessionId });
  const files = ignoringOwnFiles(makeFileWatcher(), stateDirectory);
  const childEnv = (): Record<string, string> =>
    childEnvironment({ env: around.env, webHost: options.host, webPort: options.port, hasColor: options.hasColor });
  const engine = new EngineSession({
    clock,
    exec,
    files,
    net: makeNet(),
    logs,
    exitCondition: options.subcommand === 'ci' ? 'ci' : 'manual',
    tiltfilePath: options.tiltfilePath,
    tiltfileArgs: options.tiltfileArgs,
    request: {
      subcommand: options.subcommand,
      argv: around.argv,
      executable: around.executable,
      kubeContext: options.kubeContext,
      kubeNamespace: options.kubeNamespace,
      webHost: options.host,
      webPort: options.port,
    },
    dir: around.cwd,
    pid: around.pid,
    startedAtMs,
    ciTimeoutMs: options.ciTimeoutMs,
    childEnv,
    startTiltfileWorker: options.startTiltfileWorker,
    logMark: () => logs.checkpoint,
    hideSecrets: (secrets, mark) => logs.addSecrets(secrets, mark),
    onDone: options.onDone,
    onBug: text => logs.span('session', '').write(`internal error: ${text}\n`, 'error'),
  });
  const ended = makeDeferred<void>();
  let isAskedFromOutside = false;
  /** Ends the session for somebody who asked over HTTP; resolves while there is still somebody to tell. */
  const exit = (): Promise<void> => {
    isAskedFromOutside = true;
    options.onExitRequest();
    return ended.promise;
  };
  const backend = makeServerBackend({
    engine,
    logs,
    startedAtMs,
    exit: { plan: async () => exitPlan(engine), run: exit },
  });

  const name = apiServerName(options.port);
  const apiToken = makeBearerToken();
  const certificate = loadOrMakeCertificate(path.join(directories.cache, 'certs'), name, startedAtMs);
  const api = startApiServer({ store: engine.store, clock, certificate, token: apiToken });
  // Its failure is told below, where it is waited for.
  api.catch(() => {});
  let web: Listener | undefined;
  let webToken: string | undefined;
  try {
    if (options.port !== 0) {
      webToken = readOrMakeWebToken(stateDirectory);
      web = await startWebServer({
        backend,
        clock,
        host: options.host,
        port: options.port,
        token: webToken,
        isAuthDisabled: () => around.env['TILT_DISABLE_HUD_AUTH'] === '1',
        apiServer: { handle: async (request, response, at) => (await api).handle(request, response, at) },
      });
    }
  } catch (error) {
    await Promise.allSettled([api.then(server => server.close()), exec.dispose(), logs.dispose()]);
    throw error;
  }
  engine.start();
  const checking = makeAbortController();
  if (options.subcommand === 'up') {
    const check = {
      exec,
      clock,
      childEnv,
      dir: around.cwd,
      isWanted: () => engine.settings.version.checkUpdates,
      onNewer: (newer: string) => engine.suggestVersion(newer),
    };
    checkForUpdates(check, checking.signal).catch(error =>
      logs.span('session', '').write(`internal error: ${String(error)}\n`, 'error'),
    );
  }

  const record: SessionRecord = {
    ...own,
    apiServer: name,
    webPort: options.port,
    webHost: options.host,
    apiPort: 0,
    project: options.tiltfilePath,
    sessionId,
    detached: false,
    startedAtMs,
  };
  const announcing = makeAbortController();
  const lock = { census, clock, signal: announcing.signal };
  const entryFiles = configFiles(stateDirectory, around.env);
  let isDetached = false;
  /** Writes the files by which other commands find the session. */
  const announce = async (): Promise<void> => {
    const server = await api;
    resolveStateDirectory(places);
    if (webToken !== undefined) readOrMakeWebToken(stateDirectory, webToken);
    writeSession(stateDirectory, { ...record, apiPort: server.port, detached: isDetached });
    await addApiServer(
      entryFiles,
      { name, server: server.url, certificateAuthority: certificate.certificate, token: apiToken },
      lock,
    );
  };
  const unannounced = (error: Error): void =>
    logs.span('session', '').write(`the session cannot be found by other commands: ${error.message}\n`, 'error');
  const announced = announce();
  announced.catch(unannounced);
  const presence = new Scope();
  announced.then(
    () => {
      const files = [sessionFile(stateDirectory, name), fileForEntries(entryFiles)];
      if (webToken !== undefined) files.push(webTokenFile(stateDirectory));
      const onLost = (error: Error | undefined): void => {
        if (error) unannounced(error);
        else logs.span('session', '').write(restoredText(stateDirectory), 'warn');
      };
      presence.add(keepPresence({ clock, files, restore: announce, onLost }));
    },
    () => {},
  );
  const swept = sweepDeadSessions({ stateDirectory, known, proc });
  swept.catch(error =>
    logs
      .span('session', '')
      .write(`what a session that died left behind was not cleared up: ${(error as Error).message}\n`, 'warn'),
  );

  const info: SessionInfo = {
    project: path.basename(path.dirname(options.tiltfilePath)),
    tiltfilePath: options.tiltfilePath,
    webUrl:
      options.port === 0 ? '' : `http://${options.host === '0.0.0.0' ? 'localhost' : options.host}:${options.port}/`,
    versionLine: versionLine(),
    startedAtMs,
    tiltfileArgs: options.tiltfileArgs,
  };

  let stopping: Promise<void> | undefined;
  async function stopAll(graceMs: number): Promise<void> {
    checking.abort(new Canceled('the session ends'));
    // As it was before everything stops: that is what somebody wants to look at later.
    const snapshot =
      options.snapshotFile === ''
        ? undefined
        : writeSnapshot(options.snapshotFile, { dir: around.cwd, backend, nowMs: clock.now() });
    snapshot?.catch(error => logs.span('session', '').write(`${(error as Error).message}\n`, 'error'));
    await engine.stop(graceMs);
    await Promise.allSettled([snapshot]);
    ended.resolve();
    // The answer to whoever asked must be on its way before connections are cut.
    if (isAskedFromOutside) await sleep(clock, answerTimeMs, neverAborted);
    await Promise.allSettled([announced, swept]);
    presence.dispose();
    await Promise.allSettled([web?.close(), api.then(server => server.close())]);
    await removeApiServer(entryFiles, name, { census, clock, signal: neverAborted }, apiToken).catch(() => {});
    removeSession(stateDirectory, record);
    files.dispose();
    await exec.dispose();
    await logs.dispose();
    loopDelay?.dispose();
  }
  function stop(graceMs: number): Promise<void> {
    if (stopping) void engine.stop(graceMs);
    stopping ??= stopAll(graceMs);
    return stopping;
  }
  const exitWithProgress: Client['exit'] = async (_choice, onProgress) => {
    const telling = tellStops(engine, onProgress);
    await stop(exitGraceMs).finally(() => telling.dispose());
  };
  return {
    client: makeLocalClient({ engine, logs, clock, session: info, exit: exitWithProgress }),
    logs,
    webUrl: info.webUrl,
    logDirectory: project.logs,
    configDirectory: directories.config,
    async markDetached() {
      await announced;
      isDetached = true;
      writeSession(stateDirectory, { ...record, apiPort: (await api).port, detached: true });
    },
    stop,
  };
}

function restoredText(stateDirectory: string): string {
  return (
    `files of this session in ${stateDirectory} were removed. They are written again, so that other commands find it; ` +
    'to end a session use `tilt stop` or Ctrl-C\n'
  );
}

/** Says of each local server that it stopped. */
function tellStops(engine: EngineSession, onProgress: (line: string) => void): Disposable {
  const running = new Set(exitPlan(engine).localServers);
  return engine.store.subscribe(undefined, () => {
    const still = new Set(exitPlan(engine).localServers);
    for (const name of running) {
      if (still.has(name)) continue;
      running.delete(name);
      onProgress(`${name} stopped`);
    }
  });
}

/** Ends what sessions that died left running, found by their id in its environment (design, section 2). */
async function sweepDeadSessions(input: {
  readonly stateDirectory: string;
  readonly known: Awaited<ReturnType<typeof listSessions>>;
  readonly proc: ReturnType<typeof systemProcOptions>;
}): Promise<void> {
  for (const { record, isAlive } of input.known) {
    if (isAlive) continue;
    await sweepSession(record.sessionId, { ...input.proc, graceMs: 5000, signal: neverAborted });
    removeSession(input.stateDirectory, record);
  }
}
