import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { version } from '../../src/base/version.ts';
import { loadText } from './load-text.ts';

const prints: readonly (readonly [text: string, log: string])[] = [
  ['print(decode_json(\'{"a": [1, 1.0, null, true]}\'))', '{"a": [1, 1.0, None, True]}\n'],
  [
    "print(encode_json({'b': 1.0, 'a': '<é>', 'c': []}), end='') if False else print(encode_json({'b': 1.5, 'a': '<é>', 'c': []}))",
    '{\n  "a": "\\u003cé\\u003e",\n  "b": 1.5,\n  "c": []\n}\n\n',
  ],
  ["print(encode_yaml({'b': 'y', 'a': [1]}))", 'a:\n- 1\nb: "y"\n\n'],
  ["print(encode_yaml_stream([{'a': 1}, 'x']))", 'a: 1\n---\nx\n\n'],
  [
    "print(decode_yaml('a: 010'), decode_yaml(''), decode_yaml_stream('a\\n---\\n---\\nb'))",
    '{"a": 8} None ["a", "b"]\n',
  ],
  ["print(read_json('no.json', default='d'), read_yaml('no.yaml', default=None))", 'd None\n'],
  ["print(read_yaml('x.yaml'), read_json('x.json'))", '{"k": True} {"k": 1}\n'],
];

prints.forEach(([text, log], i) => {
  test(`prints ${i}`, async t => {
    const loaded = await loadText(t, text, { files: { 'x.yaml': 'k: yes', 'x.json': '{"k": 1}' } });
    t.is(loaded.error, '');
    t.is(loaded.log, log);
  });
});

