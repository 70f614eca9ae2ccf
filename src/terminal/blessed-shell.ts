// The shell on neo-blessed: its Screen keeps the elements, their order and the focus; our panes are elements that paint
// into the grid; its stock widgets (Box, Message, Question, Prompt) may be appended to `screen` and are copied from its
// cells. Loaded on demand, after the first frame.
// Does not: let neo-blessed read or write the terminal, or see text of logs and resources.
import type Element from 'neo-blessed/lib/widgets/element.js';
import type Screen from 'neo-blessed/lib/widgets/screen.js';
import { type Disposable, toDisposable } from '../base/disposable.ts';
import { eachCell } from '../base/text-width.ts';
import { QuietProgram } from './blessed-program.ts';
import type { Grid } from './grid.ts';
import type { InputEvent, KeyEvent, MouseEvent } from './input-events.ts';
import { PaintedPanes } from './painted-panes.ts';
import { type Pane, paintPane } from './pane.ts';
import { contains, type Rect } from './rect.ts';
import { handOver, nextPane, type Shell } from './shell.ts';
import type { Style } from './style.ts';
import type { Size } from './terminal.ts';

/** A shell that can also host neo-blessed's own widgets. */
export interface BlessedShell extends Shell {
  /** Parent for stock widgets: `new Question({ parent: shell.screen, ... })`. Only ASCII, only our own words. */
  readonly screen: Screen;
}

/**
 * Loads neo-blessed (only Screen and Element) and makes the shell. `onWantsFrame` is called when a widget changed. The
 * library comes in pieces of a few ms, with a pause after each, so that keys and frames do not wait for all of it.
 */
export async function loadBlessedShell(onWantsFrame: () => void): Promise<BlessedShell> {
  await inPieces([
    () => import('neo-blessed/lib/alias.js'),
    () => import('neo-blessed/lib/colors.js'),
    () => import('neo-blessed/lib/tput.js'),
    () => import('neo-blessed/lib/program.js'),
    () => import('neo-blessed/lib/unicode.js'),
    () => import('neo-blessed/lib/widgets/node.js'),
  ]);
  const { default: ElementClass } = await import('neo-blessed/lib/widgets/element.js');
  await pause();
  const { default: ScreenClass } = await import('neo-blessed/lib/widgets/screen.js');
  await pause();
  const program = new QuietProgram();
  // Restoring the terminal is the lifecycle's; a second handler on the process would end it with code 0.
  ScreenClass._bound = true;
  const screen = new ScreenClass({
    program,
    fullUnicode: true,
    forceUnicode: true,
    autoPadding: false,
    warnings: false,
  });
  screen.render = onWantsFrame;
  screen.draw = () => {};
  return new NeoBlessedShell({ screen, program, Screen: ScreenClass, Element: ElementClass });
}

async function inPieces(loads: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const load of loads) {
    await load();
    await pause();
  }
}

