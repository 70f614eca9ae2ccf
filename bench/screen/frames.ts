// The screen by itself, without a session and without a terminal: what a frame costs, how soon a key is answered, what
// searching and keeping a log costs. Prints one line of JSON; cases.mjs builds and runs it, a process a case.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Client } from '../../src/api/client.ts';
import type { UIResourceStatus } from '../../src/api/kinds-session.ts';
import { apiVersion } from '../../src/api/meta.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Emitter } from '../../src/base/emitter.ts';
import { makeLogStore } from '../../src/logs/index.ts';
import { capabilitiesOf } from '../../src/terminal/capabilities.ts';
import { Encoder } from '../../src/terminal/encoder.ts';
import { FrameScheduler } from '../../src/terminal/frame-scheduler.ts';
import { Grid } from '../../src/terminal/grid.ts';
import type { InputEvent } from '../../src/terminal/input-events.ts';
import { makeShell } from '../../src/terminal/shell.ts';
import type { Paint, Terminal } from '../../src/terminal/terminal.ts';
import { makeKeymap } from '../../src/tui/keymap.ts';
import { defaultKeymapData } from '../../src/tui/keymap-data.ts';
import { Screen } from '../../src/tui/screen.ts';
import { defaultTheme } from '../../src/tui/theme.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-frames-'));
const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;
const words = 'request served in from cache user trace status path method agent region shard queue retry token'.split(
  ' ',
);

/** A line of 150 bytes on average, no two alike, some with colours. */
function makeLine(i: number): string {
  const colour = i % 7 === 0 ? '\x1b[33mwarn\x1b[0m ' : i % 5 === 0 ? '\x1b[32minfo\x1b[0m ' : 'info ';
  let line = `${colour}${i} `;
  for (let k = 0; line.length < 120 + ((i * 7919) % 60); k++)
    line += `${words[(i * 31 + k * 17) % words.length]}=${(i * k) % 9973} `;
  return line;
}

const logs = makeLogStore({
  directory: path.join(folder, 'logs'),
  sessionName: 'bench',
  searchWorkerFile: path.join(import.meta.dirname, 'log-search-worker.mjs'),
  isLiveSession: () => false,
  onDiskError: error => error && console.error(error),
});

async function fillLog(lines: number): Promise<void> {
  const span = logs.span('localserve:1', 'r0');
  for (let i = 0; i < lines; i += 500) {
    let text = '';
    for (let k = i; k < i + 500; k++) text += `${makeLine(k)}\n`;
    span.write(text);
    // Nothing may be given up because the disk is slower than this.
    if (i % 100_000 === 0) await logs.flush();
    else if (i % 10_000 === 0) await new Promise(resolve => setImmediate(resolve));
  }
  await logs.flush();
}

/** A terminal that takes every frame at once and measures what it cost to make. */
class MeasuredTerminal {
  readonly capabilities = capabilitiesOf({ TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8' });
  readonly inputs = new Emitter<InputEvent>();
  readonly grid: Grid;
  frameMs: number[] = [];
  bytes = 0;
  onFrame: (() => void) | undefined;
  #paint: Paint | undefined;
  readonly #scheduler: FrameScheduler;

  constructor(columns: number, rows: number) {
    this.grid = new Grid(columns, rows);
    const encoder = new Encoder(this.grid, this.capabilities);
    this.#scheduler = new FrameScheduler({
      clock: systemClock,
      framesPerSecond: 30,
      render: () => {
        const began = performance.now();
        this.#paint?.(this.grid);
        const frame = encoder.encode();
        if (frame !== '') this.frameMs.push(performance.now() - began);
        return frame;
      },
      write: (frame, done) => {
        this.bytes += Buffer.byteLength(frame);
        this.onFrame?.();
        setImmediate(done);
      },
    });
  }

