// `tilt up --stream`: files, Tiltfiles, triggers, enablement and arguments of a running session.
import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { until } from '../support/tilt-process.ts';
import { withProject } from '../support/with-project.ts';

/** Lines of the flood; the echo of its command has no number. */
const lines = (text: string): number => text.match(/line \d+ of the flood/g)?.length ?? 0;
const count = (text: string, part: string): number => text.split(part).length - 1;

test(
  'a saved file is one build, a burst of files is one build, an ignored file is none',
  withProject(
    {
      Tiltfile: "local_resource('a', cmd='echo built', deps=['src'], ignore=['src/skip'])\n",
      'src/one': '1',
      '.tiltignore': '**/*.log\n',
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('a │ built');
      project.write('src/one', '2');
      await tilt.waitFor('1 File Changed: [src/one]');
      await until('second build', () => count(tilt.output, 'a │ built') === 2);
      // A folder that is moved in brings all its files at one moment, however busy the machine is.
      for (let i = 0; i < 30; i++) project.write(`staging/file${i}`, 'x');
      fs.renameSync(path.join(project.dir, 'staging'), path.join(project.dir, 'src', 'deep'));
      await tilt.waitFor(/3\d Files Changed: \[(src\/deep\S* ){5}\.\.\.\]/);
      await until('third build', () => count(tilt.output, 'a │ built') === 3);
      project.write('src/skip/me', 'x');
      project.write('src/noise.log', 'x');
      project.write('src/.one.swp', 'x');
      project.write('src/last', 'x');
      await tilt.waitFor('1 File Changed: [src/last]');
      await until('fourth build', () => count(tilt.output, 'a │ built') === 4);
      const { code } = await tilt.stop();
      t.is(code, 0);
      t.is(count(tilt.output, 'a │ built'), 4);
    },
  ),
);

test(
  'saving the Tiltfile adds, changes and removes resources; what did not change is not built again',
  withProject(
    {
      Tiltfile:
        "local_resource('keep', cmd='echo keep')\nlocal_resource('old', serve_cmd='echo old up; exec sleep 60')\nlocal_resource('c', cmd='echo one')\n",
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('c │ one');
      await tilt.waitFor('old │ old up');
      project.write(
        'Tiltfile',
        "local_resource('keep', cmd='echo keep', labels=['x'])\nlocal_resource('c', cmd='echo two')\nlocal_resource('new', cmd='echo new')\n",
      );
      await tilt.waitFor('new │ new');
      await tilt.waitFor('c │ two');
      const { stdout } = await project.run('status');
      t.deepEqual(
        stdout.split('\n').map(line => line.split(/\s+/)[0]),
        ['(Tiltfile)', 'keep', 'c', 'new', ''],
      );
      await tilt.stop();
      t.is(count(tilt.output, 'keep │ keep'), 1);
      t.true(/c │ 1 File Changed: \[Tiltfile\]/.test(tilt.output), tilt.output);
    },
  ),
);

test(
  'a broken Tiltfile keeps what runs, shows file, line, source line and caret, and mending it goes on',
  withProject(
    {
      Tiltfile: "load('lib.star', 'name')\nlocal_resource(name, serve_cmd='echo up; exec sleep 60')\n",
      'lib.star': "name = 'srv'\n",
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('srv │ up');
      project.write('lib.star', "name = 'srv'\n\nx = 1 +\n");
      await tilt.waitFor(/lib\.star:3:\d+: got newline, want primary expression/);
      await tilt.waitFor(/\n {2}3 \| x = 1 \+\n/);
      const { stdout, code } = await project.run('status');
      t.is(code, 1);
      t.regex(stdout, /srv +ready/);
      const from = tilt.output.length;
      project.write('lib.star', "name = 'srv'\n");
      await tilt.waitFor('Successfully loaded Tiltfile', { from });
      t.is((await project.run('status')).code, 0);
      await tilt.stop();
      t.is(count(tilt.output, 'srv │ up'), 1);
    },
  ),
);

