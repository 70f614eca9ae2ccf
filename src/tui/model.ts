// All that the screen knows, as plain data (the log's lines aside, see log-window.ts). Views read it, `update` makes the
// next one.
import type { ExitChoice, ExitPlan, LogText, SessionInfo } from '../api/client.ts';
import { textWidth } from '../base/text-width.ts';
import type { Size } from '../terminal/terminal.ts';
import type { ButtonRow } from './button-rows.ts';
import type { CommandName } from './command-names.ts';
import type { FileLinks } from './file-links.ts';
import type { Keymap } from './keymap.ts';
import { computeLayout, type Layout, type LayoutInput, type PaneName } from './layout.ts';
import type { GroupListRow, ListRow, ListSort } from './list-rows.ts';
import { type LogView, wholeLog } from './log-query.ts';
import { LineCache, type LogLayout, type LogLook, type LogPosition, maxNameColumns } from './log-rows.ts';
import type { LogMark, LogSelection } from './log-selection.ts';
import { LogWindow } from './log-window.ts';
import type { ResourceFacts } from './resource-facts.ts';
import type { ResourceRow } from './resource-row.ts';
import { noSurroundings, type Surroundings } from './session-feed.ts';
import type { Theme, Tone } from './theme.ts';
import type { Usage } from './usage.ts';

export interface ListState {
  readonly rows: readonly ListRow[];
  /** Index into rows. */
  readonly selected: number;
  /** First row that is shown. */
  readonly top: number;
  readonly collapsed: ReadonlySet<string>;
  /** What is filtered by; '' for nothing. */
  readonly filter: string;
  readonly filterProblem?: string | undefined;
  readonly sort: ListSort;
  /** Names of resources that actions are for together. */
  readonly marked: ReadonlySet<string>;
  /** The row that was marked last: where a range begins. */
  readonly markFrom?: string | undefined;
  readonly starred: ReadonlySet<string>;
  readonly hidesDisabled: boolean;
  /** What was looked at and is no longer listed. Until a row is chosen, nothing is selected (gone.ts). */
  readonly gone?: GoneRow | undefined;
}

/** A row that went away under the eyes of somebody. */
export interface GoneRow {
  readonly key: string;
  /** Of the resource or group. */
  readonly name: string;
  /** Whose log was shown. */
  readonly resources: readonly string[];
  /** A sentence with the name: why it is not listed. */
  readonly reason: string;
}

export interface LogState {
  readonly window: LogWindow;
  readonly cache: LineCache;
  /** Of the cursor that the window belongs to; lines of older ones are late and dropped. */
  readonly generation: number;
  /** What the window shows: undefined for all, else names. */
  readonly resources: readonly string[] | undefined;
  /** What of it the window shows. */
  readonly shownView: LogView;
  /** What of it is wanted. */
  readonly view: LogView;
  readonly search: LogSearchState | undefined;
  readonly selection: LogSelection | undefined;
  /** The line that a key for errors or sections went to. */
  readonly near: number | undefined;
  /** The mouse is down since then, and where the pane stood before. */
  readonly drag: { readonly position: LogPosition | undefined } | undefined;
  /** Where and when the mouse was pressed last, for the second press of two. */
  readonly pressed: { readonly mark: LogMark; readonly atMs: number } | undefined;
  /** Lines of JSON take a row for each of their values. */
  readonly pretty: boolean;
  /** True while all resources are shown whatever is selected. */
  readonly isAll: boolean;
  /** Undefined: follows the end. */
  readonly position: LogPosition | undefined;
  readonly wrap: boolean;
  readonly times: boolean;
  /** The newest line that came, whether the window holds it or not. */
  readonly newestId: number;
  /** Came since following was paused. */
  readonly newLines: number;
  readonly newErrors: number;
  /** True while earlier or later lines are fetched. */
  readonly isFetching: boolean;
  readonly isLoading: boolean;
  /** Logs that were paused when the reader looked elsewhere, by what they show; the oldest first. */
  readonly paused: ReadonlyMap<string, PausedLog>;
}

/** A text that is searched for in the log. */
export interface LogSearchState {
  /** As it was typed; see log-query.ts. */
  readonly text: string;
  readonly query: LogText;
  readonly problem: string | undefined;
  /** Answers carry it. */
  readonly number: number;
  /** Which log the answers are about. */
  readonly place: string;
  /** Lines that have it, oldest first. */
  readonly ids: readonly number[];
  readonly throughId: number;
  /** There are more, older ones. */
  readonly isCut: boolean;
  readonly isRunning: boolean;
  /** The line that was gone to. */
  readonly current: number | undefined;
  /** The answer is to be gone to: the nearest one at or before this line. */
  readonly wantsNear: number | undefined;
}

