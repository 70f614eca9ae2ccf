// The images that a Tiltfile can build, and which names of images have been asked for.

import { sanitizeName } from '../api/identifiers.ts';
import {
  familiarName,
  familiarString,
  fullString,
  type ImageRef,
  selectorOf,
  selects,
} from '../domain/images/image-ref.ts';
import type { ImageBuild } from './image-build.ts';

export class BuildIndex {
  readonly builds: ImageBuild[] = [];
  readonly #byMapName = new Map<string, ImageBuild>();
  readonly #asked = new Set<string>();

  /** Throws when the image is defined already. Several tags of one name make all of them match exactly. */
  add(build: Omit<ImageBuild, 'isExact' | 'isMatched' | 'imageMapDeps'>): ImageBuild {
    const { ref } = build;
    if (this.builds.some(other => fullString(other.ref) === fullString(ref)))
      throw new Error(`Image for ref ${JSON.stringify(familiarString(ref))} has already been defined`);
    const siblings = this.builds.filter(other => other.ref.name === ref.name);
    for (const sibling of siblings) sibling.isExact = true;
    const isExact = siblings.length > 0 || selectorOf(ref).isExact;
    const added: ImageBuild = { ...build, isExact, isMatched: false, imageMapDeps: [] };
    this.builds.push(added);
    this.#byMapName.set(imageMapName(ref), added);
    return added;
  }

  byMapName(name: string): ImageBuild | undefined {
    return this.#byMapName.get(name);
  }

  /** The build of an image that something uses; it counts as used from now on. */
  use(ref: ImageRef): ImageBuild | undefined {
    this.#asked.add(familiarName(ref));
    const found = this.builds.find(build => selects(build, ref));
    if (found) found.isMatched = true;
    return found;
  }

  /** Names that something used, for "did you mean". */
  get askedNames(): readonly string[] {
    return [...this.#asked];
  }
}

/** Name of the ImageMap of an image. */
export function imageMapName(ref: ImageRef): string {
  return sanitizeName(familiarString(ref));
}
