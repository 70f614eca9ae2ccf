// Which changes of files make a Tiltfile run again, when it may write files itself.
import test from 'ava';
import { TiltfileChanges } from '../../src/controllers/tiltfile-changes.ts';

const main = '/p/Tiltfile';

/** Files with a number for their state, changed at a time. */
function makeDisk() {
  const files = new Map<string, { readonly id: string; readonly changedMs: number }>();
  return {
    state: (path: string) => files.get(path) ?? { id: 'missing', changedMs: 0 },
    write: (path: string, id: string, changedMs: number) => void files.set(path, { id, changedMs }),
  };
}

type Disk = ReturnType<typeof makeDisk>;

/** What a run says that read these files as they are now. */
function reading(disk: Disk, ...paths: readonly string[]) {
  return { executedFiles: [main], readStates: Object.fromEntries(paths.map(path => [path, disk.state(path).id])) };
}

test('a file that is as the run read it is no change', t => {
  const disk = makeDisk();
  const changes = new TiltfileChanges(disk, main);
  changes.begin();
  disk.write('/p/gen', '1', 1100);
  const read = reading(disk, '/p/gen');
  t.is(changes.take(['/p/gen'], true), 'counts', 'it may be another one when the run has ended');
  changes.end({ fromMs: 1000, toMs: 1200 }, read);
  t.false(changes.isPending);
  t.is(changes.take(['/p/gen'], false), 'nothing', 'told late');
  disk.write('/p/gen', '2', 5000);
  t.is(changes.take(['/p/gen'], false), 'counts');
  t.deepEqual(changes.begin(), ['/p/gen']);
});

test('a file that was saved while the Tiltfile ran, before it was read, makes it run once more', t => {
  const disk = makeDisk();
  const changes = new TiltfileChanges(disk, main);
  disk.write('/p/data', 'old', 100);
  changes.begin();
  changes.end({ fromMs: 1000, toMs: 1100 }, reading(disk, '/p/data'));
  for (const [fromMs, state, isPending] of [
    [5000, 'new', true],
    [6000, 'newer', false],
  ] as const) {
    changes.begin();
    // A command that ran before saw what was there before.
    disk.write('/p/data', state, fromMs + 50);
    changes.take(['/p/data'], true);
    changes.end({ fromMs, toMs: fromMs + 100 }, reading(disk, '/p/data'));
    t.is(changes.isPending, isPending, 'a Tiltfile that writes it itself comes to rest');
  }
});

test('only files that are executed cancel a run', t => {
  const disk = makeDisk();
  const changes = new TiltfileChanges(disk, main);
  changes.begin();
  t.is(changes.take(['/p/values.yaml'], true), 'counts');
  t.is(changes.take(['/p/values.yaml', main], true), 'cancels');
  changes.end({ fromMs: 1000, toMs: 1100 }, undefined);
  changes.putBack(['/p/first']);
  t.deepEqual(changes.begin(), ['/p/values.yaml', main, '/p/first']);
  changes.end({ fromMs: 1100, toMs: 1200 }, { executedFiles: [main, '/p/lib'], readStates: {} });
  changes.begin();
  t.is(changes.take(['/p/lib'], true), 'cancels', 'what was loaded, too');
});

test('a file that was saved after it was read makes the Tiltfile run again', t => {
  const disk = makeDisk();
  const changes = new TiltfileChanges(disk, main);
  changes.begin();
  const read = reading(disk, '/p/values.yaml');
  disk.write('/p/values.yaml', '1', 1150);
  changes.take(['/p/values.yaml'], true);
  changes.end({ fromMs: 1000, toMs: 1200 }, read);
  t.deepEqual(changes.pending, ['/p/values.yaml']);
});

test('a Tiltfile that writes behind itself what it has read comes to rest, and that is said once', t => {
  const disk = makeDisk();
  const changes = new TiltfileChanges(disk, main);
  let runs = 0;
  let atMs = 1000;
  do {
    changes.begin();
    const read = reading(disk, '/p/gen');
    disk.write('/p/gen', `after run ${++runs}`, atMs + 50);
    changes.take(['/p/gen'], runs % 2 === 0);
    changes.end({ fromMs: atMs, toMs: atMs + 100 }, read);
    if (runs % 2 === 1) changes.take(['/p/gen'], false);
    atMs += 200;
  } while (changes.isPending && runs < 20);
  t.is(runs, 4);
  t.deepEqual(changes.takeGivenUp(), ['/p/gen']);
  t.deepEqual(changes.takeGivenUp(), []);
  disk.write('/p/gen', 'by hand', atMs + 60_000);
  t.is(changes.take(['/p/gen'], false), 'counts', 'a save between two runs counts as ever');
});

test('what others save is counted beside it', t => {
  const disk = makeDisk();
  const changes = new TiltfileChanges(disk, main);
  changes.begin();
  changes.end({ fromMs: 1000, toMs: 1100 }, reading(disk, '/p/a', '/p/b'));
  disk.write('/p/b', 'new', 9000);
  t.is(changes.take(['/p/a', '/p/b'], false), 'counts');
  t.deepEqual(changes.pending, ['/p/b']);
});