const errors: readonly (readonly [text: string, error: string])[] = [
  [
    "decode_json('[1e3]')",
    'Error in decode_json: error converting JSON to Starlark: strconv.ParseInt: parsing "1e3": invalid syntax',
  ],
  ["decode_json('{}{}')", 'Error in decode_json: error parsing JSON: found multiple JSON values'],
  [
    'encode_json((1,))',
    'Error in encode_json: error converting object from starlark: unable to convert from starlark value, unsupported type starlark.Tuple',
  ],
  [
    "encode_yaml({1: 'a'})",
    "Error in encode_yaml: error converting object from starlark: only string keys are supported in maps. found key '1' of type int64",
  ],
  [
    "decode_yaml('a: 1\\n---\\nb: 2')",
    'Error in decode_yaml: expected a yaml document but found a yaml stream (documents separated by `---`). use decode_yaml_stream instead to decode a yaml stream',
  ],
  ['v1alpha1.config_map(data={})', 'Error in v1alpha1.config_map: v1alpha1.config_map: missing argument for name'],
  ['v1alpha1.ignore_def(zz=1)', 'Error in v1alpha1.ignore_def: v1alpha1.ignore_def: unexpected keyword argument "zz"'],
  [
    "v1alpha1.file_watch(name='a')",
    'Error in v1alpha1.file_watch: spec.watchedPaths: Required value: cannot be an empty list',
  ],
  [
    "v1alpha1.ui_button(name='a', text='t', location={'zz': 'x'})",
    'Error in v1alpha1.ui_button: v1alpha1.ui_button: for parameter "location": Unexpected attribute name: zz',
  ],
  [
    "v1alpha1.config_map(name='a', data={'x': 'y'})\nv1alpha1.config_map(name='a', data={'x': 'z'})",
    'Error in v1alpha1.config_map: configmaps "a" already registered',
  ],
  [
    "local_resource('', cmd='x')",
    'Error in local_resource: local_resource: for parameter name: invalid value "": a resource needs a name',
  ],
  [
    "local_resource('a', cmd='x', trigger_mode=3)",
    'Error in local_resource: local_resource: for parameter "trigger_mode": got int, want TriggerMode',
  ],
  [
    "local_resource('a', cmd='x', resource_deps='b')",
    'Error in local_resource: local_resource: for parameter "resource_deps": got string, want starlark.Sequence',
  ],
  [
    "config.set_enabled_resources('a')",
    'Error in config.set_enabled_resources: config.set_enabled_resources: for parameter resources: got string, want starlark.Sequence',
  ],
  [
    'config.set_enabled_resources([3])',
    "Error in config.set_enabled_resources: resources must be a list of string: '3' is a starlark.Int, not a string",
  ],
  [
    'a = []\na.append(a)\nencode_json(a)',
    'Error in encode_json: error converting object from starlark: it is nested too deeply, or contains itself',
  ],
  [
    "local_resource('a', 'x', labels='x' * 64)",
    `Error in local_resource: local_resource: for parameter "labels": Invalid label "${'x'.repeat(64)}": name part must be no more than 63 bytes`,
  ],
  ["os.path.join('a', [1])", 'Error in os.path.join: os.path.join() only accepts strings. Argument #1: [1]'],
  [
    "ci_settings(timeout='5☃')",
    'Error in ci_settings: ci_settings: for parameter "timeout": time: unknown unit "\\xe2\\x98\\x83" in duration "5\\xe2\\x98\\x83"',
  ],
  ["local('')", 'Error in local: command "" failed.\nerror: empty cmd'],
  [
    "version_settings(constraint='>=99.0.0')",
    `Error in version_settings: you are running Tilt version ${version}, which doesn't match the version constraint specified in your Tiltfile: '>=99.0.0'`,
  ],
  [
    "version_settings(constraint='^0.37')",
    'Error in version_settings: error parsing version constraint: Could not parse Range "^0.37": Could not parse comparator "^" in "^0.37"',
  ],
  ["load('./x.star', 'y')", 'Error: index 3 out of range: empty list'],
  ["helm('no')", 'Error in helm: Could not read Helm chart directory "$D/no": does not exist'],
  ["helm('.')", 'Error in helm: Unable to find Helm installation. Make sure `helm` is on your $PATH.'],
  [
    "load('ext://hello', 'x')",
    'Error: cannot load ext://hello: loading extension repo default: download error: waiting 5s before retrying. Original error: exit status 1',
  ],
  [
    "v1alpha1.extension_repo(name='r', url='file:///no/such')\nv1alpha1.extension(name='e', repo_name='r', repo_path='e')\nload('ext://e', 'x')",
    'Error: cannot load ext://e: loading extension repo r: loading: stat /no/such: no such file or directory',
  ],
];

errors.forEach(([text, error], i) => {
  test(`error ${i}`, async t => {
    const loaded = await loadText(t, text, { files: { 'x.star': 'y = []\nz = y[3]' } });
    t.true(`\n${loaded.error}\n`.includes(`\n${error}\n`), loaded.error);
  });
});

test('a failure in a loaded file has its place and that of its loaders', async t => {
  const { error } = await loadText(t, "load('./a.star', 'y')", {
    files: { 'a.star': "load('./b.star', 'y')", 'b.star': 'def f():\n  fail("x")\nf()' },
  });
  t.is(
    error,
    'Traceback (most recent call last):\n  $D/Tiltfile:1:1: in <toplevel>\n  $D/a.star:1:1: in <toplevel>\n  $D/b.star:3:2: in <toplevel>\n  $D/b.star:2:7: in f\nError in fail: x',
  );
});

