// What a screen talks to (design, section 2: "Screens talk to a Client port"). One implementation sits on the store in
// the process, one over HTTP, so that a second screen can attach. Reads are of a local replica and never wait;
// what changes the world is asynchronous.
// Does not: know how things are done, or draw.
import type { Disposable } from '../base/disposable.ts';
import type { Kind, Kinds } from './kinds.ts';

export type LogLevel = 'debug' | 'verbose' | 'info' | 'warn' | 'error';

/** One assembled line of the log. */
export interface LogLine {
  /** Grows with every line, never reused; what paging and follow refer to. */
  readonly id: number;
  readonly timeMs: number;
  /** '' for lines that belong to no resource. */
  readonly resource: string;
  readonly spanId: string;
  readonly level: LogLevel;
  /** First line of a warning or an error. */
  readonly isAnchor: boolean;
  /** The first line of its span: a run or a build begins with it. */
  readonly isSpanStart?: boolean;
  readonly source: 'build' | 'runtime';
  readonly buildEvent?: string;
  readonly progressId?: string;
  /** A progress line that is never left out. */
  readonly progressMustPrint?: boolean;
  /** Without the newline; ANSI colours kept; may hold any character. */
  readonly text: string;
  /** True while the line has no newline yet. A later batch brings it again under the same id. */
  readonly isPartial?: boolean;
}

/** What is looked for in a line, on what people see of it: without colours. */
export interface LogText {
  /** A text, or a regular expression's source when isRegex. */
  readonly pattern: string;
  readonly isRegex?: boolean;
  readonly isCaseSensitive?: boolean;
}

/** A word of a filter. */
export interface LogWord extends LogText {
  /** Lines that have it are left out. */
  readonly isInverse?: boolean;
}

/** A search for all lines that have a text. */
export interface LogSearch {
  readonly text: LogText;
  /** Lines that begin a report of that level and above are found whatever they say. */
  readonly orLevel?: LogLevel;
  readonly filter: LogFilter;
  /** Only lines after this one. */
  readonly afterId?: number;
  /** Only lines before this one. */
  readonly beforeId?: number;
  /** At most so many, the newest. */
  readonly maxIds: number;
}

export interface LogMatches {
  /** Ids of the lines, oldest first. */
  readonly ids: readonly number[];
  /** The newest line that was looked at; -1 for an empty log. A later search goes on behind it. */
  readonly throughId: number;
  /** There are more, older ones. */
  readonly isCut: boolean;
}

/** Where a build or a run begins. */
export interface LogSection {
  /** Of its first line. */
  readonly id: number;
  readonly spanId: string;
  readonly resource: string;
}

export interface LogFilter {
  /** Empty or left out: all. '' names the lines of no resource. */
  readonly resources?: readonly string[];
  /** That level exactly and above. */
  readonly minLevel?: LogLevel;
  /** Output that tells of an error by what it says has no level of its own: it passes a level above `info` as well. */
  readonly withErrorWords?: boolean;
  readonly source?: 'build' | 'runtime';
  readonly sinceMs?: number;
  /** All of them must be met. */
  readonly words?: readonly LogWord[];
}

/** A place in the log that moves at its reader's pace; nobody else waits for it. */
export interface LogCursor extends Disposable {
  /** Up to `max` lines after the place, oldest first, and moves on; empty at the end. */
  next(max: number): Promise<readonly LogLine[]>;
  /** Up to `max` lines before the place, oldest first, and moves back. */
  previous(max: number): Promise<readonly LogLine[]>;
  /** Called (once per turn at most) when there is more behind the place. */
  onMore(listener: () => void): Disposable;
}

export interface LogPlace {
  /** 'end': only what comes, after the last `tail` lines. */
  readonly at: 'start' | 'end' | { readonly lineId: number };
  readonly tail?: number;
}

/** What leaving would touch, for the exit prompt. */
export interface ExitPlan {
  /** Resources that run now, by kind. */
  readonly kubernetes: number;
  readonly compose: number;
  /** Names of local servers that end with the session whatever is chosen. */
  readonly localServers: readonly string[];
  /** What Disable and Down would stop or delete, in words of `kind/name`. */
  readonly disable: readonly string[];
  readonly down: readonly string[];
}

export type ExitChoice = 'keep' | 'disable' | 'down';

export interface ExitWishes {
  /** A snapshot of the session as it is now is written before anything ends. */
  readonly hasSnapshot?: boolean;
}

export interface SessionInfo {
  /** Folder of the Tiltfile, for the header. */
  readonly project: string;
  readonly tiltfilePath: string;
  /** '' when the web port is off. */
  readonly webUrl: string;
  readonly versionLine: string;
  readonly startedAtMs: number;
  readonly tiltfileArgs: readonly string[];
}

/** The terminal of a resource's process (local_resource(tty=True)). */
export interface ResourceTerminal {
  /** Types a text or keys. */
  write(input: string): void;
  resize(size: { readonly columns: number; readonly rows: number }): void;
  /** What the process writes from now on. A piece is good until the call returns. */
  onOutput(listener: (chunk: Uint8Array) => void): Disposable;
  /** Called once when the process has ended. */
  onEnd(listener: () => void): Disposable;
}

export interface Client {
  readonly session: SessionInfo;
  get<K extends Kind>(kind: K, name: string): Kinds[K] | undefined;
  list<K extends Kind>(kind: K): readonly Kinds[K][];
  /** Called once per turn of the event loop with the keys that changed. */
  onChange(listener: (keys: ReadonlyMap<Kind, ReadonlySet<string>>) => void): Disposable;
  openLogs(filter: LogFilter, place: LogPlace): LogCursor;
  /** A search of the log is near: somebody begins to type a text. Left out where nothing is to be made ready. */
  readonly prepareSearch?: () => void;
  /** Rejects with a SyntaxError of the expression, and with the signal's reason. */
  findLogs(search: LogSearch, options: { readonly signal: AbortSignal }): Promise<LogMatches>;
  /** The newest lines that announce commands, or what was applied and deleted, by id; oldest first. */
  commandLines(most: number, options: { readonly signal: AbortSignal }): Promise<readonly number[]>;
  /** Builds and runs in the order they began. Left out: of all resources. */
  logSections(resources?: readonly string[]): readonly LogSection[];
  /** Warnings and errors logged in a resource's current build and run. */
  logCounts(resource: string): { readonly warnings: number; readonly errors: number };

  /** The terminal of the resource's process that runs now; undefined for one without, and where it cannot be reached. */
  terminalOf(resource: string): ResourceTerminal | undefined;

  /** Rejects with a sentence to show: unknown or disabled resource. */
  trigger(resource: string): Promise<void>;
  setDisabled(resources: readonly string[], disabled: boolean): Promise<void>;
  setTriggerMode(resource: string, mode: number): Promise<void>;
  stopBuild(resource: string): Promise<void>;
  clickButton(name: string, inputs: Readonly<Record<string, string | boolean>>): Promise<void>;
  setTiltfileArgs(args: readonly string[]): Promise<void>;

  exitPlan(): Promise<ExitPlan>;
  /** Ends the session; progress lines come while it goes on. Resolves when everything chosen is done. */
  exit(choice: ExitChoice, onProgress: (line: string) => void, wishes?: ExitWishes): Promise<void>;
}
