// FileWatch objects whose spec changes while files change.
import test from 'ava';
import type { FileSubscription, WatchHandlers, WatchRequest } from '../../src/adapters/files/port.ts';
import type { FileWatch } from '../../src/api/kinds-local.ts';
import { apiVersion } from '../../src/api/meta.ts';
import { type Deferred, makeDeferred } from '../../src/base/abort.ts';
import { ManualClock } from '../../src/base/clock.ts';
import { makeFileWatchController } from '../../src/controllers/file-watch-controller.ts';
import { makeStore } from '../../src/store/store.ts';

interface Subscribed {
  readonly request: WatchRequest;
  readonly handlers: WatchHandlers;
  readonly ready: Deferred<void>;
  isDisposed: boolean;
}

function setUp() {
  const clock = new ManualClock();
  const store = makeStore({ clock });
  const subscribed: Subscribed[] = [];
  const files = {
    watchCount: 0,
    dispose() {},
    watch(request: WatchRequest, handlers: WatchHandlers): FileSubscription {
      const own: Subscribed = { request, handlers, ready: makeDeferred<void>(), isDisposed: false };
      subscribed.push(own);
      return {
        ready: own.ready.promise,
        dispose() {
          own.isDisposed = true;
        },
      };
    },
  };
  const problems: string[] = [];
  const onProblem = (text: string): unknown => problems.push(text);
  const changesCountFromMs = (watch: string): number | undefined => (watch.startsWith('configs:') ? 7 : undefined);
  const controller = makeFileWatchController({ store, clock, files, onProblem, changesCountFromMs });
  const watch = (spec: FileWatch['spec'], name = 'w'): void => {
    store.upsert('FileWatch', { kind: 'FileWatch', apiVersion, metadata: { name }, spec: spec! });
    controller.reconcile(name);
  };
  const seen = (): readonly string[] =>
    (store.get('FileWatch', 'w')?.status?.fileEvents ?? []).flatMap(event => event.seenFiles);
  return { clock, subscribed, watch, seen, problems };
}

test('a save between the old watch and the new one is not lost', async t => {
  const { clock, subscribed, watch, seen } = setUp();
  watch({ watchedPaths: ['/p/Tiltfile', '/p/gone'] });
  subscribed[0]!.ready.resolve();
  watch({ watchedPaths: ['/p/Tiltfile', '/p/more/'] });
  t.false(subscribed[0]!.isDisposed, 'the new watch does not see anything yet');
  subscribed[0]!.handlers.onChange(['/p/gone', '/p/Tiltfile']);
  subscribed[1]!.ready.resolve();
  await subscribed[1]!.ready.promise;
  t.true(subscribed[0]!.isDisposed);
  clock.advance(100);
  t.deepEqual(seen(), ['/p/Tiltfile']);
  subscribed[1]!.handlers.onChange(['/p/more/x']);
  clock.advance(100);
  t.deepEqual(seen(), ['/p/Tiltfile', '/p/more/x']);
});

test('a burst that goes on while the spec changes is told once', t => {
  const { clock, subscribed, watch, seen } = setUp();
  watch({ watchedPaths: ['/p/a'] });
  subscribed[0]!.handlers.onChange(['/p/a/1']);
  watch({ watchedPaths: ['/p/a'], ignores: [{ basePath: '/p/a', patterns: ['2'] }] });
  subscribed[0]!.handlers.onChange(['/p/a/1', '/p/a/2']);
  subscribed[1]!.handlers.onChange(['/p/a/1']);
  clock.advance(100);
  t.deepEqual(seen(), ['/p/a/1']);
});

test('several changes of the spec in a row leave one watch', async t => {
  const { subscribed, watch } = setUp();
  for (const path of ['/a', '/b', '/c']) watch({ watchedPaths: [path] });
  t.deepEqual(
    subscribed.map(s => s.isDisposed),
    [false, false, false],
  );
  for (const { ready } of subscribed.toReversed()) ready.resolve();
  await Promise.all(subscribed.map(s => s.ready.promise));
  t.deepEqual(
    subscribed.map(s => s.isDisposed),
    [true, true, false],
  );
});

test('a limit of the system is told once, whoever meets it; other problems each', t => {
  const { subscribed, watch, problems } = setUp();
  const limit = (path: string): Error =>
    new Error(`cannot watch ${path}: the limit`, { cause: Object.assign(new Error('no space'), { code: 'ENOSPC' }) });
  for (const name of ['a', 'b', 'c']) watch({ watchedPaths: [`/${name}`] }, name);
  subscribed[0]!.handlers.onError(limit('/a'));
  subscribed[1]!.handlers.onError(limit('/b'));
  subscribed[2]!.handlers.onError(new Error('cannot watch /c: permission denied'));
  t.deepEqual(problems, ['cannot watch /a: the limit', 'cannot watch /c: permission denied']);
});

test('changes count from the making of a watch, those of a Tiltfile from the beginning of its run', t => {
  const { clock, subscribed, watch } = setUp();
  clock.advance(100);
  watch({ watchedPaths: ['/p/a'] });
  const madeMs = clock.now();
  t.is(subscribed[0]!.request.changedSince!('/p/a'), madeMs);
  clock.advance(100);
  watch({ watchedPaths: ['/p/a', '/p/b'] });
  t.is(subscribed[1]!.request.changedSince!('/p/a'), undefined, 'somebody was watching');
  t.is(subscribed[1]!.request.changedSince!('/p/b'), madeMs + 100);
  watch({ watchedPaths: ['/p/Tiltfile'] }, 'configs:x');
  t.is(subscribed[2]!.request.changedSince!('/p/Tiltfile'), 7);
});
