// The screen at work: messages come in, `update` makes the next model, its effects are done, a frame is asked for.
// Does not: decide anything (update.ts), draw (panes.ts, dialog-boxes.ts), hand out inputs (screen-shell.ts), or know how a session is started and stopped (its host does).
import type { Client, ExitChoice, LogFilter } from '../api/client.ts';
import { makeDeferred } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Scope } from '../base/disposable.ts';
import { unreachable } from '../base/unreachable.ts';
import type { Grid } from '../terminal/grid.ts';
import type { InputEvent } from '../terminal/input-events.ts';
import { clipboardWords, copyToClipboard, popTitle, pushTitle, setTitle } from '../terminal/osc.ts';
import type { Shell } from '../terminal/shell.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Effect } from './effects.ts';
import type { ScreenHost } from './host.ts';
import type { Keymap } from './keymap.ts';
import { LogFeed } from './log-feed.ts';
import { LogFinder } from './log-finder.ts';
import type { Message } from './messages.ts';
import { dialogOf, type Model, makeModel } from './model.ts';
import { Outside } from './outside.ts';
import { makeFacts } from './resource-facts.ts';
import { ResourceFeed } from './resource-feed.ts';
import { ScreenShell } from './screen-shell.ts';
import { SessionFeed } from './session-feed.ts';
import { splitArgs } from './split-args.ts';
import type { Theme } from './theme.ts';
import { update } from './update.ts';
import { isQuiet, isSpinning, spinnerPeriodMs, untilNextLook } from './wake-times.ts';

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
  /** The resources as they were before leaving began. */
  readonly atLeaving: Model['resources'];
}

/** How long nothing must have gone on before the other shell is loaded, and how long a dialog's first frame may take, in ms. */
const quietMs = 1000;
const dialogPaintedMs = 60;

export class Screen implements Disposable {
  readonly #options: ScreenOptions;
  readonly #scope = new Scope();
  readonly #ended = makeDeferred<ScreenEnd>();
  readonly #logs: LogFeed;
  readonly #finder: LogFinder;
  readonly #outside: Outside;
  readonly #shell: ScreenShell;
  #model: Model;
  #shellLoading: 'no' | 'waits' | 'begun' = 'no';
  #spinner: Disposable | undefined;
  #timer: Disposable | undefined;
  #isLeaving = false;
  #atLeaving: Model['resources'] = [];
  #title = '';

  constructor(options: ScreenOptions) {
    this.#options = options;
    const { terminal, clock, keymap, ascii, project, client } = options;
    const { theme, graceMs } = options;
    this.#model = makeModel({ size: terminal.size, nowMs: clock.now(), project, keymap, theme, ascii, graceMs });
    this.#shell = this.#scope.add(
      new ScreenShell({ shell: options.shell, model: () => this.#model, send: this.#send }),
    );
    this.#logs = this.#scope.add(
      new LogFeed({
        client,
        clock,
        send: this.#send,
        isHeld: () => this.#model.log.position !== undefined,
        rows: () => this.#model.size.rows,
      }),
    );
    this.#finder = this.#scope.add(new LogFinder({ client, clock, send: this.#send }));
    this.#outside = new Outside({ terminal, host: options.host, send: this.#send });
    this.#scope.add(terminal.onInput(event => this.input(event)));
    this.#scope.add(terminal.onResize(size => this.#send({ kind: 'resize', size })));
    this.#scope.defer(() => this.#spinner?.dispose());
    this.#scope.defer(() => this.#timer?.dispose());
    terminal.send(pushTitle);
    this.#send({ kind: 'session', info: client.session });
    const resources = this.#scope.add(new ResourceFeed(client, rows => this.#send({ kind: 'resources', rows })));
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
    this.#options.terminal.send(popTitle);
    this.#scope.dispose();
  }

