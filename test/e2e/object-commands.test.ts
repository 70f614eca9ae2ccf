// The commands that read and change objects, against a running session (reference 1.5, 3.0).
import fs from 'node:fs';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { makeProject, type Project, until } from '../support/tilt-process.ts';

const tiltfile = `
local_resource('codegen', cmd='echo hi', labels=['build'])
local_resource('web', serve_cmd='sleep 1000', resource_deps=['codegen'], labels=['svc', 'front'])
local_resource('bad', cmd='exit 3')
`;

const objects = `
apiVersion: tilt.dev/v1alpha1
kind: ConfigMap
metadata: {name: one, labels: {a: b}}
data: {x: "1"}
---
apiVersion: tilt.dev/v1alpha1
kind: ConfigMap
metadata: {name: two}
data: {y: "2"}
`;

/** A project whose session is up, with every resource settled. */
async function withSession(t: ExecutionContext, files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const project = await makeProject({ Tiltfile: tiltfile, 'objects.yaml': objects, ...files });
  t.teardown(() => project.dispose());
  const up = project.start('up', '--stream');
  await up.waitFor('sleep 1000');
  await until('bad has failed', async () => {
    const done = await project.run('get', 'uiresource', 'bad', '-o', 'jsonpath={.status.updateStatus}');
    return done.stdout === 'error';
  });
  return project;
}

