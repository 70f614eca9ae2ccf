// What a pod says while it ends reaches the log, whatever it was that ended it.
import test, { type ExecutionContext } from 'ava';
import { type ClusterProject, deployment, withCluster } from '../support/with-cluster.ts';

/** Says three lines over two seconds when it is told to go. */
function talkative(name: string, greeting: string): string {
  const words = 'for i in 1 2 3; do sleep 0.6; echo $1 last word $i; done; exit 0';
  const script = `bye() { ${words}; }; trap "bye ${greeting}" TERM; echo ${greeting} is up; while true; do sleep 0.1; done`;
  return deployment(name, script).replace('terminationGracePeriodSeconds: 0', 'terminationGracePeriodSeconds: 15');
}

const lastWords = (greeting: string): RegExp =>
  new RegExp(`${greeting} last word 1[^]*${greeting} last word 2[^]*${greeting} last word 3`);

/** Starts with one pod, ends it, and expects its words in the log, each once. */
function endingBy(
  end: (project: ClusterProject, t: ExecutionContext) => Promise<unknown>,
  files: Readonly<Record<string, string>> = {},
) {
  const own = { Tiltfile: "k8s_yaml('web.yaml')\n", 'web.yaml': talkative('web', 'first') };
  return withCluster({ ...own, ...files }, async (t, project) => {
    const tilt = project.start('up', '--stream');
    await tilt.waitFor('first is up');
    await end(project, t);
    await tilt.waitFor(lastWords('first'), { timeoutMs: 15_000 });
    for (const line of ['first is up', ...[1, 2, 3].map(i => `first last word ${i}`)])
      t.is(tilt.output.split(`${line}\n`).length - 1, 1, tilt.output);
    await tilt.stop();
  });
}

/** A KubernetesApply of no Tiltfile. */
function applyOf(namespace: string, ...yaml: string[]): string {
  const placed = yaml.join('---\n').replaceAll('metadata: {name:', `metadata: {namespace: ${namespace}, name:`);
  const spec = JSON.stringify({ yaml: placed });
  return `apiVersion: tilt.dev/v1alpha1\nkind: KubernetesApply\nmetadata: {name: by-hand}\nspec: ${spec}\n`;
}

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n';

const statefulSet = (yaml: string): string =>
  yaml.replace('kind: Deployment', 'kind: StatefulSet').replace('spec:\n', 'spec:\n  serviceName: web\n');

test(
  'a forced update',
  endingBy(async (project, t) => {
    project.write('web.yaml', talkative('web', 'second'));
    t.is((await project.run('trigger', 'web')).code, 0);
  }),
);

test(
  'a forced update of a StatefulSet, whose new pod has the name of the old one',
  endingBy(
    async (project, t) => {
      project.write('web.yaml', statefulSet(talkative('web', 'second')));
      t.is((await project.run('trigger', 'web')).code, 0);
    },
    { 'web.yaml': statefulSet(talkative('web', 'first')) },
  ),
);

test(
  'an update that replaces the pod',
  endingBy(async project => project.write('web.yaml', talkative('web', 'second'))),
);

test(
  'an update that needs the object deleted and created anew',
  endingBy(async project => project.write('web.yaml', talkative('web', 'second').replaceAll('app: web', 'app: other'))),
);

test(
  'disable',
  endingBy(async (project, t) => t.is((await project.run('disable', 'web')).code, 0)),
);

test(
  'disable, and enable while the pod still ends',
  endingBy(async (project, t) => {
    t.is((await project.run('disable', 'web')).code, 0);
    project.write('web.yaml', talkative('web', 'second'));
    t.is((await project.run('enable', 'web')).code, 0);
  }),
);

test(
  'the resource left the Tiltfile',
  endingBy(async project => project.write('Tiltfile', "local_resource('other', 'true')\n")),
);

test(
  'the object has another name, and its resource too',
  endingBy(async project => project.write('web.yaml', talkative('web2', 'second'))),
);

test(
  'an object left the YAML of an apply that stays',
  withCluster({ Tiltfile: "k8s_yaml('map.yaml')\n", 'map.yaml': configMap }, async (t, project) => {
    const { namespace } = project.cluster;
    const [leaves, stays] = [talkative('leaves', 'first'), talkative('stays', 'second')];
    const tilt = project.start('up', '--stream');
    await tilt.waitFor('DONE IN');
    project.write('hand.yaml', applyOf(namespace, leaves, stays));
    t.is((await project.run('apply', '-f', 'hand.yaml')).code, 0);
    await tilt.waitFor('first is up');
    await tilt.waitFor('second is up');
    project.write('hand.yaml', applyOf(namespace, stays));
    t.is((await project.run('apply', '-f', 'hand.yaml')).code, 0);
    await tilt.waitFor(lastWords('first'), { timeoutMs: 15_000 });
    t.false(tilt.output.includes('second last word'), tilt.output);
    await tilt.stop();
  }),
);
