// What the real watcher and the fake have in common.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { makeFileWatcher } from '../../../src/adapters/files/index.ts';
import type { FileWatcher } from '../../../src/adapters/files/port.ts';
import { FakeFileWatcher } from '../../support/fakes/fake-file-watcher.ts';

interface Backend {
  readonly watcher: FileWatcher;
  readonly dir: string;
  write(name: string): void;
}

function real(t: ExecutionContext): Backend {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-watcher-')));
  t.teardown(() => fs.rmSync(dir, { recursive: true, force: true }));
  for (const name of ['src', 'out']) fs.mkdirSync(path.join(dir, name));
  return { watcher: makeFileWatcher(), dir, write: name => fs.writeFileSync(path.join(dir, name), 'x') };
}

function fake(): Backend {
  const watcher = new FakeFileWatcher();
  return { watcher, dir: '/project', write: name => watcher.change(path.join('/project', name)) };
}

for (const [name, make] of Object.entries({ real, fake })) {
  test(`${name}: folders, files, ignores and leaving`, async t => {
    const { watcher, dir, write } = make(t);
    t.teardown(() => watcher.dispose());
    const heard: Record<string, Set<string>> = { tree: new Set(), file: new Set(), left: new Set() };
    const listen = (key: string, paths: string[], patterns: string[]) =>
      watcher.watch(
        { paths, ignores: [{ basePath: dir, patterns }] },
        {
          onChange: seen => {
            for (const at of seen) heard[key]!.add(path.relative(dir, at));
          },
          onError: error => t.fail(error.message),
        },
      );
    const subscriptions = [
      listen('tree', [dir], ['out']),
      listen('file', [path.join(dir, 'src/a.txt')], ['nothing']),
      listen('left', [dir], ['nothing']),
    ];
    await Promise.all(subscriptions.map(s => s.ready));
    subscriptions[2]!.dispose();
    write('src/b.txt');
    write('out/c.txt');
    write('src/x.swp~');
    write('src/a.txt');
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
      if (heard['tree']!.has('src/a.txt') && heard['file']!.has('src/a.txt')) break;
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    t.deepEqual([...heard['tree']!].sort(), ['src/a.txt', 'src/b.txt']);
    t.deepEqual([...heard['file']!], ['src/a.txt']);
    t.deepEqual([...heard['left']!], []);
  });
}
