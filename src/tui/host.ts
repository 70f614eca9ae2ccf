// What the screen needs done on the machine it runs on, and does not do itself: files, programs, the person's editor.
// Does not: say how; whoever opens the screen does.
import type { LogFilter } from '../api/client.ts';

export interface SavedLog {
  /** As people would type it. */
  readonly file: string;
  readonly lines: number;
}

export interface ScreenHost {
  /** Writes the lines that pass, without colours, into a new file; relative names are in the working folder. Rejects with a sentence. */
  saveLog(filter: LogFilter, file: string): Promise<SavedLog>;
  /** Keeps a text in a file of its own and tells which. */
  keepText(text: string): Promise<string>;
}
