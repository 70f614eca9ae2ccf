// What the cases stand on: scratch folders, whole processes timed from outside, long-running ones watched line by line.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-bench-'));
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));

/** The environment of everything that is measured: nothing of the user's. */
const env = {
  PATH: process.env.PATH,
  HOME: root,
  TILT_DEV_DIR: path.join(root, 'state'),
  XDG_CACHE_HOME: path.join(root, 'cache'),
  DO_NOT_TRACK: '1',
  TERM: 'dumb',
};

export const environment = () => ({ ...env });

/** Where the sessions of this run keep their state. */
export const stateDirectory = env.TILT_DEV_DIR;

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** A folder with these files. */
export function project(files) {
  const dir = fs.mkdtempSync(path.join(root, 'project-'));
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    fs.writeFileSync(path.join(dir, file), text);
  }
  return dir;
}

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const words = command => command.split(' ').filter(Boolean);
let delayFiles = 0;
const delayFile = () => path.join(root, `delay-${delayFiles++}.json`);

function readDelay(file) {
  try {
    return { delayP99: JSON.parse(fs.readFileSync(file, 'utf8')).p99Ms };
  } catch {
    return {};
  }
}

/** Runs to the end; wall time in ms, the loop's delay where the program tells it. Throws when it fails. */
export function once(command, args, dir) {
  const [program, ...first] = words(command);
  const file = delayFile();
  const began = performance.now();
  const done = spawnSync(program, [...first, ...args], {
    cwd: dir,
    env: { ...env, TILT_LOOP_DELAY: file },
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: 300_000,
  });
  const ms = performance.now() - began;
  if (done.status !== 0) throw new Error(`exit ${done.status}: ${(done.stdout + done.stderr).slice(-400)}`);
  return { ms, ...readDelay(file) };
}

/** Starts and watches (measuring the loop's delay costs 1.5% of a core by itself); `wait` gives the time at which a line matched. */
export function start(command, args, dir, { measuresDelay = true } = {}) {
  const [program, ...first] = words(command);
  const file = delayFile();
  const child = spawn(program, [...first, ...args], {
    cwd: dir,
    env: measuresDelay ? { ...env, TILT_LOOP_DELAY: file } : env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [];
  const waiters = new Set();
  let rest = '';
  const take = chunk => {
    rest += chunk;
    const parts = rest.split('\n');
    rest = parts.pop();
    const at = performance.now();
    for (const line of parts) {
      lines.push(line);
      for (const waiter of waiters) if (waiter.pattern.test(line)) waiter.resolve(at);
    }
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const ended = new Promise(resolve => child.on('close', resolve));
  return {
    pid: child.pid,
    lines,
    ended,
    wait(pattern, timeoutMs = 60_000) {
      return new Promise((resolve, reject) => {
        const waiter = { pattern, resolve: at => settle(() => resolve(at)) };
        const timer = setTimeout(
          () => settle(() => reject(new Error(`no line matches ${pattern}: ${lines.slice(-3).join(' | ')}`))),
          timeoutMs,
        );
        const settle = finish => {
          clearTimeout(timer);
          waiters.delete(waiter);
          finish();
        };
        waiters.add(waiter);
        if (lines.some(line => pattern.test(line))) waiter.resolve(performance.now());
      });
    },
    async stop() {
      const began = performance.now();
      child.kill('SIGINT');
      await ended;
      return { stopMs: performance.now() - began, ...readDelay(file) };
    },
  };
}

/** Resident memory in MB and processor time in ms of a process; NaN where the system does not tell. */
export function usage(pid) {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ');
    return {
      rssMb: Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024,
      cpuMs: (Number(stat[11]) + Number(stat[12])) * 10,
    };
  } catch {
    return { rssMb: Number.NaN, cpuMs: Number.NaN };
  }
}

/** Waits until the file has text; gives it. */
export async function fileText(file, timeoutMs = 30_000) {
  for (const until = performance.now() + timeoutMs; performance.now() < until; await sleep(1)) {
    try {
      const text = fs.readFileSync(file, 'utf8').trim();
      if (text !== '') return text;
    } catch {
      // not there yet
    }
  }
  throw new Error(`${file} did not appear`);
}
