// The screen with its session: starts it, runs the screen, and ends in order. It knows the ways out: a choice in the
// prompt, a signal, a request over the API, a hang-up (then the session goes on without a screen).
import { giveBackMemory } from '../app/give-back-memory.ts';
import { exitGraceMs, type RunningSession } from '../app/session.ts';
import { makeDeferred } from '../base/abort.ts';
import { systemClock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Scope, toDisposable } from '../base/disposable.ts';
import type { CiVerdict } from '../engine/session-targets.ts';
import { ForegroundProgram } from '../terminal/foreground-program.ts';
import type { InputEvent } from '../terminal/input-events.ts';
import type { Shell } from '../terminal/shell.ts';
import type { Terminal, TerminalSignal } from '../terminal/terminal.ts';
import type { StartTiltfileWorker } from '../tiltfile/start-worker.ts';
import { lastLines } from '../tui/last-lines.ts';
import { Screen, type ScreenEnd } from '../tui/screen.ts';
import type { Theme } from '../tui/theme.ts';
import type { CommandRun } from './command.ts';
import { projectName } from './project-name.ts';
import { makeScreenHost, readView, type ScreenHostInput } from './screen-host.ts';
import {
  loadNamedTheme,
  readScreenSettings,
  type ScreenSettings,
  type SettingsPlace,
  settingsNotice,
} from './screen-settings.ts';
import { watchSettings } from './screen-settings-watch.ts';
import type { StrayText } from './stray-text.ts';
import { sessionOptions, startOrFail, waysToSession } from './stream-run.ts';

export interface ScreenSessionInput {
  readonly run: CommandRun;
  readonly startTiltfileWorker: StartTiltfileWorker;
  readonly terminal: Terminal;
  /** Shows the first frame; the screen puts its panes on it. */
  readonly shell: Shell;
  /** The pane of the first frame. */
  readonly starting: Disposable;
  readonly stray: StrayText;
  /** Keys that were pressed before the screen was there. */
  readonly early: readonly InputEvent[];
  /** Collects them; ends when the screen listens. */
  readonly listening: Disposable;
}

const signalExitCodes: Readonly<Record<TerminalSignal, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGQUIT: 131,
  SIGTERM: 143,
};
/** Exit code when Disable or Down could not do all of it, as that of `tilt down`. */
const failedExitCode = 1;
/** Exit code after a third Ctrl-C. */
const abandonedExitCode = 130;

/** Runs everything; resolves to the exit code. The terminal is closed when it returns. */
export async function runScreenSession(input: ScreenSessionInput): Promise<number> {
  const { run, stray } = input;
  const scope = new Scope();
  const foreground = new ForegroundProgram();
  const asked = makeDeferred<void>();
  let verdict: CiVerdict | undefined;
  const session = await startOrFail(run, {
    ...sessionOptions(run, 'up', input.startTiltfileWorker),
    hasScreen: true,
    takeAway: async request => (await import('./take-away.ts')).takeAway(run, request),
    // Somebody made it a session that ends by itself (Session.spec.exitCondition).
    onDone: given => {
      verdict = given;
      asked.resolve();
    },
    onExitRequest: () => asked.resolve(),
  });
  stray.handOver(text => session.logs.span('session', '').write(text, 'warn'));
  try {
    const { screen, settings } = await openScreen(input, session, { scope, foreground });
    scope.add(screen);
    for (const problem of settings.problems) session.logs.span('session', '').write(`${problem}\n`, 'error');
    const notice = settingsNotice(settings);
    if (notice !== undefined) screen.say(notice, 'error');
    scope.add(
      watchSettings(settings.files, {
        read: () => readScreenSettings(settingsPlace(input.terminal, session)),
        use: changed => useSettings(input, session, { screen, settings: changed }),
      }),
    );
    scope.add(showLogProblems(session, screen));
    scope.add(giveBackMemoryIn(input.terminal));
    void asked.promise.then(() => {
      void foreground.end();
      screen.end();
    });
    const signals = scope.add(watchSignals(input, session, { screen, foreground }));
    const end = await screen.ended;
    scope.dispose();
    // Without a moment in which nobody listens to signals.
    if (end.how === 'detached') return await goOnHeadless(run, session, asked.promise);
    await foreground.end();
    const exitCode = await finish(input, session, { end, exitCode: signals.exitCode });
    return exitCode === 0 ? tellVerdict(run, verdict) : exitCode;
  } finally {
    scope.dispose();
    stray.handOver(undefined);
    await session.stop(exitGraceMs);
  }
}

function tellVerdict({ io }: CommandRun, verdict: CiVerdict | undefined): number {
  if (verdict?.error === undefined) return 0;
  io.stderr.write(`Error: ${verdict.error}\n`);
  return 1;
}

/** Nobody who waits for an answer of the screen is to wait for that. */
const keysRestMs = 2000;

function giveBackMemoryIn(terminal: Terminal): Disposable {
  let inputMs = Number.NEGATIVE_INFINITY;
  const listening = terminal.onInput(() => {
    inputMs = systemClock.monotonic();
  });
  const giving = giveBackMemory(systemClock, () => systemClock.monotonic() - inputMs > keysRestMs);
  return toDisposable(() => {
    listening.dispose();
    giving.dispose();
  });
}

/** A log that is not written to disk is to be seen as long as it is so. */
function showLogProblems(session: RunningSession, screen: Screen): Disposable {
  const show = (): void => screen.alarm(session.logProblem === undefined ? undefined : 'log not on disk');
  show();
  return session.onLogProblem(show);
}

