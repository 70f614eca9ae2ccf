// Failures of object commands in kubectl's words (`Error from server (NotFound): ...`), which scripts look for.
import { StatusError } from '../../api/status-error.ts';
import { ClientError } from '../../client/errors.ts';
import { type CliIo, CommandFailed } from '../command.ts';

/** A failure that is told as it is, on a line of its own. */
export class ObjectFailure extends Error {
  override name = 'ObjectFailure';
}

/** `error: ...`: what is wrong with how the command was called. */
export function wrongUse(text: string): ObjectFailure {
  return new ObjectFailure(`error: ${text}`);
}

/** One failure in kubectl's words; `doing` says what was tried (`error when creating "a.yaml"`). */
export function failureText(error: unknown, doing = ''): string {
  if (error instanceof ObjectFailure) return error.message;
  const prefix = doing === '' ? '' : `${doing}: `;
  if (error instanceof StatusError) return statusText(error, prefix);
  if (error instanceof ClientError) {
    return /^(The connection|Unable to connect)/.test(error.message) ? error.message : `Error: ${error.message}`;
  }
  return `error: ${prefix}${error instanceof Error ? error.message : String(error)}`;
}

function statusText(error: StatusError, prefix: string): string {
  if (error.reason === 'Invalid') return invalidText(error);
  if (error.reason === 'Unauthorized') return 'error: You must be logged in to the server (Unauthorized)';
  return `Error from server (${error.reason}): ${prefix}${error.message}`;
}

function invalidText({ details, message }: StatusError): string {
  const { kind = '', name = '', causes = [] } = details;
  const subject = kind || name ? `The ${kind} "${name}" is invalid` : 'The request is invalid';
  const texts = [...new Set(causes.map(cause => (cause.field ? `${cause.field}: ${cause.message}` : cause.message)))];
  if (texts.length === 0) return kind || name ? subject : `${subject}: ${message}`;
  if (texts.length === 1) return `${subject}: ${texts[0]}`;
  return `${subject}: \n${texts.map(text => `* ${text}`).join('\n')}\n`;
}

/** Failures met on the way: the command goes on with the rest, and tells them at its end. */
export class Failures {
  readonly #texts: string[] = [];

  add(error: unknown, doing = ''): void {
    // A bug is no failure of one object among others.
    if (!isFailure(error)) throw error;
    this.#texts.push(failureText(error, doing));
  }

  get isEmpty(): boolean {
    return this.#texts.length === 0;
  }

  /** Prints them; the exit code of the command. */
  tell(io: CliIo): number {
    // As kubectl has it: of several, none is said to be the error.
    const isOne = this.#texts.length === 1;
    for (const text of this.#texts) io.stderr.write(`${isOne ? text : text.replace(/^error: /, '')}\n`);
    return this.isEmpty ? 0 : 1;
  }
}

function isFailure(error: unknown): boolean {
  return error instanceof ObjectFailure || error instanceof StatusError || error instanceof ClientError;
}

/** Runs an object command: what fails is told in kubectl's words, and the exit code is 1. */
export async function tellingFailures(io: CliIo, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!isFailure(error)) throw error;
    io.stderr.write(`${failureText(error)}\n`);
    throw new CommandFailed('');
  }
}
