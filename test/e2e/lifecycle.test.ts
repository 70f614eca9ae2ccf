// How a session ends, and that nothing of it stays: grandchildren, kill -9, a taken port, a reader that goes away.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'ava';
import { isRunning, until } from '../support/tilt-process.ts';
import { withProject } from '../support/with-project.ts';

/** A server with a child and a grandchild; each writes its pid. */
const family = {
  Tiltfile: "local_resource('s', serve_cmd='sh server.sh')\n",
  'server.sh': 'echo $$ > self\nsh child.sh &\nwait\n',
  'child.sh': 'echo $$ > child\nsleep 60 &\necho $! > grandchild\nwait\n',
};
const members = ['self', 'child', 'grandchild'];
/** Ignores SIGTERM. */
const stubborn = `local_resource('s', serve_cmd="trap '' TERM; echo $$ > self; while true; do sleep 1; done")\n`;

function pidOf(read: (file: string) => string, file: string): number {
  return Number(read(file).trim());
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(
    `${signal} ends up with exit code 0 and no process left`,
    withProject(family, async (t, project) => {
      const tilt = project.start('up', '--stream');
      await until('the family', () => members.every(file => project.exists(file) && project.read(file).trim() !== ''));
      const pids = members.map(file => pidOf(project.read, file));
      t.true(pids.every(isRunning));
      tilt.kill(signal);
      const { code } = await tilt.finished;
      t.is(code, 0);
      t.deepEqual(pids.filter(isRunning), []);
      t.deepEqual(fs.readdirSync(path.join(project.env['TILT_DEV_DIR']!, 'sessions')), []);
      const config = fs.readFileSync(path.join(project.env['TILT_DEV_DIR']!, 'config'), 'utf8');
      t.false(config.includes(`tilt-${project.port}`), config);
    }),
  );
}

test(
  'servers get the time to run their handlers',
  withProject(
    {
      Tiltfile: `local_resource('s', serve_cmd="trap 'sleep 0.3; echo bye > bye; exit 0' TERM; echo up; while true; do sleep 0.1; done")\n`,
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('s │ up');
      await tilt.stop();
      t.is(project.read('bye'), 'bye\n');
    },
  ),
);

test(
  'a second Ctrl-C leaves no time to a process that does not obey',
  withProject({ Tiltfile: stubborn.replace("trap ''", "trap 'echo told'") }, async (t, project) => {
    const tilt = project.start('up', '--stream');
    await until('the server', () => project.exists('self') && project.read('self').trim() !== '');
    const pid = pidOf(project.read, 'self');
    tilt.kill('SIGINT');
    await tilt.waitFor('s │ told');
    t.true(isRunning(pid));
    const began = performance.now();
    tilt.kill('SIGINT');
    await tilt.finished;
    t.false(isRunning(pid));
    t.true(performance.now() - began < 4500, 'did not wait for the grace time');
  }),
);

test(
  'kill -9 of the program leaves nothing behind',
  withProject(family, async (t, project) => {
    const tilt = project.start('up', '--stream');
    await until('the family', () => members.every(file => project.exists(file) && project.read(file).trim() !== ''));
    const pids = members.map(file => pidOf(project.read, file));
    tilt.kill('SIGKILL');
    await tilt.finished;
    await until('nothing is left', () => !pids.some(isRunning));
    const status = await project.run('status');
    t.is(status.code, 3);
    t.regex(status.stderr, new RegExp(`^Error: No tilt session runs on port ${project.port}; `));
  }),
);

test(
  'what left its group when the program was killed is swept at the next start',
  withProject(
    { Tiltfile: `local_resource('s', serve_cmd='setsid sleep 61 & echo $! > runaway; wait')\n` },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await until('the runaway', () => project.exists('runaway') && project.read('runaway').trim() !== '');
      const pid = pidOf(project.read, 'runaway');
      tilt.kill('SIGKILL');
      await tilt.finished;
      project.write('Tiltfile', "local_resource('a', cmd='true')\n");
      const next = project.start('up', '--stream');
      await until('the runaway is gone', () => !isRunning(pid));
      await next.stop();
      t.pass();
    },
  ),
);

