// Commands that must start at once are also built as one script ("pack") beside the modules. V8 takes its compiled code from
// a file made by the build, which saves half of the time that the modules cost. A pack is an offer: where it is missing,
// or V8 is another, everything works from the modules.
// Does not: know a command, or make a pack (scripts/packs.mjs does).
import type vm from 'node:vm';

type Exports = Record<string, unknown>;
type Load = (name: string) => Exports;
/** A module of a pack: fills `exports`. */
type PackedModule = (
  module: { exports: Exports },
  load: Load,
  meta: { readonly url: string },
  builtin: (name: string) => object,
) => void;

/** What a pack stands on. Modules of Node come by name: importing them here would cost each start some of what packs save. */
export interface PackHost {
  /** Version of V8 and kind of processor, for which code is good. */
  readonly v8: string;
  readonly arch: string;
  readonly builtin: (name: string) => unknown;
  /** Loads a package that is in no pack, if it is installed. */
  readonly installed?: (name: string) => unknown;
  /** Gets each script that was opened. */
  readonly onScript?: (script: vm.Script, file: string) => void;
}

/** Name of the file with V8's code for a script of a pack. */
export function codeFileOf(file: string, { v8, arch }: PackHost): string {
  return file.replace(/\.js$/, `.${v8}-${arch}.code`);
}

/** The scripts of a pack, in the order in which they are opened; each when something is wanted that is in none before. */
const scripts = ['first.js', 'more.js', 'rest.js'];

/** The exports of `entry`, from the scripts in the folder. undefined when there is no pack. */
export function loadPacked(folder: string, entry: string, host: PackHost): Exports | undefined {
  let opened = 1;
  let modules: Record<string, PackedModule>;
  try {
    modules = open(`${folder}/${scripts[0]}`, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const loaded = new Map<string, { exports: Exports }>();
  const meta = { url: `file://${folder}/packed.js` };
  // As `import` sees a module of Node, without a copy of its many names.
  const builtins = new Map<string, object>();
  const builtin = (name: string): object => {
    const known = builtins.get(name);
    if (known) return known;
    const value = host.builtin(name) as object;
    const made: object = Object.create(value, { default: { value } });
    builtins.set(name, made);
    return made;
  };
  const load: Load = name => {
    const known = loaded.get(name);
    if (known) return known.exports;
    if (!name.startsWith('./')) return (host.builtin(name) ?? host.installed?.(name)) as Exports;
    while (!modules[name]) Object.assign(modules, open(`${folder}/${scripts[opened++]}`, host));
    const module = { exports: {} as Exports };
    loaded.set(name, module);
    modules[name]!(module, load, meta, builtin);
    return module.exports;
  };
  return load(entry);
}

/** Runs a script of a pack, with V8's code when there is some that this V8 takes; gives its modules by name. */
function open(file: string, host: PackHost): Record<string, PackedModule> {
  const { readFileSync } = host.builtin('node:fs') as typeof import('node:fs');
  const { Script } = host.builtin('node:vm') as typeof vm;
  // One byte a character: what is beyond ASCII is escaped.
  const text = readFileSync(file, 'latin1');
  let cachedData: Buffer | undefined;
  try {
    cachedData = readFileSync(codeFileOf(file, host));
  } catch {
    // It compiles what it needs.
  }
  const script = new Script(text, { filename: file, ...(cachedData ? { cachedData } : {}) });
  host.onScript?.(script, file);
  return script.runInThisContext() as Record<string, PackedModule>;
}
