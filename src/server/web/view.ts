// The view: what a web page shows, in the shape of Tilt (reference 3.22, 5.7). Complete at first, then what changed.
import type { Kind } from '../../api/kinds.ts';
import { type ApiObject, apiVersion, formatMicroTime, formatTime } from '../../api/meta.ts';
import type { LogList } from '../../logs/port.ts';
import type { ServerBackend } from '../backend.ts';

/** The kinds that a view shows, and where. */
export const viewKinds = ['UISession', 'UIResource', 'UIButton', 'Cluster'] as const satisfies readonly Kind[];
export type ViewKind = (typeof viewKinds)[number];

export interface View {
  readonly logList?: LogList;
  readonly tiltStartTime?: string;
  readonly uiSession?: ApiObject;
  readonly uiResources?: readonly ApiObject[];
  readonly uiButtons?: readonly ApiObject[];
  readonly clusters?: readonly ApiObject[];
  readonly isComplete?: true;
}

type ViewBackend = Pick<ServerBackend, 'store' | 'logs' | 'startedAtMs'>;

/** Everything, with the newest part of the log. */
export function completeView({ store, logs, startedAtMs }: ViewBackend): View {
  const clusters = store.list('Cluster');
  const session = store.list('UISession')[0];
  return {
    logList: logs.toLogList(0),
    tiltStartTime: formatMicroTime(startedAtMs),
    ...(session ? { uiSession: session } : {}),
    uiResources: inOrder(store.list('UIResource')),
    uiButtons: store.list('UIButton'),
    ...(clusters.length > 0 ? { clusters } : {}),
    isComplete: true,
  };
}

function inOrder<T extends { readonly status?: { readonly order?: number } }>(resources: readonly T[]): readonly T[] {
  const place = (resource: T): number => resource.status?.order ?? Number.MAX_SAFE_INTEGER;
  return [...resources].sort((a, b) => place(a) - place(b));
}

/** What changed: the named objects as they are now, and the log since a checkpoint. Undefined when that is nothing. */
export function changedView(
  { store, logs }: ViewBackend,
  dirty: ReadonlyMap<Kind, ReadonlySet<string>>,
  fromCheckpoint: number,
  nowMs: number,
): View | undefined {
  const changed = (kind: ViewKind): readonly ApiObject[] =>
    [...(dirty.get(kind) ?? [])].sort().map(name => store.get(kind, name) ?? deleted(kind, name, nowMs));
  const list = logs.toLogList(fromCheckpoint);
  const [session] = changed('UISession');
  const [uiResources, uiButtons, clusters] = [changed('UIResource'), changed('UIButton'), changed('Cluster')];
  const view: View = {
    ...(list.toCheckpoint === -1 ? {} : { logList: list }),
    ...(session ? { uiSession: session } : {}),
    ...(uiResources.length > 0 ? { uiResources } : {}),
    ...(uiButtons.length > 0 ? { uiButtons } : {}),
    ...(clusters.length > 0 ? { clusters } : {}),
  };
  return Object.keys(view).length > 0 ? view : undefined;
}

/** Stands for an object that is gone: pages drop what has a deletionTimestamp. */
function deleted(kind: ViewKind, name: string, nowMs: number): ApiObject {
  return { kind, apiVersion, metadata: { name, deletionTimestamp: formatTime(nowMs) }, spec: {}, status: {} };
}

/** Bytes of JSON that are made in one go. */
const sliceBytes = 256 * 1024;

/** The view as JSON, in slices, so that a long log holds up nobody who waits for a turn between two. */
export function* viewJson(view: View): Generator<string> {
  const { logList, ...rest } = view;
  if (!logList) {
    yield JSON.stringify(rest);
    return;
  }
  const { spans, segments, fromCheckpoint, toCheckpoint } = logList;
  let slice = `{"logList":{"spans":${JSON.stringify(spans)},"segments":[`;
  for (const [i, segment] of segments.entries()) {
    slice += (i === 0 ? '' : ',') + JSON.stringify({ ...segment, time: withMicroseconds(segment.time) });
    if (slice.length < sliceBytes) continue;
    yield slice;
    slice = '';
  }
  const from = fromCheckpoint === 0 ? '' : `,"fromCheckpoint":${fromCheckpoint}`;
  const tail = JSON.stringify(rest).slice(1);
  yield `${slice}]${from},"toCheckpoint":${toCheckpoint}}${tail === '}' ? '' : ','}${tail}`;
}

/** A snapshot (reference 5.7): the view and the time it was taken, as JSON in slices. */
export function* snapshotJson(view: View, nowMs: number): Generator<string> {
  yield '{"view":';
  yield* viewJson(view);
  yield `,"createdAt":${JSON.stringify(formatMicroTime(nowMs))}}\n`;
}

/** Readers in Go accept times with exactly six decimals. */
function withMicroseconds(time: string): string {
  return /\.\d{3}Z$/.test(time) ? `${time.slice(0, -1)}000Z` : time;
}
