// The whole program on terminals that are slow, frozen or resized all the time.
import fs from 'node:fs';
import path from 'node:path';
import headless from '@xterm/headless';
import { freePort, project, sleep } from '../measure.mjs';
import { openStreaming, PtyScreen, readDelayFile } from './pty-screen.mjs';

export { firstPaint } from './first-paint.mjs';

const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const delayFileIn = () => path.join(project({ 'delay.json': '' }), 'delay.json');

/** A link that takes 30 KB/s: how old the newest line on the screen is, and whether anything else waits for the link. */
export async function slowLink(command) {
  const delayFile = delayFileIn();
  const screen = await openStreaming(command, 5000, { env: { TILT_LOOP_DELAY: delayFile } });
  await sleep(2000);
  screen.throttle(30_000);
  await sleep(4000);
  const before = screen.bytes;
  const ages = [];
  const keys = [];
  for (let i = 0; i < 50; i++) {
    await sleep(200);
    const times = [...screen.text().matchAll(/at=(\d{13})/g)].map(found => Number(found[1]));
    if (times.length > 0) ages.push(Date.now() - Math.max(...times));
  }
  const kbPerS = (screen.bytes - before) / 10_000;
  for (let i = 0; i < 6; i++) keys.push(await answered(screen, i));
  screen.throttle(Number.POSITIVE_INFINITY);
  screen.kill('SIGTERM');
  await screen.ended;
  return {
    delayP99: readDelayFile(delayFile),
    lineAgeMs: median(ages),
    oldestMs: Math.max(...ages),
    kbPerS,
    keyMs: median(keys),
  };
}

/** ms from the key that shows all logs, or one, until the screen says so. */
async function answered(screen, i) {
  const began = performance.now();
  screen.press('0');
  await screen.until(i % 2 === 0 ? /its log/ : /all logs/, 10_000);
  return performance.now() - began;
}

/** A terminal that takes nothing any more: the program's timers run, and SIGTERM ends it. */
export async function frozen(command) {
  const delayFile = delayFileIn();
  const screen = await openStreaming(command, 5000, { env: { TILT_LOOP_DELAY: delayFile } });
  await sleep(1000);
  screen.throttle(0);
  await sleep(5000);
  const began = performance.now();
  screen.kill('SIGTERM');
  while (isAlive(screen.pid) && performance.now() - began < 10_000) await sleep(5);
  const endMs = performance.now() - began;
  screen.throttle(Number.POSITIVE_INFINITY);
  await screen.ended;
  return { endMs, delayP99: readDelayFile(delayFile) };
}

/** The same, but the terminal takes bytes again as soon as the program is told to end: it must be as it was before. */
export async function thawed(command) {
  const screen = await openStreaming(command, 5000);
  await sleep(1000);
  screen.throttle(0);
  await sleep(2000);
  const began = performance.now();
  screen.kill('SIGTERM');
  await sleep(30);
  screen.throttle(Number.POSITIVE_INFINITY);
  await screen.ended;
  const endMs = performance.now() - began;
  await screen.settled();
  const { buffer, modes } = screen.terminal;
  const isRestored = buffer.active.type === 'normal' && modes.mouseTrackingMode === 'none' && !modes.bracketedPasteMode;
  return { endMs, restored: isRestored ? 1 : 0 };
}

function isAlive(pid) {
  try {
    // A process that ended and was not waited for yet has no memory any more.
    return fs.readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[0] !== '0';
  } catch {
    return false;
  }
}

/** 100 sizes a second for three seconds; at the end every cell is compared with a fresh paint of the same state. */
export async function resizeStorm(command) {
  const lines = Array.from(
    { length: 60 },
    (_, i) =>
      `local_resource('r${i}', cmd='for k in 1 2 3 4 5 6 7 8; do printf "\\\\033[3$k;1mline\\\\033[0m $k 表示 🙂 %0120d\\n" $k; done', allow_parallel=True, labels=['g${i % 4}'])`,
  );
  const dir = project({ Tiltfile: `update_settings(max_parallel_updates=16)\n${lines.join('\n')}\n` });
  const screen = new PtyScreen(command, ['up', '--port', String(await freePort())], { dir });
  await screen.until(/60 . done/);
  let random = 12345;
  const below = end => {
    random = (random * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((random / 2 ** 31) * end);
  };
  const before = { bytes: screen.bytes, frames: screen.frames };
  const began = performance.now();
  for (let i = 0; i < 300; i++) {
    screen.resize(40 + below(160), 10 + below(60));
    await sleep(Math.max(0, began + (i + 1) * 10 - performance.now()));
  }
  const repaints = screen.frames - before.frames;
  const bytes = screen.bytes - before.bytes;
  screen.resize(120, 40);
  await sleep(700);
  let rowsWrong = Number.POSITIVE_INFINITY;
  // An age may change between the two pictures; what is wrong stays wrong.
  for (let i = 0; i < 6 && rowsWrong > 0; i++) rowsWrong = Math.min(rowsWrong, await wrongRows(screen));
  screen.kill('SIGTERM');
  await screen.ended;
  return { rowsWrong, repaints, kb: bytes / 1000 };
}

/** How many rows differ, in text or look, from those of a new terminal that gets a whole paint. */
async function wrongRows(screen) {
  await screen.settled();
  const { cols, rows } = screen.terminal;
  const shown = picture(screen.terminal);
  const fresh = new headless.Terminal({ cols, rows, allowProposedApi: true, scrollback: 0 });
  const stop = screen.copyTo(fresh);
  screen.press('\x0c');
  await sleep(400);
  stop();
  await new Promise(resolve => fresh.write('', resolve));
  const wanted = picture(fresh);
  return shown.filter((row, y) => row !== wanted[y]).length;
}

/** Each row as text with what makes its look; without ages, which grow from one picture to the next. */
function picture(terminal) {
  const buffer = terminal.buffer.active;
  return Array.from({ length: terminal.rows }, (_, y) => {
    const line = buffer.getLine(buffer.viewportY + y);
    const cells = Array.from({ length: terminal.cols }, (_, x) => line.getCell(x).getChars() || ' ');
    const ages = new Set();
    for (const { 0: age, index } of cells
      .map(chars => chars[0])
      .join('')
      .matchAll(/ +\d+[smh](?= )/g))
      for (let x = index; x < index + age.length; x++) ages.add(x);
    let text = '';
    for (let x = 0; x < terminal.cols; x++) {
      if (ages.has(x)) continue;
      const cell = line.getCell(x);
      const look = [
        cell.getFgColorMode(),
        cell.getFgColor(),
        cell.getBgColorMode(),
        cell.getBgColor(),
        cell.isBold(),
        cell.isInverse(),
      ];
      text += `${cell.getChars() || ' '}${cell.getChars().trim() === '' ? look.slice(2, 4).join() : look.join()};`;
    }
    return text;
  });
}
