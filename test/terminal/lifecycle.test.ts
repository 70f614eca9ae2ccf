// The lifecycle in a real pseudo-terminal, under a real shell with job control.
import fs from 'node:fs';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { PtyProgram, restoredModes } from '../support/pty.ts';
import { buildFixture } from './fixtures/build.ts';

let program: Awaited<ReturnType<typeof buildFixture>>;
test.before(async () => {
  program = await buildFixture('screen-app');
});
test.after.always(() => program?.remove());

/** What the programs need, and nothing of the machine's own settings. */
function environment(extra: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: path.dirname(program.file),
    TERM: 'xterm-256color',
    PS1: '$ ',
    ...extra,
  };
}

async function openShell(t: ExecutionContext, extra: Record<string, string> = {}): Promise<PtyProgram> {
  const shell = new PtyProgram({ command: 'bash', args: ['--norc', '--noprofile', '-i'], env: environment(extra) });
  t.teardown(() => shell.dispose());
  await shell.waitForText('$ ');
  return shell;
}

async function startApp(shell: PtyProgram): Promise<number> {
  shell.type(`${process.execPath} ${program.file}\r`);
  await shell.waitForText(/size 80x24 pid \d+/);
  return Number(/pid (\d+)/.exec(shell.emulator.text)?.[1]);
}

function assertUp(t: ExecutionContext, shell: PtyProgram): void {
  t.deepEqual(shell.modes, {
    isAlternate: true,
    mouse: 'drag',
    bracketedPaste: true,
    focus: true,
    wraparound: false,
    showsCursor: false,
  });
  t.regex(shell.termios(), /(?<!\w)-icanon\b/);
}

async function assertRestored(t: ExecutionContext, shell: PtyProgram, exit: string): Promise<void> {
  await shell.waitFor(() => !shell.modes.isAlternate, 'the normal screen');
  await shell.waitForText(/\$ $|\$$/m);
  // Typing shows that the shell reads and echoes again. Split so that the command's echo is not taken for its result.
  shell.type('echo "exit"-$?\r');
  await shell.waitForText(exit);
  const { bracketedPaste: _byTheShell, ...modes } = shell.modes;
  const { bracketedPaste: _expected, ...expected } = restoredModes;
  t.deepEqual(modes, expected);
  shell.type('stty -a | tr ";" "\\n" | grep -wE "icanon"; echo do""ne\r');
  await shell.waitForText(/^done$/m);
  t.regex(shell.emulator.text, /(^|\s)icanon\b/);
  t.regex(shell.emulator.text, /(^|\s)isig\b/);
  t.regex(shell.emulator.text, /(^|\s)echo\b/);
}

const endings: readonly (readonly [
  name: string,
  end: (shell: PtyProgram, pid: number) => void,
  exit: string,
  said?: RegExp,
])[] = [
  ['close', shell => shell.type('q'), 'exit-0', /closed in order/],
  ['process.exit', shell => shell.type('e'), 'exit-7'],
  ['a throw', shell => shell.type('t'), 'exit-1', /Error: thrown on purpose/],
  ['a rejection', shell => shell.type('r'), 'exit-1', /rejected on purpose/],
  ['SIGTERM', (_shell, pid) => process.kill(pid, 'SIGTERM'), 'exit-143'],
  ['SIGHUP', (_shell, pid) => process.kill(pid, 'SIGHUP'), 'exit-129'],
  ['SIGINT', (_shell, pid) => process.kill(pid, 'SIGINT'), 'exit-130'],
  ['SIGQUIT', (_shell, pid) => process.kill(pid, 'SIGQUIT'), 'exit-131'],
];

for (const [name, end, exit, said] of endings) {
  test(`restored after ${name}`, async t => {
    const shell = await openShell(t);
    const pid = await startApp(shell);
    assertUp(t, shell);
    end(shell, pid);
    await assertRestored(t, shell, exit);
    if (said) t.regex(shell.output, said);
  });
}

test('SIGTERM with a listener leaves in order', async t => {
  const shell = await openShell(t, { ON_TERM: 'close' });
  const pid = await startApp(shell);
  process.kill(pid, 'SIGTERM');
  await assertRestored(t, shell, 'exit-143');
});

for (const [name, stop] of [
  ['Ctrl-Z', (shell: PtyProgram) => shell.type('\x1a')],
  ['SIGTSTP from outside', (_shell: PtyProgram, pid: number) => process.kill(pid, 'SIGTSTP')],
] as const) {
  test(`${name} stops the job with the terminal restored, fg brings the screen back`, async t => {
    const shell = await openShell(t);
    const pid = await startApp(shell);
    for (let round = 0; round < 2; round++) {
      stop(shell, pid);
      await shell.waitForText(/Stopped/);
      t.false(shell.modes.isAlternate);
      t.is(shell.modes.mouse, 'none');
      shell.type('echo he""re; stty -a | grep -c -- " icanon"\r');
      await shell.waitForText(/^here$/m);
      shell.type('clear; fg\r');
      await shell.waitForText(/size 80x24 pid/);
      await shell.waitFor(() => shell.modes.mouse === 'drag', 'the mouse mode');
      assertUp(t, shell);
      shell.type('x');
      await shell.waitForText(/"name":"x"/);
    }
    shell.type('q');
    await assertRestored(t, shell, 'exit-0');
  });
}

