// What every way of watching must do; run for each by the tests beside.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { FileWatcher, WatchRequest } from '../../../src/adapters/files/port.ts';

interface Seen {
  /** Paths seen since the last call, relative to the folder. */
  take(): string[];
  /** Waits until all of these were seen. */
  until(...names: string[]): Promise<void>;
  /** Waits until a marker file in the folder is seen: what came before it has been told. */
  settle(): Promise<void>;
}

async function open(t: ExecutionContext, watcher: FileWatcher, request?: (dir: string) => Partial<WatchRequest>) {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-watch-')));
  t.teardown(() => fs.rmSync(dir, { recursive: true, force: true }));
  let seen = new Set<string>();
  const all = new Set<string>();
  const note = (paths: readonly string[]): void => {
    for (const at of paths) {
      seen.add(path.relative(dir, at));
      all.add(path.relative(dir, at));
    }
  };
  const marks: string[] = [];
  async function subscribe(): Promise<{ dispose(): void }> {
    const more = request?.(dir) ?? {};
    const subscription = watcher.watch(
      { paths: [dir], ignores: [], ...more },
      { onChange: note, onError: error => t.fail(error.message) },
    );
    const marking = watcher.watch(
      { paths: [dir], ignores: [{ basePath: dir, patterns: ['*', '!mark-*'] }] },
      { onChange: paths => marks.push(...paths), onError: error => t.fail(error.message) },
    );
    t.teardown(() => {
      subscription.dispose();
      marking.dispose();
    });
    await subscription.ready;
    await marking.ready;
    return subscription;
  }
  const waitFor = async (condition: () => boolean, what: () => string): Promise<void> => {
    for (const deadline = Date.now() + 10_000; !condition(); ) {
      if (Date.now() > deadline) throw new Error(what());
      await new Promise(resolve => setTimeout(resolve, 3));
    }
  };
  const view: Seen = {
    take() {
      const taken = [...seen].filter(name => !name.startsWith('mark-')).sort();
      seen = new Set();
      return taken;
    },
    until: (...names) =>
      waitFor(
        () => names.every(name => all.has(name)),
        () => `not seen: ${names.filter(n => !all.has(n))}`,
      ),
    async settle() {
      const mark = path.join(dir, `mark-${marks.length}-${Math.random()}`);
      fs.writeFileSync(mark, '');
      await waitFor(
        () => marks.includes(mark),
        () => 'the marker was not seen',
      );
      // Two quiet turns more, for watchers that look again.
      for (let i = 0; i < 3; i++) await new Promise(resolve => setTimeout(resolve, 10));
    },
  };
  const at = (...names: string[]): string => path.join(dir, ...names);
  const write = (name: string, text = 'x'): void => {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), text);
  };
  return { dir, at, write, subscribe, ...view };
}

