import test from 'ava';
import { deployment, loadText } from './load-text.ts';

const from = (base: string): string => `dockerfile_contents='FROM ${base}'`;

test('images of a resource come in the order of building, each once', async t => {
  const { resource } = await loadText(
    t,
    `docker_build('app', '.', ${from('mid')})
docker_build('mid', '.', ${from('base')})
docker_build('base', '.', ${from('scratch')})
k8s_yaml('k.yaml')`,
    { files: { 'k.yaml': deployment('app', 'app') } },
  );
  t.deepEqual(
    resource('app').images!.map(image => image.name),
    ['base', 'mid', 'app'],
  );
  t.deepEqual(resource('app').spec.images, ['app']);
});

test('what a build leaves out: Tiltfile, repository, ignore, only, dockerignore', async t => {
  const { folder, resource, result } = await loadText(
    t,
    "docker_build('app', 'src', ignore='*.tmp', only=['a', 'b'])\nk8s_yaml('k.yaml')",
    {
      files: {
        'k.yaml': deployment('app', 'app'),
        'src/Dockerfile': 'FROM scratch',
        'src/.git/x': '',
        'src/.dockerignore': '# c\n/dist/\n!dist/keep\n',
      },
    },
  );
  const basePath = `${folder}/src`;
  const ignores = [
    { basePath: `${folder}/Tiltfile` },
    { basePath: `${basePath}/.git` },
    { basePath, patterns: ['*.tmp'] },
    { basePath, patterns: ['**', '!a', '!b'] },
    { basePath, patterns: ['dist', '!dist/keep'] },
  ];
  const [image] = resource('app').images!;
  t.deepEqual(image!.ignores, [...ignores, { basePath: `${basePath}/Dockerfile` }]);
  t.true(
    result.configFiles.includes(`${basePath}/.dockerignore`) && result.configFiles.includes(`${basePath}/Dockerfile`),
  );
});

test('two tags of a name match exactly', async t => {
  const yaml = ['1', '2', '3'].map(tag => deployment(`d${tag}`, `app:${tag}`)).join('---\n');
  const { resource } = await loadText(
    t,
    `docker_build('app:1', '.', ${from('scratch')})\ndocker_build('app:2', '.', ${from('scratch')})\nk8s_yaml('k.yaml')`,
    { files: { 'k.yaml': yaml } },
  );
  t.deepEqual(
    ['d1', 'd2', 'd3'].map(name => resource(name).spec.images),
    [['app_1'], ['app_2'], []].map((list, i) => (i < 2 ? [`app:${i + 1}`] : list)),
  );
});

test('an unused image is a warning with what may have been meant', async t => {
  const loaded = await loadText(t, `docker_build('frontned', '.', ${from('scratch')})\nk8s_yaml('k.yaml')`, {
    files: { 'k.yaml': deployment('a', 'frontend') },
  });
  t.is(loaded.error, '');
  t.regex(loaded.log, /! Image not used in any Kubernetes config:\n {4}✕ frontned\nDid you mean…\n {4}- frontend\n/);
  const quiet = await loadText(
    t,
    `update_settings(suppress_unused_image_warnings='*')\ndocker_build('x', '.', ${from('scratch')})`,
  );
  t.is(quiet.log, '');
});

test('a live update: paths relative to the Tiltfile, steps in order', async t => {
  const { folder, resource } = await loadText(
    t,
    `docker_build('app', '.', ${from('scratch')}, live_update=[fall_back_on('package.json'), sync('src', '/app'), run('make', trigger='x')])
k8s_yaml('k.yaml')`,
    { files: { 'k.yaml': deployment('app', 'app') } },
  );
  t.deepEqual(resource('app').images![0]!.liveUpdate, {
    name: 'app:app',
    spec: {
      basePath: folder,
      stopPaths: ['package.json'],
      syncs: [{ localPath: 'src', containerPath: '/app' }],
      execs: [{ args: ['sh', '-c', 'make'], triggerPaths: ['x'] }],
    },
  });
});