test('a screen that was resized while stopped has the new size', async t => {
  const shell = await openShell(t);
  await startApp(shell);
  shell.type('\x1a');
  await shell.waitForText(/Stopped/);
  shell.resize(100, 30);
  shell.type('fg\r');
  await shell.waitForText(/size 100x30/);
  t.is(shell.emulator.cell(99, 29)?.getChars(), '│');
  shell.type('q');
  await assertRestored(t, shell, 'exit-0');
});

test('suspended for another program, which has the terminal to itself', async t => {
  const shell = await openShell(t);
  await startApp(shell);
  shell.type('s');
  await shell.waitForText('shell was here');
  t.false(shell.modes.isAlternate);
  shell.type('yes\r');
  await shell.waitForText(/size 80x24/);
  assertUp(t, shell);
  t.regex(shell.output, /got yes/);
  shell.type('q');
  await assertRestored(t, shell, 'exit-0');
});

test('what others print while the screen is up goes to the callback, not to the screen', async t => {
  const shell = await openShell(t);
  await startApp(shell);
  shell.type('c');
  await shell.waitForText(/stray stdout:logged;stderr:complained;stderr:Warning: a warning;/);
  t.is(shell.emulator.lines.filter(line => /logged|complained|a warning/.test(line)).length, 1);
  shell.type('q');
  await assertRestored(t, shell, 'exit-0');
});

test('SIGHUP while the terminal is there: it is restored, told, and the shell has it again', async t => {
  const done = path.join(fs.mkdtempSync(path.join(path.dirname(program.file), 'hup-')), 'done');
  const shell = await openShell(t, { ON_TERM: 'detach', DONE: done });
  const pid = await startApp(shell);
  process.kill(pid, 'SIGHUP');
  await shell.waitForText('it goes on without a screen');
  t.false(shell.modes.isAlternate);
  // Before the job ends: the shell reads while the program goes on.
  await assertRestored(t, shell, 'exit-');
  await until(() => fs.existsSync(done));
  t.is(fs.readFileSync(done, 'utf8'), 'went on\n');
});

