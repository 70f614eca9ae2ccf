// watch: every change of a kind as one line of JSON, in order, for as long as the reader keeps up.
import type http from 'node:http';
import type { Kind } from '../../api/kinds.ts';
import { type ApiObject, apiVersion } from '../../api/meta.ts';
import type { Selector } from '../../api/selectors.ts';
import { StatusError } from '../../api/status-error.ts';
import type { Clock } from '../../base/clock.ts';
import type { Store, Subscription, WatchEvent } from '../../store/port.ts';
import { readSelector, selectObjects } from './read-verbs.ts';
import { commonHeaders, type Wishes } from './reply.ts';
import { isTrue, type ResourceRequest } from './request.ts';
import { type IncludeObject, readIncludeObject, toTable } from './table.ts';

/** What may wait for a slow reader. Beyond it the connection ends; the reader resumes from its last version. */
const maxBufferedBytes = 16 * 2 ** 20;

/** Answers watch until the reader leaves or its time is over. Throws StatusError before the first byte only. */
export function sendWatch(
  response: http.ServerResponse,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  request: ResourceRequest,
  wishes: Wishes,
): void {
  const { kind } = request.kind;
  const { query } = request;
  const start = readStart(query);
  const watcher = new Watcher(response, {
    kind,
    selector: readSelector(query),
    include: wishes.isTable ? readIncludeObject(query) : undefined,
  });
  response.writeHead(200, { ...commonHeaders, 'Content-Type': 'application/json' });
  response.flushHeaders();
  const subscription = begin(store, watcher, request, start);
  if (!subscription) return;
  const timeoutSeconds = Number(query.get('timeoutSeconds') ?? 0);
  const timer = timeoutSeconds > 0 ? clock.after(timeoutSeconds * 1000, () => watcher.end()) : undefined;
  response.once('close', () => {
    subscription.dispose();
    timer?.dispose();
  });
}

interface Start {
  /** Where to go on; undefined: begin with what there is. */
  readonly sinceVersion: number | undefined;
  /** Say when what there is has been sent. */
  readonly marksInitialEnd: boolean;
}

function readStart(query: URLSearchParams): Start {
  const text = query.get('resourceVersion') ?? '';
  if (!/^\d*$/.test(text)) {
    const message = `resourceVersion: Invalid value: ${JSON.stringify(text)}: must be a number`;
    throw new StatusError('BadRequest', message);
  }
  const sendsInitial = isTrue(query.get('sendInitialEvents'));
  const isFresh = text === '' || text === '0' || sendsInitial;
  return {
    sinceVersion: isFresh ? undefined : Number(text),
    marksInitialEnd: sendsInitial && isTrue(query.get('allowWatchBookmarks')),
  };
}

function begin(store: Store, watcher: Watcher, request: ResourceRequest, start: Start): Subscription | undefined {
  const { kind } = request.kind;
  if (start.sinceVersion === undefined) {
    for (const object of selectObjects(store, kind, request.query)) watcher.add(object);
    if (start.marksInitialEnd) watcher.markInitialEnd(String(store.version));
  }
  try {
    return store.watch(kind, start.sinceVersion, event => watcher.tell(event));
  } catch (error) {
    // A history that is gone is said inside the stream, where clients look for it.
    if (error instanceof StatusError) watcher.fail(error);
    else watcher.end();
    return undefined;
  }
}

/** The newest event as JSON: all watchers of a kind are told of it one after the other, so one entry is a cache. */
let lastObject: ApiObject | undefined;
let lastJson = '';

function jsonOf(object: ApiObject): string {
  if (object !== lastObject) {
    lastJson = JSON.stringify(object);
    lastObject = object;
  }
  return lastJson;
}

interface WatcherOptions {
  readonly kind: Kind;
  readonly selector: Selector;
  /** Set for tables. */
  readonly include: IncludeObject | undefined;
}

/** Turns versions into what this reader sees: with a selector, objects come and go as they begin and end to match. */
class Watcher {
  #response: http.ServerResponse;
  #options: WatcherOptions;
  #waiting = '';

  constructor(response: http.ServerResponse, options: WatcherOptions) {
    this.#response = response;
    this.#options = options;
  }

  add(object: ApiObject): void {
    this.#send('ADDED', object);
  }

  tell(event: WatchEvent): void {
    const { selector } = this.#options;
    const object = event.object as ApiObject;
    const wasSeen = event.before !== undefined && selector(event.before as ApiObject);
    const isSeen = event.type !== 'DELETED' && selector(object);
    if (isSeen) this.#send(wasSeen ? 'MODIFIED' : 'ADDED', object);
    else if (wasSeen) this.#send('DELETED', object);
  }

  markInitialEnd(resourceVersion: string): void {
    const annotations = { 'k8s.io/initial-events-end': 'true' };
    const object = { kind: this.#options.kind, apiVersion, metadata: { resourceVersion, annotations } };
    this.#write(`{"type":"BOOKMARK","object":${JSON.stringify(object)}}\n`);
  }

  fail(error: StatusError): void {
    this.#write(`{"type":"ERROR","object":${JSON.stringify(error.toStatus())}}\n`);
    this.end();
  }

  end(): void {
    this.#flush();
    this.#response.end();
  }

  #send(type: string, object: ApiObject): void {
    const { include, kind } = this.#options;
    const version = object.metadata.resourceVersion ?? '';
    const json = include ? JSON.stringify(toTable(kind, [object], include, version)) : jsonOf(object);
    this.#write(`{"type":"${type}","object":${json}}\n`);
  }

  /** Lines of one turn go out together: a burst of updates is one write for each watcher. */
  #write(line: string): void {
    if (this.#waiting === '') setImmediate(() => this.#flush());
    this.#waiting += line;
  }

  #flush(): void {
    const text = this.#waiting;
    this.#waiting = '';
    if (text === '' || this.#response.destroyed || this.#response.writableEnded) return;
    this.#response.write(text);
    if (this.#response.writableLength > maxBufferedBytes) this.#response.destroy();
  }
}
