// What the real Exec (both ways of starting) and the fake have in common.
import os from 'node:os';
import test from 'ava';
import { type CommandLine, type Exec, makeExec } from '../../../src/adapters/exec/index.ts';
import { makeAbortController, neverAborted } from '../../../src/base/abort.ts';
import { type FakeBehaviour, FakeExec } from '../../support/fakes/fake-exec.ts';

interface Backend {
  readonly exec: Exec;
  command(behaviour: FakeBehaviour, more?: Partial<CommandLine>): CommandLine;
}

let count = 0;

function real(mode: 'launcher' | 'direct'): Backend {
  const exec = makeExec({ sessionId: `contract-${process.pid}-${++count}`, mode, orphanGraceSeconds: 1 });
  return {
    exec,
    command(behaviour, more) {
      const base = { dir: os.tmpdir(), env: { PATH: process.env['PATH']! }, ...more };
      if (behaviour.startError !== undefined) return { ...base, args: ['no-such-program-at-all'] };
      const parts = [
        behaviour.ignoresTerm ? 'trap "" TERM' : ':',
        `printf %s '${behaviour.stdout ?? ''}'`,
        `printf %s '${behaviour.stderr ?? ''}' >&2`,
        behaviour.exitCode === undefined ? 'while :; do sleep 1; done' : `exit ${behaviour.exitCode}`,
      ];
      return { ...base, args: ['sh', '-c', parts.join('; ')] };
    },
  };
}

function fake(): Backend {
  const behaviours = new Map<string, FakeBehaviour>();
  return {
    exec: new FakeExec({ behave: command => behaviours.get(command.args[0]!)! }),
    command(behaviour, more) {
      const name = `command-${behaviours.size}`;
      behaviours.set(name, behaviour);
      return { args: [name], dir: '/', env: {}, ...more };
    },
  };
}

