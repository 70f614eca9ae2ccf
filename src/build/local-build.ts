// The update of a local resource: one command (reference 4.7). What waits and why is decided before; how the
// command runs is the Cmd controller's; this says what a build of it is and words its failure.

import { showCommand } from '../adapters/exec/show-command.ts';
import type { LocalTarget } from '../api/kinds-internal.ts';
import type { CmdStatus } from '../api/kinds-local.ts';

export interface LocalBuildDeps {
  /** Runs the update command of the resource and waits for its end; rejects when the signal aborts. */
  readonly runUpdate: (
    resource: string,
    options: { readonly signal: AbortSignal },
  ) => Promise<NonNullable<CmdStatus['terminated']>>;
  /** Resolves when what the command just wrote has been seen by the file watches. */
  readonly settle: () => Promise<void>;
}

/** Builds; a resource without update command has nothing to do. The error is what people read. */
export async function buildLocal(
  deps: LocalBuildDeps,
  build: { readonly resource: string; readonly target: LocalTarget; readonly signal: AbortSignal },
): Promise<{ readonly error?: string }> {
  const { target, resource, signal } = build;
  if (!target.updateCmd) return {};
  const end = await deps.runUpdate(resource, { signal });
  if (end.exitCode !== 0 || end.reason) return { error: commandError(target.updateCmd.args, end) };
  // Files it wrote should count as changed before the next build begins, not during it.
  await deps.settle();
  return {};
}

function commandError(args: readonly string[], end: NonNullable<CmdStatus['terminated']>): string {
  const why = end.reason ?? `exit status ${end.exitCode}`;
  return `Command ${JSON.stringify(showCommand(args))} failed: ${why}`;
}
