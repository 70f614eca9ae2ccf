// One run of one command: the process, its log, its probe. Tells what happens through `onState`.
import { isDeepStrictEqual } from 'node:util';
import { exitText } from '../adapters/exec/exit-text.ts';
import type { Child, ChildTerminal, Exec, ExitResult } from '../adapters/exec/port.ts';
import { showCommand } from '../adapters/exec/show-command.ts';
import type { Net } from '../adapters/net/port.ts';
import type { CmdSpec, CmdStatus } from '../api/kinds-local.ts';
import { formatMicroTime } from '../api/meta.ts';
import { Canceled, makeAbortController, neverAborted } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { probeProblem } from '../engine/probe-policy.ts';
import { type ProbeAnswer, runProbe } from './probe-runner.ts';
import type { SpanLog } from './runtime/span-log.ts';

export type CmdRunState = Pick<CmdStatus, 'waiting' | 'running' | 'terminated' | 'ready'>;

export interface CmdProcessDeps {
  readonly exec: Exec;
  readonly net: Net;
  readonly clock: Clock;
  /** The environment every child gets, as it is now. */
  readonly childEnv: () => Record<string, string>;
}

export interface CmdProcessOptions {
  readonly spec: CmdSpec;
  /** `K=V`, after those of the spec. */
  readonly extraEnv: readonly string[];
  readonly log: SpanLog;
  /** Any end of a server is an error, so exit code 0 is said. */
  readonly isServer: boolean;
  /** It gets a terminal instead of pipes. */
  readonly hasTerminal?: boolean;
  readonly onState: (state: CmdRunState) => void;
}

const defaultGraceMs = 30_000;
/** Of a terminal that nobody looks at yet: what programs take for granted. */
const firstSize = { columns: 80, rows: 24 };

/** What, when it changes, needs a new process. */
export function isSameCommand(a: CmdSpec, b: CmdSpec): boolean {
  const essence = (spec: CmdSpec): unknown => [
    spec.args ?? [],
    spec.dir ?? '',
    spec.env ?? [],
    spec.readinessProbe ?? null,
    spec.startOn ?? null,
  ];
  return isDeepStrictEqual(essence(a), essence(b));
}

export class CmdProcess {
  readonly spec: CmdSpec;
  #deps: CmdProcessDeps;
  #options: CmdProcessOptions;
  #child: Child;
  #probe = makeAbortController();
  #state: CmdRunState = { waiting: {}, ready: false };
  #hasEnded = false;
  #isStopping = false;
  /** Settles when the process has ended and its output is in the log. */
  readonly ended: Promise<ExitResult>;

  constructor(deps: CmdProcessDeps, options: CmdProcessOptions) {
    this.#deps = deps;
    this.#options = options;
    this.spec = options.spec;
    const { args = [], dir = '/' } = options.spec;
    const env = withPairs(deps.childEnv(), [...(options.spec.env ?? []), ...options.extraEnv]);
    const problem = probeProblem(options.spec.readinessProbe);
    if (problem === undefined) options.log.write(`Running cmd: ${showCommand(args)}\n`);
    const terminal = options.hasTerminal ? { terminal: firstSize } : {};
    const command = { args, dir, env, graceMs: defaultGraceMs, ...terminal };
    this.#child = problem
      ? neverStarted(problem, deps.clock.now())
      : deps.exec.start(command, { signal: neverAborted, onOutput: chunk => options.log.write(chunk) });
    void this.#child.started.then(pid => this.#started(pid, env));
    this.ended = this.#child.exited.then(end => this.#finish(end, problem));
  }

