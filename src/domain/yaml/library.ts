// The YAML library, loaded only when a Tiltfile needs it: its code takes longer to start than a small Tiltfile to run,
// and evaluation, being synchronous, cannot wait for it. Whoever starts an evaluation waits first (loadYamlLibrary).
import type { Event, getScalarValue, parseEvents, YAMLException } from 'js-yaml';

export interface YamlLibrary {
  readonly parseEvents: typeof parseEvents;
  readonly getScalarValue: typeof getScalarValue;
  readonly YAMLException: typeof YAMLException;
}

export type YamlEvent = Event;

let library: YamlLibrary | undefined;

/** Makes yamlLibrary() work from now on. */
export async function loadYamlLibrary(): Promise<void> {
  library ??= await import('js-yaml');
}

/** The library; a bug when nobody loaded it before. */
export function yamlLibrary(): YamlLibrary {
  if (!library) throw new Error('bug: YAML is read before its library is loaded');
  return library;
}
