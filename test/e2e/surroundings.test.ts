// What a person's machine may be like: full disks, folders that are gone or cannot be written, editors, impatience.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { claimPort, type Finished, isRunning, type Project, until } from '../support/tilt-process.ts';
import { withProject } from '../support/with-project.ts';

/** Runs a line of a shell in which `tilt` is the program. */
function shell(project: Project, line: string): Promise<Finished> {
  const program = `'${process.execPath}' '${path.resolve('dist/tilt.js')}'`;
  const child = spawn('sh', ['-c', `tilt() { ${program} "$@"; }; ${line}`], {
    cwd: project.dir,
    env: { ...project.env, TILT_PORT: String(project.port) },
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => (texts.stdout += chunk));
  child.stderr.on('data', chunk => (texts.stderr += chunk));
  return new Promise(resolve => child.on('close', (code, signal) => resolve({ code, signal, ...texts })));
}

const one = { Tiltfile: "local_resource('a', cmd='echo hello; echo ran > ran')\n" };

test(
  'output that goes to a full disk is told once; the run goes on and fails at its end',
  withProject(one, async (t, project) => {
    if (!fs.existsSync('/dev/full')) {
      t.pass('this system has no /dev/full');
      return;
    }
    const message = /^tilt cannot write its output: ENOSPC: no space left on device, write\n$/;
    const ci = await shell(project, 'tilt ci > /dev/full');
    t.regex(ci.stderr, message);
    t.is(ci.code, 1);
    t.true(project.exists('ran'));
    const version = await shell(project, 'tilt version > /dev/full');
    t.regex(version.stderr, message);
    t.is(version.code, 1);
    t.is((await shell(project, 'tilt ci > /dev/full 2>&1')).code, 1);
  }),
);

test(
  'a working directory that was deleted stops nothing that does not need it, and is found when it is there again',
  withProject(one, async (t, project) => {
    const gone = 'mkdir sub; cd sub; rmdir ../sub;';
    const version = await shell(project, `${gone} tilt version`);
    t.regex(version.stdout, /^v\d/);
    t.is(version.code, 0);
    const missing = await shell(project, `${gone} tilt ci`);
    t.regex(missing.stderr, /^Error: No Tiltfile found at paths '.*\/sub\/Tiltfile'/);
    t.is(missing.code, 1);
    const again = await shell(project, `${gone} mkdir ../sub; cp ../Tiltfile ../sub; tilt ci`);
    t.is(again.code, 0, again.stderr);
    t.regex(again.stdout, /a │ hello/);
  }),
);

test(
  'a project that is deleted and made again while it runs is loaded again',
  withProject(one, async (t, project) => {
    const tilt = project.start('up', '--stream');
    await tilt.waitFor('a │ hello');
    fs.rmSync(project.dir, { recursive: true });
    await tilt.waitFor(/ERROR: No Tiltfile found at paths '.*\/project\/Tiltfile'/);
    project.write('Tiltfile', "local_resource('a', cmd='echo again in $PWD')\n");
    await tilt.waitFor(`a │ again in ${project.dir}`);
    if (process.platform === 'linux') t.is(fs.readlinkSync(`/proc/${tilt.pid}/cwd`), project.dir);
    t.is((await tilt.stop()).code, 0);
    t.notRegex(tilt.output, /internal error/);
  }),
);

test(
  'a state directory that is removed while a session runs is made again, and said',
  withProject(one, async (t, project) => {
    const state = project.env['TILT_DEV_DIR']!;
    const tilt = project.start('up', '--stream');
    await tilt.waitFor('a │ hello');
    await until('the session can be found', async () => (await project.run('status')).code === 0);
    fs.rmSync(state, { recursive: true });
    await tilt.waitFor(`files of this session in ${state} were removed. They are written again`);
    t.is((await project.run('status')).code, 0);
    t.is((await project.run('trigger', 'a')).code, 0);
    await tilt.waitFor(/a │ hello[\s\S]*a │ hello/);
    const logs = await project.run('logs');
    t.is(logs.stdout.match(/a │ hello/g)?.length, 2, logs.stdout + logs.stderr);
    await tilt.stop();
    t.is(tilt.output.match(/were removed/g)?.length, 1);
    t.deepEqual(fs.readdirSync(path.join(state, 'sessions')), []);
  }),
);

test(
  'a state directory that cannot be one is one clear message for every command',
  withProject({ ...one, file: '' }, async (t, project) => {
    project.env['TILT_DEV_DIR'] = path.join(project.dir, 'file');
    const ci = await project.run('ci');
    t.regex(ci.stderr, /^Error: cannot use the state directory \/.*file: .* \(TILT_DEV_DIR names another one\)\n$/);
    t.is(ci.code, 1);
    t.false(project.exists('ran'));
    t.regex((await project.run('status')).stderr, /^Error: No tilt apiserver found: tilt-\d+\n$/);
    t.regex((await project.run('logs')).stderr, /^Error: fetching websocket token: .*\n$/);
    t.regex((await project.run('trigger', 'a')).stderr, /^Could not connect to Tilt at .*\n$/);
  }),
);

test(
  'a file of ours that cannot be read is named, and is no bug',
  withProject(one, async (t, project) => {
    fs.mkdirSync(project.env['TILT_DEV_DIR']!, { recursive: true });
    fs.symlinkSync('token', path.join(project.env['TILT_DEV_DIR']!, 'token'));
    const ci = await project.run('ci');
    t.regex(ci.stderr, /^Error: ELOOP: .*token'\n$/);
    t.is(ci.code, 1);
  }),
);

test(
  'a signal that comes while the session starts ends it in order',
  withProject({ Tiltfile: "local_resource('s', serve_cmd='sleep 60')\n" }, async (t, project) => {
    for (const [command, code] of [
      ['up', 0],
      ['ci', 1],
    ] as const) {
      const tilt = project.start(command, ...(command === 'up' ? ['--stream'] : []));
      await tilt.waitFor('Tilt started on');
      const end = await tilt.stop();
      t.is(end.signal, null, tilt.output);
      t.is(end.code, code, tilt.output);
      const sessions = path.join(project.env['TILT_DEV_DIR']!, 'sessions');
      t.deepEqual(fs.existsSync(sessions) ? fs.readdirSync(sessions) : [], []);
    }
  }),
);

test(
  'args from an editor: quotes hold words together, one that is not closed changes nothing',
  withProject(
    {
      Tiltfile:
        "config.define_string_list('rest', args=True)\nprint('ARGS', config.parse())\nlocal_resource('a', cmd='true')\n",
      open: '"never closed',
      closed: `a "b \\"c" 'd e' f\\ g`,
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('ARGS {}');
      project.env['EDITOR'] = 'cp open';
      const open = await project.run('args');
      t.is(open.code, 1);
      t.is(open.stderr, 'Error: cannot parse the args "never closed: a quote is not closed\n');
      project.env['EDITOR'] = 'cp closed';
      t.is((await project.run('args')).code, 0);
      await tilt.waitFor('ARGS {"rest": ["a", "b \\"c", "d e", "f g"]}');
      await tilt.stop();
    },
  ),
);

test(
  'a resource may have a name of any length',
  withProject({ Tiltfile: "local_resource('x' * 300, cmd='echo hello')\n" }, async (t, project) => {
    const { code, stdout } = await project.run('ci');
    t.is(code, 0);
    t.regex(stdout, /xxxxxxxxxxxx… │ hello/);
  }),
);

test(
  'the limit of open files is told to those that it keeps from starting; the others run',
  withProject(
    {
      Tiltfile:
        "for i in range(120):\n    local_resource('r%d' % i, serve_cmd='echo up; exec sleep 60', allow_parallel=True)\n",
    },
    async (t, project) => {
      const program = `'${process.execPath}' '${path.resolve('dist/tilt.js')}'`;
      const child = spawn('sh', ['-c', `ulimit -n 120; exec ${program} up --stream`], {
        cwd: project.dir,
        env: { ...project.env, TILT_PORT: String(project.port) },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
      const ended = new Promise<number | null>(resolve => child.on('close', resolve));
      const count = (pattern: RegExp): number => output.match(pattern)?.length ?? 0;
      const failed = / failed to start: .*too many open files\n/g;
      await until(
        'each one is up or has failed',
        () => count(/│ up\n/g) + count(failed) === 120 || child.exitCode !== null,
      );
      t.true(count(/│ up\n/g) > 0, output);
      t.true(count(failed) > 0, output);
      child.kill('SIGINT');
      t.is(await ended, 0, output);
      t.false(output.includes('bug'), output);
    },
  ),
);

test(
  'a project that holds the state directory is not built because of what the session writes there',
  withProject(
    {
      Tiltfile:
        "local_resource('a', cmd='echo built', deps=['.'])\nlocal_resource('b', cmd='echo $(cat state/mine)', deps=['state/mine'])\n",
      'state/mine': 'one',
    },
    async (t, project) => {
      project.env['TILT_DEV_DIR'] = path.join(project.dir, 'state');
      // The first session of all makes the folders, which may be seen.
      t.is((await project.run('ci')).code, 0);
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('a │ built');
      await tilt.waitFor('b │ one');
      project.write('state/mine', 'two');
      await tilt.waitFor('b │ two');
      // A command of another process writes there as well.
      t.is((await project.run('trigger', 'b')).code, 0);
      await tilt.waitFor('b │ CLI Trigger');
      project.write('last', 'x');
      await tilt.waitFor('1 File Changed: [last]');
      await tilt.stop();
      // A file that is opened and written may be two changes when the machine has no time in between.
      t.deepEqual(
        [...new Set(tilt.output.match(/a │ \d+ Files? Changed.*/g))],
        ['a │ 1 File Changed: [state/mine]', 'a │ 1 File Changed: [last]'],
      );
    },
  ),
);

test(
  'logs -f whose reader leaves, or whose disk is full, ends and says no more than that',
  withProject(
    { Tiltfile: "local_resource('a', serve_cmd='while true; do echo line; sleep 0.02; done')\n" },
    async (t, project) => {
      const up = project.start('up', '--stream');
      await up.waitFor('line');
      const left = await shell(project, 'tilt logs -f | head -1');
      t.is(left.stdout.split('\n').length, 2);
      t.is(left.stderr, '');
      t.is(left.code, 0);
      if (fs.existsSync('/dev/full')) {
        const full = await shell(project, 'tilt logs -f > /dev/full');
        t.regex(full.stderr, /^tilt cannot write its output: .*ENOSPC/);
        t.is(full.code, 1);
      }
      await up.stop();
    },
  ),
);

test(
  'a mistake in the configuration is said where there is no screen, with its place',
  withProject(one, async (t, project) => {
    const folder = path.join(project.env['XDG_CONFIG_HOME']!, 'tilt-dev');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'config.jsonc'), '{\n  "log_max_bytes": 1000000,\n  "nope": 1\n}\n');
    const done = await project.run('ci');
    t.regex(done.stdout, /WARNING: .*config\.jsonc:2:20: 'log_max_bytes' must be/);
    t.regex(done.stdout, /config\.jsonc:3:3: unknown setting 'nope'/);
    t.is(done.code, 0);
  }),
);

/** Everything that stems from a process, by /proc. */
function descendants(pid: number): readonly number[] {
  const children = fs.readdirSync('/proc').filter(name => {
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
    } catch {
      return false;
    }
  });
  return children.map(Number).flatMap(child => [child, ...descendants(child)]);
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux(
  'what a session that died left running has ended before anything is started',
  withProject(
    {
      Tiltfile: "local_resource('web', serve_cmd='exec node srv.mjs')\n",
      'srv.mjs':
        "import net from 'node:net';\nimport fs from 'node:fs';\nconst port = Number(fs.readFileSync('port', 'utf8'));\nconst server = net.createServer().listen(port, '127.0.0.1', () => console.log('listening', process.pid));\nprocess.on('SIGTERM', () => setTimeout(() => server.close(() => process.exit(0)), 1500));\n",
    },
    async (t, project) => {
      const port = await claimPort();
      project.write('port', String(port));
      const first = project.start('up', '--stream');
      await first.waitFor(/listening \d+/);
      const server = Number(/listening (\d+)/.exec(first.output)![1]);
      // The app, and the watchdogs that would end what it started: only the server is left.
      first.kill('SIGSTOP');
      for (const pid of descendants(first.pid)) if (pid !== server) process.kill(pid, 'SIGKILL');
      first.kill('SIGKILL');
      await first.finished;
      t.true(isRunning(server));
      const second = project.start('up', '--stream');
      await second.waitFor(/listening \d+/);
      t.false(isRunning(server));
      t.notRegex(second.output, /EADDRINUSE/);
      await second.stop();
    },
  ),
);
