// The result as `tilt alpha tiltfile-result` prints it: which lists are empty and which are null, and in which order fields come.
import test from 'ava';
import { resultJson, resultText } from '../../src/tiltfile/result-json.ts';
import { loadText } from './load-text.ts';

const loadedAt = new Date('2026-01-02T03:04:05.678Z');

interface Shown {
  readonly Name: string;
  readonly ImageTargets: readonly Record<string, unknown>[] | null;
  readonly DeployTarget: Readonly<Record<string, unknown>>;
}

const shownBy = (json: Record<string, unknown>): readonly Shown[] => json['Manifests'] as readonly Shown[];

test('result › nothing defined is an empty list', async t => {
  const { result } = await loadText(t, 'x = 1');
  const json = resultJson(result, { loadedAt });
  t.deepEqual(json['Manifests'], []);
  t.is(json['EnabledManifests'], null);
});

const pods = `
k8s_yaml(blob("""
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: main, image: nginx}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: rest}
"""))
k8s_resource('web', extra_pod_selectors={'a': 'b'}, port_forwards=[8000], discovery_strategy='default')
k8s_custom_deploy('made', 'make', 'unmake', [])
local_resource('here', 'true')
`;

test('result › what is deployed has a list of images, even an empty one; the rest has none', async t => {
  const { result } = await loadText(t, pods);
  const images = shownBy(resultJson(result, { loadedAt })).map(({ Name, ImageTargets }) => [Name, ImageTargets]);
  t.deepEqual(Object.fromEntries(images), { web: [], made: [], here: null, uncategorized: null });
});

test("result › fields of a deploy come in Tilt's order, logs since the load", async t => {
  const { result } = await loadText(t, pods);
  const shown = shownBy(resultJson(result, { loadedAt }));
  const target = (name: string): Readonly<Record<string, unknown>> =>
    shown.find(({ Name }) => Name === name)!.DeployTarget;
  const common = ['Name', 'PodReadinessMode', 'Links', 'FileWatchIgnores'];
  t.deepEqual(Object.keys(target('web')), [
    'yaml',
    'timeout',
    'kubernetesDiscoveryTemplateSpec',
    'portForwardTemplateSpec',
    'podLogStreamTemplateSpec',
    'discoveryStrategy',
    'cluster',
    ...common,
  ]);
  t.deepEqual(Object.keys(target('made')), [
    'timeout',
    'podLogStreamTemplateSpec',
    'applyCmd',
    'restartOn',
    'deleteCmd',
    'cluster',
    ...common,
  ]);
  t.like(target('made'), { applyCmd: { env: null }, podLogStreamTemplateSpec: { sinceTime: '2026-01-02T03:04:05Z' } });
});

test('result › steps of a live update say all they have', async t => {
  const text = `
docker_build('img', '.', live_update=[sync('.', '/app'), run('make')])
k8s_yaml(blob("""
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: main, image: img}]}
"""))
`;
  const { result, folder } = await loadText(t, text, { files: { Dockerfile: 'FROM scratch' } });
  const [image] = shownBy(resultJson(result, { loadedAt }))[0]!.ImageTargets!;
  t.is(
    JSON.stringify(image!['LiveUpdateSpec']),
    JSON.stringify({
      basePath: folder,
      selector: {},
      syncs: [{ localPath: '.', containerPath: '/app' }],
      execs: [{ args: ['sh', '-c', 'make'], triggerPaths: null, echoOff: false }],
    }),
  );
});

test('result › a Tiltfile that does not exist is told from one that fails', async t => {
  const { result } = await loadText(t, '', { request: { path: '/nowhere/Tiltfile' } });
  t.is(result.error?.isMissing, true);
  t.regex(result.error!.message, /^No Tiltfile found at paths '\/nowhere\/Tiltfile'/);
  const failed = await loadText(t, 'fail("x")');
  t.is(failed.result.error?.isMissing, undefined);
});

test('result › text is escaped as Go does it, keys of maps are sorted', async t => {
  const { result } = await loadText(t, "local_resource('a', 'x && y', labels=['z', 'b'])");
  const text = resultText(result, { loadedAt });
  t.true(text.includes('"x \\u0026\\u0026 y"'));
  t.regex(text, /"b": "b",\s*"z": "z"/);
});
