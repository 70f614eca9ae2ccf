// How a command is shown to people.
import { shellQuote } from './shell-quote.ts';

/**
 * A command as the log and the screen show it: the text of a command that runs in a shell as it was written,
 * an argument list shell-quoted (reference 4.7).
 */
export function showCommand(args: readonly string[]): string {
  if (args.length === 3 && /^(\/bin\/)?sh$/.test(args[0]!) && args[1] === '-c') return args[2]!;
  return args.map(shellQuote).join(' ');
}