  asTerminal(): Terminal {
    const { grid, capabilities } = this;
    const size = { columns: grid.width, rows: grid.height };
    return {
      size,
      capabilities,
      output: { waitingMs: 0, lastFrameMs: 0, frames: 0, bytes: 0 },
      onInput: listener => this.inputs.on(listener),
      onResize: () => ({ dispose() {} }),
      onSignal: () => ({ dispose() {} }),
      requestFrame: (paint, urgency) => {
        this.#paint = paint;
        this.#scheduler.request(urgency === 'key');
      },
      invalidate: () => grid.invalidate(),
      send: () => {},
      setMouse: () => {},
      suspend: async () => {},
      resume: () => {},
      stopJob: () => {},
      close: async () => {},
      restore: () => {},
      detach: () => {},
    };
  }
}

/** 200 resources in ten groups, `spinners` of which build. */
function makeClient(spinners: number): Client {
  const now = Date.now();
  const resources = Array.from({ length: 200 }, (_, i) => {
    const isBuilding = i > 0 && i <= spinners;
    const status: UIResourceStatus = isBuilding
      ? {
          order: i + 1,
          updateStatus: 'in_progress',
          currentBuild: { startTime: new Date(now - 86_400_000 * 3).toISOString() },
        }
      : {
          order: i + 1,
          updateStatus: 'ok',
          runtimeStatus: 'ok',
          conditions: [
            { type: 'Ready', status: 'True', lastTransitionTime: new Date(now - 86_400_000 * 3).toISOString() },
          ],
        };
    const label = `group-${Math.floor(i / 20)}`;
    return { apiVersion, kind: 'UIResource', metadata: { name: `r${i}`, labels: { [label]: label } }, status };
  });
  const byName = new Map(resources.map(resource => [resource.metadata.name, resource]));
  const nothing = async (): Promise<never> => Promise.reject(new Error('not in a benchmark'));
  return {
    session: {
      project: 'bench',
      tiltfilePath: '/bench/Tiltfile',
      webUrl: '',
      versionLine: '',
      startedAtMs: now,
      tiltfileArgs: [],
    },
    get: ((kind: string, name: string) => (kind === 'UIResource' ? byName.get(name) : undefined)) as Client['get'],
    list: ((kind: string) => (kind === 'UIResource' ? resources : [])) as unknown as Client['list'],
    onChange: () => ({ dispose() {} }),
    openLogs: (filter, place) => logs.openCursor(filter, place),
    findLogs: (search, options) => logs.find(search, options),
    commandLines: async most => logs.commandIds(most),
    logSections: names => logs.sections(names),
    logCounts: () => ({ warnings: 0, errors: 0 }),
    terminalOf: () => undefined,
    trigger: nothing,
    setDisabled: nothing,
    setTriggerMode: nothing,
    stopBuild: nothing,
    clickButton: nothing,
    setTiltfileArgs: nothing,
    exitPlan: nothing,
    exit: nothing,
  };
}

function openScreen(terminal: MeasuredTerminal, spinners: number): Screen {
  return new Screen({
    terminal: terminal.asTerminal(),
    clock: systemClock,
    theme: defaultTheme(false),
    keymap: makeKeymap([{ data: defaultKeymapData }]).keymap,
    ascii: false,
    project: 'bench',
    client: makeClient(spinners),
    host: {
      saveLog: () => Promise.reject(new Error('no')),
      keepText: () => Promise.reject(new Error('no')),
      openUrl: async () => false,
      tunnelLine: () => undefined,
      hostName: 'bench',
      findFile: async () => undefined,
      edit: async () => {},
      openInContainer: () => Promise.reject(new Error('no')),
      capture: () => Promise.reject(new Error('no')),
      attach: async () => 'ended',
      sampleUsage: async () => new Map(),
      samplePods: async () => new Map(),
      loadTheme: () => Promise.reject(new Error('no')),
      saveView: () => {},
    },
    shell: makeShell(),
    graceMs: 0,
    hurry: () => {},
  });
}

const key = (name: string): InputEvent => ({ kind: 'key', name, text: name });