const backends: Record<string, () => Backend> = {
  ...(process.platform === 'linux' ? { launcher: () => real('launcher') } : {}),
  direct: () => real('direct'),
  fake,
};
for (const [name, make] of Object.entries(backends)) {
  const open = (t: import('ava').ExecutionContext): Backend => {
    const backend = make();
    t.teardown(() => backend.exec.dispose());
    return backend;
  };

  test(`${name}: output, then the exit code, then no longer running`, async t => {
    const { exec, command } = open(t);
    let out = '';
    const child = exec.start(command({ stdout: 'a', stderr: 'b', exitCode: 7 }), {
      signal: neverAborted,
      onOutput: (chunk, stream) => {
        out += `${stream}:${chunk}`;
      },
    });
    t.is(exec.running, 1);
    t.is(child.pid, 0);
    t.true((await child.started) > 0);
    const result = await child.exited;
    t.like(result, { exitCode: 7, wasKilled: false });
    t.is(result.startError, undefined);
    t.is(out.replaceAll('stdout:', ''), 'ab');
    t.is(exec.running, 0);
  });

  test(`${name}: a command with a terminal has one while it runs, and its output comes as one stream`, async t => {
    const { exec, command } = open(t);
    let out = '';
    const given = command(
      { stdout: 'a', stderr: 'b', exitCode: 7 },
      { terminal: { columns: 90, rows: 30 }, outputs: 'separate' },
    );
    const child = exec.start(given, {
      signal: neverAborted,
      onOutput: (chunk, stream) => {
        out += `${stream}:${chunk}`;
      },
    });
    t.true((await child.started) > 0);
    t.deepEqual(child.terminal?.size, { columns: 90, rows: 30 });
    t.like(await child.exited, { exitCode: 7, wasKilled: false });
    t.is(out.replaceAll('stdout:', ''), 'ab');
  });

  test(`${name}: a terminal takes sizes; a command with one is stopped and killed as others are`, async t => {
    const { exec, command } = open(t);
    const start = (behaviour: FakeBehaviour) =>
      exec.start(command(behaviour, { terminal: { columns: 80, rows: 24 } }), { signal: neverAborted });
    const child = start({});
    await child.started;
    child.terminal!.resize({ columns: 100, rows: 40 });
    t.deepEqual(child.terminal!.size, { columns: 100, rows: 40 });
    t.like(await child.stop({ graceMs: 20_000 }), { wasKilled: false });
    const stubborn = start({ ignoresTerm: true });
    await stubborn.started;
    t.like(await stubborn.stop({ graceMs: 0 }), { signal: 'SIGKILL', exitCode: 137, wasKilled: true });
    const failing = start({ startError: 'no' });
    t.is(await failing.started, 0);
    t.truthy((await failing.exited).startError);
    const early = start({});
    void early.stop({ graceMs: 0 });
    t.truthy(await early.exited);
  });

  test(`${name}: separate outputs are told apart`, async t => {
    const { exec, command } = open(t);
    const out = { stdout: '', stderr: '' };
    const child = exec.start(command({ stdout: 'a', stderr: 'b', exitCode: 0 }, { outputs: 'separate' }), {
      signal: neverAborted,
      onOutput: (chunk, stream) => {
        out[stream] += chunk;
      },
    });
    await child.exited;
    t.deepEqual(out, { stdout: 'a', stderr: 'b' });
  });

  test(`${name}: a command that cannot start settles with its reason, pid 0 and code 1`, async t => {
    const { exec, command } = open(t);
    const startError = 'exec: "no-such-program-at-all": executable file not found in $PATH';
    const child = exec.start(command({ startError }), { signal: neverAborted });
    t.is(await child.started, 0);
    t.like(await child.exited, { exitCode: 1, startError, wasKilled: false });
  });

  test(`${name}: stop ends a child with SIGTERM; stopping again is harmless`, async t => {
    const { exec, command } = open(t);
    const child = exec.start(command({}), { signal: neverAborted });
    await child.started;
    t.like(await child.stop({ graceMs: 20_000 }), { exitCode: 143, signal: 'SIGTERM', wasKilled: false });
    t.like(await child.stop({ graceMs: 0 }), { exitCode: 143 });
  });

  test(`${name}: a later stop shortens the grace time; waiting is told`, async t => {
    const { exec, command } = open(t);
    let ready = (): void => {};
    const isReady = new Promise<void>(resolve => {
      ready = resolve;
    });
    const child = exec.start(command({ ignoresTerm: true, stdout: 'up' }), {
      signal: neverAborted,
      onOutput: () => ready(),
    });
    await isReady;
    const waited: number[] = [];
    const left: number[] = [];
    const onWaiting = (ms: number, leftMs: number): void => {
      waited.push(ms);
      left.push(leftMs);
    };
    const stopped = child.stop({ graceMs: 60_000, onWaiting });
    void child.stop({ graceMs: 20_000 });
    for (const deadline = Date.now() + 10_000; waited.length === 0 && Date.now() < deadline; ) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    t.deepEqual(waited, [1500]);
    t.true(left[0]! > 10_000 && left[0]! <= 18_600, 'the time that is left is that of the shorter grace');
    void child.stop({ graceMs: 0 });
    t.like(await stopped, { exitCode: 137, signal: 'SIGKILL', wasKilled: true });
  });

  test(`${name}: aborting stops; a child whose signal aborted before it ran never does`, async t => {
    const { exec, command } = open(t);
    const controller = makeAbortController();
    const child = exec.start(command({}), { signal: controller.signal });
    await child.started;
    controller.abort();
    t.is((await child.exited).exitCode, 143);
    const late = exec.start(command({}), { signal: controller.signal });
    t.not((await late.exited).exitCode, 0);
  });

  test(`${name}: after dispose nothing runs and nothing starts`, async t => {
    const { exec, command } = open(t);
    const child = exec.start(command({}), { signal: neverAborted });
    await child.started;
    await exec.dispose();
    t.is(exec.running, 0);
    t.is((await child.exited).exitCode, 143);
    const late = exec.start(command({ exitCode: 0 }), { signal: neverAborted });
    t.is((await late.exited).startError, 'the session is ending');
  });
}
