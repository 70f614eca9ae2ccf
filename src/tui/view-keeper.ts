// Saves what the screen remembers of the project, a little after it changed and at the end.
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Model } from './model.ts';
import { type SavedView, savedParts, savedViewOf } from './saved-view.ts';

const saveDelayMs = 500;

export interface ViewKeeperOptions {
  readonly clock: Clock;
  readonly model: () => Model;
  readonly save: (view: SavedView) => void;
}

export class ViewKeeper implements Disposable {
  readonly #options: ViewKeeperOptions;
  #saved: string;
  #parts: readonly unknown[];
  #waiting: Disposable | undefined;

  /** The model is as it was remembered. */
  constructor(options: ViewKeeperOptions) {
    this.#options = options;
    this.#saved = JSON.stringify(savedViewOf(options.model()));
    this.#parts = savedParts(options.model());
  }

  /** Looks whether something is to be saved; cheap when nothing is. */
  look(): void {
    const parts = savedParts(this.#options.model());
    if (parts.every((part, i) => part === this.#parts[i])) return;
    this.#parts = parts;
    this.#waiting?.dispose();
    this.#waiting = this.#options.clock.after(saveDelayMs, () => this.#save());
  }

  /** Saves what still waits. */
  dispose(): void {
    this.#waiting?.dispose();
    this.#save();
  }

  #save(): void {
    const view = savedViewOf(this.#options.model());
    const text = JSON.stringify(view);
    if (text === this.#saved) return;
    this.#saved = text;
    this.#options.save(view);
  }
}
