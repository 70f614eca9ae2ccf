// When the way to a pod's node is doubted although nobody uses it, and when that is given up.
import test, { type ExecutionContext } from 'ava';
import { KubeError, type PodLine } from '../../../src/adapters/kube/port.ts';
import { makeDeferred } from '../../../src/base/abort.ts';
import { ManualClock } from '../../../src/base/clock.ts';
import { NodeLine } from '../../../src/controllers/port-forwards/node-line.ts';

const closed = new KubeError('the node ended the connection', { code: 0 });
const silent = new KubeError('the node does not answer', { code: 0, reason: 'Timeout' });
const refused = new KubeError('connection refused', { code: 500 });

function setUp(t: ExecutionContext) {
  const clock = new ManualClock();
  const lines: { lose(error: KubeError): void; isDisposed: boolean }[] = [];
  const world = { refusal: undefined as KubeError | undefined, tries: 0 };
  const news: string[] = [];
  const line = new NodeLine({
    client: {
      async holdLine(): Promise<PodLine> {
        world.tries++;
        if (world.refusal) throw world.refusal;
        const lost = makeDeferred<KubeError>();
        const held = { lose: lost.resolve, isDisposed: false };
        lines.push(held);
        const dispose = (): void => {
          held.isDisposed = true;
          lost.resolve(closed);
        };
        return { lost: lost.promise, dispose };
      },
    },
    clock,
    pod: { namespace: 'n', name: 'web' },
    onDoubt: () => news.push('doubt'),
    onBack: () => news.push('back'),
  });
  t.teardown(() => line.dispose());
  const pass = async (ms: number): Promise<void> => {
    for (let passedMs = 0; passedMs <= ms; passedMs += 50) {
      clock.advance(50);
      for (let turn = 0; turn < 4; turn++) await new Promise(resolve => setImmediate(resolve));
    }
  };
  return { line, lines, world, news, pass };
}

test('a line that ends and can be had again is no news', async t => {
  const { line, lines, news, pass } = setUp(t);
  line.start();
  line.start();
  await pass(10_000);
  lines[0]!.lose(closed);
  await pass(10_000);
  t.is(lines.length, 2);
  t.deepEqual(news, []);
  line.dispose();
  await pass(0);
  t.true(lines[1]!.isDisposed);
  t.is(lines.length, 2);
});

test('one that ends and cannot be had again is a doubt, once, and it is told when the node is back', async t => {
  const { line, lines, world, news, pass } = setUp(t);
  line.start();
  await pass(10_000);
  world.refusal = refused;
  lines[0]!.lose(closed);
  await pass(100);
  t.deepEqual(news, ['doubt']);
  await pass(20_000);
  t.deepEqual(news, ['doubt']);
  world.refusal = undefined;
  await pass(5000);
  t.deepEqual(news, ['doubt', 'back']);
});

test('a node that falls silent is a doubt at once', async t => {
  const { line, lines, news, pass } = setUp(t);
  line.start();
  await pass(10_000);
  lines[0]!.lose(silent);
  await pass(100);
  t.deepEqual(news, ['doubt']);
});

test('a server that holds no such lines is not asked again', async t => {
  const { line, world, news, pass } = setUp(t);
  world.refusal = new KubeError('pods "web" is forbidden', { code: 403 });
  line.start();
  await pass(60_000);
  t.is(world.tries, 1);
  t.deepEqual(news, []);
});

test('something on the way that lets no line through is given up on, and so is one that cuts each of them', async t => {
  const first = setUp(t);
  first.world.refusal = new KubeError('bad gateway', { code: 502 });
  first.line.start();
  await first.pass(60_000);
  t.true(first.world.tries <= 5, String(first.world.tries));
  t.deepEqual(first.news, []);
  const second = setUp(t);
  second.line.start();
  for (let i = 0; i < 10; i++) {
    await second.pass(100);
    second.lines.at(-1)!.lose(closed);
  }
  await second.pass(60_000);
  t.true(second.world.tries <= 5, String(second.world.tries));
  t.deepEqual(second.news, []);
});
