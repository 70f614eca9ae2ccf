// How commands reach the session that they mean (reference 1.3), and how they word it when there is none.

import { StatusError } from '../api/status-error.ts';
import { makeAbortController } from '../base/abort.ts';
import { type ApiClient, connectApi } from '../client/api-client.ts';
import { ClientError } from '../client/errors.ts';
import { findApiServer } from '../client/find-session.ts';
import { connectWeb, type WebClient } from '../client/web-client.ts';
import { resolveStateDirectory } from '../state/state-directory.ts';
import { readWebToken } from '../state/web-token.ts';
import { type CliIo, CommandFailed, type CommandRun } from './command.ts';

function stateDirectory(io: CliIo): string {
  return resolveStateDirectory({ env: io.env, home: io.home, cwd: io.cwd, platform: io.platform }, false);
}

/** The web server of `--host` and `--port`. */
export function webClient(run: CommandRun, signal: AbortSignal = makeAbortController().signal): WebClient {
  const { flags, io } = run;
  return connectWeb({
    host: flags.string('host'),
    port: flags.int('port'),
    token: readWebToken(stateDirectory(io)) ?? '',
    signal,
  });
}

/** The API server of the session on `--port`. */
export async function apiClient(
  run: CommandRun,
  signal: AbortSignal = makeAbortController().signal,
): Promise<ApiClient> {
  const { flags, io } = run;
  const entry = await findApiServer({ stateDirectory: stateDirectory(io), env: io.env }, flags.int('port'));
  return connectApi(entry, { signal });
}

/** Turns what a client says into `Error: ...` and exit code 1. */
export async function saying<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ClientError || error instanceof StatusError) throw new CommandFailed(error.message);
    throw error;
  }
}