test(
  'a taken port stops the start with one clear message and no usage',
  withProject({ Tiltfile: "local_resource('a', cmd='echo ran > ran')\n" }, async (t, project) => {
    const server = http.createServer();
    await new Promise<void>(resolve => server.listen(project.port, '127.0.0.1', resolve));
    t.teardown(() => server.close());
    const { code, stderr, stdout } = await project.run('up', '--stream');
    t.is(code, 1);
    t.regex(stderr, /^Error: Tilt cannot start because you already have another process on port \d+\n/);
    t.true(stderr.includes('--port flag or TILT_PORT'));
    t.false(stderr.includes('Usage:'));
    t.true(stdout.startsWith('Tilt started on'));
    t.false(project.exists('ran'));
  }),
);

test(
  'a second session on another port runs beside the first, and each command reaches its own',
  withProject({ Tiltfile: "local_resource('a', cmd='echo hello')\n" }, async (t, project) => {
    const first = project.start('up', '--stream');
    await first.waitFor('a │ hello');
    const none = await project.run('status', '--port', '1');
    t.is(none.code, 3);
    t.regex(none.stderr, new RegExp(`No tilt apiserver found: tilt-1\\n?[^]*--port ${project.port}`));
    t.is((await project.run('status')).code, 0);
    await first.stop();
    t.is((await project.run('status')).code, 3);
    const trigger = await project.run('trigger', 'a');
    t.is(trigger.code, 1);
    t.regex(trigger.stderr, /Could not connect to Tilt at http:\/\/localhost:\d+/);
  }),
);

test(
  'a reader that goes away does not end the session and makes no noise',
  withProject(
    {
      Tiltfile:
        "local_resource('s', serve_cmd='i=0; while true; do i=$((i+1)); echo line $i; echo $i > count; sleep 0.01; done')\n",
    },
    async (t, project) => {
      const child = spawn(
        'sh',
        [
          '-c',
          `${process.execPath} ${path.resolve('dist/tilt.js')} up --stream --port ${project.port} 2> err | head -n 3; echo done > head-done`,
        ],
        { cwd: project.dir, env: project.env, detached: true },
      );
      t.teardown(() => {
        try {
          process.kill(-child.pid!, 'SIGKILL');
        } catch {
          // gone
        }
      });
      await until('head has ended', () => project.exists('count') && Number(project.read('count')) > 20);
      const before = Number(project.read('count'));
      await until('the server goes on', () => Number(project.read('count')) > before + 20);
      const status = await project.run('status');
      t.is(status.code, 0);
      const logs = await project.run('logs', 's', '--tail', '5');
      t.is(logs.stdout.trim().split('\n').length, 5);
      t.is(project.read('err'), '');
      const pid = (
        JSON.parse(
          fs.readFileSync(path.join(project.env['TILT_DEV_DIR']!, 'sessions', `tilt-${project.port}.json`), 'utf8'),
        ) as { pid: number }
      ).pid;
      process.kill(pid, 'SIGTERM');
      await until('the session has ended', () => !isRunning(pid));
    },
  ),
);

test(
  'a child that asks for the terminal gets none and disturbs nothing',
  withProject(
    {
      Tiltfile:
        "local_resource('a', cmd='if (exec < /dev/tty) 2>/dev/null; then echo has-tty; else echo no-tty; fi; stty -echo 2>&1 | head -1; read x || echo no-input')\n",
    },
    async (t, project) => {
      const { stdout, code } = await project.run('ci');
      t.is(code, 0);
      t.true(stdout.includes('a │ no-tty'));
      t.true(stdout.includes('a │ no-input'));
    },
  ),
);

test(
  'stop ends a session from outside and returns when its processes are gone',
  withProject(family, async (t, project) => {
    const tilt = project.start('up', '--stream');
    await until('the family', () => members.every(file => project.exists(file) && project.read(file).trim() !== ''));
    const pids = members.map(file => pidOf(project.read, file));
    const { code, stderr } = await project.run('stop');
    t.is(code, 0, stderr);
    t.deepEqual(pids.filter(isRunning), []);
    t.is((await tilt.finished).code, 0);
    t.is((await project.run('stop')).code, 1);
  }),
);

test(
  'a Tiltfile that waits for a pipe is ended by a signal',
  withProject(
    { Tiltfile: "local('rm -f pipe; mkfifo pipe')\nread_file('pipe')\nlocal_resource('a', cmd='true')\n" },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await until('the pipe is there', () => project.exists('pipe'));
      await tilt.waitFor('Loading Tiltfile');
      tilt.kill('SIGINT');
      t.is((await tilt.finished).code, 0);
    },
  ),
);
