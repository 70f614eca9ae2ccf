// Runs the built program as a user would: its own home, state directory and port, real processes, real files.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const program = path.resolve(process.env['TILT_TEST_PROGRAM'] ?? path.join('dist', 'tilt.js'));

/** A folder of a project with a state directory beside it; everything goes when the test ends. */
export interface Project {
  readonly dir: string;
  readonly env: Record<string, string>;
  readonly port: number;
  write(file: string, text: string): void;
  read(file: string): string;
  exists(file: string): boolean;
  /** Starts `tilt ARGS --port PORT` in the folder. */
  start(...args: readonly string[]): TiltProcess;
  /** Runs a command of the command line to its end. */
  run(...args: readonly string[]): Promise<Finished>;
  /** Ends what still runs and removes the folder. */
  dispose(): Promise<void>;
}

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TiltProcess {
  readonly pid: number;
  /** Everything printed so far, both streams. */
  readonly output: string;
  readonly finished: Promise<Finished>;
  /** Resolves when the output (from `from` on) matches; rejects with the output after `timeoutMs`. */
  waitFor(pattern: RegExp | string, options?: { readonly from?: number; readonly timeoutMs?: number }): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** SIGINT, and waits for the end. */
  stop(): Promise<Finished>;
}

const defaultTimeoutMs = 40_000;

/** Waits until `check` gives something; looks every 10 ms. */
export async function until<T>(
  what: string,
  check: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = defaultTimeoutMs,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

const claims = path.join(os.tmpdir(), 'tilt-test-ports');
const staleClaimMs = 15 * 60_000;

/** Takes the port for this test among all that run on the machine; a claim that was left behind is taken over. */
function claim(port: number): boolean {
  const file = path.join(claims, String(port));
  try {
    fs.mkdirSync(file);
    return true;
  } catch {
    const isStale = Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > staleClaimMs;
    if (isStale) fs.rmSync(file, { recursive: true, force: true });
    return false;
  }
}

/** Gives a claimed port back. */
export function release(port: number): void {
  fs.rmSync(path.join(claims, String(port)), { recursive: true, force: true });
}

function canListen(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = net.createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A free port below the range that systems give out by themselves, claimed until release(). */
export async function claimPort(): Promise<number> {
  fs.mkdirSync(claims, { recursive: true });
  for (let i = 0; i < 5000; i++) {
    const port = 20_000 + ((process.pid * 131 + i * 17) % 10_000);
    if (!claim(port)) continue;
    if (await canListen(port)) return port;
    release(port);
  }
  throw new Error('no free port between 20000 and 29999');
}

/** True while a process of that pid exists and is no zombie. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

export async function makeProject(files: Readonly<Record<string, string>>): Promise<Project> {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-e2e-')));
  const dir = path.join(root, 'project');
  const port = await claimPort();
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: path.join(root, 'home'),
    TILT_DEV_DIR: path.join(root, 'state'),
    XDG_CACHE_HOME: path.join(root, 'cache'),
    XDG_CONFIG_HOME: path.join(root, 'config'),
    XDG_DATA_HOME: path.join(root, 'data'),
    XDG_STATE_HOME: path.join(root, 'xdg-state'),
    TERM: 'xterm-256color',
  };
  const running = new Set<TiltProcess>();
  const project: Project = {
    dir,
    env,
    port,
    write(file, text) {
      fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
      fs.writeFileSync(path.join(dir, file), text);
    },
    read: file => fs.readFileSync(path.join(dir, file), 'utf8'),
    exists: file => fs.existsSync(path.join(dir, file)),
    start(...args) {
      const child = spawn(process.execPath, [program, ...withPort(args, port)], {
        cwd: dir,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const tilt = watchProcess(child);
      running.add(tilt);
      void tilt.finished.then(() => running.delete(tilt));
      return tilt;
    },
    run: (...args) => project.start(...args).finished,
    async dispose() {
      for (const tilt of running) tilt.kill('SIGINT');
      await Promise.all([...running].map(tilt => tilt.finished));
      fs.rmSync(root, { recursive: true, force: true });
      release(port);
    },
  };
  fs.mkdirSync(dir, { recursive: true });
  fs.mkdirSync(env['HOME']!, { recursive: true });
  for (const [file, text] of Object.entries(files)) project.write(file, text);
  return project;
}

const sessionCommands = ['up', 'ci', 'trigger', 'enable', 'disable', 'logs', 'args', 'status', 'stop'];
const objectCommands = ['get', 'describe', 'create', 'apply', 'edit', 'patch', 'delete', 'wait'];

/** Commands of a session get the project's port, before a `--`. */
function withPort(args: readonly string[], port: number): string[] {
  const [command = '', ...rest] = args;
  const isDump = command === 'dump' && ['engine', 'logstore', 'webview'].includes(rest[0] ?? '');
  const hasPort = sessionCommands.includes(command) || objectCommands.includes(command) || isDump;
  return hasPort && !args.includes('--port') ? [command, '--port', String(port), ...rest] : [...args];
}

function watchProcess(child: ChildProcess): TiltProcess {
  let stdout = '';
  let stderr = '';
  let output = '';
  const listeners = new Set<() => void>();
  const take = (chunk: string): void => {
    output += chunk;
    for (const listener of listeners) listener();
  };
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    take(chunk);
  });
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    take(chunk);
  });
  const finished = new Promise<Finished>(resolve => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  let isFinished = false;
  void finished.then(() => {
    isFinished = true;
    for (const listener of listeners) listener();
  });
  const tilt: TiltProcess = {
    pid: child.pid!,
    get output() {
      return output;
    },
    finished,
    waitFor(pattern, { from = 0, timeoutMs = defaultTimeoutMs } = {}) {
      const matches = (): boolean =>
        typeof pattern === 'string' ? output.slice(from).includes(pattern) : pattern.test(output.slice(from));
      return new Promise((resolve, reject) => {
        const settle = (error?: Error): void => {
          clearTimeout(timer);
          listeners.delete(look);
          if (error) reject(error);
          else resolve();
        };
        const look = (): void => {
          if (matches()) settle();
          else if (isFinished)
            settle(new Error(`the program ended without printing ${pattern}; it printed:\n${output}`));
        };
        const timer = setTimeout(
          () => settle(new Error(`not printed within ${timeoutMs} ms: ${pattern}; it printed:\n${output}`)),
          timeoutMs,
        );
        listeners.add(look);
        look();
      });
    },
    kill: signal => void child.kill(signal),
    async stop() {
      child.kill('SIGINT');
      return finished;
    },
  };
  return tilt;
}
