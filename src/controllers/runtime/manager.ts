// Runs controllers: takes changed keys from the store, gives each controller its keys, one run per key at a time.
// Does not: know any kind, or decide anything about objects.
import type { Kind } from '../../api/kinds.ts';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, Scope } from '../../base/disposable.ts';
import { WorkQueue } from '../../base/work-queue.ts';
import type { Store } from '../../store/port.ts';
import type { Controller, ReconcileResult } from './controller.ts';

/** Longest work without giving way: keys, frames and children want their turn when hundreds of objects come at once. */
const sliceMs = 8;
const firstBackoffMs = 1000;
const maxBackoffMs = 15_000;

export interface ManagerOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** A reconciler threw: a bug or a passing fault. The key is tried again. */
  readonly onError: (controller: string, key: string, error: unknown) => void;
}

interface Line {
  readonly controller: Controller;
  readonly queue: WorkQueue<string>;
  readonly timers: Map<string, Disposable>;
  readonly failures: Map<string, number>;
}

export class Manager implements Disposable {
  #options: ManagerOptions;
  #lines: Line[] = [];
  #byKind = new Map<Kind, Line[]>();
  /** The rest of what changed is worked off in a turn to come. */
  #isGoingOn = false;
  #scope = new Scope();

  constructor(options: ManagerOptions) {
    this.#options = options;
  }

  /** Adds a controller; before start(). */
  add(controller: Controller): void {
    const line: Line = { controller, queue: new WorkQueue(), timers: new Map(), failures: new Map() };
    this.#lines.push(line);
    for (const kind of Object.keys(controller.watches) as Kind[]) {
      const lines = this.#byKind.get(kind) ?? [];
      lines.push(line);
      this.#byKind.set(kind, lines);
    }
  }

  /** Begins: what is in the store already is looked at too. */
  start(): void {
    const kinds = [...this.#byKind.keys()];
    this.#scope.add(this.#options.store.subscribe(kinds, keys => this.#take(keys)));
    this.#scope.defer(() => {
      for (const line of this.#lines) for (const timer of line.timers.values()) timer.dispose();
    });
    this.#take(new Map(kinds.map(kind => [kind, new Set(this.#options.store.list(kind).map(o => o.metadata.name))])));
  }

  /** Asks a controller to look at a key, as if an object it watches had changed. */
  enqueue(controllerName: string, key: string): void {
    const line = this.#lines.find(l => l.controller.name === controllerName);
    if (!line) return;
    line.queue.add(key);
    this.#drain(line);
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #take(keys: ReadonlyMap<Kind, ReadonlySet<string>>): void {
    for (const [kind, names] of keys) {
      for (const line of this.#byKind.get(kind) ?? []) {
        const map = line.controller.watches[kind]!;
        for (const name of names) for (const key of map(name)) line.queue.add(key);
      }
    }
    if (!this.#isGoingOn) this.#drainAll();
  }

  /**
   * In the order of registration, so that what one decides the next one sees in the same turn. What comes while the rest
   * waits for a turn has to wait until everybody after `from` had theirs.
   */
  #drainAll(from = 0): void {
    const { clock } = this.#options;
    const endMs = clock.monotonic() + sliceMs;
    for (let at = from; at < this.#lines.length; at++) {
      const line = this.#lines[at]!;
      for (let key = this.#next(line); key !== undefined; key = this.#next(line)) {
        this.#run(line, key);
        if (clock.monotonic() < endMs) continue;
        this.#goOnLater(at);
        return;
      }
    }
    if (this.#lines.slice(0, from).some(({ queue }) => queue.waiting > 0)) this.#goOnLater(0);
  }

  #goOnLater(at: number): void {
    this.#isGoingOn = true;
    setImmediate(() => {
      this.#isGoingOn = false;
      this.#drainAll(at);
    });
  }

  #next(line: Line): string | undefined {
    return this.#scope.isDisposed ? undefined : line.queue.take();
  }

  #drain(line: Line): void {
    for (let key = this.#next(line); key !== undefined; key = this.#next(line)) this.#run(line, key);
  }

  #run(line: Line, key: string): void {
    line.timers.get(key)?.dispose();
    line.timers.delete(key);
    let result: ReturnType<Controller['reconcile']>;
    try {
      result = line.controller.reconcile(key);
    } catch (error) {
      this.#failed(line, key, error);
      return;
    }
    if (result instanceof Promise) {
      result.then(
        value => this.#finished(line, key, value, true),
        error => {
          this.#failed(line, key, error);
          this.#drain(line);
        },
      );
    } else {
      this.#finished(line, key, result, false);
    }
  }

  #finished(line: Line, key: string, result: ReconcileResult | undefined, wasAsync: boolean): void {
    line.failures.delete(key);
    line.queue.done(key);
    if (result?.requeueAfterMs !== undefined) this.#later(line, key, result.requeueAfterMs);
    if (wasAsync) this.#drain(line);
  }

  #failed(line: Line, key: string, error: unknown): void {
    const failures = (line.failures.get(key) ?? 0) + 1;
    line.failures.set(key, failures);
    line.queue.done(key);
    this.#options.onError(line.controller.name, key, error);
    this.#later(line, key, Math.min(maxBackoffMs, firstBackoffMs * 2 ** (failures - 1)));
  }

  #later(line: Line, key: string, delayMs: number): void {
    if (this.#scope.isDisposed) return;
    line.timers.get(key)?.dispose();
    const timer = this.#options.clock.after(delayMs, () => {
      line.timers.delete(key);
      line.queue.add(key);
      this.#drain(line);
    });
    line.timers.set(key, timer);
  }
}
