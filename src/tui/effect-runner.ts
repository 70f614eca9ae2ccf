// Does the effects that are for others: the client, the log, the clipboard, the machine. What is refused is said in the
// last line. Those of the screen itself (its focus, leaving) stay with it.
import type { Client } from '../api/client.ts';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Scope } from '../base/disposable.ts';
import { splitArgs } from '../base/split-args.ts';
import { unreachable } from '../base/unreachable.ts';
import { clipboardWords, copyToClipboard } from '../terminal/osc.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { ButtonEnds } from './button-ends.ts';
import { CommandLister } from './command-lister.ts';
import type { Effect } from './effects.ts';
import type { ScreenHost } from './host.ts';
import { LogFeed } from './log-feed.ts';
import { LogFinder } from './log-finder.ts';
import type { Message } from './messages.ts';
import type { Model } from './model.ts';
import { Outside } from './outside.ts';
import { makeFacts } from './resource-facts.ts';
import { UsageFeed } from './usage-feed.ts';

/** Effects that the screen does itself. */
export type OwnEffect = Extract<Effect, { kind: 'focus' | 'leave' | 'hurry' | 'abandon' }>;
export type OutwardEffect = Exclude<Effect, OwnEffect>;

export interface EffectRunnerOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly host: ScreenHost;
  readonly model: () => Model;
  readonly send: (message: Message) => void;
}

export class EffectRunner implements Disposable {
  readonly #options: EffectRunnerOptions;
  readonly #scope = new Scope();
  readonly #logs: LogFeed;
  readonly #finder: LogFinder;
  readonly #outside: Outside;
  readonly #usage: UsageFeed;
  readonly #buttons: ButtonEnds;
  readonly #commands: CommandLister;

  constructor(options: EffectRunnerOptions) {
    this.#options = options;
    const { model } = options;
    const isHeld = (): boolean => model().log.position !== undefined;
    this.#logs = this.#scope.add(new LogFeed({ ...options, isHeld, rows: () => model().size.rows }));
    this.#finder = this.#scope.add(new LogFinder(options));
    this.#usage = this.#scope.add(new UsageFeed(options));
    this.#outside = new Outside(options);
    this.#buttons = this.#scope.add(new ButtonEnds(options));
    this.#commands = this.#scope.add(new CommandLister(options));
  }

  dispose(): void {
    this.#scope.dispose();
  }

  run(effect: OutwardEffect): void {
    this.#isLog(effect) || this.#isResource(effect) || this.#runOther(effect);
  }

