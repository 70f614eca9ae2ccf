// The real program in a pseudo-terminal: starts, shows, takes keys, resizes, and gives the terminal back on every way out.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { PtyProgram } from '../support/pty.ts';
import { isRunning, makeProject, type Project, until } from '../support/tilt-process.ts';

const program = path.resolve(process.env['TILT_TEST_PROGRAM'] ?? path.join('dist', 'tilt.js'));

const tiltfile = `
local_resource('once', cmd='echo built once')
local_resource('web', serve_cmd='echo $$ > web.pid; echo web is up; exec sleep 1000', labels=['servers'])
local_resource('broken', cmd='echo it went wrong; exit 3')
local_resource('later', cmd='echo ran later', trigger_mode=TRIGGER_MODE_MANUAL, auto_init=False)
`;

interface Opened {
  readonly screen: PtyProgram;
  readonly project: Project;
  webPid(): Promise<number>;
}

async function open(
  t: ExecutionContext,
  options: { shell?: boolean; files?: Record<string, string>; env?: Record<string, string>; hasPort?: boolean } = {},
): Promise<Opened> {
  const project = await makeProject({ Tiltfile: tiltfile, ...options.files });
  const port = options.hasPort ? project.port : 0;
  const args = [program, 'up', '--port', String(port)];
  const env = { ...project.env, PS1: '$ ', LANG: 'C.UTF-8', ...options.env };
  const screen = options.shell
    ? new PtyProgram({
        command: 'bash',
        args: ['--norc', '--noprofile', '-i'],
        columns: 120,
        rows: 28,
        cwd: project.dir,
        env,
      })
    : new PtyProgram({ command: process.execPath, args, columns: 120, rows: 28, cwd: project.dir, env });
  t.teardown(async () => {
    await screen.dispose();
    await project.dispose();
  });
  if (options.shell) {
    await screen.waitForText('$ ');
    screen.type(`${[process.execPath, ...args].join(' ')}\r`);
  }
  const webPid = () =>
    until('the pid of web', () => project.exists('web.pid') && Number(project.read('web.pid').trim()));
  return { screen, project, webPid };
}

async function ready({ screen }: Opened): Promise<void> {
  await screen.waitForText(/web\s+ready/);
  await screen.waitForText(/broken\s+failed: exit 3/);
}

/** Typing shows that the shell reads and echoes again; split so that the echo is not taken for the result. */
async function shellIsBack(t: ExecutionContext, screen: PtyProgram, exitCode: number): Promise<void> {
  await screen.waitFor(s => !s.isAlternate, 'the normal screen');
  screen.type('echo "exit"-$?\r');
  await screen.waitForText(`exit-${exitCode}`);
  t.is(screen.modes.mouse, 'none');
  t.true(screen.modes.showsCursor);
  screen.type('stty -a | tr ";" "\\n" | grep -wE "icanon"; echo do""ne\r');
  await screen.waitForText(/^done$/m);
  t.notRegex(screen.emulator.text, /-icanon/);
}

test('starts, shows what is wrong in two keys, runs what is asked for, resizes', async t => {
  const opened = await open(t);
  const { screen } = opened;
  await ready(opened);
  t.true(screen.emulator.isAlternate);
  screen.type('n');
  await screen.waitForText('it went wrong');
  screen.type('/later\r');
  await screen.waitForText('/later 1 of 5');
  screen.type('r');
  await screen.waitForText(/later\s+done/);
  await screen.waitForText('ran later');
  screen.resize(60, 15);
  await screen.waitFor(s => s.lines[14]!.includes('leave'), 'the small screen');
  screen.resize(200, 50);
  await screen.waitFor(s => s.lines[49]!.includes('leave'), 'the large screen');
});

test('q and enter: servers stop, the shell is back, the last lines stay', async t => {
  const opened = await open(t, { shell: true });
  const { screen } = opened;
  await ready(opened);
  const pid = await opened.webPid();
  screen.type('q');
  await screen.waitForText(/the process here stops: web/);
  screen.type('\x1b');
  await screen.waitFor(s => !s.text.includes('Leave'), 'the prompt is closed');
  screen.type('q\r');
  await shellIsBack(t, screen, 0);
  t.regex(screen.emulator.text, /left after/);
  t.regex(screen.emulator.text, /broken failed: exit 3/);
  t.false(isRunning(pid));
});

test('two ctrl-c leave', async t => {
  const opened = await open(t, { shell: true });
  await ready(opened);
  opened.screen.type('\x03\x03');
  await shellIsBack(t, opened.screen, 0);
  t.false(isRunning(await opened.webPid()));
});

async function tiltPid(project: Project): Promise<number> {
  const folder = path.join(project.env['TILT_DEV_DIR']!, 'sessions');
  return until('the session record', () => {
    const file = fs.existsSync(folder) && fs.readdirSync(folder).find(name => name.endsWith('.json'));
    return file ? (JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as { pid: number }).pid : undefined;
  });
}

test('SIGTERM ends in order', async t => {
  const opened = await open(t, { shell: true });
  await ready(opened);
  process.kill(await tiltPid(opened.project), 'SIGTERM');
  await shellIsBack(t, opened.screen, 143);
  t.false(isRunning(await opened.webPid()));
});

test('ctrl-z gives the shell, fg the screen', async t => {
  const opened = await open(t, { shell: true });
  const { screen } = opened;
  await ready(opened);
  screen.type('\x1a');
  await screen.waitFor(s => !s.isAlternate, 'the normal screen');
  screen.type('echo in"side"\r');
  await screen.waitForText(/^inside$/m);
  screen.type('fg\r');
  await screen.waitFor(s => s.isAlternate && /web\s+ready/.test(s.text), 'the screen again');
  screen.type('q\r');
  await shellIsBack(t, screen, 0);
});

