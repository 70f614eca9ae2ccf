// What others see of the log store: spans to write into, cursors to read with, checkpoints for the web view.
// Bytes go in as they come from a child; lines come out, each reader at its own pace.
// Does not: print, colour, decide what a warning means, or know which session is live.
import type {
  LogCursor,
  LogFilter,
  LogLevel,
  LogLine,
  LogMatches,
  LogPlace,
  LogSearch,
  LogSection,
} from '../api/client.ts';
import type { AsyncDisposable, Disposable } from '../base/disposable.ts';

export interface SegmentFields {
  /** 'init' opens a build's log, with a blank line before it; such lines pass every filter but the resource's. */
  readonly buildEvent?: 'init' | 'fallback';
  /** Lines of one span with the same id replace each other where the reader can. */
  readonly progressId?: string;
  readonly progressMustPrint?: boolean;
}

export interface SpanWriter {
  readonly spanId: string;
  /** Bytes as they come, or a text; the newline is the caller's. The bytes are copied. */
  write(chunk: Uint8Array | string, level?: LogLevel, fields?: SegmentFields): void;
}

export interface Secret {
  /** Name of the Secret object and key of the value, for `[redacted secret NAME:KEY]`. */
  readonly name: string;
  readonly key: string;
  /** The plain value. Shorter than 5 bytes is not redacted, in neither form (reference 2.8). */
  readonly value: string | Uint8Array;
}

/** Index of a segment (a newline-terminated piece); grows, is never reused. Also the id of the line it begins. */
export type Checkpoint = number;

export interface SpanCounts {
  readonly warnings: number;
  readonly errors: number;
}

/** The log part of `/ws/view`, `/api/view` and snapshots (reference 5.7). */
export interface LogList {
  readonly spans: Readonly<Record<string, { readonly manifestName: string }>>;
  readonly segments: readonly LogListSegment[];
  /** -1 for both when there is nothing new. */
  readonly fromCheckpoint: number;
  readonly toCheckpoint: number;
}

export interface LogListSegment {
  readonly spanId?: string;
  /** RFC 3339 with six decimals: Go readers accept no other. */
  readonly time: string;
  readonly text: string;
  readonly level: 'DEBUG' | 'VERBOSE' | 'INFO' | 'WARN' | 'ERROR';
  readonly anchor?: boolean;
  readonly fields?: Readonly<Record<string, string>>;
}

export interface SearchQuery {
  /** A text, or a regular expression's source when isRegex. */
  readonly pattern: string;
  readonly isRegex?: boolean;
  readonly isCaseSensitive?: boolean;
  readonly filter: LogFilter;
  /** Where to start (exclusive) and which way; by default from the newest line backwards. */
  readonly from?: { readonly lineId: number };
  readonly direction?: 'backward' | 'forward';
  readonly maxHits: number;
}

export interface SearchResult {
  /** In the order of the search. Text as logged; the match is on the text without colours. */
  readonly hits: readonly LogLine[];
  /** False when maxHits ended it; go on from the last hit. */
  readonly isComplete: boolean;
}

export interface LogStore extends AsyncDisposable {
  /** Opens (again) the span of a resource ('' for none). Build or runtime follows from the id (reference 5.2). */
  span(spanId: string, resource: string): SpanWriter;
  /** A place in the log; see api/client.ts. */
  openCursor(filter: LogFilter, place: LogPlace): LogCursor;
  /** The place after everything written so far. */
  readonly checkpoint: Checkpoint;
  /** The newest 2,000,000 bytes at most, from `fromCheckpoint` on. */
  toLogList(fromCheckpoint: Checkpoint): LogList;
  /** Warnings and errors written to a span. */
  counts(spanId: string): SpanCounts;
  /** Their sum over the newest build span and the newest runtime spans of a resource. */
  resourceCounts(resource: string): SpanCounts;
  /** Finds lines in memory and on disk, in slices of at most 8 ms. Rejects with the signal's reason, or a SyntaxError of the regex. */
  search(query: SearchQuery, options: { readonly signal: AbortSignal }): Promise<SearchResult>;
  /** The newest lines that announce commands, by id; oldest first. Known without a search. */
  commandIds(most: number): readonly number[];
  /** A search is near: what it needs is made ready. Costs about nothing. */
  prepareSearch(): void;
  /** Builds and runs in the order they began; see api/client.ts. */
  sections(resources?: readonly string[]): readonly LogSection[];
  /** Finds all lines, by id; see api/client.ts. In slices as well. */
  find(query: LogSearch, options: { readonly signal: AbortSignal }): Promise<LogMatches>;
  /**
   * From this call on no written byte shows the values; what was written since `since` is rewritten, in memory and on
   * disk, when the promise resolves. Values that are known already cost nothing.
   */
  addSecrets(secrets: readonly Secret[], since: Checkpoint): Promise<void>;
  /** `text` without the known secrets, for what goes to the screen by another way than the log. */
  redact(text: string): string;
  /** Called once per turn at most after something was appended. */
  onAppend(listener: () => void): Disposable;
  /** Resolves when everything written before the call is on disk (or the disk refused it). */
  flush(): Promise<void>;
  /** Flushes, closes the files. Reading from memory still works. */
  dispose(): Promise<void>;
}

export interface LogStoreOptions {
  /** The project's folder of logs; each session writes into a folder of its own below it. Undefined: memory only. */
  readonly directory: string | undefined;
  /** Name of this session's folder; sorts by age. */
  readonly sessionName: string;
  /** Whether another session's folder belongs to a running one and must not be dropped. */
  readonly isLiveSession: (sessionName: string) => boolean;
  /** The built file of search-worker.ts, for large logs on disk; left out, all is searched in the caller's thread. */
  readonly searchWorkerFile?: string;
  /** Text kept in memory; at least 4 MiB. By default 8 MiB of what is on disk, 32 MiB without a disk. */
  readonly maxMemoryBytes?: number;
  /** All sessions of the project together on disk; 2 GiB by default. */
  readonly maxDiskBytes?: number;
  /** Called once when the disk refuses to take more, and once (undefined) when it takes again. */
  readonly onDiskError: (error: Error | undefined) => void;
}
