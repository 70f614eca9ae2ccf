// Children with a real terminal (local_resource(tty=True)), and what is said where the package for it is missing.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { build } from 'esbuild';
import { type Child, findBySession, makeExec } from '../../../src/adapters/exec/index.ts';
import { neverAborted } from '../../../src/base/abort.ts';

const useProc = process.platform === 'linux';
let count = 0;

/** Runs a script in a terminal; `text` is what it wrote so far. */
function run(t: ExecutionContext, script: string, mode?: 'launcher' | 'direct') {
  const sessionId = `terminal-${process.pid}-${++count}`;
  const exec = makeExec({ sessionId, orphanGraceSeconds: 1, ...(mode ? { mode } : {}) });
  t.teardown(() => exec.dispose());
  let text = '';
  const heard: (() => void)[] = [];
  const child: Child = exec.start(
    {
      args: ['sh', '-c', script],
      dir: os.tmpdir(),
      env: { PATH: process.env['PATH']!, TERM: 'dumb' },
      terminal: { columns: 93, rows: 31 },
    },
    {
      signal: neverAborted,
      onOutput: chunk => {
        text += chunk.toString();
        for (const look of heard) look();
      },
    },
  );
  return {
    exec,
    sessionId,
    child,
    text: () => text,
    until: (wanted: string) =>
      new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${wanted} did not come: ${text}`)), 20_000);
        const look = (): void => {
          if (!text.includes(wanted)) return;
          clearTimeout(late);
          resolve();
        };
        heard.push(look);
        look();
      }),
  };
}

test('the three streams are a terminal of the size that was asked for', async t => {
  const { child, text } = run(t, 'test -t 0 && test -t 1 && test -t 2 && echo all; stty size; echo $TERM');
  t.like(await child.exited, { exitCode: 0 });
  t.is(text(), 'all\r\n31 93\r\nxterm-256color\r\n');
});

test('what is typed arrives, a new size too, and listeners get the bytes', async t => {
  const { child, until, text } = run(
    t,
    "trap 'stty size' WINCH; echo on; read x; echo got $x; while :; do sleep 0.05; done",
  );
  await child.started;
  let heard = '';
  const listening = child.terminal!.onOutput(chunk => {
    heard += chunk.toString();
  });
  await until('on\r\n');
  child.terminal!.write('héllo\r');
  await until('got héllo\r\n');
  child.terminal!.resize({ columns: 70, rows: 20 });
  await until('20 70\r\n');
  t.true(heard.includes('got héllo'));
  listening.dispose();
  child.terminal!.write('\x03');
  const end = await child.exited;
  t.is(end.signal ?? 'SIGINT', 'SIGINT', text());
  // Nothing happens any more.
  child.terminal!.write('x');
  child.terminal!.resize({ columns: 10, rows: 10 });
});

test('all that was written before the end arrives', async t => {
  const { child, text } = run(t, 'i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done');
  t.like(await child.exited, { exitCode: 0 });
  t.is(text().split('\r\n').length, 3001);
  t.true(text().endsWith('line 2999\r\n'));
});

test('an interactive shell, which takes no SIGTERM, ends with its terminal and not by SIGKILL', async t => {
  const { child, until } = run(t, "exec env PS1='prompt ' sh -i");
  await until('prompt ');
  const end = await child.stop({ graceMs: 20_000 });
  t.false(end.wasKilled);
});

for (const mode of useProc ? (['launcher', 'direct'] as const) : (['direct'] as const)) {
  test(`${mode}: what a job of the terminal leaves behind is swept at the end`, async t => {
    const { exec, sessionId, until, child } = run(t, "set -m; (trap '' HUP TERM; sleep 1000) & echo ready; wait", mode);
    await until('ready');
    await exec.stopAll({ graceMs: 300 });
    await child.exited;
    t.deepEqual(await findBySession(sessionId, { useProc }), []);
  });
}

test('without the package the command fails to start and says what to install; one of the project is found', async t => {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-no-pty-')));
  t.teardown(() => fs.rmSync(folder, { recursive: true, force: true }));
  const app = path.join(folder, 'app.mjs');
  await build({
    entryPoints: ['test/adapters/exec/terminal-app.ts'],
    outfile: app,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    external: ['@lydell/node-pty'],
  });
  const start = (dir: string): string => execFileSync(process.execPath, [app, dir], { encoding: 'utf8', cwd: folder });
  t.is(
    start(folder),
    'a terminal (tty=True) needs the package @lydell/node-pty, which is not installed. Install it beside tilt: npm install --global @lydell/node-pty',
  );
  const project = path.join(folder, 'project');
  fs.mkdirSync(path.join(project, 'node_modules'), { recursive: true });
  fs.symlinkSync(path.resolve('node_modules/@lydell'), path.join(project, 'node_modules/@lydell'));
  t.is(start(project), 'out: yes');
});
