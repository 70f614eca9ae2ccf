// What the compiler says about a function of a program.
import type { Place } from '../../base/diagnostics.ts';

/** What the compiler knows about a function of a program. */
export interface FunctionCode {
  readonly name: string;
  /** Names of the parameters as Starlark strings: ordinary ones, keyword-only ones, then *args and **kwargs. */
  readonly params: readonly string[];
  /** Parameters that can be given by name. */
  readonly named: number;
  readonly keywordOnly: number;
  readonly hasVarargs: boolean;
  readonly hasKwargs: boolean;
  /** The offset of `def` or `lambda`. */
  readonly offset: number;
  /** Where a frame stands before it has executed anything. */
  readonly entryOffset: number;
  readonly doc: string;
  /** Whether the dialect lets it call itself. */
  readonly recursion: boolean;
  placeAt(offset: number): Place;
}

/** Marks a keyword-only parameter without default in a function's defaults. */
export const mandatory: unique symbol = Symbol('mandatory');