test(
  'a Tiltfile that loops for ever is ended by the next save, and by Ctrl-C',
  withProject({ Tiltfile: "print('looping')\nwhile True:\n  pass\n" }, async (t, project) => {
    const tilt = project.start('up', '--stream');
    await tilt.waitFor('looping');
    // The watch over the Tiltfile stands before the run has ended.
    await until('a reload', () => {
      project.write('Tiltfile', `local_resource('a', cmd='echo ran') # ${performance.now()}\n`);
      return tilt.output.includes('a │ ran') || new Promise<false>(resolve => setTimeout(() => resolve(false), 300));
    });
    project.write('Tiltfile', "print('again')\nwhile True:\n  pass\n");
    await tilt.waitFor('again');
    const { code } = await tilt.stop();
    t.is(code, 0);
  }),
);

test(
  'local() streams its output while it runs, and a waiting one is ended with the session',
  withProject({ Tiltfile: "local('echo first; echo second >&2; sleep 60')\n" }, async (t, project) => {
    const tilt = project.start('up', '--stream');
    await tilt.waitFor(' → first');
    await tilt.waitFor(' → second');
    const { code } = await tilt.stop();
    t.is(code, 0);
  }),
);

test(
  'manual resources wait for a trigger; disabled ones refuse it; unknown ones are unknown',
  withProject(
    {
      Tiltfile:
        "local_resource('m', cmd='echo m ran', trigger_mode=TRIGGER_MODE_MANUAL, auto_init=False, deps=['dep'])\nlocal_resource('a', cmd='echo a ran')\n",
      dep: '1',
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('a │ a ran');
      t.false(tilt.output.includes('m ran'));
      const ok = await project.run('trigger', 'm');
      t.is(ok.stdout, 'Successfully triggered update for resource: "m"\n');
      await tilt.waitFor('m │ m ran');
      project.write('dep', '2');
      await until('pending change', async () => (await project.run('status')).stdout.includes('m'));
      t.is(count(tilt.output, 'm │ m ran'), 1);
      t.is((await project.run('disable', 'm')).code, 0);
      const refused = await project.run('trigger', 'm');
      t.is(refused.code, 1);
      t.regex(refused.stderr, /resource "m" is currently disabled/);
      const unknown = await project.run('trigger', 'zz');
      t.is(unknown.code, 1);
      t.regex(unknown.stderr, /\(404\): resource "zz" does not exist/);
      const reload = await project.run('trigger', '(Tiltfile)');
      t.is(reload.code, 0);
      await until('a second load', () => count(tilt.output, 'Successfully loaded Tiltfile') === 2);
      t.true(tilt.output.includes('\nCLI Trigger\n'));
      await tilt.stop();
    },
  ),
);

test(
  'disable stops the server, enable builds anew from scratch',
  withProject(
    {
      Tiltfile:
        "local_resource('s', cmd='echo update', serve_cmd='echo up; exec sleep 60', labels=['grp'])\nlocal_resource('b', cmd='echo b')\n",
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('s │ up');
      await tilt.waitFor('b │ b');
      t.is((await project.run('disable', '-l', 'grp')).code, 0);
      await tilt.waitFor('Resource "s" disabled');
      t.regex((await project.run('status')).stdout, /s +disabled/);
      t.is((await project.run('enable', 's')).code, 0);
      await until('second start', () => count(tilt.output, 's │ up\n') === 2);
      t.is(count(tilt.output, 's │ Initial Build'), 2);
      t.is((await project.run('enable', '--only', 'b')).code, 0);
      await until('disabled again', async () => /s +disabled/.test((await project.run('status')).stdout));
      for (const [args, text] of [
        [['enable'], 'must specify at least one resource'],
        [['enable', '--all', 's'], 'cannot use --all with resource names'],
        [['enable', '--all', '--only'], 'cannot use --all with --only'],
        [['disable', 'zz'], 'no such resource "zz"'],
        [['disable', '(Tiltfile)'], '(Tiltfile) cannot be enabled or disabled'],
      ] as const) {
        const { code, stderr } = await project.run(...args);
        t.is(code, 1);
        t.is(stderr, `Error: ${text}\n`);
      }
      t.is((await project.run('disable', '-l', 'nothing-has-it')).code, 0);
      await tilt.stop();
    },
  ),
);

