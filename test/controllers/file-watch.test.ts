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
  const controller = makeFileWatchController({ store, clock, files, onProblem: () => {} });
  const watch = (spec: FileWatch['spec']): void => {
    store.upsert('FileWatch', { kind: 'FileWatch', apiVersion, metadata: { name: 'w' }, spec: spec! });
    controller.reconcile('w');
  };
  const seen = (): readonly string[] =>
    (store.get('FileWatch', 'w')?.status?.fileEvents ?? []).flatMap(event => event.seenFiles);
  return { clock, subscribed, watch, seen };
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
