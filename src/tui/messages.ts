// Everything that can wake the screen, as one closed union.
import type { ExitPlan, LogLine, LogMatches, SessionInfo } from '../api/client.ts';
import type { KeyEvent, MouseEvent } from '../terminal/input-events.ts';
import type { Rect } from '../terminal/rect.ts';
import type { Size } from '../terminal/terminal.ts';
import type { DialogKind, NoteLine } from './dialog.ts';
import type { Keymap } from './keymap.ts';
import type { PaneName } from './layout.ts';
import type { NearGoal } from './log-places.ts';
import type { MenuItem } from './menu-item.ts';
import type { ResourceFacts } from './resource-facts.ts';
import type { ResourceRow } from './resource-row.ts';
import type { Surroundings } from './session-feed.ts';
import type { Theme, Tone } from './theme.ts';
import type { UsageView } from './usage.ts';

/** What can get an input; `beside` are panes that take none, where the mouse may still be while it holds something. */
export type InputPlace = PaneName | DialogKind | 'divider' | 'beside';

/** What opens a dialog says when it was asked for (`Model.inputs` of then): who did something else since is not disturbed. */
interface Asked {
  readonly askedAt: number;
}

export type Message =
  /** `at` is the pane or dialog that the shell gave the input to. */
  | { readonly kind: 'key'; readonly at: InputPlace; readonly event: KeyEvent }
  /** `rect` is where that pane or dialog is; positions in the event are those of the screen. */
  | { readonly kind: 'mouse'; readonly at: InputPlace; readonly event: MouseEvent; readonly rect: Rect }
  | { readonly kind: 'paste'; readonly at: InputPlace; readonly text: string }
  /** The shell gave the focus to another pane. */
  | { readonly kind: 'focus'; readonly pane: PaneName }
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'session'; readonly info: SessionInfo }
  /** All resources, in the order of definition; objects that did not change are the same ones. */
  | { readonly kind: 'resources'; readonly rows: readonly ResourceRow[] }
  /** Lines at the live end. `isFresh`: the window begins with them (it was opened, or the log ran ahead of us). */
  | {
      readonly kind: 'log-lines';
      readonly generation: number;
      readonly lines: readonly LogLine[];
      readonly isFresh: boolean;
      /** The first line there is, is among them. */
      readonly isStart: boolean;
      /** Which end of the log a fresh window was opened at. */
      readonly from: 'start' | 'end';
    }
  | {
      readonly kind: 'log-earlier';
      readonly generation: number;
      readonly lines: readonly LogLine[];
      readonly isStart: boolean;
    }
  | {
      readonly kind: 'log-later';
      readonly generation: number;
      readonly lines: readonly LogLine[];
      readonly isEnd: boolean;
    }
  /** A window about a line that somebody goes to. */
  | {
      readonly kind: 'log-around';
      readonly generation: number;
      readonly lineId: number;
      readonly lines: readonly LogLine[];
      readonly isStart: boolean;
      readonly isEnd: boolean;
    }
  /** Lines that have the text that is searched for; `number` is the search's. */
  | { readonly kind: 'found'; readonly number: number; readonly matches: LogMatches; readonly isMore: boolean }
  /** It could not be looked for. */
  | { readonly kind: 'not-found'; readonly number: number; readonly problem: string }
  /** The log cannot be read by the words that are asked for. */
  | { readonly kind: 'view-failed'; readonly generation: number; readonly problem: string }
  /** The place that somebody wants to go to; undefined where there is none. */
  | {
      readonly kind: 'near-found';
      readonly generation: number;
      readonly goal: NearGoal;
      readonly lineId: number | undefined;
    }
  | { readonly kind: 'surroundings'; readonly surroundings: Surroundings }
  | { readonly kind: 'facts'; readonly facts: ResourceFacts }
  /** The first of them is selected, or the one given. */
  | ({
      readonly kind: 'choose';
      readonly title: string;
      readonly items: readonly MenuItem[];
      readonly selected?: number;
    } & Asked)
  | ({ readonly kind: 'text'; readonly title: string; readonly lines: readonly string[] } & Asked)
  /** Something to read that nobody should miss. */
  | ({
      readonly kind: 'note';
      readonly title: string;
      readonly lines: readonly NoteLine[];
      readonly copy: string;
    } & Asked)
  /** The person changed the keymap or the theme. */
  | { readonly kind: 'settings'; readonly keymap: Keymap; readonly theme: Theme; readonly ascii: boolean }
  /** A theme to be looked at. */
  | { readonly kind: 'theme-preview'; readonly name: string; readonly theme: Theme }
  | { readonly kind: 'usage'; readonly usage: UsageView }
  | { readonly kind: 'link'; readonly isSlow: boolean }
  /** Time went on: ages, toasts. */
  | { readonly kind: 'tick' }
  | { readonly kind: 'spin' }
  | { readonly kind: 'toast'; readonly text: string; readonly tone: Tone; readonly link?: string | undefined }
  /** Something is wrong as long as it is said: for the header, in few words; undefined when it is well again. */
  | { readonly kind: 'alarm'; readonly text: string | undefined }
  | { readonly kind: 'exit-plan'; readonly plan: ExitPlan }
  | { readonly kind: 'exit-progress'; readonly line: string }
  /** Somebody else ends the session: a signal, or a request over the API. */
  | { readonly kind: 'end-asked' };
