// All that the screen knows, as plain data (the log's lines aside, see log-window.ts). Views read it, `update` makes the
// next one.
import type { SessionInfo } from '../api/client.ts';
import type { Size } from '../terminal/terminal.ts';
import type { ButtonRow } from './button-rows.ts';
import type { CommandName } from './command-names.ts';
import type { Dialog } from './dialog.ts';
import type { FileLinks } from './file-links.ts';
import type { Keymap } from './keymap.ts';
import { computeLayout, type Layout, type LayoutInput, type PaneName } from './layout.ts';
import type { ListState } from './list-state.ts';
import { wholeLog } from './log-query.ts';
import { LineCache } from './log-rows.ts';
import type { LogState } from './log-state.ts';
import { LogWindow } from './log-window.ts';
import type { ResourceFacts } from './resource-facts.ts';
import type { ResourceRow } from './resource-row.ts';
import { noSurroundings, type Surroundings } from './session-feed.ts';
import type { Theme, Tone } from './theme.ts';
import type { UsageView } from './usage.ts';

export interface Toast {
  readonly text: string;
  readonly tone: Tone;
  readonly untilMs: number;
  readonly link?: string | undefined;
  /** It answers a key, at once: the next one takes it away. */
  readonly isAnswer?: boolean;
}

export interface Model {
  readonly size: Size;
  readonly nowMs: number;
  /** Folder of the Tiltfile; known before the session is. */
  readonly project: string;
  readonly session: SessionInfo | undefined;
  readonly keymap: Keymap;
  readonly theme: Theme;
  readonly ascii: boolean;
  /** A theme that is only looked at, and the one before. */
  readonly preview: { readonly name: string; readonly before: Theme } | undefined;
  /** Links to files that log lines name; undefined where the terminal has none. */
  readonly fileLinks: FileLinks | undefined;
  /** From SIGTERM to SIGKILL when the session ends, in ms. */
  readonly graceMs: number;
  /** In the order of definition. */
  readonly resources: readonly ResourceRow[];
  readonly list: ListState;
  readonly log: LogState;
  /** Cluster, newer version, arguments. */
  readonly surroundings: Surroundings;
  readonly buttons: readonly ButtonRow[];
  /** CPU and memory by resource; undefined while nobody wants to see them. */
  readonly usage: UsageView | undefined;
  /** Of the row whose details are shown; the facts of an older state of it while newer ones are read. */
  readonly facts: { readonly row: ResourceRow; readonly facts: ResourceFacts | undefined } | undefined;
  /** The pane that has the focus, as the shell last told (message `focus`); nothing else writes it. */
  readonly focus: PaneName;
  readonly isZoomed: boolean;
  /** The row that was clicked last. */
  readonly clicked?: { readonly key: string; readonly atMs: number } | undefined;
  /** The border between list and log: steps from where it usually is, positive ones give the list more. */
  readonly split: number;
  /** The mouse holds the border; whether it has moved it. */
  readonly holdsBorder: 'still' | 'moved' | undefined;
  /** Open dialogs, the topmost last. The shell opens and closes its own after these. */
  readonly dialogs: readonly Dialog[];
  readonly toast: Toast | undefined;
  /** The terminal takes frames slowly: what moves for its own sake moves less. */
  readonly isSlowLink: boolean;
  /** What is wrong with the session itself, for as long as it is. */
  readonly alarm: string | undefined;
  /** How often somebody pressed something: whether an answer that comes late is still waited for. */
  readonly inputs: number;
  /** Keys of a chord that is not complete. */
  readonly pendingKeys: readonly string[];
  readonly spinnerPhase: number;
  /** A command for many resources that wants to be given twice, and where it was given first. */
  readonly asked: { readonly command: CommandName; readonly key: string; readonly untilMs: number } | undefined;
  /** When Ctrl-C came last, for the second one. */
  readonly interruptedAtMs: number;
}

export interface FirstModel {
  readonly size: Size;
  readonly nowMs: number;
  readonly project: string;
  readonly keymap: Keymap;
  readonly theme: Theme;
  readonly ascii: boolean;
  readonly graceMs: number;
}

export function makeModel(first: FirstModel): Model {
  return {
    ...first,
    session: undefined,
    fileLinks: undefined,
    preview: undefined,
    resources: [],
    list: {
      rows: [],
      selected: 0,
      top: 0,
      collapsed: new Set(),
      filter: '',
      sort: 'order',
      marked: new Set(),
      starred: new Set(),
      hidesDisabled: false,
    },
    log: {
      window: new LogWindow(),
      cache: new LineCache(),
      generation: 0,
      resources: [],
      shownView: wholeLog,
      view: wholeLog,
      search: undefined,
      selection: undefined,
      near: undefined,
      drag: undefined,
      pressed: undefined,
      pretty: false,
      isAll: false,
      position: undefined,
      wrap: true,
      times: true,
      newestId: -1,
      newLines: 0,
      newErrors: 0,
      isFetching: false,
      isLoading: false,
      paused: new Map(),
    },
    surroundings: noSurroundings,
    buttons: [],
    usage: undefined,
    facts: undefined,
    focus: 'list',
    isZoomed: false,
    split: 0,
    holdsBorder: undefined,
    dialogs: [],
    toast: undefined,
    isSlowLink: false,
    alarm: undefined,
    inputs: 0,
    pendingKeys: [],
    spinnerPhase: 0,
    asked: undefined,
    interruptedAtMs: Number.NEGATIVE_INFINITY,
  };
}

/** What the layout is made of. */
export function layoutInput({ size, focus, isZoomed, list, split }: Model): LayoutInput {
  return { size, focus, isZoomed, split, listRows: Math.max(5, list.rows.length) };
}

export function layoutOf(model: Model): Layout {
  return computeLayout(layoutInput(model));
}
