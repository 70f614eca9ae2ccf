// load, include and load_dynamic: each file runs once a load, whoever asks for it (reference 2.1, 2.2).
import path from 'node:path';
import {
  compile,
  Dict,
  everythingAllowed,
  type ModuleGlobals,
  None,
  StarlarkError,
  starlarkString,
  type Thread,
  type Value,
} from '../starlark/index.ts';
import { defineBuiltin } from './define-builtin.ts';
import type { Evaluation } from './evaluation.ts';
import { evaluationOf } from './evaluation.ts';
import { stringable } from './parameters.ts';

type CacheEntry =
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly globals: ModuleGlobals }
  | { readonly state: 'failed'; readonly error: unknown };

/** Finds a file for names that are not paths (`ext://...`); undefined: not mine. */
export type ResolveLoad = (evaluation: Evaluation, name: string) => string | undefined;

export class Loader {
  #cache = new Map<string, CacheEntry>();
  #names: () => Readonly<Record<string, Value>>;
  #predeclared: Readonly<Record<string, Value>> | undefined;
  #resolvers: readonly ResolveLoad[];

  /** `names` gives what every file sees besides the names of the language; asked for once, at the first file. */
  constructor(names: () => Readonly<Record<string, Value>>, resolvers: readonly ResolveLoad[]) {
    this.#names = names;
    this.#resolvers = resolvers;
  }

  /** Runs the file that `name` means for the file that runs now; gives its names. */
  load(thread: Thread, name: string): ModuleGlobals {
    const evaluation = evaluationOf(thread);
    const file = this.#resolve(evaluation, name);
    const entry = this.#cache.get(file);
    if (entry?.state === 'running') throw new StarlarkError(`Circular load: ${file}`);
    if (entry?.state === 'failed') throw entry.error;
    if (entry) return entry.globals;
    this.#cache.set(file, { state: 'running' });
    try {
      const globals = evaluation.executing(file, () => this.#execute(thread, evaluation, file));
      this.#cache.set(file, { state: 'done', globals });
      return globals;
    } catch (error) {
      this.#cache.set(file, { state: 'failed', error });
      throw error;
    }
  }

  #resolve(evaluation: Evaluation, name: string): string {
    for (const resolve of this.#resolvers) {
      const found = resolve(evaluation, name);
      if (found !== undefined) return found;
    }
    return evaluation.absolute(name);
  }

  #execute(thread: Thread, evaluation: Evaluation, file: string): ModuleGlobals {
    let source: Buffer;
    try {
      source = evaluation.deps.disk.readFile(file);
    } catch (error) {
      evaluation.recordRead(file);
      throw new StarlarkError(`error reading file ${file}: ${(error as Error).message}`);
    }
    evaluation.recordRead(file);
    evaluation.executed.set(file, source);
    const isMain = file === evaluation.deps.request.path;
    this.#predeclared ??= this.#names();
    const predeclared = {
      ...this.#predeclared,
      __file__: starlarkString(file),
      __name__: starlarkString(isMain ? '__main__' : path.basename(file)),
    };
    const program = compile({ filename: file, source, options: everythingAllowed, predeclared });
    return program.run({ predeclared, thread });
  }

  /** include and load_dynamic. */
  builtins(): Record<string, Value> {
    return {
      include: defineBuiltin('include', [{ name: 'path', type: 'string' }], (thread, args) => {
        this.load(thread, args.path);
        return None;
      }),
      load_dynamic: defineBuiltin('load_dynamic', [{ name: 'path', unpack: stringable }], (thread, args) => {
        const globals = this.load(thread, args.path);
        const dict = new Dict([...globals].map(([name, value]) => [starlarkString(name), value] as const));
        dict.freeze();
        return dict;
      }),
    };
  }
}
