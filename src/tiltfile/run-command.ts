// Commands that run while the Tiltfile waits: local, helm, kustomize (reference 2.3).
import { exitText } from '../adapters/exec/exit-text.ts';
import type { CommandSpec } from '../api/kinds-internal.ts';
import { jsString } from '../starlark/index.ts';
import { commandText } from './commands.ts';
import type { Evaluation } from './evaluation.ts';
import type { HostCommandResult } from './host-calls.ts';

const logPrefix = ' → ';

export interface RunCommandOptions {
  /** Put before the command in the log; undefined: the command is not logged. */
  readonly echo: string | undefined;
  /** Lines of output go to the log as they come. */
  readonly showsOutput: boolean;
  readonly stdin?: string;
}

const noCommand: HostCommandResult = { exitCode: 1, stdout: '', stderr: '', startError: 'empty cmd' };

/**
 * What the command wrote to stdout, as a Starlark string. Throws when it fails, with its output unless that was shown.
 * A command of no words (undefined) fails too.
 */
export function runCommand(
  evaluation: Evaluation,
  command: CommandSpec | undefined,
  options: RunCommandOptions,
): string {
  const shown = commandText(command?.args ?? []);
  if (options.echo !== undefined) evaluation.info(`${options.echo} ${shown}`);
  const result = command
    ? evaluation.deps.host.run({
        ...command,
        ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
        ...(options.showsOutput ? { logPrefix } : {}),
      })
    : noCommand;
  if (result.startError !== undefined || result.exitCode !== 0) {
    const why = result.startError ?? exitText(result);
    const output = options.showsOutput
      ? ''
      : `\nstdout:\n${jsString(result.stdout)}\nstderr:\n${jsString(result.stderr)}\n`;
    throw new Error(`command ${JSON.stringify(shown)} failed.\nerror: ${why}${output}`);
  }
  const isSilent = result.stdout === '' && result.stderr === '';
  if (options.echo !== undefined && options.showsOutput && isSilent) evaluation.info(`${logPrefix}[no output]`);
  return result.stdout;
}