  /** Of a process that has one, while it runs. */
  get terminal(): ChildTerminal | undefined {
    return this.#hasEnded ? undefined : this.#child.terminal;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Asks it to end: SIGTERM, after the grace time SIGKILL. May be called again with a shorter grace. */
  stop(graceMs: number = defaultGraceMs): Promise<ExitResult> {
    this.#isStopping = true;
    this.#probe.abort(new Canceled('the command is stopped'));
    const { log, spec } = this.#options;
    const onWaiting = (_waitedMs: number, leftMs: number): void => {
      const leftS = Math.max(0, Math.round(leftMs / 1000));
      log.write(`Waiting for ${showCommand(spec.args ?? [])} to end; SIGKILL in ${leftS}s\n`);
    };
    return this.#child.stop({ graceMs, onWaiting }).then(() => this.ended);
  }

  #set(state: CmdRunState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  #started(pid: number, env: Readonly<Record<string, string>>): void {
    if (pid === 0 || this.#hasEnded) return;
    // The time of the start itself: a busy machine may take a while between asking and running.
    const startedAt = formatMicroTime(this.#deps.clock.now());
    const { readinessProbe: probe, dir = '/' } = this.spec;
    this.#set({ running: { pid, startedAt }, ready: probe === undefined });
    if (!probe || this.#isStopping) return;
    void runProbe(this.#deps, {
      probe,
      dir,
      env,
      signal: this.#probe.signal,
      onAnswer: (answer, changed) => this.#probed(answer, changed),
    });
  }

  /** Every change is logged; while it stays not ready, each answer is a verbose line; success again and again is no news. */
  #probed(answer: ProbeAnswer, hasChanged: boolean): void {
    if (this.#hasEnded) return;
    const isReady = answer.result !== 'failure';
    if (hasChanged || !isReady) {
      const level = hasChanged ? (answer.result === 'success' ? 'info' : 'warn') : 'verbose';
      const lines = answer.output.split('\n').filter(line => line.trim() !== '');
      for (const line of lines) this.#options.log.write(`[readiness probe: ${answer.result}] ${line}\n`, level);
    }
    if (hasChanged && this.#state.ready !== isReady) this.#set({ ...this.#state, ready: isReady });
  }

  #finish(end: ExitResult, problem: string | undefined): ExitResult {
    this.#hasEnded = true;
    this.#probe.abort(new Canceled('the process ended'));
    const { log, isServer, spec } = this.#options;
    if (problem) log.write(`${problem}\n`, 'error');
    else if (end.startError) log.write(`${showCommand(spec.args ?? [])} failed to start: ${end.startError}\n`, 'error');
    else if (isServer && end.exitCode === 0 && !this.#isStopping)
      log.write('Server exited with exit code 0\n', 'error');
    this.#set({
      terminated: {
        pid: this.#child.pid,
        ...(problem ? { exitCode: 1, reason: problem } : endOf(end)),
        startedAt: formatMicroTime(end.startedAtMs),
        finishedAt: formatMicroTime(end.finishedAtMs),
      },
      // Tilt keeps the last word of the probe; a command without one was ready when it ran.
      ready: this.#state.ready ?? false,
    });
    return end;
  }
}

/** A child that is over before it began. */
function neverStarted(startError: string, atMs: number): Child {
  const end = { exitCode: 1, startError, startedAtMs: atMs, finishedAtMs: atMs, wasKilled: false };
  const exited = Promise.resolve(end);
  return { started: Promise.resolve(0), pid: 0, exited, stop: () => exited };
}

/** Code and reason as Tilt gives them: -1 for a process that died of a signal (reference 4.7). */
function endOf(end: ExitResult): { readonly exitCode: number; readonly reason?: string } {
  if (end.startError) return { exitCode: end.exitCode, reason: `failed to start: ${end.startError}` };
  if (end.wasKilled) return { exitCode: 137, reason: 'killed' };
  if (end.signal) return { exitCode: -1, reason: exitText(end) };
  return end.exitCode === 0 ? { exitCode: 0 } : { exitCode: end.exitCode, reason: exitText(end) };
}

function withPairs(env: Record<string, string>, pairs: readonly string[]): Record<string, string> {
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) env[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return env;
}
