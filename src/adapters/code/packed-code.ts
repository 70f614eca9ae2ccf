// Commands that must start at once are also built as one script ("pack") beside the modules. V8 takes its compiled code from
// a file made by the build, which saves half of the time that the modules cost. A pack is an offer: where it is missing,
// or V8 is another, everything works from the modules.
// Does not: know a command, or make a pack (scripts/packs.mjs does).
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

type Exports = Record<string, unknown>;
type Load = (name: string) => Exports;
/** A module of a pack: fills `exports`. */
type PackedModule = (exports: { exports: Exports }, load: Load, meta: { readonly url: string }) => void;

/** Name of the file with V8's code for a pack, for this V8 on this machine. */
export function codeFileOf(pack: string): string {
  return pack.replace(/\.js$/, `.${process.versions.v8}-${process.arch}.code`);
}

/** The script of a pack, with V8's code when there is some that this V8 takes. */
export function packScript(pack: string): vm.Script {
  // One byte a character: what is beyond ASCII is escaped.
  const text = fs.readFileSync(pack, 'latin1');
  let cachedData: Buffer | undefined;
  try {
    cachedData = fs.readFileSync(codeFileOf(pack));
  } catch {
    // It compiles what it needs.
  }
  return new vm.Script(text, { filename: pack, ...(cachedData ? { cachedData } : {}) });
}

/**
 * The exports of `entry`, from the packs `first.js` and, once something of it is needed, `more.js` in the folder. undefined
 * when there are none. `onScript` gets each script that was opened.
 */
export function loadPacked(
  folder: string,
  entry: string,
  onScript: (script: vm.Script, pack: string) => void = () => {},
): Exports | undefined {
  const first = path.join(folder, 'first.js');
  if (!fs.existsSync(first)) return undefined;
  const open = (pack: string): Record<string, PackedModule> => {
    const script = packScript(pack);
    onScript(script, pack);
    return script.runInThisContext() as Record<string, PackedModule>;
  };
  const modules = open(first);
  const builtins = createRequire(first);
  const loaded = new Map<string, { exports: Exports }>();
  const meta = { url: `file://${path.dirname(folder)}/packed.js` };
  const load: Load = name => {
    const known = loaded.get(name);
    if (known) return known.exports;
    if (name.startsWith('node:') || !name.startsWith('./')) return builtins(name) as Exports;
    if (!modules[name]) Object.assign(modules, open(path.join(folder, 'more.js')));
    const module = { exports: {} as Exports };
    loaded.set(name, module);
    modules[name]!(module, load, meta);
    return module.exports;
  };
  return load(entry);
}
