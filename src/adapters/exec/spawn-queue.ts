// Requests that wait for their turn, in the order they came.
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import type { SpawnRequest } from './spawner.ts';

export class SpawnQueue {
  #waiting: SpawnRequest[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  /** The one whose turn it is. */
  get first(): SpawnRequest | undefined {
    return this.#waiting[0];
  }

  /** Disposing withdraws the request, if it still waits. */
  add(request: SpawnRequest): Disposable {
    this.#waiting.push(request);
    return toDisposable(() => {
      const at = this.#waiting.indexOf(request);
      if (at < 0) return;
      this.#waiting.splice(at, 1);
      request.onFailed('stopped before it started');
    });
  }

  /** Takes the first away. */
  take(): SpawnRequest | undefined {
    return this.#waiting.shift();
  }

  /** It is to be the next again. */
  putBack(request: SpawnRequest): void {
    this.#waiting.unshift(request);
  }

  takeAll(): readonly SpawnRequest[] {
    return this.#waiting.splice(0);
  }
}
