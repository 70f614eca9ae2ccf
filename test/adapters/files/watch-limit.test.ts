// The system refuses watches: one clear error to each subscriber, and what is watched goes on.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import { watchError } from '../../../src/adapters/files/forest.ts';
import { makeFileWatcher } from '../../../src/adapters/files/index.ts';

test.serial('a reached limit is one error with the line that raises it', async t => {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-limit-')));
  t.teardown(() => fs.rmSync(dir, { recursive: true }));
  for (let i = 0; i < 20; i++) fs.mkdirSync(path.join(dir, `d${i}`));
  const watch = fs.watch;
  let left = 5;
  fs.watch = ((...args: Parameters<typeof watch>) => {
    if (left-- <= 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    return watch(...args);
  }) as typeof watch;
  t.teardown(() => {
    fs.watch = watch;
  });
  const watcher = makeFileWatcher({ trees: 'folders' });
  t.teardown(() => watcher.dispose());
  const errors: string[] = [];
  const seen: string[] = [];
  const subscription = watcher.watch(
    { paths: [dir], ignores: [] },
    { onChange: paths => seen.push(...paths), onError: error => errors.push(error.message) },
  );
  await subscription.ready;
  t.is(errors.length, 1);
  t.regex(
    errors[0]!,
    /the limit of inotify watches is reached; raise it with "sudo sysctl fs\.inotify\.max_user_watches=/,
  );
  t.is(watcher.watchCount, 5);
  fs.writeFileSync(path.join(dir, 'a.txt'), '');
  for (const deadline = Date.now() + 10_000; seen.length === 0 && Date.now() < deadline; ) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  t.deepEqual(seen, [path.join(dir, 'a.txt')]);
});

test('too many instances have words of their own', t => {
  const error = Object.assign(new Error('EMFILE'), { code: 'EMFILE' });
  t.regex(watchError(error, '/p').message, /^cannot watch \/p: .*max_user_instances/);
  t.is(watchError(new Error('odd'), '/p').message, 'cannot watch /p: odd');
});
