// The apply command of a k8s_custom_deploy: a program that deploys and prints the YAML of what it deployed
// (reference 4.9, apply command). The same runner runs the delete command.
import type { Exec } from '../../adapters/exec/port.ts';
import { showCommand } from '../../adapters/exec/show-command.ts';
import { anySignal, makeAbortController } from '../../base/abort.ts';
import type { Clock } from '../../base/clock.ts';
import { formatGoDuration } from '../../base/go-duration.ts';
import type { Entity } from '../../domain/kubernetes/entity.ts';
import { readEntities } from '../../domain/kubernetes/read-entities.ts';

export interface ApplyCommand {
  readonly args: readonly string[];
  readonly dir?: string;
  /** `K=V`. */
  readonly env?: readonly string[] | null;
}

export interface CommandDeps {
  readonly exec: Exec;
  readonly clock: Clock;
  /** The environment of children, to which that of the command is added. */
  readonly childEnv: () => Record<string, string>;
  /** Folder for a command that names none. */
  readonly dir: string;
  /** For lines of the log, without their end. */
  readonly log: (line: string) => void;
}

export interface CommandContext {
  /** Path of the frozen kubeconfig. */
  readonly kubeconfig: string;
  /** `TILT_IMAGE_0=...`. */
  readonly imageEnv: readonly string[];
  /** 0: none. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const graceMs = 2000;
const shownOutput = 500;

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly timedOut: boolean;
}

/** The objects that the command says it applied. Rejects with a sentence, or with the signal's reason. */
export async function runApplyCommand(
  deps: CommandDeps,
  command: ApplyCommand,
  context: CommandContext,
): Promise<Entity[]> {
  deps.log(`Running cmd: ${showCommand(command.args)}`);
  const { exitCode, stdout, timedOut } = await run(deps, command, { ...context, showsStdout: false });
  const shown = stdout === '' ? '' : `\nstdout:\n${shortened(stdout)}\n`;
  if (timedOut) {
    throw new Error(
      `apply command timed out after ${formatGoDuration(context.timeoutMs)} - see https://docs.tilt.dev/api.html#api.update_settings for how to increase${shown}`,
    );
  }
  if (exitCode !== 0) throw new Error(`apply command exited with status ${exitCode}${shown}`);
  try {
    return readEntities(stdout);
  } catch (error) {
    throw new Error(
      `apply command returned malformed YAML: ${(error as Error).message}\nstdout:\n${shortened(stdout)}\n`,
    );
  }
}

/** Runs the command that takes away what an apply command deployed. Rejects with a sentence. */
export async function runDeleteCommand(
  deps: CommandDeps,
  command: ApplyCommand,
  context: Omit<CommandContext, 'imageEnv'>,
): Promise<void> {
  deps.log(`Running cmd: ${showCommand(command.args)}`);
  const { exitCode, timedOut } = await run(deps, command, { ...context, imageEnv: [], showsStdout: true });
  if (timedOut) throw new Error(`delete command timed out after ${formatGoDuration(context.timeoutMs)}`);
  if (exitCode !== 0) throw new Error(`exit status ${exitCode}`);
}

async function run(
  deps: CommandDeps,
  command: ApplyCommand,
  context: CommandContext & { readonly showsStdout: boolean },
): Promise<Ended> {
  const timeUp = makeAbortController();
  const timer = context.timeoutMs > 0 ? deps.clock.after(context.timeoutMs, () => timeUp.abort()) : undefined;
  const stdout: Buffer[] = [];
  const shown = lines(deps.log);
  const child = deps.exec.start(
    {
      args: command.args,
      dir: command.dir || deps.dir,
      env: environment(deps, command, context),
      outputs: 'separate',
      graceMs,
    },
    {
      signal: anySignal(context.signal, timeUp.signal),
      onOutput(chunk, stream) {
        if (stream === 'stdout') stdout.push(Buffer.from(chunk));
        if (stream === 'stderr' || context.showsStdout) shown.write(chunk.toString('utf8'));
      },
    },
  );
  const end = await child.exited;
  timer?.dispose();
  shown.flush();
  context.signal.throwIfAborted();
  if (end.startError !== undefined) throw new Error(`apply command failed: ${end.startError}`);
  return {
    exitCode: end.exitCode,
    stdout: Buffer.concat(stdout).toString('utf8'),
    timedOut: timeUp.signal.aborted,
  };
}

function environment(deps: CommandDeps, command: ApplyCommand, context: CommandContext): Record<string, string> {
  const env = deps.childEnv();
  for (const pair of [...(command.env ?? []), ...context.imageEnv]) {
    const equals = pair.indexOf('=');
    env[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  env['KUBECONFIG'] = context.kubeconfig;
  return env;
}

function shortened(text: string): string {
  if (text.length <= shownOutput) return text;
  return `${text.slice(0, shownOutput / 2)}\n... [truncated by Tilt] ...\n${text.slice(-shownOutput / 2)}`;
}

/** Whole lines of what comes in pieces. */
function lines(log: (line: string) => void): { write(text: string): void; flush(): void } {
  let rest = '';
  return {
    write(text) {
      const parts = (rest + text).split('\n');
      rest = parts.pop()!;
      for (const part of parts) log(part.replace(/\r$/, ''));
    },
    flush() {
      if (rest !== '') log(rest);
      rest = '';
    },
  };
}
