// Reading the disk while a Tiltfile is evaluated: synchronous, because the language is. Errors are worded as Go words
// them (`open /x: no such file or directory`), since Tiltfile errors show them.
// Does not: watch, write, or resolve a relative path.

export interface DiskEntry {
  readonly name: string;
  readonly isDirectory: boolean;
  /** False for folders, links to them, pipes, sockets and devices. */
  readonly isFile: boolean;
}

/** What tells one content of a file from another without reading it. */
export interface FileState {
  /** Differs from that of another state; the same for all files that are missing. */
  readonly id: string;
  /** When it was changed last, ms since 1970; 0 for what is missing. */
  readonly changedMs: number;
}

export interface Disk {
  /** The bytes of a file; throws an Error with Go's words. */
  readFile(path: string): Buffer;
  /** What is there, links followed; undefined for nothing. Throws for anything but "not there". */
  stat(path: string): { readonly isDirectory: boolean; readonly isFile: boolean } | undefined;
  /** The state of what is there, links followed. Never throws: what cannot be looked at counts as missing. */
  state(path: string): FileState;
  /** Entries sorted by name; throws an Error with Go's words. */
  list(path: string): readonly DiskEntry[];
  /** With all links resolved; throws an Error with Go's words. */
  realPath(path: string): string;
}
