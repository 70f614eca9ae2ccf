// What the screen needs done on the machine it runs on, and does not do itself: files, programs, the person's editor.
// Does not: say how; whoever opens the screen does.
import type { LogFilter, ResourceTerminal } from '../api/client.ts';
import type { Disposable } from '../base/disposable.ts';
import type { FilePlace } from './file-places.ts';
import type { ClusterPlace, PodPlace } from './menu-item.ts';
import type { SavedView } from './saved-view.ts';
import type { Theme } from './theme.ts';
import type { Usage } from './usage.ts';

export interface SavedLog {
  /** As people would type it. */
  readonly file: string;
  readonly lines: number;
}

export interface ContainerRequest {
  readonly pod: PodPlace;
  readonly container: string;
  /** Left out: the container's own process. */
  readonly command?: readonly string[];
}

/** A terminal in a container. Disposing it leaves it. */
export interface ContainerTerminal extends ResourceTerminal, Disposable {
  /** Rejects with a sentence when the command could not run or the way to it broke off. */
  readonly ended: Promise<{ readonly exitCode: number }>;
}

export interface ScreenHost {
  /** Writes the lines that pass, without colours, into a new file; relative names are in the working folder. Rejects with a sentence. */
  saveLog(filter: LogFilter, file: string): Promise<SavedLog>;
  /** Opens an address in the person's browser; false where there is none to open it in. */
  openUrl(url: string): Promise<boolean>;
  /** The line that brings a port of this machine to the person's, over SSH; undefined when this is the person's machine. */
  tunnelLine(port: number): string | undefined;
  /** The first of these places that there is a file for, as an absolute one. */
  findFile(places: readonly FilePlace[]): Promise<FilePlace | undefined>;
  /** Name of this machine, as links to its files have it. */
  readonly hostName: string;
  /** Runs an editor with a file on the terminal, which must be given away before. Rejects with a sentence. */
  edit(place: FilePlace): Promise<void>;
  /** Runs a program in the background; resolves to what it wrote and how it ended. Rejects with a sentence. */
  capture(
    command: readonly string[],
    stdin?: string,
  ): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;
  /** Resolves when something was written there, or has ended. Rejects with a sentence: no such pod, no right, no terminal. */
  openInContainer(request: ContainerRequest): Promise<ContainerTerminal>;
  /** Joins the terminal, which must be given away before, to that of a process; `greeting` is a line to begin with. */
  attach(terminal: ResourceTerminal, greeting: string): Promise<'detached' | 'ended'>;
  /** CPU time and memory of processes and all below them. */
  sampleUsage(
    pids: readonly number[],
  ): Promise<ReadonlyMap<number, { readonly cpuMs: number; readonly residentBytes: number }>>;
  /** CPU and memory of pods by `NAMESPACE/POD`. Rejects with a sentence: the cluster serves no metrics, no right. */
  samplePods(cluster: ClusterPlace, namespaces: readonly string[]): Promise<ReadonlyMap<string, Usage>>;
  /** Another theme for this run. Rejects with a sentence. */
  loadTheme(name: string): Promise<Theme>;
  /** Keeps what the screen remembers of the project. */
  saveView(view: SavedView): void;
  /** Keeps a text in a file of its own and tells which. */
  keepText(text: string): Promise<string>;
}
