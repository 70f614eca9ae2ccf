// The program in a pseudo-terminal whose reader takes what it is told to take, read back by a terminal emulator.
import fs from 'node:fs';
import pty from '@lydell/node-pty';
import headless from '@xterm/headless';
import { environment, freePort, project, sleep } from '../measure.mjs';

/** Longest sleep of a throttled reader, in ms. */
const readerSliceMs = 20;

export class PtyScreen {
  bytes = 0;
  /** Frames that came; each is one synchronised output. */
  frames = 0;
  #copy;
  /** Bytes a second that the reader takes; 0 takes nothing. */
  #rate = Number.POSITIVE_INFINITY;
  #child;
  #terminal;
  #debtUntil = 0;
  ended;
  exitCode;

  constructor(command, args, { dir, columns = 160, rows = 50, env = {} }) {
    const [program, ...first] = command.split(' ').filter(Boolean);
    this.#terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
    this.#child = pty.spawn(program, [...first, ...args], {
      cols: columns,
      rows,
      cwd: dir,
      encoding: null,
      env: { ...environment(), TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8', ...env },
    });
    this.#child.onData(data => this.#take(data));
    this.ended = new Promise(resolve =>
      this.#child.onExit(({ exitCode }) => {
        this.exitCode = exitCode;
        resolve(exitCode);
      }),
    );
  }

  get pid() {
    return this.#child.pid;
  }

  get terminal() {
    return this.#terminal;
  }

  #take(data) {
    this.bytes += data.length;
    this.frames += data.toString('latin1').split('\x1b[?2026h').length - 1;
    this.#terminal.write(data);
    this.#copy?.write(data);
    if (this.#rate === Number.POSITIVE_INFINITY) return;
    const now = performance.now();
    this.#debtUntil = Math.max(now, this.#debtUntil) + (data.length / this.#rate) * 1000;
    this.#child.pause();
    if (this.#rate > 0) this.#resumeLater();
  }

  #resumeLater() {
    const waitMs = this.#debtUntil - performance.now();
    if (waitMs <= 1) this.#child.resume();
    else setTimeout(() => this.#rate > 0 && this.#resumeLater(), Math.min(waitMs, readerSliceMs));
  }

  /** From now on the reader takes so many bytes a second. */
  throttle(bytesPerSecond) {
    this.#rate = bytesPerSecond;
    this.#debtUntil = 0;
    if (bytesPerSecond === 0) this.#child.pause();
    else this.#child.resume();
  }

  /** What comes goes to another terminal too, until the returned function is called. */
  copyTo(terminal) {
    this.#copy = terminal;
    return () => {
      this.#copy = undefined;
    };
  }

  press(text) {
    this.#child.write(text);
  }

  resize(columns, rows) {
    this.#terminal.resize(columns, rows);
    this.#child.resize(columns, rows);
  }

  kill(signal) {
    process.kill(this.pid, signal);
  }

  rows() {
    const buffer = this.#terminal.buffer.active;
    return Array.from(
      { length: this.#terminal.rows },
      (_, y) => buffer.getLine(buffer.viewportY + y)?.translateToString(true) ?? '',
    );
  }

  text() {
    return this.rows().join('\n');
  }

  /** When everything that came is on the emulator's screen. */
  settled() {
    return new Promise(resolve => this.#terminal.write('', resolve));
  }

  async until(pattern, timeoutMs = 30_000) {
    for (const end = performance.now() + timeoutMs; ; await sleep(10)) {
      if (pattern.test(this.text())) return;
      if (performance.now() > end) throw new Error(`no ${pattern} on the screen: ${this.text().slice(0, 300)}`);
    }
  }
}

/** A project of 200 resources, twelve of which build, and a server that writes so many lines a second, each with its time. */
export function streamingProject(linesPerSecond) {
  const perTick = Math.round(linesPerSecond / 100);
  const writer = `
let n = 0;
const words = 'request served from cache user trace status path method agent region shard queue retry token'.split(' ');
const word = () => words[Math.floor(Math.random() * words.length)] + '=' + Math.floor(Math.random() * 9973);
setInterval(() => {
  let text = '';
  for (let i = 0; i < ${perTick}; i++) text += 'at=' + Date.now() + ' line ' + n++ + ' ' + Array.from({ length: 9 }, word).join(' ') + '\\n';
  process.stdout.write(text);
}, 10);`;
  const line = i => {
    if (i === 0) return `local_resource('r0', serve_cmd='exec ${process.execPath} writer.mjs', labels=['group-0'])`;
    const command = i <= 12 ? 'exec sleep 1000' : 'true';
    return `local_resource('r${i}', cmd='${command}', allow_parallel=True, labels=['group-${Math.floor(i / 20)}'])`;
  };
  const lines = Array.from({ length: 200 }, (_, i) => line(i));
  return project({
    Tiltfile: `update_settings(max_parallel_updates=16)\n${lines.join('\n')}\n`,
    'writer.mjs': writer,
  });
}

/** Opens the screen on such a project, with the log of the server that writes in sight. */
export async function openStreaming(command, linesPerSecond, options = {}) {
  const port = String(await freePort());
  const screen = new PtyScreen(command, ['up', '--port', port], { dir: streamingProject(linesPerSecond), ...options });
  await screen.until(/ r12 .*building/);
  screen.press('\x1b[B');
  await sleep(200);
  screen.press('\x1b[B');
  await screen.until(/line \d/);
  return screen;
}

/** p99 of the event loop's delay that a program wrote at its end, in ms. */
export function readDelayFile(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).p99Ms;
  } catch {
    return Number.NaN;
  }
}
