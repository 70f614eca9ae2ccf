// create, update, patch, delete and deletecollection.
import { decodeGiven, decodeObject, strictError } from '../../api/decode.ts';
import type { Kind, Kinds } from '../../api/kinds.ts';
import { type ApiObject, apiVersion, formatTime, mainTiltfile } from '../../api/meta.ts';
import { metadataProblems } from '../../api/metadata-problems.ts';
import type { KindInfo } from '../../api/scheme.ts';
import { conflict, invalid, notFound, StatusError } from '../../api/status-error.ts';
import type { Store } from '../../store/port.ts';
import { applyFields } from '../../store/server-side-apply.ts';
import { isJson, mediaType, parseJson, parseObject, parseYaml } from './body.ts';
import { applyPatch } from './patch.ts';
import { getObject, selectObjects } from './read-verbs.ts';
import type { Reply } from './reply.ts';
import { isTrue, type WriteRequest } from './request.ts';
import { secondKeys } from './second-keys.ts';
import { checkDeleteOptions, checkWriteOptions, type DeleteOptions, writeOptions } from './write-options.ts';

/** Answers a write. Throws StatusError. */
export async function runWrite(store: Store, request: WriteRequest): Promise<Reply> {
  checkWriteOptions(request);
  switch (request.verb) {
    case 'create':
      return create(store, request);
    case 'update':
      return update(store, request);
    case 'patch':
      return patch(store, request);
    case 'delete':
      return remove(store, request);
    default:
      return removeCollection(store, request);
  }
}

type ReadObject<K extends Kind> = { readonly object: Kinds[K]; readonly warnings: readonly string[] };

/** The object that a request brings. */
async function decodeBody<K extends Kind>(kind: K, { body, headers, query }: WriteRequest): Promise<ReadObject<K>> {
  const type = headers['content-type'];
  const raw = await parseObject(body, type, kind);
  // Of YAML, as of a merge patch, the later key counts.
  const twice = isJson(type) ? secondKeys(body.toString('utf8')) : [];
  return decode(kind, raw, { query, problems: twice.map(path => `duplicate field ${JSON.stringify(path)}`) });
}

/** Reads an object, with unknown fields and other problems refused, warned of or ignored as the query says. */
function decode<K extends Kind>(
  kind: K,
  raw: unknown,
  { query, problems = [] }: { readonly query: URLSearchParams; readonly problems?: readonly string[] },
): ReadObject<K> {
  const mode = query.get('fieldValidation') || 'Warn';
  const { object, warnings: unknown } = decodeObject(kind, raw ?? {});
  const warnings = [...problems, ...unknown];
  if (mode === 'Strict' && warnings.length > 0) throw strictError(kind, warnings);
  return { object, warnings: mode === 'Warn' ? warnings : [] };
}

async function create(store: Store, request: WriteRequest): Promise<Reply> {
  const { kind } = request.kind;
  const { object, warnings } = await decodeBody(kind, request);
  if (!object.metadata.name && (object.metadata as { generateName?: string }).generateName) throw notGenerated();
  checkMetadata(kind, object);
  return { code: 201, value: store.create(kind, object, writeOptions(request)), warnings };
}

function notGenerated(): StatusError {
  const message = 'metadata.name was not generated';
  return new StatusError('InternalError', `Internal error occurred: ${message}`, { causes: [{ reason: '', message }] });
}

function checkMetadata(kind: Kind, { metadata }: ApiObject): void {
  const problems = metadataProblems(metadata);
  if (problems.length > 0) throw invalid(kind, metadata.name, problems);
}

async function update(store: Store, request: WriteRequest): Promise<Reply> {
  const { kind } = request.kind;
  const { object, warnings } = await decodeBody(kind, request);
  const named = checkName(object, request.name!);
  getObject(store, request);
  // A whole object without the version it was made from would undo what others did meanwhile.
  if (!named.metadata.resourceVersion) throw conflict(request.kind.plural, request.name!);
  return { code: 200, value: write(store, request, named), warnings };
}

function checkName<T extends ApiObject>(object: T, name: string): T {
  const given = object.metadata.name;
  if (given === name) return object;
  const message = given
    ? `the name of the object (${given}) does not match the name on the URL (${name})`
    : `the name of the object (${name} based on URL) was undeterminable: name must be provided`;
  throw new StatusError('BadRequest', message);
}

function checkAppliedType({ kind }: KindInfo, raw: unknown): void {
  const given = (typeof raw === 'object' && raw !== null ? raw : {}) as { apiVersion?: unknown; kind?: unknown };
  if (given.kind === kind && given.apiVersion === apiVersion) return;
  const shown = `${given.apiVersion ?? '/'}, Kind=${given.kind ?? ''}`;
  throw new StatusError('BadRequest', `invalid object type: ${shown}`);
}

/** What an owner of fields does not name any more is removed, so a field that is misspelt is never passed over. */
function unknownApplied({ kind: { kind }, name, query }: WriteRequest, warnings: readonly string[]): StatusError {
  if (query.get('fieldValidation') === 'Strict') return patchError(`strict decoding error: ${warnings.join(', ')}`);
  const fields = warnings.map(warning => `.${/"(.*)"/.exec(warning)?.[1] ?? ''}: field not declared in schema`);
  const subject = `(/${name}; ${apiVersion}, Kind=${kind})`;
  const message = `failed to create typed patch object ${subject}: ${fields.join(', ')}`;
  return new StatusError('BadRequest', message);
}

