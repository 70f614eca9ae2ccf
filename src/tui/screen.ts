// The screen at work: messages come in, `update` makes the next model, its effects are done, a frame is asked for.
// Does not: decide anything (update.ts), draw (panes.ts, dialog-boxes.ts), hand out inputs (screen-shell.ts), or know how a session is started and stopped (its host does).
import type { Client, ExitChoice } from '../api/client.ts';
import { makeDeferred } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Scope } from '../base/disposable.ts';
import type { Grid } from '../terminal/grid.ts';
import type { InputEvent } from '../terminal/input-events.ts';
import { popTitle, pushTitle } from '../terminal/osc.ts';
import type { Shell } from '../terminal/shell.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { Alerts } from './alerts.ts';
import { EffectRunner } from './effect-runner.ts';
import type { Effect } from './effects.ts';
import { FileLinks } from './file-links.ts';
import type { ScreenHost } from './host.ts';
import type { Keymap } from './keymap.ts';
import type { Message } from './messages.ts';
import { type Model, makeModel } from './model.ts';
import { dialogOf } from './open-dialogs.ts';
import { ResourceFeed } from './resource-feed.ts';
import { readSavedView, type SavedView, withSavedView } from './saved-view.ts';
import { ScreenShell } from './screen-shell.ts';
import { SessionFeed } from './session-feed.ts';
import type { Theme } from './theme.ts';
import { update } from './update.ts';
import { ViewKeeper } from './view-keeper.ts';
import { isQuiet, isSpinning, nextLookMs, spinnerPeriod } from './wake-times.ts';

export interface ScreenOptions {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly theme: Theme;
  readonly keymap: Keymap;
  readonly ascii: boolean;
  /** Folder of the Tiltfile. */
  readonly project: string;
  readonly client: Client;
  readonly host: ScreenHost;
  /** What was remembered of the project. */
  readonly savedView?: SavedView | undefined;
  /** Holds the panes from the first frame on. The screen disposes it. */
  readonly shell: Shell;
  /** Loads the shell that takes over when there is time for it; with a failure the first one stays. */
  readonly loadShell?: ((onWantsFrame: () => void) => Promise<Shell>) | undefined;
  /** From SIGTERM to SIGKILL when the session ends, in ms. */
  readonly graceMs: number;
  /** Ends the session at once, without any more patience. */
  readonly hurry: () => void;
}

/** How the screen ended. */
export interface ScreenEnd {
  /** `abandoned`: somebody pressed Ctrl-C until nobody waited any longer. */
  readonly how: 'left' | 'abandoned' | 'detached';
  readonly choice: ExitChoice;
  /** What was said while leaving. */
  readonly progress: readonly string[];
  /** What was chosen could not be done, or not all of it: why. */
  readonly failure?: string | undefined;
  /** The resources as they were before leaving began. */
  readonly atLeaving: Model['resources'];
}

/** How long nothing must have gone on before the other shell is loaded, and how long a dialog's first frame may take, in ms. */
const quietMs = 1000;
const dialogPaintedMs = 60;
/** A frame that takes longer came over a slow link; shorter ones over a fast one, in ms. */
const slowFrameMs = 250;
const fastFrameMs = 60;

export class Screen implements Disposable {
  readonly #options: ScreenOptions;
  readonly #scope = new Scope();
  readonly #ended = makeDeferred<ScreenEnd>();
  readonly #effects: EffectRunner;
  readonly #shell: ScreenShell;
  #model: Model;
  #shellLoading: 'no' | 'waits' | 'begun' = 'no';
  #spinner: Disposable | undefined;
  #spinnerMs = 0;
  #timer: Disposable | undefined;
  /** When it is due, on the clock. */
  #timerAtMs: number | undefined;
  #isLeaving = false;
  #atLeaving: Model['resources'] = [];
  readonly #alerts: Alerts;
  readonly #keeper: ViewKeeper;