/** Declares the tests for trees. */
export function testTrees(name: string, makeWatcher: () => FileWatcher, isPerFolder: boolean): void {
  const start = async (t: ExecutionContext, request?: (dir: string) => Partial<WatchRequest>) => {
    const watcher = makeWatcher();
    t.teardown(() => watcher.dispose());
    return { watcher, ...(await open(t, watcher, request)) };
  };

  test(`${name}: a changed, a new and a removed file, at any depth`, async t => {
    const w = await start(t);
    w.write('a.txt');
    w.write('d/e/b.txt');
    await w.subscribe();
    w.write('a.txt', 'y');
    w.write('d/e/b.txt', 'y');
    w.write('d/new.txt');
    await w.until('a.txt', 'd/e/b.txt', 'd/new.txt');
    await w.settle();
    w.take();
    fs.unlinkSync(w.at('d/new.txt'));
    await w.settle();
    t.deepEqual(w.take(), ['d/new.txt']);
  });

  test(`${name}: a new folder with files already in it loses none`, async t => {
    const w = await start(t);
    await w.subscribe();
    for (let i = 0; i < 30; i++) w.write(`n/m${i % 3}/f${i}.txt`);
    const names = Array.from({ length: 30 }, (_, i) => `n/m${i % 3}/f${i}.txt`);
    await w.until(...names);
    await w.settle();
    w.take();
    w.write('n/m1/f1.txt', 'again');
    await w.settle();
    t.deepEqual(w.take(), ['n/m1/f1.txt']);
  });

  test(`${name}: saves by rename, as vim and JetBrains make them, show the file and no temporary ones`, async t => {
    const w = await start(t);
    w.write('main.go');
    await w.subscribe();
    for (let i = 0; i < 3; i++) {
      w.write('4913', '');
      fs.unlinkSync(w.at('4913'));
      fs.renameSync(w.at('main.go'), w.at('main.go~'));
      w.write('main.go', `vim ${i}`);
      fs.unlinkSync(w.at('main.go~'));
      await w.settle();
      t.deepEqual(w.take(), ['main.go']);
      w.write('main.go___jb_tmp___', `jb ${i}`);
      fs.renameSync(w.at('main.go'), w.at('main.go___jb_old___'));
      fs.renameSync(w.at('main.go___jb_tmp___'), w.at('main.go'));
      fs.unlinkSync(w.at('main.go___jb_old___'));
      await w.settle();
      t.deepEqual(w.take(), ['main.go']);
    }
  });

  test(`${name}: a folder that is moved away and made again is watched again`, async t => {
    const w = await start(t);
    w.write('d/e/a.txt');
    await w.subscribe();
    fs.renameSync(w.at('d'), path.join(os.tmpdir(), `${path.basename(w.dir)}-away`));
    t.teardown(() => fs.rmSync(path.join(os.tmpdir(), `${path.basename(w.dir)}-away`), { recursive: true }));
    w.write('d/e/a.txt', 'second');
    await w.until('d/e/a.txt');
    await w.settle();
    w.take();
    w.write('d/e/a.txt', 'third');
    await w.settle();
    t.deepEqual(w.take(), ['d/e/a.txt']);
    fs.writeFileSync(path.join(os.tmpdir(), `${path.basename(w.dir)}-away`, 'e', 'a.txt'), 'elsewhere');
    fs.rmSync(w.at('d'), { recursive: true });
    await w.settle();
    w.take();
    w.write('d/e/f/b.txt');
    await w.until('d/e/f/b.txt');
    t.pass();
  });

  test(`${name}: what is ignored is not told, nor is the making of an ignored folder`, async t => {
    const w = await start(t, dir => ({
      ignores: [
        { basePath: dir, patterns: ['node_modules', '**/*.log', 'out/*', '!out/keep.txt'] },
        { basePath: path.join(dir, 'dist') },
      ],
    }));
    w.write('src/a.ts');
    await w.subscribe();
    w.write('node_modules/x/y.js');
    w.write('src/debug.log');
    w.write('dist/z.js');
    w.write('out/gone.txt');
    w.write('out/keep.txt');
    w.write('src/a.ts', 'y');
    await w.until('src/a.ts', 'out/keep.txt');
    await w.settle();
    t.deepEqual(
      w.take().filter(seen => seen !== 'out'),
      ['out/keep.txt', 'src/a.ts'],
    );
  });

  test(`${name}: modes and times of folders, and the root itself, are no change`, async t => {
    const w = await start(t);
    w.write('d/a.txt');
    await w.subscribe();
    fs.chmodSync(w.at('d'), 0o755);
    fs.utimesSync(w.at('d'), 1, 1);
    fs.chmodSync(w.dir, 0o755);
    fs.utimesSync(w.dir, 1, 1);
    await w.settle();
    t.deepEqual(w.take(), []);
  });

  test(`${name}: symbolic links are told of and not followed`, async t => {
    const w = await start(t);
    const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-elsewhere-'));
    t.teardown(() => fs.rmSync(elsewhere, { recursive: true }));
    await w.subscribe();
    fs.symlinkSync(elsewhere, w.at('link'));
    fs.symlinkSync('/nowhere/at/all', w.at('broken'));
    await w.until('link', 'broken');
    await w.settle();
    w.take();
    fs.writeFileSync(path.join(elsewhere, 'x'), '');
    await w.settle();
    t.deepEqual(w.take(), []);
  });

  test(`${name}: a link on the way to a folder, or to a file, that is made to lead elsewhere`, async t => {
    const w = await start(t, dir => ({
      paths: [path.join(dir, 'now'), path.join(dir, 'now/src'), path.join(dir, 'now/src/one')],
    }));
    for (const release of ['r1', 'r2']) w.write(`${release}/src/one`, release);
    w.write('r2/src/two', 'r2');
    const lead = (to: string): void => {
      fs.symlinkSync(to, w.at('new'));
      fs.renameSync(w.at('new'), w.at('now'));
    };
    lead('r1');
    await w.subscribe();
    w.write('r1/src/one', 'changed');
    await w.until('now/src/one');
    await w.settle();
    w.take();
    lead('r2');
    await w.until('now/src/two');
    await w.settle();
    t.true(w.take().includes('now/src/one'));
    w.write('r1/src/one', 'nobody looks');
    await w.settle();
    t.deepEqual(w.take(), []);
    w.write('r2/src/one', 'changed');
    w.write('r2/src/three', 'new');
    await w.until('now/src/three');
    await w.settle();
    t.deepEqual(w.take(), ['now/src/one', 'now/src/three']);
    fs.unlinkSync(w.at('now'));
    lead('r1');
    await w.settle();
    t.true(w.take().includes('now/src/one'));
  });

  test(`${name}: a path that cannot be looked at counts as missing, until it can`, async t => {
    const w = await start(t, dir => ({ paths: [path.join(dir, 'circle/x')] }));
    fs.symlinkSync('circle', w.at('circle'));
    await w.subscribe();
    fs.unlinkSync(w.at('circle'));
    w.write('circle/x');
    await w.until('circle/x');
    await w.settle();
    w.take();
    w.write('circle/x', 'two');
    await w.settle();
    t.deepEqual(w.take(), ['circle/x']);
  });

  test(`${name}: what changed since a given time is told, though it came before the watch`, async t => {
    const before = { ms: 0 };
    const w = await start(t, dir => ({
      paths: [path.join(dir, 'tree'), path.join(dir, 'file'), path.join(dir, 'old-file')],
      changedSince: () => before.ms,
    }));
    for (const old of ['tree/old', 'tree/deep/old', 'old-file']) w.write(old);
    before.ms = Math.max(...['tree/old', 'tree/deep/old', 'old-file'].map(old => fs.statSync(w.at(old)).ctimeMs)) + 1;
    // The clock of a file system goes on in steps.
    const isLater = (): boolean => {
      w.write('clock');
      return fs.statSync(w.at('clock')).ctimeMs > before.ms;
    };
    while (!isLater()) await new Promise(resolve => setTimeout(resolve, 1));
    for (const fresh of ['tree/new', 'tree/deep/new', 'file']) w.write(fresh);
    await w.subscribe();
    const expected = isPerFolder ? ['file', 'tree/deep/new', 'tree/new'] : ['file'];
    await w.until(...expected);
    await w.settle();
    t.deepEqual(w.take(), expected);
  });

  test(`${name}: a path that does not exist yet, as a file and as a folder, and that goes and comes back`, async t => {
    const w = await start(t, dir => ({ paths: [path.join(dir, 'x/y/file.txt'), path.join(dir, 'x/z')] }));
    await w.subscribe();
    w.write('x/other.txt');
    w.write('x/y/file.txt');
    await w.until('x/y/file.txt');
    w.write('x/z/deep/er.txt');
    await w.until('x/z/deep/er.txt');
    await w.settle();
    t.false(w.take().includes('x/other.txt'));
    w.write('x/y/file.txt', 'again');
    w.write('x/z/deep/er.txt', 'again');
    await w.settle();
    t.deepEqual(w.take(), ['x/y/file.txt', 'x/z/deep/er.txt']);
    fs.rmSync(w.at('x'), { recursive: true });
    await w.settle();
    w.take();
    w.write('x/y/file.txt', 'back');
    w.write('x/z/deep/er.txt', 'back');
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
      const taken = new Set(w.take());
      if (taken.has('x/y/file.txt')) break;
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await w.settle();
    w.take();
    w.write('x/y/file.txt', 'again');
    w.write('x/z/deep/er.txt', 'again');
    await w.settle();
    t.deepEqual(w.take(), ['x/y/file.txt', 'x/z/deep/er.txt']);
  });

  test(`${name}: a subscriber that left hears nothing; others still do`, async t => {
    const w = await start(t);
    const heard: string[] = [];
    const first = w.watcher.watch(
      { paths: [w.dir], ignores: [] },
      { onChange: p => heard.push(...p), onError: error => t.fail(error.message) },
    );
    await first.ready;
    await w.subscribe();
    first.dispose();
    w.write('a.txt');
    await w.until('a.txt');
    t.deepEqual(heard, []);
  });

  test(`${name}: subscribers of one root share its watches; ignored folders cost none`, async t => {
    const w = await start(t, dir => ({ ignores: [{ basePath: dir, patterns: ['node_modules'] }] }));
    for (let i = 0; i < 50; i++) w.write(`src/d${i}/a.txt`);
    for (let i = 0; i < 50; i++) w.write(`node_modules/m${i}/a.txt`);
    const subscription = await w.subscribe();
    const before = w.watcher.watchCount;
    const more = Array.from({ length: 20 }, () =>
      w.watcher.watch(
        { paths: [w.dir], ignores: [{ basePath: w.dir, patterns: ['node_modules'] }] },
        { onChange: () => {}, onError: error => t.fail(error.message) },
      ),
    );
    await Promise.all(more.map(s => s.ready));
    t.is(w.watcher.watchCount, before);
    t.true(before <= 53, String(before));
    for (const s of [subscription, ...more]) s.dispose();
    if (!isPerFolder) return;
    for (const deadline = Date.now() + 10_000; w.watcher.watchCount > 2 && Date.now() < deadline; ) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    t.true(w.watcher.watchCount <= 2);
  });
}

