// What people do to a cluster that nobody thought of: in the real program, against a real cluster.
import test from 'ava';
import { withCluster } from '../support/with-cluster.ts';

const nameless = `
apiVersion: v1
kind: ConfigMap
metadata: {generateName: made-}
data: {a: b}
---
apiVersion: v1
kind: Namespace
metadata: {generateName: made-}
`;

test(
  'an object without a name is refused, and down leaves everything alone that has one',
  withCluster({ Tiltfile: `k8s_yaml('a.yaml')\n`, 'a.yaml': nameless }, async (t, project) => {
    const { client, namespace, signal } = project.cluster;
    const other = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'of-others', namespace } };
    await client.create(other, { signal });
    const ci = await project.run('ci');
    t.is(ci.code, 1);
    t.regex(ci.stderr, /from made-: cannot use generate name with apply/);
    const down = await project.run('down', '--delete-namespaces');
    t.is(down.code, 0, down.stderr);
    t.notRegex(down.stdout, /→ ConfigMap\/$/m);
    const left = await project.objects('v1', 'ConfigMap');
    t.true(left.some(({ metadata }) => metadata.name === 'of-others'));
  }),
);
