// The names a module defined, as its host sees them.
import type { Value } from './values/value.ts';

/**
 * A map from name (ordinary string) to value in the order of first binding. Each name is a property as well
 * (`globals.x`, `Object.entries(globals)`), unless a Map has a property of that name already.
 */
export class ModuleGlobals extends Map<string, Value> {
  [name: string]: unknown;

  constructor(entries: Iterable<readonly [string, Value]>) {
    super(entries);
    for (const [name, value] of this) {
      if (name in Map.prototype) continue;
      Object.defineProperty(this, name, { value, enumerable: true, configurable: true, writable: false });
    }
  }
}
