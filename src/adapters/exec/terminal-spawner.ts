// Starts children that get a terminal instead of pipes: the optional package @lydell/node-pty makes it. Each one leads a
// session and a process group of its own, as all children do, so that everything above behaves alike.
// Does not: interpret what is written, or keep it.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IPty } from '@lydell/node-pty';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';
import type { ChildTerminal, TerminalSize } from './port.ts';
import { killGroup } from './process-end.ts';
import { wordsOf } from './resolve-program.ts';
import type { SpawnRequest } from './spawner.ts';

type PtyLibrary = typeof import('@lydell/node-pty');

/** What the terminal says it is. */
const terminalName = 'xterm-256color';

export class TerminalSpawner {
  readonly #onStarted: (pid: number) => Disposable;
  #library: PtyLibrary | undefined;

  /** `onStarted` has the process ended when we die; it is disposed when the process has ended. */
  constructor(onStarted: (pid: number) => Disposable) {
    this.#onStarted = onStarted;
  }

  /** Calls back later, never during the call. The returned value withdraws a request that has not begun. */
  spawn(request: SpawnRequest, size: TerminalSize): Disposable {
    let state: 'waiting' | 'begun' | 'withdrawn' = 'waiting';
    const start = async (): Promise<void> => {
      try {
        this.#library ??= await loadLibrary(request.command.dir);
        if (state === 'withdrawn') return;
        state = 'begun';
        this.#run(request, this.#library, size);
      } catch (error) {
        if (state !== 'withdrawn') request.onFailed(error instanceof MissingPackage ? error.message : wordsOf(error));
      }
    };
    queueMicrotask(() => void start());
    return toDisposable(() => {
      if (state !== 'waiting') return;
      state = 'withdrawn';
      request.onFailed('stopped before it started');
    });
  }

  #run(request: SpawnRequest, library: PtyLibrary, size: TerminalSize): void {
    const { args, dir, env } = request.command;
    const pty = library.spawn(args[0]!, args.slice(1), {
      name: terminalName,
      cols: size.columns,
      rows: size.rows,
      cwd: dir,
      env: { ...env },
      // Bytes: a character may come in two pieces.
      encoding: null,
    });
    const guard = this.#onStarted(pty.pid);
    const held = holdOpen(pty);
    const terminal = new OpenTerminal(pty, size);
    const take = (chunk: Buffer): void => {
      request.onOutput(chunk, 'stdout');
      terminal.tell(chunk);
    };
    pty.onData(data => take(data as unknown as Buffer));
    readRestBeforeClosing(pty, take);
    pty.onExit(({ exitCode, signal }) => {
      killGroup(pty.pid);
      guard.dispose();
      held.dispose();
      terminal.close();
      request.onExited(signal ? 128 + signal : exitCode, signalName(signal), () => {});
    });
    request.onTerminal(terminal);
    request.onStarted(pty.pid);
  }
}

/**
 * Holds the child's side of the terminal open. When the last one closes it the kernel hangs up, and what was not read by
 * then is lost in Node; so the child's own end must not be the last.
 */
function holdOpen(pty: IPty): Disposable {
  const { _pty: file } = pty as unknown as { readonly _pty?: string };
  if (file === undefined) return toDisposable(() => {});
  const fd = fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_NOCTTY | fs.constants.O_NONBLOCK);
  return toDisposable(() => fs.closeSync(fd));
}

const restBytes = 64 * 1024;

/**
 * The package closes a terminal 200 ms after the child's end, whatever was read by then; on a busy machine that is not all.
 * What the kernel still holds is read first.
 */
function readRestBeforeClosing(pty: IPty, take: (chunk: Buffer) => void): void {
  const { _socket: socket, _fd: fd } = pty as unknown as {
    readonly _socket?: { destroy: (error?: Error) => unknown };
    readonly _fd?: number;
  };
  if (!socket || fd === undefined) return;
  const close = socket.destroy.bind(socket);
  socket.destroy = error => {
    socket.destroy = close;
    try {
      for (;;) {
        const chunk = Buffer.allocUnsafe(restBytes);
        const length = fs.readSync(fd, chunk);
        if (length === 0) break;
        take(chunk.subarray(0, length));
      }
    } catch {
      // Nothing more is there: the terminal does not block, and one without a child is an error to read.
    }
    return close(error);
  };
}

class OpenTerminal implements ChildTerminal {
  readonly #pty: IPty;
  readonly #output = new Emitter<Buffer>();
  #size: TerminalSize;
  #isClosed = false;

  constructor(pty: IPty, size: TerminalSize) {
    this.#pty = pty;
    this.#size = size;
  }

  get size(): TerminalSize {
    return this.#size;
  }

  write(input: string): void {
    if (!this.#isClosed) this.#pty.write(input);
  }

  resize(size: TerminalSize): void {
    if (this.#isClosed || (size.columns === this.#size.columns && size.rows === this.#size.rows)) return;
    this.#size = size;
    this.#pty.resize(size.columns, size.rows);
  }

  onOutput(listener: (chunk: Buffer) => void): Disposable {
    return this.#output.on(listener);
  }

  tell(chunk: Buffer): void {
    this.#output.emit(chunk);
  }

  close(): void {
    this.#isClosed = true;
  }
}

/** The package is not there, in words for the person who needs it. */
class MissingPackage extends Error {}

const packageName = '@lydell/node-pty';

/** Looks beside the program, then from the folder of the command upward: a project may have the package for itself. */
async function loadLibrary(dir: string): Promise<PtyLibrary> {
  try {
    return await import('@lydell/node-pty');
  } catch (error) {
    const own = fromFolder(dir);
    if (own !== undefined) return (await import(pathToFileURL(own).href)) as PtyLibrary;
    const isMissing = /^(?:ERR_)?MODULE_NOT_FOUND$/.test((error as NodeJS.ErrnoException).code ?? '');
    const why = isMissing ? 'is not installed' : `does not work here (${(error as Error).message.split('\n')[0]})`;
    throw new MissingPackage(
      `a terminal (tty=True) needs the package ${packageName}, which ${why}. Install it beside tilt: npm install --global ${packageName}`,
      { cause: error },
    );
  }
}

function fromFolder(dir: string): string | undefined {
  if (!fs.existsSync(dir)) return undefined;
  try {
    return createRequire(path.join(dir, 'Tiltfile')).resolve(packageName);
  } catch {
    return undefined;
  }
}

function signalName(number: number | undefined): NodeJS.Signals | undefined {
  if (!number) return undefined;
  return (Object.entries(os.constants.signals) as [NodeJS.Signals, number][]).find(([, each]) => each === number)?.[0];
}
