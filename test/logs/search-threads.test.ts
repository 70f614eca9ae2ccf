// Searching with threads finds what searching without them finds, whatever the log holds and whatever happens meanwhile.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { build } from 'esbuild';
import type { LogLine, LogSearch } from '../../src/api/client.ts';
import { makeAbortController, neverAborted } from '../../src/base/abort.ts';
import { SlowExpressionError } from '../../src/base/limited-regex.ts';
import { type LogStore, makeLogStore } from '../../src/logs/index.ts';
import type { SearchThreadsOptions } from '../../src/logs/search-threads.ts';

const workers = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-search-'));
const workerFile = path.join(workers, 'worker.mjs');
test.before(async () => {
  await build({
    entryPoints: ['src/logs/search-worker.ts'],
    outfile: workerFile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});
test.after.always(() => fs.rmSync(workers, { recursive: true, force: true }));

function folder(t: ExecutionContext): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-search-'));
  t.teardown(() => fs.rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A worker that first does `script`, with `tell(text)` for `told()`. */
function watchedWorker(t: ExecutionContext, script: string): { file: string; told: () => string } {
  const dir = folder(t);
  const log = path.join(dir, 'told');
  const file = path.join(dir, 'worker.mjs');
  const tell = `const tell = text => fs.appendFileSync(${JSON.stringify(log)}, text);`;
  fs.writeFileSync(
    file,
    `import fs from 'node:fs'; import { parentPort } from 'node:worker_threads'; import ${JSON.stringify(workerFile)};\n${tell}\n${script}\n`,
  );
  return { file, told: () => (fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : '') };
}

const tellLooks = "parentPort.on('message', message => message.kind === 'look' && tell('look '));";

function open(t: ExecutionContext, searchWorkerFile?: string, tuning: Partial<SearchThreadsOptions> = {}): LogStore {
  const store = makeLogStore(
    {
      directory: folder(t),
      sessionName: 's',
      isLiveSession: () => false,
      onDiskError: error => error && t.fail(error.message),
      maxMemoryBytes: 600_000,
      ...(searchWorkerFile ? { searchWorkerFile } : {}),
    },
    { minMemoryBytes: 0, maxFileBytes: 700_000, searchThreads: { leastBytes: 1, ...tuning } },
  );
  t.teardown(() => store.dispose());
  return store;
}

function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const parts: readonly (string | Buffer)[] = [
  'needle',
  'nee',
  'dle',
  'NEEDLE=7 ',
  'βήτα ',
  '😀',
  'x',
  'é',
  '\n',
  '\n',
  '\r\n',
  'line\n',
  '\x1b[32m',
  '\x1b[0m',
  '\x1b[0m\x1b[1;31m',
  '\x1b]8;;http://needle\x07',
  '\x1b]ne\x1b\\',
  '\x1b(B',
  '\x1b[',
  '\x1b',
  '\u009b31m',
  Buffer.from([0x9b, 0x85, 0xff]),
  '.'.repeat(200),
  'tail 7\n',
];

const levels = ['info', 'info', 'info', 'info', 'warn', 'error'] as const;

/** The same random writes to all. */
async function fill(stores: readonly LogStore[], seed: number, from: readonly (string | Buffer)[]): Promise<void> {
  const random = makeRandom(seed);
  const spans = stores.map(store => Array.from({ length: 5 }, (_, i) => store.span(`localserve:${i}`, `r${i % 3}`)));
  for (let step = 0; step < 6000; step++) {
    const span = random(5);
    const chosen = Array.from({ length: 1 + random(8) }, () => from[random(from.length)]!);
    const bytes = Buffer.concat(chosen.map(part => Buffer.from(part as string)));
    const level = levels[random(levels.length)]!;
    for (const own of spans) own[span]!.write(bytes, level);
    if (random(600) === 0) for (const store of stores) await store.flush();
  }
  for (const store of stores) await store.flush();
}

async function find(store: LogStore, search: Partial<LogSearch>): Promise<unknown> {
  const whole = { text: { pattern: 'needle' }, filter: {}, maxIds: 100_000, ...search };
  return store.find(whole, { signal: neverAborted }).catch((error: Error) => error.name);
}

for (const seed of [1, 2, 3])
  test(`random logs: the same lines with threads and without (seed ${seed})`, async t => {
    const { file, told } = watchedWorker(t, tellLooks);
    const withThreads = open(t, file);
    const without = open(t);
    await fill([withThreads, without], seed, parts);
    const end = withThreads.checkpoint;
    const texts = [
      ...['needle', 'NEEDLE', 'n', '7', 'e=7 ', 'tail 7', 'ne', 'lx', 'βή', 'xé', 'no such text'].flatMap(pattern => [
        { pattern },
        { pattern, isCaseSensitive: true },
      ]),
      { pattern: '' },
      { pattern: 'ne+dle.*7$', isRegex: true },
      { pattern: '^x', isRegex: true, isCaseSensitive: true },
    ];
    for (const [i, text] of texts.entries()) {
      const note = JSON.stringify(text);
      t.deepEqual(await find(withThreads, { text }), await find(without, { text }), note);
      if (i % 4 !== seed % 4) continue;
      for (const more of [
        { orLevel: 'error' as const },
        { filter: { resources: ['r1'] } },
        { filter: { minLevel: 'warn' as const, source: 'runtime' as const } },
        { maxIds: 7 },
        { afterId: Math.floor(end / 3), beforeId: Math.floor(end / 2) },
      ])
        t.deepEqual(await find(withThreads, { text, ...more }), await find(without, { text, ...more }), note);
    }
    for (const direction of ['forward', 'backward'] as const) {
      const query = { pattern: 'needle', filter: {}, from: { lineId: Math.floor(end / 2) }, direction, maxHits: 500 };
      const withoutTimes = ({ hits }: { readonly hits: readonly LogLine[] }): unknown[] =>
        hits.map(({ id, text, spanId, level }) => [id, text, spanId, level]);
      const options = { signal: neverAborted };
      t.deepEqual(
        withoutTimes(await withThreads.search(query, options)),
        withoutTimes(await without.search(query, options)),
      );
    }
    t.true(told().includes('look'));
  });

test('random logs: threads find the lines that a reader of all lines finds', async t => {
  const store = open(t, workerFile);
  await fill(
    [store],
    11,
    parts.filter(part => !/[\x9b\x85]|\x1b(?!\[\d)/.test(Buffer.from(part as string).toString('latin1'))),
  );
  const lines: LogLine[] = [];
  const cursor = store.openCursor({}, { at: 'start' });
  for (let more = await cursor.next(999); more.length > 0; more = await cursor.next(999)) lines.push(...more);
  for (const pattern of ['needle', 'leneed', 'dlenee', 'x.', '=7 t', 'e', 'xx']) {
    const expected = lines.filter(line =>
      line.text
        .replace(/\x1b\[[\d;]*m/g, '')
        .toLowerCase()
        .includes(pattern),
    );
    t.like(await find(store, { text: { pattern } }), { ids: expected.map(line => line.id), isCut: false }, pattern);
    t.true(expected.length > 0, pattern);
  }
});

// By itself: which thread of the program worked is not known when a line took long.
test.serial('expressions that take for ever are given up with threads too; one slow line is passed over', async t => {
  const store = open(t, workerFile);
  const span = store.span('localserve:1', 'a');
  for (let i = 0; i < 30_000; i++)
    span.write(i === 5 ? `${'a'.repeat(60)}! end\n` : `row ${i} ${'.'.repeat(30)} end\n`);
  await store.flush();
  const text = { pattern: '(^(a+)+$)|end$', isRegex: true };
  const { ids } = (await find(store, { text })) as { ids: number[] };
  // On a busy machine others may be passed over as well.
  t.true(ids.length > 29_900 && !ids.includes(5), String(ids.length));
  for (let i = 0; i < 20; i++) span.write(`${'a'.repeat(60)}!\n`);
  for (let i = 0; i < 30_000; i++) span.write(`row ${i} ${'.'.repeat(30)}\n`);
  await store.flush();
  t.is(await find(store, { text }), SlowExpressionError.name);
});

test('a secret that comes during a search is rewritten, and the search still finds all lines', async t => {
  const store = open(t, workerFile);
  const span = store.span('localserve:1', 'a');
  for (let i = 0; i < 40_000; i++)
    span.write(`row ${i} needle ${i % 50 === 0 ? 'hunter2-secret ' : ''}${'.'.repeat(30)}\n`);
  await store.flush();
  const searches = Array.from({ length: 6 }, () => find(store, {}));
  const repaired = store.addSecrets([{ name: 'n', key: 'k', value: 'hunter2-secret' }], 0);
  for (let i = 0; i < 6; i++) {
    await new Promise(resolve => setImmediate(resolve));
    searches.push(find(store, {}));
  }
  for (const found of await Promise.all(searches)) t.like(found, { ids: { length: 40_000 } });
  await repaired;
  t.like(await find(store, { text: { pattern: 'hunter2' } }), { ids: { length: 0 } });
  t.like(await find(store, { text: { pattern: '[redacted secret n:k]' } }), { ids: { length: 800 } });
});

test('what threads cannot do is done without them: no file, a broken one, one that ends, files that are gone', async t => {
  const once = watchedWorker(t, "parentPort.on('message', ({ kind }) => kind === 'look' && process.exit(1));");
  const bad = path.join(folder(t), 'bad.mjs');
  fs.writeFileSync(bad, 'this is no program');
  const idle = { idleMs: 1 };
  for (const [file, tuning] of [['/nowhere/worker.mjs'], [bad], [once.file], [workerFile, idle]] as const) {
    const store = open(t, file, tuning);
    const span = store.span('localserve:1', 'a');
    for (let i = 0; i < 20_000; i++) span.write(`row ${i} ${i % 100 === 0 ? 'needle' : 'straw'} ${'.'.repeat(30)}\n`);
    await store.flush();
    for (let i = 0; i < 6; i++) t.like(await find(store, {}), { ids: { length: 200 } }, file);
  }
});

test('a search that is given up ends with its reason, and the next one finds everything', async t => {
  const { file, told } = watchedWorker(t, tellLooks);
  const store = open(t, file);
  const span = store.span('localserve:1', 'a');
  for (let i = 0; i < 200_000; i++) {
    span.write(`row ${i} ${'.'.repeat(40)}\n`);
    if (i % 5000 === 0) await store.flush();
  }
  await store.flush();
  store.prepareSearch();
  const stopping = makeAbortController();
  const stopped = store.find({ text: { pattern: 'row' }, filter: {}, maxIds: 1e6 }, { signal: stopping.signal });
  stopping.abort(new Error('enough'));
  await t.throwsAsync(stopped, { message: 'enough' });
  t.like(await find(store, { text: { pattern: 'row' }, maxIds: 1e6 }), { ids: { length: 200_000 } });
  t.like(await find(store, { text: { pattern: 'row 19' }, maxIds: 3 }), { ids: { length: 3 }, isCut: true });
  t.true(told().includes('look'));
});

test('threads keep no program alive, though a search has been waited for', async t => {
  const program = path.join(folder(t), 'program.mjs');
  await build({
    stdin: {
      contents: `
        import { makeLogStore } from './src/logs/log-store.ts';
        const [directory, searchWorkerFile] = process.argv.slice(2);
        const options = { directory, searchWorkerFile, sessionName: 's', isLiveSession: () => false, onDiskError() {}, maxMemoryBytes: 1 };
        const store = makeLogStore(options, { minMemoryBytes: 0, searchThreads: { leastBytes: 1, idleMs: 60_000 } });
        const span = store.span('localserve:1', 'a');
        for (let i = 0; i < 20_000; i++) {
          span.write('row ' + i + ' needle\\n'.padStart(40));
          if (i % 1000 === 999) await store.flush();
        }
        const search = { text: { pattern: 'needle' }, filter: {}, maxIds: 1e6 };
        console.log((await store.find(search, { signal: new AbortController().signal })).ids.length);`,
      resolveDir: process.cwd(),
    },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
  });
  const { file, told } = watchedWorker(t, tellLooks);
  const done = spawnSync(process.execPath, [program, path.join(folder(t), 'logs'), file], {
    encoding: 'utf8',
    timeout: 50_000,
  });
  t.like(done, { stdout: '20000\n', status: 0 }, done.stderr);
  t.true(told().includes('look'));
});

test('a log that is closed can be searched as far as it is in memory or on disk', async t => {
  const store = open(t, workerFile);
  const span = store.span('localserve:1', 'a');
  for (let i = 0; i < 20_000; i++) span.write(`row ${i} needle ${'.'.repeat(30)}\n`);
  await store.flush();
  t.like(await find(store, {}), { ids: { length: 20_000 } });
  await store.dispose();
  t.like(await find(store, { maxIds: 5 }), { ids: { length: 5 } });
});
