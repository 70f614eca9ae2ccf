// Everything of a kind, page by page.
import { type CallOptions, KubeError, type KubeObject, type ResourceType, type WatchPlace } from './port.ts';
import { queryOf, resourcePath } from './resource-path.ts';
import type { ResourceTypes } from './resource-types.ts';
import type { Rest } from './rest.ts';

const pageSize = 500;

const metadataOf = (kind: string): string => `application/json;as=${kind};g=meta.k8s.io;v=v1`;

/** What to accept for only the metadata of objects; undefined for whole objects. */
export function acceptOf(place: WatchPlace, kind: 'PartialObjectMetadata' | 'PartialObjectMetadataList') {
  return place.metadataOnly ? metadataOf(kind) : undefined;
}

/** Objects of a list, and metadata alone, come without kind, or with another. */
export function named(item: Partial<KubeObject>, place: WatchPlace): KubeObject {
  const { metadata = { name: '' }, ...rest } = item;
  return { ...rest, apiVersion: place.apiVersion, kind: place.kind, metadata };
}

/** Path of the place's collection. */
export function pathOf(type: ResourceType, place: WatchPlace): string {
  return resourcePath(type, place.namespace);
}

export interface ListSink {
  onObject(object: KubeObject): void;
  /** What was told does not count: it comes again, as far as it is still there. */
  onRestart(): void;
}

/**
 * Tells each object in turn and gives the version at which the list stands. A list whose pages expire before the last
 * one was read is asked for again in one piece.
 */
export async function readAll(
  { rest, types }: { readonly rest: Rest; readonly types: ResourceTypes },
  place: WatchPlace,
  options: CallOptions,
  sink: ListSink,
): Promise<string> {
  const { signal, timeoutMs } = options;
  const calling: CallOptions = timeoutMs === undefined ? { signal } : { signal, timeoutMs };
  const type = await types.find(place.apiVersion, place.kind, calling);
  const accept = acceptOf(place, 'PartialObjectMetadataList');
  const { labelSelector, fieldSelector } = place;
  const ask = (limit: number | undefined, from: string | undefined) =>
    rest.page(
      pathOf(type, place) + queryOf({ labelSelector, fieldSelector, limit, continue: from }),
      accept === undefined ? calling : { ...calling, accept },
      item => sink.onObject(named(item, place)),
    );
  let page = await ask(pageSize, undefined);
  const { resourceVersion } = page;
  while (page.next !== '') {
    try {
      page = await ask(pageSize, page.next);
    } catch (error) {
      if (!(error instanceof KubeError) || error.code !== 410) throw error;
      sink.onRestart();
      return (await ask(undefined, undefined)).resourceVersion;
    }
  }
  return resourceVersion;
}
