// The real cluster of a test, where KUBECONFIG points at one: a namespace of its own, gone afterwards.
import { randomBytes } from 'node:crypto';
import type { ExecutionContext } from 'ava';
import { connectKube, type KubeConnection } from '../../src/adapters/kube/index.ts';
import { makeAbortController } from '../../src/base/abort.ts';
import { isDevelopmentProduct } from '../../src/domain/kubernetes/cluster-product.ts';

export interface TestCluster extends KubeConnection {
  /** Of this test alone, and the client's default one. */
  readonly namespace: string;
  /** Aborts when the test ends. */
  readonly signal: AbortSignal;
  readonly kubeconfig: string;
}

const isRequired = (process.env['TILT_TEST_REQUIRE'] ?? '').split(',').includes('cluster');

/**
 * Connects and makes the namespace; undefined, with the words "skipped: no cluster", where there is none.
 * `TILT_TEST_REQUIRE=cluster` makes that a failure.
 */
export async function useCluster(t: ExecutionContext): Promise<TestCluster | undefined> {
  const { KUBECONFIG: kubeconfig = '' } = process.env;
  if (kubeconfig === '') {
    if (isRequired) t.fail('KUBECONFIG points at no cluster, and TILT_TEST_REQUIRE wants one');
    else t.pass('skipped: no cluster');
    t.log('skipped: no cluster');
    return undefined;
  }
  const namespace = `test-${randomBytes(5).toString('hex')}`;
  const connection = await connectKube({ context: '', namespace, env: process.env });
  if (!isDevelopmentProduct(connection.facts.product)) {
    connection.client.dispose();
    t.pass('skipped: no cluster for development');
    t.log(`skipped: ${connection.facts.context} is no cluster for development`);
    return undefined;
  }
  const stop = makeAbortController();
  const { client } = connection;
  t.teardown(async () => {
    stop.abort();
    const options = { signal: makeAbortController().signal };
    await client.delete({ apiVersion: 'v1', kind: 'Namespace', name: namespace }, options).catch(() => {});
    client.dispose();
  });
  await client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, { signal: stop.signal });
  return { ...connection, namespace, signal: stop.signal, kubeconfig };
}
