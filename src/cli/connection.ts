// How commands reach the web server of the session that they mean (reference 1.3), and how they word it when there is none.
import { StatusError } from '../api/status-error.ts';
import { makeAbortController } from '../base/abort.ts';
import { ClientError } from '../client/errors.ts';
import { connectWeb, type WebClient } from '../client/web-client.ts';
import { readWebToken } from '../state/web-token.ts';
import { CommandFailed, type CommandRun } from './command.ts';
import { stateDirectoryOf } from './state-directory-of.ts';

/** The web server of `--host` and `--port`. */
export function webClient(run: CommandRun, signal: AbortSignal = makeAbortController().signal): WebClient {
  const { flags, io } = run;
  return connectWeb({
    host: flags.string('host'),
    port: flags.int('port'),
    token: readWebToken(stateDirectoryOf(io)) ?? '',
    signal,
  });
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
