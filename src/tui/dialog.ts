// What may be open above the panes, each with what it remembers.
import type { ExitChoice, ExitPlan } from '../api/client.ts';
import type { ButtonRow } from './button-rows.ts';
import type { LogView } from './log-query.ts';
import type { LogState } from './log-state.ts';
import type { MenuItem } from './menu-item.ts';

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
      /** It is that of before, all of it selected: what is typed takes its place. */
      readonly isWhole: boolean;
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
