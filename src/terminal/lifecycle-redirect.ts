// While the screen is up nothing else may write to the terminal: what goes to stdout, stderr, console or comes as a
// warning of Node's is handed to a callback instead.
// Does not: reach what native code writes to descriptor 2 itself.
import { type Disposable, toDisposable } from '../base/disposable.ts';

export type StrayOutput = (text: string, stream: 'stdout' | 'stderr') => void;

type Write = typeof process.stdout.write;

/** Redirects until disposed. */
export function redirectOutput(onText: StrayOutput): Disposable {
  const streams = { stdout: process.stdout, stderr: process.stderr };
  const undo = (['stdout', 'stderr'] as const).map(name => {
    const stream = streams[name];
    const original = stream.write;
    stream.write = makeWrite(text => onText(text, name));
    return () => {
      stream.write = original;
    };
  });
  // Node prints warnings past process.stderr, straight to the descriptor.
  const printers = process.listeners('warning');
  const onWarning = (warning: Error): void => onText(`${warning.name}: ${warning.message}\n`, 'stderr');
  process.removeAllListeners('warning');
  process.on('warning', onWarning);
  return toDisposable(() => {
    for (const run of undo) run();
    process.off('warning', onWarning);
    for (const printer of printers) process.on('warning', printer as (warning: Error) => void);
  });
}

function makeWrite(onText: (text: string) => void): Write {
  return ((chunk: string | Uint8Array, encoding?: BufferEncoding | (() => void), done?: () => void): boolean => {
    const charset = typeof encoding === 'string' ? encoding : 'utf8';
    onText(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString(charset));
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback) queueMicrotask(() => callback());
    return true;
  }) as Write;
}
