// Says how the command of a button that was pressed has ended: its exit code stands in no log.
import type { Client } from '../api/client.ts';
import type { Cmd } from '../api/kinds-local.ts';
import { type Disposable, Scope } from '../base/disposable.ts';
import type { Message } from './messages.ts';

export interface ButtonEndsOptions {
  readonly client: Client;
  readonly send: (message: Message) => void;
}

interface Pressed {
  readonly text: string;
  readonly cmd: string;
  /** The run that had ended when it was pressed. */
  readonly before: string;
}

/** More at once nobody presses by hand. */
const maxPressed = 50;

export class ButtonEnds implements Disposable {
  readonly #options: ButtonEndsOptions;
  readonly #scope = new Scope();
  #waiting: readonly Pressed[] = [];

  constructor(options: ButtonEndsOptions) {
    this.#options = options;
    this.#scope.add(
      options.client.onChange(changed => {
        if (this.#waiting.length > 0 && changed.has('Cmd')) this.#look();
      }),
    );
  }

  /** Called before the button is pressed. */
  pressed(name: string): void {
    const { client } = this.#options;
    const text = client.get('UIButton', name)?.spec?.text ?? name;
    const started = client.list('Cmd').filter(({ spec }) => spec?.startOn?.uiButtons?.includes(name));
    const more = started.map(cmd => ({ text, cmd: cmd.metadata.name, before: endedRun(cmd) }));
    const others = this.#waiting.filter(({ cmd }) => !more.some(one => one.cmd === cmd));
    this.#waiting = [...others, ...more].slice(-maxPressed);
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #look(): void {
    const { client, send } = this.#options;
    this.#waiting = this.#waiting.filter(({ text, cmd: name, before }) => {
      const cmd = client.get('Cmd', name);
      if (!cmd) return false;
      const { terminated, running } = cmd.status ?? {};
      if (running || !terminated || endedRun(cmd) === before) return true;
      const { exitCode } = terminated;
      if (exitCode === 0) send({ kind: 'toast', text: `${text}: done`, tone: 'success' });
      else send({ kind: 'toast', text: `${text} failed: exit ${exitCode}`, tone: 'error' });
      return false;
    });
  }
}

function endedRun({ status }: Cmd): string {
  const { terminated } = status ?? {};
  return terminated ? `${terminated.pid} ${terminated.startedAt} ${terminated.finishedAt}` : '';
}
