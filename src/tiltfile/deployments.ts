// What only Tiltfiles with images, clusters, Compose projects or structured data need; prepare-load.ts loads it for them.
import type { Value } from '../starlark/index.ts';
import { encodingBuiltins } from './builtins/encoding.ts';

/** Names of these topics. */
export function builtins(): Record<string, Value> {
  return { ...encodingBuiltins() };
}