test(
  'new arguments switch resources; the old ones do not run again',
  withProject(
    { Tiltfile: "local_resource('foo', cmd='echo foo ran')\nlocal_resource('bar', cmd='echo bar ran')\n" },
    async (t, project) => {
      const tilt = project.start('up', '--stream', 'foo');
      await tilt.waitFor('foo │ foo ran');
      const { stderr, code } = await project.run('args', '--', 'bar');
      t.is(code, 0);
      t.regex(stderr, /^Changed config args for Tilt running at localhost:\d+ to \[bar\]\n$/);
      await tilt.waitFor('bar │ bar ran');
      await tilt.waitFor('Tiltfile args changed to: [bar]');
      t.is(count(tilt.output, 'foo │ foo ran'), 1);
      t.regex((await project.run('args', '--', 'bar')).stderr, /already running with those args/);
      t.regex((await project.run('args', '--clear', 'x')).stderr, /--clear cannot be specified with other values/);
      t.is((await project.run('args', '--clear')).code, 0);
      await until('foo enabled', () => count(tilt.output, 'foo │ foo ran') === 2);
      await tilt.stop();
    },
  ),
);

test(
  'logs: everything, tail, since, source, level, JSON, one resource, follow',
  withProject(
    {
      Tiltfile:
        "warn('careful')\nlocal_resource('a', cmd='echo one; echo two; echo three')\nlocal_resource('b', cmd='exit 1')\nlocal_resource('tick', cmd='cat dep', deps=['dep'])\n",
      dep: 'tick1\n',
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('tick │ tick1');
      const logs = async (...args: string[]): Promise<string> => (await project.run('logs', ...args)).stdout;
      t.true((await logs()).includes('            a │ two\n'));
      t.is(await logs('a', '--tail', '2'), 'two\nthree\n');
      t.is(await logs('a', '--tail', '0'), '');
      t.is(await logs('unknown'), '');
      t.is(await logs('a', '--since', '0s'), '');
      const noUnit = await project.run('logs', '--since', '5');
      t.regex(noUnit.stderr, /^Error: time: missing unit in duration "5"/);
      t.is(noUnit.code, 1);
      t.true((await logs('a', '--since', '1h')).includes('one\n'));
      const errors = await logs('--level', 'error');
      t.true(errors.includes('ERROR: Build Failed: Command "exit 1" failed: exit status 1'), errors);
      t.false(errors.includes('│ one'));
      const warnings = await logs('--level', 'warn');
      t.true(warnings.includes('WARNING: careful') && warnings.includes('ERROR: Build Failed'), warnings);
      const records = (await logs('a', '--json'))
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Record<string, string>);
      const one = records.find(r => r['message'] === 'one');
      t.deepEqual([one?.['resource'], one?.['level'], one?.['source']], ['a', 'info', 'runtime']);
      t.deepEqual(Object.keys(one ?? {}), [
        'time',
        'resource',
        'level',
        'message',
        'spanID',
        'progressID',
        'buildEvent',
        'source',
      ]);
      const follower = project.start('logs', '-f', 'tick');
      await follower.waitFor('tick1');
      project.write('dep', 'tick2\n');
      await follower.waitFor('tick2');
      await tilt.stop();
      t.is((await follower.finished).code, 0);
    },
  ),
);

test(
  'a probe gates dependents and is logged on changes; a link stands on the resource',
  withProject(
    {
      Tiltfile:
        "local_resource('web', serve_cmd='sleep 0.5; touch ok; exec sleep 60', readiness_probe=probe(period_secs=1, exec=exec_action(['sh', '-c', 'cat ok && echo fine'])), links=['http://localhost:1234'])\nlocal_resource('user', cmd='test -f ok && echo after', resource_deps=['web'])\n",
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('user │ after');
      t.true(tilt.output.includes('web │ [readiness probe: success] fine'), tilt.output);
      t.true(tilt.output.indexOf('[readiness probe: success]') < tilt.output.indexOf('user │ Initial Build'));
      await tilt.stop();
    },
  ),
);

