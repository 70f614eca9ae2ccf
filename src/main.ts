// The entry: hands the process (arguments, environment, streams, signals) to the command line and ends with its exit code.
// Does not: parse, print, or know a command. What it imports is loaded by every command, so it stays small, and Node's own
// modules are asked for by name: an import of them costs each start.
import { loadPacked } from './adapters/code/packed-code.ts';
import type { CliIo } from './cli/command.ts';

/** The folder that the shell is in. Where it was deleted, what the shell calls it: it may be there again. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    const named = process.env['PWD'] || '/';
    try {
      process.chdir(named);
    } catch {
      // The folder is missed by name where it is needed; others do without it, and Node must not ask for it again.
      process.chdir('/');
    }
    return named;
  }
}

const io: CliIo = {
  argv: process.argv,
  executable: import.meta.filename,
  cwd: workingDirectory(),
  get home() {
    return process.getBuiltinModule('node:os').homedir();
  },
  platform: process.platform,
  uid: process.getuid?.(),
  pid: process.pid,
  env: process.env,
  // Made when first used: opening a stream costs time that `tilt version` does not owe.
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    isStdoutOpen = true;
    return watched(process.stdout);
  },
  get stderr() {
    return watched(process.stderr);
  },
  print: text => print(text),
  onSignal(signal, listener) {
    process.on(signal, listener);
    return () => process.removeListener(signal, listener);
  },
  exit: code => process.exit(code),
};

// A reader that went away (`tilt logs | head`) is no error. A full disk is one, told once; what runs goes on to its end.
let isOutputLost = false;
let isStdoutOpen = false;
const opened = new Set<NodeJS.WriteStream>();

/** A stream that is used for the first time: its errors are ours from now on. */
function watched(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (opened.has(stream)) return stream;
  opened.add(stream);
  stream.on('error', loseOutput);
  return stream;
}

function loseOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || isOutputLost) return;
  isOutputLost = true;
  watched(process.stderr).write(`tilt cannot write its output: ${error.message}\n`);
}

/** Writes to stdout. Past Node's stream where that is a file or a pipe: making the stream takes some milliseconds. */
function print(text: string): void {
  let rest: string | Buffer = text;
  try {
    if (canWriteAtOnce()) {
      const written = process.getBuiltinModule('node:fs').writeSync(1, text);
      if (written === Buffer.byteLength(text)) return;
      rest = Buffer.from(text).subarray(written);
    }
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    // A slow reader of a pipe that does not wait: the stream does.
    if (failure.code !== 'EAGAIN') return void loseOutput(failure);
  }
  io.stdout.write(rest);
}

function canWriteAtOnce(): boolean {
  if (isStdoutOpen) return false;
  const to = process.getBuiltinModule('node:fs').fstatSync(1);
  return to.isFile() || to.isFIFO() || to.isSocket();
}

/** Exit code of a fault of ours, apart from every failure of the user's. */
const bugExitCode = 70;

function reportBug(error: unknown): never {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`tilt ran into a bug of its own; please report it with this text:\n${text}\n`);
  process.exit(bugExitCode);
}
// A rejection that nobody handles becomes an uncaught exception by itself; the terminal is restored before this is called.
process.on('uncaughtException', reportBug);

/** The pack of this command line: what is asked for again and again has one, and what somebody waits for at a screen. */
function packName(): string | undefined {
  const [, , word, next] = process.argv;
  if (word === 'up' || word === 'ci') return 'session';
  if (word === 'get' || word === 'down' || word === 'version') return word;
  return word === 'alpha' && next === 'tiltfile-result' ? next : undefined;
}

/** The command line from its pack; undefined when it has none. */
function packedCli(): typeof import('./cli/root.ts').runCli | undefined {
  const name = packName();
  if (name === undefined) return undefined;
  const { v8 } = process.versions;
  const host = { v8, arch: process.arch, builtin: process.getBuiltinModule, installed };
  const folder = `${import.meta.dirname}/packs/${name}`;
  return loadPacked(folder, './entry-0.js', host)?.['runCli'] as typeof import('./cli/root.ts').runCli | undefined;
}

/** A package that may be installed beside the program. */
function installed(name: string): unknown {
  return process.getBuiltinModule('node:module').createRequire(import.meta.filename)(name);
}

/** A terminal that takes nothing is waited for so long, in ms; a program that was told to end has less time. */
const terminalPatienceMs = 3000;
const endingPatienceMs = 100;

/** Resolves when what was written is with the reader, or the reader is gone. */
function flushed(stream: NodeJS.WriteStream, code: number): Promise<void> {
  return new Promise(resolve => {
    if (stream.destroyed || stream.writableEnded) return resolve();
    stream.write('', () => resolve());
    if (stream.isTTY) setTimeout(resolve, code > 128 ? endingPatienceMs : terminalPatienceMs);
  });
}

async function main(): Promise<never> {
  // What a command waits for at its end may hold nothing open (a process that is watched without being waited for), and
  // Node would leave in the middle of it.
  const alive = setInterval(() => {}, 2 ** 30);
  const packed = packedCli();
  // A screen writes past the getters above.
  if (!packed || packName() === 'session') for (const stream of [process.stdout, process.stderr]) watched(stream);
  const runCli = packed ?? (await import('./cli/root.ts')).runCli;
  const code = await runCli(io);
  clearInterval(alive);
  await Promise.all([...opened].map(stream => flushed(stream, code)));
  // A code above 128 stands for a signal that ended a screen.
  if (code > 128 && process.stdin.isTTY) (await import('./terminal/lifecycle-job.ts')).dieInBackground(code);
  process.exit(isOutputLost && code === 0 ? 1 : code);
}

void main();
