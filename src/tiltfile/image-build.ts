// The builds of images as a Tiltfile calls them.
import type { CommandSpec } from '../api/kinds-internal.ts';
import type { ImageRef } from '../domain/images/image-ref.ts';
import type { ImageMapSpec, LiveUpdateSpec } from './result.ts';

export interface DockerBuild {
  readonly kind: 'docker';
  readonly context: string;
  readonly dockerfilePath: string;
  readonly dockerfile: string;
  readonly args: readonly string[];
  readonly target: string;
  readonly ssh: readonly string[];
  readonly secrets: readonly string[];
  readonly network: string;
  readonly extraTags: readonly string[];
  readonly cacheFrom: readonly string[];
  readonly pull: boolean;
  readonly platform: string;
  readonly extraHosts: readonly string[];
}

export interface CustomBuild {
  readonly kind: 'custom';
  readonly command: CommandSpec;
  readonly deps: readonly string[];
  readonly tag: string;
  readonly imageDeps: readonly ImageRef[];
  readonly disablePush: boolean;
  readonly skipsLocalDocker: boolean;
  readonly outputsImageRefTo: string;
}

/** An image that Compose builds by itself. */
export interface ComposeBuild {
  readonly kind: 'compose';
  readonly service: string;
  /** '' for a context that is no local folder. */
  readonly context: string;
  readonly dockerfilePath: string;
  readonly mountedDirs: readonly string[];
}

export interface ImageBuild {
  readonly ref: ImageRef;
  /** Only this very tag; set for all builds of a name when there are several. */
  isExact: boolean;
  readonly build: DockerBuild | CustomBuild | ComposeBuild;
  readonly imageMap: Omit<ImageMapSpec, 'selector' | 'matchExact'>;
  readonly ignores: readonly string[];
  readonly only: readonly string[];
  readonly liveUpdate: LiveUpdateSpec | undefined;
  /** The file that was running; '' for builds that Compose brings. */
  readonly tiltfilePath: string;
  isMatched: boolean;
  imageMapDeps: string[];
}
