// The main thread's end of a thread that evaluates a Tiltfile: asks it for something, runs the commands that it waits for
// meanwhile, and ends it when it is no longer wanted.
import { MessageChannel, type Worker } from 'node:worker_threads';
import { Canceled, isCanceled, onAbort } from '../base/abort.ts';
import type { HostCommand, HostCommandResult } from './host-calls.ts';
import type { LoadOptions, TiltfileLogLevel } from './result.ts';
import { tiltfileLimits } from './start-worker.ts';
import type { FromWorker, WorkerInput } from './worker-protocol.ts';

/** Runs a command for the evaluation, giving its output to `onLog` as it comes. Rejects when the signal aborts. */
export type RunForTiltfile = (
  command: HostCommand,
  options: { readonly signal: AbortSignal; readonly onLog: (text: string, level: TiltfileLogLevel) => void },
) => Promise<HostCommandResult>;

type Options = Pick<LoadOptions, 'onLog' | 'signal'>;

export class TiltfileThread {
  readonly #worker: Worker;
  readonly #run: RunForTiltfile;
  readonly #channel = new MessageChannel();
  readonly #answered = new Int32Array(new SharedArrayBuffer(4));

  constructor(worker: Worker, run: RunForTiltfile) {
    this.#worker = worker;
    this.#run = run;
    // Answers are sent, never received here: the port must not keep the program alive.
    this.#channel.port1.unref();
  }

  /** Sends the request of the load, with which the thread begins, and waits for its answer. */
  load<T>(input: Omit<WorkerInput, 'answered' | 'port'>, options: Options, answerOf: AnswerOf<T>): Promise<T> {
    const { port2 } = this.#channel;
    const whole: WorkerInput = { ...input, answered: this.#answered, port: port2 };
    return this.#converse(() => this.#worker.postMessage(whole, [port2]), options, answerOf);
  }

  /** Asks a thread that stays for the exit callback to call it. */
  callExit<T>(options: Options, answerOf: AnswerOf<T>): Promise<T> {
    return this.#converse(() => this.#worker.postMessage('call-exit'), options, answerOf);
  }

  /** Ends the thread, whatever it does. */
  async end(): Promise<void> {
    this.#channel.port1.close();
    await this.#worker.terminate();
  }

  #converse<T>(begin: () => void, options: Options, answerOf: AnswerOf<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const worker = this.#worker;
      let isSettled = false;
      const settle = (finish: () => void): void => {
        if (isSettled) return;
        isSettled = true;
        listening.dispose();
        worker.off('message', take).off('error', died).off('exit', exited);
        // Its death is nobody's business any more, and must not be an unhandled error.
        worker.on('error', () => {});
        worker.unref();
        finish();
      };
      const fail = (error: unknown): void => settle(() => void this.end().then(() => reject(error)));
      const take = (message: FromWorker): void => {
        if (message.kind === 'log') options.onLog(message.text, message.level);
        else if (message.kind === 'run') this.#serve(message.command, options, () => isSettled, fail);
        else if (message.kind === 'bug') fail(new Error(`internal error while loading the Tiltfile: ${message.stack}`));
        else settle(() => resolve(answerOf(message)));
      };
      const died = (error: Error): void => settle(() => reject(describeDeath(error)));
      const exited = (code: number): void =>
        fail(new Error(`the thread that loads the Tiltfile ended with code ${code}`));
      worker.on('message', take).on('error', died).on('exit', exited);
      worker.ref();
      const listening = onAbort(options.signal, reason => {
        // Output that is on its way must not appear after the word that the run was cancelled.
        queueMicrotask(() => fail(reason instanceof Error ? reason : new Canceled(String(reason))));
      });
      if (!options.signal.aborted) begin();
    });
  }

  #serve(command: HostCommand, options: Options, isOver: () => boolean, fail: (error: unknown) => void): void {
    this.#run(command, options).then(
      result => {
        if (isOver()) return;
        this.#channel.port1.postMessage(result);
        Atomics.store(this.#answered, 0, 1);
        Atomics.notify(this.#answered, 0);
      },
      error => {
        if (!isCanceled(error)) fail(error);
      },
    );
  }
}

/** What a final message comes to. */
type AnswerOf<T> = (message: Extract<FromWorker, { readonly kind: 'result' | 'exit-called' }>) => T;

function describeDeath(error: Error): Error {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new Error(
    `the Tiltfile took more than ${tiltfileLimits.maxOldGenerationSizeMb} MB of memory, so its evaluation was ended`,
    { cause: error },
  );
}
