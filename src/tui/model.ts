// All that the screen knows, as plain data (the log's lines aside, see log-window.ts). Views read it, `update` makes the
// next one.
import type { ExitChoice, ExitPlan, SessionInfo } from '../api/client.ts';
import { textWidth } from '../base/text-width.ts';
import type { Size } from '../terminal/terminal.ts';
import type { CommandName } from './command-names.ts';
import type { Keymap } from './keymap.ts';
import { computeLayout, type Layout, type PaneName } from './layout.ts';
import type { GroupListRow, ListRow } from './list-rows.ts';
import { LineCache, type LogLayout, type LogLook, type LogPosition, maxNameColumns } from './log-rows.ts';
import { LogWindow } from './log-window.ts';
import type { ResourceRow } from './resource-row.ts';
import type { Tone } from './theme.ts';

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
  /** What the filter was before typing began; defined while it is typed. */
  readonly typingFrom?: string | undefined;
}

export interface LogState {
  readonly window: LogWindow;
  readonly cache: LineCache;
  /** Of the cursor that the window belongs to; lines of older ones are late and dropped. */
  readonly generation: number;
  /** What the window shows: undefined for all, else names. */
  readonly resources: readonly string[] | undefined;
  /** True while all resources are shown whatever is selected. */
  readonly isAll: boolean;
  /** Undefined: follows the end. */
  readonly position: LogPosition | undefined;
  readonly wrap: boolean;
  readonly times: boolean;
  /** Came since following was paused. */
  readonly newLines: number;
  readonly newErrors: number;
  /** True while earlier or later lines are fetched. */
  readonly isFetching: boolean;
  readonly isLoading: boolean;
}

export interface MenuItem {
  readonly command: CommandName;
  readonly title: string;
  readonly keys: readonly string[];
  /** Why it cannot be run now. */
  readonly off?: string | undefined;
}

export type Overlay =
  /** `?`: every command, found by typing. */
  | { readonly kind: 'help'; readonly query: string; readonly selected: number }
  /** `x`: what can be done with the selected resource. */
  | { readonly kind: 'menu'; readonly selected: number }
  | { readonly kind: 'details' }
  | {
      readonly kind: 'exit';
      readonly plan?: ExitPlan | undefined;
      /** Down shows what goes and wants the word typed. */
      readonly confirm?: string | undefined;
    }
  /** It happens. */
  | {
      readonly kind: 'leaving';
      readonly choice: ExitChoice;
      readonly lines: readonly string[];
      readonly startedAtMs: number;
    };

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
  readonly ascii: boolean;
  /** In the order of definition. */
  readonly resources: readonly ResourceRow[];
  readonly list: ListState;
  readonly log: LogState;
  readonly focus: PaneName;
  readonly isZoomed: boolean;
  readonly overlay: Overlay | undefined;
  readonly toast: Toast | undefined;
  /** Keys of a chord that is not complete. */
  readonly pendingKeys: readonly string[];
  readonly spinnerPhase: number;
  /** When Ctrl-C came last, for the second one. */
  readonly interruptedAtMs: number;
}

export interface FirstModel {
  readonly size: Size;
  readonly nowMs: number;
  readonly project: string;
  readonly keymap: Keymap;
  readonly ascii: boolean;
}

export function makeModel(first: FirstModel): Model {
  return {
    ...first,
    session: undefined,
    resources: [],
    list: { rows: [], selected: 0, top: 0, collapsed: new Set(), filter: '' },
    log: {
      window: new LogWindow(),
      cache: new LineCache(),
      generation: 0,
      resources: [],
      isAll: false,
      position: undefined,
      wrap: true,
      times: true,
      newLines: 0,
      newErrors: 0,
      isFetching: false,
      isLoading: false,
    },
    focus: 'list',
    isZoomed: false,
    overlay: undefined,
    toast: undefined,
    pendingKeys: [],
    spinnerPhase: 0,
    interruptedAtMs: Number.NEGATIVE_INFINITY,
  };
}

export function layoutOf(model: Model): Layout {
  const { size, focus, isZoomed, list } = model;
  return computeLayout({ size, focus, isZoomed, listRows: Math.max(5, list.rows.length) });
}

export function selectedRow(model: Model): ListRow | undefined {
  return model.list.rows[model.list.selected];
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

/** The resources that an action is for: the selected one, or all of the selected group. */
export function actionTargets(model: Model): readonly ResourceRow[] {
  const row = selectedRow(model);
  if (!row) return [];
  return row.kind === 'group' ? row.members : [row.resource];
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
    nameColumns: isMany && rect.width >= namesFromColumns ? nameColumns(model) : 0,
  };
  return { window: log.window, cache: log.cache, look, height: rect.height };
}

/** All names have the width of the longest one, whichever are shown now: the text must not move. */
function nameColumns(model: Model): number {
  const longest = model.resources.reduce((most, row) => Math.max(most, textWidth(row.name)), 0);
  return Math.min(longest + 2, maxNameColumns);
}
