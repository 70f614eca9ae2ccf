// Blocks and names: which block binds what, and what each use of a name therefore means. A name is local to a function if
// the function binds it anywhere, so uses are settled when a function, and finally the file, has been read to its end.
import { formatPlace } from '../../base/diagnostics.ts';
import type { Dialect } from '../dialect.ts';
import { nearestSpelling } from '../runtime/spelling.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { Binding, FunctionInfo, Ident } from '../syntax/tree.ts';

/** Names the file can see without binding them, as Starlark strings. */
export interface NameEnvironment {
  readonly isPredeclared: (name: string) => boolean;
  readonly isUniversal: (name: string) => boolean;
}

/** Takes an error: its offset and its text. */
export type Report = (offset: number, message: string) => void;

interface Block {
  readonly parent: Block | undefined;
  readonly fn: FunctionInfo | undefined;
  readonly bindings: Map<string, Binding>;
  readonly children: Block[];
  uses: Use[];
}

interface Use {
  readonly id: Ident;
  readonly env: Block;
}

function makeBlock(parent: Block | undefined, fn?: FunctionInfo): Block {
  const block: Block = { parent, fn, bindings: new Map(), children: [], uses: [] };
  parent?.children.push(block);
  return block;
}

/** How messages about a missing extension begin. */
export const unsupported = 'this Starlark dialect does not ';

/** The blocks of one file. */
export class Scopes {
  readonly globals: Binding[] = [];
  /** Variables of the file that are no globals: of load statements and comprehensions. */
  readonly locals: Binding[] = [];
  readonly #source: SourceFile;
  readonly #dialect: Dialect;
  readonly #names: NameEnvironment;
  readonly #report: Report;
  readonly #file = makeBlock(undefined);
  readonly #globalByName = new Map<string, Binding>();
  readonly #environment = new Map<string, Binding>();
  #env = this.#file;
  #nextId = 0;

  constructor(source: SourceFile, dialect: Dialect, names: NameEnvironment, report: Report) {
    this.#source = source;
    this.#dialect = dialect;
    this.#names = names;
    this.#report = report;
  }

  /** Runs `read` in a new block: of a comprehension, or of the function `fn`. */
  within(fn: FunctionInfo | undefined, read: () => void): void {
    const outer = this.#env;
    const block = makeBlock(outer, fn);
    this.#env = block;
    read();
    if (fn) this.#resolveLocalUses(block);
    this.#env = outer;
  }

  /** Settles what is left, at the end of the file. */
  finish(): void {
    this.#resolveLocalUses(this.#file);
    this.#resolveOtherUses(this.#file);
  }

  /** The innermost function or file block. */
  #container(): Block {
    let block = this.#env;
    while (!block.fn && block.parent) block = block.parent;
    return block;
  }

  /** Whether the current block belongs to a function. */
  get inFunction(): boolean {
    return this.#container().fn !== undefined;
  }

  #makeBinding(scope: Binding['scope'], index: number, first: Ident | undefined, outer?: Binding): Binding {
    const name = first?.name ?? '';
    return { scope, index, first, outer, id: outer ? outer.id : this.#nextId++, name };
  }

  /** Binds a name in the current block, globally in the file's own; says whether it was bound before. */
  bind(id: Ident): boolean {
    if (this.#env !== this.#file) return this.bindLocal(id);
    let binding = this.#file.bindings.get(id.name) ?? this.#globalByName.get(id.name);
    const known = binding !== undefined;
    if (!binding) {
      binding = this.#makeBinding('global', this.globals.length, id);
      this.#globalByName.set(id.name, binding);
      this.globals.push(binding);
    }
    if (known && !this.#dialect.globalReassign) {
      const at = formatPlace(this.#source.placeAt(binding.first!.start));
      this.#report(id.start, `cannot reassign ${binding.scope} ${id.name} declared at ${at}`);
    }
    id.binding = binding;
    return known;
  }

  /** Binds a name in the current block, for the file only if that is the file's own; says whether it was bound before. */
  bindLocal(id: Ident): boolean {
    const known = this.#env.bindings.has(id.name);
    if (!known) {
      const locals = this.#container().fn?.locals ?? this.locals;
      const binding = this.#makeBinding('local', locals.length, id);
      this.#env.bindings.set(id.name, binding);
      locals.push(binding);
    }
    this.use(id);
    return known;
  }

  /** Notes that a name is used in the current block. */
  use(id: Ident): void {
    const use = { id, env: this.#env };
    // With reassignment of globals a name at top level means what it means so far: print(len); len = 1.
    if (this.#dialect.globalReassign && this.#env === this.#file) this.#useTopLevel(use);
    else this.#container().uses.push(use);
  }

  #useTopLevel(use: Use): Binding {
    const { id } = use;
    let binding = this.#file.bindings.get(id.name) ?? this.#globalByName.get(id.name) ?? this.#environment.get(id.name);
    if (!binding) {
      binding = this.#environmentBinding(use);
      if (binding.scope !== 'undefined') this.#environment.set(id.name, binding);
    }
    id.binding = binding;
    return binding;
  }

  #environmentBinding(use: Use): Binding {
    const { name, start } = use.id;
    const make = (scope: Binding['scope']): Binding => ({
      scope,
      index: 0,
      first: undefined,
      outer: undefined,
      id: -1,
      name,
    });
    if (this.#names.isPredeclared(name)) return make('predeclared');
    if (this.#names.isUniversal(name)) {
      if (!this.#dialect.sets && name === 'set') this.#report(start, `${unsupported}support sets`);
      return make('universal');
    }
    const nearest = this.#nearest(use);
    this.#report(start, `undefined: ${name}${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`);
    return make('undefined');
  }

  #nearest(use: Use): string | undefined {
    const names: string[] = [];
    for (let block: Block | undefined = use.env; block; block = block.parent) names.push(...block.bindings.keys());
    names.push(...this.globals.map(binding => binding.name));
    return nearestSpelling(use.id.name, names.sort());
  }

  /** Settles the uses of a container that its own locals answer; the others remain. */
  #resolveLocalUses(container: Block): void {
    container.uses = container.uses.filter(use => {
      const binding = this.#lookupLocal(use);
      if (!binding) return true;
      use.id.binding = binding;
      return false;
    });
  }

  #lookupLocal(use: Use): Binding | undefined {
    for (let block: Block | undefined = use.env; block; block = block.parent) {
      const binding = block.bindings.get(use.id.name);
      if (binding) return binding.scope === 'local' || binding.scope === 'cell' ? binding : undefined;
      if (block.fn) return undefined;
    }
    return undefined;
  }

  #resolveOtherUses(block: Block): void {
    for (const child of block.children) this.#resolveOtherUses(child);
    for (const use of block.uses) use.id.binding = this.#lookupLexical(use, use.env);
  }

  #lookupLexical(use: Use, block: Block): Binding {
    if (block === this.#file) return this.#useTopLevel(use);
    const known = block.bindings.get(use.id.name);
    if (known) return known;
    let binding = this.#lookupLexical(use, block.parent!);
    if (block.fn && (binding.scope === 'local' || binding.scope === 'cell' || binding.scope === 'free')) {
      if (binding.scope === 'local') binding.scope = 'cell';
      block.fn.freeVars.push(binding);
      binding = this.#makeBinding('free', block.fn.freeVars.length - 1, binding.first, binding);
    }
    block.bindings.set(use.id.name, binding);
    return binding;
  }
}
