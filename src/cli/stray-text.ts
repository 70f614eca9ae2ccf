// Text that others wrote to the terminal while the screen was up: a library's warning, a console.log.

/** What others wrote to stdout and stderr while the screen was up; kept until somebody wants it. */
export class StrayText {
  #text = '';
  #onText: ((text: string) => void) | undefined;

  take(text: string): void {
    if (this.#onText) this.#onText(text);
    else this.#text += text;
  }

  /** From now on `onText` gets it, beginning with what came before; undefined: it is kept again. */
  handOver(onText: ((text: string) => void) | undefined): void {
    this.#onText = onText;
    if (!onText || this.#text === '') return;
    onText(this.#text);
    this.#text = '';
  }

  get rest(): string {
    return this.#text;
  }
}
