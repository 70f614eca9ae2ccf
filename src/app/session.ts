// One whole session: state on disk, log, processes, engine, servers. Started in the order of their needs, stopped in
// reverse. The screen, or the stream, stands on what this gives.
import path from 'node:path';
import { makeExec } from '../adapters/exec/index.ts';
import { makeFileWatcher } from '../adapters/files/index.ts';
import type { ConnectKube } from '../adapters/kube/port.ts';
import { makeNet } from '../adapters/net/index.ts';
import type { Client, SessionInfo } from '../api/client.ts';
import type { Kind } from '../api/kinds.ts';
import { mainTiltfile } from '../api/meta.ts';
import { Canceled, makeAbortController, makeDeferred, neverAborted } from '../base/abort.ts';
import { type Clock, sleep, systemClock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { versionLine } from '../base/version.ts';
import { type LedgerRecord, readLedger } from '../state/ledger.ts';
import { removeFolder } from '../state/make-folder.ts';
import { Announcement } from './announcement.ts';
import { childEnvironment } from './child-environment.ts';
import { ClusterLedger } from './cluster-ledger.ts';
import { type EngineOptions, EngineSession } from './engine-session.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { entityOf, scopeRecords, thatAreThere } from './left-records.ts';
import { exitPlan, makeLocalClient, runningHere } from './local-client.ts';
import { measureLoopDelay } from './loop-delay.ts';
import { ignoringOwnFiles } from './own-files.ts';
import { withSessionInTheWay } from './port-taken.ts';
import { hasOtherSession, ledgerFile, openLedger } from './project-ledger.ts';
import { makeServerBackend } from './server-backend.ts';
import { openSessionLog, type SessionLog } from './session-log.ts';
import type { RunningSession, SessionOptions } from './session-options.ts';
import { startServers } from './session-servers.ts';
import { findStanding, type Standing, sweepDeadSessions } from './standing.ts';
import { checkForUpdates } from './update-check.ts';
import { writeSnapshot } from './write-snapshot.ts';

export type { RunningSession, SessionOptions } from './session-options.ts';

/** Loads what speaks to clusters when a cluster is named. */
const connectKube: ConnectKube = async request => (await import('../adapters/kube/index.ts')).connectKube(request);

/** From SIGTERM to SIGKILL for processes when the session ends (design, section 2). */
export const exitGraceMs = 5000;
/** What an answer over HTTP gets to leave before connections are cut. */
const answerTimeMs = 50;

/** Starts a session. Rejects with PortInUseError, PortTakenBySessionError, ListenError or NoStateDirectoryError before anything runs. */
export async function startSession(options: SessionOptions): Promise<RunningSession> {
  const { surroundings, tiltfilePath } = options;
  const clock = systemClock;
  const startedAtMs = clock.now();
  const loopDelay = measureLoopDelay(surroundings.env);
  const standing = await findStanding(surroundings, tiltfilePath, startedAtMs);
  const log = openSessionLog(standing, path.join(path.dirname(surroundings.executable), 'log-search-worker.mjs'));
  // A screen says them itself, with those of its keymap and theme.
  if (!options.hasScreen) for (const problem of standing.problems) log.say(problem, 'warn');
  const exec = makeExec({ sessionId: standing.sessionId });
  const files = ignoringOwnFiles(makeFileWatcher(), standing.stateDirectory);
  const ledger = new ClusterLedger({
    open: () => openLedger(standing, tiltfilePath, clock),
    known: () => readLedger(ledgerFile(standing, tiltfilePath)),
    onProblem: text => log.say(text, 'error'),
  });
  const engine = new EngineSession({
    ...engineOptions(options, { log, standing }),
    clock,
    exec,
    files,
    net: makeNet(),
    connectKube,
    ledger,
    startedAtMs,
  });
  const exit = exitFromOutside(options);
  const backend = makeServerBackend({
    engine,
    logs: log.store,
    startedAtMs,
    // Who asks from outside ends the session and nothing else.
    exit: { plan: async () => exitPlan(engine, () => false), run: exit.run },
  });
  const servers = await startServers({ options, standing, backend, clock, startedAtMs }).catch(async error => {
    await Promise.allSettled([exec.dispose(), log.store.dispose()]);
    throw withSessionInTheWay(error, standing);
  });
  // What is still running of a session that died holds ports that the new processes want.
  await sweepDeadSessions(standing).catch(error =>
    log.say(`what a session that died left behind was not cleared up: ${(error as Error).message}`, 'warn'),
  );
  engine.start();
  const checking = watchForUpdates(options, engine, { clock, exec, log });
  // A screen knows when nobody is at the keys.
  const memory = options.hasScreen ? undefined : giveBackMemory(clock, () => true);
  const announcement = new Announcement({ options, standing, servers, log, clock, startedAtMs });

  async function stopAll(graceMs: number): Promise<void> {
    checking.dispose();
    memory?.dispose();
    // As it was before everything stops: that is what somebody wants to look at later.
    const file = options.snapshotFile;
    const snapshot =
      file === '' ? undefined : writeSnapshot(file, { dir: surroundings.cwd, backend, nowMs: clock.now() });
    snapshot?.catch(error => log.say((error as Error).message, 'error'));
    await engine.stop(graceMs);
    await Promise.allSettled([snapshot]);
    await exit.answer(clock);
    await announcement.settle();
    await servers.close();
    await announcement.withdraw();
    files.dispose();
    await exec.dispose();
    await log.store.dispose();
    await removeFolder(standing.folder);
    loopDelay?.dispose();
  }
  let stopping: Promise<void> | undefined;
  const hurried = makeAbortController();
  function stop(graceMs: number): Promise<void> {
    if (stopping) void engine.stop(graceMs);
    if (graceMs === 0) hurried.abort(new Canceled('not waited for'));
    stopping ??= stopAll(graceMs);
    return stopping;
  }
  /** A snapshot that was wished for in the question; one that cannot be written is said and keeps nobody. */
  async function saveSnapshot(onProgress: (line: string) => void): Promise<void> {
    const at = { dir: surroundings.cwd, backend, nowMs: clock.now() };
    const file = `tilt-snapshot-${new Date(at.nowMs).toISOString().replace(/[-:]|\..*/g, '')}.json`;
    await writeSnapshot(file, at).then(
      () => onProgress(`snapshot in ${file}`),
      error => onProgress((error as Error).message),
    );
  }
  /** Ids of records of what earlier sessions left, as the question named it last. */
  let shown: ReadonlySet<string> = new Set();
  const exitWithProgress: Client['exit'] = async (choice, onProgress, wishes) => {
    if (wishes?.hasSnapshot) await saveSnapshot(onProgress);
    const tiltfileArgs = engine.store.get('Tiltfile', mainTiltfile)?.spec?.args ?? options.tiltfileArgs;
    const { context = '', namespace = '' } =
      engine.store.get('Cluster', 'default')?.status?.connection?.kubernetes ?? {};
    // Inside of a pod there is no context to name.
    const cluster = context === '' || context === 'in-cluster' ? undefined : { context, namespace };
    const telling = tellStops(engine, onProgress);
    await stop(exitGraceMs).finally(() => telling.dispose());
    if (choice === 'keep') return;
    // Nothing is deployed any more that would come back.
    const what = choice === 'down' ? 'everything' : 'workloads';
    await options.takeAway?.({ what, tiltfileArgs, cluster, shown, say: onProgress, signal: hurried.signal });
  };
  const session = sessionInfo(options, startedAtMs);
  return {
    client: makeLocalClient({
      engine,
      logs: log.store,
      clock,
      session,
      exit: exitWithProgress,
      hasMade: uid => ledger.hasMade(uid),
      leftBehind: async besides => {
        const left = await leftRecords(engine, besides, { options, standing });
        shown = new Set(left.map(({ id }) => id));
        return left.map(entityOf);
      },
    }),
    createObject: object => void engine.store.create(object.kind as Kind, object as never),
    logs: log.store,
    get logProblem() {
      return log.problem;
    },
    onLogProblem: listener => log.onProblem(listener),
    webUrl: session.webUrl,
    logDirectory: standing.logDirectory,
    configDirectory: standing.directories.config,
    markDetached: () => announcement.markDetached(),
    stop,
  };
}

/** What earlier sessions of the project left that leaving takes away, besides the objects with those uids. */
async function leftRecords(
  engine: EngineSession,
  besides: ReadonlySet<string>,
  { options, standing }: { readonly options: SessionOptions; readonly standing: Standing },
): Promise<readonly LedgerRecord[]> {
  const { connection } = engine;
  if (!connection) return [];
  const records = readLedger(ledgerFile(standing, options.tiltfilePath));
  const disabled = [...engine.index.all()].filter(({ enablement }) => enablement === 'Disabled');
  const { here } = scopeRecords(records, connection, {
    namespaces: new Set([connection.client.namespace]),
    notMeant: new Set(disabled.map(({ name }) => name)),
    isLimited: options.kubeNamespace !== '' || hasOtherSession(standing, options.tiltfilePath),
  });
  const left = here.filter(record => !besides.has(record.uid!) && record.target.at['kind'] !== 'Namespace');
  return thatAreThere(connection, left, neverAborted);
}

/** What the engine takes from the command line, and what it tells the log. */
function engineOptions(
  options: SessionOptions,
  { log, standing }: { readonly log: SessionLog; readonly standing: Standing },
): Omit<EngineOptions, 'clock' | 'exec' | 'files' | 'net' | 'connectKube' | 'ledger' | 'startedAtMs'> {
  const { surroundings: around, subcommand, host, port } = options;
  return {
    logs: log.store,
    exitCondition: subcommand === 'ci' ? 'ci' : 'manual',
    isBlank: options.isBlank ?? false,
    tiltfilePath: options.tiltfilePath,
    tiltfileArgs: options.tiltfileArgs,
    request: {
      subcommand,
      argv: around.argv,
      executable: around.executable,
      kubeContext: options.kubeContext,
      kubeNamespace: options.kubeNamespace,
      webHost: host,
      webPort: port,
    },
    dir: around.cwd,
    env: around.env,
    folder: standing.folder,
    hasColor: options.hasColor,
    disablesPortForwards: options.disablesPortForwards ?? false,
    pid: around.pid,
    ciTimeoutMs: options.ciTimeoutMs,
    childEnv: childEnvOf(options),
    startTiltfileWorker: options.startTiltfileWorker,
    logMark: () => log.store.checkpoint,
    hideSecrets: (secrets, mark) => log.store.addSecrets(secrets, mark),
    onDone: options.onDone,
    onBug: text => log.say(`internal error: ${text}`, 'error'),
  };
}

function childEnvOf({ surroundings, host, port, hasColor }: SessionOptions): () => Record<string, string> {
  return () => childEnvironment({ env: surroundings.env, webHost: host, webPort: port, hasColor });
}

function sessionInfo({ tiltfilePath, tiltfileArgs, host, port }: SessionOptions, startedAtMs: number): SessionInfo {
  return {
    project: path.basename(path.dirname(tiltfilePath)),
    tiltfilePath,
    webUrl: port === 0 ? '' : `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}/`,
    versionLine: versionLine(),
    startedAtMs,
    tiltfileArgs,
  };
}

interface ExitFromOutside {
  /** Ends the session for somebody who asked over HTTP; resolves while there is still somebody to tell. */
  readonly run: () => Promise<void>;
  /** Answers who asked, and gives the answer time to be on its way before connections are cut. */
  readonly answer: (clock: Clock) => Promise<void>;
}

function exitFromOutside({ onExitRequest }: SessionOptions): ExitFromOutside {
  const ended = makeDeferred<void>();
  let isAsked = false;
  return {
    run() {
      isAsked = true;
      onExitRequest();
      return ended.promise;
    },
    async answer(clock) {
      ended.resolve();
      if (isAsked) await sleep(clock, answerTimeMs, neverAborted);
    },
  };
}

interface UpdateCheck {
  readonly clock: Clock;
  readonly exec: ReturnType<typeof makeExec>;
  readonly log: SessionLog;
}

/** Looks for a newer version now and then, never in `ci`. */
function watchForUpdates(
  options: SessionOptions,
  engine: EngineSession,
  { clock, exec, log }: UpdateCheck,
): Disposable {
  const checking = makeAbortController();
  if (options.subcommand === 'up' && !options.isBlank) {
    const check = {
      exec,
      clock,
      childEnv: childEnvOf(options),
      dir: options.surroundings.cwd,
      isWanted: () => engine.settings.version.checkUpdates,
      onNewer: (newer: string) => engine.suggestVersion(newer),
    };
    checkForUpdates(check, checking.signal).catch(error => log.say(`internal error: ${String(error)}`, 'error'));
  }
  return { dispose: () => checking.abort(new Canceled('the session ends')) };
}

/** Says of each local process that it stopped. */
function tellStops(engine: EngineSession, onProgress: (line: string) => void): Disposable {
  const running = new Set(runningHere(engine));
  return engine.store.subscribe(undefined, () => {
    const still = new Set(runningHere(engine));
    for (const name of running) {
      if (still.has(name)) continue;
      running.delete(name);
      onProgress(`${name} stopped`);
    }
  });
}
