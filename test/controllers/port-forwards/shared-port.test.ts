// Whether others in the cluster talk to a port of a pod.
import test from 'ava';
import type { KubeObject } from '../../../src/adapters/kube/port.ts';
import { isSharedPort } from '../../../src/controllers/port-forwards/shared-port.ts';

function podWith(container: object, labels: Record<string, string> = {}): KubeObject {
  const ports = [{ name: 'web', containerPort: 8080 }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', labels },
    spec: { containers: [{ ports, ...container }] },
  };
}

function service(spec: object): KubeObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec };
}

test('probes, by number, by name and by command', t => {
  const cases: readonly (readonly [object, boolean])[] = [
    [{}, false],
    [{ readinessProbe: { httpGet: { port: 8080 } } }, true],
    [{ livenessProbe: { httpGet: { port: 'web' } } }, true],
    [{ startupProbe: { tcpSocket: { port: '8080' } } }, true],
    [{ livenessProbe: { grpc: { port: 8080 } } }, true],
    [{ livenessProbe: { httpGet: { port: 8081 } } }, false],
    [{ livenessProbe: { exec: { command: ['sh', '-c', 'wget -q localhost:8080/'] } } }, true],
    [{ livenessProbe: { exec: { command: ['cat', '/tmp/18080'] } } }, false],
  ];
  for (const [container, expected] of cases)
    t.is(isSharedPort(8080, podWith(container), []), expected, JSON.stringify(container));
});

test('Services that select the pod and lead to the port', t => {
  const pod = podWith({}, { app: 'web', tier: 'front' });
  const cases: readonly (readonly [object, boolean])[] = [
    [{ selector: { app: 'web' }, ports: [{ port: 8080 }] }, true],
    [{ selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }, true],
    [{ selector: { app: 'web', tier: 'front' }, ports: [{ port: 80, targetPort: 'web' }] }, true],
    [{ selector: { app: 'web' }, ports: [{ port: 8080, targetPort: 80 }] }, false],
    [{ selector: { app: 'other' }, ports: [{ port: 8080 }] }, false],
    [{ selector: {}, ports: [{ port: 8080 }] }, false],
    [{ ports: [{ port: 8080 }] }, false],
    [{ type: 'ExternalName' }, false],
  ];
  for (const [spec, expected] of cases) t.is(isSharedPort(8080, pod, [service(spec)]), expected, JSON.stringify(spec));
});
