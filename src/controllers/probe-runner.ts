// Asks a running process again and again whether it is ready (reference 2.7, 4.7).

import { exitText } from '../adapters/exec/exit-text.ts';
import type { Exec } from '../adapters/exec/port.ts';
import type { Net } from '../adapters/net/port.ts';
import type { Probe } from '../api/shared-types.ts';
import { anySignal, isCanceled, makeAbortController } from '../base/abort.ts';
import { type Clock, sleep } from '../base/clock.ts';
import { afterProbe, type ProbeResult, type ProbeState, unknownProbe } from '../engine/probe-policy.ts';

export interface ProbeAnswer {
  readonly result: ProbeResult;
  /** What the probe printed or why it failed; may have several lines. */
  readonly output: string;
}

export interface ProbeRun {
  readonly probe: Probe;
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Called after each answer; `hasChanged` when the status did. */
  readonly onAnswer: (answer: ProbeAnswer, hasChanged: boolean) => void;
}

export interface ProbeDeps {
  readonly clock: Clock;
  readonly exec: Exec;
  readonly net: Net;
}

const defaults = { periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 };

/** A positive number, or the default: 0 and negative values mean "not set". */
function orDefault(value: number | undefined, fallback: number): number {
  return value !== undefined && value > 0 ? value : fallback;
}

/** Runs until the signal aborts; then resolves. */
export async function runProbe(deps: ProbeDeps, run: ProbeRun): Promise<void> {
  const { probe, signal } = run;
  const thresholds = {
    success: orDefault(probe.successThreshold, defaults.successThreshold),
    failure: orDefault(probe.failureThreshold, defaults.failureThreshold),
  };
  const periodMs = orDefault(probe.periodSeconds, defaults.periodSeconds) * 1000;
  let state: ProbeState = unknownProbe;
  try {
    const delayMs = Math.max(0, (probe.initialDelaySeconds ?? 0) * 1000);
    if (delayMs > 0) await sleep(deps.clock, delayMs, signal);
    while (!signal.aborted) {
      const beganMs = deps.clock.monotonic();
      const answer = await ask(deps, run);
      if (signal.aborted) return;
      const next = afterProbe(state, answer.result, thresholds);
      run.onAnswer(answer, next.status !== state.status);
      state = next;
      await sleep(deps.clock, Math.max(0, periodMs - (deps.clock.monotonic() - beganMs)), signal);
    }
  } catch (error) {
    if (!isCanceled(error) && !signal.aborted) throw error;
  }
}

async function ask(deps: ProbeDeps, run: ProbeRun): Promise<ProbeAnswer> {
  const timeoutMs = orDefault(run.probe.timeoutSeconds, defaults.timeoutSeconds) * 1000;
  const { exec, httpGet, tcpSocket } = run.probe;
  try {
    if (exec) return await askExec(deps, run, exec.command ?? [], timeoutMs);
    if (httpGet) {
      const scheme = (httpGet.scheme || 'http').toLowerCase();
      const path = httpGet.path ? (httpGet.path.startsWith('/') ? httpGet.path : `/${httpGet.path}`) : '/';
      const url = `${scheme}://${urlHost(httpGet.host || 'localhost')}:${httpGet.port}${path}`;
      const answer = await deps.net.httpGet(
        { url, headers: httpGet.httpHeaders ?? [], timeoutMs },
        { signal: run.signal },
      );
      if (!answer.isOk) return { result: 'failure', output: `HTTP probe failed with status code: ${answer.status}` };
      return {
        result: answer.redirectedTo ? 'warning' : 'success',
        output: answer.redirectedTo ? `redirected to ${answer.redirectedTo}` : answer.body,
      };
    }
    if (tcpSocket) {
      await deps.net.tcpConnect(
        { host: tcpSocket.host || 'localhost', port: tcpSocket.port, timeoutMs },
        { signal: run.signal },
      );
      return { result: 'success', output: '' };
    }
    return { result: 'success', output: '' };
  } catch (error) {
    return { result: 'failure', output: error instanceof Error ? error.message : String(error) };
  }
}

function urlHost(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

async function askExec(
  deps: ProbeDeps,
  run: ProbeRun,
  args: readonly string[],
  timeoutMs: number,
): Promise<ProbeAnswer> {
  const timeout = makeAbortController();
  const timer = deps.clock.after(timeoutMs, () => timeout.abort());
  let output = '';
  const child = deps.exec.start(
    { args, dir: run.dir, env: run.env, graceMs: 0 },
    {
      signal: anySignal(run.signal, timeout.signal),
      onOutput: chunk => {
        if (output.length < 10_240) output += chunk.toString('utf8');
      },
    },
  );
  const end = await child.exited;
  timer.dispose();
  if (timeout.signal.aborted) return { result: 'failure', output: `probe timed out after ${timeoutMs / 1000}s` };
  if (end.startError) return { result: 'failure', output: end.startError };
  return {
    result: end.exitCode === 0 ? 'success' : 'failure',
    output: output || (end.exitCode === 0 ? '' : exitText(end)),
  };
}
