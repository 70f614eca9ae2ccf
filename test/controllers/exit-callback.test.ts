// Which exit callback a session keeps: that of the last good run of the main Tiltfile (exit_settings).
import test from 'ava';
import { apiVersion, mainTiltfile } from '../../src/api/meta.ts';
import { local, makeEngine, result, settle } from './engine-fixture.ts';

function makeSession() {
  const engine = makeEngine();
  const disposed: string[] = [];
  return {
    ...engine,
    disposed,
    /** A run that names a callback. */
    async reload(name: string | undefined, given = result([local('a')])): Promise<void> {
      const callback = { name, run: async () => undefined, dispose: () => void disposed.push(name!) };
      if (name !== undefined) engine.loads.at(-1)!.onExitCallback!(callback);
      await engine.load(given);
    },
    get kept(): string | undefined {
      return (engine.tiltfiles.exitCallback as { readonly name?: string } | undefined)?.name;
    },
  };
}

test('the callback of the last good run is kept, the one before is given back', async t => {
  const session = makeSession();
  await session.reload('first');
  t.is(session.kept, 'first');
  await session.change(`configs:${mainTiltfile}`, '/p/Tiltfile');
  await session.reload('second');
  t.deepEqual([session.kept, session.disposed], ['second', ['first']]);
  await session.change(`configs:${mainTiltfile}`, '/p/Tiltfile');
  await session.reload(undefined);
  t.deepEqual([session.kept, session.disposed], [undefined, ['first', 'second']]);
  await session.dispose();
});

test('a run that fails, or defines nothing, changes nothing', async t => {
  const session = makeSession();
  await session.reload('good');
  await session.change(`configs:${mainTiltfile}`, '/p/Tiltfile');
  await session.reload(undefined, result([], { error: { message: 'x', diagnostics: [] } }));
  await session.change(`configs:${mainTiltfile}`, '/p/Tiltfile');
  await session.reload('empty', result([]));
  t.deepEqual([session.kept, session.disposed], ['good', ['empty']]);
  await session.dispose();
  t.deepEqual(session.disposed, ['empty', 'good']);
});

test('a Tiltfile that runs by itself is not asked for one', async t => {
  const session = makeSession();
  await session.reload('main');
  const metadata = { name: 'ext' };
  session.store.create('Tiltfile', { apiVersion, kind: 'Tiltfile', metadata, spec: { path: '/p/ext/Tiltfile' } });
  await settle();
  t.is(session.loads.at(-1)!.onExitCallback, undefined);
  await session.load(result([]));
  t.is(session.kept, 'main');
  await session.dispose();
});
