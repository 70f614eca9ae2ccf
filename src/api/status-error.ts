// API failures: one shape on both sides of HTTP (Kubernetes `Status`), with a constructor and a predicate for each reason.
import { goQuote } from '../base/go-quote.ts';
import { group } from './meta.ts';

export type StatusReason =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Expired'
  | 'Invalid'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'UnsupportedMediaType'
  | 'RequestEntityTooLarge'
  | 'Timeout'
  | 'InternalError';

export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
}

const codes: Record<StatusReason, number> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Gone: 410,
  Expired: 410,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  Invalid: 422,
  InternalError: 500,
  Timeout: 504,
};

export class StatusError extends Error {
  override name = 'StatusError';
  readonly reason: StatusReason;
  readonly code: number;
  readonly details: StatusDetails;

  constructor(reason: StatusReason, message: string, details: StatusDetails = {}) {
    super(message);
    this.reason = reason;
    this.code = codes[reason];
    this.details = details;
  }

  /** The object that travels over HTTP. */
  toStatus(): Record<string, unknown> {
    const hasDetails = Object.keys(this.details).length > 0;
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      ...(hasDetails ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

/** `uiresources.tilt.dev "x" not found`. */
export function notFound(plural: string, name: string): StatusError {
  return new StatusError('NotFound', `${plural}.${group} ${goQuote(name)} not found`, { name, group, kind: plural });
}

/** `uiresources.tilt.dev "x" already exists`. */
export function alreadyExists(plural: string, name: string): StatusError {
  return new StatusError('AlreadyExists', `${plural}.${group} ${goQuote(name)} already exists`, {
    name,
    group,
    kind: plural,
  });
}

/** Somebody else changed the object since it was read. */
export function conflict(plural: string, name: string): StatusError {
  return new StatusError(
    'Conflict',
    `Operation cannot be fulfilled on ${plural}.${group} ${goQuote(name)}: the object has been modified; please apply your changes to the latest version and try again`,
    { name, group, kind: plural },
  );
}

/** The object breaks rules of its kind; `causes` name the fields. */
export function invalid(kind: string, name: string, causes: readonly StatusCause[]): StatusError {
  const list = causes.map(c => (c.field ? `${c.field}: ${c.message}` : c.message));
  const text = list.length === 1 ? list[0] : `[${list.join(', ')}]`;
  return new StatusError('Invalid', `${kind}.${group} ${goQuote(name)} is invalid: ${text}`, {
    ...(name === '' ? {} : { name }),
    group,
    kind,
    causes,
  });
}

export function isNotFound(error: unknown): boolean {
  return error instanceof StatusError && error.reason === 'NotFound';
}

export function isAlreadyExists(error: unknown): boolean {
  return error instanceof StatusError && error.reason === 'AlreadyExists';
}

export function isConflict(error: unknown): boolean {
  return error instanceof StatusError && error.reason === 'Conflict';
}

export function isInvalid(error: unknown): boolean {
  return error instanceof StatusError && error.reason === 'Invalid';
}
