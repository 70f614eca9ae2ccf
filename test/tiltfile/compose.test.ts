import test from 'ava';
import { deployment, loadText } from './load-text.ts';

const files = {
  'dc.yml': 'services:\n  web: {build: ./web, ports: ["8080:80"], depends_on: [db]}\n  db: {image: pg}\n',
};

test('services are resources, in alphabetical order, after those of clusters', async t => {
  const { folder, resource, result } = await loadText(
    t,
    "docker_compose('dc.yml')\nk8s_yaml('k.yaml')\nlocal_resource('l', 'true')",
    {
      files: { ...files, 'k.yaml': deployment('kube', 'x') },
    },
  );
  t.deepEqual(
    result.resources.map(r => r.name),
    ['kube', 'db', 'web', 'l'],
  );
  const web = resource('web');
  t.deepEqual(web.spec.resourceDeps, ['db']);
  t.like(web.compose, { publishedPorts: [8080], infersLinks: true });
  t.deepEqual(web.images![0]!.build, { kind: 'compose', service: 'web', context: `${folder}/web` });
});

test('dc_resource adds up and renames', async t => {
  const { resource, result } = await loadText(
    t,
    "docker_compose('dc.yml', project_name='p')\ndc_resource('db', new_name='data', labels='a')\ndc_resource('data', labels=['b'], infer_links=False, resource_deps=['l'])\nlocal_resource('l', 'true')",
    { files },
  );
  t.is(result.error, undefined);
  t.like(resource('data').spec, { labels: { a: 'a', b: 'b' }, resourceDeps: ['l'] });
  t.deepEqual(resource('web').spec.resourceDeps, ['data']);
  t.is(resource('web').images![0]!.imageMap.selector, 'p_web');
});

test('an image of the Tiltfile takes the place of the one in the project', async t => {
  const { resource } = await loadText(
    t,
    "docker_compose(encode_yaml({'services': {'a': {'image': 'my/a'}}}))\ndocker_build('my/a', '.', dockerfile_contents='FROM x')",
    {},
  );
  t.deepEqual(resource('a').spec.images, ['my_a']);
});

test('what cannot be loaded here is asked of the compose command', async t => {
  const { result } = await loadText(t, "docker_compose('bad.yml')", {
    files: { 'bad.yml': 'services: {a: {depends_on: [no]}}' },
    run: command =>
      command.args.at(-1) === 'config' ? { stdout: 'services: {b: {image: x, user: "x$$y"}}' } : { exitCode: 0 },
  });
  t.is(result.error, undefined);
  t.deepEqual(
    result.resources.map(r => r.name),
    ['b'],
  );
  t.regex(result.resources[0]!.compose!.serviceYaml, /user: x\$y/);
});

const errors: readonly (readonly [text: string, error: string])[] = [
  ['docker_compose([])', 'Error in docker_compose: Nothing to compose'],
  ["dc_resource('a')", 'Error in dc_resource: no Docker Compose service found with name "a". Found these instead:'],
  [
    "docker_compose('dc.yml')\ndc_resource('x')",
    'Error in dc_resource: no Docker Compose service found with name "x". Found these instead:',
  ],
  [
    "local_resource('web', 'true')\ndocker_compose('dc.yml')",
    'Error in docker_compose: local_resource named "web" already exists',
  ],
  [
    "docker_compose('no.yml')",
    'Error in docker_compose: command ["docker-compose" "--project-name" "d" "--project-directory" "$D" "-f" "$D/no.yml" "config"] failed.',
  ],
  ["default_registry('gcr.io')\ndocker_compose('dc.yml')", 'default_registry is not supported with docker compose'],
];

errors.forEach(([text, error], i) => {
  test(`error ${i}`, async t => {
    const loaded = await loadText(t, text, { files });
    const shown = loaded.error.replace(/"--project-name" "[^"]*"/, '"--project-name" "d"');
    t.true(`\n${shown}\n`.includes(`\n${error}\n`), shown);
  });
});

test('where there is no compose command, the real cause is told', async t => {
  const { result } = await loadText(t, "docker_compose('bad.yml')", {
    files: { 'bad.yml': 'services: {a: {image: x, depends_on: [no]}}' },
    run: () => ({ exitCode: -1, startError: 'exec: "docker-compose": executable file not found in $PATH' }),
  });
  t.regex(result.error!.message, /Error in docker_compose: command \["docker-compose" .*\] failed\.\nerror: exec: /);
  t.regex(
    result.error!.message,
    /\nwhat is wrong: service "a" depends on undefined service "no": invalid compose project$/,
  );
});

test('a name of a project is checked as Compose does', async t => {
  const load = (name: string) =>
    loadText(t, `docker_compose('dc.yml', project_name='${name}')`, {
      files,
      run: () => ({ exitCode: 1, stderr: 'refused' }),
    });
  t.is((await load('good_1-name')).result.error, undefined);
  for (const name of ['X', 'a b', '-a', 'ä'])
    t.regex((await load(name)).result.error!.message, /stderr: 'refused'/, name);
});
