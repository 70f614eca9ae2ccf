// What goes wrong between a command and a session, in the words that people and scripts know (reference 1.3).
import { type StatusDetails, StatusError, type StatusReason } from '../api/status-error.ts';

/** A sentence to show; nothing in it needs a stack. */
export class ClientError extends Error {
  override name = 'ClientError';
}

/** Nobody listens where the session should be. */
export class NotRunningError extends ClientError {
  override name = 'NotRunningError';
}

/** No session goes by the name. `runningPorts` are those that do run, for a hint. */
export function noApiServer(name: string, runningPorts: readonly number[]): NotRunningError {
  const text = `No tilt apiserver found: ${name}`;
  if (runningPorts.length === 0) return new NotRunningError(text);
  const ports = runningPorts.map(port => `--port ${port}`).join(', ');
  return new NotRunningError(`${text}\nTilt runs with: ${ports}`);
}

/** `Could not connect to Tilt at URL: ...` */
export function noConnection(url: string, method: string, error: unknown): NotRunningError {
  return new NotRunningError(`Could not connect to Tilt at ${url}: ${dialText(url, method, error)}`);
}

/** The failure to connect, as Tilt words it. */
export function dialText(url: string, method: string, error: unknown): string {
  const verb = method === 'GET' ? 'Get' : method === 'POST' ? 'Post' : method;
  return `${verb} ${JSON.stringify(url)}: ${reasonText(url, error)}`;
}

function reasonText(url: string, error: unknown): string {
  // Happy eyeballs fail with one error for each address.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const { code, address, port, message } = first as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'ECONNREFUSED' && address) {
    const host = address.includes(':') ? `[${address}]` : address;
    return `dial tcp ${host}:${port}: connect: connection refused`;
  }
  if (code === 'ERR_INVALID_URL') return `dial tcp: address ${/:(\d+)(?:\/|$)/.exec(url)?.[1] ?? url}: invalid port`;
  if (code === 'ENOTFOUND') return `dial tcp: lookup ${new URL(url).hostname}: no such host`;
  return message || String(code ?? first);
}

/** The StatusError that an API server's answer stands for. */
export function fromStatus(code: number, body: unknown): StatusError {
  const status = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const isStatus = status['kind'] === 'Status';
  const reason = isStatus && typeof status['reason'] === 'string' ? status['reason'] : reasonOf(code);
  const message = isStatus ? String(status['message'] ?? '') : `the server answered ${code}`;
  return new StatusError(reason as StatusReason, message, (isStatus ? status['details'] : undefined) as StatusDetails);
}

const reasons: Readonly<Record<number, StatusReason>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'RequestEntityTooLarge',
  422: 'Invalid',
  504: 'Timeout',
};

function reasonOf(code: number): StatusReason {
  return reasons[code] ?? 'InternalError';
}
