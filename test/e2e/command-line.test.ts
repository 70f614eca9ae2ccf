// The command line from outside: what is printed where, exit codes, messages (reference 1.1 to 1.5).
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { withProject } from '../support/with-project.ts';

const rows: readonly [args: string, code: number, stdout: RegExp, stderr: RegExp][] = [
  ['version', 0, /^v\d+\.\d+\.\d+, built \d{4}-\d\d-\d\d\n$/, /^$/],
  ['--version', 0, /^v\d+\.\d+\.\d+, built \d{4}-\d\d-\d\d\n$/, /^$/],
  ['version x', 0, /^v/, /^$/],
  ['', 0, /Available Commands:\n(.*\n)* {2}up /, /^$/],
  ['help', 0, /Available Commands:/, /^$/],
  ['-h', 0, /Available Commands:/, /^$/],
  ['help up', 0, /Usage:\n {2}tilt up \[<tilt flags>\] \[-- <Tiltfile args>\]\n/, /^$/],
  ['up --help', 0, /--update-mode string +.*\(default "auto"\)/, /^$/],
  ['up -h', 0, /Global Flags:\n {2}-d, --debug/, /^$/],
  ['help ci extra', 0, /Usage:\n {2}tilt ci /, /^$/],
  ['version --help=false', 0, /^v/, /^$/],
  ['version --help=true', 0, /Usage:\n {2}tilt version/, /^$/],
  ['ci --timeout=99999999h', 1, /invalid duration/, /^Error: invalid argument "99999999h" for "--timeout" flag/],
  ['help tiltfile len', 0, /^def len\(x: Any, \/\) -> int:\n(.*\n)*This name belongs to Starlark/, /^$/],
  ['help tiltfile lenn', 1, /^$/, /^Error: a Tiltfile has no name "lenn"\. Did you mean len\?\n$/],
  ['help nope', 0, /^$/, /^Unknown help topic \[`nope`\]\n(.*\n)*Available Commands:/],
  [
    'x',
    1,
    /^unknown command "x" for "tilt"/,
    /^Error: unknown command "x" for "tilt"\n(.*\n)*Run 'tilt --help' for usage\.\n$/,
  ],
  ['trigge', 1, /Did you mean this\?\n\ttrigger\n/, /Error: unknown command/],
  ['up --nope', 1, /^unknown flag: --nope\n$/, /^Error: unknown flag: --nope\nUsage:\n {2}tilt up /],
  ['--nope', 1, /^unknown flag: --nope\n$/, /^Error: unknown flag: --nope\nUsage:\n {2}tilt \[command\]/],
  [
    'trigger',
    1,
    /^accepts 1 arg\(s\), received 0\n$/,
    /^Error: accepts 1 arg\(s\), received 0\nUsage:\n {2}tilt trigger/,
  ],
  ['trigger a b', 1, /received 2\n$/, /received 2\nUsage:/],
  ['up --update-mode=x', 1, /^$/, /^Error: unknown update mode "x"\. Valid Values: \[auto image container exec\]\n$/],
  ['up --web-mode=zz', 1, /Unrecognized web mode: zz/, /Allowed values: \[default local prod embedded precompiled\]/],
  ['ci --port 209160', 1, /^Tilt started/, /^Error: listen tcp: address 209160: invalid port\n$/],
  ['ci --port 0 --host nosuchhost.invalid', 1, /./, /^Error: /],
  ['-d version', 0, /^v/, /^$/],
  ['alpha', 0, /Available Commands:\n(.*\n)* {2}tiltfile-result/, /^$/],
  ['completion', 0, /Available Commands:\n {2}bash/, /^$/],
  ['completion bash', 0, /complete .*tilt/, /^$/],
  ['completion zsh', 0, /^#compdef tilt/, /^$/],
  ['completion fish', 0, /complete -c tilt/, /^$/],
  ['completion powershell', 0, /Register-ArgumentCompleter/, /^$/],
  ['verify-install', 0, /^$/, /^$/],
  ['analytics opt', 1, /no choice given/, /Error: no choice given/],
  ['analytics opt in', 0, /nothing is ever sent home/i, /^$/],
  ['analytics opt zz', 1, /^$/, /Error: unknown analytics opt: "zz"\n$/],
];

for (const [args, code, stdout, stderr] of rows) {
  test(
    `tilt ${args}`,
    withProject({}, async (t, project) => {
      const done = await project.run(...args.split(' ').filter(Boolean));
      t.regex(done.stdout, stdout);
      t.regex(done.stderr, stderr);
      t.is(done.code, code);
    }),
  );
}

test(
  'a TILT_PORT that is no number stops every command',
  withProject({}, async (t, project) => {
    project.env['TILT_PORT'] = 'abc';
    const { code, stderr } = await project.run('version');
    t.is(code, 1);
    t.regex(stderr, /^Error: parsing env TILT_PORT: .*"abc".*\n$/);
  }),
);

test(
  'down tells the run of the Tiltfile on stdout',
  withProject({ Tiltfile: "print('hi')\nlocal_resource('a', cmd='echo hello')\n" }, async (t, project) => {
    const { code, stdout, stderr } = await project.run('down');
    t.is(code, 0, stderr);
    t.is(stderr, '');
    t.regex(stdout, /^Loading Tiltfile at: \/.*\/Tiltfile\nhi\nSuccessfully loaded Tiltfile \(.*\)\n$/);
  }),
);

test(
  'flags of up without a command mean up, and it says so',
  withProject({ Tiltfile: "local_resource('a', cmd='echo hello')\n" }, async (t, project) => {
    const tilt = project.start('--stream', '--port', String(project.port));
    await tilt.waitFor('a │ hello');
    await tilt.stop();
    t.true(tilt.output.includes('No command given, so this is: tilt up\n'));
  }),
);

test(
  'arguments before and after -- go to the Tiltfile; a second -- is its own',
  withProject(
    {
      Tiltfile:
        "config.define_string_list('to-run', args=True)\nconfig.define_string('x')\nprint('args', config.parse())\nlocal_resource('a', cmd='true')\n",
    },
    async (t, project) => {
      const printed = async (...args: string[]): Promise<unknown> =>
        JSON.parse(/args (\{.*\})/.exec((await project.run('ci', ...args)).stdout)?.[1] ?? 'null');
      t.deepEqual(await printed('foo', '--', '--x', '1', 'bar'), { 'to-run': ['foo', 'bar'], x: '1' });
      t.deepEqual(await printed('--', '--', '--x'), { 'to-run': ['--x'] });
    },
  ),
);

test(
  'list shows what the Tiltfile defines and starts nothing',
  withProject(
    {
      Tiltfile:
        "local_resource('a', cmd='touch ran', labels=['x', 'y'])\nlocal_resource('bee', serve_cmd='touch ran', resource_deps=['a'], trigger_mode=TRIGGER_MODE_MANUAL)\n",
    },
    async (t, project) => {
      const { stdout, code } = await project.run('list');
      t.is(code, 0);
      t.is(
        stdout,
        'NAME   KIND            LABELS   NEEDS\na      local           x, y\nbee    local, manual            a\n',
      );
      t.is((await project.run('list', '-o', 'name')).stdout, 'a\nbee\n');
      t.deepEqual(JSON.parse((await project.run('list', '-o', 'json', 'a')).stdout), [
        { name: 'a', kind: 'local', labels: ['x', 'y'], resourceDeps: [], enabled: true },
        { name: 'bee', kind: 'local', labels: [], resourceDeps: ['a'], enabled: false },
      ]);
      t.false(project.exists('ran'));
      t.is((await project.run('down')).code, 0);
      project.write('Tiltfile', 'x = (\n');
      const broken = await project.run('list');
      t.is(broken.code, 1);
      t.regex(broken.stderr, /Tiltfile:2:1: got end of file/);
    },
  ),
);

test(
  'alpha tiltfile-result: JSON, exit code 5, timings',
  withProject({ Tiltfile: "print('shown with -v')\nlocal_resource('a', cmd='true')\n" }, async (t, project) => {
    const quiet = await project.run('alpha', 'tiltfile-result');
    t.is(quiet.code, 0);
    t.is(quiet.stderr, '');
    t.is((JSON.parse(quiet.stdout) as { Manifests: { Name: string }[] }).Manifests[0]?.Name, 'a');
    t.regex((await project.run('alpha', 'tiltfile-result', '-v')).stderr, /shown with -v\n/);
    t.regex(
      (await project.run('alpha', 'tiltfile-result', '-b')).stdout,
      /^- local_resource\("a"\) took \S+\nTiltfile execution took \S+\n$/,
    );
    project.write('Tiltfile', "fail('no')\n");
    const failed = await project.run('alpha', 'tiltfile-result');
    t.is(failed.code, 5);
    t.regex(failed.stderr, /Traceback \(most recent call last\):\n.*Tiltfile:1:5: in <toplevel>\nError in fail: no\n/);
  }),
);

test(
  'a Tiltfile that cannot be read is one clear message',
  withProject({ Tiltfile: 'x\n' }, async (t, project) => {
    if (process.getuid?.() === 0) {
      t.pass('root reads everything');
      return;
    }
    fs.chmodSync(path.join(project.dir, 'Tiltfile'), 0);
    const { stderr, code } = await project.run('list');
    t.is(code, 1);
    t.regex(stderr, /permission denied/);
  }),
);

test('version loads little more than the entry: no session, no screen, no library', t => {
  const meta = JSON.parse(fs.readFileSync('build/meta.json', 'utf8')) as {
    outputs: Record<
      string,
      { entryPoint?: string; imports: { path: string; kind: string }[]; inputs: Record<string, unknown> }
    >;
  };
  const reached = new Set<string>();
  const walk = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { path: next, kind } of meta.outputs[file]?.imports ?? []) if (kind !== 'dynamic-import') walk(next);
  };
  walk('dist/tilt.mjs');
  const inputs = [...reached].flatMap(file => Object.keys(meta.outputs[file]?.inputs ?? {}));
  const heavy = inputs.filter(file =>
    /node_modules|src\/(app|controllers|engine|logs|server|starlark|store|terminal|tiltfile|tui)\//.test(file),
  );
  t.deepEqual(heavy, []);
});

test('bash completion knows commands and flags', t => {
  const script = spawnSync(process.execPath, ['dist/tilt.js', 'completion', 'bash'], { encoding: 'utf8' }).stdout;
  const ask = (words: readonly string[]): string[] => {
    const line = `COMP_WORDS=(${words.map(w => `'${w}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _tilt; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return spawnSync('bash', ['-c', `${script}\n${line}`], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
  };
  t.deepEqual(ask(['tilt', 'trig']), ['trigger']);
  t.deepEqual(ask(['tilt', 'up', '--str']), ['--stream']);
  t.deepEqual(ask(['tilt', 'completion', 'z']), ['zsh']);
});
