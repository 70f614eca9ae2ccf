// exit_settings: what is said of the end of the session, over several calls and files (its effect is the exit's business),
// and the function that is kept for it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { build } from 'esbuild';
import { Canceled, isCanceled, makeAbortController, neverAborted } from '../../src/base/abort.ts';
import { exitActionOf } from '../../src/tiltfile/exit-settings.ts';
import type { HostCommand } from '../../src/tiltfile/host-calls.ts';
import { makeWorkerLoader } from '../../src/tiltfile/load-in-worker.ts';
import type { ExitCallback, LoadRequest, TiltfileResult } from '../../src/tiltfile/result.ts';
import { startTiltfileWorker } from '../../src/tiltfile/start-worker.ts';
import { loadText } from './load-text.ts';

const exitOf = async (t: ExecutionContext, text: string) => {
  const { result, error, log } = await loadText(t, text);
  return { exit: result.settings.exit, error, log, warnings: result.warningCount };
};

test('nothing said is no answer; each call overrides what it names', async t => {
  t.deepEqual((await exitOf(t, "print('x')")).exit, {});
  const { exit } = await exitOf(
    t,
    "exit_settings(down=True, snapshot='a')\nexit_settings(disable=True)\nexit_settings(down=False)",
  );
  t.deepEqual(exit, { down: false, disable: true, snapshot: 'a' });
  t.deepEqual((await exitOf(t, 'exit_settings(callback=lambda: 1)\nexit_settings(callback=None)')).exit, {
    hasCallback: false,
  });
});

test('down wins over disable', t => {
  t.is(exitActionOf({ down: true, disable: true }), 'down');
  t.is(exitActionOf({ down: false, disable: true }), 'disable');
  t.is(exitActionOf({ down: false }), 'keep');
  t.is(exitActionOf({ snapshot: true }), undefined);
});

test('files that the main Tiltfile loads count too', async t => {
  const { result } = await loadText(t, "load('./more.star', 'f')\ninclude('./again.star')\nf()", {
    files: { 'more.star': 'def f():\n  exit_settings(down=True)\n', 'again.star': 'exit_settings(snapshot=True)' },
  });
  t.deepEqual(result.settings.exit, { down: true, snapshot: true });
});

test('a Tiltfile that runs by itself has no say', async t => {
  const { result, log } = await loadText(t, 'exit_settings(down=True)\nexit_settings(disable=True)', {
    request: { name: 'ext' },
  });
  t.deepEqual(result.settings.exit, {});
  t.is(log, 'exit_settings counts in the main Tiltfile and in what it loads; this one runs by itself\n');
});

test('namespaces are deleted only with down or disable: else one warning, looked at when all is said', async t => {
  const lonely = await exitOf(t, 'exit_settings(delete_namespaces=True)\nexit_settings(snapshot=True)');
  t.deepEqual([lonely.error, lonely.warnings], ['', 1]);
  t.is(lonely.log, '! exit_settings: delete_namespaces has no effect without down=True or disable=True\n');
  t.is((await exitOf(t, 'exit_settings(delete_namespaces=True)\nexit_settings(down=True)')).warnings, 0);
  t.is((await exitOf(t, 'exit_settings(delete_namespaces=True, disable=True)')).warnings, 0);
});

for (const [args, message] of [
  ["down='x'", 'exit_settings: for parameter "down": got string, want bool'],
  ['callback=1', 'exit_settings: for parameter "callback": got int, want callable or None'],
  ['callback=lambda a, b=1: 1', 'exit_settings: callback is called without arguments, and lambda needs 1'],
  ['snapshot=1', 'exit_settings: for parameter "snapshot": got int, want bool or string'],
  ["snapshot='%s-%s'", 'exit_settings: snapshot may hold %s at most once'],
  ["snapshot='%d'", 'exit_settings: snapshot may hold %s for the time, and no other %'],
  ["snapshot='%%s'", 'exit_settings: snapshot may hold %s for the time, and no other %'],
  ["snapshot=''", 'exit_settings: snapshot is a bool or the name of a file, and this name is empty'],
] as const) {
  test(`exit_settings(${args}) is refused`, async t => {
    const { error, exit } = await exitOf(t, `exit_settings(${args})`);
    t.true(error.endsWith(message), error);
    t.deepEqual(exit, {});
  });
}

for (const args of [
  "snapshot='%s.json'",
  "snapshot='plain é.json'",
  'snapshot=False',
  'callback=lambda a=1, *b, **c: 1',
])
  test(`exit_settings(${args}) is taken`, async t => t.is((await exitOf(t, `exit_settings(${args})`)).error, ''));

