// The person's keymap and theme: built-in ones by name, own ones by file. What is wrong with them is said and the rest
// is used; a screen with the default keys is better than none.
import path from 'node:path';
import { type Diagnostic, formatDiagnostic } from '../base/diagnostics.ts';
import { parseCommentedJson } from '../state/commented-json.ts';
import { readFileIfAny } from '../state/read-file.ts';
import { readUserConfig, userConfigFile } from '../state/user-config.ts';
import { type Keymap, type KeymapLayer, makeKeymap, showKeys } from '../tui/keymap.ts';
import { defaultKeymapData, keymapNames, loadKeymap } from '../tui/keymap-data.ts';
import { makeTheme, type Theme } from '../tui/theme.ts';
import { loadTheme, terminalTheme, themeNames } from '../tui/theme-data.ts';

export interface ScreenSettings {
  readonly keymap: Keymap;
  readonly theme: Theme;
  readonly ascii: boolean;
  /** Whether the screen takes the mouse. */
  readonly mouse: boolean;
  /** Files that it was read from, or would be. */
  readonly files: readonly string[];
  /** What was wrong, as lines with file, line and a hint. */
  readonly problems: readonly string[];
}

export interface SettingsPlace {
  readonly configDirectory: string;
  /** The terminal shows more than ASCII. */
  readonly unicode: boolean;
  /** The terminal shows no colours. */
  readonly isColorless: boolean;
}

/** What the last line has room for: how many mistakes, the first, and before it the key that shows them all in the log. */
export function settingsNotice({ problems, keymap, ascii }: ScreenSettings): string | undefined {
  const [first] = problems;
  if (first === undefined) return undefined;
  const isOne = problems.length === 1;
  const [key] = keymap.keysOf('all-logs', ['everywhere', 'list']);
  const where = key === undefined ? '' : ` (${showKeys(key, ascii)}: in the log)`;
  return `${isOne ? 'A mistake' : `${problems.length} mistakes`} in the settings${where}: ${shortPlace(first.split('\n')[0]!)}`;
}

/** One line has no room for folders: the file and the place in it tell. */
function shortPlace(problem: string): string {
  return problem.replace(/^\S*\/(?=[^/\s]+:\d+:\d+)/, '');
}

/** A built-in theme, or one of a file, by the name that the configuration would have for it. Rejects with a sentence. */
export async function loadNamedTheme(name: string, place: SettingsPlace, ascii: boolean): Promise<Theme> {
  const found: Diagnostic[] = [];
  const looks = await readChain(name, { ...themeSource, directory: place.configDirectory, tried: [] }, found);
  const theme = makeTheme([...looks.map(layer => layer.data), terminalTheme], { ascii, placeOf: looks[0]?.placeOf });
  const [problem] = [...found, ...theme.diagnostics];
  if (problem) throw new Error(formatDiagnostic(problem, readFileIfAny).split('\n')[0]);
  return theme.theme;
}

interface Layer extends KeymapLayer {
  readonly text?: string;
}

/** Reads the configuration and what it names. Never rejects. */
export async function readScreenSettings(place: SettingsPlace): Promise<ScreenSettings> {
  const file = userConfigFile(place.configDirectory);
  const { config, diagnostics } = readUserConfig(file);
  const found: Diagnostic[] = [...diagnostics];
  const tried: string[] = [file];
  const ascii = config.ascii || !place.unicode;
  const keys = await readChain(config.keymap, { ...keymapSource, directory: place.configDirectory, tried }, found);
  const made = makeKeymap([{ data: defaultKeymapData }, ...keys.toReversed()]);
  const themeName = config.theme === 'terminal' && place.isColorless ? 'mono' : config.theme;
  const looks = await readChain(themeName, { ...themeSource, directory: place.configDirectory, tried }, found);
  const theme = makeTheme([...looks.map(layer => layer.data), terminalTheme], { ascii, placeOf: looks[0]?.placeOf });
  found.push(...made.diagnostics, ...theme.diagnostics);
  return {
    keymap: made.keymap,
    theme: theme.theme,
    ascii,
    mouse: config.mouse,
    files: tried,
    problems: found.map(d => formatDiagnostic(d, readFileIfAny)),
  };
}

interface Source {
  readonly what: string;
  /** The one that is under all others, and is left out of the chain. */
  readonly base: string;
  readonly names: readonly string[];
  readonly parentKey: string;
  readonly load: (name: string) => Promise<unknown>;
}

const keymapSource: Source = {
  what: 'keymap',
  base: 'default',
  names: keymapNames,
  parentKey: 'extends',
  load: loadKeymap,
};
const themeSource: Source = {
  what: 'theme',
  base: 'terminal',
  names: themeNames,
  parentKey: 'inherits',
  load: loadTheme,
};
/** Where files are looked for, and which were. */
interface SourceIn extends Source {
  readonly directory: string;
  readonly tried: string[];
}

/** A file that builds on itself, by whatever way, must end. */
const maxDepth = 8;

/** What was asked for and what it builds on, the most special first, without the base. */
async function readChain(wanted: string, source: SourceIn, found: Diagnostic[]): Promise<Layer[]> {
  const chain: Layer[] = [];
  let name = wanted;
  while (name !== source.base && chain.length < maxDepth) {
    const layer = source.names.includes(name) ? { data: await source.load(name) } : readLayer(name, source, found);
    if (!layer) break;
    chain.push(layer);
    const parent =
      typeof layer.data === 'object' && layer.data !== null
        ? (layer.data as Record<string, unknown>)[source.parentKey]
        : undefined;
    name = typeof parent === 'string' ? parent : source.base;
  }
  return chain;
}

function readLayer(name: string, source: SourceIn, found: Diagnostic[]): Layer | undefined {
  const file = path.resolve(source.directory, name);
  // Also one that does not exist: it may come.
  source.tried.push(file);
  const text = readFileIfAny(file);
  if (text === undefined) {
    const hint = `built in: ${source.names.join(', ')}; or the path of a file`;
    found.push({ severity: 'error', text: `there is no ${source.what} '${name}' (${file})`, hint });
    return undefined;
  }
  const json = parseCommentedJson(file, text);
  found.push(...json.diagnostics);
  return json.value === undefined ? undefined : { data: json.value, placeOf: json.placeOf, text };
}