test('the mouse stays the terminal’s where the settings say so, also after a stop', async t => {
  const config = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-config-'));
  t.teardown(() => fs.rmSync(config, { recursive: true, force: true }));
  fs.mkdirSync(path.join(config, 'tilt-dev'));
  fs.writeFileSync(path.join(config, 'tilt-dev', 'config.jsonc'), '{ "mouse": false } // for copying');
  const opened = await open(t, { shell: true, env: { XDG_CONFIG_HOME: config } });
  const { screen } = opened;
  await ready(opened);
  t.is(screen.modes.mouse, 'none');
  screen.type('\x1a');
  await screen.waitFor(s => !s.isAlternate, 'the normal screen');
  screen.type('fg\r');
  await screen.waitFor(s => s.isAlternate && /web\s+ready/.test(s.text), 'the screen again');
  t.is(screen.modes.mouse, 'none');
  screen.type('q\r');
  await shellIsBack(t, screen, 0);
});

test('a hang-up leaves the session running until it is told to end', async t => {
  const opened = await open(t);
  await ready(opened);
  const pid = await opened.webPid();
  const tilt = await tiltPid(opened.project);
  opened.screen.hangUp();
  const folder = path.join(opened.project.env['TILT_DEV_DIR']!, 'sessions');
  await until('the record says detached', () =>
    fs.readdirSync(folder).some(name => fs.readFileSync(path.join(folder, name), 'utf8').includes('"detached":true')),
  );
  t.true(isRunning(pid));
  t.true(isRunning(tilt));
  process.kill(tilt, 'SIGTERM');
  await until('the end', () => !isRunning(tilt));
  t.false(isRunning(pid));
});

test('SIGHUP while the terminal is there: the shell has it again, and a second `up` finds the session', async t => {
  const opened = await open(t, { shell: true, hasPort: true });
  const { screen, project } = opened;
  await ready(opened);
  const tilt = await tiltPid(project);
  process.kill(tilt, 'SIGHUP');
  await screen.waitForText(/the session goes on without a screen\. `tilt status --port \d+` and `tilt logs -f/);
  await shellIsBack(t, screen, 128 + os.constants.signals.SIGTSTP);
  screen.type(`clear; ${process.execPath} ${program} up --port ${project.port}\r`);
  await screen.waitForText(
    new RegExp(
      `a tilt session of this Tiltfile \\(pid ${tilt}, without a screen\\): .tilt status --port ${project.port}`,
    ),
  );
  t.regex(screen.emulator.text, /Error: Tilt cannot start because you already have another process on port/);
  t.true(isRunning(await opened.webPid()));
  screen.type(`clear; ${process.execPath} ${program} stop --port ${project.port}\r`);
  await until('the end', () => !isRunning(tilt));
  t.false(isRunning(await opened.webPid()));
});

test('ctrl-z and then kill from the shell: the session and its processes end', async t => {
  const opened = await open(t, { shell: true });
  const { screen, project } = opened;
  await ready(opened);
  const tilt = await tiltPid(project);
  screen.type('\x1a');
  await screen.waitForText('Stopped');
  screen.type('kill %1\r');
  await until('the end', () => !isRunning(tilt));
  t.false(isRunning(await opened.webPid()));
  await shellIsBack(t, screen, 0);
});

test('a broken Tiltfile is shown with its place, and its repair is taken', async t => {
  const opened = await open(t, { files: { Tiltfile: 'local_resource("a", cmd="true")\nlocal_resuorce("b")\n' } });
  await opened.screen.waitForText(/\(Tiltfile\)\s+Tiltfile:2:1: undefined/);
  await opened.screen.waitForText('local_resuorce');
  opened.project.write('Tiltfile', 'local_resource("a", cmd="true")\n');
  await opened.screen.waitForText(/a\s+done/);
  t.false(opened.screen.emulator.text.includes('failed'));
});

test('an uncaught error restores the terminal before it is told', async t => {
  const opened = await open(t, { shell: true });
  const { screen, project } = opened;
  project.write('crash.cjs', 'process.on("SIGUSR2", () => { Promise.reject(new Error("it is broken")); });\n');
  await ready(opened);
  screen.type('q\r');
  await screen.waitFor(s => !s.isAlternate, 'the normal screen');
  screen.type(`clear; ${process.execPath} -r ./crash.cjs ${program} up --port 0\r`);
  await screen.waitFor(s => s.isAlternate && /web\s+ready/.test(s.text), 'the screen');
  process.kill(await tiltPid(project), 'SIGUSR2');
  await shellIsBack(t, screen, 70);
  t.regex(screen.emulator.text, /bug of its own[\s\S]*it is broken/);
});

test('without a terminal that can, the log is printed', async t => {
  const project = await makeProject({ Tiltfile: tiltfile });
  const env = { ...project.env, TERM: 'dumb' };
  const screen = new PtyProgram({
    command: process.execPath,
    args: [program, 'up', '--port', '0'],
    cwd: project.dir,
    env,
  });
  t.teardown(async () => {
    await screen.dispose();
    await project.dispose();
  });
  await screen.waitForText('TERM=dumb');
  await screen.waitForText('web is up');
  t.false(screen.emulator.isAlternate);
  screen.kill('SIGINT');
  await screen.exited;
});
