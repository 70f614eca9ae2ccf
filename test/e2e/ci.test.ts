// `tilt ci`: when it ends, how, and what never runs (reference 4.13, 6: TiltCI).
import test from 'ava';
import { withProject } from '../support/with-project.ts';

test(
  'one update that works ends well',
  withProject({ Tiltfile: "local_resource('a', cmd='echo hi from a')\n" }, async (t, project) => {
    const { code, stdout, stderr } = await project.run('ci');
    t.is(code, 0, stderr);
    t.regex(stdout, /^Tilt started on http:\/\/localhost:\d+\/\nv\d+\.\d+\.\d+, built \d{4}-\d\d-\d\d\n/);
    t.regex(stdout, / {12}a │ \n {12}a │ Initial Build\n {12}a │ Running cmd: echo hi from a\n {12}a │ hi from a\n/);
    t.regex(stdout, /SUCCESS\. All workloads are healthy\.\n$/);
  }),
);

test(
  'one update that fails ends the run with its words',
  withProject(
    {
      Tiltfile:
        "local_resource('a', cmd='echo \"x y\"; exit 3')\nlocal_resource('b', cmd='sleep 60', allow_parallel=True)\n",
    },
    async (t, project) => {
      const { code, stdout, stderr } = await project.run('ci');
      t.is(code, 1);
      t.is(stderr, 'Error: Command "echo \\"x y\\"; exit 3" failed: exit status 3\n');
      t.regex(stdout, /a │ ERROR: Build Failed: Command "echo \\"x y\\"; exit 3" failed: exit status 3/);
    },
  ),
);

test(
  'a command that does not exist is said so',
  withProject({ Tiltfile: "local_resource('a', cmd=['no-such-program-here', 'x'])\n" }, async (t, project) => {
    const { code, stderr } = await project.run('ci');
    t.is(code, 1);
    t.regex(stderr, /no-such-program-here.*(not found|no such file)/i);
  }),
);

test(
  'a command that dies of a signal says which; a code that looks like one is a code',
  withProject({ Tiltfile: "local_resource('a', cmd='kill -9 $$')\n" }, async (t, project) => {
    t.is((await project.run('ci')).stderr, 'Error: Command "kill -9 $$" failed: signal: killed\n');
    project.write('Tiltfile', "local_resource('a', cmd='exit 137')\n");
    t.is((await project.run('ci')).stderr, 'Error: Command "exit 137" failed: exit status 137\n');
  }),
);

test(
  'a probe whose port is none keeps its server from starting, and says so',
  withProject(
    {
      Tiltfile:
        "local_resource('s', serve_cmd='sleep 60', readiness_probe=probe(http_get=http_get_action(port=70000)))\n",
    },
    async (t, project) => {
      const { code, stdout, stderr } = await project.run('ci');
      t.is(code, 1);
      t.is(stderr, 'Error: Process 0 exited with non-zero status\n');
      t.regex(stdout, /s │ ERROR: Invalid readiness probe: port number out of range: 70000/);
      t.notRegex(stdout, /Running cmd/);
    },
  ),
);

test(
  'what a command of the Tiltfile prints with carriage returns gets one prefix a line',
  withProject(
    {
      Tiltfile: "local('cat crlf')\nlocal_resource('a', cmd='true')\n",
      crlf: 'a\r\nx\ry\n\nlast',
    },
    async (t, project) => {
      const { stdout } = await project.run('ci');
      t.true(stdout.includes('\n → a\n → x\ry\n → \n → last\n'), JSON.stringify(stdout));
    },
  ),
);

test(
  'a server that ends is an error, exit code 0 included',
  withProject({ Tiltfile: "local_resource('s', serve_cmd='echo once')\n" }, async (t, project) => {
    const { code, stdout, stderr } = await project.run('ci');
    t.is(code, 1);
    t.regex(stderr, /^Error: Process \d+ exited with non-zero status\n$/);
    t.regex(stdout, /s │ ERROR: Server exited with exit code 0/);
  }),
);

test(
  'a server must become ready in time',
  withProject(
    {
      Tiltfile:
        "ci_settings(readiness_timeout='1s')\nlocal_resource('s', serve_cmd='sleep 60', readiness_probe=probe(period_secs=1, exec=exec_action(['false'])))\n",
    },
    async (t, project) => {
      const { code, stderr } = await project.run('ci');
      t.is(code, 1);
      t.is(stderr, 'Error: Readiness timeout after 1s: target s:serve not ready\n');
    },
  ),
);

test(
  "the Tiltfile's timeout wins over the flag",
  withProject({ Tiltfile: "ci_settings(timeout='1s')\nlocal_resource('a', cmd='sleep 60')\n" }, async (t, project) => {
    const { code, stderr } = await project.run('ci', '--timeout', '10m');
    t.is(code, 1);
    t.regex(stderr, /^Error: Timeout after 1s: 1 resources (waiting|not ready) \(a:update.*\)\n$/);
  }),
);

test(
  'a Tiltfile error is fatal, with the source line and a caret',
  withProject({ Tiltfile: "x = 1\nlocal_resource('a', cmdd='true')\n" }, async (t, project) => {
    const { code, stdout, stderr } = await project.run('ci');
    t.is(code, 1);
    t.regex(
      stderr,
      /Error in local_resource: local_resource: unexpected keyword argument "cmdd" \(did you mean cmd\?\)/,
    );
    t.regex(stdout, /Tiltfile:2:15: in <toplevel>/);
    t.true(stdout.includes("  2 | local_resource('a', cmdd='true')\n    |               ^"), stdout);
  }),
);

