// Running Starlark: from a file's text to the names it defines.
// Does not: read files (source comes as text; load asks a hook), wait (everything is synchronous), know Tilt.
import { type CompiledFile, compileFile } from './compile/compile-file.ts';
import { type DialectOptions, dialectOf } from './dialect.ts';
import { universe } from './library/universe.ts';
import { ModuleGlobals } from './module-globals.ts';
import { type Resolved, resolveFile } from './resolve/resolver.ts';
import type { NameEnvironment } from './resolve/scopes.ts';
import { call, evalErrorOf } from './runtime/call.ts';
import { type ParsedFile, parseFile } from './syntax/parser.ts';
import type { File } from './syntax/tree.ts';
import { checkedValue } from './values/checked-value.ts';
import { freezeAll } from './values/freezing.ts';
import { jsString, starlarkString } from './values/text.ts';
import { Thread, type Value } from './values/value.ts';

/** Values by name; names are ordinary strings. */
export type Names = ReadonlyMap<string, Value> | Readonly<Record<string, Value>>;

/** What a file is and what it may see. */
export interface FileInput {
  /** The name in positions and backtraces. */
  readonly filename: string;
  /** The program, as text or as UTF-8. */
  readonly source: string | Uint8Array;
  /** The dialect; plain Starlark when absent. */
  readonly options?: DialectOptions;
}

/** How a compiled file runs. */
export interface RunInput {
  /** Names the file sees besides the universal ones and may shadow them with, `__file__` for example. */
  readonly predeclared?: Names;
  /** Instead of the universal names (None, len, ...): what every file sees. */
  readonly universe?: Names;
  /** The thread to run in; a new one when absent. Hooks and limits below are set on it when given. */
  readonly thread?: Thread;
  readonly load?: Thread['load'];
  readonly print?: Thread['print'];
  /** Ends the program after about so many statements, loop rounds and calls. */
  readonly maxSteps?: number;
  /** Ends the program when another thread stores something else than 0 in element 0. */
  readonly interrupt?: Int32Array;
}

export type ExecFileInput = FileInput & RunInput;

/** The entry of `names`, whatever form it has. */
function entriesOf(names: Names | undefined): [string, Value][] {
  if (!names) return [];
  return names instanceof Map ? [...names] : Object.entries(names as Readonly<Record<string, Value>>);
}

function byStarlarkName(names: Names | undefined): Map<string, Value> {
  return new Map(
    entriesOf(names).map(([name, value]) => [starlarkString(name), checkedValue(value, `the predeclared ${name}`)]),
  );
}

/** A compiled file: run it any number of times, each time with fresh globals. */
export class Program {
  readonly filename: string;
  readonly #file: CompiledFile;

  constructor(file: CompiledFile) {
    this.filename = file.filename;
    this.#file = file;
  }

  /** The modules its load statements name, in order. */
  get loads(): readonly string[] {
    return this.#file.loads.map(jsString);
  }

  /**
   * Runs the file and gives its globals, frozen. Throws an EvalError. `onGlobals` gets the globals defined so far, also
   * when the file fails.
   */
  run(input: RunInput = {}, onGlobals?: (globals: ModuleGlobals) => void): ModuleGlobals {
    const thread = prepareThread(input);
    const universal = input.universe ? byStarlarkName(input.universe) : universe();
    const instance = this.#file.instantiate(byStarlarkName(input.predeclared), universal);
    const { depth } = thread;
    try {
      call(thread, instance.toplevel, [], []);
      return finish(instance.globals(), onGlobals);
    } catch (thrown) {
      const error = evalErrorOf(thread, thrown);
      finish(instance.globals(), onGlobals);
      throw error;
    } finally {
      thread.depth = depth;
    }
  }
}

function finish(
  entries: readonly (readonly [string, Value])[],
  onGlobals: ((globals: ModuleGlobals) => void) | undefined,
): ModuleGlobals {
  const globals = new ModuleGlobals(entries.map(([name, value]) => [jsString(name), value]));
  freezeAll(globals.values());
  onGlobals?.(globals);
  return globals;
}

function prepareThread(input: RunInput): Thread {
  const thread = input.thread ?? new Thread();
  if (input.load) thread.load = input.load;
  if (input.print) thread.print = input.print;
  if (input.maxSteps !== undefined) thread.setMaxSteps(input.maxSteps);
  if (input.interrupt) thread.setInterrupt(input.interrupt);
  return thread;
}

/** What a name means to a file that may see these. */
type Seen = Pick<RunInput, 'predeclared' | 'universe'>;

function nameEnvironment(input: Seen): NameEnvironment {
  const predeclared = new Set(entriesOf(input.predeclared).map(([name]) => starlarkString(name)));
  const universal = input.universe ? byStarlarkName(input.universe) : universe();
  return { isPredeclared: name => predeclared.has(name), isUniversal: name => universal.has(name) };
}

/**
 * Parses a file for a tool that reads programs: the tree, with comments if `comments` is true, and every syntax error.
 * Offsets in the tree count bytes; `file.source.placeAt(offset)` gives line and column.
 */
export function parse(input: Pick<FileInput, 'filename' | 'source'> & { readonly comments?: boolean }): ParsedFile {
  return parseFile(input.filename, input.source, { comments: input.comments ?? false });
}

/** Says what the names of a parsed file mean (`ident.binding`) and what is wrong with them. A tree is resolved once. */
export function resolve(file: File, input: Pick<FileInput, 'options'> & Seen = {}): Resolved {
  return resolveFile(file, dialectOf(input.options), nameEnvironment(input));
}

/** Scans, parses, resolves and compiles a file. Throws StaticErrors with everything that is wrong in it. */
export function compile(input: FileInput & Seen): Program {
  return new Program(compileFile(input.filename, input.source, { options: input.options, ...nameEnvironment(input) }));
}

/**
 * Runs a file and gives its globals, frozen, in the order of their first binding.
 * Throws StaticErrors before it runs and an EvalError (see `backtrace()`) while it runs.
 */
export function execFile(input: ExecFileInput): ModuleGlobals {
  return compile(input).run(input);
}