test('get: tables, names, templates, and what is not there', async t => {
  const project = await withSession(t);
  const get = (...args: readonly string[]) => project.run('get', ...args);

  const table = await get('uiresources');
  t.regex(table.stdout, /^NAME {9}CREATED AT\n\(Tiltfile\) {3}\d{4}-/);
  t.is(table.stdout.split('\n').length, 6);
  t.regex((await get('uir,uiresources')).stderr, /^error: the server doesn't have a resource type "uir"\n$/);
  t.is((await get('uiresource', '-o', 'name', '-l', 'svc')).stdout, 'uiresource.tilt.dev/web\n');
  t.is((await get('uiresource', 'web', '-o', 'jsonpath={.metadata.name} {.spec}')).stdout, 'web {}');
  t.is(
    (await get('uiresource', 'web', '-o', 'go-template={{range $k, $v := .metadata.labels}}{{$k}} {{end}}')).stdout,
    'front svc ',
  );
  t.is(
    (await get('cmd', 'codegen:update', '-o', 'custom-columns=N:.metadata.name,A:.spec.args[*],X:.x')).stdout,
    'N                A               X\ncodegen:update   sh,-c,echo hi   <none>\n',
  );
  t.regex((await get('uiresource', 'web', '-o', 'wide')).stdout, /^NAME .*UPDATE .*RUNTIME .*TARGET\n/);
  t.regex(
    (await get('uiresource', 'web', '-o', 'yaml')).stdout,
    /^apiVersion: tilt\.dev\/v1alpha1\nkind: UIResource\nmeta/,
  );

  const missing = await get('uiresource', 'web', 'nope');
  t.regex(missing.stdout, /^NAME .*\nweb /);
  t.is(missing.stderr, 'Error from server (NotFound): uiresources.tilt.dev "nope" not found\n');
  t.is(missing.code, 1);
  const ignored = await get('uiresource', 'nope', '--ignore-not-found');
  t.deepEqual([ignored.stdout, ignored.stderr, ignored.code], ['', '', 0]);
  const none = await get('dockerimages');
  t.deepEqual([none.stdout, none.stderr, none.code], ['', 'No resources found\n', 0]);
});

test('create, get -w, patch, apply, delete', async t => {
  const project = await withSession(t);
  const created = await project.run('create', '-f', 'objects.yaml');
  t.is(created.stdout, 'configmap.tilt.dev/one created\nconfigmap.tilt.dev/two created\n');
  const again = await project.run('create', '-f', 'objects.yaml');
  t.regex(
    again.stderr,
    /^Error from server \(AlreadyExists\): error when creating "objects.yaml": configmaps.* "one" already/,
  );
  t.is(again.code, 1);

  const watch = project.start('get', 'cm', 'one', '-w', '-o', 'jsonpath={.data}{"\\n"}');
  await watch.waitFor('{"x":"1"}');
  const patched = await project.run('patch', 'cm', 'one', '-p', '{"data":{"x":"9"}}');
  t.is(patched.stdout, 'configmap.tilt.dev/one patched\n');
  t.is(
    (await project.run('patch', 'cm', 'one', '-p', '{"data":{"x":"9"}}')).stdout,
    'configmap.tilt.dev/one patched (no change)\n',
  );
  await watch.waitFor('{"x":"9"}');
  watch.kill('SIGKILL');
  await watch.finished;

  const first = await project.run('apply', '-f', 'objects.yaml');
  t.is(first.stdout, 'configmap.tilt.dev/one configured\nconfigmap.tilt.dev/two configured\n');
  t.regex(first.stderr, /^Warning: resource configmaps\/one is missing the kubectl/);
  const second = await project.run('apply', '-f', 'objects.yaml');
  t.is(second.stdout, 'configmap.tilt.dev/one unchanged\nconfigmap.tilt.dev/two unchanged\n');
  project.write('objects.yaml', objects.replace('x: "1"', 'z: "1"').replace('{a: b}', '{}'));
  await project.run('apply', '-f', 'objects.yaml');
  t.is((await project.run('get', 'cm', 'one', '-o', 'jsonpath={.data} {.metadata.labels}')).stdout, '{"z":"1"} ');
  t.is((await project.run('apply', '--server-side', '-f', 'objects.yaml', '--force-conflicts')).code, 0);

  t.is((await project.run('delete', 'cm', 'one')).stdout, 'configmap.tilt.dev "one" deleted\n');
  const rest = await project.run('delete', '-f', 'objects.yaml');
  t.is(rest.stdout, 'configmap.tilt.dev "two" deleted\n');
  t.is(
    rest.stderr,
    'Error from server (NotFound): error when deleting "objects.yaml": configmaps.tilt.dev "one" not found\n',
  );
  t.is(rest.code, 1);
});

test('mistakes in files are told with the field, and nothing is written', async t => {
  const project = await withSession(t, {
    'unknown.yaml': 'apiVersion: tilt.dev/v1alpha1\nkind: Cmd\nmetadata: {name: z}\nspec: {args: ["true"], foo: 1}\n',
    'invalid.yaml': 'apiVersion: tilt.dev/v1alpha1\nkind: FileWatch\nmetadata: {name: z}\nspec: {}\n',
    'other.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: z}\n',
    'broken.yaml': 'a: b: c\n',
  });
  const say = async (...args: readonly string[]): Promise<string> => {
    const done = await project.run(...args);
    t.is(done.code, 1);
    return done.stderr;
  };
  t.regex(await say('create', '-f', 'unknown.yaml'), /strict decoding error: unknown field "spec\.foo"\n$/);
  t.is(
    await say('apply', '-f', 'invalid.yaml'),
    'The FileWatch "z" is invalid: spec.watchedPaths: Required value: cannot be an empty list\n',
  );
  t.regex(
    await say('create', '-f', 'other.yaml'),
    /^error: resource mapping not found for name: "z" .* no matches for kind "Deployment" in version "apps\/v1"/,
  );
  t.regex(
    await say('create', '-f', 'broken.yaml'),
    /^error: error parsing broken\.yaml: error converting YAML to JSON: yaml: /,
  );
  t.is(await say('create', '-f', 'nope.yaml'), 'error: the path "nope.yaml" does not exist\n');
  t.is(await say('delete', 'cm'), 'error: resource(s) were provided, but no name was specified\n');
});

test('create cmd runs a command; wait sees its end', async t => {
  const project = await withSession(t);
  const created = await project.run('create', 'cmd', 'hello', 'sh', '-c', 'echo made > made.txt');
  t.is(created.stdout, 'cmd.tilt.dev/hello created\n');
  const waited = await project.run('wait', '--for=jsonpath={.status.terminated.exitCode}=0', 'cmd/hello');
  t.is(waited.stdout, 'cmd.tilt.dev/hello condition met\n');
  t.is(project.read('made.txt'), 'made\n');
  t.is((await project.run('wait', '--for=condition=Ready', 'uiresource/web')).code, 0);
  const late = await project.run('wait', '--for=condition=Ready', 'uiresource/bad', '--timeout=200ms');
  t.is(late.stderr, 'error: timed out waiting for the condition on uiresources/bad\n');
  t.is(late.code, 1);
  const watching = project.start('wait', '--for=delete', 'cmd/hello', '--timeout=20s');
  await project.run('delete', 'cmd', 'hello');
  t.is((await watching.finished).code, 0);
});

test('edit: a change is sent, no change is not, a mistake opens the editor again', async t => {
  const project = await withSession(t);
  await project.run('create', '-f', 'objects.yaml');
  const editor = (name: string, script: string): void => {
    project.write(name, `#!/bin/sh\n${script}\n`);
    fs.chmodSync(path.join(project.dir, name), 0o755);
    project.env['EDITOR'] = path.join(project.dir, name);
  };
  editor('change.sh', `sed -i.bak 's/"1"/"7"/' "$1"`);
  t.is((await project.run('edit', 'cm', 'one')).stdout, 'configmap.tilt.dev/one edited\n');
  t.is((await project.run('get', 'cm', 'one', '-o', 'jsonpath={.data.x}')).stdout, '7');
  t.is((await project.run('edit', 'cm', 'one')).stderr, 'Edit cancelled, no changes made.\n');
  editor(
    'twice.sh',
    `if grep -q 'unknown field' "$1"; then sed -i.bak 's/foo:/z:/' "$1"; else sed -i.bak 's/^data:/foo: {}\\ndata:/' "$1"; fi`,
  );
  t.regex((await project.run('edit', 'cm', 'one')).stderr, /^error: |^Error |A copy of your changes/m);
  editor('fail.sh', 'exit 3');
  t.regex(
    (await project.run('edit', 'cm', 'one')).stderr,
    /^error: there was a problem with the editor ".*": .*exit status 3\n$/,
  );
});

test('dump: what a session knows, and what needs none', async t => {
  const project = await withSession(t);
  const engine = JSON.parse((await project.run('dump', 'engine')).stdout) as Record<string, Record<string, unknown>>;
  t.deepEqual(engine['ManifestDefinitionOrder'], ['codegen', 'web', 'bad'] as unknown as Record<string, unknown>);
  const log = JSON.parse((await project.run('dump', 'logstore')).stdout) as {
    segments: { Text: string }[];
    len: number;
  };
  t.true(log.segments.some(segment => segment.Text.includes('Running cmd: echo hi')));
  t.true(log.len > 100);
  const view = JSON.parse((await project.run('dump', 'webview')).stdout) as Record<string, unknown>;
  t.true(Array.isArray(view['uiResources']));
  const lost = await project.run('snapshot', 'create', '--port', String(project.port), 'nosuch/shot.json');
  t.regex(lost.stderr, /^Error: open .*nosuch\/shot\.json: no such file or directory\n$/);
  t.is(lost.code, 1);
  t.is((await project.run('snapshot', 'create', '--port', String(project.port), 'shot.json')).code, 0);
  const shot = JSON.parse(project.read('shot.json')) as { view: Record<string, unknown>; createdAt: string };
  t.deepEqual(Object.keys(shot).sort(), ['createdAt', 'view']);
  const tree = await project.run('alpha', 'tree-view', '--port', String(project.port));
  t.regex(
    tree.stdout,
    /├── bad \(build error\)\n└── codegen \(ok\)\n {4}└── web \(ok\)\n\n---\nResources: 3 total, 2 ok, 1 errors\n$/,
  );
});

test('dump writes documents without a session', async t => {
  const project = await makeProject({});
  t.teardown(() => project.dispose());
  const alone = (...args: readonly string[]) => project.start(...args).finished;
  const openApi = JSON.parse((await alone('dump', 'openapi')).stdout) as { swagger: string };
  t.is(openApi.swagger, '2.0');
  t.is((await alone('dump', 'cli-docs')).code, 0);
  t.regex(project.read('tilt_get.md'), /^---\ntitle: Tilt CLI Reference\n[\s\S]*## tilt get\n[\s\S]*--label-columns/);
  t.is((await alone('dump', 'api-docs')).stdout, 'wrote api/tiltfile.pyi\n');
  t.regex(project.read('api/tiltfile.pyi'), /\ndef local_resource\(/);
});

test('alpha updog: a session of objects from files, without a Tiltfile', async t => {
  const cmd = 'apiVersion: tilt.dev/v1alpha1\nkind: Cmd\nmetadata: {name: hello}\nspec: ';
  const project = await makeProject({
    'objects.yaml': `${cmd}{args: [echo, from-a-cmd]}\n---${objects}`,
    'unknown.yaml': `${cmd}{argz: []}\n`,
    'refused.yaml': 'apiVersion: tilt.dev/v1alpha1\nkind: FileWatch\nmetadata: {name: x}\nspec: {}\n',
  });
  t.teardown(() => project.dispose());
  const port = ['--port', String(project.port)];
  const updog = project.start('alpha', 'updog', ...port, '-f', 'objects.yaml');
  await updog.waitFor('from-a-cmd');
  t.regex(
    updog.output,
    /^Tilt updog v\S+, built .*\nloaded cmd\/hello\nloaded configmap\/one\nloaded configmap\/two\n/,
  );
  // It begins to run before other commands can find it.
  await until('an object of the session', async () => {
    const one = await project.run('get', 'cm', 'one', '-o', 'jsonpath={.data}');
    return one.stdout === '{"x":"1"}';
  });
  const made = await project.run('get', 'tiltfiles,uiresources,uisessions,sessions', '-o', 'name');
  t.deepEqual([made.stdout, made.code], ['', 0]);
  t.is((await project.run('stop')).code, 0);
  t.is((await updog.finished).code, 0);

  const failures: readonly (readonly [args: readonly string[], stderr: RegExp])[] = [
    [[], /^Error: Expected source files with -f\n/],
    [['-f', 'nope.yaml'], /^Error: Decoding inputs: the path "nope.yaml" does not exist\n/],
    [['-f', 'unknown.yaml'], /^Error: Decoding inputs: .*strict decoding error: unknown field "spec.argz"\n/],
    [['-f', 'refused.yaml'], /^Error: FileWatch.tilt.dev "x" is invalid: spec.watchedPaths: Required value/],
  ];
  for (const [args, stderr] of failures) {
    const done = await project.run('alpha', 'updog', ...port, ...args);
    t.regex(done.stderr, stderr);
    t.is(done.code, 1);
  }
});

test('objects that lack what they need harm no session: it answers, and it ends in order', async t => {
  const project = await withSession(t, {
    'lacking.yaml': ['Cmd', 'Tiltfile', 'ConfigMap', 'Cluster']
      .map(kind => `apiVersion: tilt.dev/v1alpha1\nkind: ${kind}\nmetadata: {name: lacking}\n`)
      .concat(
        'apiVersion: tilt.dev/v1alpha1\nkind: ToggleButton\nmetadata: {name: lacking}\nspec: {stateSource: {configMap: {name: m, key: k, onValue: a}}}\n',
        'apiVersion: tilt.dev/v1alpha1\nkind: Cmd\nmetadata: {name: asked}\nspec: {args: [sleep, "1000"], readinessProbe: {exec: {}}}\n',
      )
      .join('---\n'),
  });
  const created = await project.run('create', '-f', 'lacking.yaml');
  t.is(created.stderr, '');
  t.is(created.code, 0);
  await until('the toggle says what is wrong', async () => {
    const toggle = await project.run('get', 'togglebutton', 'lacking', '-o', 'jsonpath={.status.error}');
    return /text cannot be empty/.test(toggle.stdout);
  });
  await project.run('wait', 'cmd/asked', '--for=jsonpath={.status.running}');
  t.is((await project.run('get', 'uiresource', 'codegen', '-o', 'name')).stdout, 'uiresource.tilt.dev/codegen\n');
  t.is((await project.run('stop')).code, 0);
});

test('of files that cannot all be read, the rest counts', async t => {
  const config = (name: string) => `apiVersion: tilt.dev/v1alpha1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
  const project = await withSession(t, {
    'all/a.yaml': config('a'),
    'all/b.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n---\n'.concat(config('b')),
    'all/c.yaml': 'a: [',
  });
  const problems =
    /^resource mapping not found for name: "p" .* from "all\/b\.yaml": .*\nensure CRDs are installed first\nerror parsing all\/c\.yaml: .*\n$/;
  const applied = await project.run('apply', '-f', 'all');
  t.is(applied.stdout, 'configmap.tilt.dev/a created\nconfigmap.tilt.dev/b created\n');
  t.regex(applied.stderr, problems);
  t.is(applied.code, 1);
  const deleted = await project.run('delete', '-f', 'all');
  t.is(deleted.stdout, 'configmap.tilt.dev "a" deleted\nconfigmap.tilt.dev "b" deleted\n');
  t.regex(deleted.stderr, problems);
  t.is((await project.run('create', '-f', 'all')).stdout, applied.stdout);
  const one = await project.run('apply', '-f', 'all/c.yaml');
  t.regex(one.stderr, /^error: error parsing all\/c\.yaml: .*\n$/);
  t.is(one.stdout, '');
});

test('words of kubectl at the edges', async t => {
  const project = await withSession(t);
  const run = (...args: readonly string[]) => project.run(...args);
  t.is((await run('wait', '--for=create', 'uiresource/web')).stdout, 'uiresource.tilt.dev/web condition met\n');
  const late = await run('wait', '--for=condition=Nope', 'uiresource/web', 'uiresource/bad', '--timeout=0');
  t.is(
    late.stderr,
    'timed out waiting for the condition on uiresources/web\ntimed out waiting for the condition on uiresources/bad\n',
  );
  t.regex((await run('explain')).stderr, /^error: You must specify the type of resource to explain\. /);
  t.is((await run('explain', 'a', 'b')).stderr, 'error: We accept only this format: explain RESOURCE\n');
  const field = await run('explain', 'cm.nope');
  t.regex(field.stdout, /^GROUP: /);
  t.is(field.stderr, 'error: field "nope" does not exist\n');
  t.regex((await run('delete', 'cm', 'x', '--dry-run=nope')).stderr, /^Error: Invalid dry-run value \(nope\)/);
  t.regex((await run('delete', 'cm', 'x', '--force')).stderr, /^Warning: Immediate deletion .*\nError from server/);
  for (const [words, args] of [
    [['e1', 'x', '--', 'y'], ['y']],
    [
      ['e2', '--', 'a', 'b'],
      ['a', 'b'],
    ],
    [['e3', 'x'], undefined],
  ] as const) {
    await run('create', 'ext', ...words);
    const made = await run('get', 'ext', words[0], '-o', 'json');
    t.deepEqual(JSON.parse(made.stdout).spec.args, args);
  }
  t.regex(
    (await run('delete', 'tiltfile', '--all')).stderr,
    /^Error from server \(Forbidden\): .* the session stands on it/,
  );
});

test('what was deleted by hand comes back with the next run of the Tiltfile', async t => {
  const project = await withSession(t);
  const run = (...args: readonly string[]) => project.run(...args);
  const names = async () => (await run('get', 'uiresource,fw,uibutton,cm', '-o', 'name')).stdout.split('\n').sort();
  const before = await names();
  await run('delete', 'cm', 'web-disable');
  t.is((await run('disable', 'web')).stderr, '');
  t.is((await run('get', 'cm', 'web-disable', '-o', 'jsonpath={.data.isDisabled}')).stdout, 'true');
  t.is((await run('enable', 'web')).stderr, '');
  for (const kind of ['uiresource', 'fw', 'cm']) await run('delete', kind, '--all');
  await run('trigger', '(Tiltfile)');
  await until('all is there again', async () => (await names()).join() === before.join());
});

test('a session whose exit condition becomes ci ends as `tilt ci` does', async t => {
  for (const [tiltfile, code, text] of [
    ["local_resource('a', 'echo well')", 0, 'SUCCESS. All workloads are healthy.'],
    ["local_resource('a', 'echo well; exit 3')", 1, 'exit status 3'],
  ] as const) {
    const project = await makeProject({ Tiltfile: tiltfile });
    t.teardown(() => project.dispose());
    const up = project.start('up', '--stream');
    await up.waitFor('│ well');
    await project.run('wait', '--for=condition=UpToDate', 'uiresource/a', '--timeout=10s');
    const patched = await project.run('patch', 'session', 'Tiltfile', '-p', '{"spec":{"exitCondition":"ci"}}');
    t.is(patched.stderr, '');
    t.is((await up.finished).code, code);
    t.true(up.output.includes(text), up.output);
  }
});

test('args that are given at the same time are all taken', async t => {
  const project = await withSession(t);
  const all = await Promise.all(
    Array.from({ length: 6 }, (_, i) => project.run('args', '--', ['web', 'bad', 'codegen'][i % 3]!)),
  );
  for (const { code, stderr } of all) t.is(code, 0, stderr);
  t.is((await project.run('args', '--', 'web', 'bad')).code, 0);
  t.is((await project.run('get', 'tiltfile', '(Tiltfile)', '-o', 'jsonpath={.spec.args}')).stdout, '["web","bad"]');
});
