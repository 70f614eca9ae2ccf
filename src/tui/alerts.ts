// Telling somebody who looks elsewhere: the title of the window counts what failed, and one bell rings when all was well
// and something turns red. None rings again until all was well again.
import { bell, notify, setTitle } from '../terminal/osc.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Model } from './model.ts';
import { isProblem } from './row-state.ts';

export class Alerts {
  readonly #terminal: Pick<Terminal, 'send' | 'capabilities'>;
  #title = '';
  /** What was looked at last. */
  #resources: Model['resources'] | undefined;
  #project = '';
  #isRed = false;
  /** Undefined until the terminal has told. */
  #hasFocus: boolean | undefined;

  constructor(terminal: Pick<Terminal, 'send' | 'capabilities'>) {
    this.#terminal = terminal;
  }

  /** The terminal's window gained or lost the focus. */
  focus(hasFocus: boolean): void {
    this.#hasFocus = hasFocus;
  }

  /** Looks at the newest state. */
  look({ project, resources }: Pick<Model, 'project' | 'resources'>): void {
    if (resources === this.#resources && project === this.#project) return;
    this.#resources = resources;
    this.#project = project;
    const failed = resources.filter(isProblem);
    this.#showTitle(failed.length > 0 ? `tilt: ${project} (${failed.length} failed)` : `tilt: ${project}`);
    const isRed = failed.length > 0;
    if (isRed && !this.#isRed) this.#ring(`${project}: ${failed[0]!.name} ${failed[0]!.word}`);
    this.#isRed = isRed;
  }

  #showTitle(title: string): void {
    if (title === this.#title) return;
    this.#title = title;
    this.#terminal.send(setTitle(title));
  }

  /** A person who looks at the window sees the row; who does not gets a message where the terminal has them. */
  #ring(text: string): void {
    const { multiplexer } = this.#terminal.capabilities;
    this.#terminal.send(this.#hasFocus === false ? bell + notify(text, multiplexer) : bell);
  }
}
