// Which span the lines of a container's instance go to.
import test from 'ava';
import { RestartSpans } from '../../../src/controllers/pod-logs/restart-spans.ts';

function makeSpans(): RestartSpans {
  const logs = { span: (spanId: string) => ({ spanId, write() {} }) };
  return new RestartSpans({ logs, resource: 'api', spanId: 'pod:api:api-7f9c' });
}

test('first instances share the span of the pod; each later one has its own, with how the one before ended', t => {
  const spans = makeSpans();
  spans.look({ name: 'main', containerID: 'a', restartCount: 0 });
  spans.look({ name: 'side', containerID: 's', restartCount: 0 });
  spans.look({
    name: 'main',
    containerID: 'b',
    restartCount: 1,
    lastState: { terminated: { containerID: 'a', exitCode: 3 } },
  });
  const killed = { containerID: 'b', exitCode: 137, reason: 'OOMKilled' };
  spans.look({ name: 'main', containerID: 'c', restartCount: 2, lastState: { terminated: killed } });
  t.deepEqual(
    ['a', 's', 'b', 'c'].map(id => spans.of(id).spanId),
    ['pod:api:api-7f9c', 'pod:api:api-7f9c', 'pod:api:api-7f9c:main:1:exit 3', 'pod:api:api-7f9c:main:2:out of memory'],
  );
});

test('who comes late begins with the pod, whatever restarts were before', t => {
  const spans = makeSpans();
  const ended = { terminated: { containerID: 'x', exitCode: 1 } };
  spans.look({ name: 'main', containerID: 'x', restartCount: 7, lastState: ended });
  t.is(spans.of('x').spanId, 'pod:api:api-7f9c');
  spans.look({ name: 'main', containerID: 'y', restartCount: 8, lastState: ended });
  t.is(spans.of('y').spanId, 'pod:api:api-7f9c:main:8:exit 1');
  t.is(spans.of('nobody knows it').spanId, 'pod:api:api-7f9c');
});
