// What the server, the credentials or the way to the server said no with, as KubeErrors in words for people.
import type { IncomingMessage } from 'node:http';
import { isMap, type Plain } from '../../domain/yaml/plain.ts';
import { KubeError } from './port.ts';

const shownBodyChars = 300;

/** Of an answer with a status of 400 or more. `body` is what came with it. */
export function answerError(response: IncomingMessage, body: string): KubeError {
  const code = response.statusCode ?? 0;
  const status = readStatus(body);
  const said = status?.message || plainBody(response, body);
  return new KubeError(answerWords(code, response.statusMessage ?? '', said), {
    code,
    reason: status?.reason ?? '',
    ...retryAfter(response, status?.retryAfterSeconds),
  });
}

/** What was said, in one line; a page for a browser says no more than the status before it. */
function plainBody({ headers }: IncomingMessage, body: string): string {
  const isPage = headers['content-type']?.startsWith('text/html') === true || /^\s*<(!doctype|html)/i.test(body);
  return isPage ? '' : body.replace(/\s+/g, ' ').trim().slice(0, shownBodyChars);
}

/** Of a Status object, as it comes in the middle of a watch. */
export function statusError(status: unknown): KubeError {
  const { code, reason = '', message = '', retryAfterSeconds } = statusOf(status) ?? {};
  return new KubeError(message || 'the server reported an error without words', {
    code: code ?? 500,
    reason,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1000 }),
  });
}

/** There was no answer: refused, reset, no such host, a certificate that nobody vouches for. */
export function wayError(what: string, error: unknown): KubeError {
  if (error instanceof KubeError) return error;
  return new KubeError(`${what}: ${wayWords(error)}`, { code: 0, cause: error });
}

export function timeoutError(what: string, timeoutMs: number): KubeError {
  return new KubeError(`${what}: no answer within ${timeoutMs / 1000} s`, { code: 0, reason: 'Timeout' });
}

/** The client was disposed of. */
export function closedError(): KubeError {
  return new KubeError('the connection to the cluster was closed', { code: 0, reason: 'Closed' });
}

/** Credentials could not be had; the server was not asked. */
export function credentialsError(error: unknown): KubeError {
  if (error instanceof KubeError) return error;
  return new KubeError((error as Error).message, { code: 0, reason: 'Credentials', cause: error });
}

/** True when nobody answered: not running, not reachable, asleep. */
export function isUnreachable(error: KubeError): boolean {
  return error.code === 0 && error.reason !== 'Credentials';
}

function answerWords(code: number, statusText: string, said: string): string {
  if (code === 401) return `the server has asked for the client to provide credentials (${said || 'Unauthorized'})`;
  return said || `the server answered ${code} ${statusText}`.trim();
}

interface Status {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly retryAfterSeconds?: number;
}

function readStatus(body: string): Status | undefined {
  if (!body.startsWith('{')) return undefined;
  try {
    return statusOf(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function statusOf(value: unknown): Status | undefined {
  const map = value as Plain;
  if (!isMap(map) || map['kind'] !== 'Status') return undefined;
  const { code, reason, message, details } = map;
  const seconds = isMap(details) ? details['retryAfterSeconds'] : undefined;
  return {
    ...(typeof code === 'number' ? { code } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(typeof message === 'string' ? { message } : {}),
    ...(typeof seconds === 'number' ? { retryAfterSeconds: seconds } : {}),
  };
}

/** Whole seconds or a date. */
function retryAfter(response: IncomingMessage, ofStatus: number | undefined): { retryAfterMs?: number } {
  const header = response.headers['retry-after'];
  const seconds = header === undefined ? ofStatus : Number(header);
  if (seconds === undefined || Number.isNaN(seconds)) return {};
  return { retryAfterMs: Math.max(0, seconds * 1000) };
}

/** Node tries several addresses of a name and then says only AggregateError. */
function wayWords(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return wayWords(error.errors[0]);
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'connection refused',
    ECONNRESET: 'connection reset by peer',
    EPIPE: 'connection closed by peer',
    ENOTFOUND: 'no such host',
    EAI_AGAIN: 'the name of the host cannot be looked up just now',
    EHOSTUNREACH: 'no route to host',
    ENETUNREACH: 'network is unreachable',
    ETIMEDOUT: 'connection timed out',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate signed by unknown authority',
    SELF_SIGNED_CERT_IN_CHAIN: 'certificate signed by unknown authority',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate signed by unknown authority',
    CERT_HAS_EXPIRED: "the server's certificate has expired",
  };
  return (code && words[code]) || message;
}