/** Where somebody was in a log. */
export type PausedLog = Pick<LogState, 'window' | 'position' | 'newestId' | 'newLines' | 'newErrors'>;

/** What choosing a row of a list does. */
export type Action =
  | { readonly kind: 'command'; readonly command: CommandName }
  | { readonly kind: 'button'; readonly name: string }
  | { readonly kind: 'resource'; readonly name: string }
  | { readonly kind: 'endpoint'; readonly url: string }
  | { readonly kind: 'theme'; readonly name: string }
  | { readonly kind: 'copy'; readonly text: string }
  /** An object of a resource in its cluster, by its place among them. */
  | { readonly kind: 'object'; readonly resource: string; readonly index: number; readonly view: ObjectView }
  | { readonly kind: 'shell'; readonly pod: PodPlace; readonly container: string; readonly isAttach: boolean };

/** A pod as kubectl wants it. */
export interface PodPlace {
  readonly name: string;
  readonly namespace: string;
  readonly cluster: ClusterPlace;
}

/** A cluster as kubectl finds it; '' for what is the current one. */
export interface ClusterPlace {
  readonly context: string;
  readonly configPath: string;
}

export type ObjectView = 'yaml' | 'events' | 'diff';

export interface MenuItem {
  readonly action: Action;
  readonly title: string;
  readonly keys: readonly string[];
  /** Why it cannot be run now. */
  readonly off?: string | undefined;
}

/** What is open above the panes; it gets all input until it is closed. */
export type Dialog =
  /** `/`: the text that the list is filtered by, in the last line. */
  | {
      readonly kind: 'filter';
      /** What was filtered by before, and the row that was selected: both come back with Esc. */
      readonly from: string;
      readonly fromKey: string | undefined;
      /** Where the cursor is in the text of the filter. */
      readonly at: number;
    }
  /** `/` in the log: what is searched for. Everything comes back with Esc. */
  | {
      readonly kind: 'search';
      readonly text: string;
      readonly at: number;
      readonly from: Pick<LogState, 'search' | 'position'>;
      /** The last line that was seen when it began. */
      readonly nearId: number;
    }
  /** `&`: what lines must have to be shown. */
  | { readonly kind: 'log-filter'; readonly text: string; readonly at: number; readonly from: LogView }
  /** A text is asked for. */
  | { readonly kind: 'ask'; readonly what: AskedFor; readonly text: string; readonly at: number }
  /** `?`: every command, found by typing. */
  | { readonly kind: 'help'; readonly query: string; readonly at: number; readonly selected: number }
  /** `:`: everything, found by typing. */
  | { readonly kind: 'palette'; readonly query: string; readonly at: number; readonly selected: number }
  /** One of a few. */
  | { readonly kind: 'choose'; readonly title: string; readonly items: readonly MenuItem[]; readonly selected: number }
  /** Something to read. */
  | { readonly kind: 'note'; readonly title: string; readonly lines: readonly NoteLine[]; readonly copy: string }
  /** A longer text to read. */
  | { readonly kind: 'text'; readonly title: string; readonly lines: readonly string[]; readonly top: number }
  /** What a button asks for. */
  | {
      readonly kind: 'form';
      readonly button: ButtonRow;
      readonly values: Readonly<Record<string, string | boolean>>;
      /** Index of the input that is typed in, and where in its text. */
      readonly field: number;
      readonly at: number;
    }
  /** `x`: what can be done with the selected resource. */
  | { readonly kind: 'menu'; readonly selected: number }
  /** Of the selected resource or group. `top` is the first row shown. */
  | { readonly kind: 'details'; readonly top: number }
  | {
      readonly kind: 'exit';
      readonly plan?: ExitPlan | undefined;
      readonly top: number;
      /** A snapshot is saved before. */
      readonly hasSnapshot: boolean;
    }
  /** Down shows what goes and wants the word typed. */
  | { readonly kind: 'confirm-down'; readonly plan: ExitPlan; readonly text: string; readonly top: number }
  /** It happens. */
  | {
      readonly kind: 'leaving';
      readonly choice: ExitChoice;
      readonly lines: readonly string[];
      /** Servers that ran when it began, as far as they are known. */
      readonly servers: readonly string[];
      readonly startedAtMs: number;
    };

export interface NoteLine {
  readonly text: string;
  readonly link?: string | undefined;
}

