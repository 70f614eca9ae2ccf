// Joins the terminal to a program that has one of its own, while the screen is away: what is typed goes there, what it
// writes comes here. One key comes back.
import { StringDecoder } from 'node:string_decoder';
import type { Disposable } from '../base/disposable.ts';
import { normalScreen, resetModes } from './screen-modes.ts';
import type { Size } from './terminal.ts';

/** The other terminal. */
export interface AttachedTerminal {
  write(input: string): void;
  resize(size: Size): void;
  onOutput(listener: (chunk: Uint8Array) => void): Disposable;
  /** Called once when its program has ended. */
  onEnd(listener: () => void): Disposable;
}

/** Ctrl-]: what telnet leaves by, and no program's own key. */
export const detachKey = '\x1d';

/** Resolves when the key was pressed or the program has ended. The screen must have left the terminal before. */
export function attachTerminal(other: AttachedTerminal, greeting: string): Promise<'detached' | 'ended'> {
  const { stdin, stdout } = process;
  // What others write to stdout is kept for the log meanwhile; this goes around that.
  const write = Object.getPrototypeOf(stdout).write.bind(stdout) as (data: string | Uint8Array) => boolean;
  return new Promise(resolve => {
    const decoder = new StringDecoder('utf8');
    const onData = (bytes: Buffer): void => {
      const text = decoder.write(bytes);
      const at = text.indexOf(detachKey);
      if (at < 0) other.write(text);
      else {
        if (at > 0) other.write(text.slice(0, at));
        end('detached');
      }
    };
    const takeSize = (): void => other.resize({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
    const output = other.onOutput(chunk => write(Buffer.from(chunk)));
    const ending = other.onEnd(() => end('ended'));
    function end(how: 'detached' | 'ended'): void {
      output.dispose();
      ending.dispose();
      stdin.off('data', onData);
      stdin.pause();
      stdout.off('resize', takeSize);
      stdin.setRawMode?.(false);
      // Whatever modes the program has set are not the shell's.
      write(resetModes + normalScreen);
      resolve(how);
    }
    write(`${greeting}\r\n`);
    stdin.setRawMode?.(true);
    stdin.on('data', onData);
    stdin.resume();
    stdout.on('resize', takeSize);
    // Two sizes make a program that fills the screen draw it again.
    other.resize({ columns: stdout.columns || 80, rows: Math.max(1, (stdout.rows || 24) - 1) });
    takeSize();
  });
}
