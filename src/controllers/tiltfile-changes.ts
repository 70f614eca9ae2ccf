// Which changes of files ask for a run of a Tiltfile. A Tiltfile may write files that it reads: its own writes must neither
// end its run nor make it run for ever.
// Does not: watch files, or run anything.

/** The state of a file, from `Disk.state`. */
export interface FileStates {
  state(path: string): { readonly id: string; readonly changedMs: number };
}

/** What a finished run says of the files that it read. */
export interface ReadFiles {
  readonly readStates: Readonly<Record<string, string>>;
  readonly executedFiles: readonly string[];
}

/** What a change comes to. */
export type ChangeEffect = 'nothing' | 'counts' | 'cancels';

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How far the time of a file may be off the clock: kernels note it by their tick. */
const slackMs = 20;
/** So often in a row a file that changes while the Tiltfile runs makes it run again: a person may well save twice. */
const mostInARow = 3;

/** The changes of one Tiltfile's files. */
export class TiltfileChanges {
  readonly #files: FileStates;
  readonly #main: string;
  readonly #pending = new Set<string>();
  #read: ReadFiles = { readStates: {}, executedFiles: [] };
  /** Of the run before. */
  #before: ReadFiles = this.#read;
  #lastRun: Span | undefined;
  /** For files that caused the last runs because they had changed during the run before: how often in a row. */
  #streaks = new Map<string, number>();
  /** Of the files that are pending, those that changed during the last run. */
  #fromLastRun = new Set<string>();
  /** Files whose changes no longer count, and nobody was told yet. */
  #givenUp = new Set<string>();

  /** `main` is the path of the Tiltfile. */
  constructor(files: FileStates, main: string) {
    this.#files = files;
    this.#main = main;
  }

  /** True while a change waits for a run. */
  get isPending(): boolean {
    return this.#pending.size > 0;
  }

  get pending(): readonly string[] {
    return [...this.#pending];
  }

  /**
   * Takes up files that changed. During a run, those that it executes cancel it, as it runs what was; the others are
   * looked at when it has ended.
   */
  take(paths: readonly string[], isRunning: boolean): ChangeEffect {
    let effect: ChangeEffect = 'nothing';
    for (const path of paths) {
      if (!isRunning && !this.#counts(path)) continue;
      this.#pending.add(path);
      const isExecuted = path === this.#main || this.#read.executedFiles.includes(path);
      if (isRunning && isExecuted) effect = 'cancels';
      else if (effect === 'nothing') effect = 'counts';
    }
    return effect;
  }

  /** Adds what a run that was canceled had taken up. */
  putBack(paths: readonly string[]): void {
    for (const path of paths) this.#pending.add(path);
  }

  /** A run begins; gives the files that it takes up. */
  begin(): readonly string[] {
    const files = this.pending;
    const streaks = new Map<string, number>();
    for (const path of files) if (this.#fromLastRun.has(path)) streaks.set(path, (this.#streaks.get(path) ?? 0) + 1);
    this.#streaks = streaks;
    this.#pending.clear();
    this.#fromLastRun.clear();
    return files;
  }

  /** A run has ended; `read` is undefined when it was canceled or broke off. */
  end(span: Span, read: ReadFiles | undefined): void {
    this.#lastRun = span;
    if (!read) return;
    this.#before = this.#read;
    this.#read = read;
    for (const path of this.pending) if (!this.#counts(path)) this.#pending.delete(path);
  }

  /** Files that changed with every run, so that their changes stopped counting. Each is given once. */
  takeGivenUp(): readonly string[] {
    const paths = [...this.#givenUp];
    this.#givenUp.clear();
    return paths;
  }

  #counts(path: string): boolean {
    const { id, changedMs } = this.#files.state(path);
    const { readStates } = this.#read;
    const run = this.#lastRun;
    const isFromRun = run !== undefined && changedMs >= run.fromMs - slackMs && changedMs <= run.toMs + slackMs;
    const streak = this.#streaks.get(path) ?? 0;
    if (Object.hasOwn(readStates, path) && readStates[path] === id) {
      // What the run read is what is there. A command that ran before it was read may have seen it as it was: one more run.
      const before = Object.hasOwn(this.#before.readStates, path) ? this.#before.readStates[path] : id;
      if (!isFromRun || before === id || streak > 0) return false;
    } else if (!isFromRun) return true;
    else if (streak >= mostInARow) {
      this.#givenUp.add(path);
      return false;
    }
    this.#fromLastRun.add(path);
    return true;
  }
}
