// A Compose project of a Tiltfile: its files, its services and what dc_resource said about them.
import type { Link } from '../api/shared-types.ts';
import type { ImageRef } from '../domain/images/image-ref.ts';
import type { PlainMap } from '../domain/yaml/plain.ts';

export interface ComposeOptions {
  imageFromUser: ImageRef | undefined;
  triggerMode: 'auto' | 'manual' | undefined;
  infersLinks: boolean | undefined;
  links: readonly Link[];
  autoInit: boolean | undefined;
  readonly labels: Record<string, string>;
  resourceDeps: readonly string[];
}

export interface ComposeService {
  /** As the resource is called; dc_resource may rename it. */
  name: string;
  /** As the project calls it. */
  readonly serviceName: string;
  /** The service with everything filled in. */
  readonly config: PlainMap;
  readonly imageFromConfig: ImageRef;
  /** Folders of this machine that are mounted into the container. */
  readonly mountedDirs: readonly string[];
  readonly publishedPorts: readonly number[];
  readonly build: { readonly context: string; readonly dockerfile: string } | undefined;
  dependsOn: readonly string[];
  imageMapDeps: string[];
  options: ComposeOptions;
}

export interface ComposeProject {
  readonly name: string;
  readonly projectPath: string;
  configPaths: readonly string[];
  envFile: string;
  readonly profiles: readonly string[];
  readonly wait: boolean;
  readonly tiltfilePath: string;
  /** By the name of the resource, in order. */
  services: Map<string, ComposeService>;
  readonly options: Map<string, ComposeOptions>;
}
