// Programs of others against a running session: kubectl, and the informers of Kubernetes' own client library.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { CustomObjectsApi, KubeConfig, type KubernetesObject, makeInformer } from '@kubernetes/client-node';
import test, { type ExecutionContext } from 'ava';
import { makeProject, type Project, until } from '../support/tilt-process.ts';

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
const isRequired = (process.env['TILT_TEST_REQUIRE'] ?? '').split(',').includes('cluster');
const kubectlTest = hasKubectl || isRequired ? test : test.skip;
if (!hasKubectl) test('kubectl', t => t.pass('skipped: no kubectl'));

async function withSession(t: ExecutionContext): Promise<Project> {
  const project = await makeProject({
    Tiltfile: "local_resource('web', serve_cmd='sleep 1000', labels=['svc'])\nlocal_resource('job', cmd='true')\n",
    'cm.yaml': 'apiVersion: tilt.dev/v1alpha1\nkind: ConfigMap\nmetadata: {name: mine}\ndata: {a: "1"}\n',
    'unknown.yaml': 'apiVersion: tilt.dev/v1alpha1\nkind: Cmd\nmetadata: {name: z}\nspec: {args: ["true"], foo: 1}\n',
  });
  t.teardown(() => project.dispose());
  const up = project.start('up', '--stream');
  await up.waitFor('sleep 1000');
  return project;
}

interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function kubectl(project: Project, ...args: readonly string[]): Output {
  const config = path.join(project.env['TILT_DEV_DIR']!, 'config');
  const all = ['--kubeconfig', config, '--context', `tilt-${project.port}`, ...args];
  const env = { ...project.env, KUBE_EDITOR: project.env['EDITOR'] ?? 'true' };
  const done = spawnSync('kubectl', all, { cwd: project.dir, env, encoding: 'utf8', timeout: 30_000 });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

kubectlTest('kubectl reads: get, describe, explain, api-resources', async t => {
  const project = await withSession(t);
  t.regex(kubectl(project, 'get', 'uiresources').stdout, /^NAME +CREATED AT\n\(Tiltfile\) /);
  t.is(kubectl(project, 'get', 'uiresource', '-l', 'svc', '-o', 'name').stdout, 'uiresource.tilt.dev/web\n');
  t.is(kubectl(project, 'get', 'cm', 'web-disable', '-o', 'jsonpath={.data.isDisabled}').stdout, 'false');
  t.regex(kubectl(project, 'describe', 'uiresource', 'web').stdout, /^Name: +web\n/);
  t.regex(kubectl(project, 'explain', 'cmd.spec', '--recursive').stdout, /\n {2}readinessProbe\t<Probe>\n/);
  t.regex(
    kubectl(project, 'api-resources').stdout,
    /\nkubernetesapplys +ka,kapp +tilt\.dev\/v1alpha1 +false +KubernetesApply\n/,
  );
  const missing = kubectl(project, 'get', 'uiresource', 'nope');
  t.is(missing.stderr, 'Error from server (NotFound): uiresources.tilt.dev "nope" not found\n');
  t.is(missing.code, 1);
});

kubectlTest('kubectl writes: apply, patch, label, annotate, wait, delete', async t => {
  const project = await withSession(t);
  t.is(kubectl(project, 'apply', '-f', 'cm.yaml').stdout, 'configmap.tilt.dev/mine created\n');
  t.is(kubectl(project, 'apply', '-f', 'cm.yaml').stdout, 'configmap.tilt.dev/mine unchanged\n');
  t.is(
    kubectl(project, 'apply', '--server-side', '--force-conflicts', '-f', 'cm.yaml').stdout,
    'configmap.tilt.dev/mine serverside-applied\n',
  );
  t.is(
    kubectl(project, 'patch', 'cm', 'mine', '-p', '{"data":{"b":"2"}}', '--type=merge').stdout,
    'configmap.tilt.dev/mine patched\n',
  );
  t.is(kubectl(project, 'label', 'cm', 'mine', 'x=y').stdout, 'configmap.tilt.dev/mine labeled\n');
  t.is(kubectl(project, 'annotate', 'cm', 'mine', 'note=here').stdout, 'configmap.tilt.dev/mine annotated\n');
  t.is(
    kubectl(project, 'get', 'cm', 'mine', '-o', 'jsonpath={.data} {.metadata.labels}').stdout,
    '{"a":"1","b":"2"} {"x":"y"}',
  );
  t.is(
    kubectl(project, 'wait', '--for=condition=UpToDate', 'uiresource/job').stdout,
    'uiresource.tilt.dev/job condition met\n',
  );
  t.is(kubectl(project, 'delete', 'cm', 'mine').stdout, 'configmap.tilt.dev "mine" deleted\n');
  const refused = kubectl(project, 'create', '-f', 'unknown.yaml');
  t.regex(refused.stderr, /strict decoding error: unknown field "spec\.foo"/);
  t.is(refused.code, 1);
});

function configOf(project: Project): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(path.join(project.env['TILT_DEV_DIR']!, 'config'));
  config.setCurrentContext(`tilt-${project.port}`);
  return config;
}

