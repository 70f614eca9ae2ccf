// Running in a worker: what crosses, what is printed, and how it is stopped.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { build } from 'esbuild';
import {
  type Dict,
  everythingAllowed,
  execFileInWorker,
  type List,
  repr,
  StarlarkEvalError,
  type StaticErrors,
  Tuple,
} from '../../src/starlark/index.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'starlark-worker-'));
const workerFile = path.join(folder, 'starlark-worker.mjs');
const workerUrl = pathToFileURL(workerFile);
const { signal } = new AbortController();

test.before(async () => {
  await build({
    entryPoints: ['src/starlark/worker.ts'],
    outfile: workerFile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});
test.after.always(() => fs.rmSync(folder, { recursive: true, force: true }));

test('globals come back as data, shared and cyclic parts as they were; functions can be shown', async t => {
  const printed: string[] = [];
  const globals = await execFileInWorker({
    filename: 'f',
    source: `
load("m", "shared", n = "number")
x = [1 << 70, 2.5, "é", b"\\xff", (None, True), {1: [n]}, set([3]), range(4), struct(a = shared), shared]
x.append(x)
def f(): pass
print("hello", "é")
`,
    modules: { m: 'shared = [1]\nnumber = 7 + extra' },
    predeclared: { extra: 1 },
    withLibraries: true,
    options: everythingAllowed,
    print: message => printed.push(message),
    signal,
    workerUrl,
  });
  t.is(
    repr(globals.get('x')!),
    '[1180591620717411303424, 2.5, "é", b"\\xff", (None, True), {1: [8]}, set([3]), range(4), struct(a = [1]), [1], [...]]',
  );
  t.is(repr(globals.get('f')!), '<function f>');
  t.deepEqual(printed, ['hello é']);
});

test('errors keep their kind and their places', async t => {
  const failed = await t.throwsAsync(execFileInWorker({ filename: 'f', source: 'x = 1 // 0', signal, workerUrl }));
  t.true(failed instanceof StarlarkEvalError);
  t.is(
    (failed as StarlarkEvalError).backtrace(),
    'Traceback (most recent call last):\n  f:1:7: in <toplevel>\nError: floored division by zero',
  );
  const refused = await t.throwsAsync(execFileInWorker({ filename: 'f', source: 'x = )\ny = (', signal, workerUrl }));
  t.is((refused as StaticErrors).errors.length, 2);
});

test('an endless program ends with the signal', async t => {
  const controller = new AbortController();
  const running = execFileInWorker({
    filename: 'f',
    source: 'print("started")\nwhile True: pass',
    options: everythingAllowed,
    print: () => controller.abort(new Error('no longer wanted')),
    signal: controller.signal,
    workerUrl,
  });
  await t.throwsAsync(running, { message: 'no longer wanted' });
});

test('a stack as deep as it is asked for', async t => {
  const source = 'def depth(n): return 0 if n == 0 else 1 + depth(n - 1)\nx = depth(30000)';
  const globals = await execFileInWorker({ filename: 'f', source, options: everythingAllowed, signal, workerUrl });
  t.is(globals.get('x'), 30000);
});

test('a stack without end is an error of the program there, too', async t => {
  const source = 'def f(n): return f(n + 1)\nf(0)';
  const running = execFileInWorker({ filename: 'f', source, options: everythingAllowed, workerUrl });
  const error = (await t.throwsAsync(running, { instanceOf: StarlarkEvalError })) as StarlarkEvalError;
  t.is(error.message, 'Starlark stack overflow');
  t.is(error.callStack.at(-1)!.name, 'f');
});

test('an interrupt of shared memory reaches the worker', async t => {
  const interrupt = new Int32Array(new SharedArrayBuffer(4));
  const running = execFileInWorker({
    filename: 'f',
    source: 'print("started")\nwhile True: pass',
    options: everythingAllowed,
    print: () => Atomics.store(interrupt, 0, 1),
    interrupt,
    workerUrl,
  });
  await t.throwsAsync(running, { message: 'Starlark computation cancelled: interrupted' });
});

test('large and deeply nested values cross', async t => {
  const source = `
long = list(range(300000))
deep = ()
for i in range(50000): deep = ([deep], i)
shared = {(1, 2): deep}
`;
  const globals = await execFileInWorker({ filename: 'f', source, options: everythingAllowed, workerUrl });
  t.is((globals.get('long') as List).elems.length, 300000);
  t.is((globals.get('deep') as Tuple).elems[1], 49999);
  t.is((globals.get('shared') as Dict).get(new Tuple([1, 2])), globals.get('deep'));
});

test('a load hook cannot be given', async t => {
  const input = { filename: 'f', source: '', load: () => ({}), workerUrl };
  await t.throwsAsync(execFileInWorker(input), {
    instanceOf: TypeError,
    message: /takes the texts of modules as `modules`/,
  });
});