test('objects of the API, with paths from the folder of the Tiltfile', async t => {
  const { folder, result } = await loadText(
    t,
    `v1alpha1.file_watch(name='fw', watched_paths=['sub'], ignores=[{'base_path': 'x', 'patterns': ['*']}])
v1alpha1.cmd(name='c', args=['a'], restart_on=v1alpha1.restart_on_spec(file_watches=['fw']), labels={'l': 'v'})
v1alpha1.cmd(name='c', args=['a'], restart_on={'file_watches': ['fw']}, labels={'l': 'v'})`,
  );
  t.is(result.error, undefined);
  t.deepEqual(result.objects, [
    {
      apiVersion: 'tilt.dev/v1alpha1',
      kind: 'FileWatch',
      metadata: { name: 'fw' },
      spec: { watchedPaths: [`${folder}/sub`], ignores: [{ basePath: `${folder}/x`, patterns: ['*'] }] },
    },
    {
      apiVersion: 'tilt.dev/v1alpha1',
      kind: 'Cmd',
      metadata: { name: 'c', labels: { l: 'v' } },
      spec: { args: ['a'], dir: folder, restartOn: { fileWatches: ['fw'] } },
    },
  ]);
});

test('an extension of a repo that answers to a host', async t => {
  const { folder, log, result } = await loadText(
    t,
    "v1alpha1.extension_repo(name='r', url='file://' + os.getcwd() + '/exts', load_host='corp', git_subpath='')\nload('ext://corp/tools/one', 'one')\none()",
    { files: { 'exts/tools/one/Tiltfile': 'def one():\n  print("one")' } },
  );
  t.is(log, 'one\n');
  t.true(result.configFiles.includes(`${folder}/exts/tools/one/Tiltfile`));
  t.like(result.objects[1], {
    kind: 'Extension',
    metadata: { name: 'corp_tools_one', annotations: { 'tilt.dev/managed-by': 'tiltfile.loader' } },
    spec: { repoName: 'r', repoPath: 'tools/one' },
  });
});

test('a repository is cloned once and pinned versions are checked out', async t => {
  const commands: string[] = [];
  const { error } = await loadText(
    t,
    "v1alpha1.extension_repo(name='default', url='https://example.com/e', ref='v1')\nload('ext://x', 'y')",
    {
      run(command) {
        commands.push(command.args.join(' '));
        return { exitCode: 0 };
      },
    },
  );
  t.regex(commands[0]!, /^git clone .* -- https:\/\/example\.com\/e .*\/tilt_modules\/example\.com\/e$/);
  t.is(commands[1], 'git checkout --quiet v1');
  t.regex(error, /loading extension x: no extension tiltfile found at .*\/example.com\/e\/x\/Tiltfile$/);
});

test('kustomize falls back to kubectl and watches what it is made of', async t => {
  const commands: string[] = [];
  const { folder, log, result } = await loadText(t, "print(kustomize('o', flags=['--x']))", {
    files: {
      'o/kustomization.yaml':
        'resources: [../base]\npatches: [{path: p.yaml}]\nconfigMapGenerator: [{name: c, files: [a.conf]}]',
      'base/kustomization.yml': 'resources: [dep.yaml]',
    },
    run(command) {
      commands.push(command.args.join(' '));
      return { exitCode: 0, stdout: 'made: yes\n' };
    },
  });
  t.deepEqual(commands, ['kubectl kustomize --x o']);
  t.is(
    log,
    'Falling back to `kubectl kustomize` since `kustomize` was not found in PATH\nRunning: kubectl kustomize --x o\nmade: yes\n\n',
  );
  for (const file of ['base/dep.yaml', 'base/kustomization.yml', 'o/kustomization.yaml', 'o/p.yaml', 'o/a.conf'])
    t.true(result.configFiles.includes(`${folder}/${file}`), file);
});

test('helm is asked for its version once in a load and folder; charts are made anew each time', async t => {
  const commands: string[] = [];
  const text = "os.environ['PATH'] = config.main_dir + '/bin'\nhelm('c')\nhelm('c')\ninclude('sub/Tiltfile')";
  const { error } = await loadText(t, text, {
    files: { 'c/Chart.yaml': 'name: c', 'sub/Tiltfile': "helm('../c')", 'bin/helm': '' },
    run(command) {
      commands.push(command.args[1]!);
      return { exitCode: 0, stdout: command.args[1] === 'version' ? 'v3.9.0' : 'kind: X' };
    },
  });
  t.is(error, '');
  t.deepEqual(commands, ['version', 'template', 'template', 'version', 'template']);
});

