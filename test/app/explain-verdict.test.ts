import test from 'ava';
import type { Cluster } from '../../src/api/kinds-kubernetes.ts';
import { explainVerdict } from '../../src/app/explain-verdict.ts';

function cluster(error?: string): Cluster {
  const status = error === undefined ? {} : { error };
  return { apiVersion: 'tilt.dev/v1alpha1', kind: 'Cluster', metadata: { name: 'default' }, status } as Cluster;
}

const words = (reason: string): string =>
  `Tilt encountered an error connecting to your Kubernetes cluster:\n\t${reason}\nTilt tries again by itself until it works.`;

test('why a cluster is not reached stands in the verdict, in one line', t => {
  const verdict = { done: true, error: 'cluster connection failed' };
  const said = (...texts: (string | undefined)[]): string | undefined =>
    explainVerdict(verdict, texts.map(cluster)).error;
  t.is(said(words('connection refused')), 'cluster connection failed: connection refused');
  t.is(
    said(words('getting credentials: exec: executable aws not found\n\nInstall it.')),
    'cluster connection failed: getting credentials: exec: executable aws not found Install it.',
  );
  t.is(said('cluster not ready'), 'cluster connection failed: cluster not ready');
  t.is(said(undefined), 'cluster connection failed');
  t.is(said(words('a'), undefined, words('a'), words('b')), 'cluster connection failed: a; b');
});

test('other verdicts stay as they are', t => {
  for (const verdict of [{ done: true }, { done: true, error: 'web failed' }])
    t.is(explainVerdict(verdict, [cluster('away')]), verdict);
});