test(
  'every line of a flood arrives, in the stream and on disk',
  withProject(
    {
      Tiltfile:
        "local_resource('r', serve_cmd='seq -f \"line %.0f of the flood\" 1 50000; echo FLOOD-END; exec sleep 60')\n",
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('r │ FLOOD-END\n', { timeoutMs: 60_000 });
      t.is(lines(tilt.output), 50_000);
      const { stdout } = await project.run('logs', 'r');
      t.is(lines(stdout), 50_000);
      await tilt.stop();
      const projects = path.join(project.env['TILT_DEV_DIR']!, 'projects');
      const files = (fs.readdirSync(projects, { recursive: true }) as string[])
        .map(f => path.join(projects, f))
        .filter(f => fs.statSync(f).isFile());
      const bytes = files.map(f => fs.readFileSync(f, 'latin1')).join('');
      t.true(lines(bytes) >= 50_000);
      for (const file of files) t.is(fs.statSync(file).mode & 0o077, 0, file);
    },
  ),
);

test(
  'a file that changes while the Tiltfile that read it is still loading runs the Tiltfile again',
  withProject(
    {
      Tiltfile:
        "text = str(read_file('config'))\nlocal('echo read; until [ -e go ]; do sleep 0.01; done')\nlocal_resource('a', cmd='echo it is ' + text)\n",
      config: 'old',
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor(' → read');
      project.write('config', 'new');
      project.write('go', '');
      await tilt.waitFor('1 File Changed: [config]');
      await tilt.waitFor('a │ it is new');
      t.is((await tilt.stop()).code, 0);
    },
  ),
);

test(
  'a dependency by a link is followed to where the link leads now',
  withProject(
    {
      Tiltfile: "local_resource('a', cmd='cat now/text', deps=['now'])\n",
      'r1/text': 'first\n',
      'r2/text': 'second\n',
    },
    async (t, project) => {
      const at = (name: string): string => path.join(project.dir, name);
      fs.symlinkSync('r1', at('now'));
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('a │ first');
      fs.symlinkSync('r2', at('new'));
      fs.renameSync(at('new'), at('now'));
      await tilt.waitFor('a │ second');
      project.write('r2/text', 'third\n');
      await tilt.waitFor('a │ third');
      t.is((await tilt.stop()).code, 0);
    },
  ),
);

test(
  'who asks for the lines of one resource gets no others',
  withProject(
    { Tiltfile: "local_resource('a', cmd='echo one')\nlocal_resource('b', cmd='echo two')\n" },
    async (t, project) => {
      const { stdout, code } = await project.run('ci', '--log-resource', 'a');
      t.is(code, 0);
      t.is(stdout, '\nInitial Build\nRunning cmd: echo one\none\nSUCCESS. All workloads are healthy.\n');
    },
  ),
);

test(
  'a Tiltfile that writes what it reads runs once, and comes to rest after each edit',
  withProject(
    {
      Tiltfile:
        "local('sleep .1; date +%s%N > gen.txt; echo \"k: hi\" > gen.yaml; sleep .1', quiet=True)\nx = read_file('gen.txt')\ny = read_yaml('gen.yaml')\nlocal_resource('a', cmd='echo a')\n",
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('echo a');
      // A save may come as two changes, of which the second ends the run of the first.
      const loads = (): number => tilt.output.split('Successfully loaded Tiltfile').length - 1;
      await new Promise(resolve => setTimeout(resolve, 1500));
      t.is(loads(), 1, tilt.output);
      project.write('Tiltfile', `${project.read('Tiltfile')}local_resource('b', cmd='echo b')\n`);
      await tilt.waitFor(/b │ b\n/);
      await new Promise(resolve => setTimeout(resolve, 2000));
      t.true(loads() <= 3, tilt.output);
      project.write('gen.yaml', 'k: edited\n');
      await tilt.waitFor('1 File Changed: [gen.yaml]');
      await tilt.stop();
    },
  ),
);