/** An applied object may leave its name to the URL. */
function named(object: ApiObject, name: string): ApiObject {
  return checkName(object.metadata.name ? object : { ...object, metadata: { ...object.metadata, name } }, name);
}

function write<K extends Kind>(store: Store, request: WriteRequest, object: ApiObject): Kinds[K] {
  const kind = request.kind.kind as K;
  const options = writeOptions(request);
  if (!request.isStatus) checkMetadata(kind, object);
  const typed = object as unknown as Kinds[K];
  return request.isStatus ? store.updateStatus(kind, typed, options) : store.update(kind, typed, options);
}

async function patch(store: Store, request: WriteRequest): Promise<Reply> {
  if (mediaType(request.headers['content-type']) === 'application/apply-patch+yaml') return apply(store, request);
  const { kind, name, query } = request;
  const current = getObject(store, request);
  const patched = await applyPatch(current, request);
  const { object, warnings } = decodePatched(kind, patched, query);
  checkName(object, name!);
  // A patch is about what is there now, unless it brings a version itself.
  const given = object.metadata.resourceVersion;
  if (given && given !== current.metadata.resourceVersion) throw conflict(kind.plural, name!);
  return { code: 200, value: write(store, request, object), warnings };
}

function decodePatched(kind: KindInfo, patched: unknown, query: URLSearchParams) {
  try {
    return decode(kind.kind, patched, { query });
  } catch (error) {
    if (!(error instanceof StatusError) || !error.message.includes('strict decoding error')) throw error;
    throw patchError(error.message.slice(error.message.indexOf('strict decoding error')));
  }
}

function patchError(detail: string): StatusError {
  const causes = [{ reason: 'FieldValueInvalid', message: `Invalid value: ${detail}`, field: 'patch' }];
  return new StatusError('Invalid', ` "" is invalid: patch: Invalid value: ${detail}`, { causes });
}

/** Server-side apply; unlike the other patches it also creates. */
async function apply(store: Store, request: WriteRequest): Promise<Reply> {
  const { kind, name, query, isStatus, nowMs } = request;
  const manager = query.get('fieldManager')!;
  const fail = (why: string): StatusError => new StatusError('BadRequest', `error decoding YAML: ${why}`);
  const raw = await parseYaml(request.body, fail);
  checkAppliedType(kind, raw);
  const { object, warnings } = decodeGiven(kind.kind, raw);
  if (warnings.length > 0) throw unknownApplied(request, warnings);
  const wanted = named(object as ApiObject, name!);
  checkMetadata(kind.kind, wanted);
  if (wanted.metadata.managedFields?.length) throw new StatusError('BadRequest', 'metadata.managedFields must be nil');
  const current = store.get(kind.kind, name!) as ApiObject | undefined;
  if (!current && isStatus) throw notFound(kind.plural, name!);
  const time = formatTime(nowMs);
  const writer = { manager, operation: 'Apply', part: isStatus ? 'status' : 'main', time } as const;
  const start = current ?? { apiVersion, kind: kind.kind, metadata: { name: name! } };
  const applied = applyFields(kind.kind, start, wanted, { writer, force: isTrue(query.get('force')) });
  const options = { ...writeOptions(request), manager, managedFields: applied.managedFields };
  const typed = decodeObject(kind.kind, applied.object).object as unknown as Kinds[Kind];
  if (!current) return { code: 201, value: store.create(kind.kind, typed, options), warnings };
  const value = isStatus ? store.updateStatus(kind.kind, typed, options) : store.update(kind.kind, typed, options);
  return { code: 200, value, warnings };
}

function readDeleteOptions({ body, query }: WriteRequest): {
  preconditions: NonNullable<DeleteOptions['preconditions']>;
  dryRun: boolean;
} {
  const fail = (why: string): StatusError => new StatusError('BadRequest', `the delete options cannot be read: ${why}`);
  const raw = body.length === 0 ? {} : parseJson(body, fail);
  const { preconditions = {}, dryRun = [] } = checkDeleteOptions(raw, fail);
  return { preconditions, dryRun: [...dryRun, ...query.getAll('dryRun')].includes('All') };
}

function remove(store: Store, request: WriteRequest): Reply {
  const { kind } = request.kind;
  const { preconditions, dryRun } = readDeleteOptions(request);
  const before = getObject(store, request);
  if (isFoundation(store, kind, request.name!)) throw foundationStays(request.kind, request.name!);
  store.delete(kind, request.name!, preconditions, { dryRun });
  // With finalizers the object is still there, marked; else what there was is the answer.
  return { code: 200, value: store.get(kind, request.name!) ?? before };
}

/** The main Tiltfile owns the session that runs it: without it nothing could bring either back. */
function isFoundation(store: Store, kind: Kind, name: string): boolean {
  return kind === 'Tiltfile' && name === mainTiltfile && store.list('Session').length > 0;
}

function foundationStays({ plural }: KindInfo, name: string): StatusError {
  const message = `${plural}.tilt.dev ${JSON.stringify(name)} is forbidden: the session stands on it; "tilt stop" ends the session`;
  return new StatusError('Forbidden', message, { name, kind: plural });
}

function removeCollection(store: Store, request: WriteRequest): Reply {
  const { kind } = request.kind;
  const { dryRun } = readDeleteOptions(request);
  const items = selectObjects(store, kind, request.query);
  for (const { metadata } of items) {
    const { name } = metadata;
    if (!dryRun && store.get(kind, name) && !isFoundation(store, kind, name)) store.delete(kind, name);
  }
  const metadata = { resourceVersion: String(store.version) };
  return { code: 200, value: { kind: `${kind}List`, apiVersion, metadata, items } };
}