/** Declares the tests for single files. */
export function testFiles(name: string, makeWatcher: () => FileWatcher): void {
  test(`${name}: a single file: writes in two steps, replacement, removal and return`, async t => {
    const watcher = makeWatcher();
    t.teardown(() => watcher.dispose());
    const w = await open(t, watcher, dir => ({ paths: [path.join(dir, 'Tiltfile'), path.join(dir, 'b.txt')] }));
    w.write('Tiltfile', 'one');
    w.write('b.txt', 'one');
    w.write('other', 'one');
    await w.subscribe();
    for (let i = 0; i < 5; i++) {
      w.take();
      fs.writeFileSync(w.at('Tiltfile'), '');
      await w.settle();
      t.deepEqual(w.take(), ['Tiltfile']);
      // Within the time in which some watchers fall silent after an event.
      fs.appendFileSync(w.at('Tiltfile'), `content ${i}`);
      await w.settle();
      t.deepEqual(w.take(), ['Tiltfile']);
    }
    w.write('Tiltfile.new', 'replaced');
    fs.renameSync(w.at('Tiltfile.new'), w.at('Tiltfile'));
    await w.settle();
    t.true(w.take().includes('Tiltfile'));
    w.write('Tiltfile', 'after the replacement');
    await w.settle();
    t.deepEqual(w.take(), ['Tiltfile']);
    fs.unlinkSync(w.at('Tiltfile'));
    await w.settle();
    t.true(w.take().includes('Tiltfile'));
    w.write('Tiltfile', 'back');
    await w.settle();
    t.true(w.take().includes('Tiltfile'));
    w.write('Tiltfile', 'and changed');
    w.write('other', 'two');
    await w.settle();
    t.deepEqual(w.take(), ['Tiltfile']);
    w.write('b.txt', 'two');
    await w.settle();
    t.deepEqual(w.take(), ['b.txt']);
  });

  test(`${name}: a link: writes to what it leads to, and the link replaced right after one`, async t => {
    const watcher = makeWatcher();
    t.teardown(() => watcher.dispose());
    const w = await open(t, watcher, dir => ({ paths: [path.join(dir, 'link')] }));
    for (const target of ['t0', 't1', 't2']) w.write(target, 'one');
    fs.symlinkSync('t0', w.at('link'));
    await w.subscribe();
    for (let i = 1; i <= 4; i++) {
      w.take();
      w.write(`t${(i - 1) % 3}`, `write ${i}`);
      await w.settle();
      t.deepEqual(w.take(), ['link'], `write ${i}`);
      // Within the time in which some watchers fall silent after an event.
      fs.symlinkSync(`t${i % 3}`, w.at('new'));
      fs.renameSync(w.at('new'), w.at('link'));
      await w.settle();
      t.deepEqual(w.take(), ['link'], `swap ${i}`);
    }
  });
}
