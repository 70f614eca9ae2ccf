// What `update` wants done outside of the model, as data. The screen's runner does it and sends messages back.
import type { ExitChoice } from '../api/client.ts';
import type { PaneName } from './layout.ts';

export type Effect =
  /** Gives a pane the focus. The shell does it and tells with the message `focus`. */
  | { readonly kind: 'focus'; readonly pane: PaneName }
  /** Shows another log; answers and lines carry the generation. Resources left out: all. */
  | {
      readonly kind: 'show-log';
      readonly generation: number;
      readonly resources?: readonly string[] | undefined;
      readonly from: 'start' | 'end';
    }
  | { readonly kind: 'log-earlier'; readonly generation: number; readonly beforeId: number }
  | { readonly kind: 'log-later'; readonly generation: number; readonly afterId: number }
  | { readonly kind: 'trigger'; readonly resources: readonly string[] }
  | { readonly kind: 'set-disabled'; readonly resources: readonly string[]; readonly disabled: boolean }
  | { readonly kind: 'stop-build'; readonly resources: readonly string[] }
  | { readonly kind: 'load-exit-plan' }
  /** Ends the session; a second one is ignored. */
  | { readonly kind: 'leave'; readonly choice: ExitChoice }
  /** Leaves no more time to what still runs. */
  | { readonly kind: 'hurry' }
  /** Stops waiting. */
  | { readonly kind: 'abandon' }
  | { readonly kind: 'stop-job' }
  | { readonly kind: 'redraw' };
