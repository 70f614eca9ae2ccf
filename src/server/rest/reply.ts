// Answers: JSON (indented for people, as Kubernetes does), YAML, plain text, and failures as Status objects.
import type http from 'node:http';
import { StatusError } from '../../api/status-error.ts';
import { writeBlockYaml } from '../../state/block-yaml.ts';
import { mediaType } from './body.ts';

/** How the caller wants to see objects. */
export interface Wishes {
  readonly isPretty: boolean;
  readonly format: 'json' | 'yaml';
  /** The caller asked for a table. */
  readonly isTable: boolean;
}

/** Reads Accept, User-Agent and `?pretty`. Throws StatusError NotAcceptable. */
export function readWishes(request: http.IncomingMessage, query: URLSearchParams): Wishes {
  const choice = chooseFormat(request.headers.accept);
  if (!choice) {
    const message = '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml';
    throw new StatusError('NotAcceptable', message);
  }
  return { ...choice, isPretty: isPretty(request, query) };
}

function isPretty(request: http.IncomingMessage, query: URLSearchParams): boolean {
  const asked = query.get('pretty');
  if (asked !== null) return asked !== '0' && asked !== 'false';
  return /^(curl|Wget|Mozilla\/5\.0)/.test(request.headers['user-agent'] ?? '');
}

function chooseFormat(accept: string | undefined): Pick<Wishes, 'format' | 'isTable'> | undefined {
  if (!accept) return { format: 'json', isTable: false };
  for (const part of accept.split(',')) {
    const type = mediaType(part);
    const as = /;\s*as=([A-Za-z]+)/.exec(part)?.[1];
    // What cannot be given in the asked shape is passed over, as long as another part of the header can be met.
    if (as !== undefined && as !== 'Table') continue;
    if (type === 'application/json' || type === 'application/*' || type === '*/*')
      return { format: 'json', isTable: as === 'Table' };
    if (type === 'application/yaml' && as === undefined) return { format: 'yaml', isTable: false };
  }
  return undefined;
}

/** The text of a value as the caller wants it. */
export function render(value: unknown, { format, isPretty }: Pick<Wishes, 'format' | 'isPretty'>): string {
  if (format === 'yaml') return writeBlockYaml(JSON.parse(JSON.stringify(value)));
  return isPretty ? JSON.stringify(value, null, 2) : `${JSON.stringify(value)}\n`;
}

export function contentTypeOf({ format }: Pick<Wishes, 'format'>): string {
  return format === 'yaml' ? 'application/yaml' : 'application/json';
}

/** What every answer of the API server carries. */
export const commonHeaders = { 'Cache-Control': 'no-cache, private', 'X-Content-Type-Options': 'nosniff' } as const;

export interface Reply {
  readonly code: number;
  readonly value: unknown;
  /** Sentences for the caller, one Warning header each. */
  readonly warnings?: readonly string[];
}

/** Sends a whole object. */
export function sendObject(response: http.ServerResponse, { code, value, warnings = [] }: Reply, wishes: Wishes): void {
  const body = Buffer.from(render(value, wishes));
  response.writeHead(code, {
    ...commonHeaders,
    'Content-Type': contentTypeOf(wishes),
    'Content-Length': body.length,
    ...(warnings.length > 0 ? { Warning: warnings.slice(0, 20).map(warningHeader) } : {}),
  });
  response.end(body);
}

function warningHeader(text: string): string {
  // Header values are ASCII on one line.
  const safe = text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500);
  return `299 - ${JSON.stringify(safe)}`;
}

/** Sends a failure as a Status; one that is no StatusError is a bug, whose text stays here. */
export function sendFailure(response: http.ServerResponse, error: unknown, isPretty = false): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const failure = toStatusError(error);
  const reply = { code: failure.code, value: failure.toStatus() };
  // A body that was not read to its end would be taken for the next request.
  if (failure.code === 413) response.setHeader('Connection', 'close');
  sendObject(response, reply, { format: 'json', isPretty, isTable: false });
}

function toStatusError(error: unknown): StatusError {
  if (error instanceof StatusError) return error;
  // The only way to overflow the stack from outside is nesting.
  if (error instanceof RangeError) return new StatusError('BadRequest', 'the request is nested too deeply');
  const text = error instanceof Error ? error.message : String(error);
  return new StatusError('InternalError', `Internal error occurred: ${text}`, {
    causes: [{ reason: '', message: text }],
  });
}

/** Sends plain text. */
export function sendText(response: http.ServerResponse, code: number, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(code, {
    ...commonHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
  });
  response.end(body);
}
