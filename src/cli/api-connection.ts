// How commands reach the API of the session that they mean (reference 1.3).
import { makeAbortController } from '../base/abort.ts';
import { type ApiClient, connectApi } from '../client/api-client.ts';
import { findApiServer } from '../client/find-session.ts';
import type { CommandRun } from './command.ts';
import { stateDirectoryOf } from './state-directory-of.ts';

/** The API server of the session on `--port`. */
export async function apiClient(
  run: CommandRun,
  signal: AbortSignal = makeAbortController().signal,
): Promise<ApiClient> {
  const { flags, io } = run;
  const entry = await findApiServer({ stateDirectory: stateDirectoryOf(io), env: io.env }, flags.int('port'));
  return connectApi(entry, { signal });
}
