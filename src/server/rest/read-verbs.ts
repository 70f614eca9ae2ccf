// get and list.
import type http from 'node:http';
import type { Kind } from '../../api/kinds.ts';
import { type ApiObject, apiVersion } from '../../api/meta.ts';
import { parseFieldSelector, parseLabelSelector, type Selector } from '../../api/selectors.ts';
import { notFound } from '../../api/status-error.ts';
import type { Store } from '../../store/port.ts';
import { drained } from '../drained.ts';
import { commonHeaders, contentTypeOf, sendObject, type Wishes } from './reply.ts';
import type { ResourceRequest } from './request.ts';
import { readIncludeObject, toTable } from './table.ts';

/** The object that a request names. Throws NotFound. */
export function getObject(store: Store, { kind, name }: Pick<ResourceRequest, 'kind' | 'name'>): ApiObject {
  const object = store.get(kind.kind, name!) as ApiObject | undefined;
  if (!object) throw notFound(kind.plural, name!);
  return object;
}

/** What the selectors of the query select. Throws BadRequest. */
export function readSelector(query: URLSearchParams): Selector {
  const byLabel = parseLabelSelector(query.get('labelSelector') ?? '');
  const byField = parseFieldSelector(query.get('fieldSelector') ?? '');
  return object => byLabel(object) && byField(object);
}

/** Selected objects of a kind, in order of creation. */
export function selectObjects(store: Store, kind: Kind, query: URLSearchParams): readonly ApiObject[] {
  const all = store.list(kind) as readonly ApiObject[];
  if (!query.get('labelSelector') && !query.get('fieldSelector')) return all;
  return all.filter(readSelector(query));
}

/** Answers get. */
export function sendGet(response: http.ServerResponse, store: Store, request: ResourceRequest, wishes: Wishes): void {
  const object = getObject(store, request);
  const { kind } = request.kind;
  const value = wishes.isTable
    ? toTable(kind, [object], readIncludeObject(request.query), object.metadata.resourceVersion ?? '')
    : object;
  sendObject(response, { code: 200, value }, wishes);
}

/** Bytes of JSON that are made in one go; then others get their turn. */
const sliceBytes = 256 * 1024;

/** Answers list. A long one goes out in slices, so that it holds up nobody. */
export async function sendList(
  response: http.ServerResponse,
  store: Store,
  request: ResourceRequest,
  wishes: Wishes,
): Promise<void> {
  const { kind } = request.kind;
  const objects = selectObjects(store, kind, request.query);
  const resourceVersion = String(store.version);
  if (wishes.isTable) {
    const value = toTable(kind, objects, readIncludeObject(request.query), resourceVersion);
    sendObject(response, { code: 200, value }, wishes);
    return;
  }
  const head = { kind: `${kind}List`, apiVersion, metadata: { resourceVersion } };
  if (wishes.isPretty || wishes.format === 'yaml') {
    sendObject(response, { code: 200, value: { ...head, items: objects } }, wishes);
    return;
  }
  response.writeHead(200, { ...commonHeaders, 'Content-Type': contentTypeOf(wishes) });
  let slice = `${JSON.stringify(head).slice(0, -1)},"items":[`;
  for (const [i, object] of objects.entries()) {
    slice += (i === 0 ? '' : ',') + JSON.stringify(object);
    if (slice.length < sliceBytes) continue;
    if (!(await writeSlice(response, slice))) return;
    slice = '';
  }
  response.end(`${slice}]}\n`);
}

/** Writes and waits until the reader has taken it; false when the reader is gone. */
async function writeSlice(response: http.ServerResponse, slice: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (response.write(slice)) {
    await new Promise(resolve => setImmediate(resolve));
    return true;
  }
  return drained(response);
}
