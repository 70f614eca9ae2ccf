// /ws/view: the complete view at first, then what changed, at most every 200 ms (reference 3.22).
// A reader that is slow gets fewer and larger messages: nothing is made for it while it has not taken the last one.
import type { WebSocket } from 'ws';
import type { Kind } from '../../api/kinds.ts';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, Scope } from '../../base/disposable.ts';
import type { ServerBackend } from '../backend.ts';
import { changedView, completeView, type View, viewJson, viewKinds } from './view.ts';

/** Least time between two messages. */
const intervalMs = 200;

/** Serves one socket until it closes. */
export function serveViewSocket(socket: WebSocket, backend: ServerBackend, clock: Clock): Disposable {
  const sender = new ViewSender(socket, backend, clock);
  socket.once('close', () => sender.dispose());
  // What goes wrong with a socket ends it; there is nobody to tell.
  socket.on('error', () => socket.terminate());
  sender.start();
  return sender;
}

class ViewSender implements Disposable {
  #socket: WebSocket;
  #backend: ServerBackend;
  #clock: Clock;
  #scope = new Scope();
  #dirty = new Map<Kind, Set<string>>();
  #hasNews = false;
  #isBusy = false;
  #checkpoint = 0;

  constructor(socket: WebSocket, backend: ServerBackend, clock: Clock) {
    this.#socket = socket;
    this.#backend = backend;
    this.#clock = clock;
  }

  start(): void {
    const { store, logs } = this.#backend;
    this.#scope.add(store.subscribe(viewKinds, keys => this.#mark(keys)));
    this.#scope.add(logs.onAppend(() => this.#mark(new Map())));
    void this.#send(completeView(this.#backend));
  }

  dispose(): void {
    this.#scope.dispose();
    this.#socket.terminate();
  }

  #mark(keys: ReadonlyMap<Kind, ReadonlySet<string>>): void {
    for (const [kind, names] of keys) {
      const known = this.#dirty.get(kind) ?? new Set();
      for (const name of names) known.add(name);
      this.#dirty.set(kind, known);
    }
    this.#hasNews = true;
    if (!this.#isBusy) this.#sendChanges();
  }

  #sendChanges(): void {
    this.#hasNews = false;
    const dirty = this.#dirty;
    this.#dirty = new Map();
    const view = changedView(this.#backend, dirty, this.#checkpoint, this.#clock.now());
    if (view) void this.#send(view);
  }

  /** Sends a view as one message, then waits until the socket has taken it and the interval is over. */
  async #send(view: View): Promise<void> {
    this.#isBusy = true;
    const to = view.logList?.toCheckpoint ?? -1;
    if (to >= 0) this.#checkpoint = to;
    let slice: string | undefined;
    for (const next of viewJson(view)) {
      if (slice !== undefined && !(await this.#write(slice, false))) return;
      slice = next;
    }
    if (!(await this.#write(slice!, true)) || this.#scope.isDisposed) return;
    this.#scope.add(
      this.#clock.after(intervalMs, () => {
        this.#isBusy = false;
        if (this.#hasNews) this.#sendChanges();
      }),
    );
  }

  /** Resolves when the network has taken the part; false when the socket is gone. */
  #write(part: string, isLast: boolean): Promise<boolean> {
    return new Promise(resolve => {
      this.#socket.send(part, { fin: isLast }, error => setImmediate(resolve, !error));
    });
  }
}
