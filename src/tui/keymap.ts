// Which keys run which command in which part of the screen. A keymap is JSON: context -> command -> keys (keymaps/*.json).
// A later layer (the person's file) says for each command it names all of its keys anew; `[]` takes the keys away. Where its
// keys meet those of an earlier layer, the later one has them, and its keys for everywhere also those of the panes. Two commands that claim a key in one layer are a conflict
// that names both; the first one keeps it.
// Does not: know what commands do, or how long a chord may take.
import type { Diagnostic, Place } from '../base/diagnostics.ts';
import { nearestName } from '../base/nearest-name.ts';
import { ChordTrie, parseChord } from '../terminal/key-chords.ts';
import { type CommandName, commandNames } from './command-names.ts';

/** Where keys are looked up: the part in focus first, then everywhere. */
export type KeyContext = 'everywhere' | 'list' | 'log' | 'menu' | 'exit';
export const keyContexts: readonly KeyContext[] = ['everywhere', 'list', 'log', 'menu', 'exit'];

export interface KeymapLayer {
  /** The JSON value. */
  readonly data: unknown;
  /** Where a setting stands in the person's file; absent for what comes with the program. */
  readonly placeOf?: ((path: readonly (string | number)[]) => Place) | undefined;
}

export type KeyMatch =
  | { readonly kind: 'command'; readonly command: CommandName }
  /** More keys may follow. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'none' };

type Bindings = Map<CommandName, readonly string[][]>;

export class Keymap {
  readonly #tries: ReadonlyMap<KeyContext, ChordTrie<CommandName>>;
  /** The other way round: the last line asks for it with every frame. */
  readonly #keys = new Map<KeyContext, Map<CommandName, string[]>>();
  readonly #answers = new Map<string, readonly string[]>();

  constructor(tries: ReadonlyMap<KeyContext, ChordTrie<CommandName>>) {
    this.#tries = tries;
    for (const [context, trie] of tries) {
      const keys = new Map<CommandName, string[]>();
      for (const [chord, command] of trie.entries()) keys.set(command, [...(keys.get(command) ?? []), chord.join(' ')]);
      this.#keys.set(context, keys);
    }
  }

  /** What the keys typed so far mean in `contexts`, the first that knows them. */
  match(contexts: readonly KeyContext[], keys: readonly string[]): KeyMatch {
    let isPending = false;
    for (const context of contexts) {
      const found = this.#tries.get(context)?.match(keys);
      if (found?.kind === 'matched') return { kind: 'command', command: found.value };
      if (found?.kind === 'pending') isPending = true;
    }
    return isPending ? { kind: 'pending' } : { kind: 'none' };
  }

  /** The keys of a command as people read them, in the contexts given, those of the first context first. */
  keysOf(command: CommandName, contexts: readonly KeyContext[]): readonly string[] {
    const question = `${command} ${contexts.join(' ')}`;
    let keys = this.#answers.get(question);
    if (!keys) {
      keys = [...new Set(contexts.flatMap(context => this.#keys.get(context)?.get(command) ?? []))];
      this.#answers.set(question, keys);
    }
    return keys;
  }
}

/** Makes a keymap; layers go from the most general to the person's own. */
export function makeKeymap(layers: readonly KeymapLayer[]): { keymap: Keymap; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const contexts = new Map<KeyContext, Bindings>(keyContexts.map(context => [context, new Map()]));
  for (const layer of layers) addLayer(contexts, layer, diagnostics);
  keepWayOut(contexts.get('everywhere')!, layers.length, diagnostics);
  const tries = new Map<KeyContext, ChordTrie<CommandName>>();
  for (const [context, bindings] of contexts) {
    const trie = new ChordTrie<CommandName>();
    for (const [command, chords] of bindings) for (const chord of chords) trie.add(chord, command);
    tries.set(context, trie);
  }
  return { keymap: new Keymap(tries), diagnostics };
}

/** Whatever a person takes away, the program can be left. */
function keepWayOut(bindings: Bindings, layers: number, diagnostics: Diagnostic[]): void {
  if (layers < 2 || (bindings.get('interrupt') ?? []).length > 0) return;
  const holder = [...bindings].find(([, chords]) => chords.some(keys => keys[0] === lastWayOut))?.[0];
  for (const [command, chords] of bindings)
    bindings.set(
      command,
      chords.filter(keys => keys[0] !== lastWayOut),
    );
  bindings.set('interrupt', [[lastWayOut]]);
  const text = `keymap: 'interrupt' needs a key of its own, or nothing leaves the program; it keeps '${lastWayOut}'`;
  diagnostics.push({ severity: 'warning', text: holder ? `${text}, and '${holder}' does not get it` : text });
}

/** What every program in a terminal ends by. */
const lastWayOut = 'ctrl-c';

type Say = (path: readonly (string | number)[], text: string, hint?: string | undefined) => void;

function addLayer(contexts: Map<KeyContext, Bindings>, layer: KeymapLayer, diagnostics: Diagnostic[]): void {
  const say: Say = (path, text, hint) => {
    const at = layer.placeOf?.(path);
    const where = at ? text : `keymap, ${path.join('.')}: ${text}`;
    diagnostics.push({ severity: 'warning', text: where, ...(at ? { at } : {}), ...(hint ? { hint } : {}) });
  };
  if (typeof layer.data !== 'object' || layer.data === null || Array.isArray(layer.data)) {
    say([], 'expected { "list": { "down": ["j"] } }');
    return;
  }
  // First what holds everywhere: the parts that the same layer names may differ from it.
  const parts = Object.entries(layer.data).sort(([a], [b]) => Number(b === 'everywhere') - Number(a === 'everywhere'));
  for (const [name, commands] of parts) {
    if (name === 'name' || name === 'extends' || name === '$schema') continue;
    const bindings = contexts.get(name as KeyContext);
    if (!bindings) {
      const near = nearestName(name, keyContexts);
      say(
        [name],
        `unknown part of the screen '${name}'`,
        near ? `did you mean '${near}'?` : `there are ${keyContexts.join(', ')}`,
      );
    } else if (typeof commands === 'object' && commands !== null) {
      const chords = addContext(bindings, name, commands, say);
      // They come first in what they name, and would hide the key.
      if (name === 'everywhere')
        for (const pane of ['list', 'log'] as const) takeAway(contexts.get(pane)!, undefined, chords);
    }
  }
}

/** Adds what a layer says about a context; returns its keys. */
function addContext(bindings: Bindings, context: string, commands: object, say: Say): string[][] {
  const own: [CommandName, string[][]][] = [];
  const trie = new ChordTrie<CommandName>();
  for (const [name, value] of Object.entries(commands)) {
    if (!(commandNames as readonly string[]).includes(name)) {
      const near = nearestName(name, commandNames);
      say([context, name], `unknown command '${name}'`, near && `did you mean '${near}'?`);
      continue;
    }
    const command = name as CommandName;
    const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
    const chords = texts.flatMap((text, i) => {
      const chord = parseChord(String(text));
      if (!chord.ok) {
        say([context, name, i], chord.problem);
        return [];
      }
      const conflict = trie.add(chord.keys, command);
      if (!conflict) return [[...chord.keys]];
      say([context, name, i], conflictText(String(text), command, { keys: conflict.keys, command: conflict.value }));
      return [];
    });
    own.push([command, chords]);
  }
  for (const [command, chords] of own) {
    takeAway(bindings, command, chords);
    bindings.set(command, chords);
  }
  return own.flatMap(([, chords]) => chords);
}

/** Takes keys from all commands but one. */
function takeAway(bindings: Bindings, keeper: CommandName | undefined, chords: readonly string[][]): void {
  for (const [other, theirs] of bindings) {
    if (other === keeper) continue;
    bindings.set(
      other,
      theirs.filter(keys => !chords.some(chord => collide(chord, keys))),
    );
  }
}

function conflictText(
  keys: string,
  command: CommandName,
  other: { keys: readonly string[]; command: CommandName },
): string {
  const theirs = other.keys.join(' ');
  if (theirs === keys)
    return `'${keys}' is claimed by '${other.command}' and by '${command}'; '${other.command}' keeps it`;
  return `'${keys}' of '${command}' and '${theirs}' of '${other.command}' begin alike; '${other.command}' keeps its keys`;
}

/** True when one chord is the beginning of the other, or the same. */
function collide(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((key, i) => key === b[i]);
}

const shownKeys: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'pgup',
  pagedown: 'pgdn',
};

/** A chord as the help shows it. */
export function showKeys(keys: string, ascii: boolean): string {
  if (ascii) return keys;
  return keys
    .split(' ')
    .map(key => shownKeys[key] ?? key)
    .join(' ');
}
