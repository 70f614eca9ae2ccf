// A session without a screen: the log goes to stdout (reference 5.2), signals end it in order.
import type { LogFilter } from '../api/client.ts';
import { PortTakenBySessionError } from '../app/port-taken.ts';
import { exitGraceMs, type RunningSession, type SessionOptions, startSession } from '../app/session.ts';
import { makeAbortController, makeDeferred } from '../base/abort.ts';
import { versionLine } from '../base/version.ts';
import type { CiVerdict } from '../engine/session-targets.ts';
import { printLogs } from '../logs/print-logs.ts';
import { StreamFormatter } from '../logs/stream-format.ts';
import { ListenError, PortInUseError } from '../server/listener.ts';
import { NoStateDirectoryError } from '../state/state-directory.ts';
import { harmlessText } from '../terminal/harmless-text.ts';
import type { StartTiltfileWorker } from '../tiltfile/start-worker.ts';
import { type CliIo, CommandFailed, type CommandRun } from './command.ts';
import { defaultWebPort } from './shared-flags.ts';
import { surroundingsOf } from './surroundings.ts';
import { tiltfilePath, tiltfileRequest } from './tiltfile-request.ts';

/** The filter of --log-level, --log-source, --log-resource; words that are none mean "no filter" (reference 7, row 26). */
export function logFilter({ flags }: CommandRun): LogFilter {
  const level = flags.string('log-level').toLowerCase();
  const source = flags.string('log-source').toLowerCase();
  const shown = flags.bool('debug') ? 'debug' : flags.bool('verbose') ? 'verbose' : 'info';
  return {
    resources: flags.list('log-resource'),
    minLevel: level === 'warn' || level === 'error' ? level : shown,
    ...(source === 'build' || source === 'runtime' ? { source } : {}),
  };
}

/** Somebody asked for some lines only, and gets these alone (as in Tilt). */
function isNarrow({ resources = [], source, minLevel }: LogFilter): boolean {
  return resources.length > 0 || source !== undefined || minLevel === 'warn' || minLevel === 'error';
}

