// The entry of the thread in which execFileInWorker runs a file.
import { parentPort, workerData } from 'node:worker_threads';
import { execFile } from './exec.ts';
import type { WorkerReport, WorkerTask } from './in-worker.ts';
import { json } from './library/json.ts';
import { math } from './library/math.ts';
import { time } from './library/time.ts';
import type { ModuleGlobals } from './module-globals.ts';
import { pack, packError, unpack } from './transfer.ts';
import { struct } from './values/struct-builtin.ts';
import { Thread, type Value } from './values/value.ts';

const task = workerData as WorkerTask;
const port = parentPort!;
const loaded = new Map<string, ModuleGlobals | 'loading'>();

function report(message: WorkerReport): void {
  port.postMessage(message);
}

function run(filename: string, source: string | Uint8Array, thread: Thread): ModuleGlobals {
  const libraries: [string, Value][] = task.withLibraries
    ? [
        ['json', json],
        ['math', math],
        ['time', time],
        ['struct', struct],
      ]
    : [];
  const predeclared = new Map([...libraries, ...unpack(task.predeclared)]);
  return execFile({ filename, source, options: task.options, predeclared, thread, load });
}

function load(name: string, thread: Thread): ModuleGlobals {
  const known = loaded.get(name);
  if (known === 'loading') throw new Error('cycle in load graph');
  if (known) return known;
  if (!Object.hasOwn(task.modules, name)) throw new Error('no such module');
  loaded.set(name, 'loading');
  // A module has a call stack of its own, as in starlark-go.
  const own = new Thread();
  own.print = thread.print;
  own.setInterrupt(task.interrupt);
  const globals = run(name, task.modules[name]!, own);
  loaded.set(name, globals);
  return globals;
}

try {
  const thread = new Thread();
  thread.print = message => report({ kind: 'print', message });
  if (task.maxSteps !== undefined) thread.setMaxSteps(task.maxSteps);
  thread.setInterrupt(task.interrupt);
  report({ kind: 'done', globals: pack(run(task.filename, task.source, thread)) });
} catch (error) {
  report({ kind: 'failed', error: packError(error) });
}
