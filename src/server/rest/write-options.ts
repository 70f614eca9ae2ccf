// How a write is to be done, as its query and the body of a deletion say it; what is wrong there is told as Kubernetes does.
import { type StatusCause, StatusError } from '../../api/status-error.ts';
import type { WriteOptions } from '../../store/port.ts';
import { mediaType } from './body.ts';
import type { WriteRequest } from './request.ts';

export interface DeleteOptions {
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: readonly string[];
}

const longestManager = 128;
const optionsOf = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
  delete: 'DeleteOptions',
  deletecollection: 'DeleteOptions',
} as const;

/** Whose write it is, and whether it is only tried. */
export function writeOptions({ query, headers }: Pick<WriteRequest, 'query' | 'headers'>): WriteOptions {
  const agent = (headers['user-agent'] ?? '').split('/')[0]!;
  const manager = (query.get('fieldManager') || agent || 'unknown').slice(0, longestManager);
  return { manager, dryRun: query.getAll('dryRun').includes('All') };
}

/** Throws StatusError Invalid for a query that cannot be followed. */
export function checkWriteOptions(request: WriteRequest): void {
  const { verb, query, headers } = request;
  const isApply = verb === 'patch' && mediaType(headers['content-type']) === 'application/apply-patch+yaml';
  const causes = [
    ...managerProblems(query.get('fieldManager') ?? '', isApply),
    ...(verb === 'patch' && !isApply && query.has('force') ? [forbiddenForce] : []),
    ...dryRunProblems(query.getAll('dryRun')),
    ...validationProblems(query.get('fieldValidation') ?? ''),
  ];
  if (causes.length > 0) throw invalidOptions(optionsOf[verb as keyof typeof optionsOf], causes);
}

const forbiddenForce: StatusCause = {
  reason: 'FieldValueForbidden',
  message: 'Forbidden: may not be specified for non-apply patch',
  field: 'force',
};

function managerProblems(manager: string, isRequired: boolean): StatusCause[] {
  const field = 'fieldManager';
  if (isRequired && manager === '')
    return [{ reason: 'FieldValueRequired', message: 'Required value: is required for apply patch', field }];
  if (Buffer.byteLength(manager) <= longestManager) return [];
  return [{ reason: 'FieldValueTooLong', message: `Too long: may not be more than ${longestManager} bytes`, field }];
}

function unsupported(field: string, value: unknown, supported: readonly string[]): StatusCause {
  const words = supported.map(word => JSON.stringify(word)).join(', ');
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${words}`;
  return { reason: 'FieldValueNotSupported', message, field };
}

function dryRunProblems(given: readonly string[]): StatusCause[] {
  return given.every(value => value === 'All' || value === '') ? [] : [unsupported('dryRun', given, ['All'])];
}

function validationProblems(mode: string): StatusCause[] {
  const known = ['', 'Ignore', 'Strict', 'Warn'];
  return known.includes(mode) ? [] : [unsupported('fieldValidation', mode, known)];
}

/** The options of a request break their rules. */
export function invalidOptions(kind: string, causes: readonly StatusCause[]): StatusError {
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  const shown = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const message = `${kind}.meta.k8s.io "" is invalid: ${shown}`;
  return new StatusError('Invalid', message, { group: 'meta.k8s.io', kind, causes });
}

/** The body of a deletion, checked. Throws what `fail` makes, or StatusError Invalid. */
export function checkDeleteOptions(raw: unknown, fail: (why: string) => StatusError): DeleteOptions {
  if (!isFields(raw)) throw fail('not an object');
  const { preconditions, dryRun, propagationPolicy } = raw;
  if (!isNothing(dryRun) && !Array.isArray(dryRun)) throw fail('dryRun is no list');
  if (!isNothing(preconditions) && !isFields(preconditions)) throw fail('preconditions is no object');
  for (const key of ['uid', 'resourceVersion']) {
    const value = (preconditions as Record<string, unknown> | undefined)?.[key];
    if (!isNothing(value) && typeof value !== 'string') throw fail(`preconditions.${key} is no text`);
  }
  const policies = ['Foreground', 'Background', 'Orphan'];
  const causes = [
    ...dryRunProblems((dryRun ?? []) as string[]),
    ...(isNothing(propagationPolicy) || policies.includes(propagationPolicy as string)
      ? []
      : [unsupported('propagationPolicy', propagationPolicy, [...policies, 'nil'])]),
  ];
  if (causes.length > 0) throw invalidOptions('DeleteOptions', causes);
  return { ...(preconditions ? { preconditions } : {}), ...(dryRun ? { dryRun: dryRun as string[] } : {}) };
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