async function openScreen(
  { run, terminal, shell, starting, early, listening }: ScreenSessionInput,
  session: RunningSession,
  { scope, foreground }: { readonly scope: Scope; readonly foreground: ForegroundProgram },
): Promise<{ screen: Screen; settings: ScreenSettings }> {
  const place = settingsPlace(terminal, session);
  const settings = await readScreenSettings(place);
  const loadTheme = (name: string): Promise<Theme> => loadNamedTheme(name, place, settings.ascii);
  if (!settings.mouse) terminal.setMouse(false);
  const screen = new Screen({
    ...settings,
    terminal,
    clock: systemClock,
    project: projectName(run),
    client: session.client,
    host: makeScreenHost({ session, scope, foreground, loadTheme, ...placesOf(run) }),
    savedView: readView(session),
    shell,
    loadShell,
    graceMs: exitGraceMs,
    hurry: () => void session.stop(0),
  });
  starting.dispose();
  listening.dispose();
  for (const event of early) screen.input(event);
  return { screen, settings };
}

function settingsPlace({ capabilities }: Terminal, { configDirectory }: RunningSession): SettingsPlace {
  return { configDirectory, unicode: capabilities.unicode, isColorless: capabilities.colors === 'none' };
}

/** Settings that were saved are used at once; mistakes in them are said, and the rest is used. */
function useSettings(
  { terminal }: ScreenSessionInput,
  session: RunningSession,
  { screen, settings }: { readonly screen: Screen; readonly settings: ScreenSettings },
): void {
  screen.takeSettings(settings);
  terminal.setMouse(settings.mouse);
  for (const problem of settings.problems) session.logs.span('session', '').write(`${problem}\n`, 'error');
  const notice = settingsNotice(settings);
  screen.say(notice ?? 'The settings are used', notice === undefined ? 'info' : 'error');
}

function placesOf({ io }: CommandRun): Pick<ScreenHostInput, 'cwd' | 'home' | 'env' | 'platform'> {
  return { cwd: io.cwd, home: io.home, env: io.env, platform: io.platform };
}

/** neo-blessed's, which is too large for the time before the first resources are shown. */
async function loadShell(onWantsFrame: () => void): Promise<Shell> {
  const { loadBlessedShell } = await import('../terminal/blessed-shell.ts');
  return loadBlessedShell(onWantsFrame);
}

interface WatchedSignals extends Disposable {
  /** Of the signal that ended it; 0 without one. */
  readonly exitCode: number;
}

/** The first signal takes the default (keep) without a question, the second leaves no more time. */
function watchSignals(
  { terminal, run }: ScreenSessionInput,
  session: RunningSession,
  { screen, foreground }: { readonly screen: Screen; readonly foreground: ForegroundProgram },
): WatchedSignals {
  let exitCode = 0;
  // Both the kernel and the shell tell of a hang-up; the second must not end what goes on.
  run.io.onSignal('SIGHUP', () => {});
  const listening = terminal.onSignal(signal => {
    void foreground.end();
    if (signal === 'SIGHUP') {
      terminal.detach(farewell(run, session));
      void session.markDetached().catch(() => {});
      screen.detach();
      return;
    }
    if (exitCode === 0) screen.end();
    else void session.stop(0);
    exitCode = signalExitCodes[signal];
  });
  return {
    get exitCode() {
      return exitCode;
    },
    dispose: listening.dispose,
  };
}

/** What a terminal that is still there is told when the screen goes. */
function farewell(run: CommandRun, session: RunningSession): string {
  return `${session.client.session.project}: the session goes on without a screen. ${waysToSession(run)}`;
}

/** Without a screen until a signal or a request ends it. The streams are gone, so the program ends here. */
async function goOnHeadless(run: CommandRun, session: RunningSession, asked: Promise<void>): Promise<never> {
  const signalled = makeDeferred<void>();
  const offs = (['SIGTERM', 'SIGINT'] as const).map(signal =>
    toDisposable(run.io.onSignal(signal, () => signalled.resolve())),
  );
  session.logs.span('session', '').write('the terminal hung up; the session goes on without a screen\n');
  await Promise.race([signalled.promise, asked]);
  for (const off of offs) off.dispose();
  const hurried = run.io.onSignal('SIGTERM', () => void session.stop(0));
  await session.stop(exitGraceMs);
  hurried();
  return run.io.exit(0);
}

async function finish(
  { run, terminal }: ScreenSessionInput,
  session: RunningSession,
  at: { readonly end: ScreenEnd; readonly exitCode: number },
): Promise<number> {
  const { end } = at;
  await terminal.close();
  const { session: info } = session.client;
  const lines = lastLines({
    project: info.project,
    startedAtMs: info.startedAtMs,
    nowMs: systemClock.now(),
    resources: end.atLeaving,
    progress: end.progress,
    hasTakenAway: end.choice !== 'keep',
    logDirectory: session.logDirectory,
    isLogIncomplete: session.logProblem !== undefined,
    again: ['tilt', ...run.io.argv.slice(2)].join(' '),
  });
  run.io.stdout.write(`${lines.join('\n')}\n`);
  if (end.failure !== undefined) {
    run.io.stderr.write(`Error: ${end.failure}\n`);
    return at.exitCode || failedExitCode;
  }
  if (end.how !== 'abandoned') return at.exitCode;
  // Nobody waits any longer; what still runs dies with this program.
  run.io.stderr.write('not waited for the end of everything\n');
  return run.io.exit(abandonedExitCode);
}
