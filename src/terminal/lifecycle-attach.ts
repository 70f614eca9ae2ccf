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
    const screens = new ScreenWatch();
    let isHeard = false;
    let output: Disposable | undefined;
    let ending: Disposable | undefined;
    function end(how: 'detached' | 'ended'): void {
      output?.dispose();
      ending?.dispose();
      stdin.off('data', onData);
      stdin.pause();
      stdout.off('resize', takeSize);
      stdin.setRawMode?.(false);
      // Whatever modes the program has set are not the shell's. Who is on the normal screen stays where its cursor is.
      write(`${resetModes}${screens.isAlternate ? normalScreen : ''}\r\n`);
      resolve(how);
    }
    write(`${greeting}\r\n`);
    stdin.setRawMode?.(true);
    stdin.on('data', onData);
    stdin.resume();
    stdout.on('resize', takeSize);
    // After the keys: a program may ask the terminal something with its first word.
    output = other.onOutput(chunk => {
      // A size that was told before there was anybody to hear it is told again.
      if (!isHeard) takeSize();
      isHeard = true;
      screens.see(chunk);
      write(Buffer.from(chunk));
    });
    ending = other.onEnd(() => end('ended'));
    // Two sizes make a program that fills the screen draw it again.
    other.resize({ columns: stdout.columns || 80, rows: Math.max(1, (stdout.rows || 24) - 1) });
    takeSize();
  });
}

/** Whether a program is on the alternate screen, from what it writes. */
class ScreenWatch {
  isAlternate = false;
  /** The end of what was seen, which may be the beginning of a sequence. */
  #rest = '';

  see(chunk: Uint8Array): void {
    const text = this.#rest + Buffer.from(chunk).toString('latin1');
    for (const [, mode] of text.matchAll(/\x1b\[\?(?:1049|1047|47)([hl])/g)) this.isAlternate = mode === 'h';
    this.#rest = text.slice(-7);
  }
}
