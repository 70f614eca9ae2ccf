// The reader of YAML's grammar, loaded only when a Tiltfile needs it: many a Tiltfile has run before its code is there,
// and evaluation, being synchronous, cannot wait for it. Whoever starts an evaluation waits first (loadYamlLibrary).
import type { readEvents } from './events/read-events.ts';

export interface YamlLibrary {
  readonly readEvents: typeof readEvents;
}

let library: YamlLibrary | undefined;

/** Makes yamlLibrary() work from now on. */
export async function loadYamlLibrary(): Promise<void> {
  library ??= await import('./events/read-events.ts');
}

/** The reader; a bug when nobody loaded it before. */
export function yamlLibrary(): YamlLibrary {
  if (!library) throw new Error('bug: YAML is read before its library is loaded');
  return library;
}
