// The Exec port on real processes, both ways of starting; the fake passes the part that needs no system.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type CommandLine, type Exec, findBySession, isAlive, makeExec } from '../../../src/adapters/exec/index.ts';
import { makeAbortController, neverAborted } from '../../../src/base/abort.ts';

const env = Object.fromEntries(Object.entries(process.env).filter(e => e[1] !== undefined)) as Record<string, string>;

function sh(text: string, more: Partial<CommandLine> = {}): CommandLine {
  return { args: ['sh', '-c', text], dir: os.tmpdir(), env, ...more };
}

let sessions = 0;

function open(t: ExecutionContext, mode: 'launcher' | 'direct'): Exec {
  const exec = makeExec({ sessionId: `test-${process.pid}-${Date.now()}-${++sessions}`, mode, orphanGraceSeconds: 1 });
  t.teardown(() => exec.dispose());
  return exec;
}

async function run(exec: Exec, command: CommandLine) {
  const parts: Record<string, Buffer[]> = { stdout: [], stderr: [] };
  const child = exec.start(command, {
    signal: neverAborted,
    onOutput: (chunk, stream) => parts[stream]!.push(Buffer.from(chunk)),
  });
  const result = await child.exited;
  return {
    result,
    pid: child.pid,
    stdout: Buffer.concat(parts['stdout']!).toString(),
    stderr: Buffer.concat(parts['stderr']!).toString(),
  };
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await condition()); ) {
    if (Date.now() > deadline) throw new Error(`not within 20 s: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

const modes = process.platform === 'linux' ? (['launcher', 'direct'] as const) : (['direct'] as const);
for (const mode of modes) {
  test(`${mode}: output of both streams comes in order, with the exit code`, async t => {
    const exec = open(t, mode);
    const { result, stdout } = await run(exec, sh('echo a; echo b >&2; echo c; exit 7'));
    t.is(stdout, 'a\nb\nc\n');
    t.is(result.exitCode, 7);
    t.is(result.startError, undefined);
    t.true(result.finishedAtMs >= result.startedAtMs);
    t.is(exec.running, 0);
  });

  test(`${mode}: a child that writes steadily, then much, then ends loses nothing`, async t => {
    const steady = 'i=0; while [ $i -lt 80 ]; do echo "small $i"; i=$((i+1)); sleep 0.005; done';
    const { stdout } = await run(open(t, mode), sh(`${steady}; seq 1 30000; echo end`));
    const lines = stdout.trimEnd().split('\n');
    t.deepEqual(
      lines.slice(0, 80),
      Array.from({ length: 80 }, (_, i) => `small ${i}`),
    );
    t.deepEqual(
      lines.slice(80, -1),
      Array.from({ length: 30_000 }, (_, i) => String(i + 1)),
    );
    t.is(lines.at(-1), 'end');
  });

  test(`${mode}: separate streams and a text for standard input`, async t => {
    const { stdout, stderr } = await run(
      open(t, mode),
      sh('cat; echo err >&2', { outputs: 'separate', stdin: 'in\n' }),
    );
    t.is(stdout, 'in\n');
    t.is(stderr, 'err\n');
  });

  test(`${mode}: standard input is empty by default and there is no terminal`, async t => {
    const { stdout } = await run(open(t, mode), sh('cat; (: </dev/tty) 2>/dev/null || echo no terminal'));
    t.is(stdout, 'no terminal\n');
  });

  test(`${mode}: arguments, folder and environment arrive unchanged`, async t => {
    const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "it's a dir ")));
    t.teardown(() => fs.rmSync(dir, { recursive: true }));
    const odd = ['', "it's", 'two\nlines\n', '$HOME `x` "q" \\ *', '-n', 'ü€😀', 'a=b', ' lead and trail ', '\n'];
    const script = 'console.log(JSON.stringify([process.argv.slice(1), process.cwd(), process.env]))';
    const given = { PATH: env['PATH']!, 'odd.name': 'x y', MULTI: 'a\nb', EMPTY: '', BIG: 'x'.repeat(20_000) };
    const { stdout } = await run(open(t, mode), {
      args: [process.execPath, '-e', script, '--', ...odd],
      dir,
      env: given,
    });
    const [args, cwd, seen] = JSON.parse(stdout) as [string[], string, Record<string, string>];
    t.deepEqual(args, odd);
    t.is(cwd, dir);
    const { TILT_SESSION, PWD, ...rest } = seen;
    t.regex(TILT_SESSION!, /^test-/);
    t.true(PWD === undefined || PWD === dir);
    t.deepEqual(rest, given);
  });

  test(`${mode}: variables of the user keep their values, whatever the programs beside us call theirs`, async t => {
    const names = '_ n S N id out err in text p c op names dir grace session live f g some pid rest'.split(' ');
    const given = Object.fromEntries(names.map(name => [name, `value of ${name}`]));
    Object.assign(process.env, given);
    t.teardown(() => {
      for (const name of names) delete process.env[name];
    });
    const print = 'console.log(JSON.stringify(process.env))';
    const { stdout } = await run(open(t, mode), {
      args: [process.execPath, '-e', print],
      dir: os.tmpdir(),
      env: { ...env, ...given },
    });
    const seen = JSON.parse(stdout) as Record<string, string>;
    // `_` is the shells' own.
    for (const name of names.slice(1)) t.is(seen[name], given[name], name);
  });

  test(`${mode}: a death by signal is told apart from a code that looks like one`, async t => {
    const exec = open(t, mode);
    const cases = { 'kill -9 $$': 'SIGKILL', 'kill -2 $$': 'SIGINT', 'kill -11 $$': 'SIGSEGV', 'exit 137': undefined };
    // The second round is of workers that have seen a death already.
    for (const [text, signal] of [...Object.entries(cases), ...Object.entries(cases)]) {
      const end = await exec.start(sh(text), { signal: neverAborted }).exited;
      t.is(end.signal, signal as NodeJS.Signals | undefined, text);
    }
    t.is((await exec.start(sh('exit 137'), { signal: neverAborted }).exited).exitCode, 137);
  });

  test.serial(`${mode}: a TMPDIR with odd characters is used, one that is missing is done without`, async t => {
    const before = process.env['TMPDIR'];
    const odd = fs.mkdtempSync(path.join(os.tmpdir(), "it's $odd "));
    t.teardown(() => {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      fs.rmSync(odd, { recursive: true });
    });
    for (const folder of [odd, path.join(odd, 'missing')]) {
      process.env['TMPDIR'] = folder;
      const exec = open(t, mode);
      const started = run(exec, sh(`echo ok # ${'x'.repeat(5000)}`, { dir: '/' }));
      process.env['TMPDIR'] = before ?? '/tmp';
      t.is((await started).stdout, 'ok\n', folder);
      await exec.dispose();
    }
  });

  test(`${mode}: a relative folder in PATH is one of the folder that the command runs in`, async t => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-path-'));
    t.teardown(() => fs.rmSync(dir, { recursive: true }));
    fs.mkdirSync(path.join(dir, 'bin'));
    fs.writeFileSync(path.join(dir, 'bin', 'own-tool'), '#!/bin/sh\necho own\n', { mode: 0o755 });
    const searchPath = `bin:${env['PATH']}`;
    const { stdout } = await run(open(t, mode), { args: ['own-tool'], dir, env: { ...env, PATH: searchPath } });
    t.is(stdout, 'own\n');
  });

  test(`${mode}: what cannot start says why, in Go's words`, async t => {
    const exec = open(t, mode);
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-start-'));
    t.teardown(() => fs.rmSync(dir, { recursive: true }));
    fs.writeFileSync(path.join(dir, 'plain'), 'x');
    const cases: [Partial<CommandLine>, string][] = [
      [{ args: ['no-such-program-here'] }, 'exec: "no-such-program-here": executable file not found in $PATH'],
      [{ args: ['./missing'] }, 'fork/exec ./missing: no such file or directory'],
      [{ args: ['./plain'] }, 'fork/exec ./plain: permission denied'],
      [{ args: ['true'], dir: path.join(dir, 'gone') }, `chdir ${dir}/gone: no such file or directory`],
      [{ args: ['true'], dir: path.join(dir, 'plain') }, `chdir ${dir}/plain: not a directory`],
      [{ args: [] }, 'exec: no command'],
    ];
    for (const [more, text] of cases) {
      const child = exec.start({ ...sh(''), dir, ...more }, { signal: neverAborted });
      const result = await child.exited;
      t.is(result.startError, text);
      t.is(result.exitCode, 1);
      t.is(await child.started, 0);
    }
  });

  test(`${mode}: children handle SIGINT and hang-ups as usual`, async t => {
    const { stdout } = await run(
      open(t, mode),
      sh('trap "echo int" INT; kill -INT $$; trap "echo hup" HUP; kill -HUP $$'),
    );
    t.is(stdout, 'int\nhup\n');
  });

  test(`${mode}: the child leads a session and a group of its own`, async t => {
    const own = await run(open(t, mode), sh('ps -o pid=,pgid= -p $$'));
    t.regex(own.stdout.trim(), new RegExp(`^${own.pid}\\s+${own.pid}$`));
  });

  test(`${mode}: when the main process ends, the rest of its group is killed`, async t => {
    const exec = open(t, mode);
    const { stdout, result } = await run(exec, sh('trap "" TERM; sleep 1000 & echo $!'));
    t.is(result.exitCode, 0);
    const pid = Number(stdout);
    await until(() => !isAlive(pid) || isZombie(pid), 'the sleeper is gone');
    t.pass();
  });

  test(`${mode}: stop ends the whole group with SIGTERM`, async t => {
    const exec = open(t, mode);
    let seen = '';
    const child = exec.start(sh('sleep 1000 & echo $!; wait'), {
      signal: neverAborted,
      onOutput: chunk => {
        seen += chunk;
      },
    });
    await until(() => seen.endsWith('\n'), 'the grandchild runs');
    const result = await child.stop({ graceMs: 20_000 });
    t.is(result.signal, 'SIGTERM');
    t.false(result.wasKilled);
    await until(() => !isAlive(Number(seen)) || isZombie(Number(seen)), 'the grandchild is gone');
  });

  test(`${mode}: what is stopped ends by SIGTERM too`, async t => {
    const exec = open(t, mode);
    const child = exec.start(sh("trap 'exit 5' TERM; kill -STOP $$; sleep 60"), { signal: neverAborted });
    const pid = await child.started;
    await until(
      () => spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.startsWith('T'),
      'it is stopped',
    );
    const { exitCode, wasKilled } = await child.stop({ graceMs: 60_000 });
    t.is(exitCode, 5);
    t.false(wasKilled);
  });

  test(`${mode}: what ignores SIGTERM is killed after the grace time`, async t => {
    const exec = open(t, mode);
    let seen = '';
    const child = exec.start(sh('trap "" TERM; echo up; while :; do sleep 1000; done'), {
      signal: neverAborted,
      onOutput: chunk => {
        seen += chunk;
      },
    });
    await until(() => seen === 'up\n', 'the trap is set');
    const result = await child.stop({ graceMs: 100 });
    t.is(result.exitCode, 137);
    t.true(result.wasKilled);
  });

  test(`${mode}: aborting the signal stops the child, also before it started`, async t => {
    const exec = open(t, mode);
    const controller = makeAbortController();
    const children = Array.from({ length: 40 }, () => exec.start(sh('exec sleep 1000'), { signal: controller.signal }));
    controller.abort();
    for (const child of children) t.not((await child.exited).exitCode, 0);
    t.is(exec.running, 0);
  });

  test(`${mode}: a big burst of output arrives complete`, async t => {
    const exec = open(t, mode);
    let bytes = 0;
    const child = exec.start(sh('i=0; while [ $i -lt 20 ]; do head -c 1000003 /dev/zero; i=$((i+1)); done'), {
      signal: neverAborted,
      onOutput: chunk => {
        bytes += chunk.length;
      },
    });
    await child.exited;
    t.is(bytes, 20 * 1000003);
  });

  test(`${mode}: stopAll also ends what left its group`, async t => {
    const exec = open(t, mode);
    const { stdout, result } = await run(
      exec,
      sh('setsid sh -c "trap : TERM; echo \\$\\$; while :; do sleep 1; done" & sleep 0.3'),
    );
    t.is(result.exitCode, 0);
    const pid = Number(stdout);
    t.true(isAlive(pid));
    t.true((await findBySession(exec.sessionId, { useProc: true })).includes(pid));
    t.true((await findBySession(exec.sessionId, { useProc: false })).includes(pid));
    await exec.stopAll({ graceMs: 100 });
    t.deepEqual(await findBySession(exec.sessionId, { useProc: true }), []);
  });

  test(`${mode}: many commands at once all end well`, async t => {
    const exec = open(t, mode);
    const results = await Promise.all(Array.from({ length: 60 }, (_, i) => run(exec, sh(`echo ${i}; exit ${i}`))));
    t.deepEqual(
      results.map(r => [r.stdout, r.result.exitCode]),
      results.map((_, i) => [`${i}\n`, i]),
    );
  });
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
