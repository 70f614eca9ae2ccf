// The part of the log that the pane holds: lines next to each other, at most `maxLines`. What lies before and after stays
// in the log store and is fetched when someone scrolls there.
// It is the one part of the model that is changed in place: 5,000 lines a second are not copied for each frame.
// Invariant: `lines` rise by id, and no line of the pane's filter between the first and the last one is missing.
import type { LogLine } from '../api/client.ts';

/** Lines kept when nobody looks elsewhere. */
export const maxWindowLines = 20_000;
/** Trimming moves the array, so it is done in steps. */
const trimStep = 1000;

export class LogWindow {
  #lines: LogLine[] = [];
  readonly #max: number;
  /** False once the beginning of the log was reached. */
  hasEarlier = true;
  /** True while lines after the last one exist that the window does not hold. */
  hasLater = false;
  /** Rises with every change of the lines. */
  version = 0;

  constructor(max: number = maxWindowLines) {
    this.#max = max;
  }

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  get length(): number {
    return this.#lines.length;
  }

  /**
   * Takes what came at the live end; a line that grew replaces itself. While someone reads (`isHeld`) nothing is given up
   * at the front: a full window then takes no more, and the rest is a matter of `hasLater`.
   */
  append(lines: readonly LogLine[], isHeld: boolean): void {
    this.version++;
    for (const line of lines) {
      const last = this.#lines.at(-1);
      if (last && line.id <= last.id) this.#replace(line);
      else if (isHeld && (this.hasLater || this.#lines.length >= this.#max + trimStep)) this.hasLater = true;
      else if (!this.hasLater) this.#lines.push(line);
    }
    if (!isHeld) this.trimStart();
  }

  /** Puts lines from before the window at its front; gives up the newest beyond the bound. */
  prepend(lines: readonly LogLine[]): void {
    this.version++;
    const first = this.#lines[0]?.id ?? Number.POSITIVE_INFINITY;
    const older = lines.filter(line => line.id < first);
    if (older.length === 0) return;
    this.#lines = older.concat(this.#lines);
    if (this.#lines.length <= this.#max + trimStep) return;
    this.#lines.length = this.#max;
    this.hasLater = true;
  }

  /** Puts lines from after the window at its end; gives up the oldest beyond the bound. */
  extend(lines: readonly LogLine[], isAtEnd: boolean): void {
    this.version++;
    const last = this.#lines.at(-1)?.id ?? -1;
    for (const line of lines) {
      if (line.id > last) this.#lines.push(line);
      else this.#replace(line);
    }
    if (isAtEnd) this.hasLater = false;
    this.trimStart();
  }

  /** Gives up the oldest lines beyond the bound. */
  trimStart(): void {
    if (this.#lines.length <= this.#max + trimStep) return;
    this.version++;
    this.#lines.splice(0, this.#lines.length - this.#max);
    this.hasEarlier = true;
  }

  /** Index of the first line whose id is at least `id`; the length when there is none. */
  indexOf(id: number): number {
    let low = 0;
    let high = this.#lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#lines[middle]!.id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #replace(line: LogLine): void {
    const index = this.indexOf(line.id);
    if (this.#lines[index]?.id === line.id) this.#lines[index] = line;
  }
}
