// Running a file in a thread of its own, so that the caller goes on and can stop it at any moment.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { neverAborted, onAbort } from '../base/abort.ts';
import type { DialectOptions } from './dialect.ts';
import type { Names } from './exec.ts';
import { ModuleGlobals } from './module-globals.ts';
import { type PackedError, type Parcel, pack, unpack, unpackError } from './transfer.ts';
import { freezeAll } from './values/freezing.ts';
import type { Value } from './values/value.ts';

/** What a worker is asked to run. Functions cannot cross threads, so modules come as text and predeclared names as data. */
export interface ExecInWorkerInput {
  readonly filename: string;
  readonly source: string | Uint8Array;
  readonly options?: DialectOptions;
  /** Data only: a function or a host value would arrive as something that can only be shown. */
  readonly predeclared?: Names;
  /** The text of the modules that load statements may name; they run in the same dialect, each once. */
  readonly modules?: Readonly<Record<string, string>>;
  /** Offer the json, math and time modules and struct as predeclared names. */
  readonly withLibraries?: boolean;
  /** Gets what the program prints, in order. */
  readonly print?: (message: string) => void;
  readonly maxSteps?: number;
  /** Ends the program at its next step when anybody stores something else than 0 in element 0; its memory has to be shared. */
  readonly interrupt?: Int32Array;
  /** Ends the program, even in the middle of a builtin; the promise rejects with the signal's reason. Without it nothing does. */
  readonly signal?: AbortSignal;
  /** Stack of the thread, for deep recursion; 256 MB unless said. */
  readonly stackSizeMb?: number;
  /** Heap of the thread; 2048 MB unless said. */
  readonly maxHeapMb?: number;
  /** Where the worker's code is; found beside this module unless said. */
  readonly workerUrl?: URL;
}

/** What the worker gets. */
export interface WorkerTask {
  readonly filename: string;
  readonly source: string | Uint8Array;
  readonly options: DialectOptions;
  readonly predeclared: Parcel;
  readonly modules: Readonly<Record<string, string>>;
  readonly withLibraries: boolean;
  readonly maxSteps: number | undefined;
  readonly interrupt: Int32Array | undefined;
}

/** What the worker says. */
export type WorkerReport =
  | { readonly kind: 'print'; readonly message: string }
  | { readonly kind: 'done'; readonly globals: Parcel }
  | { readonly kind: 'failed'; readonly error: PackedError };

/** The bundler may put this module beside the worker's file or one folder deeper. */
function findWorker(): URL {
  const candidates = ['./starlark-worker.mjs', '../starlark-worker.mjs'].map(name => new URL(name, import.meta.url));
  const found = candidates.find(url => fs.existsSync(fileURLToPath(url)));
  if (!found) throw new Error(`starlark-worker.mjs is missing beside ${fileURLToPath(import.meta.url)}`);
  return found;
}

function taskOf(input: ExecInWorkerInput): WorkerTask {
  const { predeclared } = input;
  if ('load' in input && input.load !== undefined) {
    throw new TypeError('a load hook cannot cross threads; execFileInWorker takes the texts of modules as `modules`');
  }
  const entries = predeclared instanceof Map ? [...predeclared] : Object.entries(predeclared ?? {});
  return {
    filename: input.filename,
    source: input.source,
    options: input.options ?? {},
    predeclared: pack(entries as [string, Value][]),
    modules: input.modules ?? {},
    withLibraries: input.withLibraries ?? false,
    maxSteps: input.maxSteps,
    interrupt: input.interrupt,
  };
}

/**
 * Runs a file in a worker and gives its globals as data, frozen. Rejects with StaticErrors, an EvalError, the reason of the
 * signal, or an Error when the worker ran out of memory.
 */
export async function execFileInWorker(input: ExecInWorkerInput): Promise<ModuleGlobals> {
  const { signal = neverAborted } = input;
  signal.throwIfAborted();
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(input.workerUrl ?? findWorker(), {
    workerData: taskOf(input),
    resourceLimits: { stackSizeMb: input.stackSizeMb ?? 256, maxOldGenerationSizeMb: input.maxHeapMb ?? 2048 },
  });
  try {
    return await new Promise<ModuleGlobals>((resolve, reject) => {
      const listening = onAbort(signal, reject);
      worker.on('message', (report: WorkerReport) => {
        if (report.kind === 'print') input.print?.(report.message);
        else if (report.kind === 'failed') reject(unpackError(report.error));
        else resolve(frozenGlobals(report.globals));
      });
      worker.on('error', reject);
      worker.on('exit', code => {
        listening.dispose();
        reject(new Error(`the Starlark worker ended before its program did (exit code ${code})`));
      });
    });
  } finally {
    await worker.terminate();
  }
}

function frozenGlobals(parcel: Parcel): ModuleGlobals {
  const globals = new ModuleGlobals(unpack(parcel));
  freezeAll(globals.values());
  return globals;
}