interface Loaded {
  readonly result: TiltfileResult;
  readonly callback: ExitCallback | undefined;
  readonly log: string[];
  readonly commands: HostCommand[];
  /** What goes on in the threads that were started. */
  readonly ended: Promise<unknown>;
}

let workerFile: Promise<string> | undefined;

function builtWorker(): Promise<string> {
  workerFile ??= (async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-worker-'));
    process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, 'worker.mjs');
    const banner = {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    };
    const entryPoints = [path.resolve('src/tiltfile/worker.ts')];
    await build({
      entryPoints,
      outfile: file,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      banner,
    });
    return file;
  })();
  return workerFile;
}

async function loadInWorker(t: ExecutionContext, text: string): Promise<Loaded> {
  const file = await builtWorker();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-exit-'));
  t.teardown(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.writeFileSync(path.join(folder, 'Tiltfile'), text);
  const worker = startTiltfileWorker(file);
  const ended = new Promise(resolve => worker.once('exit', resolve)).finally(() => clearInterval(awake));
  // Threads that are over keep no program alive; here they are waited for.
  const awake = setInterval(() => {}, 1000);
  const commands: HostCommand[] = [];
  const load = makeWorkerLoader({
    startWorker: () => worker,
    fetchedRepos: new Map(),
    run: async command => {
      commands.push(command);
      if (command.args.includes('hang')) await new Promise(() => {});
      return { exitCode: 0, stdout: 'answer', stderr: '' };
    },
  });
  const request: LoadRequest = {
    name: '(Tiltfile)',
    path: path.join(folder, 'Tiltfile'),
    args: [],
    subcommand: 'up',
    argv: [],
    executable: '',
    kubeContext: '',
    kubeNamespace: '',
    webHost: 'localhost',
    webPort: 0,
  };
  const log: string[] = [];
  const callbacks: ExitCallback[] = [];
  const result = await load(request, {
    signal: neverAborted,
    onLog: line => log.push(line),
    onExitCallback: callback => callbacks.push(callback),
  });
  t.teardown(() => {
    callbacks[0]?.dispose();
    clearInterval(awake);
  });
  return { result, callback: callbacks[0], log, commands, ended };
}

test('the callback is kept with what the load left, and may run commands', async t => {
  const text =
    "n = ['kept']\ndef f():\n  print(n[0], config.tilt_subcommand)\n  print(local(['echo', 'x'], quiet=True))\nexit_settings(callback=f)";
  const { callback, log, commands, ended } = await loadInWorker(t, text);
  t.deepEqual(log, []);
  const said: string[] = [];
  const options = { signal: neverAborted, onLog: (line: string) => said.push(line) };
  t.is(await callback!.run(options), undefined);
  t.true(said.join('').startsWith('kept up\n'));
  t.true(said.join('').includes('answer'));
  t.deepEqual(
    commands.map(command => command.args),
    [['echo', 'x']],
  );
  // Again, and exit() inside is a good end.
  t.is(await callback!.run(options), undefined);
  callback!.dispose();
  await ended;
});

test('its failure is an error with its place', async t => {
  const { callback } = await loadInWorker(t, "def f():\n  fail('no')\nexit_settings(callback=f)");
  const error = await callback!.run({ signal: neverAborted, onLog: () => {} });
  t.regex(error!.message, /Error in fail: no$/);
  t.is(error!.diagnostics[0]?.at?.line, 2);
});

test('exit() in it is a good end', async t => {
  const { callback } = await loadInWorker(t, "exit_settings(callback=lambda: exit('done'))");
  t.is(await callback!.run({ signal: neverAborted, onLog: () => {} }), undefined);
});

for (const [what, body] of [
  ['loops for ever', '  for i in range(1 << 60):\n    pass\n'],
  ['waits for ever', "  local(['hang'])\n"],
] as const) {
  test(`one that ${what} is ended from outside`, async t => {
    const { callback, ended, commands } = await loadInWorker(t, `def f():\n${body}exit_settings(callback=f)`);
    const controller = makeAbortController();
    const running = callback!.run({ signal: controller.signal, onLog: () => {} });
    if (body.includes('hang')) while (commands.length === 0) await new Promise(resolve => setImmediate(resolve));
    controller.abort(new Canceled('too late'));
    const error: unknown = await running.catch(thrown => thrown);
    t.true(isCanceled(error));
    await ended;
  });
}

test('a load without a callback, one that took it back and one that failed keep no thread', async t => {
  for (const text of [
    "print('x')",
    'exit_settings(callback=lambda: 1)\nexit_settings(callback=None)',
    "exit_settings(callback=lambda: 1)\nfail('x')",
  ]) {
    const { callback, ended } = await loadInWorker(t, text);
    t.is(callback, undefined);
    await ended;
  }
});