test('custom_build: command, output, dependencies on images', async t => {
  const { resource } = await loadText(
    t,
    `docker_build('base', '.', ${from('scratch')})
custom_build('app', 'make', deps=['.'], tag='t', skips_local_docker=True, image_deps=['base'], env={'A': 'b'}, entrypoint='run')
k8s_yaml('k.yaml')`,
    { files: { 'k.yaml': deployment('app', 'app') } },
  );
  const [, app] = resource('app').images!;
  t.like(app!.build.kind === 'custom' ? app!.build.spec : {}, {
    args: ['sh', '-c', 'make'],
    env: ['A=b'],
    outputTag: 't',
    outputMode: 'remote',
  });
  t.deepEqual(app!.imageMaps, ['base']);
  t.deepEqual(app!.imageMap.overrideCommand, { command: ['sh', '-c', 'run'] });
});

const errors: readonly (readonly [text: string, error: string])[] = [
  [
    "docker_build('My', '.')",
    `Error in docker_build: Argument 1 (ref): can't parse "My": invalid reference format: repository name (library/My) must be lowercase`,
  ],
  ["docker_build('a')", 'Error in docker_build: docker_build: missing argument for context'],
  [
    "docker_build('a', '.', dockerfil='x')",
    'Error in docker_build: docker_build: unexpected keyword argument "dockerfil" (did you mean dockerfile?)',
  ],
  [
    "docker_build('a', '.')",
    'Error in docker_build: error reading dockerfile: open $D/Dockerfile: no such file or directory',
  ],
  [
    "docker_build('a', '.', dockerfile='x', dockerfile_contents='y')",
    'Error in docker_build: Cannot specify both dockerfile and dockerfile_contents keyword arguments',
  ],
  [
    `docker_build('a', '.', ${from('x')}, only='*.go')`,
    "Error in docker_build: 'only' does not support '*' file globs. Must be a real path: *.go",
  ],
  [
    `docker_build('a', '.', ${from('x')})\ndocker_build('a', '.', ${from('x')})`,
    'Error in docker_build: Image for ref "a" has already been defined',
  ],
  ["custom_build('a', '', deps=[])", "Error in custom_build: Argument 2 (command) can't be empty"],
  ["custom_build('a', 'x', deps=[], image_deps=['b'])", 'image "a": image dep "b" not found'],
  [
    "default_registry('http://x')",
    'Error in default_registry: validating defaultRegistry: host: Invalid value: "http://x": invalid reference format',
  ],
  [
    `docker_build('a', '.', ${from('b')})\ndocker_build('b', '.', ${from('a')})\nk8s_yaml('k.yaml')`,
    'getting image build info for a: Image dependency cycle: docker.io/library/a',
  ],
  [
    `docker_build('a', '.', ${from('x')}, live_update=[run('x'), sync('.', '/x')])`,
    'Error in docker_build: live_update: all sync steps must precede all run steps',
  ],
  [
    `docker_build('a', '.', ${from('x')}, live_update=[sync('.', 'x')])`,
    'Error in docker_build: live_update: spec.syncs[0]: Invalid value: "x": sync destination is not absolute',
  ],
  [
    `docker_build('a', 'sub', ${from('x')}, live_update=[sync('.', '/x')])\nk8s_yaml('k.yaml')`,
    "sync step source '$D' is not a child of any watched filepaths ([$D/sub])",
  ],
  ["sync('.', '/x')", 'found 1 live_update steps that were created but not used in a live_update:'],
];

errors.forEach(([text, error], i) => {
  test(`error ${i}`, async t => {
    const loaded = await loadText(t, text, { files: { 'k.yaml': deployment('a', 'a') } });
    t.true(`\n${loaded.error}\n`.includes(`\n${error}\n`), loaded.error);
  });
});