/** The lines that every start prints first. */
export function startLines(run: CommandRun): string {
  const host = run.flags.string('host');
  const port = run.flags.int('port');
  const isGreen = run.io.stdout.isTTY && run.io.env['TERM'] !== 'dumb' && !run.io.env['NO_COLOR'];
  const url = `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}/`;
  const first =
    port === 0
      ? 'Tilt started (without browser UI)'
      : `Tilt started on ${url}${host === '0.0.0.0' ? ' (listening on 0.0.0.0)' : ''}`;
  return `${isGreen ? `\x1b[32m${first}\x1b[0m` : first}\n${versionLine()}\n`;
}

/** What startSession is told by a command line. */
export function sessionOptions(
  run: CommandRun,
  subcommand: 'up' | 'ci',
  startTiltfileWorker: StartTiltfileWorker,
): Omit<SessionOptions, 'onDone' | 'onExitRequest'> {
  const { io, flags, positionals } = run;
  const request = tiltfileRequest(run, subcommand);
  return {
    subcommand,
    tiltfilePath: tiltfilePath(run),
    tiltfileArgs: positionals,
    host: flags.string('host'),
    port: flags.int('port'),
    kubeContext: request.kubeContext,
    kubeNamespace: request.kubeNamespace,
    disablesPortForwards: subcommand === 'up' && flags.bool('disable-port-forwards'),
    ciTimeoutMs: subcommand === 'ci' ? flags.durationMs('timeout') : 30 * 60_000,
    hasColor: Boolean(io.stdout.isTTY) && io.env['TERM'] !== 'dumb',
    startTiltfileWorker,
    snapshotFile: flags.string('output-snapshot-on-exit'),
    surroundings: surroundingsOf(io),
  };
}

/** How the session on the port of this command line is seen and ended. */
export function waysToSession({ flags, io }: CommandRun): string {
  const port = flags.int('port');
  if (port === 0) return `\`kill ${io.pid}\` ends it`;
  const usual = Number(io.env['TILT_PORT'] || defaultWebPort);
  const suffix = port === usual ? '' : ` --port ${port}`;
  return `\`tilt status${suffix}\` and \`tilt logs -f${suffix}\` show it, \`tilt stop${suffix}\` ends it`;
}

/** Starts a session; what stops it from starting becomes `Error: ...`. */
export async function startOrFail(run: CommandRun, options: SessionOptions): Promise<RunningSession> {
  try {
    return await startSession(options);
  } catch (error) {
    if (error instanceof PortTakenBySessionError) {
      const { project, detached, pid } = error.session;
      const whose = project === options.tiltfilePath ? 'this Tiltfile' : project;
      const how = detached ? ', without a screen' : '';
      throw new CommandFailed(
        `${error.message}\nIt is a tilt session of ${whose} (pid ${pid}${how}): ${waysToSession(run)}`,
      );
    }
    if (error instanceof PortInUseError || error instanceof ListenError || error instanceof NoStateDirectoryError)
      throw new CommandFailed(error.message);
    throw error;
  }
}

/** Why a session comes to its end. */
export type Ending =
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'done'; readonly verdict: CiVerdict }
  | { readonly kind: 'asked' };

/** Runs `up --stream` or `ci` to its end; resolves to the exit code. */
export async function runStream(
  run: CommandRun,
  subcommand: 'up' | 'ci',
  startTiltfileWorker: StartTiltfileWorker,
): Promise<number> {
  const filter = logFilter(run);
  const plan = { filter, ...(isNarrow(filter) ? {} : { opening: startLines(run) }) };
  const end = await streamSession(run, sessionOptions(run, subcommand, startTiltfileWorker), plan);
  return report(run.io, subcommand, end);
}

export interface StreamPlan {
  /** Which lines are printed. */
  readonly filter: LogFilter;
  /** Printed first. Who reads it may send signals from then on. */
  readonly opening?: string;
  /** What is done with the session before its log is printed; when it throws, the session ends and that is the outcome. */
  readonly begin?: (session: RunningSession) => void;
}

/** Starts a session, prints its log, and ends it in order when it is done or told to. */
export async function streamSession(
  run: CommandRun,
  options: Omit<SessionOptions, 'onDone' | 'onExitRequest'>,
  { filter, opening, begin }: StreamPlan,
): Promise<Ending> {
  const ending = makeDeferred<Ending>();
  // Before anything runs: a signal that comes during the start ends the session in order as well.
  let running: RunningSession | undefined;
  const hurry = watchSignals(
    run.io,
    () => running,
    signal => ending.resolve({ kind: 'signal', signal }),
  );
  if (opening !== undefined) run.io.stdout.write(opening);
  const session = await startOrFail(run, {
    ...options,
    onDone: verdict => ending.resolve({ kind: 'done', verdict }),
    onExitRequest: () => ending.resolve({ kind: 'asked' }),
  });
  running = session;
  try {
    begin?.(session);
  } catch (error) {
    await session.stop(exitGraceMs);
    throw error;
  }
  const printing = startPrinting(run.io, session, filter);
  const end = await ending.promise;
  await session.stop(exitGraceMs);
  await printing.finish();
  hurry();
  return end;
}

function startPrinting(io: CliIo, session: RunningSession, filter: LogFilter): { finish(): Promise<unknown> } {
  const stopPrinting = makeAbortController();
  const printing = printLogs({
    cursor: session.client.openLogs(filter, { at: 'start' }),
    formatter: new StreamFormatter({ hasPrefix: filter.resources?.length !== 1 }),
    write: (text, done) => io.stdout.write(io.stdout.isTTY ? harmlessText(text) : text, done),
    follow: true,
    signal: stopPrinting.signal,
  });
  return {
    finish() {
      stopPrinting.abort();
      return printing;
    },
  };
}

/** The first signal ends the session in order; the second one leaves no time to processes. */
function watchSignals(
  io: CliIo,
  session: () => RunningSession | undefined,
  onFirst: (signal: string) => void,
): () => void {
  let count = 0;
  const unsubscribe = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map(signal =>
    io.onSignal(signal, () => {
      count++;
      if (count === 1) onFirst(signal);
      else if (count === 2) void session()?.stop(0);
      else io.exit(1);
    }),
  );
  return () => {
    for (const off of unsubscribe) off();
  };
}

function report(io: CliIo, subcommand: 'up' | 'ci', end: Ending): number {
  if (end.kind === 'asked') return 0;
  if (end.kind === 'signal') {
    if (subcommand === 'up') return 0;
    throw new CommandFailed('context canceled');
  }
  if (end.verdict.error !== undefined) throw new CommandFailed(end.verdict.error);
  const text = 'SUCCESS. All workloads are healthy.';
  const isGreen = io.stdout.isTTY && io.env['TERM'] !== 'dumb' && !io.env['NO_COLOR'];
  io.stdout.write(isGreen ? `\x1b[32m${text}\x1b[0m\n` : `${text}\n`);
  return 0;
}