test('a Tiltfile of local resources alone loads nothing more', async t => {
  const { result } = await loadText(
    t,
    "local_resource('a', 'true', links=[link('x.com', 'n')])\nfor i in range(2):\n  print(i)",
  );
  t.is(result.error, undefined);
  t.is((await loadText(t, 'x = dockr_build\n')).error, '$D/Tiltfile:1:5: undefined: dockr_build');
});

const defined =
  "config.define_string('env', usage='the `NAME` of it')\nconfig.define_bool('debug')\nprint(config.parse())";

const settings: readonly (readonly [file: string, log: string, error: string])[] = [
  ['null', '{}\n', ''],
  ['\n', '{}\n', ''],
  ['{"env":"a"} {"env":"b"} and more', '{"env": "a"}\n', ''],
  ['', '', 'EOF, error found in #1 byte of ...||..., bigger context ...||...'],
  ['[]', '', 'ReadMapCB: expect { or n, but found [, error found in #1 byte of ...|[]|..., bigger context ...|[]|...'],
  [
    '{"env":"a",}',
    '',
    'ReadString: expects " or n, but found }, error found in #10 byte of ...|env":"a",}|..., bigger context ...|{"env":"a",}|...',
  ],
];

for (const [file, log, error] of settings) {
  test(`tilt_config.json: ${JSON.stringify(file)}`, async t => {
    const loaded = await loadText(t, defined, { files: { 'tilt_config.json': file } });
    t.is(loaded.log, log);
    t.true(loaded.error.endsWith(error), loaded.error);
    t.is(loaded.error === '', error === '');
  });
}

test('-h tells the settings that there are', async t => {
  const { error } = await loadText(t, defined, { request: { args: ['-h'] } });
  t.true(
    error.endsWith(
      'invalid Tiltfile config args: pflag: help requested\nUsage:\n      --debug      \n      --env NAME   the NAME of it\n',
    ),
    error,
  );
});

test('a dependency that cannot be looked at is no failure of the Tiltfile', async t => {
  const loaded = await loadText(t, "local_resource('a', cmd='x', deps=['circle/x'])", {
    prepare: folder => fs.symlinkSync('circle', path.join(folder, 'circle')),
  });
  t.is(loaded.error, '');
});

test('a Tiltfile that cannot be read is an error with its name', async t => {
  const loaded = await loadText(t, '', {
    prepare: folder => {
      fs.rmSync(path.join(folder, 'Tiltfile'));
      fs.symlinkSync('Tiltfile', path.join(folder, 'Tiltfile'));
    },
  });
  t.is(loaded.error, 'stat $D/Tiltfile: too many levels of symbolic links');
});

test('what once sent data home says once that it does nothing', async t => {
  const text =
    "set_team('x')\nanalytics_settings(enable=True)\nexperimental_telemetry_cmd('true')\nexperimental_analytics_report({})\n";
  const loaded = await loadText(t, text);
  t.is(loaded.error, '');
  t.is(loaded.log.match(/nothing is ever sent home/g)?.length, 1, loaded.log);
  t.notRegex((await loadText(t, 'print(1)')).log, /sent home/);
});

test('a command of blanks alone is one that does nothing, an empty one is none', async t => {
  const { resource } = await loadText(
    t,
    "local_resource('a', ' ', serve_cmd='\\n')\nlocal_resource('b', '', serve_cmd=' x ')",
  );
  t.like(resource('a').spec.target, { updateCmd: { args: ['sh', '-c', ''] }, serveCmd: { args: ['sh', '-c', ''] } });
  t.like(resource('b').spec.target, { updateCmd: undefined, serveCmd: { args: ['sh', '-c', 'x'] } });
});