/** Lines as they come out of a pipe: bytes, many at a time. */
const prepared = Array.from({ length: 20_000 }, (_, i) => Buffer.from(`${makeLine(i)}\n`));
const preparedBytes = Buffer.concat(prepared);
let preparedLength = 0;
const preparedEnds = prepared.map(line => {
  preparedLength += line.length;
  return preparedLength;
});

/** Writes lines at a pace until it is ended. */
function stream(linesPerSecond: number): () => void {
  const span = logs.span('localserve:1', 'r0');
  let written = 0;
  const began = performance.now();
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1000) * linesPerSecond);
    while (written < due) {
      const from = written % preparedEnds.length;
      const to = Math.min(preparedEnds.length, from + due - written);
      span.write(preparedBytes.subarray(from === 0 ? 0 : preparedEnds[from - 1], preparedEnds[to - 1]));
      written += to - from;
    }
  }, 10);
  return () => clearInterval(timer);
}

interface Measured {
  readonly frameMedianMs: number;
  readonly frameP99Ms: number;
  readonly framesPerS: number;
  readonly bytesPerFrame: number;
  readonly cpuPercent: number;
  readonly delayP99: number;
  readonly rssMb: number;
}

/** The watch on the event loop wakes up a hundred times a second, which costs more than an idle screen does: it has a time of its own. */
async function measure(terminal: MeasuredTerminal, ms: number): Promise<Measured> {
  terminal.frameMs = [];
  terminal.bytes = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  await sleep(ms);
  const tookMs = performance.now() - began;
  const used = process.cpuUsage(cpu);
  const { bytes } = terminal;
  const frameMs = [...terminal.frameMs];
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  await sleep(ms / 2);
  delay.disable();
  const frames = frameMs.length;
  return {
    frameMedianMs: percentile(frameMs, 0.5),
    frameP99Ms: percentile(frameMs, 0.99),
    framesPerS: (frames * 1000) / tookMs,
    bytesPerFrame: frames === 0 ? 0 : bytes / frames,
    cpuPercent: (used.user + used.system) / 10 / tookMs,
    delayP99: Math.max(0, delay.percentile(99) / 1e6 - 10),
    rssMb: process.memoryUsage.rss() / 2 ** 20,
  };
}

/** ms from a key to its frame, for keys that move the selection. */
async function measureKeys(terminal: MeasuredTerminal, count: number): Promise<{ medianMs: number; p95Ms: number }> {
  const took: number[] = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    const framed = new Promise<void>(resolve => {
      terminal.onFrame = resolve;
    });
    terminal.inputs.emit(key(i % 20 < 10 ? 'K' : 'J'));
    await Promise.race([framed, sleep(500)]);
    took.push(performance.now() - began);
    terminal.onFrame = undefined;
    await sleep(40 + (i % 7) * 5);
  }
  return { medianMs: percentile(took, 0.5), p95Ms: percentile(took, 0.95) };
}

