// Commands that run while the Tiltfile waits: local, helm, kustomize (reference 2.3).
import type { CommandSpec } from '../api/kinds-internal.ts';
import { jsString } from '../starlark/index.ts';
import { commandText } from './commands.ts';
import type { Evaluation } from './evaluation.ts';

const logPrefix = ' → ';

export interface RunCommandOptions {
  /** Put before the command in the log; undefined: the command is not logged. */
  readonly echo: string | undefined;
  /** Lines of output go to the log as they come. */
  readonly showsOutput: boolean;
  readonly stdin?: string;
}

/** What the command wrote to stdout, as a Starlark string. Throws when it fails, with its output unless that was shown. */
export function runCommand(evaluation: Evaluation, command: CommandSpec, options: RunCommandOptions): string {
  const shown = commandText(command.args);
  if (options.echo !== undefined) evaluation.info(`${options.echo} ${shown}`);
  const result = evaluation.deps.host.run({
    ...command,
    ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
    ...(options.showsOutput ? { logPrefix } : {}),
  });
  if (result.startError !== undefined || result.exitCode !== 0) {
    const why = result.startError ?? `exit status ${result.exitCode}`;
    const output = options.showsOutput
      ? ''
      : `\nstdout:\n${jsString(result.stdout)}\nstderr:\n${jsString(result.stderr)}\n`;
    throw new Error(`command ${JSON.stringify(shown)} failed.\nerror: ${why}${output}`);
  }
  const isSilent = result.stdout === '' && result.stderr === '';
  if (options.echo !== undefined && options.showsOutput && isSilent) evaluation.info(`${logPrefix}[no output]`);
  return result.stdout;
}