  constructor(options: ScreenOptions) {
    this.#options = options;
    const { terminal, clock, keymap, ascii, project, client } = options;
    const { theme, graceMs } = options;
    const first = { size: terminal.size, nowMs: clock.now(), project, keymap, theme, ascii, graceMs };
    const { findFile, hostName } = options.host;
    const fileLinks = terminal.capabilities.links
      ? new FileLinks({ findFile, hostName, onFound: () => this.#send({ kind: 'tick' }) })
      : undefined;
    this.#model = { ...withSavedView(makeModel(first), options.savedView ?? readSavedView(undefined)), fileLinks };
    this.#keeper = new ViewKeeper({ clock, model: () => this.#model, save: view => options.host.saveView(view) });
    this.#alerts = new Alerts(terminal);
    this.#shell = this.#scope.add(
      new ScreenShell({ shell: options.shell, model: () => this.#model, send: this.#send }),
    );
    const model = (): Model => this.#model;
    this.#effects = this.#scope.add(new EffectRunner({ ...options, model, send: this.#send }));
    this.#scope.add(terminal.onInput(event => this.input(event)));
    this.#scope.add(terminal.onResize(size => this.#send({ kind: 'resize', size })));
    this.#scope.defer(() => this.#spinner?.dispose());
    this.#scope.defer(() => this.#timer?.dispose());
    terminal.send(pushTitle);
    this.#send({ kind: 'session', info: client.session });
    const resources = this.#scope.add(new ResourceFeed(client, clock, rows => this.#send({ kind: 'resources', rows })));
    resources.start();
    const surroundings = this.#scope.add(
      new SessionFeed(client, found => this.#send({ kind: 'surroundings', surroundings: found })),
    );
    surroundings.read();
  }

  /** Resolves when the screen is left; what comes after that is the host's. */
  get ended(): Promise<ScreenEnd> {
    return this.#ended.promise;
  }

  get model(): Model {
    return this.#model;
  }

  /** Hands in what came before the screen was there. */
  input(event: InputEvent): void {
    if (this.#scope.isDisposed) return;
    if (event.kind === 'focus') this.#alerts.focus(event.focused);
    this.#shell.handle(event);
    // A click may have moved the focus without any other consequence.
    this.#mirrorFocus();
  }

  /** Shows in the header what is wrong as long as it is; undefined takes it away. */
  alarm(text: string | undefined): void {
    this.#send({ kind: 'alarm', text });
  }

  /** Says something in the last line. */
  say(text: string, tone: 'info' | 'warn' | 'error'): void {
    this.#send({ kind: 'toast', text, tone });
  }

  /** The session is to end: a signal came, or a request over the API. */
  end(): void {
    this.#send({ kind: 'end-asked' });
  }

  /** The terminal hung up: the screen goes, the session stays. */
  detach(): void {
    this.#finish('detached', 'keep');
  }

  dispose(): void {
    if (this.#scope.isDisposed) return;
    this.#keeper.dispose();
    this.#options.terminal.send(popTitle);
    this.#scope.dispose();
  }

  readonly #send = (message: Message, urgency: 'key' | 'normal' = 'normal'): void => {
    if (this.#scope.isDisposed) return;
    if (message.kind === 'mouse') this.#mirrorFocus();
    this.#step(message);
    this.#mirrorFocus();
    this.#schedule();
    if (!dialogOf(this.#model, 'leaving')) this.#alerts.look(this.#model);
    this.#lookAtLink();
    this.#keeper.look();
    this.#requestFrame(urgency);
  };

  #step(message: Message): void {
    const { model, effects } = update(this.#model, message, this.#options.clock.now());
    this.#model = model;
    // A dialog that is open keeps the focus, so old ones go before it moves and new ones come after.
    this.#shell.closeGone();
    for (const effect of effects) this.#do(effect);
    this.#shell.openNew();
  }

  /** The focus is the shell's; the model hears of it here and nowhere else. */
  #mirrorFocus(): void {
    const pane = this.#shell.focusedPane;
    if (pane !== undefined && pane !== this.#model.focus) this.#step({ kind: 'focus', pane });
  }

  #requestFrame(urgency: 'key' | 'normal'): void {
    this.#options.terminal.requestFrame(this.#paint, urgency);
  }

  readonly #paint = (grid: Grid): void => this.#shell.paint(grid);

  #schedule(): void {
    const { clock } = this.#options;
    if (!isSpinning(this.#model)) {
      this.#spinner?.dispose();
      this.#spinner = undefined;
    } else if (!this.#spinner || this.#spinnerMs !== spinnerPeriod(this.#model)) {
      this.#spinner?.dispose();
      this.#spinnerMs = spinnerPeriod(this.#model);
      this.#spinner = clock.every(this.#spinnerMs, () => this.#send({ kind: 'spin' }));
    }
    this.#lookAgainAt(nextLookMs(this.#model));
    this.#considerShell();
  }

  #lookAgainAt(atMs: number | undefined): void {
    if (this.#timer && this.#timerAtMs === atMs) return;
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#timerAtMs = atMs;
    if (atMs === undefined) return;
    const { clock } = this.#options;
    this.#timer = clock.after(Math.max(1, atMs - clock.now()), () => {
      this.#timer = undefined;
      this.#send({ kind: 'tick' });
    });
  }

  /** The other shell is loaded in a quiet moment, or when the first dialog opens, after that has been painted. */
  #considerShell(): void {
    const { loadShell, clock } = this.#options;
    if (!loadShell || this.#shellLoading !== 'no') return;
    const hasDialog = this.#model.dialogs.length > 0;
    if (!hasDialog && !isQuiet(this.#model)) return;
    this.#shellLoading = 'waits';
    const waiting = clock.after(hasDialog ? dialogPaintedMs : quietMs, () => {
      if (hasDialog || isQuiet(this.#model)) {
        this.#shellLoading = 'begun';
        void this.#loadShell(loadShell);
      } else this.#shellLoading = 'no';
    });
    this.#scope.defer(() => waiting.dispose());
  }

  async #loadShell(loadShell: NonNullable<ScreenOptions['loadShell']>): Promise<void> {
    let shell: Shell;
    try {
      shell = await loadShell(() => this.#requestFrame('normal'));
    } catch {
      // The first shell does all that the screen needs.
      return;
    }
    if (this.#scope.isDisposed) shell.dispose();
    else this.#shell.takeOver(shell);
  }

  /** Frames that wait long mean a slow link. It counts as fast again when frames are taken at once. */
  #lookAtLink(): void {
    const { waitingMs, lastFrameMs } = this.#options.terminal.output;
    const tookMs = Math.max(waitingMs, lastFrameMs);
    const isSlow = this.#model.isSlowLink ? tookMs > fastFrameMs : tookMs > slowFrameMs;
    if (isSlow !== this.#model.isSlowLink) this.#step({ kind: 'link', isSlow });
  }

  /** The person changed the settings. */
  takeSettings(settings: { readonly keymap: Keymap; readonly theme: Theme; readonly ascii: boolean }): void {
    this.#send({ kind: 'settings', ...settings });
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case 'focus':
        this.#shell.focus(effect.pane);
        break;
      case 'leave':
        this.#leave(effect);
        break;
      case 'hurry':
        this.#options.hurry();
        break;
      case 'abandon':
        this.#finish('abandoned', 'keep');
        break;
      default:
        this.#effects.run(effect);
    }
  }

  #leave({ choice, hasSnapshot }: Extract<Effect, { kind: 'leave' }>): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    this.#atLeaving = this.#model.resources;
    this.#options.client
      .exit(choice, line => this.#send({ kind: 'exit-progress', line }), { hasSnapshot })
      .then(
        () => this.#finish('left', choice),
        (error: unknown) => this.#finish('left', choice, error instanceof Error ? error.message : String(error)),
      );
  }

  #finish(how: ScreenEnd['how'], choice: ExitChoice, failure?: string): void {
    const { resources } = this.#model;
    const progress = dialogOf(this.#model, 'leaving')?.lines ?? [];
    this.#ended.resolve({ how, choice, progress, failure, atLeaving: this.#isLeaving ? this.#atLeaving : resources });
  }
}
