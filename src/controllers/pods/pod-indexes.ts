// The pods of every connected cluster: one index for each connection, shared by all who look at pods.
import type { KubeConnection } from '../../adapters/kube/port.ts';
import type { Disposable } from '../../base/disposable.ts';
import { PodIndex } from './pod-index.ts';

export class PodIndexes implements Disposable {
  readonly #indexes = new Map<KubeConnection, PodIndex>();

  of(connection: KubeConnection): PodIndex {
    let index = this.#indexes.get(connection);
    if (!index) {
      index = new PodIndex(connection.client);
      this.#indexes.set(connection, index);
    }
    return index;
  }

  dispose(): void {
    for (const index of this.#indexes.values()) index.dispose();
    this.#indexes.clear();
  }
}