const cmds = { group: 'tilt.dev', version: 'v1alpha1', plural: 'cmds' } as const;

test('an informer of the client library sees what comes, changes and goes', async t => {
  const project = await withSession(t);
  const config = configOf(project);
  const api = config.makeApiClient(CustomObjectsApi);
  const informer = makeInformer<KubernetesObject>(config, '/apis/tilt.dev/v1alpha1/cmds', () =>
    api.listClusterCustomObject(cmds),
  );
  const seen: string[] = [];
  const note = (event: string) => (object: KubernetesObject) => void seen.push(`${event} ${object.metadata?.name}`);
  informer.on('add', note('add'));
  informer.on('update', note('update'));
  informer.on('delete', note('delete'));
  await informer.start();
  t.teardown(() => informer.stop());
  const body = { apiVersion: 'tilt.dev/v1alpha1', kind: 'Cmd', metadata: { name: 'hi' }, spec: { args: ['true'] } };
  await api.createClusterCustomObject({ ...cmds, body });
  await until('the new object and its end are seen', () => seen.includes('add hi') && seen.includes('update hi'));
  await api.deleteClusterCustomObject({ ...cmds, name: 'hi' });
  await until('that it is gone is seen', () => seen.includes('delete hi'));
  t.true(seen.indexOf('add hi') < seen.indexOf('update hi'));
});

test('the example controller keeps a ConfigMap of what was applied', async t => {
  const project = await withSession(t);
  project.write(
    'apply.yaml',
    'apiVersion: tilt.dev/v1alpha1\nkind: KubernetesApply\nmetadata: {name: web}\nspec: {applyCmd: {args: ["true"]}, deleteCmd: {args: ["true"]}}\n',
  );
  const program = path.resolve('examples', 'controller', 'controller.mjs');
  const env = { ...project.env, TILT_PORT: String(project.port) };
  const controller = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => controller.kill('SIGKILL'));
  let output = '';
  controller.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  await until('it watches', () => output.includes('watching KubernetesApply'));
  t.is((await project.run('create', '-f', 'apply.yaml')).stderr, '');
  const api = configOf(project).makeApiClient(CustomObjectsApi);
  const applies = { ...cmds, plural: 'kubernetesapplys', name: 'web' };
  const now = (await api.getClusterCustomObject(applies)) as Record<string, unknown>;
  const status = { resultYAML: '', error: '', lastApplyTime: '2026-01-02T03:04:05.000000Z' };
  await api.replaceClusterCustomObjectStatus({ ...applies, body: { ...now, status } });
  const published = await until('the ConfigMap is there', async () => {
    const done = await project.run('get', 'cm', 'applied', '-o', 'jsonpath={.data.web}', '--ignore-not-found');
    return done.stdout;
  });
  t.is(published, '2026-01-02T03:04:05.000000Z');
});