/** What a text is typed for. */
export type AskedFor = 'log-file' | 'tiltfile-args';

export type DialogKind = Dialog['kind'];

export interface Toast {
  readonly text: string;
  readonly tone: Tone;
  readonly untilMs: number;
  readonly link?: string | undefined;
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
  readonly usage: ReadonlyMap<string, Usage> | undefined;
  /** Of the row whose details are shown; the facts of an older state of it while newer ones are read. */
  readonly facts: { readonly row: ResourceRow; readonly facts: ResourceFacts | undefined } | undefined;
  /** The pane that has the focus, as the shell last told (message `focus`); nothing else writes it. */
  readonly focus: PaneName;
  readonly isZoomed: boolean;
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
    pendingKeys: [],
    spinnerPhase: 0,
    asked: undefined,
    interruptedAtMs: Number.NEGATIVE_INFINITY,
  };
}

/** The dialog that gets the input. */
export function topDialog(model: Model): Dialog | undefined {
  return model.dialogs.at(-1);
}

export function openDialog(model: Model, dialog: Dialog): Model {
  return { ...model, dialogs: [...model.dialogs, dialog], pendingKeys: [] };
}

/** Closes the topmost one. */
export function closeDialog(model: Model): Model {
  return { ...model, dialogs: model.dialogs.slice(0, -1), pendingKeys: [] };
}

/** The model with the topmost dialog exchanged for a newer state of it. */
export function changeDialog(model: Model, dialog: Dialog): Model {
  return { ...model, dialogs: [...model.dialogs.slice(0, -1), dialog] };
}

/** The open dialog of a kind, wherever it lies. */
export function dialogOf<K extends DialogKind>(model: Model, kind: K): Extract<Dialog, { kind: K }> | undefined {
  return model.dialogs.find((dialog): dialog is Extract<Dialog, { kind: K }> => dialog.kind === kind);
}

/** What the layout is made of. */
export function layoutInput({ size, focus, isZoomed, list, split }: Model): LayoutInput {
  return { size, focus, isZoomed, split, listRows: Math.max(5, list.rows.length) };
}

export function layoutOf(model: Model): Layout {
  return computeLayout(layoutInput(model));
}

/** Undefined also while the row that was looked at is gone: no other takes its place by itself. */
export function selectedRow(model: Model): ListRow | undefined {
  return model.list.gone ? undefined : model.list.rows[model.list.selected];
}

/** The resource that is selected; undefined on a group. */
export function selectedResource(model: Model): ResourceRow | undefined {
  const row = selectedRow(model);
  return row?.kind === 'resource' ? row.resource : undefined;
}

export function selectedGroup(model: Model): GroupListRow | undefined {
  const row = selectedRow(model);
  return row?.kind === 'group' ? row : undefined;
}

/** The resources that an action is for: the marked ones, else the selected one, or all of the selected group. */
export function actionTargets(model: Model): readonly ResourceRow[] {
  const marked = markedResources(model);
  if (marked.length > 0) return marked;
  const row = selectedRow(model);
  return row ? resourcesOf(row) : [];
}

/** In the order of definition. */
export function markedResources({ list, resources }: Model): readonly ResourceRow[] {
  return list.marked.size === 0 ? [] : resources.filter(row => list.marked.has(row.name));
}

export function resourcesOf(row: ListRow): readonly ResourceRow[] {
  return row.kind === 'group' ? row.members : [row.resource];
}

/** Why nothing is selected. */
export function noTargetReason({ list }: Model): string {
  return list.gone?.reason ?? 'nothing is selected';
}

/** Narrow panes have no room for the time. */
const timesFromColumns = 48;
const namesFromColumns = 40;

/** How the log is laid out in a pane of that size. */
export function logLayout(model: Model, rect: { readonly width: number; readonly height: number }): LogLayout {
  const { log } = model;
  const isMany = log.resources === undefined || log.resources.length > 1;
  const look: LogLook = {
    width: rect.width,
    wrap: log.wrap,
    hasTimes: log.times && rect.width >= timesFromColumns,
    pretty: log.pretty,
    nameColumns: isMany && rect.width >= namesFromColumns ? nameColumns(model) : 0,
  };
  return { window: log.window, cache: log.cache, look, height: rect.height };
}

/** All names have the width of the longest one, whichever are shown now: the text must not move. */
function nameColumns(model: Model): number {
  const longest = model.resources.reduce((most, row) => Math.max(most, textWidth(row.name)), 0);
  return Math.min(longest + 2, maxNameColumns);
}
