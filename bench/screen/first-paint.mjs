// From the start of the program to its first frame and to the first resource's name, with 200 resources loading behind it.
import { spawnSync } from 'node:child_process';
import pty from '@lydell/node-pty';
import { environment, freePort, project } from '../measure.mjs';

const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const lines = Array.from(
  { length: 200 },
  (_, i) => `local_resource('svc-${String(i).padStart(3, '0')}', cmd='true', auto_init=False, labels=['g${i % 9}'])`,
);

/** Starts of each kind in one run, in turns. */
const rounds = 7;

export async function firstPaint(command) {
  const empty = [];
  const frames = [];
  const names = [];
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    spawnSync(process.execPath, ['-e', '0'], { env: environment() });
    empty.push(performance.now() - began);
    const { frameMs, nameMs } = await open(command);
    frames.push(frameMs);
    names.push(nameMs);
  }
  return {
    ms: median(names),
    frameMs: median(frames),
    perEmptyNode: median(frames) / median(empty),
    min: Math.min(...names),
  };
}

/** ms to the end of the first frame, and to the frame that has the first name. */
async function open(command) {
  const [program, ...first] = command.split(' ').filter(Boolean);
  const args = [...first, 'up', '--port', String(await freePort())];
  const dir = project({ Tiltfile: `${lines.join('\n')}\n` });
  const began = performance.now();
  const child = pty.spawn(program, args, {
    cols: 160,
    rows: 50,
    cwd: dir,
    env: { ...environment(), TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8' },
  });
  const ended = new Promise(resolve => child.onExit(resolve));
  let text = '';
  let frameMs = Number.NaN;
  const nameMs = await new Promise((resolve, reject) => {
    child.onData(data => {
      text += data;
      const now = performance.now() - began;
      if (Number.isNaN(frameMs) && text.includes('\x1b[?2026l')) frameMs = now;
      if (text.includes('svc-000')) resolve(now);
    });
    setTimeout(reject, 20_000, new Error('no resource on the screen')).unref();
  });
  process.kill(child.pid, 'SIGTERM');
  await ended;
  return { frameMs, nameMs };
}