test(
  'no resources is an error, and so is no Tiltfile',
  withProject({ Tiltfile: 'print(1)\n' }, async (t, project) => {
    const empty = await project.run('ci');
    t.is(empty.code, 1);
    t.regex(empty.stderr, /No resources found/);
    const missing = await project.run('ci', '-f', 'nowhere/Tiltfile');
    t.is(missing.code, 1);
    t.regex(missing.stderr, /No Tiltfile found at paths '.*nowhere\/Tiltfile'/);
    const folder = await project.run('ci', '-f', '.');
    t.is(folder.code, 1);
    t.regex(folder.stderr, /is a directory/);
  }),
);

test(
  'a duplicate name, a dependency on itself and a circle are refused',
  withProject({ Tiltfile: '' }, async (t, project) => {
    const errorOf = async (tiltfile: string): Promise<string> => {
      project.write('Tiltfile', tiltfile);
      return (await project.run('ci')).stderr;
    };
    t.regex(
      await errorOf("local_resource('a', cmd='true')\nlocal_resource('a', cmd='true')\n"),
      /local_resource named "a" already exists/,
    );
    t.regex(
      await errorOf("local_resource('a', cmd='true', resource_deps=['a'])\n"),
      /resource a specified a dependency on itself/,
    );
    const circle =
      "local_resource('a', cmd='true', resource_deps=['b'])\nlocal_resource('b', cmd='true', resource_deps=['a'])\n";
    t.regex(await errorOf(circle), /cycle detected in resource dependency graph: a -> b -> a/);
  }),
);

/** Every combination of update, server, mode and auto_init; the ones with auto_init=False must never appear. */
function matrix(): {
  readonly tiltfile: string;
  readonly shown: readonly string[];
  readonly hidden: readonly string[];
} {
  const lines: string[] = [];
  const shown: string[] = [];
  const hidden: string[] = [];
  for (const work of ['update', 'serve', 'both']) {
    for (const mode of ['AUTO', 'MANUAL']) {
      for (const init of [true, false]) {
        const name = `${work}-${mode[0]}-${init ? 'on' : 'off'}`;
        (init ? shown : hidden).push(name);
        const update = work === 'serve' ? '' : `cmd='echo ${name}', `;
        const serve = work === 'update' ? '' : `serve_cmd='echo ${name}; exec sleep 60', `;
        lines.push(
          `local_resource('${name}', ${update}${serve}trigger_mode=TRIGGER_MODE_${mode}, auto_init=${init ? 'True' : 'False'})`,
        );
      }
    }
  }
  return { tiltfile: `${lines.join('\n')}\n`, shown, hidden };
}

const { tiltfile, shown, hidden } = matrix();
test(
  'every kind of local resource: ci ends, and what is not started by itself never shows',
  withProject({ Tiltfile: tiltfile }, async (t, project) => {
    const { code, stdout, stderr } = await project.run('ci');
    t.is(code, 0, stderr);
    for (const name of shown) t.true(stdout.includes(`${name} │`), name);
    for (const name of hidden) t.false(stdout.includes(name), name);
  }),
);

test(
  'resources named on the command line run with what they need, and nothing else',
  withProject(
    {
      Tiltfile: ['a', 'b', 'c']
        .map(n => `local_resource('${n}', cmd='echo ran-${n}', resource_deps=${n === 'a' ? "['b']" : '[]'})`)
        .join('\n'),
    },
    async (t, project) => {
      const { code, stdout, stderr } = await project.run('ci', 'a');
      t.is(code, 0, stderr);
      t.true(stdout.includes('│ ran-a') && stdout.includes('│ ran-b'));
      t.false(stdout.includes('ran-c'));
      const unknown = await project.run('ci', 'zz');
      t.is(unknown.code, 1);
      t.regex(
        unknown.stderr,
        /You specified some resources that could not be found: "zz"\nIs this a typo\? Existing resources in Tiltfile: "a", "b", "c"/,
      );
    },
  ),
);

test(
  'SIGINT ends ci with exit code 1 and no process left',
  withProject(
    {
      Tiltfile:
        "local_resource('a', serve_cmd='echo pid $$; sleep 60 & wait', readiness_probe=probe(exec=exec_action(['false'])))\n",
    },
    async (t, project) => {
      const tilt = project.start('ci');
      await tilt.waitFor(/a │ pid \d+/);
      const { code, stderr } = await tilt.stop();
      t.is(code, 1);
      t.is(stderr, 'Error: context canceled\n');
    },
  ),
);

test(
  'a resource with a long name is cut in the prefix',
  withProject({ Tiltfile: "local_resource('a-very-long-resource-name', cmd='echo x')\n" }, async (t, project) => {
    const { stdout } = await project.run('ci');
    t.true(stdout.includes('a-very-long-… │ x\n'), stdout);
  }),
);

test(
  'a snapshot of the end is written where --output-snapshot-on-exit says',
  withProject({ Tiltfile: "local_resource('a', cmd='echo hi from a; exit 4')\n" }, async (t, project) => {
    const { code } = await project.run('ci', '--output-snapshot-on-exit', 'snap.json');
    t.is(code, 1);
    const { view, createdAt } = JSON.parse(project.read('snap.json'));
    t.regex(createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    const a = view.uiResources.find((r: { metadata: { name: string } }) => r.metadata.name === 'a');
    t.is(a.status.updateStatus, 'error');
    t.true(view.logList.segments.some((s: { text: string }) => s.text === 'hi from a\n'));
  }),
);

test(
  'a snapshot that cannot be written is said in the log',
  withProject({ Tiltfile: "local_resource('a', cmd='true')\n" }, async (t, project) => {
    const { code, stdout } = await project.run('ci', '--output-snapshot-on-exit', 'no/such/folder/snap.json');
    t.is(code, 0);
    t.regex(stdout, /the snapshot was not written: .*no\/such\/folder\/snap\.json/);
  }),
);
