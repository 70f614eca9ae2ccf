// What `update` wants done outside of the model, as data. The screen's runner does it and sends messages back.
import type { ExitChoice, LogFilter, LogText } from '../api/client.ts';
import type { FilePlace } from './file-places.ts';
import type { PaneName } from './layout.ts';
import type { LogStart, NearGoal } from './log-places.ts';
import type { LogView } from './log-query.ts';
import type { ObjectView, PodPlace } from './menu-item.ts';

export type Effect =
  /** Gives a pane the focus. The shell does it and tells with the message `focus`. */
  | { readonly kind: 'focus'; readonly pane: PaneName }
  /** Shows another log; answers and lines carry the generation. Resources left out: all. */
  | {
      readonly kind: 'show-log';
      readonly generation: number;
      readonly resources?: readonly string[] | undefined;
      readonly view: LogView['filter'];
      readonly from: LogStart;
    }
  /** Somebody is about to type a text that is looked for. */
  | { readonly kind: 'prepare-search' }
  /** Looks for all lines with a text; a newer number ends the search before it. */
  | {
      readonly kind: 'find';
      readonly number: number;
      readonly text: LogText;
      readonly filter: LogFilter;
      /** Goes on behind this line. */
      readonly afterId?: number | undefined;
    }
  | { readonly kind: 'stop-finding' }
  /** Looks for the next place of a kind, from a line on. */
  | {
      readonly kind: 'find-near';
      readonly generation: number;
      readonly goal: NearGoal;
      readonly filter: LogFilter;
      readonly fromId: number;
    }
  /** Puts a text into the terminal's clipboard; `what` is what the last line calls it. */
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  /** Copies all of the log that passes. */
  | { readonly kind: 'copy-log'; readonly filter: LogFilter }
  | { readonly kind: 'save-log'; readonly filter: LogFilter; readonly file: string }
  | { readonly kind: 'log-earlier'; readonly generation: number; readonly beforeId: number }
  | { readonly kind: 'log-later'; readonly generation: number; readonly afterId: number }
  | { readonly kind: 'trigger'; readonly resources: readonly string[] }
  | { readonly kind: 'set-disabled'; readonly resources: readonly string[]; readonly disabled: boolean }
  | { readonly kind: 'stop-build'; readonly resources: readonly string[] }
  /** Runs the Tiltfile with other arguments, given as a shell would have them. */
  | { readonly kind: 'set-args'; readonly text: string }
  | {
      readonly kind: 'set-trigger-modes';
      readonly modes: readonly { readonly resource: string; readonly mode: number }[];
    }
  /** Presses a button. */
  | { readonly kind: 'click'; readonly name: string; readonly inputs: Readonly<Record<string, string | boolean>> }
  /** Reads what there is to know of a resource; the message `facts` brings it. */
  | { readonly kind: 'load-facts'; readonly name: string }
  /** Opens an address in a browser, or tells how. */
  | { readonly kind: 'open-url'; readonly url: string }
  /** Opens a shell in a container, or attaches to what runs there. */
  | { readonly kind: 'shell'; readonly pod: PodPlace; readonly container: string; readonly isAttach: boolean }
  /** Lists the commands that ran, as a choice. */
  | { readonly kind: 'list-commands' }
  /** Lists the objects of a resource in its cluster, as a choice. */
  | { readonly kind: 'list-objects'; readonly resource: string }
  /** Shows one of them. */
  | { readonly kind: 'view-object'; readonly resource: string; readonly index: number; readonly view: ObjectView }
  /** Joins the terminal to that of a resource's process. */
  | { readonly kind: 'attach'; readonly resource: string }
  /** Begins or ends sampling CPU and memory. */
  | { readonly kind: 'sample-usage'; readonly isOn: boolean }
  /** Opens the first of these places that there is in the person's editor. */
  | { readonly kind: 'edit'; readonly places: readonly FilePlace[] }
  /** Loads a theme to be looked at. */
  | { readonly kind: 'preview-theme'; readonly name: string }
  /** Uses another theme for this run. */
  | { readonly kind: 'set-theme'; readonly name: string }
  | { readonly kind: 'load-exit-plan' }
  /** Ends the session; a second one is ignored. */
  | { readonly kind: 'leave'; readonly choice: ExitChoice; readonly hasSnapshot: boolean }
  /** Leaves no more time to what still runs. */
  | { readonly kind: 'hurry' }
  /** Stops waiting. */
  | { readonly kind: 'abandon' }
  | { readonly kind: 'stop-job' }
  | { readonly kind: 'redraw' };
