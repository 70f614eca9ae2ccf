// The launcher that cannot work here, and the launcher that somebody kills (Linux only).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import { findBySession, makeExec } from '../../../src/adapters/exec/index.ts';
import { neverAborted } from '../../../src/base/abort.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;
const free = { signal: neverAborted };

function sh(text: string) {
  return { args: ['sh', '-c', text], dir: '/', env: { PATH: process.env['PATH']! } };
}

onLinux('without setsid the commands start directly', async t => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-path-'));
  t.teardown(() => fs.rmSync(folder, { recursive: true }));
  for (const name of ['sh', 'env', 'mkfifo', 'grep', 'rm', 'sleep', 'true']) {
    fs.symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), path.join(folder, name));
  }
  const exec = makeExec({ sessionId: `nosetsid-${process.pid}`, mode: 'launcher' });
  t.teardown(() => exec.dispose());
  const command = sh('echo ran');
  let out = '';
  const searchPath = process.env['PATH']!;
  process.env['PATH'] = folder;
  const child = exec.start(command, {
    ...free,
    onOutput: chunk => {
      out += chunk;
    },
  });
  process.env['PATH'] = searchPath;
  t.is((await child.exited).exitCode, 0);
  t.is(out, 'ran\n');
});

onLinux('when the launcher is killed its children run on, can be stopped, and new ones start', async t => {
  const sessionId = `lost-${process.pid}`;
  const exec = makeExec({ sessionId, mode: 'launcher' });
  t.teardown(() => exec.dispose());
  const child = exec.start(sh('exec sleep 1000'), free);
  const parentOf = (pid: number): number =>
    Number(/^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
  const worker = parentOf(await child.started);
  process.kill(parentOf(worker), 'SIGKILL');
  const next = exec.start(sh('exit 3'), free);
  t.is((await next.exited).exitCode, 3);
  t.is(exec.running, 1);
  const result = await child.stop({ graceMs: 10_000 });
  t.is(result.startError, undefined);
  await exec.dispose();
  t.deepEqual(await findBySession(sessionId, { useProc: true }), []);
});

onLinux('when a worker is killed its child is still followed', async t => {
  const exec = makeExec({ sessionId: `worker-${process.pid}`, mode: 'launcher' });
  t.teardown(() => exec.dispose());
  const child = exec.start(sh('exec sleep 1000'), free);
  const pid = await child.started;
  const worker = Number(/^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
  process.kill(worker, 'SIGKILL');
  await child.stop({ graceMs: 10_000 });
  t.is(exec.running, 0);
  const next = exec.start(sh('exit 4'), free);
  t.is((await next.exited).exitCode, 4);
});

for (const mode of ['launcher', 'direct'] as const) {
  const here = mode === 'launcher' ? onLinux : test;
  here(`${mode}: when the folder of temporary files was cleaned up, commands still run`, async t => {
    const own = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-tmpdir-'));
    t.teardown(() => fs.rmSync(own, { recursive: true, force: true }));
    const exec = makeExec({ sessionId: `cleaned-${mode}-${process.pid}`, mode });
    t.teardown(() => exec.dispose());
    const old = process.env['TMPDIR'];
    process.env['TMPDIR'] = own;
    const server = exec.start(sh('exec sleep 1000'), free);
    const first = exec.start(sh('exit 5'), free);
    if (old === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = old;
    t.is((await first.exited).exitCode, 5);
    for (const name of fs.readdirSync(own)) fs.rmSync(path.join(own, name), { recursive: true });
    const results = await Promise.all([6, 7, 8].map(code => exec.start(sh(`exit ${code}`), free).exited));
    t.deepEqual(
      results.map(result => result.exitCode),
      [6, 7, 8],
    );
    t.is(exec.running, 1);
    t.is((await server.stop({ graceMs: 10_000 })).exitCode, 143);
  });
}