/** Lets everything run that waits. */
function pause(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

interface Parts {
  readonly screen: Screen;
  readonly program: QuietProgram;
  readonly Screen: typeof Screen;
  readonly Element: typeof Element;
}

class NeoBlessedShell implements BlessedShell {
  readonly screen: Screen;
  readonly #program: QuietProgram;
  readonly #Screen: typeof Screen;
  readonly #Element: typeof Element;
  readonly #paneOf = new Map<Element, Pane>();
  #dialogs: Element[] = [];
  #size: Size = { columns: 80, rows: 24 };
  readonly #painted = new PaintedPanes();

  constructor(parts: Parts) {
    this.screen = parts.screen;
    this.#program = parts.program;
    this.#Screen = parts.Screen;
    this.#Element = parts.Element;
  }

  get focused(): string | undefined {
    return this.screen.focused?.name;
  }

  add(pane: Pane): Disposable {
    const element = this.#append(pane);
    if (pane.canFocus && !this.screen.focused) element.focus();
    return toDisposable(() => {
      this.#remove(element);
      if (!this.screen.focused) this.focusNext(1);
    });
  }

  open(dialog: Pane): Disposable {
    const element = this.#append(dialog);
    this.#dialogs.push(element);
    element.focus();
    return toDisposable(() => {
      this.#dialogs = this.#dialogs.filter(d => d !== element);
      this.#remove(element);
    });
  }

  focus(name: string): boolean {
    const found = [...this.#paneOf].find(([, pane]) => pane.name === name && pane.canFocus);
    if (!found || this.#dialogs.length > 0) return false;
    found[0].focus();
    return true;
  }

  focusNext(step: 1 | -1): void {
    if (this.#dialogs.length > 0) return;
    const panes = [...this.#paneOf.values()];
    const next = nextPane(panes, this.#focusedPane(), { step, size: this.#size });
    if (next) this.focus(next.name);
  }

  handle(event: InputEvent): boolean {
    if (event.kind === 'mouse') return this.#mouse(event);
    const pane = this.#focusedPane();
    if (pane) return handOver(pane, event);
    if (event.kind !== 'key' || !this.screen.focused) return false;
    this.#program.emit('keypress', event.text ?? '', blessedKey(event));
    return true;
  }

  paint(grid: Grid): void {
    this.#resizeTo(grid);
    grid.cursor = undefined;
    this.screen.emit('prerender');
    this.screen._borderStops = {};
    const { children } = this.screen;
    const panes = children.flatMap(element => this.#paneOf.get(element) ?? []);
    const isOurs = this.#dialogs.length === 0 && panes.length === children.length && !children.some(e => e.hidden);
    if (isOurs) this.#paintPanes(grid, panes);
    else this.#paintAll(grid);
    this.screen.emit('render');
  }

  /** Without dialogs and stock widgets each pane has its place to itself, and those that stay as they are keep it. */
  #paintPanes(grid: Grid, panes: readonly Pane[]): void {
    const rects = this.#painted.paint(grid, panes, this.#focusedPane());
    for (const [index, element] of this.screen.children.entries()) setPlace(element, index, rects[index]!);
  }

  #paintAll(grid: Grid): void {
    this.#painted.forget();
    grid.clear();
    for (const [index, element] of this.screen.children.entries()) {
      if (element.hidden) {
        element.index = index;
        continue;
      }
      const pane = this.#paneOf.get(element);
      if (pane) {
        const rect = pane.place({ columns: grid.width, rows: grid.height });
        paintPane(grid, pane, { rect, isFocused: element === this.screen.focused });
        setPlace(element, index, rect);
      } else {
        element.index = index;
        this.#allocate();
        element.render();
        copyCells(this.screen, element, grid);
      }
    }
  }

  dispose(): void {
    this.#dialogs = [];
    this.#paneOf.clear();
    for (const element of [...this.screen.children]) this.screen.remove(element);
    // Its own destroy() would take handlers off the process that it was kept from installing.
    const { instances } = this.#Screen;
    instances.splice(instances.indexOf(this.screen), 1);
    this.#Screen.total = instances.length;
    this.#Screen.global = instances[0] ?? null;
  }

  #focusedPane(): Pane | undefined {
    const { focused } = this.screen;
    return focused && this.#paneOf.get(focused);
  }

  #append(pane: Pane): Element {
    const element = new this.#Element({ parent: this.screen, screen: this.screen, name: pane.name });
    this.#paneOf.set(element, pane);
    // The screen gives the focus to its first element, whatever it is.
    if (this.screen.focused === element && !pane.canFocus) this.screen.history.pop();
    return element;
  }

  #remove(element: Element): void {
    this.#paneOf.delete(element);
    this.screen.remove(element);
  }

  #mouse(event: MouseEvent): boolean {
    const dialog = this.#dialogs.at(-1);
    const under = this.screen.children.findLast(child => !child.hidden && covers(child, event.x, event.y));
    const target = dialog ?? under;
    const pane = target && this.#paneOf.get(target);
    if (pane) {
      if (!dialog && event.action === 'press' && pane.canFocus) target.focus();
      return pane.onMouse?.(event, pane.place(this.#size)) ?? false;
    }
    if (!target) return false;
    this.#program.emit('mouse', blessedMouse(event));
    return true;
  }

  #resizeTo(grid: Grid): void {
    if (this.#program.cols === grid.width && this.#program.rows === grid.height) return;
    this.#size = { columns: grid.width, rows: grid.height };
    this.#program.cols = grid.width;
    this.#program.rows = grid.height;
    this.#program.scrollBottom = grid.height - 1;
  }

  /** Its own cells are two arrays a cell, twice; they are only there while one of its widgets is. */
  #allocate(): void {
    const { lines } = this.screen;
    const { cols, rows } = this.#program;
    if (lines.length !== rows || lines[0]?.length !== cols) this.screen.alloc();
  }
}

function setPlace(element: Element, index: number, rect: Rect): void {
  element.index = index;
  element.lpos = { xi: rect.x, xl: rect.x + rect.width, yi: rect.y, yl: rect.y + rect.height };
}

function covers(element: Element, x: number, y: number): boolean {
  const at = element.lpos;
  return !!at && contains({ x: at.xi, y: at.yi, width: at.xl - at.xi, height: at.yl - at.yi }, x, y);
}

/** Copies what a stock widget drew into the screen's own cells. */
function copyCells(screen: Screen, element: Element, grid: Grid): void {
  const at = element.lpos;
  if (!at) return;
  for (let y = Math.max(0, at.yi); y < Math.min(at.yl, grid.height); y++) {
    for (let x = Math.max(0, at.xi); x < Math.min(at.xl, grid.width); x++) {
      const [attr, text] = screen.lines[y]?.[x] ?? [0x3ffff, ' '];
      let isFirst = true;
      eachCell(text, (cell, width) => {
        if (isFirst) grid.put(x, y, cell, styleOf(attr), width);
        isFirst = false;
        return false;
      });
    }
  }
}

const knownStyles = new Map<number, Style>();

/** neo-blessed packs flags, foreground and background into 5 + 9 + 9 bits; 0x1ff is the default colour. */
function styleOf(attr: number): Style {
  let style = knownStyles.get(attr);
  if (!style) {
    const flags = attr >> 18;
    const [fg, bg] = [(attr >> 9) & 0x1ff, attr & 0x1ff];
    style = Object.freeze({
      ...(fg < 256 ? { fg } : {}),
      ...(bg < 256 ? { bg } : {}),
      ...(flags & 1 ? { bold: true } : {}),
      ...(flags & 2 ? { underline: true } : {}),
      ...(flags & 8 ? { inverse: true } : {}),
    });
    knownStyles.set(attr, style);
  }
  return style;
}

/** A key in neo-blessed's words: `C-c`, `M-x`, `S-tab`, `escape`. */
function blessedKey(event: KeyEvent): Record<string, unknown> {
  const parts = event.name.split(/-(?=.)/);
  const base = parts.at(-1)!;
  const has = (name: string): boolean => parts.slice(0, -1).includes(name);
  const name = base === 'esc' ? 'escape' : base;
  const isUpper = name.length === 1 && name !== name.toLowerCase();
  const [ctrl, meta, shift] = [has('ctrl'), has('alt'), has('shift') || isUpper];
  const full = `${ctrl ? 'C-' : ''}${meta ? 'M-' : ''}${shift && (ctrl || name.length === 1 || has('shift')) ? 'S-' : ''}`;
  return { name: name.toLowerCase(), full: full + name.toLowerCase(), sequence: event.text ?? '', ctrl, meta, shift };
}

function blessedMouse(event: MouseEvent): Record<string, unknown> {
  const actions = { press: 'mousedown', release: 'mouseup', drag: 'mousemove', move: 'mousemove', wheel: 'wheel' };
  const action = event.action === 'wheel' ? `wheel${event.wheel ?? 'up'}` : actions[event.action];
  const { ctrl, shift, alt: meta } = event.modifiers;
  return { action, button: event.button, x: event.x, y: event.y, ctrl, shift, meta };
}
