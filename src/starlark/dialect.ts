// What a dialect of Starlark allows beyond the plain language.

/** Options of a file; all off is Starlark as its specification has it. */
export interface DialectOptions {
  /** Allow the set() builtin. */
  readonly sets?: boolean;
  /** Allow while statements. */
  readonly while?: boolean;
  /** Let functions call themselves. */
  readonly recursion?: boolean;
  /** Allow if, for and while outside functions. */
  readonly topLevelControl?: boolean;
  /** Let globals and loaded names be bound again. */
  readonly globalReassign?: boolean;
  /** Make what load() binds global names of the file. */
  readonly loadBindsGlobally?: boolean;
  /** Another name of `sets`. */
  readonly set?: boolean;
  /** Another name of `globalReassign`. */
  readonly globalReassignment?: boolean;
}

/** The options with every switch set. */
export interface Dialect {
  readonly sets: boolean;
  readonly while: boolean;
  readonly recursion: boolean;
  readonly topLevelControl: boolean;
  readonly globalReassign: boolean;
  readonly loadBindsGlobally: boolean;
}

/** Every extension on: sets, while, recursion, control flow at top level, reassignment of globals. */
export const everythingAllowed: DialectOptions = {
  sets: true,
  while: true,
  recursion: true,
  topLevelControl: true,
  globalReassign: true,
};

/** Fills in what is not said. */
export function dialectOf(options: DialectOptions = {}): Dialect {
  return {
    sets: options.sets ?? options.set ?? false,
    while: options.while ?? false,
    recursion: options.recursion ?? false,
    topLevelControl: options.topLevelControl ?? false,
    globalReassign: options.globalReassign ?? options.globalReassignment ?? false,
    loadBindsGlobally: options.loadBindsGlobally ?? false,
  };
}