const cases: Readonly<Record<string, () => Promise<object>>> = {
  async follow() {
    await fillLog(200_000);
    const terminal = new MeasuredTerminal(160, 50);
    const screen = openScreen(terminal, 12);
    await sleep(500);
    const end = stream(5000);
    await sleep(1000);
    const figures = await measure(terminal, 5000);
    end();
    screen.dispose();
    return figures;
  },
  async 'follow-large'() {
    await fillLog(200_000);
    const terminal = new MeasuredTerminal(320, 100);
    const screen = openScreen(terminal, 12);
    await sleep(500);
    const end = stream(5000);
    await sleep(1000);
    const figures = await measure(terminal, 5000);
    end();
    screen.dispose();
    return figures;
  },
  async flood() {
    const terminal = new MeasuredTerminal(160, 50);
    const screen = openScreen(terminal, 12);
    await sleep(500);
    const end = stream(50_000);
    await sleep(1000);
    const figures = await measure(terminal, 5000);
    end();
    screen.dispose();
    return figures;
  },
  async spin() {
    await fillLog(200_000);
    const terminal = new MeasuredTerminal(160, 50);
    const screen = openScreen(terminal, 12);
    // It is open all day: its first seconds, in which it is still compiled, are others' figures.
    await sleep(6000);
    const figures = await measure(terminal, 8000);
    screen.dispose();
    return figures;
  },
  async idle() {
    await fillLog(200_000);
    const terminal = new MeasuredTerminal(160, 50);
    const screen = openScreen(terminal, 0);
    await sleep(2000);
    const figures = await measure(terminal, 8000);
    screen.dispose();
    return figures;
  },
  async keys() {
    await fillLog(200_000);
    const terminal = new MeasuredTerminal(160, 50);
    const screen = openScreen(terminal, 0);
    await sleep(1000);
    await sleep(500);
    const quiet = await measureKeys(terminal, 60);
    const end = stream(5000);
    await sleep(500);
    const busy = await measureKeys(terminal, 60);
    end();
    const endFlood = stream(50_000);
    await sleep(500);
    const flooded = await measureKeys(terminal, 60);
    endFlood();
    screen.dispose();
    return {
      medianMs: quiet.medianMs,
      p95Ms: quiet.p95Ms,
      streamingMedianMs: busy.medianMs,
      streamingP95Ms: busy.p95Ms,
      floodP95Ms: flooded.p95Ms,
    };
  },
  async search() {
    await fillLog(2_000_000);
    const first = await measureSearches('shard=9972 ', 1);
    logs.prepareSearch();
    await sleep(500);
    const quiet = await measureSearches('shard=9972 ', 7);
    const letters = await measureSearches('needle', 5);
    const end = stream(5000);
    const busy = await measureSearches('shard=9972 ', 7);
    end();
    return {
      ...quiet,
      firstMs: first.ms,
      lettersMs: letters.ms,
      streamingMs: busy.ms,
      streamingSliceMs: busy.longestSliceMs,
      rssMb: rssMb(),
    };
  },
  async memory() {
    const none = { directory: undefined, sessionName: 'memory', isLiveSession: () => false, onDiskError: () => {} };
    const kept = makeLogStore({ ...none, maxMemoryBytes: 2 ** 28 });
    const span = kept.span('localserve:1', 'r0');
    const beforeMb = rssMb();
    // As much as a pipe gives at a time.
    for (let i = 0; i < 1_000_000; i += prepared.length) {
      for (let at = 0; at < preparedBytes.length; at += 65_536) span.write(preparedBytes.subarray(at, at + 65_536));
      await new Promise(resolve => setImmediate(resolve));
    }
    await sleep(1000);
    const [oldest] = await kept.openCursor({}, { at: 'start' }).next(1);
    if (oldest?.text !== makeLine(0)) throw new Error('not all lines were kept');
    return { rssMb: rssMb(), grownMb: rssMb() - beforeMb, textMb: (preparedBytes.length * 50) / 2 ** 20 };
  },
};

/** Resident memory in MB. */
function rssMb(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}

/** Searches all of the log, `times` in turn. On a busy machine the time is the neighbours'; what was used of the processor is the search's own. */
async function measureSearches(
  pattern: string,
  times: number,
): Promise<{ ms: number; cpuMs: number; longestSliceMs: number }> {
  const took: number[] = [];
  const used: number[] = [];
  let longestSliceMs = 0;
  for (let i = 0; i < times; i++) {
    await sleep(50);
    // One that was stopped before would count the time until it goes on.
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await sleep(5);
    const began = performance.now();
    const cpu = process.cpuUsage();
    await logs.find(
      { text: { pattern }, filter: { resources: ['r0'] }, maxIds: 100_000 },
      { signal: new AbortController().signal },
    );
    took.push(performance.now() - began);
    const { user, system } = process.cpuUsage(cpu);
    used.push((user + system) / 1000);
    delay.disable();
    longestSliceMs = Math.max(longestSliceMs, delay.max / 1e6 - 1);
  }
  return { ms: percentile(took, 0.5), cpuMs: percentile(used, 0.5), longestSliceMs };
}

const name = process.argv[2] ?? '';
try {
  console.log(JSON.stringify(await cases[name]!()));
} finally {
  await logs.dispose();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
