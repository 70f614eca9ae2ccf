// Commands that a Tiltfile runs while it is evaluated: local(), and later helm and git (reference 2.3).
import type { Exec } from '../adapters/exec/port.ts';
import { runSync } from '../adapters/exec/run-sync.ts';
import type { HostCalls, HostCommand, HostCommandResult } from '../tiltfile/host-calls.ts';
import type { TiltfileLogLevel } from '../tiltfile/result.ts';

type OnLog = (text: string, level: TiltfileLogLevel) => void;
type ChildEnv = () => Record<string, string>;

function commandEnv(childEnv: ChildEnv, command: HostCommand): Record<string, string> {
  const env = childEnv();
  for (const pair of command.env) {
    const equals = pair.indexOf('=');
    env[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return env;
}

/** Puts a prefix before each line of one stream; a last line without its end is given at flush. */
class PrefixedLines {
  #prefix: string;
  #onLog: OnLog;
  #rest: Buffer = Buffer.alloc(0);

  constructor(prefix: string, onLog: OnLog) {
    this.#prefix = prefix;
    this.#onLog = onLog;
  }

  write(chunk: Buffer): void {
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const end = all.lastIndexOf(10) + 1;
    this.#rest = all.subarray(end);
    if (end > 0) this.#onLog(this.#prefixed(all.toString('utf8', 0, end)), 'info');
  }

  flush(): void {
    if (this.#rest.length > 0) this.#onLog(this.#prefixed(`${this.#rest.toString('utf8')}\n`), 'info');
    this.#rest = Buffer.alloc(0);
  }

  /** Whole lines. A carriage return ends none: it draws a line over itself, or stands before its end. */
  #prefixed(lines: string): string {
    const rest = lines.slice(0, -1).replaceAll('\n', `\n${this.#prefix}`);
    return `${this.#prefix}${rest}\n`;
  }
}

/** Runs a command of a Tiltfile that is evaluated in a worker, while the main thread goes on. */
export async function runHostCommand(
  deps: { readonly exec: Exec; readonly childEnv: ChildEnv },
  command: HostCommand,
  options: { readonly signal: AbortSignal; readonly onLog: OnLog },
): Promise<HostCommandResult> {
  const out: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  const { logPrefix } = command;
  const lines =
    logPrefix === undefined
      ? undefined
      : { stdout: new PrefixedLines(logPrefix, options.onLog), stderr: new PrefixedLines(logPrefix, options.onLog) };
  const child = deps.exec.start(
    {
      args: command.args,
      dir: command.dir,
      env: commandEnv(deps.childEnv, command),
      outputs: 'separate',
      graceMs: 2000,
      ...(command.stdin === undefined ? {} : { stdin: command.stdin }),
    },
    {
      signal: options.signal,
      onOutput(chunk, stream) {
        const kept = Buffer.from(chunk);
        out[stream].push(kept);
        lines?.[stream].write(kept);
      },
    },
  );
  const end = await child.exited;
  lines?.stdout.flush();
  lines?.stderr.flush();
  options.signal.throwIfAborted();
  return {
    exitCode: end.exitCode,
    ...(end.signal ? { signal: end.signal } : {}),
    stdout: Buffer.concat(out.stdout).toString('latin1'),
    stderr: Buffer.concat(out.stderr).toString('latin1'),
    ...(end.startError === undefined ? {} : { startError: end.startError }),
  };
}

/** Host calls for an evaluation on the main thread. */
export function syncHostCalls(childEnv: ChildEnv, onLog: OnLog): HostCalls {
  return {
    run(command) {
      const done = runSync({
        args: command.args,
        dir: command.dir,
        env: commandEnv(childEnv, command),
        ...(command.stdin === undefined ? {} : { stdin: command.stdin }),
      });
      if (command.logPrefix !== undefined) {
        const lines = new PrefixedLines(command.logPrefix, onLog);
        for (const part of [done.stdout, done.stderr]) {
          lines.write(part);
          lines.flush();
        }
      }
      return {
        exitCode: done.exitCode,
        ...(done.signal ? { signal: done.signal } : {}),
        stdout: done.stdout.toString('latin1'),
        stderr: done.stderr.toString('latin1'),
        ...(done.startError === undefined ? {} : { startError: done.startError }),
      };
    },
  };
}
