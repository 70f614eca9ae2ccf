// Watches that stay once they have begun, for what is looked at was of interest: one for each connection and place.
import type { KubeConnection, WatchListener, WatchPlace } from '../../adapters/kube/port.ts';
import type { Disposable } from '../../base/disposable.ts';

export class PlaceWatches implements Disposable {
  readonly #listenerOf: (connection: KubeConnection, place: WatchPlace) => WatchListener;
  readonly #watched = new Map<KubeConnection, Map<string, Disposable>>();

  /** `listenerOf` makes what is told of a place; it is called once for each. */
  constructor(listenerOf: (connection: KubeConnection, place: WatchPlace) => WatchListener) {
    this.#listenerOf = listenerOf;
  }

  /** Begins to watch the place, unless that was done. */
  watch(connection: KubeConnection, place: WatchPlace): void {
    let places = this.#watched.get(connection);
    if (!places) {
      places = new Map();
      this.#watched.set(connection, places);
    }
    const { apiVersion, kind, namespace = '' } = place;
    const key = `${apiVersion} ${kind} ${namespace}`;
    if (!places.has(key)) places.set(key, connection.client.watch(place, this.#listenerOf(connection, place)));
  }

  dispose(): void {
    for (const places of this.#watched.values()) for (const watch of places.values()) watch.dispose();
    this.#watched.clear();
  }
}
