// The real program in a pseudo-terminal: the log is searched, copied and saved, files open in the editor and a process's
// terminal is joined, and each time the screen is as it was; settings are used when they are saved.
import fs from 'node:fs';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { PtyProgram } from '../support/pty.ts';
import { makeProject, type Project } from '../support/tilt-process.ts';

const program = path.resolve(process.env['TILT_TEST_PROGRAM'] ?? path.join('dist', 'tilt.js'));

const tiltfile = `
local_resource('web', serve_cmd='for i in $(seq 1 3000); do echo "row $i of many"; done; echo src/app.ts:3:7 is wrong; exec sleep 1000')
local_resource('repl', serve_cmd='PS1="> " sh -i', tty=True)
`;

interface Opened {
  readonly screen: PtyProgram;
  readonly project: Project;
}

async function open(t: ExecutionContext, env: Record<string, string> = {}, settings = ''): Promise<Opened> {
  const project = await makeProject({ Tiltfile: tiltfile, 'src/app.ts': 'a\nb\nc\n' });
  if (settings !== '') {
    fs.mkdirSync(settingsFolder(project), { recursive: true });
    fs.writeFileSync(path.join(settingsFolder(project), 'config.jsonc'), settings);
  }
  const screen = new PtyProgram({
    command: process.execPath,
    args: [program, 'up', '--port', '0'],
    columns: 120,
    rows: 28,
    cwd: project.dir,
    env: { ...project.env, LANG: 'C.UTF-8', ...env },
  });
  t.teardown(async () => {
    await screen.dispose();
    await project.dispose();
  });
  await screen.waitForText(/web\s+ready/);
  screen.type('j');
  await screen.waitForText('src/app.ts:3:7 is wrong');
  return { screen, project };
}

function settingsFolder({ env }: Project): string {
  return path.join(env['XDG_CONFIG_HOME'] ?? path.join(env['HOME']!, '.config'), 'tilt-dev');
}

test('a line far back is found, copied, and saved with all others', async t => {
  const { screen, project } = await open(t);
  screen.type('\r/row 17 of');
  await screen.waitForText(/\/row 17 of.*1 of 1/);
  await screen.waitForText('row 17 of many');
  screen.type('\ry');
  await screen.waitForText(/1 line copied/);
  const copied = Buffer.from('row 17 of many').toString('base64');
  t.true(screen.output.includes(`\x1b]52;c;${copied}\x07`));
  screen.type('\x1b');
  await screen.waitFor(s => !s.text.includes('1 of 1'), 'the search is over');
  screen.type('G');
  await screen.waitForText('src/app.ts:3:7 is wrong');
  screen.type('S');
  await screen.waitForText(/save to web-/);
  screen.type('\x15out.log\r');
  await screen.waitForText(/lines are in out\.log/);
  const lines = fs.readFileSync(path.join(project.dir, 'out.log'), 'utf8').trim().split('\n');
  t.regex(lines.at(-1)!, /^\d{4}-.*Z src\/app\.ts:3:7 is wrong$/);
  t.true(lines.length > 3000);
});

test('the editor has the terminal, and its Ctrl-C is its own', async t => {
  const { screen, project } = await open(t, { EDITOR: 'sh ./editor.sh' });
  const script = 'trap "echo interrupted" INT\necho "editor has $*"\nread line\nread line\n';
  fs.writeFileSync(path.join(project.dir, 'editor.sh'), script);
  screen.type('e');
  await screen.waitForText(/editor has \+3 .*src\/app\.ts/);
  t.false(screen.emulator.isAlternate);
  screen.type('\x03');
  await screen.waitForText('interrupted');
  screen.type('\r\r');
  await screen.waitFor(s => s.isAlternate, 'the screen is back');
  await screen.waitForText('src/app.ts:3:7 is wrong');
  screen.type('n');
  await screen.waitForText(/Nothing is wrong/);
});

test('an editor does not stay behind when the program is told to end, and leaves the terminal as it was', async t => {
  const { screen, project } = await open(t, { EDITOR: 'sh ./editor.sh' });
  const script = 'trap "" TERM HUP INT\nprintf "\\033[?1049h\\033[?1000h"\necho "editor is $$"\nexec sleep 1000\n';
  fs.writeFileSync(path.join(project.dir, 'editor.sh'), script);
  screen.type('e');
  await screen.waitForText(/editor is \d+/);
  const editor = Number(/editor is (\d+)/.exec(screen.output)![1]);
  screen.kill('SIGTERM');
  t.is((await screen.exited).code, 143);
  t.throws(() => process.kill(editor, 0), { code: 'ESRCH' });
  t.false(screen.emulator.isAlternate);
  t.regex(screen.output, /\x1b\[\?1000l[\s\S]*left after/);
});

test('the terminal of a process is joined and left', async t => {
  const { screen } = await open(t);
  screen.type('j');
  await screen.waitForText(/repl\s+● ready/);
  screen.type('a');
  await screen.waitForText('repl: this is its terminal, ctrl-] comes back');
  screen.type('echo it is $((40+2))\r');
  await screen.waitForText('it is 42');
  t.false(screen.emulator.isAlternate);
  screen.type('\x1d');
  await screen.waitFor(s => s.isAlternate, 'the screen is back');
  await screen.waitForText(/repl\s+● ready/);
});

test('a keymap that is saved is used at once, a mistake in it is said', async t => {
  const { screen, project } = await open(t);
  const folder = settingsFolder(project);
  // Watching begins some moments after the start; until it does a save is seen at the next one.
  let isUsed = false;
  for (let i = 0; i < 40 && !isUsed; i++) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'config.jsonc'), `{ "keymap": "mine.json" } // ${i}\n`);
    fs.writeFileSync(path.join(folder, 'mine.json'), '{ "list": { "star": ["X"], "sort": ["X"] } }\n');
    await new Promise(resolve => setTimeout(resolve, 250));
    isUsed = /A mistake in the settings/.test(screen.emulator.text);
  }
  await screen.waitForText(/A mistake in the settings.*mine\.json/);
  screen.type('X');
  await screen.waitForText('with a star');
  t.pass();
});

test('built-in themes and keymaps of the settings are there', async t => {
  const env = { TERM: 'xterm-256color', COLORTERM: 'truecolor' };
  const { screen } = await open(t, env, '{ "theme": "dracula", "keymap": "vim" }');
  await screen.waitForText(/repl +ready/);
  screen.type('?');
  await screen.waitForText('Keys and commands');
  screen.type('leave');
  await screen.waitForText(/Z Z/);
  // The ink of dracula.
  t.true(screen.output.includes('38;2;248;248;242'));
});