test('stopped by Ctrl-Z and ended from the shell: it ends, and leaves the terminal alone', async t => {
  const shell = await openShell(t, { ON_TERM: 'close' });
  const pid = await startApp(shell);
  shell.type('\x1a');
  await shell.waitForText(/Stopped/);
  shell.type('clear\r');
  await shell.waitFor(screen => !screen.text.includes('Stopped'), 'the empty screen');
  const before = shell.output.length;
  shell.type('kill %1\r');
  await until(() => !isAlive(pid));
  shell.type('jobs\r');
  await shell.waitForText(/Terminated/);
  t.notRegex(shell.output.slice(before), /\x1b\[\?(1049|1000|7)/);
  await assertRestored(t, shell, 'exit-0');
});

test('bg without a terminal stops it again, fg brings the screen back', async t => {
  const shell = await openShell(t);
  await startApp(shell);
  shell.type('\x1a');
  await shell.waitForText(/Stopped/);
  shell.type('clear; bg\r');
  await shell.waitFor(screen => !screen.text.includes('Stopped'), 'the empty screen');
  shell.type('jobs\r');
  await until(() => {
    shell.type('jobs\r');
    return shell.emulator.text.includes('Stopped');
  });
  t.false(shell.modes.isAlternate);
  shell.type('fg\r');
  await shell.waitForText(/size 80x24 pid/);
  await shell.waitFor(() => shell.modes.mouse === 'drag', 'the mouse mode');
  assertUp(t, shell);
  shell.type('q');
  await assertRestored(t, shell, 'exit-0');
});

test('a hang-up: the program lets go of the terminal and goes on', async t => {
  const done = path.join(path.dirname(program.file), 'detached');
  const app = new PtyProgram({
    command: process.execPath,
    args: [program.file],
    env: environment({ ON_TERM: 'detach', DONE: done }),
  });
  t.teardown(() => app.dispose());
  await app.waitForText(/pid \d+/);
  process.kill(app.pid, 'SIGHUP');
  const exit = await app.exited;
  t.deepEqual(exit, { code: 0, signal: 0 });
  t.is(fs.readFileSync(done, 'utf8'), 'went on\n');
});

test('a connection that drops: the program goes on, and its later exit is clean', async t => {
  const folder = fs.mkdtempSync(path.join(path.dirname(program.file), 'drop-'));
  const [done, status] = [path.join(folder, 'done'), path.join(folder, 'status')];
  // A shell that outlives the terminal tells how the program ended.
  const script = `trap '' HUP; "${process.execPath}" "${program.file}"; echo $? > "${status}.new"; mv "${status}.new" "${status}"`;
  const app = new PtyProgram({
    command: 'bash',
    args: ['-c', script],
    env: environment({ ON_TERM: 'detach', DONE: done, STREAM: '1' }),
  });
  await app.waitForText(/pid \d+/);
  app.hangUp();
  const endMs = Date.now() + 20_000;
  while (!fs.existsSync(status) && Date.now() < endMs) await new Promise(resolve => setTimeout(resolve, 20));
  t.is(fs.readFileSync(done, 'utf8'), 'went on\n');
  t.is(fs.readFileSync(status, 'utf8'), '0\n');
});

test('a terminal of another charset gets no byte above ASCII', async t => {
  const app = new PtyProgram({
    command: process.execPath,
    args: [program.file],
    env: environment({ LC_ALL: 'en_US.ISO-8859-1' }),
  });
  t.teardown(() => app.dispose());
  await app.waitForText(/size 80x24 pid \d+/);
  await app.waitFor(screen => screen.lines.every(line => line.endsWith('?')), 'the right edge');
  t.regex(app.output, /^[\x00-\x7f]*$/);
});

for (const [name, extra, reason] of [
  ['TERM=dumb', { TERM: 'dumb' }, 'TERM=dumb'],
  ['CI', { CI: 'true' }, 'CI is set'],
] as const) {
  test(`no screen with ${name}`, async t => {
    const app = new PtyProgram({ command: process.execPath, args: [program.file], env: environment(extra) });
    t.teardown(() => app.dispose());
    await app.waitForText(`no screen: ${reason}`);
    t.false(app.output.includes('\x1b'));
    t.is((await app.exited).code, 3);
  });
}

test('a frozen terminal: timers go on and SIGTERM ends the program', async t => {
  const ticks = path.join(path.dirname(program.file), 'ticks');
  const app = new PtyProgram({
    command: process.execPath,
    args: [program.file],
    env: environment({ STREAM: '1', ON_TERM: 'close', TICKS: ticks }),
  });
  t.teardown(() => app.dispose());
  await app.waitForText(/pid \d+/);
  app.freeze();
  const count = (): number => (fs.existsSync(ticks) ? fs.statSync(ticks).size : 0);
  // Long after the kernel's buffer is full there are still ticks.
  const enough = count() + 60;
  const endMs = Date.now() + 20_000;
  while (count() < enough && Date.now() < endMs) await new Promise(resolve => setTimeout(resolve, 20));
  t.true(count() >= enough);
  const pid = app.pid;
  process.kill(pid, 'SIGTERM');
  while (isAlive(pid) && Date.now() < endMs) await new Promise(resolve => setTimeout(resolve, 20));
  t.false(isAlive(pid), 'it ended although nobody read its last words');
});

test('a slow reader sees the newest state and a restored terminal', async t => {
  const shell = await openShell(t, { STREAM: '1' });
  shell.type(`${process.execPath} ${program.file}; echo "exit"-$?; sleep 3\r`);
  await shell.waitForText(/size 80x24 pid \d+/);
  for (let n = 0; n < 30; n++) {
    shell.freeze();
    await new Promise(resolve => setTimeout(resolve, 30));
    shell.thaw();
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  shell.freeze();
  shell.type('q');
  await new Promise(resolve => setTimeout(resolve, 100));
  shell.thaw();
  await shell.waitForText('exit-0');
  t.false(shell.modes.isAlternate);
  t.is(shell.modes.mouse, 'none');
});

test('a resize storm ends with every row right, and repaints during it', async t => {
  const app = new PtyProgram({ command: process.execPath, args: [program.file], env: environment() });
  t.teardown(() => app.dispose());
  await app.waitForText(/size 80x24 pid \d+/);
  const before = app.output.length;
  for (let n = 0; n < 100; n++) {
    app.resize(40 + ((n * 37) % 120), 10 + ((n * 13) % 50));
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  const during = app.output.slice(before).split('\x1b[2J').length - 1;
  t.true(during > 5, `${during} repaints during the storm`);
  app.resize(100, 30);
  await app.waitForText(/size 100x30/);
  await app.waitFor(screen => screen.lines.every(line => line.endsWith('│') && line.length === 100), 'the right edge');
  t.deepEqual(
    app.emulator.lines.slice(4),
    Array.from({ length: 26 }, () => `${' '.repeat(99)}│`),
  );
});

async function until(isSo: () => boolean): Promise<void> {
  const endMs = Date.now() + 20_000;
  while (!isSo() && Date.now() < endMs) await new Promise(resolve => setTimeout(resolve, 50));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(
      fs.existsSync(`/proc/${pid}/status`) ? fs.readFileSync(`/proc/${pid}/status`, 'utf8') : '',
    );
  } catch {
    return false;
  }
}
