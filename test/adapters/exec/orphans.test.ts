// No orphan, however the app ends: real apps, real process trees.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import { build } from 'esbuild';
import { findBySession } from '../../../src/adapters/exec/index.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-orphans-'));
const app = path.join(folder, 'app.mjs');

test.before(async () => {
  await build({
    entryPoints: ['test/adapters/exec/orphan-app.ts'],
    outfile: app,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    external: ['@lydell/node-pty'],
  });
  // The app finds the package for terminals beside it.
  fs.mkdirSync(path.join(folder, 'node_modules'));
  fs.symlinkSync(path.resolve('node_modules/@lydell'), path.join(folder, 'node_modules/@lydell'));
});
test.after.always(() => fs.rmSync(folder, { recursive: true, force: true }));

const trees = [
  'sleep 1000 & echo ready; wait',
  'trap "" TERM; echo ready; while :; do sleep 1000; done',
  '(trap "" TERM; sleep 1000) & (sleep 1000 & sleep 1000) & echo ready; wait',
  'setsid sh -c "echo ready; sleep 1000" & wait',
  'setsid sh -c "trap : TERM; echo ready; while :; do sleep 1; done" & wait',
  'tty:trap "" TERM HUP INT; (trap "" TERM HUP; sleep 1000) & echo ready; while :; do sleep 1; done',
  'tty:set -m; (trap "" HUP; sleep 1000) & echo ready; exec sleep 1000',
];

async function ends(what: (app: ChildProcess) => void, mode: string): Promise<number[]> {
  const sessionId = `orphans-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const child = spawn(process.execPath, [app, mode, sessionId, ...trees], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  await once(child.stdout!, 'data');
  const before = await findBySession(sessionId, { useProc: process.platform === 'linux' });
  if (before.length < trees.length) throw new Error(`only ${before.length} processes stand`);
  what(child);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  for (const deadline = Date.now() + 10_000; ; ) {
    const left = await findBySession(sessionId, { useProc: process.platform === 'linux' });
    if (left.length === 0 || Date.now() > deadline) return left;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

const modes = process.platform === 'linux' ? ['launcher', 'direct'] : ['direct'];
for (const mode of modes) {
  test(`${mode}: nothing is left after SIGTERM`, async t => {
    t.deepEqual(await ends(child => child.kill('SIGTERM'), mode), []);
  });

  test(`${mode}: nothing is left after kill -9 of the app`, async t => {
    t.deepEqual(await ends(child => child.kill('SIGKILL'), mode), []);
  });

  test(`${mode}: nothing is left after Ctrl-C to the app's group`, async t => {
    t.deepEqual(await ends(child => process.kill(-child.pid!, 'SIGINT'), mode), []);
  });
}

test('the folder of an app that was killed is removed by the one beside it', async t => {
  const own = fs.mkdtempSync(path.join(folder, 'tmp-'));
  const child = spawn(process.execPath, [app, modes[0]!, `folder-${process.pid}`, 'echo ready; sleep 1000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: own },
  });
  await once(child.stdout!, 'data');
  t.is(fs.readdirSync(own).length, 1);
  child.kill('SIGKILL');
  for (const deadline = Date.now() + 10_000; fs.readdirSync(own).length > 0 && Date.now() < deadline; ) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  t.deepEqual(fs.readdirSync(own), []);
});
