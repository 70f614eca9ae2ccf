// Colours and glyphs by meaning. A theme is JSON (themes/*.json); what it leaves out comes from the one it inherits.
// Colour is never the only signal: every status has a glyph, and an ASCII form of it.
// Does not: know which cell uses what, or how many colours the terminal has (the encoder reduces them).
import type { Diagnostic, Place } from '../base/diagnostics.ts';
import { nearestName } from '../base/nearest-name.ts';
import { parseColor, type Style } from '../terminal/style.ts';
import type { StatusRole } from './row-state.ts';
import { terminalTheme } from './theme-data.ts';

export type UiRole =
  | 'text'
  | 'muted'
  | 'accent'
  | 'border'
  | 'title'
  | 'group'
  | 'selection'
  | 'selection.inactive'
  | 'match'
  | 'match.current'
  | 'mark'
  | 'key'
  | 'hint'
  | 'input'
  | 'backdrop';
export type LogRole = 'error' | 'warn' | 'time' | 'marker' | 'build';
export type Tone = 'info' | 'success' | 'warn' | 'error';

export interface StatusLook {
  readonly style: Style;
  /** One column; `spinner` moves. */
  readonly glyph: string;
}

/** Characters that frames and marks are made of. */
export interface Glyphs {
  readonly horizontal: string;
  readonly vertical: string;
  readonly dotted: string;
  readonly open: string;
  readonly closed: string;
  readonly bar: string;
  readonly ellipsis: string;
  readonly dot: string;
  readonly cursor: string;
  /** Before a row that is marked, and before one with a star. */
  readonly marked: string;
  readonly starred: string;
  readonly spinner: readonly string[];
}

export interface Theme {
  readonly name: string;
  readonly ui: Readonly<Record<UiRole, Style>>;
  readonly status: Readonly<Record<StatusRole, StatusLook>>;
  readonly log: Readonly<Record<LogRole, Style>>;
  /** One of these for each resource, by its name. */
  readonly prefixes: readonly Style[];
  readonly toast: Readonly<Record<Tone, Style>>;
  readonly glyphs: Glyphs;
}

const unicodeGlyphs: Glyphs = {
  horizontal: '─',
  vertical: '│',
  dotted: '┄',
  open: '▾',
  closed: '▸',
  bar: '▌',
  ellipsis: '…',
  dot: '·',
  cursor: '▏',
  marked: '▌',
  starred: '*',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
};
const asciiGlyphs: Glyphs = {
  horizontal: '-',
  vertical: '|',
  dotted: '-',
  open: 'v',
  closed: '>',
  bar: '!',
  ellipsis: '~',
  dot: '-',
  cursor: '_',
  marked: '>',
  starred: '*',
  spinner: ['|', '/', '-', '\\'],
};

export interface ThemeOptions {
  readonly ascii: boolean;
  /** Where a setting stands in the person's file, for messages. */
  readonly placeOf?: ((path: readonly string[]) => Place) | undefined;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const sections = ['palette', 'ui', 'status', 'log', 'toast'] as const;
const modifiers = ['bold', 'dim', 'italic', 'underline', 'inverse', 'strike'] as const;

/** The built-in default, for the first frame. */
export function defaultTheme(ascii: boolean): Theme {
  return makeTheme([terminalTheme], { ascii }).theme;
}

/**
 * Makes a theme of its data; `chain` begins with the theme itself and ends with the one that inherits nothing. What cannot
 * be read is said and left as the inherited themes have it.
 */
export function makeTheme(
  chain: readonly unknown[],
  options: ThemeOptions,
): { theme: Theme; diagnostics: Diagnostic[] } {
  const layers = chain.filter(isObject).reverse();
  const reader = new ThemeReader(layers, options);
  return { theme: reader.read(), diagnostics: reader.diagnostics };
}

class ThemeReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #layers: readonly Json[];
  readonly #options: ThemeOptions;
  readonly #palette: Json;

  constructor(layers: readonly Json[], options: ThemeOptions) {
    this.#layers = layers;
    this.#options = options;
    this.#palette = this.#section('palette');
  }