  readonly #send = (message: Message, urgency: 'key' | 'normal' = 'normal'): void => {
    if (this.#scope.isDisposed) return;
    if (message.kind === 'mouse') this.#mirrorFocus();
    this.#step(message);
    this.#mirrorFocus();
    this.#schedule();
    this.#showTitle();
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
    } else this.#spinner ??= clock.every(spinnerPeriodMs, () => this.#send({ kind: 'spin' }));
    this.#timer?.dispose();
    const waitMs = untilNextLook(this.#model);
    this.#timer = waitMs === undefined ? undefined : clock.after(waitMs, () => this.#send({ kind: 'tick' }));
    this.#considerShell();
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

  /** The window's title counts what failed, so that a tab in the background tells. */
  #showTitle(): void {
    const { project, resources } = this.#model;
    const failed = resources.filter(row => row.role === 'error' || row.role === 'crashed').length;
    const title = failed > 0 ? `tilt: ${project} (${failed} failed)` : `tilt: ${project}`;
    if (title === this.#title) return;
    this.#title = title;
    this.#options.terminal.send(setTitle(title));
  }

  #do(effect: Effect): void {
    const { client, terminal } = this.#options;
    switch (effect.kind) {
      case 'focus':
        this.#shell.focus(effect.pane);
        break;
      case 'show-log':
        this.#logs.show(effect);
        break;
      case 'log-earlier':
        this.#logs.earlier(effect.generation, effect.beforeId);
        break;
      case 'log-later':
        this.#logs.later(effect.generation, effect.afterId);
        break;
      case 'find':
        this.#finder.find(effect);
        break;
      case 'stop-finding':
        this.#finder.stop();
        break;
      case 'find-near':
        this.#finder.near(effect);
        break;
      case 'copy':
        this.#try([this.#copy(effect.text, effect.what)]);
        break;
      case 'copy-log':
        this.#try([this.#copyLog(effect)]);
        break;
      case 'save-log':
        this.#try([this.#saveLog(effect.filter, effect.file)]);
        break;
      case 'set-args':
        this.#try([this.#setArgs(effect.text)]);
        break;
      case 'click':
        this.#try([client.clickButton(effect.name, effect.inputs)]);
        break;
      case 'load-facts':
        this.#send({ kind: 'facts', facts: makeFacts(client, effect.name) });
        break;
      case 'open-url':
        this.#try([this.#outside.openUrl(effect.url)]);
        break;
      case 'edit':
        this.#try([this.#outside.edit(effect.places)]);
        break;
      case 'shell':
        this.#try([this.#outside.shell(effect)]);
        break;
      case 'trigger':
        this.#try(effect.resources.map(name => client.trigger(name)));
        break;
      case 'stop-build':
        this.#try(effect.resources.map(name => client.stopBuild(name)));
        break;
      case 'set-trigger-modes':
        this.#try(effect.modes.map(({ resource, mode }) => client.setTriggerMode(resource, mode)));
        break;
      case 'set-disabled':
        this.#try([client.setDisabled(effect.resources, effect.disabled)]);
        break;
      case 'load-exit-plan':
        this.#try([client.exitPlan().then(plan => this.#send({ kind: 'exit-plan', plan }))]);
        break;
      case 'leave':
        this.#leave(effect.choice);
        break;
      case 'hurry':
        this.#options.hurry();
        break;
      case 'abandon':
        this.#finish('abandoned', 'keep');
        break;
      case 'stop-job':
        terminal.stopJob();
        break;
      case 'redraw':
        terminal.invalidate();
        break;
      default:
        unreachable(effect);
    }
  }

  async #setArgs(text: string): Promise<void> {
    await this.#options.client.setTiltfileArgs(splitArgs(text));
  }

  /** Into the clipboard where it fits, else into a file; either way it is said where it went. */
  async #copy(text: string, what: string): Promise<void> {
    const { terminal, host } = this.#options;
    const { multiplexer } = terminal.capabilities;
    const { sequence, copied } = copyToClipboard(text, multiplexer);
    if (copied < text.length) {
      const file = await host.keepText(text);
      this.say(`${what}: too much for a clipboard, they are in ${file}`, 'warn');
      return;
    }
    terminal.send(sequence);
    this.say(`${what} copied ${clipboardWords(terminal.capabilities)}`, 'info');
  }

  async #copyLog(effect: Extract<Effect, { kind: 'copy-log' }>): Promise<void> {
    const { text, lines, isCut } = await this.#finder.textOf(effect);
    if (isCut) this.say('All of it is too much for a clipboard: save it to a file', 'warn');
    else await this.#copy(text, lines === 1 ? '1 line' : `all ${lines} lines`);
  }

  async #saveLog(filter: LogFilter, name: string): Promise<void> {
    const { file, lines } = await this.#options.host.saveLog(filter, name);
    this.say(`${lines} lines are in ${file}`, 'info');
  }

  /** What is refused is said in the last line. */
  #try(tasks: readonly Promise<unknown>[]): void {
    for (const task of tasks) {
      task.catch((error: unknown) => this.say(error instanceof Error ? error.message : String(error), 'error'));
    }
  }

  #leave(choice: ExitChoice): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    this.#atLeaving = this.#model.resources;
    this.#options.client
      .exit(choice, line => this.#send({ kind: 'exit-progress', line }))
      .catch((error: unknown) =>
        this.#send({ kind: 'exit-progress', line: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => this.#finish('left', choice));
  }

  #finish(how: ScreenEnd['how'], choice: ExitChoice): void {
    const { resources } = this.#model;
    const progress = dialogOf(this.#model, 'leaving')?.lines ?? [];
    this.#ended.resolve({ how, choice, progress, atLeaving: this.#isLeaving ? this.#atLeaving : resources });
  }
}
