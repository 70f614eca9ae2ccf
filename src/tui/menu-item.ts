// What can be chosen from a menu, the palette or a list, and what choosing it does, as data.
import type { CommandName } from './command-names.ts';

/** What choosing a row of a list does. */
export type Action =
  | { readonly kind: 'command'; readonly command: CommandName }
  | { readonly kind: 'button'; readonly name: string }
  | { readonly kind: 'resource'; readonly name: string }
  | { readonly kind: 'endpoint'; readonly url: string }
  | { readonly kind: 'theme'; readonly name: string }
  | { readonly kind: 'copy'; readonly text: string }
  /** An object of a resource in its cluster, by its place among them. */
  | { readonly kind: 'object'; readonly resource: string; readonly index: number; readonly view: ObjectView }
  | { readonly kind: 'shell'; readonly pod: PodPlace; readonly container: string; readonly isAttach: boolean };

/** A pod as kubectl wants it. */
export interface PodPlace {
  readonly name: string;
  readonly namespace: string;
  readonly cluster: ClusterPlace;
}

/** A cluster as kubectl finds it; '' for what is the current one. */
export interface ClusterPlace {
  readonly context: string;
  readonly configPath: string;
}

export type ObjectView = 'yaml' | 'events' | 'diff';

export interface MenuItem {
  readonly action: Action;
  readonly title: string;
  readonly keys: readonly string[];
  /** Why it cannot be run now. */
  readonly off?: string | undefined;
}