  read(): Theme {
    this.#checkNames();
    const log = this.#section('log');
    const prefixes = Array.isArray(log['prefix']) ? log['prefix'] : ['default'];
    return {
      name: String(this.#layers.at(-1)?.['name'] ?? 'theme'),
      ui: this.#styles('ui') as Theme['ui'],
      status: this.#statuses(),
      log: this.#styles('log') as Theme['log'],
      prefixes: prefixes.map(value => this.#style(value, ['log', 'prefix'])),
      toast: this.#styles('toast') as Theme['toast'],
      glyphs: this.#options.ascii ? asciiGlyphs : unicodeGlyphs,
    };
  }

  /** A section with every layer's settings, the newest last. */
  #section(name: (typeof sections)[number]): Json {
    return Object.assign({}, ...this.#layers.map(layer => (isObject(layer[name]) ? layer[name] : {})));
  }

  #styles(section: 'ui' | 'log' | 'toast'): Record<string, Style> {
    const entries = Object.entries(this.#section(section)).filter(([role]) => role !== 'prefix');
    return Object.fromEntries(entries.map(([role, value]) => [role, this.#style(value, [section, role])]));
  }

  #statuses(): Theme['status'] {
    const looks: Record<string, StatusLook> = {};
    for (const layer of this.#layers) {
      for (const [role, value] of Object.entries(isObject(layer['status']) ? layer['status'] : {})) {
        const glyph = isObject(value) ? value[this.#options.ascii ? 'ascii' : 'glyph'] : undefined;
        const kept = typeof glyph === 'string' && glyph !== '' ? glyph : (looks[role]?.glyph ?? '?');
        looks[role] = { style: this.#style(value, ['status', role]), glyph: kept };
      }
    }
    return looks as Theme['status'];
  }

  #style(value: unknown, path: readonly string[]): Style {
    if (typeof value === 'string') return this.#color('fg', value, path);
    if (!isObject(value)) {
      this.#wrong(path, 'expected a colour, or { fg, bg, mods }');
      return {};
    }
    const style: Record<string, unknown> = {};
    for (const ground of ['fg', 'bg'] as const) {
      if (typeof value[ground] === 'string')
        Object.assign(style, this.#color(ground, value[ground], [...path, ground]));
    }
    for (const mod of Array.isArray(value['mods']) ? value['mods'] : []) {
      const name = mod === 'reverse' ? 'inverse' : mod;
      if ((modifiers as readonly unknown[]).includes(name)) style[String(name)] = true;
      else this.#wrong([...path, 'mods'], `'${String(mod)}' is no attribute; there are ${modifiers.join(', ')}`);
    }
    return Object.freeze(style);
  }

  #color(ground: 'fg' | 'bg', name: string, path: readonly string[]): Style {
    const named = this.#palette[name];
    const color = parseColor(typeof named === 'string' ? named : name);
    if (color === 'invalid') {
      const near = nearestName(name, Object.keys(this.#palette));
      this.#wrong(path, `'${name}' is no colour`, near && `did you mean '${near}'?`);
      return {};
    }
    return color === undefined ? {} : { [ground]: color };
  }

  /** Roles that the base theme does not have are mistyped, or of a later version: said, never fatal. */
  #checkNames(): void {
    const [base, ...rest] = this.#layers;
    for (const layer of rest) {
      for (const section of sections) {
        const given = isObject(layer[section]) ? layer[section] : {};
        const known = isObject(base?.[section]) ? Object.keys(base[section]) : [];
        if (section === 'palette') continue;
        for (const role of Object.keys(given)) {
          if (known.includes(role)) continue;
          const near = nearestName(role, known);
          this.#wrong([section, role], `unknown role '${role}'`, near && `did you mean '${near}'?`);
        }
      }
    }
  }

  #wrong(path: readonly string[], text: string, hint?: string): void {
    const at = this.#options.placeOf?.(path);
    const where = at ? text : `theme, ${path.join('.')}: ${text}`;
    this.diagnostics.push({ severity: 'warning', text: where, ...(at ? { at } : {}), ...(hint ? { hint } : {}) });
  }
}

/** The glyph of a status at this moment. */
export function statusGlyph(theme: Theme, role: StatusRole, spinnerPhase: number): string {
  const { glyph } = theme.status[role];
  if (glyph !== 'spinner') return glyph;
  const { spinner } = theme.glyphs;
  return spinner[spinnerPhase % spinner.length]!;
}

/** The look of a resource's name in the log of all: the same one in every run. */
export function prefixStyle(theme: Theme, resource: string): Style {
  let hash = 0;
  for (let i = 0; i < resource.length; i++) hash = (hash * 31 + resource.charCodeAt(i)) >>> 0;
  return theme.prefixes[hash % theme.prefixes.length] ?? {};
}
