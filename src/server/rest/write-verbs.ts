// create, update, patch, delete and deletecollection.
import { decodeObject, strictError } from '../../api/decode.ts';
import type { Kind, Kinds } from '../../api/kinds.ts';
import { type ApiObject, apiVersion, formatTime } from '../../api/meta.ts';
import type { KindInfo } from '../../api/scheme.ts';
import { conflict, notFound, StatusError } from '../../api/status-error.ts';
import type { Store, WriteOptions } from '../../store/port.ts';
import { applyFields } from '../../store/server-side-apply.ts';
import { mediaType, parseJson, parseObject, parseYaml } from './body.ts';
import { applyPatch } from './patch.ts';
import { getObject, selectObjects } from './read-verbs.ts';
import type { Reply } from './reply.ts';
import { isTrue, type WriteRequest } from './request.ts';

/** Answers a write. Throws StatusError. */
export async function runWrite(store: Store, request: WriteRequest): Promise<Reply> {
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

/** Whose write it is, and whether it is only tried. Throws BadRequest. */
export function writeOptions({ query, headers }: Pick<WriteRequest, 'query' | 'headers'>): WriteOptions {
  const agent = (headers['user-agent'] ?? '').split('/')[0]!;
  const manager = (query.get('fieldManager') || agent || 'unknown').slice(0, 128);
  return { manager, dryRun: readDryRun(query.getAll('dryRun')) };
}

function readDryRun(given: readonly string[]): boolean {
  const wrong = given.find(value => value !== 'All' && value !== '');
  if (wrong !== undefined)
    throw new StatusError('BadRequest', `dryRun: Unsupported value: ${JSON.stringify(wrong)}: supported values: "All"`);
  return given.includes('All');
}

/** Reads an object, with unknown fields refused, warned of or ignored as the query says. */
function decode<K extends Kind>(
  kind: K,
  raw: unknown,
  query: URLSearchParams,
): { object: Kinds[K]; warnings: readonly string[] } {
  const mode = query.get('fieldValidation') || 'Warn';
  if (!['Strict', 'Warn', 'Ignore'].includes(mode))
    throw new StatusError('BadRequest', `fieldValidation: Unsupported value: ${JSON.stringify(mode)}`);
  const { object, warnings } = decodeObject(kind, raw);
  if (mode === 'Strict' && warnings.length > 0) throw strictError(kind, warnings);
  return { object, warnings: mode === 'Warn' ? warnings : [] };
}

async function create(store: Store, request: WriteRequest): Promise<Reply> {
  const { kind } = request.kind;
  const raw = await parseObject(request.body, request.headers['content-type'], kind);
  const { object, warnings } = decode(kind, raw, request.query);
  if (!object.metadata.name && (object.metadata as { generateName?: string }).generateName)
    throw new StatusError('InternalError', 'Internal error occurred: metadata.name was not generated');
  return { code: 201, value: store.create(kind, object, writeOptions(request)), warnings };
}

async function update(store: Store, request: WriteRequest): Promise<Reply> {
  const { kind } = request.kind;
  const raw = await parseObject(request.body, request.headers['content-type'], kind);
  const { object, warnings } = decode(kind, raw, request.query);
  const named = checkName(object, request.name!);
  getObject(store, request);
  // A whole object without the version it was made from would undo what others did meanwhile.
  if (!named.metadata.resourceVersion) throw conflict(request.kind.plural, request.name!);
  return { code: 200, value: write(store, request, named), warnings };
}

function checkName<T extends ApiObject>(object: T, name: string): T {
  if (!object.metadata.name) return { ...object, metadata: { ...object.metadata, name } };
  if (object.metadata.name === name) return object;
  const message = `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`;
  throw new StatusError('BadRequest', message);
}

function write<K extends Kind>(store: Store, request: WriteRequest, object: ApiObject): Kinds[K] {
  const kind = request.kind.kind as K;
  const options = writeOptions(request);
  const typed = object as unknown as Kinds[K];
  return request.isStatus ? store.updateStatus(kind, typed, options) : store.update(kind, typed, options);
}

async function patch(store: Store, request: WriteRequest): Promise<Reply> {
  if (mediaType(request.headers['content-type']) === 'application/apply-patch+yaml') return apply(store, request);
  const { kind, name, query } = request;
  const current = getObject(store, request);
  const patched = await applyPatch(current, request);
  const { object, warnings } = decodePatched(kind, patched, query);
  if (object.metadata.name !== name) throw renamed(kind, name!);
  // A patch is about what is there now, unless it brings a version itself.
  const given = object.metadata.resourceVersion;
  if (given && given !== current.metadata.resourceVersion) throw conflict(kind.plural, name!);
  return { code: 200, value: write(store, request, object), warnings };
}

function decodePatched(kind: KindInfo, patched: unknown, query: URLSearchParams) {
  try {
    return decode(kind.kind, patched, query);
  } catch (error) {
    if (!(error instanceof StatusError) || !error.message.includes('strict decoding error')) throw error;
    const detail = error.message.slice(error.message.indexOf('strict decoding error'));
    const causes = [{ reason: 'FieldValueInvalid', message: `Invalid value: ${detail}`, field: 'patch' }];
    throw new StatusError('Invalid', ` "" is invalid: patch: Invalid value: ${detail}`, { causes });
  }
}

function renamed({ plural }: KindInfo, name: string): StatusError {
  return new StatusError('BadRequest', `the name of an object cannot be changed: ${plural} ${JSON.stringify(name)}`);
}

/** Server-side apply; unlike the other patches it also creates. */
async function apply(store: Store, request: WriteRequest): Promise<Reply> {
  const { kind, name, query, isStatus, nowMs } = request;
  const manager = query.get('fieldManager');
  if (!manager) throw noManager();
  const fail = (why: string): StatusError => new StatusError('BadRequest', `error decoding YAML: ${why}`);
  const { object, warnings } = decodePatched(kind, await parseYaml(request.body, fail), query);
  const wanted = checkName(object as ApiObject, name!);
  if (wanted.metadata.managedFields?.length) throw new StatusError('BadRequest', 'metadata.managedFields must be nil');
  const current = store.get(kind.kind, name!) as ApiObject | undefined;
  if (!current && isStatus) throw notFound(kind.plural, name!);
  const time = formatTime(nowMs);
  const writer = { manager, operation: 'Apply', part: isStatus ? 'status' : 'main', time } as const;
  const start = current ?? { apiVersion, kind: kind.kind, metadata: { name: name! } };
  const applied = applyFields(kind.kind, start, wanted, { writer, force: isTrue(query.get('force')) });
  const options = { ...writeOptions(request), manager, managedFields: applied.managedFields };
  const typed = applied.object as unknown as Kinds[Kind];
  if (!current) return { code: 201, value: store.create(kind.kind, typed, options), warnings };
  const value = isStatus ? store.updateStatus(kind.kind, typed, options) : store.update(kind.kind, typed, options);
  return { code: 200, value, warnings };
}

function noManager(): StatusError {
  const message = 'Required value: is required for apply patch';
  const causes = [{ reason: 'FieldValueRequired', message, field: 'fieldManager' }];
  const details = { group: 'meta.k8s.io', kind: 'PatchOptions', causes };
  return new StatusError('Invalid', `PatchOptions.meta.k8s.io "" is invalid: fieldManager: ${message}`, details);
}

interface DeleteOptions {
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: readonly string[];
}

function readDeleteOptions({ body, query }: WriteRequest): {
  preconditions: NonNullable<DeleteOptions['preconditions']>;
  dryRun: boolean;
} {
  const fail = (why: string): StatusError => new StatusError('BadRequest', `the delete options cannot be read: ${why}`);
  const raw = body.length === 0 ? {} : parseJson(body, fail);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw fail('not an object');
  const { preconditions = {}, dryRun = [] } = raw as DeleteOptions;
  if (!Array.isArray(dryRun)) throw fail('dryRun is no list');
  return { preconditions: preconditions ?? {}, dryRun: readDryRun([...dryRun, ...query.getAll('dryRun')]) };
}

function remove(store: Store, request: WriteRequest): Reply {
  const { kind } = request.kind;
  const { preconditions, dryRun } = readDeleteOptions(request);
  const before = getObject(store, request);
  store.delete(kind, request.name!, preconditions, { dryRun });
  // With finalizers the object is still there, marked; else what there was is the answer.
  return { code: 200, value: store.get(kind, request.name!) ?? before };
}

function removeCollection(store: Store, request: WriteRequest): Reply {
  const { kind } = request.kind;
  const { dryRun } = readDeleteOptions(request);
  const items = selectObjects(store, kind, request.query);
  for (const { metadata } of items) if (!dryRun && store.get(kind, metadata.name)) store.delete(kind, metadata.name);
  const metadata = { resourceVersion: String(store.version) };
  return { code: 200, value: { kind: `${kind}List`, apiVersion, metadata, items } };
}
