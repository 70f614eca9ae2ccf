// The names that every file sees.
import type { Value } from '../values/value.ts';
import { sequenceBuiltins } from './builtins-sequence.ts';
import { valueBuiltins } from './builtins-value.ts';

let made: ReadonlyMap<string, Value> | undefined;

/** The universal names (None, True, False and the builtins of the language), made at first use. */
export function universe(): ReadonlyMap<string, Value> {
  made ??= new Map<string, Value>([
    ['None', null],
    ['True', true],
    ['False', false],
    ...[...sequenceBuiltins(), ...valueBuiltins()].map((fn): [string, Value] => [fn.name, fn]),
  ]);
  return made;
}
