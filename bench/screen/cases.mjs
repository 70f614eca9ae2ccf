// The cases of frames.ts, for run.mjs. They measure this repository's screen whatever command line is given.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { sharedOptions } from '../../scripts/build-options.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
let built;

/** Builds the harness once, into a folder of its own. */
function harness() {
  built ??= (async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-bench-screen-'));
    process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
    const worker = path.join(here, '..', '..', 'src', 'logs', 'search-worker.ts');
    const entryPoints = { frames: path.join(here, 'frames.ts'), 'log-search-worker': worker };
    await build({ ...sharedOptions(), entryPoints, outdir: folder, outExtension: { '.js': '.mjs' } });
    return path.join(folder, 'frames.mjs');
  })();
  return built;
}

async function run(name) {
  const done = spawnSync(process.execPath, [await harness(), name], { encoding: 'utf8', timeout: 300_000 });
  if (done.status !== 0) throw new Error((done.stderr || done.stdout).slice(-400));
  return JSON.parse(done.stdout);
}

const reaches = {
  follow: 'frame 1.2 / 4 ms, delay 5 ms, 9% CPU',
  'follow-large': 'frame 2.5 / 7 ms',
  flood: '12% CPU',
  spin: '1.5% CPU, 250 bytes a frame',
  idle: '0 bytes, 0.5% CPU',
  keys: '3 / 15 ms, streaming 8 / 25 ms, flood 25 ms',
  search: '200 ms, no slice over 8 ms',
  memory: '170 MB more for 1,000,000 lines that are kept',
};

/** The whole program in a pseudo-terminal; it needs @lydell/node-pty and @xterm/headless. */
const links = {
  first: ['frame 2.0 empty Nodes, name 250 ms', 'firstPaint'],
  'slow-link': ['30 KB/s: delay 15 ms, nothing queued', 'slowLink'],
  frozen: ['ends within 1,000 ms', 'frozen'],
  thawed: ['restored', 'thawed'],
  resize: ['0 rows wrong, repaints meanwhile', 'resizeStorm'],
};

export const screenCases = Object.fromEntries([
  ...Object.entries(reaches).map(([name, reach]) => [`screen-${name}`, { reach, run: () => run(name) }]),
  ...Object.entries(links).map(([name, [reach, method]]) => [
    `screen-${name}`,
    { reach, run: async command => (await import('./links.mjs'))[method](command) },
  ]),
]);