  /** Effects of the log pane; true when it was one. */
  #isLog(effect: OutwardEffect): boolean {
    switch (effect.kind) {
      case 'show-log':
        this.#logs.show(effect);
        return true;
      case 'log-earlier':
        this.#logs.earlier(effect.generation, effect.beforeId);
        return true;
      case 'log-later':
        this.#logs.later(effect.generation, effect.afterId);
        return true;
      case 'prepare-search':
        this.#options.client.prepareSearch?.();
        return true;
      case 'find':
        this.#finder.find(effect);
        return true;
      case 'stop-finding':
        this.#finder.stop();
        return true;
      case 'find-near':
        this.#finder.near(effect);
        return true;
      case 'copy':
        this.#try([this.#copy(effect)]);
        return true;
      case 'copy-log':
        this.#try([this.#copyLog(effect)]);
        return true;
      case 'save-log':
        this.#try([this.#saveLog(effect)]);
        return true;
      default:
        return false;
    }
  }

  /** Effects on resources and the session; true when it was one. */
  #isResource(effect: OutwardEffect): boolean {
    const { client, send } = this.#options;
    switch (effect.kind) {
      case 'trigger':
        this.#try(effect.resources.map(name => client.trigger(name)));
        return true;
      case 'stop-build':
        this.#try(effect.resources.map(name => client.stopBuild(name)));
        return true;
      case 'set-trigger-modes':
        this.#try(effect.modes.map(({ resource, mode }) => client.setTriggerMode(resource, mode)));
        return true;
      case 'set-disabled':
        this.#try([client.setDisabled(effect.resources, effect.disabled)]);
        return true;
      case 'click':
        this.#buttons.pressed(effect.name);
        this.#try([client.clickButton(effect.name, effect.inputs)]);
        return true;
      case 'set-args':
        this.#try([this.#setArgs(effect.text)]);
        return true;
      case 'load-facts':
        send({ kind: 'facts', facts: makeFacts(client, effect.name) });
        return true;
      case 'load-exit-plan':
        this.#try([client.exitPlan().then(plan => send({ kind: 'exit-plan', plan }))]);
        return true;
      default:
        return false;
    }
  }

  #runOther(effect: OutwardEffect): void {
    const { terminal } = this.#options;
    switch (effect.kind) {
      case 'open-url':
        this.#try([this.#outside.openUrl(effect.url)]);
        break;
      case 'edit':
        this.#try([this.#outside.edit(effect.places)]);
        break;
      case 'shell':
        this.#try([this.#outside.shell(effect)]);
        break;
      case 'list-commands':
        this.#try([this.#commands.list()]);
        break;
      case 'list-objects':
        this.#outside.listObjects(effect.resource);
        break;
      case 'view-object':
        this.#try([this.#outside.viewObject(effect)]);
        break;
      case 'attach':
        this.#try([this.#outside.attach(effect.resource)]);
        break;
      case 'sample-usage':
        this.#usage.set(effect.isOn);
        break;
      case 'preview-theme':
        this.#try([this.#previewTheme(effect.name)]);
        break;
      case 'set-theme':
        this.#try([this.#setTheme(effect.name)]);
        break;
      case 'stop-job':
        terminal.stopJob();
        break;
      case 'redraw':
        terminal.invalidate();
        break;
      default:
        unreachable(effect as never);
    }
  }

  async #previewTheme(name: string): Promise<void> {
    const theme = await this.#options.host.loadTheme(name);
    this.#options.send({ kind: 'theme-preview', name, theme });
  }

  async #setTheme(name: string): Promise<void> {
    const { host, model, send } = this.#options;
    const theme = await host.loadTheme(name);
    const { keymap, ascii } = model();
    send({ kind: 'settings', keymap, ascii, theme });
    this.#say(`Theme ${name}, for this run: "theme": "${name}" in config.jsonc keeps it`, 'info');
  }

  async #setArgs(text: string): Promise<void> {
    await this.#options.client.setTiltfileArgs(splitArgs(text));
  }

  /** Into the clipboard where it fits, else into a file; either way it is said where it went. */
  async #copy({ text, what }: { readonly text: string; readonly what: string }): Promise<void> {
    const { terminal, host } = this.#options;
    const { sequence, copied } = copyToClipboard(text, terminal.capabilities.multiplexer);
    if (copied < text.length) {
      const file = await host.keepText(text);
      this.#say(`${what}: too much for a clipboard, they are in ${file}`, 'warn');
      return;
    }
    if (terminal.capabilities.multiplexer === 'tmux' && (await this.#copyToTmux(text))) {
      this.#say(`${what} copied to tmux, which hands it on to the terminal's clipboard`, 'info');
      return;
    }
    terminal.send(sequence);
    this.#say(`${what} copied ${clipboardWords(terminal.capabilities)}`, 'info');
  }

  /** As tmux comes it takes no text for its buffers from programs, but from its own command. False where that is not there. */
  async #copyToTmux(text: string): Promise<boolean> {
    try {
      const { exitCode } = await this.#options.host.capture(['tmux', 'load-buffer', '-w', '-'], text);
      return exitCode === 0;
    } catch {
      return false;
    }
  }

  async #copyLog(effect: Extract<Effect, { kind: 'copy-log' }>): Promise<void> {
    const { text, lines, isCut } = await this.#finder.textOf(effect);
    if (isCut) this.#say('All of it is too much for a clipboard: save it to a file', 'warn');
    else await this.#copy({ text, what: lines === 1 ? '1 line' : `all ${lines} lines` });
  }

  async #saveLog({ filter, file }: Extract<Effect, { kind: 'save-log' }>): Promise<void> {
    const saved = await this.#options.host.saveLog(filter, file);
    this.#say(`${saved.lines} lines are in ${saved.file}`, 'info');
  }

  #say(text: string, tone: 'info' | 'warn' | 'error'): void {
    this.#options.send({ kind: 'toast', text, tone });
  }

  #try(tasks: readonly Promise<unknown>[]): void {
    for (const task of tasks)
      task.catch((error: unknown) => this.#say(error instanceof Error ? error.message : String(error), 'error'));
  }
}
